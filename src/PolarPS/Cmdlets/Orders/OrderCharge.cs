namespace PolarPS.Commands;

/// <summary>What paying an order moves, for the limits of a connection.</summary>
internal static class OrderCharge
{
    /// <summary>
    /// The client for the call that charges an order. What a limit has to know is what will be charged now, and not what the
    /// order was when it was last seen: it is read, unless the client only describes.
    /// </summary>
    public static async Task<PolarClient> MovingAsync(
        PolarCmdlet cmdlet,
        PolarClient client,
        string id,
        CancellationToken cancellationToken
    )
    {
        if (!ReferenceEquals(client, cmdlet.Client) || cmdlet.UsedConnection.MoneyLimit is null)
        {
            return client;
        }

        var order = await cmdlet.OrdersOf(client).GetAsync(id, cancellationToken).ConfigureAwait(false);
        return client.Moving(order.Currency, order.TaxAmount is null ? null : order.DueAmount ?? order.TotalAmount);
    }
}
