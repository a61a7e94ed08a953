namespace PolarPS.Commands;

/// <summary>
/// Pays the customer's own orders whose payment has failed. Operation customer_portal:orders:confirm_retry_payment, which is never
/// sent twice.
/// </summary>
[Cmdlet(
    VerbsLifecycle.Confirm,
    "PolarPortalOrderPayment",
    DefaultParameterSetName = PaymentMethodSet,
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.High
)]
[OutputType(typeof(OrderPaymentStatus))]
public sealed class ConfirmPolarPortalOrderPaymentCommand : PolarWriteCmdlet<Order>, IPortalCmdlet
{
    private const string PaymentMethodSet = "PaymentMethod";
    private const string TokenSet = "ConfirmationToken";

    /// <summary>The ids of orders that are to be paid, or orders.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Ids.Order)]
    [PolarId(typeof(Order), Strict = true, IdOnly = true, Each = true)]
    [ArgumentCompleter(typeof(IdCompleter<Order>))]
    [Alias("Id", "Order")]
    public string[] OrderId { get; set; } = [];

    /// <summary>The saved payment method to charge, or its id.</summary>
    [Parameter(
        ParameterSetName = PaymentMethodSet,
        Mandatory = true,
        Position = 1,
        HelpMessage = HelpMessages.Ids.PaymentMethod
    )]
    [PolarId(typeof(PaymentMethod), IdOnly = true)]
    [ArgumentCompleter(typeof(IdCompleter<PaymentMethod>))]
    [ValidateNotNullOrEmpty]
    [Alias("PaymentMethod")]
    [Field]
    public string PaymentMethodId { get; set; } = string.Empty;

    /// <summary>The id of the token that Stripe's payment form gives, for a payment method that is not saved yet.</summary>
    [Parameter(
        ParameterSetName = TokenSet,
        Mandatory = true,
        HelpMessage = "Id that Stripe's payment form gives, which starts with ctoken_"
    )]
    [ValidateNotNullOrEmpty]
    [Field]
    public string ConfirmationTokenId { get; set; } = string.Empty;

    internal override RowColumns Columns => RowColumns.All;

    /// <inheritdoc/>
    internal override void ProcessInput() => ForEachConfirmed(OrderId, ReadAsync, Action, PayAsync, Write);

    private static Task<Order> ReadAsync(PolarClient client, string id, CancellationToken cancellationToken) =>
        client.Portal.Orders.GetAsync(id, cancellationToken);

    // Who has the token could pay with it.
    private string Action(Order? item) =>
        $"Pay {(item is null ? "what is due" : OrderText.Due(item))} now, with "
        + (ParameterSetName == TokenSet ? "the new payment method" : $"the payment method {LabelOf(PaymentMethodId)}");

    private async Task<OrderPaymentStatus> PayAsync(PolarClient client, string id, CancellationToken cancellationToken)
    {
        var body = Fill(new OrderConfirmPayment());
        client = await OrderCharge.MovingAsync(this, client, id, cancellationToken).ConfigureAwait(false);
        return await client.Portal.Orders.ConfirmRetryPaymentAsync(id, body, cancellationToken).ConfigureAwait(false);
    }

    // Polar answers a declined payment as if nothing were wrong; a script must not overlook it.
    private void Write(OrderPaymentStatus status)
    {
        WriteObject(ModelShaper.Shape(status));
        if (status.Status == "failed")
        {
            WriteError(
                ErrorRecords.PaymentDeclined(status.OrderId!, status.Error).About(Subject(status.OrderId), this)
            );
        }
        else if (status.ClientSecret is not null)
        {
            WriteWarning(
                $"{NameOf(status.OrderId!)} in {UsedConnection} is not paid yet: the customer has to confirm the payment, for which Stripe's library takes the ClientSecret."
            );
        }
    }
}
