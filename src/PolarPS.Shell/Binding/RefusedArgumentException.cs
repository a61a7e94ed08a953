// Wherever the cmdlets' sources name the exception by which a transformation refuses an argument, this one is meant.
global using ArgumentTransformationMetadataException = PolarPS.Commands.RefusedArgumentException;
using System;

namespace PolarPS.Commands;

/// <summary>
/// An argument that a transformation refuses. PowerShell prints the message of the exception itself, past everything that a
/// cmdlet could do about it, and the argument may come from a row that someone else wrote: its control characters are visible.
/// </summary>
internal sealed class RefusedArgumentException : System.Management.Automation.ArgumentTransformationMetadataException
{
    /// <param name="message">What is wrong, and what to give instead.</param>
    public RefusedArgumentException(string message)
        : base(VisibleText.Of(message)) { }

    /// <param name="message">What is wrong, and what to give instead.</param>
    /// <param name="cause">What PowerShell is to take for the cause.</param>
    public RefusedArgumentException(string message, Exception cause)
        : base(VisibleText.Of(message), cause) { }
}
