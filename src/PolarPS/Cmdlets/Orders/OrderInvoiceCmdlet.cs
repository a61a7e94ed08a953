namespace PolarPS.Commands;

/// <summary>Gets where the invoices of orders can be downloaded, for sellers and customers.</summary>
public abstract class OrderInvoiceCmdlet : PolarModelCmdlet<OrderInvoice>
{
    internal abstract string[] Orders { get; }

    internal override void ProcessInput()
    {
        foreach (var id in Orders)
        {
            Try(
                OrderInvoices.Subject(id),
                () => WriteModel(Await(token => this.OrdersOf(Client).GetInvoiceAsync(id, token)))
            );
        }
    }
}
