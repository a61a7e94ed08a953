namespace PolarPS.Emulator;

/// <summary>Meters: what usage is counted by.</summary>
internal sealed class MeterResource : Resource
{
    private static readonly string[] Counted = ["filter", "aggregation"];

    private static readonly Schema Filter = new FilterSchema();

    private static readonly Schema Unit = Form.OneOf(UsageValues.MeterUnit);

    // What only a custom unit has, and what another unit drops.
    private static readonly OptionalFields CustomUnit = new(
        ("custom_label", Form.OptionalText),
        ("custom_multiplier", Form.Positive())
    );

    private static readonly string[] Own =
    [
        "metadata",
        "created_at",
        "modified_at",
        "id",
        "name",
        "unit",
        .. CustomUnit.Names,
        "filter",
        "aggregation",
        "organization_id",
        "archived_at",
    ];

    private static readonly Schema Create = new ObjectSchema(
        "MeterCreate",
        [
            Form.NewMetadata(),
            Field.Required("name", Form.Text(3, int.MaxValue)),
            Field.Default("unit", Unit, static () => "scalar"),
            .. CustomUnit.ForCreation,
            Field.Required("filter", Filter),
            Field.Required("aggregation", FilterSchema.Aggregation),
            Field.Nullable("organization_id", Form.Uuid),
        ]
    );

    private static readonly Schema Update = new ObjectSchema(
        "MeterUpdate",
        [
            Field.Optional("metadata", Form.Metadata),
            Field.Clearable("name", Form.Text(3, int.MaxValue)),
            Field.Clearable("unit", Unit),
            .. CustomUnit.ForUpdate,
            Field.Clearable("filter", Filter),
            Field.Clearable("aggregation", FilterSchema.Aggregation),
            Field.Clearable("is_archived", Form.Boolean),
        ]
    );

    public MeterResource(EmulatorCore core)
        : base(core, "meters", "meters") { }

    public override View View { get; } = View.Members(Own);

    /// <summary>A meter inside a price.</summary>
    public View InPrice { get; } = View.Members(["id", "name", "unit", .. CustomUnit.Names]);

    public override IEnumerable<Operation> Operations =>
        [
            ListOperation(
                "/v1/meters/",
                new ListDefinition(
                    "name",
                    ListFilter.Organization(),
                    ListFilter.Search("query", "name"),
                    ListFilter.Flag("is_archived", static row => row.Has("archived_at"))
                )
                {
                    ByMetadata = true,
                }.SortedBy(UsageValues.MeterSort)
            ),
            CreateOperation(
                "/v1/meters/",
                Create,
                context =>
                {
                    var row = NewRow(context.Caller.OrganizationFor(context.Body, Core.Store));
                    Apply(row, context.Body, "organization_id");
                    row["archived_at"] = null;
                    CheckLabel(row);
                    return row;
                }
            ),
            GetOperation("/v1/meters/{id}"),
            UpdateOperation("/v1/meters/{id}", Update, Change)
                .Then(answer => Core.CustomerMeters.Recount(answer.Text("id")!)),
            Reading("quantities", "GET", "/v1/meters/{id}/quantities", Quantities),
        ];

    private static void CheckLabel(JsonObject row)
    {
        var isCustom = row.Text("unit") == "custom";
        if (isCustom != row.Has("custom_label"))
        {
            throw Problems.Value(
                Location.Body["custom_label"],
                isCustom ? "A custom unit needs a label." : "Only a custom unit has a label.",
                row.Copy("custom_label"),
                isCustom ? "missing" : "value_error"
            );
        }
    }

    private void Change(OperationContext context, JsonObject row)
    {
        var body = context.Body;
        var meter = Find(context);
        CheckUse(meter, body);
        ApplyGiven(row, body, [.. CustomUnit.Names, "is_archived"]);
        if (row.Text("unit") != "custom" && body.Has("unit"))
        {
            foreach (var name in CustomUnit.Names)
            {
                row[name] = null;
            }
        }

        Apply(row, body, [.. body.Select(member => member.Key).Except(CustomUnit.Names)]);
        CheckLabel(row);
        if (body.Has("is_archived"))
        {
            row["archived_at"] = body.Flag("is_archived") ? row.Copy("archived_at") ?? Core.Clock.Stamp() : null;
        }
    }

    // What has counted goes on counting in the same way, and what something is priced or credited by, stays.
    private void CheckUse(Document meter, JsonObject body)
    {
        var problems = new Problems();
        if (
            (body.ContainsKey("filter") || body.ContainsKey("aggregation"))
            && Core.Events.Log.Entries.Any(entry =>
                entry.OrganizationId == meter.OrganizationId
                && MeterMath.Matches((JsonObject)meter.Row["filter"]!, entry)
            )
        )
        {
            foreach (var name in Counted.Where(body.ContainsKey))
            {
                problems.Add(
                    "forbidden",
                    Location.Body[name],
                    "The meter counts events already: this cannot be changed.",
                    body[name]
                );
            }
        }

        problems.ThrowDomainIfAny();
        if (!body.Flag("is_archived"))
        {
            return;
        }

        if (
            Core
                .Store.Referrers(meter.Id, "products")
                .Any(product =>
                    !product.Row.Flag("is_archived")
                    && product
                        .Row.Objects("prices")
                        .Any(price => price.Text("meter_id") == meter.Id && !price.Flag("is_archived"))
                )
        )
        {
            throw Problems.Value(
                Location.Body["is_archived"],
                "Products that are sold are priced by this meter.",
                true
            );
        }

        if (
            Core.Benefits.Documents.Items.Any(benefit =>
                Core.Benefits.IsVisible(benefit)
                && benefit.Row.Text("type") == "meter_credit"
                && (benefit.Row["properties"] as JsonObject)?.Text("meter_id") == meter.Id
            )
        )
        {
            throw Problems.Value(Location.Body["is_archived"], "A benefit gives credits on this meter.", true);
        }
    }

    private Reply Quantities(OperationContext context)
    {
        var meter = Find(context);
        var query = new QueryReader(context.Query);
        var start = query.Needed("start_timestamp", Form.Time)?.GetValue<string>();
        var end = query.Needed("end_timestamp", Form.Time)?.GetValue<string>();
        var interval = query.Needed("interval", TimeBuckets.Interval)?.GetValue<string>();
        var zone = query.TimeZone();
        var customers = query.Many("customer_id", Form.Uuid);
        var externalCustomers = query.Many("external_customer_id", Form.AnyText);
        var across = query
            .One("customer_aggregation_function", Form.OneOf(UsageValues.Aggregation))
            ?.GetValue<string>();
        query.ThrowIfAny();
        if (string.CompareOrdinal(start, end) > 0)
        {
            throw Problems.Value(Location.Query["start_timestamp"], "The start must not be after the end.", start);
        }

        var from = Timestamps.Parse(start!);
        var to = Timestamps.Parse(end!);
        var pieces = TimeBuckets.Cut(from, to, interval!, zone);
        if (pieces.Count > 10_000)
        {
            throw Problems.Value(Location.Query["interval"], "The interval is too short for this period.", interval);
        }

        var wanted = new HashSet<string>(customers ?? []);
        var wantedExternal = new HashSet<string>(externalCustomers ?? []);
        var metadata = context.Query.Deep("metadata");
        var filter = (JsonObject)meter.Row["filter"]!;
        var aggregation = (JsonObject)meter.Row["aggregation"]!;
        var entries = Core
            .Events.Log.Entries.Where(entry =>
                entry.OrganizationId == meter.OrganizationId
                && entry.Timestamp >= from
                && entry.Timestamp <= to
                && (customers is null || wanted.Contains(Core.Events.CustomerOf(entry)?.Id ?? string.Empty))
                && (
                    externalCustomers is null
                    || wantedExternal.Contains(Core.Events.ExternalCustomerOf(entry) ?? string.Empty)
                )
                && EventResource.HasMetadata(entry, metadata)
                && MeterMath.Matches(filter, entry)
            )
            .ToLookup(entry => TimeBuckets.Find(pieces, entry.Timestamp));
        decimal Total(IEnumerable<EventEntry> some)
        {
            if (across is null)
            {
                return MeterMath.Aggregate(aggregation, some);
            }

            // First for each customer, then over the customers.
            var each = some.GroupBy(entry => Core.Events.CustomerOf(entry)?.Id ?? entry.ExternalCustomerId)
                .Select(group => MeterMath.Aggregate(aggregation, group))
                .ToArray();
            return across switch
            {
                _ when each.Length == 0 => 0,
                "count" => each.Length,
                "unique" => each.Distinct().Count(),
                "max" => each.Max(),
                "min" => each.Min(),
                "avg" => each.Average(),
                _ => each.Sum(),
            };
        }

        var quantities = new JsonArray();
        for (var i = 0; i < pieces.Count; i++)
        {
            quantities.Add(
                (JsonNode)
                    new JsonObject
                    {
                        ["timestamp"] = Timestamps.Format(pieces[i]),
                        ["quantity"] = MeterMath.ToNode(Total(entries[i])),
                    }
            );
        }

        return Reply.Json(
            200,
            new JsonObject
            {
                ["quantities"] = quantities,
                ["total"] = MeterMath.ToNode(Total(entries.SelectMany(group => group))),
            }
        );
    }

    /// <summary>A meter of one organization, for what points at it.</summary>
    public Document? Find(string organizationId, string id) =>
        Documents.Find(id) is { } meter && meter.OrganizationId == organizationId ? meter : null;
}
