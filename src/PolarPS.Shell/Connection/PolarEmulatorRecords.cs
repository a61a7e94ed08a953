using PolarPS.Emulator;

namespace PolarPS;

/// <summary>A request to an emulator, without tokens and other secrets.</summary>
public sealed class PolarEmulatorRequest
{
    private PolarEmulatorRequest() { }

    /// <summary>When it came, by the computer's clock.</summary>
    public DateTimeOffset Time { get; private set; }

    /// <summary>The method, in capitals.</summary>
    public string Method { get; private set; } = string.Empty;

    /// <summary>The path as it was sent.</summary>
    public string Path { get; private set; } = string.Empty;

    /// <summary>The query as it was sent, without its question mark.</summary>
    public string Query { get; private set; } = string.Empty;

    /// <summary>The values of the headers that hold no secret.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; private set; } = new Dictionary<string, string>();

    /// <summary>The body as text; empty when there was none, or it was not read.</summary>
    public string Body { get; private set; } = string.Empty;

    /// <summary>The status of the response; 0 before there is one, or if the connection was closed instead.</summary>
    public int StatusCode { get; private set; }

    /// <summary>The request in words.</summary>
    /// <returns>Such as <c>GET /v1/products/?page=1 -> 200</c>.</returns>
    public override string ToString() =>
        VisibleText.Of($"{Method} {Path}{(Query.Length == 0 ? string.Empty : "?" + Query)} -> {StatusCode}");

    internal static PolarEmulatorRequest From(EmulatorRequestRecord record) =>
        new()
        {
            Time = record.Time.ToLocalTime(),
            Method = record.Method,
            Path = record.Path,
            Query = record.Query,
            Headers = record.Headers,
            Body = record.Body,
            StatusCode = record.StatusCode,
        };
}

/// <summary>A fault rule of an emulator, and how often it fired.</summary>
public sealed class PolarEmulatorFault
{
    private PolarEmulatorFault() { }

    /// <summary>The operation it applies to; null for any.</summary>
    public string? Operation { get; private set; }

    /// <summary>The method it applies to; null for any.</summary>
    public string? Method { get; private set; }

    /// <summary>The path, its beginning, or a pattern; null for any.</summary>
    public string? Path { get; private set; }

    /// <summary>Operation, method and path together; <c>everything</c> for any request.</summary>
    public string Target
    {
        get
        {
            var parts = new[] { Operation, Method, Path }.Where(static part => part is not null).ToList();
            return parts.Count == 0 ? "everything" : string.Join(" ", parts);
        }
    }

    /// <summary>The fault, in a few words.</summary>
    public string Effect { get; private set; } = string.Empty;

    /// <summary>How many matching requests pass first.</summary>
    public int After { get; private set; }

    /// <summary>How many requests it affects; null for all that match.</summary>
    public int? Times { get; private set; }

    /// <summary>The probability that it affects a matching request, from 0 to 1; null for always.</summary>
    public double? Probability { get; private set; }

    /// <summary>How many requests it has affected.</summary>
    public int Hits { get; private set; }

    /// <summary>The rule in words.</summary>
    /// <returns>What it applies to, and the fault.</returns>
    public override string ToString() =>
        VisibleText.Of(
            string.Join(" ", new[] { Operation, Method, Path ?? "everything" }.Where(part => part is not null))
                + " -> "
                + Effect
        );

    internal static PolarEmulatorFault From(FaultRule rule) =>
        new()
        {
            Operation = rule.Operation,
            Method = rule.Method?.ToUpperInvariant(),
            Path = rule.Path,
            Effect = rule.ToString(),
            After = rule.After,
            Times = rule.Times,
            Probability = rule.Probability,
            Hits = rule.Hits,
        };
}

/// <summary>An email that Polar would have sent. Its content is needed to continue.</summary>
public sealed class PolarEmulatorMail
{
    private PolarEmulatorMail() { }

    /// <summary>The recipient.</summary>
    public string To { get; private set; } = string.Empty;

    /// <summary>The kind: <c>seat_invitation</c> or <c>email_update</c>.</summary>
    public string Kind { get; private set; } = string.Empty;

    /// <summary>The token that it holds: the recipient would follow the link with it.</summary>
    public string Token { get; private set; } = string.Empty;

    /// <summary>The email in words, without its token.</summary>
    /// <returns>The kind and the recipient.</returns>
    public override string ToString() => VisibleText.Of($"{Kind} to {To}");

    internal static PolarEmulatorMail From(EmulatorMail mail) =>
        new()
        {
            To = mail.To,
            Kind = mail.Kind,
            Token = mail.Token,
        };
}
