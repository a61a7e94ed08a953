using System.Management.Automation;

namespace PolarPS;

/// <summary>What PowerShell hands over as a value: often in a wrapper of its own, and a number with the text that was typed.</summary>
internal static class PSValue
{
    /// <summary>
    /// The value within PowerShell's wrapper. A custom object stays as it is: its properties are the wrapper's.
    /// </summary>
    /// <param name="value">A value, wrapped or not.</param>
    /// <returns>A <see cref="PSObject"/> for custom objects only; null for null.</returns>
    public static object? Bare(object? value) =>
        value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;

    /// <summary>Like <see cref="Bare"/>, but never a wrapper: a custom object becomes PowerShell's empty stand-in for one.</summary>
    /// <param name="value">A value, wrapped or not.</param>
    /// <returns>Never a <see cref="PSObject"/>; null for null.</returns>
    public static object? Unwrapped(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    /// <summary>
    /// A whole number as text, for parameters that take keys: as it was typed, because 007 is not 7, and only the wrapper knows.
    /// </summary>
    /// <param name="value">A value, still in its wrapper.</param>
    /// <returns>null for anything but a whole number.</returns>
    public static string? NumberAsTyped(object? value) =>
        IsWholeNumber(Bare(value)) ? LanguagePrimitives.ConvertTo<string>(value) : null;

    /// <summary>Whether a bare value is of one of the types of whole numbers.</summary>
    public static bool IsWholeNumber(object? bare) =>
        bare is int or long or short or byte or uint or ulong or ushort or sbyte;
}
