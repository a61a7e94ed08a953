namespace PolarPS.Commands;

/// <summary>Gets license keys by id, or streams those that match. Operations license_keys:get and license_keys:list.</summary>
[Cmdlet(VerbsCommon.Get, "PolarLicenseKey", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(LicenseKey))]
public sealed class GetPolarLicenseKeyCommand : GetOwnedCmdlet<LicenseKey>
{
    /// <summary>The ids of license keys, or license keys.</summary>
    [Parameter(
        ParameterSetName = IdSet,
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = HelpMessages.LicenseKey
    )]
    [PolarId(typeof(LicenseKey), OneOfSeveral = true)]
    [ArgumentCompleter(typeof(IdCompleter<LicenseKey>))]
    [Alias("LicenseKeyId")]
    public string[]? Id { get; set; }

    /// <summary>What to list the license keys of: benefits, customers or organizations.</summary>
    [Parameter(ParameterSetName = ListSet, ValueFromPipeline = true)]
    [ParentTransformation(typeof(LicenseKey), typeof(Benefit), typeof(Customer), typeof(Organization))]
    [ValidateNotNullOrEmpty]
    public ParentReference[]? InputObject { get; set; }

    /// <summary>Only keys that came with one of these benefits.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarId(typeof(Benefit))]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Benefit>))]
    [ValidateNotNullOrEmpty]
    [Alias("Benefit")]
    public string[]? BenefitId { get; set; }

    /// <summary>Only keys of these customers; found by their benefit grants.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarId(typeof(Customer))]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Customer>))]
    [ValidateNotNullOrEmpty]
    [Alias("Customer")]
    public string[]? CustomerId { get; set; }

    /// <summary>Only keys in one of these states.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(LicenseKeyStatusCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Status { get; set; }

    internal override string[]? Ids => Id;

    internal override ParentReference[]? Parents => InputObject;

    internal override Task<LicenseKey> GetAsync(string id, CancellationToken cancellationToken) =>
        Client.LicenseKeys.GetAsync(id, cancellationToken);

    internal override PagedList<LicenseKey> List() => Client.LicenseKeys.List(Query());

    internal override void WriteAll()
    {
        if (CustomerId is null)
        {
            base.WriteAll();
            return;
        }

        if (PagingParameters.IncludeTotalCount)
        {
            // Only reading them all counts them.
            WriteObject(PagingParameters.NewTotalCount(0, 0.0));
        }

        ForEachPage(Client.LicenseKeys.ListOfCustomersAsync(CustomerId, Query(), StopToken), WriteModel);
    }

    private LicenseKeyQuery Query() =>
        Extent(
            new LicenseKeyQuery
            {
                BenefitId = BenefitId,
                Status = Status,
                OrganizationId = OrganizationId,
            }
        );
}
