using System.Text.Json.Serialization;

namespace PolarPS.Client.Models;

/// <summary>The values of metrics, each as a property and by its slug. Those that were not asked for are null.</summary>
public abstract class MetricValues : PolarObject
{
    private static readonly KeyValuePair<string, Func<MetricValues, decimal?>>[] Known =
    [
        new("active_subscriptions", values => values.ActiveSubscriptions),
        new("committed_subscriptions", values => values.CommittedSubscriptions),
        new("monthly_recurring_revenue", values => values.MonthlyRecurringRevenue),
        new("trial_monthly_recurring_revenue", values => values.TrialMonthlyRecurringRevenue),
        new("committed_monthly_recurring_revenue", values => values.CommittedMonthlyRecurringRevenue),
        new("trial_committed_monthly_recurring_revenue", values => values.TrialCommittedMonthlyRecurringRevenue),
        new("average_revenue_per_user", values => values.AverageRevenuePerUser),
        new("checkouts", values => values.Checkouts),
        new("succeeded_checkouts", values => values.SucceededCheckouts),
        new("churned_subscriptions", values => values.ChurnedSubscriptions),
        new("churn_rate", values => values.ChurnRate),
        new("seats_total", values => values.SeatsTotal),
        new("seats_claimed", values => values.SeatsClaimed),
        new("seats_pending", values => values.SeatsPending),
        new("seat_customers", values => values.SeatCustomers),
        new("new_seat_customers", values => values.NewSeatCustomers),
        new("churned_seat_customers", values => values.ChurnedSeatCustomers),
        new("orders", values => values.Orders),
        new("revenue", values => values.Revenue),
        new("net_revenue", values => values.NetRevenue),
        new("cumulative_revenue", values => values.CumulativeRevenue),
        new("net_cumulative_revenue", values => values.NetCumulativeRevenue),
        new("costs", values => values.Costs),
        new("cumulative_costs", values => values.CumulativeCosts),
        new("average_order_value", values => values.AverageOrderValue),
        new("net_average_order_value", values => values.NetAverageOrderValue),
        new("cost_per_user", values => values.CostPerUser),
        new("active_user_by_event", values => values.ActiveUserByEvent),
        new("one_time_products", values => values.OneTimeProducts),
        new("one_time_products_revenue", values => values.OneTimeProductsRevenue),
        new("one_time_products_net_revenue", values => values.OneTimeProductsNetRevenue),
        new("new_subscriptions", values => values.NewSubscriptions),
        new("new_subscriptions_revenue", values => values.NewSubscriptionsRevenue),
        new("new_subscriptions_net_revenue", values => values.NewSubscriptionsNetRevenue),
        new("renewed_subscriptions", values => values.RenewedSubscriptions),
        new("renewed_subscriptions_revenue", values => values.RenewedSubscriptionsRevenue),
        new("renewed_subscriptions_net_revenue", values => values.RenewedSubscriptionsNetRevenue),
        new("canceled_subscriptions", values => values.CanceledSubscriptions),
        new("canceled_subscriptions_customer_service", values => values.CanceledSubscriptionsCustomerService),
        new("canceled_subscriptions_low_quality", values => values.CanceledSubscriptionsLowQuality),
        new("canceled_subscriptions_missing_features", values => values.CanceledSubscriptionsMissingFeatures),
        new("canceled_subscriptions_switched_service", values => values.CanceledSubscriptionsSwitchedService),
        new("canceled_subscriptions_too_complex", values => values.CanceledSubscriptionsTooComplex),
        new("canceled_subscriptions_too_expensive", values => values.CanceledSubscriptionsTooExpensive),
        new("canceled_subscriptions_unused", values => values.CanceledSubscriptionsUnused),
        new("canceled_subscriptions_other", values => values.CanceledSubscriptionsOther),
        new("annual_recurring_revenue", values => values.AnnualRecurringRevenue),
        new("committed_annual_recurring_revenue", values => values.CommittedAnnualRecurringRevenue),
        new("checkouts_conversion", values => values.CheckoutsConversion),
        new("ltv", values => values.Ltv),
        new("gross_margin", values => values.GrossMargin),
        new("gross_margin_percentage", values => values.GrossMarginPercentage),
        new("cashflow", values => values.Cashflow),
        new("average_seats_per_customer", values => values.AverageSeatsPerCustomer),
        new("seat_utilization_rate", values => values.SeatUtilizationRate),
    ];

    private protected MetricValues() { }

    /// <summary>Paid and trialing subscriptions. Null if not requested.</summary>
    public decimal? ActiveSubscriptions { get; set; }

    /// <summary>Paid subscriptions that are not scheduled to end. Null if not requested.</summary>
    public decimal? CommittedSubscriptions { get; set; }

    /// <summary>Monthly recurring revenue, in cents. Null if not requested.</summary>
    public decimal? MonthlyRecurringRevenue { get; set; }

    /// <summary>Monthly recurring revenue of trials, in cents. Null if not requested.</summary>
    public decimal? TrialMonthlyRecurringRevenue { get; set; }

    /// <summary>Monthly recurring revenue of subscriptions that are not scheduled to end, in cents. Null if not requested.</summary>
    public decimal? CommittedMonthlyRecurringRevenue { get; set; }

    /// <summary>Monthly recurring revenue of trials that are not scheduled to end, in cents. Null if not requested.</summary>
    public decimal? TrialCommittedMonthlyRecurringRevenue { get; set; }

    /// <summary>The average revenue per paying customer, in cents. Null if not requested.</summary>
    public decimal? AverageRevenuePerUser { get; set; }

    /// <summary>Checkouts opened. Null if not requested.</summary>
    public decimal? Checkouts { get; set; }

    /// <summary>Checkouts that ended in a purchase. Null if not requested.</summary>
    public decimal? SucceededCheckouts { get; set; }

    /// <summary>Subscriptions that ended. Null if not requested.</summary>
    public decimal? ChurnedSubscriptions { get; set; }

    /// <summary>The share of subscriptions that were cancelled, of those at the beginning; 0.05 is 5 %. Null if not requested.</summary>
    public decimal? ChurnRate { get; set; }

    /// <summary>Seats sold. Null if not requested.</summary>
    public decimal? SeatsTotal { get; set; }

    /// <summary>Claimed seats. Null if not requested.</summary>
    public decimal? SeatsClaimed { get; set; }

    /// <summary>Seats with a pending invitation. Null if not requested.</summary>
    public decimal? SeatsPending { get; set; }

    /// <summary>Customers with seats. Null if not requested.</summary>
    public decimal? SeatCustomers { get; set; }

    /// <summary>Customers who bought their first seats. Null if not requested.</summary>
    public decimal? NewSeatCustomers { get; set; }

    /// <summary>Customers who gave up all their seats. Null if not requested.</summary>
    public decimal? ChurnedSeatCustomers { get; set; }

    /// <summary>Orders. Null if not requested.</summary>
    public decimal? Orders { get; set; }

    /// <summary>Revenue from orders, before fees, in cents. Null if not requested.</summary>
    public decimal? Revenue { get; set; }

    /// <summary>Revenue from orders, after fees, in cents. Null if not requested.</summary>
    public decimal? NetRevenue { get; set; }

    /// <summary>Cumulative revenue from orders, before fees, in cents. Null if not requested.</summary>
    public decimal? CumulativeRevenue { get; set; }

    /// <summary>Cumulative revenue from orders, after fees, in cents. Null if not requested.</summary>
    public decimal? NetCumulativeRevenue { get; set; }

    /// <summary>The cost of your events, in cents. Null if not requested.</summary>
    public decimal? Costs { get; set; }

    /// <summary>The cumulative cost of your events, in cents. Null if not requested.</summary>
    public decimal? CumulativeCosts { get; set; }

    /// <summary>The average order value before fees, in cents. Null if not requested.</summary>
    public decimal? AverageOrderValue { get; set; }

    /// <summary>The average order value after fees, in cents. Null if not requested.</summary>
    public decimal? NetAverageOrderValue { get; set; }

    /// <summary>The average cost per active user, in cents. Null if not requested.</summary>
    public decimal? CostPerUser { get; set; }

    /// <summary>Users with events. Null if not requested.</summary>
    public decimal? ActiveUserByEvent { get; set; }

    /// <summary>One-time purchases. Null if not requested.</summary>
    public decimal? OneTimeProducts { get; set; }

    /// <summary>Revenue from one-time purchases, before fees, in cents. Null if not requested.</summary>
    public decimal? OneTimeProductsRevenue { get; set; }

    /// <summary>Revenue from one-time purchases, after fees, in cents. Null if not requested.</summary>
    public decimal? OneTimeProductsNetRevenue { get; set; }

    /// <summary>New subscriptions. Null if not requested.</summary>
    public decimal? NewSubscriptions { get; set; }

    /// <summary>Revenue from the first period of subscriptions, before fees, in cents. Null if not requested.</summary>
    public decimal? NewSubscriptionsRevenue { get; set; }

    /// <summary>Revenue from the first period of subscriptions, after fees, in cents. Null if not requested.</summary>
    public decimal? NewSubscriptionsNetRevenue { get; set; }

    /// <summary>Subscriptions that were renewed. Null if not requested.</summary>
    public decimal? RenewedSubscriptions { get; set; }

    /// <summary>Revenue from renewals, before fees, in cents. Null if not requested.</summary>
    public decimal? RenewedSubscriptionsRevenue { get; set; }

    /// <summary>Revenue from renewals, after fees, in cents. Null if not requested.</summary>
    public decimal? RenewedSubscriptionsNetRevenue { get; set; }

    /// <summary>Subscriptions that were cancelled. Null if not requested.</summary>
    public decimal? CanceledSubscriptions { get; set; }

    /// <summary>Cancellations because of the customer service. Null if not requested.</summary>
    public decimal? CanceledSubscriptionsCustomerService { get; set; }

    /// <summary>Cancellations because of the quality. Null if not requested.</summary>
    public decimal? CanceledSubscriptionsLowQuality { get; set; }

    /// <summary>Cancellations because something was missing. Null if not requested.</summary>
    public decimal? CanceledSubscriptionsMissingFeatures { get; set; }

    /// <summary>Cancellations for another service. Null if not requested.</summary>
    public decimal? CanceledSubscriptionsSwitchedService { get; set; }

    /// <summary>Cancellations because it was too complex. Null if not requested.</summary>
    public decimal? CanceledSubscriptionsTooComplex { get; set; }

    /// <summary>Cancellations because of the price. Null if not requested.</summary>
    public decimal? CanceledSubscriptionsTooExpensive { get; set; }

    /// <summary>Cancellations because the product was not used. Null if not requested.</summary>
    public decimal? CanceledSubscriptionsUnused { get; set; }

    /// <summary>Cancellations for other reasons, or none given. Null if not requested.</summary>
    public decimal? CanceledSubscriptionsOther { get; set; }

    /// <summary>Annual recurring revenue, in cents. Null if not requested.</summary>
    public decimal? AnnualRecurringRevenue { get; set; }

    /// <summary>Annual recurring revenue of subscriptions that are not scheduled to end, in cents. Null if not requested.</summary>
    public decimal? CommittedAnnualRecurringRevenue { get; set; }

    /// <summary>The share of checkouts that ended in a purchase; 0.25 is 25 %. Null if not requested.</summary>
    public decimal? CheckoutsConversion { get; set; }

    /// <summary>The lifetime value of a customer, in cents. Null if not requested.</summary>
    public decimal? Ltv { get; set; }

    /// <summary>Cumulative revenue less costs, in cents. Null if not requested.</summary>
    public decimal? GrossMargin { get; set; }

    /// <summary>The share of the cumulative revenue that is left after costs; 0.25 is 25 %. Null if not requested.</summary>
    public decimal? GrossMarginPercentage { get; set; }

    /// <summary>Revenue less costs, in cents. Null if not requested.</summary>
    public decimal? Cashflow { get; set; }

    /// <summary>Seats per customer on average. Null if not requested.</summary>
    public decimal? AverageSeatsPerCustomer { get; set; }

    /// <summary>The share of claimed seats; 0.25 is 25 %. Null if not requested.</summary>
    public decimal? SeatUtilizationRate { get; set; }

    /// <summary>The value of a metric; null if it was not asked for.</summary>
    /// <param name="slug">The metric's slug, such as <c>monthly_recurring_revenue</c>.</param>
    public decimal? this[string slug] => Values().TryGetValue(slug, out var value) ? value : null;

    /// <summary>The values by slug: those that Polar sent, metrics that came after this version among them.</summary>
    /// <returns>Empty when there are none.</returns>
    public IReadOnlyDictionary<string, decimal> Values()
    {
        var values = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var metric in Known)
        {
            if (metric.Value(this) is decimal value)
            {
                values[metric.Key] = value;
            }
        }

        foreach (var field in UnknownFields())
        {
            // A double beyond the reach of a decimal is no figure of a business.
            if (field.Value is long or decimal or (> -1e28 and < 1e28))
            {
                values[field.Key] = Convert.ToDecimal(field.Value, CultureInfo.InvariantCulture);
            }
        }

        return values;
    }

    /// <summary>
    /// The values one by one, each with its name and as people read it: in the order in which they were asked for, and those too
    /// that Polar did not give.
    /// </summary>
    /// <returns>Empty when there are none.</returns>
    public IReadOnlyList<MetricFigure> Figures()
    {
        var values = Values();
        var response = Holder as MetricsResponse;
        var slugs = new List<string>(response?.Asked ?? []);
        slugs.AddRange(Known.Select(known => known.Key).Where(slug => response?.Metrics?.ContainsKey(slug) == true));
        slugs.AddRange(values.Keys);
        return
        [
            .. slugs
                .Distinct(StringComparer.Ordinal)
                .Select(slug => new MetricFigure(
                    MetricOf(slug, response),
                    slug,
                    values.TryGetValue(slug, out var value) ? value : null
                )),
        ];
    }

    /// <summary>The figure that a property holds; null for none.</summary>
    internal MetricFigure? FigureOf(string property) =>
        Figures().FirstOrDefault(figure => JsonSettings.PropertyName(figure.Slug) == property);

    // What Polar says of a metric goes before what is known of it here.
    private static Metric? MetricOf(string slug, MetricsResponse? response) =>
        response?.Metrics is { } told && told.TryGetValue(slug, out var metric) && metric is not null
            ? metric
            : Metric.Find(slug);
}

/// <summary>The values of metrics in a period.</summary>
public sealed class MetricPeriod : MetricValues
{
    /// <summary>When the period begins, by the clock of the time zone that was asked for.</summary>
    [JsonConverter(typeof(SentTimeConverter))]
    public DateTimeOffset? Timestamp { get; set; }

    /// <summary>When the period begins, by the clock of the time zone that was asked for.</summary>
    /// <returns>Such as <c>2026-11-01</c>, or <c>2026-11-01 14:00 +01:00</c>; the same in every culture.</returns>
    private protected override string Describe() =>
        Timestamp is { } time
            ? time.ToString(
                time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd"
                    : time.Offset == TimeSpan.Zero ? "yyyy-MM-dd HH:mm"
                    : "yyyy-MM-dd HH:mm zzz",
                CultureInfo.InvariantCulture
            )
            : string.Empty;
}

/// <summary>The values of metrics over all periods.</summary>
public sealed class MetricsTotals : MetricValues { }
