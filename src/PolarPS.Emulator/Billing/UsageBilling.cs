namespace PolarPS.Emulator;

/// <summary>
/// Usage on bills. An event is billed when it arrives, whatever time it tells: to the oldest subscription of its customer that
/// has a price for its meter, by the price of that moment, on the next bill.
/// </summary>
internal sealed class UsageBilling
{
    private readonly EmulatorCore _core;

    public UsageBilling(EmulatorCore core) => _core = core;

    /// <summary>Settles who pays for an event that has just arrived, and by which price; for credits as well.</summary>
    public void Assign(EventEntry entry, Document customer, Document meter)
    {
        var holder = _core
            .Store.Referrers(customer.Id, "subscriptions")
            .Where(subscription =>
                subscription.Row.Text("customer_id") == customer.Id
                && SubscriptionResource.IsBillable(subscription.Row)
                && PriceOf(subscription.Row, meter.Id) is not null
            )
            .OrderBy(subscription => subscription.Row.Text("started_at"), StringComparer.Ordinal)
            .FirstOrDefault();
        if (holder is null || (holder.Row.Text("trial_end") is { } trial && entry.Arrived < Timestamps.Parse(trial)))
        {
            return;
        }

        var charge = new Charge(holder.Id, PriceOf(holder.Row, meter.Id)!.Text("id")!, meter.Id);
        entry.Charges = entry.Charges is null ? [charge] : [.. entry.Charges, charge];
        _core.Store.Touch(holder);
    }

    /// <summary>What of a price's meter waits to be billed: used, credited, and what it costs.</summary>
    public (decimal Consumed, long Credited, long Amount) Pending(Document subscription, JsonObject price)
    {
        var meter = _core.Meters.Documents.Find(price.Text("meter_id"))!;
        var entries = Waiting(subscription, meter, price.Text("id")!).ToArray();
        var consumed = MeterMath.Aggregate(
            (JsonObject)meter.Row["aggregation"]!,
            entries.Where(entry => !entry.IsSystem)
        );
        var credited = CustomerMeterResource.RunningSum(
            entries.Where(entry => entry.IsSystem).Select(entry => CustomerMeterResource.Credit(entry).Units)
        );
        return (consumed, credited, PriceMath.Usage(price, consumed - credited));
    }

    /// <summary>The lines of a bill for the usage that waits, which is settled with it.</summary>
    public List<OrderItem> Bill(Document subscription)
    {
        var items = new List<OrderItem>();
        foreach (var price in subscription.Row.Objects("prices").Where(PriceMath.IsMetered).ToArray())
        {
            var meter = _core.Meters.Documents.Find(price.Text("meter_id"))!;
            var entries = Waiting(subscription, meter, price.Text("id")!).ToArray();
            if (entries.Length == 0)
            {
                continue;
            }

            var (consumed, credited, amount) = Pending(subscription, price);
            items.Add(
                new OrderItem(
                    string.Format(
                        CultureInfo.InvariantCulture,
                        "{0}: {1:0.##} used, {2} of it free",
                        meter.Row.Text("name"),
                        consumed,
                        Math.Min(credited, Math.Ceiling(consumed))
                    ),
                    amount,
                    price.Text("id")
                )
                {
                    Start = Timestamps.Format(entries.Min(entry => entry.Timestamp)),
                    End = Timestamps.Format(entries.Max(entry => entry.Timestamp)),
                }
            );
            _core.Billing.SetBilled(subscription, meter.Id, _core.Events.Log.Entries.Count);
        }

        return items;
    }

    private static JsonObject? PriceOf(JsonObject row, string meterId) =>
        row.Objects("prices").FirstOrDefault(price => PriceMath.IsMetered(price) && price.Text("meter_id") == meterId);

    // Counts and sums are billed by the price that they came under, and with a price that went, not at all. What is not a sum
    // is worked out over everything that came, by the price of today.
    private IEnumerable<EventEntry> Waiting(Document subscription, Document meter, string priceId)
    {
        var isSum = ((JsonObject)meter.Row["aggregation"]!).Text("func") is "count" or "sum";
        var from = (int)((subscription.Row["billed"] as JsonObject)?.Number(meter.Id) ?? 0);
        if (_core.Customers.Documents.Find(subscription.Row.Text("customer_id")) is not { } customer)
        {
            return [];
        }

        return _core
            .Events.Log.Of(customer)
            .Where(entry =>
                entry.Index >= from
                && entry.Charges?.Any(charge =>
                    charge.SubscriptionId == subscription.Id
                    && charge.MeterId == meter.Id
                    && (!isSum || charge.PriceId == priceId)
                ) == true
            );
    }
}
