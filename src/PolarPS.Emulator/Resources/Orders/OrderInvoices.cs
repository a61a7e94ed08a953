namespace PolarPS.Emulator;

/// <summary>The invoices of orders: generated when they are asked for, and again after the buyer's name or address has changed.</summary>
internal sealed class OrderInvoices
{
    private readonly EmulatorCore _core;

    public OrderInvoices(EmulatorCore core) => _core = core;

    /// <summary>Where an order's invoice can be downloaded.</summary>
    public Reply Get(Document order) =>
        order.Row.Flag("is_invoice_generated")
            ? Reply.Json(200, new JsonObject { ["url"] = _core.Downloads.Address("invoice", order.Id) })
            : throw ApiException.Domain(404, "InvoiceDoesNotExist", "There is no invoice for this order yet.");

    /// <summary>Has an invoice ready at the next request; again if what it says has changed since.</summary>
    public Reply Generate(Document order)
    {
        var row = order.Row;
        if (row.Text("status") is "draft" or "void")
        {
            throw ApiException.Domain(
                409,
                "OrderNotEligibleForInvoice",
                "An invoice cannot be made for a draft, nor for an order that was given up."
            );
        }

        if (!row.Has("billing_name") || !row.Has("billing_address"))
        {
            throw ApiException.Domain(
                422,
                "MissingInvoiceBillingDetails",
                "An invoice needs a name and an address: set them on the order first."
            );
        }

        var says = row.Text("billing_name") + row["billing_address"]!.ToJsonString();
        if (row.Text("invoice_says") != says)
        {
            _core.Schedule.Set(
                order,
                Timestamps.Format(_core.Clock.Now),
                document =>
                    _core.Orders.ChangeOrder(
                        document,
                        changed =>
                        {
                            changed["is_invoice_generated"] = true;
                            changed["invoice_says"] = says;
                        }
                    ),
                "invoice"
            );
        }

        return Reply.Accepted;
    }
}
