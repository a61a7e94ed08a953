namespace PolarPS.Commands;

/// <summary>
/// Gets customers by Polar's id or by your own, or streams those that match. Operations customers:get,
/// customers:get_external and customers:list.
/// </summary>
[Cmdlet(VerbsCommon.Get, "PolarCustomer", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(Customer))]
public sealed class GetPolarCustomerCommand : GetOwnedCmdlet<Customer>
{
    private const string ExternalIdSet = "ExternalId";

    /// <summary>The ids of customers, or customers.</summary>
    [Parameter(
        ParameterSetName = IdSet,
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = HelpMessages.Reading.Customer
    )]
    [PolarId(typeof(Customer), Each = true, OneOfSeveral = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Customer>))]
    [Alias("CustomerId")]
    public string[]? Id { get; set; }

    /// <summary>What to list the customers of: organizations.</summary>
    [Parameter(ParameterSetName = ListSet, ValueFromPipeline = true)]
    [ParentTransformation(typeof(Customer), typeof(Organization))]
    [ValidateNotNullOrEmpty]
    public ParentReference[]? InputObject { get; set; }

    /// <summary>Your own ids of customers.</summary>
    [Parameter(ParameterSetName = ExternalIdSet, Mandatory = true, HelpMessage = HelpMessages.ExternalCustomerId)]
    [ExternalId("customer")]
    [ArgumentCompleter(typeof(CustomerExternalIdCompleter))]
    [Alias("ExternalCustomerId", "CustomerExternalId")]
    public string[] ExternalId { get; set; } = [];

    /// <summary>Only the customer with this email address.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateNotNullOrEmpty]
    public string? Email { get; set; }

    /// <summary>Only customers whose name, email address or external id contains this.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateNotNullOrEmpty]
    public string? Query { get; set; }

    /// <summary>Only customers with a subscription in force; with :$false only the others.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public SwitchParameter Active { get; set; }

    /// <summary>Only customers with these metadata; a list as value gives alternatives.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Entries(IsFilter = true)]
    [ValidateNotNullOrEmpty]
    public IDictionary? Metadata { get; set; }

    /// <summary>The fields to sort by; a leading dash sorts downwards.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(CustomerSortCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Sort { get; set; }

    internal override string[]? Ids => Id;

    internal override ParentReference[]? Parents => InputObject;

    internal override Task<Customer> GetAsync(string id, CancellationToken cancellationToken) =>
        Client.Customers.GetAsync(id, cancellationToken);

    internal override void GetOtherwise() => GetEach(ExternalId, "external id", Client.Customers.RequireExternalAsync);

    internal override PagedList<Customer> List() =>
        Client.Customers.List(
            Extent(
                new CustomerQuery
                {
                    Email = Email,
                    Query = Query,
                    Active = IsBound(nameof(Active)) ? Active.IsPresent : null,
                    Metadata = (Dictionary<string, object?>?)PlainValues.Of(Metadata),
                    OrganizationId = OrganizationId,
                },
                Sort
            )
        );
}
