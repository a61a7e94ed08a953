namespace PolarPS;

/// <summary>Known values of events and meters.</summary>
internal static class UsageValues
{
    /// <summary>Who told of an event.</summary>
    public static KnownList EventSource { get; } = new() { "system", "user" };

    /// <summary>What events are sorted by.</summary>
    public static KnownList EventSort { get; } = new() { "timestamp" };

    /// <summary>What names of events are sorted by.</summary>
    public static KnownList EventNameSort { get; } = new() { "name", "occurrences", "first_seen", "last_seen" };

    /// <summary>What kinds of events are sorted by.</summary>
    public static KnownList EventTypeSort { get; } =
        new() { "name", "label", "occurrences", "first_seen", "last_seen" };

    /// <summary>What joins the clauses of a filter.</summary>
    public static KnownList FilterConjunction { get; } = new() { "and", "or" };

    /// <summary>How a clause of a filter compares.</summary>
    public static KnownList FilterOperator { get; } =
        new() { "eq", "ne", "gt", "gte", "lt", "lte", "like", "not_like" };

    /// <summary>What makes one number of many.</summary>
    public static KnownList Aggregation { get; } = new() { "count", "sum", "max", "min", "avg", "unique" };

    /// <summary>What a meter counts in.</summary>
    public static KnownList MeterUnit { get; } = new() { "scalar", "token", "custom" };

    /// <summary>What meters are sorted by.</summary>
    public static KnownList MeterSort { get; } = new() { "created_at", "name" };

    /// <summary>What the meters of customers are sorted by.</summary>
    public static KnownList CustomerMeterSort { get; } =
        new()
        {
            "created_at",
            "modified_at",
            "customer_id",
            "customer_name",
            "meter_id",
            "meter_name",
            "consumed_units",
            "credited_units",
            "balance",
        };

    /// <summary>What customers sort their meters by.</summary>
    public static KnownList PortalMeterSort { get; } =
        new() { "created_at", "modified_at", "meter_id", "meter_name", "consumed_units", "credited_units", "balance" };

    /// <summary>How long one point of a series over time is.</summary>
    public static KnownList TimeInterval { get; } = new() { "year", "month", "week", "day", "hour" };
}
