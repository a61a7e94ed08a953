namespace PolarPS.Emulator;

/// <summary>Answers a request that faults befall.</summary>
internal sealed class FaultInjector
{
    private readonly RequestPipeline _pipeline;
    private readonly IReadOnlyList<FaultRule> _faults;

    public FaultInjector(RequestPipeline pipeline, IReadOnlyList<FaultRule> faults)
    {
        _pipeline = pipeline;
        _faults = faults;
    }

    public async Task<EmulatorResponse> AnswerAsync(
        EmulatorRequest request,
        EmulatorRequestRecord record,
        CancellationToken cancellationToken
    )
    {
        var delay = _faults.Sum(fault => (long)fault.DelayMilliseconds);
        if (delay > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(delay), cancellationToken).ConfigureAwait(false);
        }

        if (_faults.Any(fault => fault.DropBeforeRead))
        {
            return Drop();
        }

        var instead = _faults.FirstOrDefault(fault => fault.AnswersInstead);
        EmulatorResponse? response = null;
        if (instead is null || instead.Perform)
        {
            response = await _pipeline
                .AnswerAsync(request, record, _faults.Where(fault => fault.ChangesLists).ToArray(), cancellationToken)
                .ConfigureAwait(false);
        }
        else
        {
            RequestLog.SetBody(record, await request.ReadBodyAsync(cancellationToken).ConfigureAwait(false));
        }

        if (instead is not null)
        {
            response = Replace(instead);
        }

        if (response is null || _faults.Any(fault => fault.DropAfterRead))
        {
            return Drop();
        }

        if (_faults.Any(fault => fault.MalformedJson))
        {
            response = Break(response);
        }

        if (_faults.Any(fault => fault.TruncateBody))
        {
            response.Connection = EmulatorConnection.Truncated;
            response.SentBytes = response.Body.Length / 2;
        }

        return response;
    }

    private static EmulatorResponse Drop() => new(0, []) { Connection = EmulatorConnection.Dropped };

    private static EmulatorResponse Replace(FaultRule fault)
    {
        var body = fault.Body is null ? [] : Json.FromText(fault.Body);
        var response = new EmulatorResponse(fault.Status ?? 307, body);
        if (body.Length > 0)
        {
            response.Headers["Content-Type"] =
                fault.ContentType ?? (LooksLikeJson(fault.Body!) ? "application/json" : "text/plain; charset=utf-8");
        }

        if (fault.RetryAfter is { } wait)
        {
            response.Headers["Retry-After"] = wait;
        }

        if (fault.RedirectTo is { } address)
        {
            response.Headers["Location"] = address;
        }

        return response;
    }

    private static EmulatorResponse Break(EmulatorResponse response)
    {
        var body = new byte[Math.Max(1, response.Body.Length / 2)];
        if (response.Body.Length > 1)
        {
            Array.Copy(response.Body, body, body.Length);
        }
        else
        {
            body[0] = (byte)'{';
        }

        var broken = new EmulatorResponse(response.StatusCode, body);
        foreach (var header in response.Headers)
        {
            broken.Headers[header.Key] = header.Value;
        }

        broken.Headers["Content-Type"] = "application/json";
        return broken;
    }

    private static bool LooksLikeJson(string text)
    {
        var start = text.TrimStart();
        return start.StartsWith("{", StringComparison.Ordinal) || start.StartsWith("[", StringComparison.Ordinal);
    }
}
