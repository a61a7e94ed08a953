namespace PolarPS.Commands;

/// <summary>Charges for drafts of orders. Operation orders:finalize, which is never sent twice.</summary>
[Cmdlet(VerbsLifecycle.Complete, "PolarOrder", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(Order))]
public sealed class CompletePolarOrderCommand : PolarActionCmdlet<Order>
{
    /// <summary>The ids of orders that are drafts, or orders.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Order)]
    [PolarId(typeof(Order), Strict = true, Each = true)]
    [ArgumentCompleter(typeof(IdCompleter<Order>))]
    [Alias("Id")]
    public string[] OrderId { get; set; } = [];

    /// <summary>What to charge, of the customer's payment method; without it the customer's default.</summary>
    [Parameter]
    [PolarId(typeof(PaymentMethod))]
    [ValidateNotNullOrEmpty]
    [Alias("PaymentMethod")]
    [Field]
    public string? PaymentMethodId { get; set; }

    internal override string[] Ids => OrderId;

    internal override string Action(Order? item) =>
        item is null
            ? "Charge the customer now"
            : $"Charge {OrderText.Due(item)} to {OrderText.Customer(item)} now, "
                + (
                    PaymentMethodId is null
                        ? "with the default payment method"
                        : $"with the payment method {PaymentMethodId}"
                );

    internal override async Task<Order> SendAsync(PolarClient client, string id, CancellationToken cancellationToken)
    {
        client = await OrderCharge.MovingAsync(this, client, id, cancellationToken).ConfigureAwait(false);
        return await client
            .Orders.FinalizeAsync(
                id,
                PaymentMethodId is null ? null : new OrderFinalize { PaymentMethodId = PaymentMethodId },
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    internal override Task<Order>? ReadAsync(PolarClient client, string id, CancellationToken cancellationToken) =>
        client.Orders.GetAsync(id, cancellationToken);
}
