namespace PolarPS.Commands;

/// <summary>
/// A cmdlet that can change some keys of an object's metadata and keep the others. It declares the parameters, each in its own
/// parameter sets; what they do is in <see cref="PolarWriteCmdlet{T}"/>.
/// </summary>
internal interface IMetadataEditor
{
    /// <summary>Keys and values to add to those stored, or to change; null for none.</summary>
    IDictionary? AddMetadata { get; }

    /// <summary>Keys to remove from those stored; null for none.</summary>
    string[]? RemoveMetadata { get; }
}
