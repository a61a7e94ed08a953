using System.Text;
using System.Text.Json;

namespace PolarPS.Emulator.Host;

/// <summary>What tests ask of the host itself, beside the API: which requests came, and what shall go wrong.</summary>
internal sealed class ControlEndpoints
{
    private const string Root = "/__emulator/";
    private const string Count = "count=";

    private static readonly JsonSerializerOptions Writing = new(JsonSerializerDefaults.Web);

    private readonly PolarEmulator _emulator;

    public ControlEndpoints(PolarEmulator emulator) => _emulator = emulator;

    public static bool Serves(EmulatorRequest request) => request.Path.StartsWith(Root, StringComparison.Ordinal);

    public async Task<EmulatorResponse> AnswerAsync(EmulatorRequest request, CancellationToken cancellationToken)
    {
        try
        {
            switch (request.Method + " " + request.Path[Root.Length..])
            {
                case "GET requests":
                    return Say(_emulator.Requests.Select(Describe));
                case "DELETE requests":
                    _emulator.ClearRequests();
                    return Done();
                case "GET faults":
                    return Say(_emulator.Faults.Select(rule => new { rule, hits = rule.Hits }));
                case "POST faults":
                    var rules = await request.ReadBodyAsync(cancellationToken).ConfigureAwait(false);
                    _emulator.Faults.AddRange(FaultRule.Parse(Encoding.UTF8.GetString(rules)));
                    return Done();
                case "DELETE faults":
                    _emulator.Faults.Clear();
                    return Done();
                case "GET mails":
                    return Say(_emulator.Mails);
                case "POST consent":
                    return Say(new { code = Consent(new QueryString(request.Query)) });
                case "POST products" when request.Query.StartsWith(Count, StringComparison.Ordinal):
                    _emulator.AddProducts(int.Parse(request.Query[Count.Length..], CultureInfo.InvariantCulture));
                    return Done();
                default:
                    return new EmulatorResponse(404, []);
            }
        }
        catch (Exception error)
            when (error is JsonException or FormatException or OverflowException or ArgumentException)
        {
            return new EmulatorResponse(400, Encoding.UTF8.GetBytes(error.Message));
        }
    }

    // What a user does in a browser: allows a client what it asks for.
    private string Consent(QueryString query) =>
        _emulator.GrantConsent(
            query.Last("client_id") ?? string.Empty,
            query.Last("redirect_uri") ?? string.Empty,
            query.Last("scope") ?? "openid",
            query.Last("code_challenge")
        );

    private static object Describe(EmulatorRequestRecord record) =>
        new
        {
            time = record.Time,
            method = record.Method,
            path = record.Path,
            query = record.Query,
            headerNames = record.HeaderNames,
            headers = record.Headers,
            body = record.Body,
            status = record.StatusCode,
        };

    private static EmulatorResponse Done() => new(204, []);

    private static EmulatorResponse Say(object value)
    {
        var response = new EmulatorResponse(200, JsonSerializer.SerializeToUtf8Bytes(value, Writing));
        response.Headers["Content-Type"] = "application/json; charset=utf-8";
        return response;
    }
}
