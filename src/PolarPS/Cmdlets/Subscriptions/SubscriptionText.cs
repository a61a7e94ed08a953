namespace PolarPS.Commands;

/// <summary>What is said of a subscription in questions: what it costs, how far it is paid, what a change does to that.</summary>
internal static class SubscriptionText
{
    // What is charged differs from the price by all of these, and none of them can be told beforehand.
    private const string Net = "plus any tax";

    /// <summary>Ends with the period.</summary>
    public static string Cancel(Subscription? item)
    {
        var span = item?.Status == "trialing" ? "trial" : "period";
        var end = item?.CurrentPeriodEnd is { } time ? $", {Formatting.Time(time)}" : string.Empty;
        var charge = Charge(item) is { } price ? $"; after that {price} is no longer charged" : string.Empty;
        return $"Cancel at the end of the current {span}{end}{charge}";
    }

    /// <summary>Ends now.</summary>
    public static string Revoke(Subscription? item)
    {
        var span = item?.Status == "trialing" ? "trial" : "period";
        var rest = item is { CurrentPeriodEnd: { } end, Status: "active" or "trialing" or "past_due" }
            ? $" and the rest of the {span} up to {Formatting.Time(end)}"
            : string.Empty;
        var charge = Charge(item) is { } price ? $"; {price} is no longer charged" : string.Empty;
        return $"End immediately (cannot be undone): the customer loses the benefits{rest} now{charge}";
    }

    /// <summary>A change that undoes what is scheduled, or ends a pause.</summary>
    /// <param name="change">The change.</param>
    /// <param name="item">The subscription as it is now.</param>
    /// <param name="nameOf">Gives the name of a product by its id; null where it is not known.</param>
    public static string Of(SubscriptionUpdate change, Subscription item, Func<string, string?> nameOf) =>
        change switch
        {
            SubscriptionCancel => Uncancel(item),
            SubscriptionPause => Unpause(item),
            SubscriptionUpdateClear => ClearPending(item, nameOf),
            _ => Resume(item),
        };

    /// <summary>That and when a subscription has ended.</summary>
    /// <param name="item">The subscription as it is now.</param>
    /// <param name="done">What can therefore not be done to it, such as "resumed".</param>
    public static string Ended(Subscription item, string done) =>
        item.EndedAt is { } end
            ? $"It ended on {Formatting.Time(end)} and cannot be {done}."
            : $"It is {item.Status} and cannot be {done}.";

    /// <summary>When a subscription that goes on is charged next: the end of a sentence.</summary>
    public static string Next(Subscription item) =>
        item.CurrentPeriodEnd is not { } end ? "."
        : item.CancelAtPeriodEnd == true ? $"; it ends on {Formatting.Time(end)}."
        : item.PauseAtPeriodEnd == true ? $"; it is paused from {Formatting.Time(end)}."
        : $"; it renews on {Formatting.Time(end)}.";

    /// <summary>What waits for the next period.</summary>
    /// <param name="pending">The change.</param>
    /// <param name="nameOf">Gives the name of a product by its id; null where it is not known.</param>
    public static string Pending(PendingSubscriptionUpdate pending, Func<string, string?> nameOf) =>
        Formatting.PendingUpdate(pending, pending.ProductId is { } id ? nameOf(id) : null);

    /// <summary>Undoes a cancellation.</summary>
    public static string Uncancel(Subscription? item) => "Undo the cancellation" + GoesOn(item);

    /// <summary>Undoes a pause.</summary>
    public static string Unpause(Subscription? item) => "Undo the scheduled pause" + GoesOn(item);

    /// <summary>Drops what waits for the next period.</summary>
    /// <param name="item">The subscription as it was last seen.</param>
    /// <param name="nameOf">Gives the name of a product by its id; null where it is not known.</param>
    public static string ClearPending(Subscription? item, Func<string, string?> nameOf) =>
        "Discard the change scheduled for the next period"
        + (item?.PendingUpdate is { } pending ? $": {Pending(pending, nameOf)}" : string.Empty);

    /// <summary>Another product.</summary>
    public static string ChangeProduct(Subscription? item, string label) =>
        $"Change the product{(item?.Product?.Name is { } before ? $" from '{before}'" : string.Empty)} to {label}";

    /// <summary>Another number of seats.</summary>
    public static string ChangeSeats(Subscription? item, int seats) =>
        $"Change the seats{(item?.Seats is { } before ? $" from {before}" : string.Empty)} to {seats}";

    /// <summary>Another number of units.</summary>
    public static string ChangeUnits(Subscription? item, int units) =>
        $"Change the units{(item?.Units is { } before ? $" from {before}" : string.Empty)} to {units}";

    /// <summary>Pauses with the end of the period.</summary>
    public static string Suspend(Subscription? item, DateTimeOffset? resumesAt) =>
        "Pause at the end of the current period"
        + (item?.CurrentPeriodEnd is { } end ? $", {Formatting.Time(end)}" : string.Empty)
        + (
            resumesAt is null
                ? ", until it is resumed"
                : $", until {DateReader.Text(resumesAt.Value)}, when {Charge(item) ?? "the next period"} is charged again"
        );

    /// <summary>Ends a pause.</summary>
    public static string Resume(Subscription? item) =>
        IsFree(item)
            ? "Resume now: a new period starts; it is free"
            : $"Resume now: a new period starts, and {Charge(item) ?? "its price"} ({Net}) is charged";

    /// <summary>Ends a trial.</summary>
    public static string EndTrial(Subscription? item) =>
        $"End the trial now and charge {Charge(item) ?? "the first period"} ({Net})";

    /// <summary>Starts a trial, or moves its end.</summary>
    public static string MoveTrialEnd(Subscription? item, DateTimeOffset end) =>
        item?.TrialEnd is { } before && item.Status == "trialing"
            ? $"Move the end of the trial from {DateReader.Text(before.ToLocalTime())} to {DateReader.Text(end)}"
            : $"Start a trial that ends {DateReader.Text(end)}";

    /// <summary>Moves the end of the period.</summary>
    public static string MovePeriodEnd(Subscription? item, DateTimeOffset end)
    {
        var before = item?.CurrentPeriodEnd is { } time ? $" from {DateReader.Text(time.ToLocalTime())}" : string.Empty;
        return $"Move the end of the period{before} to {DateReader.Text(end)}, when {Charge(item) ?? "the next period"} is charged";
    }

    /// <summary>What becomes of the difference in price.</summary>
    /// <param name="behavior">As the API calls it; null for what the organization has set.</param>
    /// <param name="item">The subscription as it was last seen.</param>
    public static string Proration(string? behavior, Subscription? item) =>
        behavior switch
        {
            null => "the organization's settings decide when the difference is charged, possibly immediately",
            "invoice" => "the difference is charged immediately",
            "prorate" =>
                "the difference is added to the next invoice, or charged immediately if the billing interval changes",
            "next_period" => "it takes effect in the next period"
                + (item?.CurrentPeriodEnd is { } end ? $", {Formatting.Time(end)}" : string.Empty),
            "reset" => "a new period starts, and its full price is charged immediately",
            _ => behavior,
        };

    private static string GoesOn(Subscription? item) =>
        (
            item?.CurrentPeriodEnd is { } end
                ? $": the subscription renews on {Formatting.Time(end)}"
                : ": the subscription continues"
        ) + (Charge(item) is { } price ? $", and {price} is charged again" : string.Empty);

    // Such as "$9.00/month"; null when it is not known, or nothing.
    private static string? Charge(Subscription? item) =>
        !IsFree(item) && Formatting.SubscriptionPrice(item) is { Length: > 0 } price ? price : null;

    private static bool IsFree(Subscription? item) => Formatting.SubscriptionPrice(item) == "free";
}
