namespace PolarPS.Commands;

/// <summary>Gets organizations by id, or streams those that the token reaches. Operations organizations:get and organizations:list.</summary>
[Cmdlet(VerbsCommon.Get, "PolarOrganization", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(Organization))]
public sealed class GetPolarOrganizationCommand : GetPolarCmdlet<Organization>
{
    /// <summary>The ids of organizations, or objects that belong to one.</summary>
    [Parameter(
        ParameterSetName = IdSet,
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = HelpMessages.Reading.Organization
    )]
    [PolarId(typeof(Organization), Each = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Organization>))]
    [Alias("OrganizationId")]
    public string[]? Id { get; set; }

    /// <summary>Only the organization with this name in addresses.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateNotNullOrEmpty]
    public string? Slug { get; set; }

    /// <summary>The fields to sort by; a leading dash sorts downwards.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(OrganizationSortCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Sort { get; set; }

    internal override string[]? Ids => Id;

    internal override Task<Organization> GetAsync(string id, CancellationToken cancellationToken) =>
        Client.Organizations.GetAsync(id, cancellationToken);

    internal override PagedList<Organization> List() =>
        Client.Organizations.List(Extent(new OrganizationQuery { Slug = Slug }, Sort));
}
