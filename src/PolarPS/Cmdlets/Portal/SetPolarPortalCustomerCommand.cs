namespace PolarPS.Commands;

/// <summary>
/// Changes the customer's own data: what is given, and nothing else. Operation customer_portal:customers:update.
/// </summary>
[Cmdlet(VerbsCommon.Set, "PolarPortalCustomer", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(Customer))]
public sealed class SetPolarPortalCustomerCommand : PortalCustomerCmdlet
{
    /// <summary>The name on invoices; it cannot be removed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Field]
    public string? BillingName { get; set; }

    /// <summary>The whole address on invoices, created with New-PolarAddress, or as a hashtable; it cannot be removed.</summary>
    [Parameter]
    [SettingsTransformation(typeof(AddressInput), From = typeof(Address))]
    [ValidateNotNullOrEmpty]
    [Field]
    public IDictionary? BillingAddress { get; set; }

    /// <summary>The tax number; its kind follows from the country of the billing address; $null for none.</summary>
    [Parameter]
    [TaxIdTransformation]
    [AllowNull]
    [NullableText]
    [Field]
    public object? TaxId { get; set; }

    /// <summary>The saved payment method to charge from now on, or its id. What is overdue is charged to it at once.</summary>
    [Parameter]
    [PolarId(typeof(PaymentMethod), IdOnly = true, Strict = true)]
    [ArgumentCompleter(typeof(IdCompleter<PaymentMethod>))]
    [ValidateNotNullOrEmpty]
    [Alias("DefaultPaymentMethod")]
    [Field]
    public string? DefaultPaymentMethodId { get; set; }

    /// <inheritdoc/>
    internal override void ProcessInput() => Try(Me, Update);

    internal override string? ChangeText(string parameter, UpdateComparison? comparison) =>
        parameter == nameof(DefaultPaymentMethodId)
            ? $"Charge {TextOf(parameter, DefaultPaymentMethodId)} from now on, and what is overdue at once"
            : null;

    private void Update()
    {
        var body = Fill(new PortalCustomerUpdate());
        if (body.IsEmpty())
        {
            Fail(ErrorRecords.NothingToChange(Me));
            return;
        }

        var me = ReadMe();
        if (
            Confirm(
                NameOf(me),
                Changes(me is null ? null : Compare(me, body)),
                (client, token) => client.Portal.Customer.UpdateAsync(body, token)
            )
        )
        {
            WriteModel(Await(token => Client.Portal.Customer.UpdateAsync(body, token)));
        }
    }
}
