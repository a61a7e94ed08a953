namespace PolarPS.Emulator;

/// <summary>Metrics: what the orders, subscriptions, checkouts, seats and events of a shop add up to.</summary>
internal sealed class MetricsResource : Resource
{
    private const int MaximumSlugs = 10;

    private static readonly DateTimeOffset Earliest = new(2023, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, (int Least, int Most)> Limits = new()
    {
        ["hour"] = (0, 7),
        ["day"] = (0, 366),
        ["week"] = (7, 371),
        ["month"] = (28, 1460),
        ["year"] = (365, 3650),
    };

    private static readonly Schema Slugs = Form.List(Form.OneOf(Metric.All.Keys.ToArray()), 0, MaximumSlugs);

    private static readonly Schema Create = new ObjectSchema(
        "MetricDashboardCreate",
        Field.Required("name", Form.Text(1, int.MaxValue)),
        Field.Default("metrics", Slugs, static () => new JsonArray()),
        Field.Nullable("organization_id", Form.Uuid)
    );

    private static readonly Schema Update = new ObjectSchema(
        "MetricDashboardUpdate",
        Field.Clearable("name", Form.Text(1, int.MaxValue)),
        Field.Clearable("metrics", Slugs)
    );

    public MetricsResource(EmulatorCore core)
        : base(core, "metrics", "metrics") { }

    public override View View { get; } =
        View.Members("created_at", "modified_at", "id", "name", "metrics", "organization_id");

    public override IEnumerable<Operation> Operations =>
        [
            ReadOnly(
                "get",
                "/v1/metrics/",
                context =>
                {
                    var (periods, totals, slugs) = Compute(context);
                    return Reply.Json(
                        200,
                        new JsonObject
                        {
                            ["periods"] = periods,
                            ["totals"] = totals,
                            ["metrics"] = Describe(slugs),
                        }
                    );
                }
            ),
            ReadOnly("export", "/v1/metrics/export", Export),
            ReadOnly("limits", "/v1/metrics/limits", static _ => Reply.Json(200, DescribeLimits())),
            ReadOnly("list_dashboards", "/v1/metrics/dashboards", List),
            Writing(
                "create_dashboard",
                "POST",
                "/v1/metrics/dashboards",
                Create,
                context =>
                {
                    var row = NewRow(context.Caller.OrganizationFor(context.Body, Core.Store));
                    Apply(row, context.Body, "organization_id");
                    return Reply.Created(Core.Store.Insert(Kind, row).Render(View));
                }
            ),
            ReadOnly("get_dashboard", "/v1/metrics/dashboards/{id}", context => Reply.Ok(Find(context).Render(View))),
            Writing(
                "update_dashboard",
                "PATCH",
                "/v1/metrics/dashboards/{id}",
                Update,
                context => Reply.Ok(Change(Find(context), row => ApplyGiven(row, context.Body)).Render(View))
            ),
            Writing(
                "delete_dashboard",
                "DELETE",
                "/v1/metrics/dashboards/{id}",
                null,
                context =>
                {
                    Discard(Find(context));
                    return Reply.NoContent;
                }
            ),
        ];

    private static Operation ReadOnly(string name, string path, Func<OperationContext, Reply> handle) =>
        new("metrics:" + name, "GET", path, ["metrics:read"], Merchants, handle);

    private static JsonObject DescribeLimits()
    {
        var intervals = new JsonObject();
        foreach (var limit in Limits)
        {
            intervals[limit.Key] = new JsonObject { ["min_days"] = limit.Value.Least, ["max_days"] = limit.Value.Most };
        }

        return new JsonObject { ["min_date"] = "2023-01-01", ["intervals"] = intervals };
    }

    private static JsonObject Describe(IEnumerable<string> slugs)
    {
        var described = new JsonObject();
        foreach (var slug in slugs)
        {
            described[slug] = new JsonObject
            {
                ["slug"] = slug,
                ["display_name"] = Metric.All[slug].Name,
                ["type"] = Metric.All[slug].Type,
            };
        }

        return described;
    }

    private static DateTimeOffset? Date(QueryReader query, string name, TimeZoneInfo zone, bool end)
    {
        var text = query.Needed(name, Form.AnyText)?.GetValue<string>();
        if (text is null)
        {
            return null;
        }

        if (!DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            query.Refuse("date_from_datetime_parsing", name, "The text is not a date.", text);
            return null;
        }

        // A day counts as a whole.
        day = end ? day.AddDays(1).AddTicks(-10) : day;
        return new DateTimeOffset(day, zone.GetUtcOffset(day)).ToUniversalTime();
    }

    private (JsonArray Periods, JsonObject Totals, IReadOnlyList<string> Slugs) Compute(OperationContext context)
    {
        var query = new QueryReader(context.Query);
        var zone = query.TimeZone();
        var start = Date(query, "start_date", zone, end: false);
        var end = Date(query, "end_date", zone, end: true);
        var interval = query.Needed("interval", TimeBuckets.Interval)?.GetValue<string>();
        var organizations = query.Many("organization_id", Form.Uuid);
        var products = query.Many("product_id", Form.Uuid);
        var billing = query.Many("billing_type", Form.OneOf(CatalogueValues.BillingType));
        var customers = query.Many("customer_id", Form.Uuid);
        var slugs = query.Many("metrics", Form.OneOf(Metric.All.Keys.ToArray())) ?? Metric.All.Keys.ToArray();
        query.ThrowIfAny();
        CheckSpan(start!.Value, end!.Value, interval!);
        var data = new MetricData(
            Core,
            document =>
                context.Caller.CanSee(document.OrganizationId)
                && (organizations?.Contains(document.OrganizationId) ?? true)
                && (products?.Contains(document.Row.Text("product_id") ?? string.Empty) ?? true)
                && (customers?.Contains(document.Row.Text("customer_id") ?? string.Empty) ?? true)
                && (billing is null || billing.Contains(Billing(document)))
        );
        var periods = new JsonArray();
        var cuts = TimeBuckets.Cut(start.Value, end.Value, interval!, zone);
        for (var i = 0; i < cuts.Count; i++)
        {
            // The first period is told from its beginning, and counts from the first day that was asked for.
            var window = new MetricWindow(
                data,
                i == 0 ? start.Value : cuts[i],
                i + 1 < cuts.Count ? cuts[i + 1] : end.Value
            );
            var period = new JsonObject { ["timestamp"] = Stamp(cuts[i], zone) };
            Write(period, slugs, window);
            periods.Add((JsonNode)period);
        }

        var totals = new JsonObject();
        Write(totals, slugs, new MetricWindow(data, start.Value, end.Value));
        return (periods, totals, slugs);
    }

    // By the clock of the zone that was asked for.
    private static string Stamp(DateTimeOffset time, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(time, zone);
        return local.Offset == TimeSpan.Zero
            ? Timestamps.Format(time)
            : local.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
    }

    private static void Write(JsonObject target, IEnumerable<string> slugs, MetricWindow window)
    {
        foreach (var slug in slugs)
        {
            target[slug] = MeterMath.ToNode(Math.Round(Metric.All[slug].Value(window), 4));
        }
    }

    private static void CheckSpan(DateTimeOffset start, DateTimeOffset end, string interval)
    {
        string? problem = null;
        if (start < Earliest.AddDays(-1))
        {
            problem = "There are no metrics from before 2023.";
        }
        else if (start > end)
        {
            problem = "The start must not be after the end.";
        }
        else if ((end - start).TotalDays > Limits[interval].Most + 1)
        {
            problem = $"By {interval}, at most {Limits[interval].Most} days are allowed.";
        }

        if (problem is not null)
        {
            var problems = new Problems();
            problems.Add("value_error", Location.Query, problem, null);
            problems.ThrowDomainIfAny();
        }
    }

    private string Billing(Document document) =>
        Core.Products.Documents.Find(document.Row.Text("product_id"))?.Row.Flag("is_recurring") == true
            ? "recurring"
            : "one_time";

    private Reply Export(OperationContext context)
    {
        var (periods, _, slugs) = Compute(context);
        return Csv.Write(
            "polar-metrics.csv",
            ["timestamp", .. slugs],
            periods
                .OfType<JsonObject>()
                .Select(period =>
                    new[] { period.Text("timestamp") }.Concat(slugs.Select(slug => period[slug]?.ToJsonString()))
                )
        );
    }

    private Reply List(OperationContext context)
    {
        var query = new QueryReader(context.Query);
        var organizations = query.Many("organization_id", Form.Uuid);
        query.ThrowIfAny();
        var items = new JsonArray();
        foreach (
            var dashboard in Documents.Items.Where(dashboard =>
                context.Caller.CanSee(dashboard.OrganizationId)
                && (organizations?.Contains(dashboard.OrganizationId) ?? true)
            )
        )
        {
            items.Add(JsonNode.Parse(dashboard.Render(View)));
        }

        return Reply.Json(200, items);
    }
}
