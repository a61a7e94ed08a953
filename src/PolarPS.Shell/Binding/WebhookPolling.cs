namespace PolarPS.Commands;

/// <summary>Receives events without a port: from Polar's list of deliveries, read again and again.</summary>
internal sealed class WebhookPolling(PolarCmdlet cmdlet, WebhookIntake intake, WebhookWatch watch)
{
    private readonly Dictionary<string, WebhookSender> _senders = new(StringComparer.Ordinal);

    /// <summary>The endpoints; null for all.</summary>
    public IReadOnlyList<string>? EndpointIds { get; init; }

    /// <summary>From when on; null for from now on.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>How often.</summary>
    public TimeSpan Interval { get; init; }

    /// <summary>For how long.</summary>
    public TimeSpan Timeout { get; init; }

    /// <summary>Where events are sent on; null for nowhere.</summary>
    public string? ForwardTo { get; init; }

    /// <summary>What they are signed with; null for the secret of their endpoint.</summary>
    public string? Secret { get; init; }

    /// <summary>Which events were handled.</summary>
    public WebhookMemory Memory { get; init; } = null!;

    /// <summary>Receives until it has enough, or the time is up.</summary>
    public void Run()
    {
        var endpoints = cmdlet.Await(FindAsync);
        foreach (var other in endpoints.Where(endpoint => endpoint.Format is not (null or "raw")))
        {
            cmdlet.WriteError(ErrorRecords.WebhookFormat(other.ToString(), other.Format));
        }

        endpoints.RemoveAll(endpoint => endpoint.Format is not (null or "raw"));
        if (endpoints.Count == 0)
        {
            cmdlet.WriteWarning("There is no endpoint whose deliveries could be read.");
            return;
        }

        try
        {
            Follow(endpoints);
        }
        finally
        {
            foreach (var sender in _senders.Values)
            {
                sender.Dispose();
            }
        }
    }

    private void Follow(List<WebhookEndpoint> endpoints)
    {
        if (ForwardTo is { } address)
        {
            foreach (var endpoint in endpoints)
            {
                var signer = Secret is null
                    ? new WebhookSigner(endpoint.Secret ?? string.Empty, endpoint.UsesStandardWebhookSignature)
                    : new WebhookSigner(Secret);
                _senders.Add(endpoint.Id!, new WebhookSender(new Uri(address), signer));
            }
        }

        var receiver = new WebhookReceiver(
            null,
            HandleAsync,
            new WebhookReceiverOptions { Memory = Memory, Answered = watch.Tell }
        );
        var poller = new WebhookPoller(
            [.. endpoints.Select(endpoint => new WebhookDeliveryFeed(cmdlet.Client.Webhooks, endpoint.Id!, Since))],
            receiver
        )
        {
            GivenUp = told =>
                cmdlet.Post(() =>
                    cmdlet.WriteWarning(
                        $"{told.Type} {told.Id} has failed {WebhookPoller.MaximumAttempts} times and is given up."
                    )
                ),
        };
        try
        {
            cmdlet.Await(token => PollAsync(poller, token));
        }
        finally
        {
            intake.Close();
        }

        if (poller.Unhandled is { Count: > 0 } left)
        {
            cmdlet.WriteWarning(
                $"Not handled: {string.Join(", ", left.Select(told => $"{told.Type} {told.Id}"))}. With -Since they are read again."
            );
        }
    }

    private async Task PollAsync(WebhookPoller poller, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(Timeout);
        _ = intake.End.ContinueWith(
            static (_, state) => EndQuietly((CancellationTokenSource)state!),
            end,
            TaskScheduler.Default
        );
        try
        {
            while (true)
            {
                try
                {
                    await poller.PollAsync(end.Token).ConfigureAwait(false);
                }
                catch (PolarException exception) when (MayPass(exception))
                {
                    var text = exception.Message;
                    cmdlet.Post(() => cmdlet.WriteWarning($"The deliveries cannot be read at the moment: {text}"));
                }

                await Task.Delay(Interval, end.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Enough, or time is up.
        }
    }

    // What ends a loop that may run for weeks has to be something that does not go away by itself.
    private static bool MayPass(PolarException exception) =>
        exception
            is PolarConnectionException
                or PolarTimeoutException
                or PolarRateLimitException
                or PolarServerException;

    private static void EndQuietly(CancellationTokenSource end)
    {
        try
        {
            end.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended by itself.
        }
    }

    private async Task HandleAsync(WebhookEvent told, CancellationToken cancellationToken)
    {
        if (_senders.TryGetValue(told.EndpointId ?? string.Empty, out var sender))
        {
            var result = await sender.SendAsync(told.Id!, told.Payload!, cancellationToken).ConfigureAwait(false);
            if (!result.Succeeded)
            {
                cmdlet.Post(() => cmdlet.WriteError(ErrorRecords.WebhookNotForwarded(result)));
                throw new InvalidOperationException("It was not accepted.");
            }
        }

        await intake.HandleAsync(told, cancellationToken).ConfigureAwait(false);
    }

    private async Task<List<WebhookEndpoint>> FindAsync(CancellationToken cancellationToken)
    {
        var found = new List<WebhookEndpoint>();
        if (EndpointIds is not null)
        {
            foreach (var id in EndpointIds)
            {
                found.Add(await cmdlet.Client.Webhooks.GetEndpointAsync(id, cancellationToken).ConfigureAwait(false));
            }

            return found;
        }

        await foreach (
            var endpoint in cmdlet
                .Client.Webhooks.ListEndpoints()
                .WithCancellation(cancellationToken)
                .ConfigureAwait(false)
        )
        {
            found.Add(endpoint);
        }

        return found;
    }
}
