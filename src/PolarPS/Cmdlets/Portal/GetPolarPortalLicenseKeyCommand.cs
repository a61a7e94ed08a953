namespace PolarPS.Commands;

/// <summary>
/// Gets the customer's own license keys by id, with where they are active, or streams them. Operations
/// customer_portal:license_keys:get and customer_portal:license_keys:list.
/// </summary>
[Cmdlet(VerbsCommon.Get, "PolarPortalLicenseKey", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(LicenseKey))]
public sealed class GetPolarPortalLicenseKeyCommand : GetPolarCmdlet<LicenseKey>, IPortalCmdlet
{
    /// <summary>The ids of license keys, or license keys.</summary>
    [Parameter(
        ParameterSetName = IdSet,
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = HelpMessages.LicenseKey
    )]
    [PolarId(typeof(LicenseKey), IdOnly = true, OneOfSeveral = true)]
    [ArgumentCompleter(typeof(IdCompleter<LicenseKey>))]
    [Alias("LicenseKeyId")]
    public string[]? Id { get; set; }

    /// <summary>What to list the license keys of: benefits.</summary>
    [Parameter(ParameterSetName = ListSet, ValueFromPipeline = true)]
    [ParentTransformation(typeof(LicenseKey), typeof(Benefit))]
    [ValidateNotNullOrEmpty]
    public ParentReference[]? InputObject { get; set; }

    /// <summary>Only keys that came with this benefit; Polar takes one.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarId(typeof(Benefit), IdOnly = true)]
    [ArgumentCompleter(typeof(IdCompleter<Benefit>))]
    [ValidateCount(1, 1)]
    [Alias("Benefit")]
    public string[]? BenefitId { get; set; }

    internal override string[]? Ids => Id;

    internal override ParentReference[]? Parents => InputObject;

    internal override Task<LicenseKey> GetAsync(string id, CancellationToken cancellationToken) =>
        Client.Portal.LicenseKeys.GetAsync(id, cancellationToken);

    internal override PagedList<LicenseKey> List() =>
        Client.Portal.LicenseKeys.List(Extent(new PortalLicenseKeyQuery { BenefitId = BenefitId?[0] }));
}
