namespace PolarPS.Commands;

/// <summary>Creates an object that belongs to an organization and can have metadata.</summary>
/// <typeparam name="T">The kind.</typeparam>
/// <typeparam name="TBody">The body of the creation.</typeparam>
public abstract class NewMetadataCmdlet<T, TBody> : NewOwnedCmdlet<T, TBody>
    where T : PolarObject, IHasMetadata
    where TBody : RequestBody, new()
{
    /// <summary>Your own keys and values.</summary>
    [Parameter]
    [Entries]
    [ValidateNotNull]
    [Field]
    public IDictionary? Metadata { get; set; }
}
