using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace PolarPS.Emulator;

/// <summary>What each customer has used and been credited, by meter.</summary>
internal sealed class CustomerMeterResource : Resource
{
    // Balances that are recalculated before anyone sees them.
    private readonly HashSet<Document> _stale = [];

    public CustomerMeterResource(EmulatorCore core)
        : base(core, "customer_meters", "customer_meters")
    {
        View = View.Members(
            [
                "id",
                "created_at",
                "modified_at",
                "customer_id",
                "meter_id",
                "consumed_units",
                "credited_units",
                "balance",
            ],
            (document, writer) =>
            {
                writer.WriteDocument("customer", Customer(document.Row), Core.Customers.View);
                writer.WriteDocument("meter", Meter(document.Row), Core.Meters.View);
            }
        );
    }

    public override View View { get; }

    public override IEnumerable<Operation> Operations =>
        [
            new(
                "customer_meters:list",
                "GET",
                "/v1/customer-meters/",
                ["customer_meters:read"],
                Merchants,
                context => ListRunner.Run(context, this, Listing(), View)
            ),
            new(
                "customer_meters:get",
                "GET",
                "/v1/customer-meters/{id}",
                ["customer_meters:read"],
                Merchants,
                context => Reply.Ok(Find(context).Render(View))
            ),
        ];

    public IEnumerable<Document> Of(Document customer) =>
        Core.Store.Referrers(customer.Id, Kind).Where(meter => meter.Row.Text("customer_id") == customer.Id);

    /// <summary>A customer's balance on a meter, which begins when it is first asked for.</summary>
    public Document Ensure(Document customer, string meterId)
    {
        if (Of(customer).FirstOrDefault(meter => meter.Row.Text("meter_id") == meterId) is { } known)
        {
            return known;
        }

        var row = NewRow(customer.OrganizationId);
        row["customer_id"] = customer.Id;
        row["meter_id"] = meterId;
        row["consumed_units"] = 0;
        row["credited_units"] = 0;
        row["balance"] = 0;
        row["since"] = null;
        var document = Core.Store.Insert(Kind, row);
        _stale.Add(document);
        return document;
    }

    /// <summary>Lets the meters see a new event of a customer.</summary>
    public void Count(EventEntry entry, Document customer)
    {
        foreach (
            var meter in Core.Meters.Documents.Items.Where(meter =>
                meter.OrganizationId == entry.OrganizationId
                && !meter.Row.Has("archived_at")
                && MeterMath.Matches((JsonObject)meter.Row["filter"]!, entry)
            )
        )
        {
            _stale.Add(Ensure(customer, meter.Id));
        }
    }

    /// <summary>Everything that was counted by a meter is counted again, because the meter has changed.</summary>
    public void Recount(string meterId) => _stale.UnionWith(Core.Store.Referrers(meterId, Kind));

    /// <summary>Works out the balances that have changed.</summary>
    public void Refresh()
    {
        foreach (var document in _stale.ToArray())
        {
            _stale.Remove(document);
            if (Customer(document.Row) is not { } customer || Meter(document.Row) is not { } meter)
            {
                continue;
            }

            var since = document.Row.Text("since") is { } text ? Timestamps.Parse(text) : DateTimeOffset.MinValue;
            var consumed = Consumed(customer, meter, since);
            var row = document.Row.Clone();
            row["consumed_units"] = MeterMath.ToNode(consumed);
            row["balance"] = MeterMath.ToNode(row.Number("credited_units")!.Value - consumed);
            row["modified_at"] = Core.Clock.Stamp();
            Core.Store.Replace(document, row);
            foreach (var subscription in Core.Store.Referrers(customer.Id, "subscriptions"))
            {
                Core.Store.Touch(subscription);
            }
        }
    }

    /// <summary>What a customer has used of a meter since some time.</summary>
    public decimal Consumed(Document customer, Document meter, DateTimeOffset since)
    {
        var filter = (JsonObject)meter.Row["filter"]!;
        return MeterMath.Aggregate(
            (JsonObject)meter.Row["aggregation"]!,
            Core.Events.Log.Of(customer).Where(entry => entry.Timestamp >= since && MeterMath.Matches(filter, entry))
        );
    }

    /// <summary>Gives a customer credit on a meter; with a new period its count restarts.</summary>
    public void Credit(Document customer, string meterId, long units, bool rollover, bool newPeriod)
    {
        Refresh();
        var document = Ensure(customer, meterId);
        var row = document.Row.Clone();
        var credited = row.Number("credited_units") ?? 0;
        if (newPeriod)
        {
            var left = Math.Max(0, (decimal)credited - Decimal(row["consumed_units"]));
            credited = rollover ? (long)decimal.Truncate(left) : 0;
            row["since"] = Core.Clock.Stamp();
            Core.Events.AddSystem("meter.reset", customer, new JsonObject { ["meter_id"] = meterId });
        }

        row["credited_units"] = credited + units;
        row["modified_at"] = Core.Clock.Stamp();
        Core.Store.Replace(document, row);
        _stale.Add(document);
        if (units > 0)
        {
            Core.Events.AddSystem(
                "meter.credited",
                customer,
                new JsonObject
                {
                    ["meter_id"] = meterId,
                    ["units"] = units,
                    ["rollover"] = rollover,
                }
            );
        }
    }

    /// <summary>What a list of balances can be narrowed and sorted by.</summary>
    public ListDefinition Listing() =>
        new ListDefinition(
            "-modified_at",
            ListFilter.Organization(),
            ListFilter.Field("customer_id", Form.Uuid),
            ListFilter.Any(
                "external_customer_id",
                Form.AnyText,
                document => [Customer(document.Row)?.Row.Text("external_id")]
            ),
            ListFilter.Field("meter_id", Form.Uuid)
        )
            .SortedBy("created_at", "modified_at", "customer_id", "meter_id")
            .SortedBy("customer_name", row => Customer(row)?.Row.Text("name"))
            .SortedBy("meter_name", row => Meter(row)?.Row.Text("name"))
            .SortedBy("consumed_units", row => Decimal(row["consumed_units"]))
            .SortedBy("credited_units", row => Decimal(row["credited_units"]))
            .SortedBy("balance", row => Decimal(row["balance"]));

    protected override IEnumerable<string> References(JsonObject row) =>
        [row.Text("customer_id")!, row.Text("meter_id")!];

    public static decimal Decimal(JsonNode? node) =>
        node is JsonValue value ? Json.Number(value) ?? (value.TryGetValue<decimal>(out var number) ? number : 0) : 0;

    public Document? Meter(JsonObject row) => Core.Meters.Documents.Find(row.Text("meter_id"));

    private Document? Customer(JsonObject row) => Core.Customers.Documents.Find(row.Text("customer_id"));
}
