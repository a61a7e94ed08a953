namespace PolarPS.Client.Models;

/// <summary>A change to a subscription. Polar accepts one kind of change at a time, so there is a class for each, and none holds the fields of another.</summary>
public abstract class SubscriptionUpdate : RequestBody
{
    private protected SubscriptionUpdate() { }

    /// <summary>Whether making the change twice leaves the same as making it once: nothing is charged, and nothing refuses it.</summary>
    internal virtual bool Repeatable => false;

    /// <summary>Whether the change is charged at once, or may be, as far as it tells.</summary>
    internal virtual bool MayCharge => false;

    /// <summary>Whether a change of product or quantity waits for the next invoice; without a word the organization decides.</summary>
    internal static bool IsBilledLater(string? prorationBehavior) => prorationBehavior is "prorate" or "next_period";

    /// <summary>Ends the subscription with its current period.</summary>
    /// <param name="reason">Why, in Polar's words, such as <c>too_expensive</c>; null if not known.</param>
    /// <param name="comment">The customer's own words; null for none.</param>
    /// <returns>The change.</returns>
    public static SubscriptionCancel Cancel(string? reason = null, string? comment = null)
    {
        var change = new SubscriptionCancel { CancelAtPeriodEnd = true };
        change.Because(reason, comment);
        return change;
    }

    /// <summary>Undoes a scheduled cancellation.</summary>
    /// <returns>The change.</returns>
    public static SubscriptionCancel Uncancel() => new() { CancelAtPeriodEnd = false };

    /// <summary>Ends the subscription immediately, which cannot be undone.</summary>
    /// <param name="reason">Why, in Polar's words, such as <c>too_expensive</c>; null if not known.</param>
    /// <param name="comment">The customer's own words; null for none.</param>
    /// <returns>The change.</returns>
    public static SubscriptionRevoke RevokeNow(string? reason = null, string? comment = null)
    {
        var change = new SubscriptionRevoke();
        change.Because(reason, comment);
        return change;
    }

    /// <summary>Pauses the subscription when its current period ends.</summary>
    /// <param name="resumesAt">When it resumes automatically, after the end of the period; null for until it is resumed.</param>
    /// <returns>The change.</returns>
    public static SubscriptionPause Pause(DateTimeOffset? resumesAt = null)
    {
        var change = new SubscriptionPause { PauseAtPeriodEnd = true };
        if (resumesAt is not null)
        {
            change.ResumesAt = resumesAt;
        }

        return change;
    }

    /// <summary>Undoes a scheduled pause.</summary>
    /// <returns>The change.</returns>
    public static SubscriptionPause Unpause() => new() { PauseAtPeriodEnd = false };

    /// <summary>
    /// Ends a pause. A new period starts and is charged in the background: if that fails, the subscription is past due.
    /// </summary>
    /// <returns>The change.</returns>
    public static SubscriptionResume ResumeNow() => new();

    /// <summary>Drops a change that waits for the next period.</summary>
    /// <returns>The change.</returns>
    public static SubscriptionUpdateClear ClearPending() => new();

    /// <summary>
    /// The changes that undo what is scheduled for a subscription: of a cancellation (<see cref="SubscriptionCancel"/>), of a
    /// pause (<see cref="SubscriptionPause"/>), and of what waits for the next period (<see cref="SubscriptionUpdateClear"/>).
    /// Polar takes one at a time. None is charged.
    /// </summary>
    /// <param name="current">The subscription, read just now.</param>
    /// <returns>The changes, that of a cancellation first; empty where nothing is scheduled, or Polar would refuse to undo it.</returns>
    public static IReadOnlyList<SubscriptionUpdate> UndoScheduled(Subscription current)
    {
        if (current is null)
        {
            throw new ArgumentNullException(nameof(current));
        }

        var changes = new List<SubscriptionUpdate>();
        if (current.CancelAtPeriodEnd == true && current.Status is "active" or "trialing" or "past_due")
        {
            changes.Add(Uncancel());
        }

        if (current.PauseAtPeriodEnd == true && current.Status is "active")
        {
            changes.Add(Unpause());
        }

        if (current.PendingUpdate is not null && !HasEnded(current))
        {
            changes.Add(ClearPending());
        }

        return changes;
    }

    /// <summary>
    /// The change after which a subscription goes on: it ends a pause, which is charged immediately, or undoes a scheduled pause or
    /// cancellation, which is not.
    /// </summary>
    /// <param name="current">The subscription, read just now.</param>
    /// <returns>The change; null where it goes on as it is, or Polar would refuse.</returns>
    public static SubscriptionUpdate? Continue(Subscription current)
    {
        if (current is null)
        {
            throw new ArgumentNullException(nameof(current));
        }

        return current.Status is "paused"
            ? ResumeNow()
            : UndoScheduled(current).FirstOrDefault(change => change is not SubscriptionUpdateClear);
    }

    /// <summary>Whether a subscription has ended, so that nothing can be undone or resumed.</summary>
    /// <param name="current">The subscription, read just now.</param>
    /// <returns>false also for one that has not begun.</returns>
    public static bool HasEnded(Subscription current) =>
        current is null
            ? throw new ArgumentNullException(nameof(current))
            : current.EndedAt is not null || current.Status is "canceled" or "unpaid" or "incomplete_expired";
}

/// <summary>Another product, discount or trial, or other metadata.</summary>
public sealed class SubscriptionUpdateDetails : SubscriptionUpdate
{
    /// <summary>The id of the product to change to.</summary>
    public string? ProductId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>What the change does to the current period: <c>invoice</c> (bills the difference now), <c>prorate</c> (on the next invoice), <c>next_period</c> (waits), <c>reset</c> (a new period at full price now); null for what the organization has set.</summary>
    public string? ProrationBehavior
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The id of the discount from the next period on; null to remove the discount.</summary>
    public string? DiscountId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>When the trial ends: sets or moves it. <see cref="EndTrialNow"/> ends it immediately.</summary>
    public DateTimeOffset? TrialEnd
    {
        get => Get<DateTimeOffset?>();
        set => Set(value);
    }

    /// <summary>Your own keys and values: at most 50 keys of 1 to 40 characters; strings of 1 to 500 characters, numbers, booleans. Replaces what is stored.</summary>
    public IDictionary<string, object?>? Metadata
    {
        get => Get<IDictionary<string, object?>?>();
        set => Set(value);
    }

    // A product or the end of a trial may charge. A discount counts a redemption, and is refused where it is in force already:
    // the second answer would deny the first one's success.
    internal override bool Repeatable => FieldNames().All(name => name is "metadata");

    // A free subscription begins to be paid with its next product, whatever becomes of the current period.
    internal override bool MayCharge =>
        (FieldNames().Contains("product_id") && ProrationBehavior != "next_period")
        // "now", or a time that has passed by the time it arrives.
        || FieldNames().Contains("trial_end");

    /// <summary>
    /// Ends the trial immediately. The first period is charged in the background: if that fails, the subscription is past due.
    /// </summary>
    public void EndTrialNow() => Set("now", nameof(TrialEnd));
}

/// <summary>Another number of seats.</summary>
public sealed class SubscriptionUpdateSeats : SubscriptionUpdate
{
    /// <summary>The number of seats from now on.</summary>
    public int? Seats
    {
        get => Get<int?>();
        set => Set(value);
    }

    internal override bool MayCharge => !IsBilledLater(ProrationBehavior);

    /// <summary>What the change does to the current period: <c>invoice</c> (bills the difference now), <c>prorate</c> (on the next invoice), <c>next_period</c> (waits), <c>reset</c> (a new period at full price now); null for what the organization has set.</summary>
    public string? ProrationBehavior
    {
        get => Get<string?>();
        set => Set(value);
    }
}

/// <summary>Another number of units.</summary>
public sealed class SubscriptionUpdateUnits : SubscriptionUpdate
{
    /// <summary>The number of units from now on, from 1.</summary>
    public int? Units
    {
        get => Get<int?>();
        set => Set(value);
    }

    internal override bool MayCharge => !IsBilledLater(ProrationBehavior);

    /// <summary>What the change does to the current period: <c>invoice</c> (bills the difference now), <c>prorate</c> (on the next invoice), <c>next_period</c> (waits), <c>reset</c> (a new period at full price now); null for what the organization has set.</summary>
    public string? ProrationBehavior
    {
        get => Get<string?>();
        set => Set(value);
    }
}

/// <summary>Another end of the current period.</summary>
public sealed class SubscriptionUpdateBillingPeriod : SubscriptionUpdate
{
    /// <summary>When the current period ends and the next is charged; in the future, earlier or later than now set.</summary>
    public DateTimeOffset? CurrentBillingPeriodEnd
    {
        get => Get<DateTimeOffset?>();
        set => Set(value);
    }

    // What falls due with the end of the period does so when it is told to.
    internal override bool MayCharge => true;
}

/// <summary>What is common to the changes that end a subscription, soon or now.</summary>
public abstract class SubscriptionEnding : SubscriptionUpdate
{
    private protected SubscriptionEnding() { }

    /// <summary>Why: <c>customer_service</c>, <c>low_quality</c>, <c>missing_features</c>, <c>switched_service</c>, <c>too_complex</c>, <c>too_expensive</c>, <c>unused</c>, <c>other</c>; null if not known.</summary>
    public string? CustomerCancellationReason
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The customer's own words; null for none.</summary>
    public string? CustomerCancellationComment
    {
        get => Get<string?>();
        set => Set(value);
    }

    internal void Because(string? reason, string? comment)
    {
        if (reason is not null)
        {
            CustomerCancellationReason = reason;
        }

        if (comment is not null)
        {
            CustomerCancellationComment = comment;
        }
    }
}

/// <summary>Ends the subscription with its current period, or undoes that.</summary>
public sealed class SubscriptionCancel : SubscriptionEnding
{
    /// <summary>true ends it with the current period; false undoes that.</summary>
    public bool? CancelAtPeriodEnd
    {
        get => Get<bool?>();
        set => Set(value);
    }
}

/// <summary>Ends the subscription immediately, which cannot be undone.</summary>
public sealed class SubscriptionRevoke : SubscriptionEnding
{
    /// <summary>A change that revokes.</summary>
    public SubscriptionRevoke() => Revoke = true;

    // The usage of the current meter period is billed.
    internal override bool MayCharge => true;

    /// <summary>Always true.</summary>
    public bool? Revoke
    {
        get => Get<bool?>();
        private set => Set(value);
    }
}

/// <summary>Pauses the subscription when its current period ends, or undoes that.</summary>
public sealed class SubscriptionPause : SubscriptionUpdate
{
    /// <summary>true pauses it when the current period ends; false undoes that.</summary>
    public bool? PauseAtPeriodEnd
    {
        get => Get<bool?>();
        set => Set(value);
    }

    /// <summary>When it resumes automatically, after the end of the period; null for until it is resumed.</summary>
    public DateTimeOffset? ResumesAt
    {
        get => Get<DateTimeOffset?>();
        set => Set(value);
    }
}

/// <summary>Ends a pause. A new period starts and is charged immediately.</summary>
public sealed class SubscriptionResume : SubscriptionUpdate
{
    /// <summary>A change that resumes.</summary>
    public SubscriptionResume() => Resume = true;

    internal override bool MayCharge => true;

    /// <summary>Always true.</summary>
    public bool? Resume
    {
        get => Get<bool?>();
        private set => Set(value);
    }
}

/// <summary>Drops a change that waits for the next period.</summary>
public sealed class SubscriptionUpdateClear : SubscriptionUpdate
{
    /// <summary>A change that drops what waits.</summary>
    public SubscriptionUpdateClear() => PendingUpdate = null;

    /// <summary>Always null, and sent as such.</summary>
    public PendingSubscriptionUpdate? PendingUpdate
    {
        get => Get<PendingSubscriptionUpdate?>();
        private set => Set(value);
    }
}
