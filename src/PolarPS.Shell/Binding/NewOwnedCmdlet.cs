namespace PolarPS.Commands;

/// <summary>Creates an object that belongs to an organization.</summary>
/// <typeparam name="T">The kind.</typeparam>
/// <typeparam name="TBody">The body of the creation.</typeparam>
public abstract class NewOwnedCmdlet<T, TBody> : NewPolarCmdlet<T, TBody>
    where T : PolarObject
    where TBody : RequestBody, new()
{
    /// <summary>The organization that it will belong to; needed with a user's token only.</summary>
    [Parameter]
    [PolarId(typeof(Organization))]
    [ArgumentCompleter(typeof(IdCompleter<Organization>))]
    [ValidateNotNullOrEmpty]
    [Field]
    public string? OrganizationId { get; set; }
}
