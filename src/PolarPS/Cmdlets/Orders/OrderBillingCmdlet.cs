namespace PolarPS.Commands;

/// <summary>Changes the name and the address on the invoices of orders, for sellers and customers.</summary>
public abstract class OrderBillingCmdlet : SetPolarCmdlet<Order, OrderUpdate>
{
    /// <summary>The name on the invoice.</summary>
    [Parameter]
    [AllowNull]
    [NullableText]
    [Field]
    public object? BillingName { get; set; }

    /// <summary>The address on the invoice, created with New-PolarAddress; the country and the state cannot change.</summary>
    [Parameter]
    [SettingsTransformation(typeof(AddressInput), From = typeof(Address))]
    [AllowNull]
    [Field]
    public IDictionary? BillingAddress { get; set; }

    internal override Task<Order> UpdateAsync(
        PolarClient client,
        string id,
        OrderUpdate body,
        CancellationToken cancellationToken
    ) => this.OrdersOf(client).UpdateAsync(id, body, cancellationToken);

    internal override Task<Order> ReadAsync(PolarClient client, string id, CancellationToken cancellationToken) =>
        this.OrdersOf(client).GetAsync(id, cancellationToken);
}
