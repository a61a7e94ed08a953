namespace PolarPS.Commands;

/// <summary>Changes the name and the address on the invoices of the customer's own orders. Operation customer_portal:orders:update.</summary>
[Cmdlet(VerbsCommon.Set, "PolarPortalOrder", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(Order))]
public sealed class SetPolarPortalOrderCommand : OrderBillingCmdlet, IPortalCmdlet
{
    /// <summary>The ids of orders, or orders.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Ids.Order)]
    [PolarId(typeof(Order), IdOnly = true, Each = true)]
    [ArgumentCompleter(typeof(IdCompleter<Order>))]
    [Alias("OrderId")]
    public string[] Id { get; set; } = [];

    internal override string[] Ids => Id;
}
