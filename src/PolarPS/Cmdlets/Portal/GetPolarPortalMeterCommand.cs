namespace PolarPS.Commands;

/// <summary>
/// Gets what the customer has used of meters and has left, by id, or streams the list. Operations
/// customer_portal:customer_meters:get and customer_portal:customer_meters:list.
/// </summary>
[Cmdlet(VerbsCommon.Get, "PolarPortalMeter", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(CustomerMeter))]
public sealed class GetPolarPortalMeterCommand : GetPolarCmdlet<CustomerMeter>, IPortalCmdlet
{
    /// <summary>The ids of customer meters, which are not those of the meters; or customer meters.</summary>
    [Parameter(
        ParameterSetName = IdSet,
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = HelpMessages.Ids.CustomerMeter
    )]
    [PolarId(typeof(CustomerMeter), IdOnly = true, OneOfSeveral = true)]
    [ArgumentCompleter(typeof(IdCompleter<CustomerMeter>))]
    [Alias("CustomerMeterId")]
    public string[]? Id { get; set; }

    /// <summary>What to list the balances of: meters.</summary>
    [Parameter(ParameterSetName = ListSet, ValueFromPipeline = true)]
    [ParentTransformation(typeof(CustomerMeter), typeof(Meter))]
    [ValidateNotNullOrEmpty]
    public ParentReference[]? InputObject { get; set; }

    /// <summary>Only the balances of these meters.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarId(typeof(Meter), IdOnly = true)]
    [ArgumentCompleter(typeof(IdCompleter<Meter>))]
    [ValidateNotNullOrEmpty]
    [Alias("Meter")]
    public string[]? MeterId { get; set; }

    /// <summary>Only the balances of meters whose name contains this.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateNotNullOrEmpty]
    public string? Query { get; set; }

    /// <summary>The fields to sort by; a leading dash sorts downwards.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(PortalMeterSortCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Sort { get; set; }

    internal override string[]? Ids => Id;

    internal override ParentReference[]? Parents => InputObject;

    internal override Task<CustomerMeter> GetAsync(string id, CancellationToken cancellationToken) =>
        Client.Portal.Meters.GetAsync(id, cancellationToken);

    internal override PagedList<CustomerMeter> List() =>
        Client.Portal.Meters.List(Extent(new PortalMeterQuery { MeterId = MeterId, Query = Query }, Sort));
}
