namespace PolarPS.Commands;

/// <summary>
/// A cmdlet that can change some keys of an object's metadata and keep the others. It declares the parameters, each in its own
/// parameter sets; what they do is in <see cref="PolarWriteCmdlet{T}"/>.
/// </summary>
/// <typeparam name="T">The kind of object.</typeparam>
internal interface IMetadataEditor<in T>
    where T : PolarObject
{
    /// <summary>Keys and values to add to those stored, or to change; null for none.</summary>
    IDictionary? AddMetadata { get; }

    /// <summary>Keys to remove from those stored; null for none.</summary>
    string[]? RemoveMetadata { get; }

    /// <summary>The metadata that an object has; null for none.</summary>
    IEnumerable<KeyValuePair<string, object?>>? Stored(T item);
}
