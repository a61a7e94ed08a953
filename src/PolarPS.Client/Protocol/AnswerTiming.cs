namespace PolarPS.Client;

/// <summary>When an answer came, and at what price.</summary>
/// <param name="AskedAt">By the server's clock, a moment at which it had not begun to look yet; null for an answer without a date.</param>
/// <param name="Took">How long it took.</param>
/// <param name="IsScarce">Whether requests are scarce: the server has asked to wait, or its limit is close.</param>
internal readonly record struct AnswerTiming(DateTimeOffset? AskedAt, TimeSpan Took, bool IsScarce);

/// <summary>A document, and when it came.</summary>
/// <param name="Document">The document.</param>
/// <param name="Timing">When it came.</param>
/// <remarks>A class, because tasks of a struct of its own would have to be compiled in each new process.</remarks>
internal sealed record DatedAnswer<T>(T Document, AnswerTiming Timing);
