namespace PolarPS.Emulator;

/// <summary>
/// The ledger: what payments, refunds and disputes came to in the currency that the shop is paid out in. The API tells it in
/// the events that begin with balance.
/// </summary>
internal sealed class Ledger
{
    private readonly EmulatorCore _core;

    public Ledger(EmulatorCore core) => _core = core;

    /// <summary>A payment for an order.</summary>
    /// <param name="order">The order.</param>
    /// <param name="paid">What was paid, tax included; not the order's sum where a balance paid a part.</param>
    /// <returns>What Polar takes, in cents.</returns>
    public long Pay(Document order, long paid)
    {
        var row = order.Row;
        var currency = row.Text("currency")!;
        var tax = row.Number("tax_amount")!.Value;
        var settled = Settlement.Cents(paid, currency);
        var fee = Settlement.Fee(settled);
        var metadata = About(order);
        metadata["transaction_id"] = _core.Ids.NextId();
        metadata["amount"] = settled - Settlement.Cents(tax, currency);
        metadata["net_amount"] = row.Number("net_amount");
        metadata["currency"] = Settlement.Currency;
        metadata["presentment_amount"] = paid - tax;
        metadata["presentment_currency"] = currency;
        metadata["tax_amount"] = tax;
        metadata["fee"] = fee;
        metadata["exchange_rate"] = Settlement.Rate(currency);
        PutTax(metadata, row);
        Note("balance.order", order, metadata, row.Text("created_at"));
        return fee;
    }

    /// <summary>An order that needed no payment: it came to nothing, or the customer's balance paid it.</summary>
    public void Credit(Document order)
    {
        var row = order.Row;
        var metadata = About(order);
        metadata["amount"] = row.Number("net_amount");
        metadata["currency"] = row.Text("currency");
        metadata["tax_amount"] = row.Number("tax_amount");
        metadata["fee"] = row.Number("platform_fee_amount");
        PutTax(metadata, row);
        if (row.Number("net_amount") != 0)
        {
            metadata["exchange_rate"] = Settlement.Rate(row.Text("currency")!);
        }

        Note("balance.credit_order", order, metadata, row.Text("created_at"));
    }

    /// <summary>Money that went back to a customer.</summary>
    /// <param name="refund">The refund.</param>
    /// <param name="order">The order, not yet changed by it.</param>
    public void Refund(Document refund, Document order)
    {
        var metadata = Back(order, refund.Row, 1);
        metadata["refund_id"] = refund.Id;
        metadata["order_created_at"] = order.Row.Text("created_at");
        metadata["refundable_amount"] = OrderResource.Refundable(order.Row) + OrderResource.RefundableTax(order.Row);
        metadata["fee"] = 0;
        Note("balance.refund", order, metadata);
    }

    /// <summary>Money that a bank withdrew, and returned where the shop won.</summary>
    public void Dispute(Document dispute, Document order)
    {
        void Add(string name, int sign, long fee)
        {
            var metadata = Back(order, dispute.Row, sign);
            metadata["dispute_id"] = dispute.Id;
            metadata["fee"] = fee;
            Note(name, order, metadata);
        }

        Add("balance.dispute", 1, Settlement.DisputeFee);
        if (dispute.Row.Text("status") == "won")
        {
            Add("balance.dispute_reversal", -1, 0);
        }
    }

    private static JsonObject About(Document order)
    {
        var metadata = new JsonObject { ["order_id"] = order.Id };
        foreach (var name in new[] { "product_id", "subscription_id" })
        {
            if (order.Row.Text(name) is { } id)
            {
                metadata[name] = id;
            }
        }

        return metadata;
    }

    private static void PutTax(JsonObject metadata, JsonObject order)
    {
        if (order.Text("tax_country") is { } country)
        {
            metadata["tax_country"] = country;
        }

        if (order.Text("tax_state") is { } state)
        {
            metadata["tax_state"] = state;
        }
    }

    // What goes away from the shop is below zero.
    private JsonObject Back(Document order, JsonObject given, int sign)
    {
        var currency = given.Text("currency")!;
        var amount = given.Number("amount")!.Value;
        var tax = given.Number("tax_amount")!.Value;
        var settledTax = Settlement.Cents(tax, currency);
        var metadata = About(order);
        metadata["transaction_id"] = _core.Ids.NextId();
        metadata["amount"] = -sign * (Settlement.Cents(amount + tax, currency) - settledTax);
        metadata["currency"] = Settlement.Currency;
        metadata["presentment_amount"] = -sign * amount;
        metadata["presentment_currency"] = currency;
        metadata["tax_amount"] = -sign * settledTax;
        var country = order.Row.Text("tax_country");
        metadata["tax_country"] = country;
        metadata["tax_state"] = country is "US" or "CA" ? order.Row.Text("tax_state") : null;
        metadata["exchange_rate"] = Settlement.Rate(currency);
        return metadata;
    }

    private void Note(string name, Document order, JsonObject metadata, string? time = null) =>
        _core.Events.AddSystem(
            name,
            _core.Customers.Documents.Find(order.Row.Text("customer_id"))!,
            metadata,
            time is null ? null : Timestamps.Parse(time)
        );
}
