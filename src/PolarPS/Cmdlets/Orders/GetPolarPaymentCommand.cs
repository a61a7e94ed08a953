namespace PolarPS.Commands;

/// <summary>
/// Gets payments, that is attempts to charge, by id, or streams those that match. Operations payments:get and payments:list.
/// </summary>
[Cmdlet(VerbsCommon.Get, "PolarPayment", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(Payment))]
public sealed class GetPolarPaymentCommand : GetOwnedCmdlet<Payment>
{
    /// <summary>The ids of payments, or payments, or disputes of one.</summary>
    [Parameter(
        ParameterSetName = IdSet,
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = "UUID of a payment"
    )]
    [PolarId(typeof(Payment), OneOfSeveral = true)]
    [ArgumentCompleter(typeof(IdCompleter<Payment>))]
    [Alias("PaymentId")]
    public string[]? Id { get; set; }

    /// <summary>What to list the payments of: orders, checkouts, customers or organizations.</summary>
    [Parameter(ParameterSetName = ListSet, ValueFromPipeline = true)]
    [ParentTransformation(typeof(Payment), typeof(Order), typeof(Checkout), typeof(Customer), typeof(Organization))]
    [ValidateNotNullOrEmpty]
    public ParentReference[]? InputObject { get; set; }

    /// <summary>Only payments for these orders.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarId(typeof(Order))]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Order>))]
    [ValidateNotNullOrEmpty]
    [Alias("Order")]
    public string[]? OrderId { get; set; }

    /// <summary>Only payments for these checkouts.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarId(typeof(Checkout))]
    [ArgumentCompleter(typeof(IdCompleter<Checkout>))]
    [ValidateNotNullOrEmpty]
    [Alias("Checkout")]
    public string[]? CheckoutId { get; set; }

    /// <summary>Only payments of these customers.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarId(typeof(Customer))]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Customer>))]
    [ValidateNotNullOrEmpty]
    [Alias("Customer")]
    public string[]? CustomerId { get; set; }

    /// <summary>Only payments of customers with one of these email addresses.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateNotNullOrEmpty]
    public string[]? CustomerEmail { get; set; }

    /// <summary>Only payments that went so: pending, succeeded or failed.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(PaymentStatusCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Status { get; set; }

    /// <summary>Only payments by these methods, such as card.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(PaymentMethodNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Method { get; set; }

    /// <summary>The fields to sort by; a leading dash sorts downwards.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(PaymentSortCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Sort { get; set; }

    internal override string[]? Ids => Id;

    internal override ParentReference[]? Parents => InputObject;

    internal override Task<Payment> GetAsync(string id, CancellationToken cancellationToken) =>
        Client.Payments.GetAsync(id, cancellationToken);

    internal override PagedList<Payment> List() =>
        Client.Payments.List(
            Extent(
                new PaymentQuery
                {
                    OrderId = OrderId,
                    CheckoutId = CheckoutId,
                    CustomerId = CustomerId,
                    CustomerEmail = CustomerEmail,
                    Status = Status,
                    Method = Method,
                    OrganizationId = OrganizationId,
                },
                Sort
            )
        );
}
