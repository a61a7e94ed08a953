using System.Text.Json;

namespace PolarPS.Emulator;

/// <summary>
/// From a request to its answer, in the order in which Polar decides: version, size, rate, token, route, right, form, and
/// only then the operation itself.
/// </summary>
internal sealed class RequestPipeline
{
    private const long MaximumBody = 10 * 1024 * 1024;
    private const string OldRoot = "/api/v1/";

    private readonly EmulatorCore _core;
    private readonly RateZones? _zones;
    private volatile RateLimiter? _limiter;

    public RequestPipeline(EmulatorCore core)
    {
        _core = core;
        Table = new OperationTable(core.Operations);
        RateLimitPerMinute = core.Options.RateLimitPerMinute;
        _zones = core.Options.RateZones ? new RateZones(core.Options.Sandbox) : null;
    }

    public OperationTable Table { get; }

    /// <summary>Called at the end of every operation that was not refused, while it still can be.</summary>
    internal Action<Operation>? Handled { get; set; }

    /// <summary>How many requests a caller may send a minute; null for as many as it likes. Setting it starts the count again.</summary>
    public int? RateLimitPerMinute
    {
        get => _limiter?.Limit;
        set => _limiter = value is { } limit ? new RateLimiter(limit) : null;
    }

    public async Task<EmulatorResponse> AnswerAsync(
        EmulatorRequest request,
        EmulatorRequestRecord record,
        IReadOnlyList<FaultRule> faults,
        CancellationToken cancellationToken
    )
    {
        if (request.Path.StartsWith(Downloads.Root, StringComparison.Ordinal))
        {
            return await _core.Downloads.AnswerAsync(request, cancellationToken).ConfigureAwait(false);
        }

        if (request.Path == ConsentPage.Path)
        {
            return await new ConsentPage(_core).AnswerAsync(request, cancellationToken).ConfigureAwait(false);
        }

        if (ApiVersions.Choose(request.Header("Polar-Version")) is not { } version)
        {
            return ToResponse(ApiException.Plain(404, "Not Found"));
        }

        var response = RefuseUnread(request) ?? RefuseTooMany(request);
        if (response is null)
        {
            var path = CurrentPath(request.Path);
            var old = path.Length < request.Path.Length;
            response = await AnswerAsync(request, path, record, faults, cancellationToken).ConfigureAwait(false);
            response.Headers["Cache-Control"] = "private, no-store";
            if (_core.Options.Sandbox)
            {
                response.Headers["X-Polar-Sandbox"] = "1";
            }

            if (old)
            {
                response.Headers["X-Polar-Deprecation-Notice"] = "Paths begin with /v1/ now.";
            }
        }

        response.Headers["Polar-Version"] = version;
        return response;
    }

    /// <summary>Which operation a request is for; null for none.</summary>
    public Operation? OperationOf(EmulatorRequest request) => Table.Identify(request.Method, CurrentPath(request.Path));

    // The old root is understood still.
    private static string CurrentPath(string path) =>
        path.StartsWith(OldRoot, StringComparison.Ordinal) ? path.Substring(4) : path;

    private static EmulatorResponse? RefuseUnread(EmulatorRequest request)
    {
        if (request.Method is not ("POST" or "PUT" or "PATCH"))
        {
            return null;
        }

        var header = request.Header("Content-Length");
        if (!long.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out var length))
        {
            return ToResponse(
                ApiException.Domain(411, "LengthRequired", "Content-Length must give the length of the body.")
            );
        }

        return length > MaximumBody
            ? ToResponse(ApiException.Domain(413, "RequestBodyTooLarge", "The body must not exceed 10 MiB."))
            : null;
    }

    private EmulatorResponse? RefuseTooMany(EmulatorRequest request)
    {
        var limiter = _limiter;
        if (limiter is null && _zones is null)
        {
            return null;
        }

        var token = request.Header("Authorization");
        var caller = _core.Tokens.Identify(token, out _).RateKey;
        var now = _core.Clock.Present;
        if (
            (limiter?.Admit(caller, now) ?? _zones?.Admit(CurrentPath(request.Path), token, caller, now))
            is not { } wait
        )
        {
            return null;
        }

        var response = new EmulatorResponse(429, []);
        response.Headers["Retry-After"] = wait.ToString(CultureInfo.InvariantCulture);
        return response;
    }

    private async Task<EmulatorResponse> AnswerAsync(
        EmulatorRequest request,
        string path,
        EmulatorRequestRecord record,
        IReadOnlyList<FaultRule> faults,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var caller = _core.Tokens.Identify(request.Header("Authorization"), out var isBad);
            if (isBad)
            {
                // Refused even where no token would be needed.
                throw ApiException.InvalidToken();
            }

            var problems = new Problems();
            var match = Table.Find(request.Method, Uri.UnescapeDataString(path), problems);
            var operation = match.Operation;
            caller = Authorize(operation, caller, request.Header("Polar-Organization"));

            var body = await request.ReadBodyAsync(cancellationToken).ConfigureAwait(false);
            RequestLog.SetBody(record, body);
            var valid =
                operation.Body is { } schema && (body.Length > 0 || !operation.BodyIsOptional)
                    ? operation.IsForm
                        ? ReadForm(body, request)
                        : Read(schema, body, request.Header("Content-Type"), problems)
                    : null;
            problems.ThrowIfAny();

            var context = new OperationContext(
                operation,
                caller,
                match.Path,
                new QueryString(request.Query),
                valid,
                faults
            );
            lock (_core.Store.Gate)
            {
                _core.Origin = request.Origin;
                _core.CatchUp(operation);
                try
                {
                    return ToResponse(
                        _core.Store.Try(() =>
                        {
                            var reply = operation.Handle(context);
                            _core.RunJobs();
                            Handled?.Invoke(operation);
                            return reply;
                        })
                    );
                }
                catch (ApiException refusal)
                {
                    _core.DropJobs();
                    refusal.Afterwards?.Invoke();
                    _core.RunJobs();
                    throw;
                }
            }
        }
        catch (ApiException refusal)
        {
            return ToResponse(refusal);
        }
        catch (RedirectException redirect)
        {
            var response = new EmulatorResponse(307, []);
            response.Headers["Location"] =
                request.Origin + redirect.Path + (request.Query.Length == 0 ? string.Empty : "?" + request.Query);
            return response;
        }
    }

    private Caller Authorize(Operation operation, Caller caller, string? organization)
    {
        // The wrong kind of token counts as none.
        if ((operation.Subjects & caller.Subject) == 0)
        {
            if ((operation.Subjects & Subjects.Anonymous) == 0)
            {
                throw ApiException.Unauthorized();
            }

            return Caller.Anonymous;
        }

        if (!caller.HasAny(operation.Scopes))
        {
            throw ApiException.InsufficientScope(operation.Scopes);
        }

        if (caller.Subject != Subjects.User || string.IsNullOrWhiteSpace(organization))
        {
            return caller;
        }

        var problems = new Problems();
        var id = Form.Uuid.Check(organization!.Trim(), Location.Body, problems)?.GetValue<string>();
        lock (_core.Store.Gate)
        {
            return problems.Count == 0 && _core.Store["organizations"].Find(id) is not null
                ? caller.NarrowedTo(id!)
                : throw ApiException.NotPermitted("The user does not belong to the named organization.");
        }
    }

    // A form as OAuth wants it; a client may also tell who it is in the usual header.
    private static JsonObject ReadForm(byte[] body, EmulatorRequest request)
    {
        var form = new JsonObject();
        foreach (var pair in new QueryString(Json.ToText(body)).Pairs)
        {
            form[pair.Key] = pair.Value;
        }

        const string basic = "Basic ";
        if (
            request.Header("Authorization") is { } header
            && header.StartsWith(basic, StringComparison.OrdinalIgnoreCase)
        )
        {
            try
            {
                var parts = Json.ToText(Convert.FromBase64String(header.Substring(basic.Length))).Split([':'], 2);
                form["client_id"] = Uri.UnescapeDataString(parts[0]);
                form["client_secret"] = parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : null;
            }
            catch (FormatException)
            {
                // Not a client that anyone could know.
                form["client_id"] = null;
            }
        }

        return form;
    }

    private static JsonObject? Read(Schema schema, byte[] body, string? contentType, Problems problems)
    {
        if (body.Length == 0)
        {
            problems.Add("missing", Location.Body, "A body is required.", null);
            return null;
        }

        if (!IsJson(contentType))
        {
            problems.Add(
                "model_attributes_type",
                Location.Body,
                "An object is expected: send it as application/json.",
                Json.ToText(body)
            );
            return null;
        }

        JsonNode? node;
        try
        {
            node = ToNode(JsonDocument.Parse(body).RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // What is no UTF-8, or half of a character, is found out only when a text is read.
            problems.Add(
                "json_invalid",
                Location.Body[(int)((error as JsonException)?.BytePositionInLine ?? 0)],
                "The body is not valid JSON.",
                new JsonObject(),
                new JsonObject { ["error"] = "invalid at this position" }
            );
            return null;
        }

        return schema.Check(node, Location.Body, problems) as JsonObject;
    }

    // As the API does, and unlike JsonNode, takes the last of several members of one name.
    private static JsonNode? ToNode(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Null:
                return null;
            case JsonValueKind.Object:
                var members = new JsonObject();
                foreach (var member in element.EnumerateObject())
                {
                    members[member.Name] = ToNode(member.Value);
                }

                return members;
            case JsonValueKind.Array:
                var items = new JsonArray();
                foreach (var item in element.EnumerateArray())
                {
                    items.Add(ToNode(item));
                }

                return items;
            case JsonValueKind.String:
                return JsonValue.Create(element.GetString());
            default:
                return JsonValue.Create(element);
        }
    }

    private static bool IsJson(string? contentType)
    {
        var type = contentType?.Split(';')[0].Trim().ToLowerInvariant();
        return type == "application/json"
            || (
                type is not null
                && type.StartsWith("application/", StringComparison.Ordinal)
                && type.EndsWith("+json", StringComparison.Ordinal)
            );
    }

    private static EmulatorResponse ToResponse(Reply reply)
    {
        var response = new EmulatorResponse(reply.Status, reply.Body);
        if (reply.Body.Length > 0)
        {
            response.Headers["Content-Type"] = reply.ContentType;
        }

        foreach (var header in reply.Headers)
        {
            response.Headers[header.Key] = header.Value;
        }

        return response;
    }

    private static EmulatorResponse ToResponse(ApiException refusal)
    {
        var response = ToResponse(Reply.Json(refusal.Status, refusal.Body));
        if (refusal.Challenge is { } challenge)
        {
            response.Headers["WWW-Authenticate"] = challenge;
        }

        return response;
    }
}
