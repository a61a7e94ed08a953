namespace PolarPS.Commands;

/// <summary>Deletes the customer's own payment methods. Operation customer_portal:customers:delete_payment_method.</summary>
[Cmdlet(
    VerbsCommon.Remove,
    "PolarPortalPaymentMethod",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.High
)]
[OutputType(typeof(void))]
public sealed class RemovePolarPortalPaymentMethodCommand : RemovePolarCmdlet<PaymentMethod>, IPortalCmdlet
{
    /// <summary>The ids of payment methods, or payment methods.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Ids.PaymentMethod)]
    [PolarId(typeof(PaymentMethod), IdOnly = true, Strict = true)]
    [ArgumentCompleter(typeof(IdCompleter<PaymentMethod>))]
    [Alias("PaymentMethodId")]
    public string[] Id { get; set; } = [];

    internal override string[] Ids => Id;

    internal override Task DeleteAsync(PolarClient client, string id, CancellationToken cancellationToken) =>
        client.Portal.Customer.DeletePaymentMethodAsync(id, cancellationToken);

    internal override Task<PaymentMethod> ReadAsync(
        PolarClient client,
        string id,
        CancellationToken cancellationToken
    ) => client.Portal.Customer.GetPaymentMethodAsync(id, cancellationToken);
}
