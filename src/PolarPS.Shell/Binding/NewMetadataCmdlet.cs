namespace PolarPS.Commands;

/// <summary>Creates an object that can have metadata.</summary>
/// <typeparam name="T">The kind.</typeparam>
/// <typeparam name="TBody">The body of the creation.</typeparam>
public abstract class NewMetadataCmdlet<T, TBody> : NewPolarCmdlet<T, TBody>
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
