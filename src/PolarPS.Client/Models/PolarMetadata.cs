namespace PolarPS.Client.Models;

/// <summary>
/// Your own keys and values on one of Polar's objects: text, long, double, bool. Reads as <c>key=value; …</c> where only text
/// fits, such as a column of a CSV file.
/// </summary>
public sealed class PolarMetadata : PolarDictionary<object?>;

/// <summary>An object that keeps keys and values of the shop's own.</summary>
public interface IHasMetadata
{
    /// <summary>The keys and values; null where Polar did not send them.</summary>
    PolarMetadata? Metadata { get; }
}
