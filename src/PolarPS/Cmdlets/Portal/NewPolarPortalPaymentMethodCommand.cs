namespace PolarPS.Commands;

/// <summary>Saves a payment method of the customer's. Operation customer_portal:customers:add_payment_method.</summary>
[Cmdlet(
    VerbsCommon.New,
    "PolarPortalPaymentMethod",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium
)]
[OutputType(typeof(PaymentMethodSetup))]
public sealed class NewPolarPortalPaymentMethodCommand : PaymentMethodSetupCmdlet
{
    /// <summary>The id of the token that Stripe's payment form gives.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        HelpMessage = "Id of the token from Stripe's payment form, such as ctoken_1Abc"
    )]
    [Text]
    [Field]
    public string ConfirmationTokenId { get; set; } = string.Empty;

    /// <summary>Where the bank's page sends the customer back to, if the bank asks.</summary>
    [Parameter(Mandatory = true, Position = 1, HelpMessage = "Address to come back to, such as https://shop.example/")]
    [Text]
    [Field]
    public string ReturnUrl { get; set; } = string.Empty;

    /// <inheritdoc/>
    internal override void ProcessInput()
    {
        var body = Fill(new CustomerPaymentMethodCreate());
        // Polar wants to be told either way.
        body.SetDefault = SetDefault;
        SetUp(
            "the customer's payment method",
            "Save",
            (client, token) => client.Portal.Customer.AddPaymentMethodAsync(body, token)
        );
    }
}
