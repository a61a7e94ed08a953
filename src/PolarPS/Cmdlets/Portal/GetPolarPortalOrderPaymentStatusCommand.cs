namespace PolarPS.Commands;

/// <summary>
/// Gets how the latest payment of each of the customer's own orders went. Operation customer_portal:orders:get_payment_status.
/// </summary>
[Cmdlet(VerbsCommon.Get, "PolarPortalOrderPaymentStatus")]
[OutputType(typeof(OrderPaymentStatus))]
public sealed class GetPolarPortalOrderPaymentStatusCommand : PolarModelCmdlet<OrderPaymentStatus>, IPortalCmdlet
{
    /// <summary>The ids of orders, or orders.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Ids.Order)]
    [PolarId(typeof(Order), IdOnly = true, Each = true)]
    [ArgumentCompleter(typeof(IdCompleter<Order>))]
    [Alias("Id", "Order")]
    public string[] OrderId { get; set; } = [];

    internal override void ProcessInput()
    {
        foreach (var id in OrderId)
        {
            Try(
                new ErrorSubject(Kinds.NameOf(typeof(Order)), id),
                () => WriteModel(Await(token => Client.Portal.Orders.GetPaymentStatusAsync(id, token)))
            );
        }
    }
}
