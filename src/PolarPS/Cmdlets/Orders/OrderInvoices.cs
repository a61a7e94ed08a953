namespace PolarPS.Commands;

/// <summary>What the cmdlets of invoices and receipts share, the seller's and the customer's.</summary>
internal static class OrderInvoices
{
    private const string NotMade = "InvoiceDoesNotExist";

    /// <summary>The orders of the side that the cmdlet is for.</summary>
    public static IOrderDocuments OrdersOf(this PolarCmdlet cmdlet, PolarClient client) =>
        cmdlet is IPortalCmdlet ? client.Portal.Orders : client.Orders;

    /// <summary>What errors are about: the order, or its missing invoice.</summary>
    public static ErrorSubject Subject(string orderId) =>
        new(
            "invoice of an order",
            orderId,
            IfMissing: "Check the order's id; if the order exists, generate its invoice: Request-PolarOrderInvoice -Wait."
        );

    /// <summary>An order in a question: its number where it is known, and its id.</summary>
    public static string NameOf(PolarCmdlet cmdlet, string orderId) =>
        cmdlet.UsedConnection.Seen.LabelOf(orderId) is { } label ? $"order '{label}' ({orderId})" : $"order {orderId}";

    /// <summary>The invoice; null until it has been generated.</summary>
    public static async Task<OrderInvoice?> FindAsync(
        IOrderDocuments orders,
        string orderId,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await orders.GetInvoiceAsync(orderId, cancellationToken).ConfigureAwait(false);
        }
        catch (PolarNotFoundException exception) when (exception.ErrorName == NotMade)
        {
            return null;
        }
    }

    /// <summary>Waits for an invoice that is being generated; one that is not ready in time is an error.</summary>
    /// <returns>The invoice; null after the error.</returns>
    public static OrderInvoice? WaitForInvoice(this PolarCmdlet cmdlet, string orderId, int timeoutSeconds)
    {
        var invoice = cmdlet.WaitFor(
            "Waiting for the invoice",
            TimeSpan.FromSeconds(timeoutSeconds),
            token => FindAsync(cmdlet.OrdersOf(cmdlet.Client), orderId, token)
        );
        if (invoice is null)
        {
            var subject = new ErrorSubject("order", orderId);
            cmdlet.WriteError(ErrorRecords.NotReady(subject, "The invoice", timeoutSeconds).About(subject, cmdlet));
        }

        return invoice;
    }
}
