namespace PolarPS.Commands;

/// <summary>
/// An argument that a transformation refuses; no transformation throws another exception. PowerShell prints the message of the
/// exception itself, past everything that a cmdlet could do about it, and the argument may come from a row that someone else
/// wrote: its control characters are visible.
/// </summary>
internal sealed class RefusedArgumentException : ArgumentTransformationMetadataException
{
    /// <summary>The argument is refused, by whatever reads it.</summary>
    /// <param name="message">What is wrong, and what to give instead.</param>
    public RefusedArgumentException(string message)
        : base(VisibleText.Of(message)) { }

    private RefusedArgumentException(string message, PSInvalidCastException cause)
        : base(VisibleText.Of(message), cause) { }

    /// <summary>
    /// The argument is refused by this parameter, and another one may take it from the pipeline: PowerShell tries the next
    /// parameter where the reason is a failed cast, and stops at any other.
    /// </summary>
    /// <param name="message">What is wrong, and what to give instead.</param>
    public static RefusedArgumentException ForNext(string message) => new(message, new PSInvalidCastException(message));
}
