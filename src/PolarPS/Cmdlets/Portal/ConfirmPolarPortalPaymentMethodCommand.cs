namespace PolarPS.Commands;

/// <summary>
/// Saves a payment method after the customer has completed what the bank asked for. Operation
/// customer_portal:customers:confirm_payment_method.
/// </summary>
[Cmdlet(
    VerbsLifecycle.Confirm,
    "PolarPortalPaymentMethod",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium
)]
[OutputType(typeof(PaymentMethodSetup))]
public sealed class ConfirmPolarPortalPaymentMethodCommand : PaymentMethodSetupCmdlet
{
    /// <summary>The id of Stripe's setup intent: the part of the client secret before _secret.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        HelpMessage = "Id of Stripe's setup intent: the client secret up to _secret"
    )]
    [SetupIntent]
    [Field]
    public string SetupIntentId { get; set; } = string.Empty;

    /// <inheritdoc/>
    internal override void ProcessInput()
    {
        var body = Fill(new CustomerPaymentMethodConfirm());
        body.SetDefault = SetDefault;
        SetUp(
            $"the customer's payment method of {SetupIntentId}",
            "Save",
            (client, token) => client.Portal.Customer.ConfirmPaymentMethodAsync(body, token)
        );
    }
}
