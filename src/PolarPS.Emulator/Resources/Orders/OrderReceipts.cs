namespace PolarPS.Emulator;

/// <summary>The receipts of orders that were paid. The first request starts one, and the next finds it.</summary>
internal sealed class OrderReceipts
{
    private readonly EmulatorCore _core;

    public OrderReceipts(EmulatorCore core) => _core = core;

    /// <summary>Where an order's receipt can be downloaded, or that it is being generated.</summary>
    public Reply Get(Document order)
    {
        if (!order.Row.Has("receipt_number"))
        {
            throw ApiException.Domain(404, "ReceiptNotAllocated", "There is no receipt for this order.");
        }

        if (order.Row.Flag("receipt_ready"))
        {
            return Reply.Json(200, new JsonObject { ["url"] = _core.Downloads.Address("receipt", order.Id) });
        }

        var row = order.Row.Clone();
        row["receipt_ready"] = true;
        _core.Store.Replace(order, row);
        return Reply.Pending;
    }
}
