namespace PolarPS;

/// <summary>The metrics of Polar's API, each once: how Polar calls them for people, and what their values are. For the client and the emulator.</summary>
internal static class MetricNames
{
    /// <summary>What people read for each metric, in the API's order.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> All { get; } =
    [
        new("active_subscriptions", "Active Subscriptions"),
        new("committed_subscriptions", "Committed Subscriptions"),
        new("monthly_recurring_revenue", "Monthly Recurring Revenue"),
        new("trial_monthly_recurring_revenue", "Trial Monthly Recurring Revenue"),
        new("committed_monthly_recurring_revenue", "Committed Monthly Recurring Revenue"),
        new("trial_committed_monthly_recurring_revenue", "Trial Committed Monthly Recurring Revenue"),
        new("average_revenue_per_user", "Average Revenue Per User"),
        new("checkouts", "Checkouts"),
        new("succeeded_checkouts", "Succeeded Checkouts"),
        new("churned_subscriptions", "Churned Subscriptions"),
        new("churn_rate", "Churn Rate"),
        new("seats_total", "Total Seats"),
        new("seats_claimed", "Claimed Seats"),
        new("seats_pending", "Pending Seats"),
        new("seat_customers", "Seat Customers"),
        new("new_seat_customers", "New Seat Customers"),
        new("churned_seat_customers", "Churned Seat Customers"),
        new("orders", "Orders"),
        new("revenue", "Revenue"),
        new("net_revenue", "Net Revenue"),
        new("cumulative_revenue", "Cumulative Revenue"),
        new("net_cumulative_revenue", "Net Cumulative Revenue"),
        new("costs", "Costs"),
        new("cumulative_costs", "Cumulative Costs"),
        new("average_order_value", "Average Order Value"),
        new("net_average_order_value", "Net Average Order Value"),
        new("cost_per_user", "Cost Per User"),
        new("active_user_by_event", "Active Users"),
        new("one_time_products", "One-Time Products"),
        new("one_time_products_revenue", "One-Time Products Revenue"),
        new("one_time_products_net_revenue", "One-Time Products Net Revenue"),
        new("new_subscriptions", "New Subscriptions"),
        new("new_subscriptions_revenue", "New Subscriptions Revenue"),
        new("new_subscriptions_net_revenue", "New Subscriptions Net Revenue"),
        new("renewed_subscriptions", "Renewed Subscriptions"),
        new("renewed_subscriptions_revenue", "Renewed Subscriptions Revenue"),
        new("renewed_subscriptions_net_revenue", "Renewed Subscriptions Net Revenue"),
        new("canceled_subscriptions", "Canceled Subscriptions"),
        new("canceled_subscriptions_customer_service", "Canceled Subscriptions - Customer Service"),
        new("canceled_subscriptions_low_quality", "Canceled Subscriptions - Low Quality"),
        new("canceled_subscriptions_missing_features", "Canceled Subscriptions - Missing Features"),
        new("canceled_subscriptions_switched_service", "Canceled Subscriptions - Switched Service"),
        new("canceled_subscriptions_too_complex", "Canceled Subscriptions - Too Complex"),
        new("canceled_subscriptions_too_expensive", "Canceled Subscriptions - Too Expensive"),
        new("canceled_subscriptions_unused", "Canceled Subscriptions - Unused"),
        new("canceled_subscriptions_other", "Canceled Subscriptions - Other"),
        new("annual_recurring_revenue", "Annual Recurring Revenue"),
        new("committed_annual_recurring_revenue", "Committed Annual Recurring Revenue"),
        new("checkouts_conversion", "Checkouts Conversion Rate"),
        new("ltv", "Lifetime Value"),
        new("gross_margin", "Gross Margin"),
        new("gross_margin_percentage", "Gross Margin %"),
        new("cashflow", "Cashflow"),
        new("average_seats_per_customer", "Average Seats Per Customer"),
        new("seat_utilization_rate", "Seat Utilization Rate"),
    ];

    /// <summary>What the values of a metric are, as far as its name tells.</summary>
    /// <param name="metric">A metric, in the API's spelling.</param>
    /// <returns>A count for a metric that is not known.</returns>
    public static string TypeOf(string metric) =>
        metric switch
        {
            "costs" or "cumulative_costs" or "cost_per_user" => "currency_sub_cent",
            "churn_rate" or "checkouts_conversion" or "gross_margin_percentage" or "seat_utilization_rate" =>
                "percentage",
            "cashflow" or "gross_margin" or "ltv" or "average_revenue_per_user" => "currency",
            _ when Ends(metric, "revenue") || Ends(metric, "_order_value") => "currency",
            _ => "scalar",
        };

    private static bool Ends(string metric, string end) => metric.EndsWith(end, StringComparison.Ordinal);
}
