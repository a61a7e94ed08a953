using System;

namespace PolarPS.Client;

/// <summary>
/// The base of all failures of a call to Polar. No text of it contains a token or another secret, and its
/// message has no control characters.
/// </summary>
public class PolarException : Exception
{
    internal PolarException(string message, FailedCall call, Exception? cause = null)
        : base(VisibleText.Of(message), cause)
    {
        Call = call;
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

    private FailedCall Call { get; }
}

/// <summary>The facts about a failed call, gathered in one place.</summary>
internal sealed record FailedCall(
    string Method,
    string Path,
    int? StatusCode = null,
    string? ErrorName = null,
    string? Detail = null,
    int Attempts = 1,
    bool OutcomeUnknown = false
);
