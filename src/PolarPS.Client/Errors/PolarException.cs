namespace PolarPS.Client;

/// <summary>
/// The base of all failures of a call to Polar. No text of it contains a token or another secret, and its
/// message has no control characters.
/// </summary>
public class PolarException : Exception
{
    /// <param name="reason">What happened; that the outcome is not known is added by itself.</param>
    /// <param name="call">The facts.</param>
    /// <param name="cause">What was behind it.</param>
    internal PolarException(string reason, FailedCall call, Exception? cause = null)
        : base(call.WithOutcome(VisibleText.Of(reason)), cause)
    {
        Call = call;
        Reason = VisibleText.Of(reason);
    }

    /// <summary>The request's method, such as <c>GET</c>.</summary>
    public string Method => Call.Method;

    /// <summary>The request's path with its query, without the host.</summary>
    public string Path => Call.Path;

    /// <summary>The HTTP status of the last response; null when there was none.</summary>
    public int? StatusCode => Call.StatusCode;

    /// <summary>Polar's own name of the error, such as <c>ResourceNotFound</c>; null if the response has none.</summary>
    public string? ErrorName => Call.ErrorName;

    /// <summary>What Polar said about it, in its own words; null when it said nothing.</summary>
    public string? Detail => Call.Detail;

    /// <summary>How many times the request was tried.</summary>
    public int Attempts => Call.Attempts;

    /// <summary>
    /// true when the request was to change something and nobody can tell from here whether it did: it may have been carried
    /// out although no clear response came. Check before repeating it.
    /// </summary>
    public bool OutcomeUnknown => Call.OutcomeUnknown;

    /// <summary>What happened, without a word about the outcome: for those who say it in another way and add <see cref="WithOutcome"/>.</summary>
    internal string Reason { get; }

    private FailedCall Call { get; }

    /// <summary>A text of what happened, followed by what is known of the outcome where it is open.</summary>
    internal string WithOutcome(string reason) => Call.WithOutcome(reason);
}

/// <summary>The facts about a failed call, gathered in one place.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path with its query, redacted.</param>
/// <param name="StatusCode">The status of the last answer; null for none.</param>
/// <param name="ErrorName">Polar's name of the error.</param>
/// <param name="Detail">Polar's words.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Outcome">What to tell where it is open whether the change was made; null where it is not.</param>
internal sealed record FailedCall(
    string Method,
    string Path,
    int? StatusCode = null,
    string? ErrorName = null,
    string? Detail = null,
    int Attempts = 1,
    string? Outcome = null
)
{
    /// <summary>What no answer leaves open.</summary>
    public const string NotKnown = "Whether the change was made is not known: check before repeating it.";

    /// <summary>What a refusal leaves open after an attempt without a clear answer.</summary>
    public const string EarlierAttempt =
        "An earlier attempt had an unclear outcome and may have made the change: check before repeating it.";

    /// <summary>What an answer leaves open that says success and cannot be read.</summary>
    public const string MostLikely =
        "Polar reported success, so the change was most likely made: check before repeating it.";

    public bool OutcomeUnknown => Outcome is not null;

    public string WithOutcome(string reason) =>
        Outcome is null ? reason
        : reason.EndsWith("?", StringComparison.Ordinal) ? reason + " " + Outcome
        : reason.TrimEnd('.') + ". " + Outcome;
}
