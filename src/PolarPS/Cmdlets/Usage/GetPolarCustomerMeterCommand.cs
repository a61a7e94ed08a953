namespace PolarPS.Commands;

/// <summary>Gets customers' balances on meters by id, or streams those that match. Operations customer_meters:get and customer_meters:list.</summary>
[Cmdlet(VerbsCommon.Get, "PolarCustomerMeter", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(CustomerMeter))]
public sealed class GetPolarCustomerMeterCommand : GetCustomerOwnedCmdlet<CustomerMeter>
{
    /// <summary>The ids of customer meters, or customer meters.</summary>
    [Parameter(
        ParameterSetName = IdSet,
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = "UUID of a customer meter"
    )]
    [PolarId(typeof(CustomerMeter), OneOfSeveral = true)]
    [ArgumentCompleter(typeof(IdCompleter<CustomerMeter>))]
    [Alias("CustomerMeterId")]
    public string[]? Id { get; set; }

    /// <summary>What to list the customer meters of: customers, meters or organizations.</summary>
    [Parameter(ParameterSetName = ListSet, ValueFromPipeline = true)]
    [ParentTransformation(typeof(CustomerMeter), typeof(Customer), typeof(Meter), typeof(Organization))]
    [ValidateNotNullOrEmpty]
    public ParentReference[]? InputObject { get; set; }

    /// <summary>Only those on these meters.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarId(typeof(Meter))]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Meter>))]
    [ValidateNotNullOrEmpty]
    [Alias("Meter")]
    public string[]? MeterId { get; set; }

    /// <summary>The fields to sort by; a leading dash sorts downwards.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(CustomerMeterSortCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Sort { get; set; }

    internal override string[]? Ids => Id;

    internal override ParentReference[]? Parents => InputObject;

    internal override Task<CustomerMeter> GetAsync(string id, CancellationToken cancellationToken) =>
        Client.CustomerMeters.GetAsync(id, cancellationToken);

    internal override PagedList<CustomerMeter> List() =>
        Client.CustomerMeters.List(
            Extent(
                new CustomerMeterQuery
                {
                    CustomerId = CustomerId,
                    ExternalCustomerId = ExternalCustomerId,
                    MeterId = MeterId,
                    OrganizationId = OrganizationId,
                },
                Sort
            )
        );
}
