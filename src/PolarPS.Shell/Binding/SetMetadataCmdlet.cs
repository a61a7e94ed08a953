namespace PolarPS.Commands;

/// <summary>Changes objects by id, their metadata among the rest: as a whole, or key by key.</summary>
/// <typeparam name="T">The kind.</typeparam>
/// <typeparam name="TBody">The body of the update.</typeparam>
public abstract class SetMetadataCmdlet<T, TBody> : SetPolarCmdlet<T, TBody>, IMetadataEditor
    where T : PolarObject, IHasMetadata
    where TBody : RequestBody, new()
{
    /// <summary>Your own keys and values, in place of those stored; empty for none.</summary>
    [Parameter]
    [Entries(OrNull = true)]
    [AllowNull]
    [Field]
    public IDictionary? Metadata { get; set; }

    /// <summary>Keys and values to add to those stored, or to change; the others stay.</summary>
    [Parameter]
    [Entries]
    [ValidateNotNullOrEmpty]
    [Field("metadata")]
    public IDictionary? AddMetadata { get; set; }

    /// <summary>Keys to remove from those stored; the others stay.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? RemoveMetadata { get; set; }
}
