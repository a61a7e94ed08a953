namespace PolarPS.Client.Models;

/// <summary>
/// Your own keys and values on one of Polar's objects: text, long, double, bool. Reads as <c>key=value; …</c> where only text
/// fits, such as a column of a CSV file.
/// </summary>
public sealed class PolarMetadata : PolarDictionary<object?>;
