namespace PolarPS.Commands;

/// <summary>
/// What a transformation returns in place of a value that it could not read. It fits no parameter. On the command line that is
/// an error, and <see cref="Reason"/> is in its text. For a column of a row PowerShell passes over it and says nothing, so that
/// the binding of the row continues; <see cref="RowBinder"/> finds the column then, and reports it.
/// </summary>
internal sealed class Unread(string given, string reason)
{
    /// <summary>What is wrong with the value, as a sentence.</summary>
    public string Reason { get; } = reason;

    /// <summary>What was given.</summary>
    /// <returns>The text, for the message of PowerShell.</returns>
    public override string ToString() => given;

    // PowerShell finds these by reflection, and puts the message of the exception into its own. Without them the message
    // would name this class.

    public static explicit operator int(Unread value) => throw value.Failure();

    public static explicit operator long(Unread value) => throw value.Failure();

    public static explicit operator decimal(Unread value) => throw value.Failure();

    public static explicit operator DateTimeOffset(Unread value) => throw value.Failure();

    public static explicit operator DateTime(Unread value) => throw value.Failure();

    private FormatException Failure() => new(Reason);
}

/// <summary>
/// The same for text, to which PowerShell converts any object but a list: an empty cell of a row, where another column may
/// say what is meant.
/// </summary>
internal sealed class UnreadText : ArrayList
{
    /// <inheritdoc/>
    public override string ToString() => "an empty text";
}
