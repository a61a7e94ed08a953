namespace PolarPS.Commands;

/// <summary>Gets refunds by id, or streams those that match. Operation refunds:list, which also finds single ones.</summary>
[Cmdlet(VerbsCommon.Get, "PolarRefund", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(Refund))]
public sealed class GetPolarRefundCommand : GetCustomerOwnedCmdlet<Refund>
{
    /// <summary>The ids of refunds, or refunds.</summary>
    [Parameter(
        ParameterSetName = IdSet,
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = "UUID of a refund"
    )]
    [PolarId(typeof(Refund), OneOfSeveral = true)]
    [ArgumentCompleter(typeof(IdCompleter<Refund>))]
    [Alias("RefundId")]
    public string[]? Id { get; set; }

    /// <summary>What to list the refunds of: orders, subscriptions, customers or organizations.</summary>
    [Parameter(ParameterSetName = ListSet, ValueFromPipeline = true)]
    [ParentTransformation(typeof(Refund), typeof(Order), typeof(Subscription), typeof(Customer), typeof(Organization))]
    [ValidateNotNullOrEmpty]
    public ParentReference[]? InputObject { get; set; }

    /// <summary>Only refunds of these orders.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarId(typeof(Order))]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Order>))]
    [ValidateNotNullOrEmpty]
    [Alias("Order")]
    public string[]? OrderId { get; set; }

    /// <summary>Only refunds of orders of these subscriptions.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarId(typeof(Subscription))]
    [ArgumentCompleter(typeof(IdCompleter<Subscription>))]
    [ValidateNotNullOrEmpty]
    [Alias("Subscription")]
    public string[]? SubscriptionId { get; set; }

    /// <summary>Only refunds to the customers with these email addresses, in any case; wildcards work.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarKey(typeof(Customer), "email address")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(CustomerEmailCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? CustomerEmail { get; set; }

    /// <summary>Only refunds that have succeeded; with :$false only the others.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public SwitchParameter Succeeded { get; set; }

    /// <summary>The fields to sort by; a leading dash sorts downwards.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(RefundSortCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Sort { get; set; }

    internal override string[]? Ids => Id;

    internal override ParentReference[]? Parents => InputObject;

    internal override Task<Refund> GetAsync(string id, CancellationToken cancellationToken) =>
        Client.Refunds.GetAsync(id, cancellationToken);

    internal override PagedList<Refund> List() =>
        Client.Refunds.List(
            Extent(
                new RefundQuery
                {
                    OrderId = OrderId,
                    SubscriptionId = SubscriptionId,
                    CustomerId = OneFilter(CustomerId, CustomerEmail, nameof(CustomerEmail)),
                    ExternalCustomerId = ExternalCustomerId,
                    Succeeded = IsBound(nameof(Succeeded)) ? Succeeded.IsPresent : null,
                    OrganizationId = OrganizationId,
                },
                Sort
            )
        );
}
