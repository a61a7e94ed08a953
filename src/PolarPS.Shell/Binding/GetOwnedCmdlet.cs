namespace PolarPS.Commands;

/// <summary>Gets objects that belong to organizations.</summary>
/// <typeparam name="T">The kind.</typeparam>
public abstract class GetOwnedCmdlet<T> : GetPolarCmdlet<T>
    where T : PolarObject
{
    /// <summary>Only those of these organizations; matters with a user's token.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarId(typeof(Organization))]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Organization>))]
    [ValidateNotNullOrEmpty]
    public string[]? OrganizationId { get; set; }
}
