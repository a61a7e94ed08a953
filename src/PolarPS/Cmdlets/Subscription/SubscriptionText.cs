using System;
using System.Linq;
using PolarPS.Client.Models;

namespace PolarPS.Commands;

/// <summary>What is said of a subscription in questions: what it costs, how far it is paid, what a change does to that.</summary>
internal static class SubscriptionText
{
    // What is charged differs from the price by all of these, and none of them can be told beforehand.
    private const string Net = "before discount and tax";

    /// <summary>Ends with the period.</summary>
    public static string Cancel(Subscription? item)
    {
        var span = item?.Status == "trialing" ? "trial" : "period";
        var end = item?.CurrentPeriodEnd is { } time ? $", {Formatting.Time(time)}" : string.Empty;
        var charge = Charge(item) is { } price ? $"; after that {price} is no longer charged" : string.Empty;
        return $"Cancel with the end of its {span}{end}{charge}";
    }

    /// <summary>Ends now.</summary>
    public static string Revoke(Subscription? item)
    {
        var span = item?.Status == "trialing" ? "trial" : "period";
        var rest = item is { CurrentPeriodEnd: { } end, Status: "active" or "trialing" or "past_due" }
            ? $" and the rest of the {span} up to {Formatting.Time(end)}"
            : string.Empty;
        var charge = Charge(item) is { } price ? $"; {price} is no longer charged" : string.Empty;
        return $"End at once, with no way back: the customer loses the benefits{rest} now{charge}";
    }

    /// <summary>Takes a cancellation back.</summary>
    public static string Uncancel(Subscription? item) => "Take the cancellation back" + GoesOn(item);

    /// <summary>Takes a pause back.</summary>
    public static string Unpause(Subscription? item) => "Take the scheduled pause back" + GoesOn(item);

    /// <summary>Drops what waits for the next period.</summary>
    /// <param name="item">The subscription as it was last seen.</param>
    /// <param name="nameOf">Gives the name of a product by its id; null where it is not known.</param>
    public static string ClearPending(Subscription? item, Func<string, string?> nameOf) =>
        "Drop the change that waits for the next period"
        + (
            item?.PendingUpdate is { } pending
                ? $": {Formatting.PendingUpdate(pending, pending.ProductId is { } id ? nameOf(id) : null)}"
                : string.Empty
        );

    /// <summary>Pauses with the end of the period.</summary>
    public static string Suspend(Subscription? item, DateTimeOffset? resumesAt) =>
        "Pause with the end of its period"
        + (item?.CurrentPeriodEnd is { } end ? $", {Formatting.Time(end)}" : string.Empty)
        + (
            resumesAt is null
                ? ", until it is resumed"
                : $", until {DateReader.Text(resumesAt.Value)}, when {Charge(item) ?? "the next period"} is charged again"
        );

    /// <summary>Ends a pause.</summary>
    public static string Resume(Subscription? item) =>
        IsFree(item)
            ? "Resume now: a new period begins; it is free"
            : $"Resume now: a new period begins, and {Charge(item) ?? "its price"} ({Net}) is charged at once";

    /// <summary>Ends a trial.</summary>
    public static string EndTrial(Subscription? item) =>
        $"End the trial now and charge {Charge(item) ?? "the first period"} ({Net}) at once";

    /// <summary>Begins a trial, or moves its end.</summary>
    public static string MoveTrialEnd(Subscription? item, DateTimeOffset end) =>
        item?.TrialEnd is { } before && item.Status == "trialing"
            ? $"Move the end of the trial from {DateReader.Text(before.ToLocalTime())} to {DateReader.Text(end)}"
            : $"Begin a trial that ends {DateReader.Text(end)}";

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
            null => "what the organization has set decides when the difference is charged, which may be at once",
            "invoice" => "the difference is charged at once",
            "prorate" => "the difference comes with the next invoice, or at once if the billing interval changes",
            "next_period" => "it waits for the next period"
                + (item?.CurrentPeriodEnd is { } end ? $", {Formatting.Time(end)}" : string.Empty),
            "reset" => "a new period begins, and its full price is charged at once",
            _ => behavior,
        };

    private static string GoesOn(Subscription? item) =>
        (item?.CurrentPeriodEnd is { } end ? $": it goes on after {Formatting.Time(end)}" : ": it goes on")
        + (Charge(item) is { } price ? $", and {price} is charged again" : string.Empty);

    // Such as "$9.00/month"; null when it is not known, or nothing.
    private static string? Charge(Subscription? item) =>
        !IsFree(item) && Formatting.SubscriptionPrice(item) is { Length: > 0 } price ? price : null;

    private static bool IsFree(Subscription? item) => Formatting.SubscriptionPrice(item) == "free";
}
