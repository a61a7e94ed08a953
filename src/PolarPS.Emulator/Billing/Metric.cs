using System.Text.Json;

namespace PolarPS.Emulator;

/// <summary>What metrics are worked out from, narrowed to what a request asks about.</summary>
internal sealed class MetricData
{
    public MetricData(EmulatorCore core, Func<Document, bool> counts)
    {
        Orders = core.Orders.Documents.Items.Where(order => order.Row.Flag("paid") && counts(order)).ToArray();
        Subscriptions = core.Subscriptions.Documents.Items.Where(counts).ToArray();
        Checkouts = core.Checkouts.Documents.Items.Where(counts).ToArray();
        var subscriptions = new HashSet<string>(Subscriptions.Select(subscription => subscription.Id));
        Seats = core
            .CustomerSeats.Documents.Items.Where(seat =>
                subscriptions.Contains(seat.Row.Text("subscription_id") ?? string.Empty)
            )
            .ToArray();
        var organizations = new HashSet<string>(
            Orders.Concat(Subscriptions).Select(document => document.OrganizationId)
        );
        Events = core
            .Events.Log.Entries.Where(entry => !entry.IsSystem && organizations.Contains(entry.OrganizationId))
            .ToArray();
        IsRecurring = order =>
            core.Products.Documents.Find(order.Row.Text("product_id"))?.Row.Flag("is_recurring") == true;
    }

    public IReadOnlyList<Document> Orders { get; }

    public IReadOnlyList<Document> Subscriptions { get; }

    public IReadOnlyList<Document> Checkouts { get; }

    public IReadOnlyList<Document> Seats { get; }

    public IReadOnlyList<EventEntry> Events { get; }

    public Func<Document, bool> IsRecurring { get; }

    /// <summary>An amount of a row in cents of the US dollar.</summary>
    public static decimal Cents(JsonObject row, string name) =>
        (row.Number(name) ?? 0) * (decimal)Settlement.Rate(row.Text("currency") ?? Settlement.Currency);

    // What Polar takes is told in cents.
    public static decimal Fee(JsonObject row) => row.Number("platform_fee_amount") ?? 0;
}

/// <summary>A span of time to look at.</summary>
internal sealed class MetricWindow
{
    public MetricWindow(MetricData data, DateTimeOffset start, DateTimeOffset end)
    {
        Data = data;
        Start = Timestamps.Format(start);
        End = Timestamps.Format(end);
        EndTime = end;
        StartTime = start;
    }

    public MetricData Data { get; }

    public string Start { get; }

    public string End { get; }

    public DateTimeOffset StartTime { get; }

    public DateTimeOffset EndTime { get; }

    public bool Has(string? time) =>
        time is not null && string.CompareOrdinal(time, Start) >= 0 && string.CompareOrdinal(time, End) < 0;

    public bool IsOver(string? time) => time is not null && string.CompareOrdinal(time, End) < 0;

    public IEnumerable<JsonObject> Orders =>
        Data.Orders.Where(order => Has(order.Row.Text("created_at"))).Select(order => order.Row);

    public IEnumerable<JsonObject> OrdersSoFar =>
        Data.Orders.Where(order => IsOver(order.Row.Text("created_at"))).Select(order => order.Row);

    public IEnumerable<JsonObject> OneTime =>
        Data
            .Orders.Where(order => Has(order.Row.Text("created_at")) && !Data.IsRecurring(order))
            .Select(order => order.Row);

    /// <summary>The subscriptions that ran at the end of the time.</summary>
    public IEnumerable<JsonObject> Running =>
        Data
            .Subscriptions.Select(subscription => subscription.Row)
            .Where(row =>
                IsOver(row.Text("started_at")) && !IsOver(row.Text("ended_at")) && !IsOver(row.Text("paused_at"))
            );

    public bool IsTrial(JsonObject row) => IsOver(row.Text("trial_start")) && !IsOver(row.Text("trial_end"));

    public static decimal Monthly(JsonObject row) =>
        MetricData.Cents(row, "amount")
        / Periods.Months(row.Text("recurring_interval")!, row.Number("recurring_interval_count") ?? 1);

    public decimal Monthlies(bool trials, bool committed) =>
        Running.Where(row => IsTrial(row) == trials && (!committed || !IsOver(row.Text("canceled_at")))).Sum(Monthly);

    public IEnumerable<JsonObject> Canceled =>
        Data.Subscriptions.Select(subscription => subscription.Row).Where(row => Has(row.Text("canceled_at")));

    public decimal Costs(bool soFar) =>
        Data.Events.Where(entry => entry.Timestamp < EndTime && (soFar || entry.Timestamp >= StartTime)).Sum(Cost);

    public int ActiveUsers =>
        Data
            .Events.Where(entry => entry.Timestamp >= StartTime && entry.Timestamp < EndTime)
            .Select(entry => entry.CustomerId ?? entry.ExternalCustomerId)
            .Distinct()
            .Count();

    private static decimal Cost(EventEntry entry)
    {
        using var document = JsonDocument.Parse(entry.Metadata);
        return
            document.RootElement.TryGetProperty("_cost", out var cost)
            && decimal.TryParse(
                cost.GetProperty("amount").GetString(),
                System.Globalization.NumberStyles.Float,
                System.Globalization.CultureInfo.InvariantCulture,
                out var amount
            )
            ? amount
            : 0;
    }
}

/// <summary>One number about a shop.</summary>
internal sealed class Metric
{
    private Metric(string name, string type, Func<MetricWindow, decimal> value)
    {
        Name = name;
        Type = type;
        Value = value;
    }

    public static IReadOnlyDictionary<string, Metric> All { get; } = Define();

    public string Name { get; }

    public string Type { get; }

    public Func<MetricWindow, decimal> Value { get; }

    private static Dictionary<string, Metric> Define()
    {
        var all = new Dictionary<string, Metric>(StringComparer.Ordinal);
        var names = MetricNames.All.ToDictionary(static known => known.Key, static known => known.Value);
        void Add(string slug, Func<MetricWindow, decimal> value) =>
            all.Add(slug, new Metric(names[slug], MetricNames.TypeOf(slug), value));
        decimal Of(string slug, MetricWindow window) => all[slug].Value(window);
        decimal Ratio(decimal part, decimal whole) => whole == 0 ? 0 : part / whole;
        decimal Revenue(IEnumerable<JsonObject> orders) => orders.Sum(order => MetricData.Cents(order, "net_amount"));
        decimal Net(IEnumerable<JsonObject> orders) =>
            orders.Sum(order =>
                MetricData.Cents(order, "net_amount")
                - MetricData.Cents(order, "refunded_amount")
                - MetricData.Fee(order)
            );
        IEnumerable<JsonObject> For(MetricWindow window, string reason) =>
            window.Orders.Where(order => order.Text("billing_reason") == reason);
        int Seats(MetricWindow window, string status) =>
            window.Data.Seats.Count(seat =>
                window.IsOver(seat.Row.Text("created_at"))
                && seat.Row.Text("status") == status
                && !window.IsOver(seat.Row.Text("revoked_at"))
            );

        Add("active_subscriptions", static window => window.Running.Count());
        Add(
            "committed_subscriptions",
            static window => window.Running.Count(row => !window.IsOver(row.Text("canceled_at")))
        );
        Add("monthly_recurring_revenue", static window => window.Monthlies(trials: false, committed: false));
        Add("trial_monthly_recurring_revenue", static window => window.Monthlies(trials: true, committed: false));
        Add("committed_monthly_recurring_revenue", static window => window.Monthlies(trials: false, committed: true));
        Add(
            "trial_committed_monthly_recurring_revenue",
            static window => window.Monthlies(trials: true, committed: true)
        );
        Add(
            "average_revenue_per_user",
            window =>
                Ratio(
                    Of("monthly_recurring_revenue", window),
                    window.Running.Select(row => row.Text("customer_id")).Distinct().Count()
                )
        );
        Add("checkouts", static window => window.Data.Checkouts.Count(item => window.Has(item.Row.Text("created_at"))));
        Add(
            "succeeded_checkouts",
            static window =>
                window.Data.Checkouts.Count(item =>
                    window.Has(item.Row.Text("created_at")) && item.Row.Text("status") == "succeeded"
                )
        );
        Add(
            "churned_subscriptions",
            static window => window.Data.Subscriptions.Count(item => window.Has(item.Row.Text("ended_at")))
        );
        Add(
            "churn_rate",
            window =>
                Ratio(
                    Of("churned_subscriptions", window),
                    Of("churned_subscriptions", window) + Of("active_subscriptions", window)
                )
        );
        Add("seats_total", static window => window.Running.Sum(row => row.Number("seats") ?? 0));
        Add("seats_claimed", window => Seats(window, "claimed"));
        Add("seats_pending", window => Seats(window, "pending"));
        Add(
            "seat_customers",
            static window =>
                window.Running.Where(row => row.Has("seats")).Select(row => row.Text("customer_id")).Distinct().Count()
        );
        Add(
            "new_seat_customers",
            static window =>
                window.Data.Subscriptions.Count(item =>
                    item.Row.Has("seats") && window.Has(item.Row.Text("started_at"))
                )
        );
        Add(
            "churned_seat_customers",
            static window =>
                window.Data.Subscriptions.Count(item => item.Row.Has("seats") && window.Has(item.Row.Text("ended_at")))
        );
        Add("orders", static window => window.Orders.Count());
        Add("revenue", window => Revenue(window.Orders));
        Add("net_revenue", window => Net(window.Orders));
        Add("cumulative_revenue", window => Revenue(window.OrdersSoFar));
        Add("net_cumulative_revenue", window => Net(window.OrdersSoFar));
        Add("costs", static window => window.Costs(soFar: false));
        Add("cumulative_costs", static window => window.Costs(soFar: true));
        Add("average_order_value", window => Ratio(Of("revenue", window), Of("orders", window)));
        Add("net_average_order_value", window => Ratio(Of("net_revenue", window), Of("orders", window)));
        Add("cost_per_user", window => Ratio(Of("costs", window), window.ActiveUsers));
        Add("active_user_by_event", static window => window.ActiveUsers);
        Add("one_time_products", static window => window.OneTime.Count());
        Add("one_time_products_revenue", window => Revenue(window.OneTime));
        Add("one_time_products_net_revenue", window => Net(window.OneTime));
        Add(
            "new_subscriptions",
            static window => window.Data.Subscriptions.Count(item => window.Has(item.Row.Text("started_at")))
        );
        Add("new_subscriptions_revenue", window => Revenue(For(window, "subscription_create")));
        Add("new_subscriptions_net_revenue", window => Net(For(window, "subscription_create")));
        Add("renewed_subscriptions", window => For(window, "subscription_cycle").Count());
        Add("renewed_subscriptions_revenue", window => Revenue(For(window, "subscription_cycle")));
        Add("renewed_subscriptions_net_revenue", window => Net(For(window, "subscription_cycle")));
        Add("canceled_subscriptions", static window => window.Canceled.Count());
        foreach (var reason in SubscriptionValues.CancellationReason)
        {
            Add(
                "canceled_subscriptions_" + reason,
                window => window.Canceled.Count(row => row.Text("customer_cancellation_reason") == reason)
            );
        }

        Add("annual_recurring_revenue", window => 12 * Of("monthly_recurring_revenue", window));
        Add("committed_annual_recurring_revenue", window => 12 * Of("committed_monthly_recurring_revenue", window));
        Add("checkouts_conversion", window => Ratio(Of("succeeded_checkouts", window), Of("checkouts", window)));
        Add("ltv", window => Ratio(Of("average_revenue_per_user", window), Of("churn_rate", window)));
        Add("gross_margin", window => Of("net_cumulative_revenue", window) - Of("cumulative_costs", window));
        Add(
            "gross_margin_percentage",
            window => Ratio(Of("gross_margin", window), Of("net_cumulative_revenue", window))
        );
        Add("cashflow", window => Of("net_revenue", window) - Of("costs", window));
        Add("average_seats_per_customer", window => Ratio(Of("seats_total", window), Of("seat_customers", window)));
        Add("seat_utilization_rate", window => Ratio(Of("seats_claimed", window), Of("seats_total", window)));
        return all;
    }
}
