namespace PolarPS.Emulator;

/// <summary>
/// What becomes of orders whose payment fails: their subscription falls behind and its benefits go at once, the money is asked
/// for again some times, and in the end the subscription is over.
/// </summary>
internal sealed class Dunning
{
    // Days from one try to the next.
    private static readonly int[] Waits = [2, 5, 7, 7];

    // A moment after the last try, whatever came between.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(Waits.Sum()) + TimeSpan.FromMinutes(1);

    private readonly EmulatorCore _core;

    public Dunning(EmulatorCore core) => _core = core;

    /// <summary>Notes that an order could not be paid for.</summary>
    public void Failed(Document order)
    {
        var row = order.Row;
        if (row.Flag("paid") || Subscription(order) is not { } subscription)
        {
            return;
        }

        if (row.Text("status") == "void")
        {
            SetNext(order, null);
        }
        else if (row.Text("billing_reason") == "subscription_meter_cycle")
        {
            // A little usage does not end a plan that is paid in advance.
            FailedForUsage(order);
        }
        else if (row.Has("next_payment_attempt_at"))
        {
            FailedAgain(order, subscription);
        }
        else if (SubscriptionResource.HasEnded(subscription))
        {
            SetNext(order, null);
        }
        else
        {
            _core.Billing.FallBehind(subscription);
            SetNext(order, _core.Clock.Now.AddDays(Waits[0]));
        }
    }

    /// <summary>Notes that an order was paid for after all: if nothing else is owed, its subscription goes on.</summary>
    public void Paid(Document order)
    {
        Schedule(order);
        if (
            Subscription(order) is { } subscription
            && subscription.Row.Text("status") == "past_due"
            && !_core
                .Store.Referrers(subscription.Id, "orders")
                .Any(other => other.Row.Text("status") == "pending" && other.Row.Has("next_payment_attempt_at"))
        )
        {
            _core.Billing.Recover(subscription);
        }
    }

    /// <summary>Asks again at once for what a customer owes, because it pays with another card now.</summary>
    public void Retry(Document customer, Document method)
    {
        foreach (var subscription in _core.Store.Referrers(customer.Id, "subscriptions"))
        {
            var row = subscription.Row;
            if (
                row.Text("status") != "past_due"
                || row.Has("canceled_at")
                || Timestamps.Parse(row.Text("past_due_at")!) + Longest <= _core.Clock.Now
            )
            {
                continue;
            }

            _core.Billing.PayWith(subscription, method);
            foreach (var order in Pending(subscription))
            {
                _core.Enqueue(() => Try(order, "retry_payment_method_update"));
            }
        }
    }

    /// <summary>Gives up what is owed for a subscription that is over.</summary>
    public void VoidPending(Document subscription)
    {
        foreach (var order in Pending(subscription))
        {
            _core.Orders.Void(order);
        }
    }

    /// <summary>Makes the appointment at which an order is tried again.</summary>
    public void Schedule(Document order) =>
        _core.Schedule.Set(
            order,
            order.Row.Text("next_payment_attempt_at"),
            due =>
            {
                if (Subscription(due) is not { } subscription)
                {
                    return;
                }

                if (due.Row.Text("status") == "void" || subscription.Row.Text("status") == "canceled")
                {
                    SetNext(due, null);
                }
                else
                {
                    Try(due, "retry_dunning");
                }
            },
            "dunning"
        );

    // Only the subscription's own card is tried again.
    private void Try(Document order, string trigger)
    {
        if (order.Row.Text("status") != "pending")
        {
            return;
        }

        if (
            _core.PaymentMethods.Documents.Find(Subscription(order)!.Row.Text("payment_method_id")) is not { } method
            || (!_core.Orders.Charge(order, trigger, method) && PaymentResource.Counts(trigger))
        )
        {
            Failed(order);
        }
    }

    private void FailedAgain(Document order, Document subscription)
    {
        var failed = _core.Payments.Failed(order);
        if (
            failed > Waits.Length
            || (
                subscription.Row.Text("past_due_at") is { } since && Timestamps.Parse(since) + Longest < _core.Clock.Now
            )
        )
        {
            SetNext(order, null);
            if (SubscriptionResource.CanCancel(subscription.Row, immediately: true))
            {
                _core.Billing.Cancel(subscription, immediately: true);
            }

            return;
        }

        SetNext(order, _core.Clock.Now.AddDays(Waits[Math.Max(0, failed - 1)]));
        // Days of grace may have passed.
        _core.Billing.SyncBenefits(subscription);
    }

    private void FailedForUsage(Document order)
    {
        var failed = _core.Payments.Failed(order);
        if (failed > Waits.Length)
        {
            _core.Orders.Void(order);
            return;
        }

        SetNext(order, _core.Clock.Now.AddDays(Waits[Math.Max(0, failed - 1)]));
    }

    private void SetNext(Document order, DateTimeOffset? at)
    {
        _core.Orders.Change(
            order,
            row => row["next_payment_attempt_at"] = at is { } time ? Timestamps.Format(time) : null
        );
        Schedule(order);
    }

    private Document[] Pending(Document subscription) =>
        _core
            .Store.Referrers(subscription.Id, "orders")
            .Where(order => order.Row.Text("status") == "pending")
            .ToArray();

    private Document? Subscription(Document order) =>
        _core.Subscriptions.Documents.Find(order.Row.Text("subscription_id"));
}
