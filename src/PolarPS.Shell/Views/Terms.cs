namespace PolarPS.Views;

/// <summary>What a subscription costs, where it stands and when it renews; the same of a customer's state.</summary>
internal readonly struct Terms
{
    private readonly string? _status;
    private readonly long? _amount;
    private readonly string? _currency;
    private readonly string _interval;
    private readonly bool _hasUsage;
    private readonly bool _ends;
    private readonly bool _pauses;
    private readonly DateTimeOffset? _periodEnd;
    private readonly DateTimeOffset? _endsAt;

    private Terms(Subscription item)
    {
        (_status, _amount, _currency) = (item.Status, item.Amount, item.Currency);
        _interval = Formatting.Interval(item.RecurringInterval, item.RecurringIntervalCount);
        _hasUsage = item.Prices?.Any(static price => price?.MeterId is not null) == true;
        (_ends, _pauses) = (item.CancelAtPeriodEnd == true, item.PauseAtPeriodEnd == true);
        (_periodEnd, _endsAt) = (item.CurrentPeriodEnd, item.EndsAt);
    }

    private Terms(CustomerStateSubscription item)
    {
        (_status, _amount, _currency) = (item.Status, item.Amount, item.Currency);
        _interval = Formatting.Interval(item.RecurringInterval, null);
        _hasUsage = item.Meters is { Count: > 0 };
        _ends = item.CancelAtPeriodEnd == true;
        (_periodEnd, _endsAt) = (item.CurrentPeriodEnd, item.EndsAt);
    }

    /// <summary>Of a subscription, as it is itself or in a customer's state; null for anything else.</summary>
    public static Terms? Of(object? item) =>
        item switch
        {
            Subscription subscription => new Terms(subscription),
            CustomerStateSubscription subscription => new Terms(subscription),
            _ => null,
        };

    /// <summary>What a period costs after the discount and without tax that is added, in major units.</summary>
    public decimal? Price => Money.ToDecimal(_amount, _currency);

    /// <summary>The same in words: <c>$49.00/month</c>, <c>$29.00/month + usage</c>, <c>usage</c>, <c>free</c>; empty when it is not known.</summary>
    public string PriceText =>
        _amount switch
        {
            null => string.Empty,
            0 => _hasUsage ? "usage" : "free",
            _ => VisibleText.Of(Money.Format(_amount, _currency))
                + (_interval.Length > 0 ? "/" + _interval : string.Empty)
                + (_hasUsage ? " + usage" : string.Empty),
        };

    /// <summary>The status, or <c>ends</c> or <c>pauses</c> where that is about to happen.</summary>
    public string? State =>
        !IsRunning ? _status
        : _ends ? "ends"
        : _pauses ? "pauses"
        : _status;

    /// <summary>The same with the day: <c>ends Jan 31</c>, and of a later year <c>ends Jan 2028</c>.</summary>
    public string StateText
    {
        get
        {
            if (!IsRunning || !(_ends || _pauses) || (_endsAt ?? _periodEnd) is not { } end)
            {
                return VisibleText.Of(State);
            }

            var day = end - DateTimeOffset.Now < TimeSpan.FromDays(300) ? "MMM d" : "MMM yyyy";
            return VisibleText.Of($"{State} {end.LocalDateTime.ToString(day, CultureInfo.CurrentCulture)}");
        }
    }

    /// <summary>When the next period begins; null where none is to begin.</summary>
    public DateTimeOffset? Renews => IsRunning && !_ends && !_pauses ? _periodEnd : null;

    private bool IsRunning => _status is "active" or "trialing" or "past_due";
}
