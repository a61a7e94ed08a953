namespace PolarPS.Commands;

/// <summary>
/// Generates invoices for orders, for sellers and customers, or generates them again after a change of what they say, which takes
/// a few seconds.
/// </summary>
public abstract class OrderInvoiceRequestCmdlet : PolarWriteCmdlet<OrderInvoice>
{
    /// <summary>Waits until the invoice is there, and writes where it can be downloaded.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How many seconds to wait at most for each invoice.</summary>
    [Parameter]
    [WholeNumber]
    [ValidateRange(1, 3600)]
    public int TimeoutSeconds { get; set; } = 60;

    internal abstract string[] Orders { get; }

    /// <inheritdoc/>
    internal override void ProcessInput()
    {
        foreach (var id in Orders)
        {
            Try(new ErrorSubject("order", id), () => Request(id));
        }
    }

    private void Request(string id)
    {
        if (
            !Confirm(
                OrderInvoices.NameOf(this, id),
                "Generate the invoice",
                (client, token) => this.OrdersOf(client).GenerateInvoiceAsync(id, token)
            )
        )
        {
            return;
        }

        Await(token => this.OrdersOf(Client).GenerateInvoiceAsync(id, token));
        if (Wait && this.WaitForInvoice(id, TimeoutSeconds) is { } invoice)
        {
            WriteModel(invoice);
        }
    }
}
