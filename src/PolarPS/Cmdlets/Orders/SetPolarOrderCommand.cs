using System.Collections;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using PolarPS.Client;
using PolarPS.Client.Models;

namespace PolarPS.Commands;

/// <summary>Changes the name and the address on the invoices of orders. Operation orders:update.</summary>
[Cmdlet(VerbsCommon.Set, "PolarOrder", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(Order))]
public sealed class SetPolarOrderCommand : SetPolarCmdlet<Order, OrderUpdate>
{
    /// <summary>The ids of orders, or orders.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Order)]
    [PolarId(typeof(Order), Each = true)]
    [ArgumentCompleter(typeof(IdCompleter<Order>))]
    [Alias("OrderId")]
    public string[] Id { get; set; } = [];

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

    internal override string[] Ids => Id;

    internal override Task<Order> UpdateAsync(
        PolarClient client,
        string id,
        OrderUpdate body,
        CancellationToken cancellationToken
    ) => client.Orders.UpdateAsync(id, body, cancellationToken);

    internal override Task<Order> ReadAsync(PolarClient client, string id, CancellationToken cancellationToken) =>
        client.Orders.GetAsync(id, cancellationToken);
}
