namespace PolarPS.Emulator;

/// <summary>What each customer has used and been credited, by meter.</summary>
internal sealed class CustomerMeterResource : Resource
{
    /// <summary>What a seller and the customer may know.</summary>
    public static readonly string[] Members =
    [
        "id",
        "created_at",
        "modified_at",
        "customer_id",
        "meter_id",
        "consumed_units",
        "credited_units",
        "balance",
    ];

    // Balances that are recalculated before anyone sees them.
    private readonly HashSet<Document> _stale = [];

    public CustomerMeterResource(EmulatorCore core)
        : base(core, "customer_meters", "customer_meters")
    {
        View = View.Members(
            Members,
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
        row["since"] = 0;
        var document = Core.Store.Insert(Kind, row);
        _stale.Add(document);
        return document;
    }

    /// <summary>Lets the meters see a new event of a customer, and settles who is billed for it.</summary>
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
            Core.Usage.Assign(entry, customer, meter);
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
            if (
                !ReferenceEquals(Documents.Find(document.Id), document)
                || Customer(document.Row) is not { } customer
                || Meter(document.Row) is not { } meter
            )
            {
                continue;
            }

            var (consumed, credited) = Count(customer, meter, document.Row);
            var row = document.Row.Clone();
            row["consumed_units"] = MeterMath.ToNode(consumed);
            row["credited_units"] = credited;
            row["balance"] = MeterMath.ToNode(credited - consumed);
            row["modified_at"] = Core.Clock.Stamp();
            Core.Store.Replace(document, row);
            Core.StateChanged(customer.Id);
        }
    }

    /// <summary>Resets a meter. What is left of credits that roll over is credited again.</summary>
    /// <param name="customer">Whose meter it is.</param>
    /// <param name="meterId">The meter.</param>
    /// <param name="at">The time that the events about it tell.</param>
    public void Reset(Document customer, string meterId, DateTimeOffset at)
    {
        var document = Ensure(customer, meterId);
        var rollover = Rollover(customer, document);
        var row = document.Row.Clone();
        row["since"] = Core.Events.Log.Entries.Count;
        Core.Store.Replace(document, row);
        Core.Events.AddSystem("meter.reset", customer, new JsonObject { ["meter_id"] = meterId }, at);
        if (rollover > 0)
        {
            AddCredit(customer, meterId, rollover, isRollover: true, at);
        }

        _stale.Add(document);
    }

    /// <summary>From which event on a customer's meter counts.</summary>
    public long Start(Document customer, string meterId) => Ensure(customer, meterId).Row.Number("since") ?? 0;

    /// <summary>Gives a customer credit on a meter; below zero removes it.</summary>
    public void Credit(Document customer, string meterId, long units, bool rollover)
    {
        _stale.Add(Ensure(customer, meterId));
        AddCredit(customer, meterId, units, rollover, null);
    }

    /// <summary>What an event credits.</summary>
    public static (string? MeterId, long Units, bool IsRollover) Credit(EventEntry entry)
    {
        var metadata = Json.Parse(Json.ToText(entry.Metadata));
        return (metadata.Text("meter_id"), metadata.Number("units") ?? 0, metadata.Flag("rollover"));
    }

    /// <summary>A sum that never falls below zero on its way: what was not there cannot be removed.</summary>
    public static long RunningSum(IEnumerable<long> values) =>
        values.Aggregate(0L, static (sum, value) => Math.Max(0, sum + value));

    private void AddCredit(Document customer, string meterId, long units, bool isRollover, DateTimeOffset? at)
    {
        var entry = Core.Events.AddSystem(
            "meter.credited",
            customer,
            new JsonObject
            {
                ["meter_id"] = meterId,
                ["units"] = units,
                ["rollover"] = isRollover,
            },
            at
        );
        Core.Usage.Assign(entry, customer, Core.Meters.Documents.Find(meterId)!);
    }

    // What rolls over: what is left in all, but no more than what may roll over.
    private long Rollover(Document customer, Document document)
    {
        var meter = Meter(document.Row)!;
        var entries = Since(customer, meter, document.Row).ToArray();
        var credits = entries.Where(entry => entry.IsSystem).Select(Credit).ToArray();
        var rolling = RunningSum(credits.Where(credit => credit.IsRollover).Select(credit => credit.Units));
        var other = RunningSum(credits.Where(credit => !credit.IsRollover).Select(credit => credit.Units));
        var used = MeterMath.Aggregate((JsonObject)meter.Row["aggregation"]!, entries.Where(entry => !entry.IsSystem));
        return (long)Math.Max(0, Math.Min(decimal.Truncate(rolling + other - used), rolling));
    }

    private (decimal Consumed, long Credited) Count(Document customer, Document meter, JsonObject row)
    {
        var entries = Since(customer, meter, row).ToArray();
        return (
            MeterMath.Aggregate((JsonObject)meter.Row["aggregation"]!, entries.Where(entry => !entry.IsSystem)),
            RunningSum(entries.Where(entry => entry.IsSystem).Select(entry => Credit(entry).Units))
        );
    }

    // What a meter has seen since its last reset: usage, and credits.
    private IEnumerable<EventEntry> Since(Document customer, Document meter, JsonObject row)
    {
        var filter = (JsonObject)meter.Row["filter"]!;
        var since = row.Number("since") ?? 0;
        return Core
            .Events.Log.Of(customer)
            .Where(entry =>
                entry.Index >= since
                && (
                    entry.IsSystem
                        ? entry.Name == "meter.credited" && Credit(entry).MeterId == meter.Id
                        : MeterMath.Matches(filter, entry)
                )
            );
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
            .SortedBy(UsageValues.CustomerMeterSort)
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
