namespace PolarPS.Commands;

/// <summary>Changes the name and the address on the invoices of orders. Operation orders:update.</summary>
[Cmdlet(VerbsCommon.Set, "PolarOrder", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(Order))]
public sealed class SetPolarOrderCommand : OrderBillingCmdlet
{
    /// <summary>The ids of orders, or orders.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Order)]
    [PolarId(typeof(Order), Each = true)]
    [ArgumentCompleter(typeof(IdCompleter<Order>))]
    [Alias("OrderId")]
    public string[] Id { get; set; } = [];

    internal override string[] Ids => Id;
}
