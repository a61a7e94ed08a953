using System;
using System.Management.Automation;
using PolarPS.Client;
using PolarPS.Client.Models;

namespace PolarPS.Commands;

/// <summary>
/// Generates invoices for orders, or generates them again after a change of what they say, which takes a few seconds. Operation
/// orders:generate_invoice; with -Wait orders:invoice too.
/// </summary>
[Cmdlet(
    VerbsLifecycle.Request,
    "PolarOrderInvoice",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium
)]
[OutputType(typeof(OrderInvoice))]
public sealed class RequestPolarOrderInvoiceCommand : PolarWriteCmdlet<OrderInvoice>
{
    /// <summary>The ids of orders, or orders.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Order)]
    [PolarId(typeof(Order), Each = true)]
    [ArgumentCompleter(typeof(IdCompleter<Order>))]
    [Alias("Id", "Order")]
    public string[] OrderId { get; set; } = [];

    /// <summary>Waits until the invoice is there, and writes where it can be downloaded.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How many seconds to wait at most for each invoice.</summary>
    [Parameter]
    [WholeNumber]
    [ValidateRange(1, 3600)]
    public int TimeoutSeconds { get; set; } = 60;

    /// <inheritdoc/>
    internal override void ProcessInput()
    {
        foreach (var id in OrderId)
        {
            Try(new ErrorSubject("order", id), () => Request(id));
        }
    }

    private void Request(string id)
    {
        var name = UsedConnection.Seen.LabelOf(id) is { } label ? $"order '{label}' ({id})" : $"order {id}";
        if (!Confirm(name, "Generate the invoice", (client, token) => client.Orders.GenerateInvoiceAsync(id, token)))
        {
            return;
        }

        Await(token => Client.Orders.GenerateInvoiceAsync(id, token));
        if (!Wait)
        {
            return;
        }

        var invoice = this.WaitFor(
            "Waiting for the invoice",
            TimeSpan.FromSeconds(TimeoutSeconds),
            token => OrderInvoices.FindAsync(Client, id, token)
        );
        if (invoice is null)
        {
            var subject = new ErrorSubject("order", id);
            WriteError(ErrorRecords.NotReady(subject, "The invoice", TimeoutSeconds).About(subject, this));
        }
        else
        {
            WriteModel(invoice);
        }
    }
}
