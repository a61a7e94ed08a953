namespace PolarPS;

/// <summary>
/// What PowerShell hands over: values in a wrapper of its own, numbers with the text that was typed, copies of objects. All that
/// looks into a wrapper does so here.
/// </summary>
/// <remarks>
/// A custom object, such as a row of a CSV file, is nothing but its wrapper, which has the properties and the names of its type.
/// So there are two ways to take a value out. <see cref="ValueOrCustom"/> is for whatever was given: to read, to convert, to
/// compare or to name it in an error. <see cref="ValueOnly"/> is for where only an object of a .NET type counts: to ask for
/// such a type, with a custom object taken for none.
/// </remarks>
internal static class PSValue
{
    /// <summary>The value within the wrapper; a custom object with its wrapper, so that nothing of it is lost.</summary>
    /// <param name="value">A value, wrapped or not.</param>
    /// <returns>A <see cref="PSObject"/> for custom objects only; null for null.</returns>
    public static object? ValueOrCustom(object? value) =>
        value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;

    /// <summary>
    /// The value within the wrapper, and never a wrapper. Of a custom object nothing is left: all of them become the same empty
    /// stand-in, which is equal to itself.
    /// </summary>
    /// <param name="value">A value, wrapped or not.</param>
    /// <returns>Never a <see cref="PSObject"/>; null for null.</returns>
    public static object? ValueOnly(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    /// <summary>What a list has in it, as it is, in wrappers where there are some.</summary>
    /// <param name="value">A value, wrapped or not.</param>
    /// <returns>null for what is one value: text, a hashtable, an object, nothing.</returns>
    public static IEnumerable<object?>? Items(object? value) =>
        ValueOrCustom(value) is IEnumerable items and not (string or IDictionary) ? items.Cast<object?>() : null;

    /// <summary>What a property of any object has, out of its wrapper.</summary>
    /// <param name="item">An object, wrapped or not.</param>
    /// <param name="name">The property.</param>
    /// <returns>As <see cref="ValueOrCustom"/>; null for a property that there is not.</returns>
    public static object? Property(object item, string name) =>
        ValueOrCustom(PSObject.AsPSObject(item).Properties[name]?.Value);

    /// <summary>Whether an object is a copy of one of a type, as Select-Object, Import-Clixml and jobs make them.</summary>
    /// <param name="item">An object, wrapped or not.</param>
    /// <param name="type">The type.</param>
    public static bool IsCopyOf(object? item, Type type) =>
        item is not null
        && PSObject
            .AsPSObject(item)
            .TypeNames.Any(name => name == "Selected." + type.FullName || name == "Deserialized." + type.FullName);

    /// <summary>
    /// A whole number as text, for parameters that take keys: as it was typed, because 007 is not 7, and only the wrapper knows.
    /// </summary>
    /// <param name="value">A value, still in its wrapper.</param>
    /// <returns>null for anything but a whole number.</returns>
    public static string? NumberAsTyped(object? value) =>
        IsWholeNumber(ValueOrCustom(value)) ? LanguagePrimitives.ConvertTo<string>(value) : null;

    /// <summary>Whether a value that is out of its wrapper is of one of the types of whole numbers.</summary>
    public static bool IsWholeNumber(object? value) =>
        value is int or long or short or byte or uint or ulong or ushort or sbyte;
}
