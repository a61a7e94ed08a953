namespace PolarPS.Client;

/// <summary>A text that is no filter over events. Nothing was sent.</summary>
public sealed class MeterFilterException : FormatException
{
    internal MeterFilterException(string message, int position)
        : base(message)
    {
        Position = position;
    }

    /// <summary>Where in the text, counted in characters from 1.</summary>
    public int Position { get; }
}
