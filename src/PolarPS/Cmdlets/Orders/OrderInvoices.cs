using System.Threading;
using System.Threading.Tasks;
using PolarPS.Client;
using PolarPS.Client.Models;

namespace PolarPS.Commands;

/// <summary>What the cmdlets of invoices share.</summary>
internal static class OrderInvoices
{
    private const string NotMade = "InvoiceDoesNotExist";

    /// <summary>What errors are about: the order, or its missing invoice.</summary>
    public static ErrorSubject Subject(string orderId) =>
        new(
            "invoice of an order",
            orderId,
            IfMissing: "Check the order's id; if the order exists, generate its invoice: Request-PolarOrderInvoice -Wait."
        );

    /// <summary>The invoice; null until it has been generated.</summary>
    public static async Task<OrderInvoice?> FindAsync(
        PolarClient client,
        string orderId,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await client.Orders.GetInvoiceAsync(orderId, cancellationToken).ConfigureAwait(false);
        }
        catch (PolarNotFoundException exception) when (exception.ErrorName == NotMade)
        {
            return null;
        }
    }
}
