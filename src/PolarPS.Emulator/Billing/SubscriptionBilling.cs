using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace PolarPS.Emulator;

/// <summary>What happens to subscriptions in time: they begin, are renewed, are paused and resumed, fall behind, end.</summary>
internal sealed class SubscriptionBilling
{
    // Days after the first failure at which the money is asked for again; after the last one it is over.
    private static readonly int[] Retries = [2, 7, 14, 21];

    private readonly EmulatorCore _core;

    public SubscriptionBilling(EmulatorCore core) => _core = core;

    /// <summary>Begins a subscription, with its first order unless it begins with a trial.</summary>
    public Document Start(SubscriptionDraft draft)
    {
        var now = _core.Clock.Now;
        var stamp = _core.Clock.Stamp();
        var row = new JsonObject
        {
            ["id"] = _core.Ids.NextId(),
            ["created_at"] = stamp,
            ["modified_at"] = null,
            ["organization_id"] = draft.Customer.OrganizationId,
            ["currency"] = draft.Currency,
            ["status"] = draft.TrialEnd is null ? "active" : "trialing",
            ["current_period_start"] = stamp,
            ["current_meter_period_start"] = null,
            ["current_meter_period_end"] = null,
            ["trial_start"] = draft.TrialEnd is null ? null : stamp,
            ["trial_end"] = draft.TrialEnd is { } end ? Timestamps.Format(end) : null,
            ["cancel_at_period_end"] = false,
            ["canceled_at"] = null,
            ["started_at"] = stamp,
            ["ends_at"] = null,
            ["ended_at"] = null,
            ["past_due_at"] = null,
            ["pause_at_period_end"] = false,
            ["paused_at"] = null,
            ["resumes_at"] = null,
            ["customer_id"] = draft.Customer.Id,
            ["discount_id"] = draft.Discount?.Id,
            ["discount_since"] = stamp,
            ["discount_used"] = false,
            ["checkout_id"] = draft.Checkout?.Id,
            ["seats"] = draft.Seats,
            ["units"] = draft.Units,
            ["chosen_amount"] = draft.Amount,
            ["customer_cancellation_reason"] = null,
            ["customer_cancellation_comment"] = null,
            ["metadata"] = draft.Metadata?.Clone() ?? [],
            ["custom_field_data"] = draft.Answers?.Clone() ?? [],
            ["pending_update"] = null,
            ["pending_items"] = new JsonArray(),
            ["retries"] = 0,
        };
        Put(row, draft.Product, draft.Prices);
        row["current_period_end"] = Timestamps.Format(draft.TrialEnd ?? Next(row, now));
        SetMeterPeriod(row, now);
        var document = _core.Store.Insert("subscriptions", row);
        Reschedule(document);
        _core.Happened("subscription.created", document);
        _core.Happened("subscription.active", document);
        Note("subscription.created", document);
        return document;
    }

    /// <summary>The first order of a subscription, or the order for a new period.</summary>
    public OrderDraft Bill(Document document, string reason)
    {
        var row = document.Row;
        var product = _core.Products.Documents.Find(row.Text("product_id"))!;
        var draft = new OrderDraft(Customer(document), row.Text("currency")!, reason)
        {
            Product = product,
            Subscription = document,
            Checkout = reason == "subscription_create" ? _core.Store["checkouts"].Find(row.Text("checkout_id")) : null,
            Discount = DiscountFor(row),
            Seats = row.Number("seats"),
            Units = row.Number("units"),
            Metadata = row["metadata"] as JsonObject,
            Answers = row["custom_field_data"] as JsonObject,
        };
        foreach (var price in row.Objects("prices").Where(price => !PriceMath.IsMetered(price)))
        {
            draft.Items.Add(
                new OrderItem(Label(product, row), UpFront(row, price), price.Text("id"))
                {
                    IsInclusive = price.Text("tax_behavior") == "inclusive",
                    Start = row.Text("current_period_start"),
                    End = row.Text("current_period_end"),
                }
            );
        }

        foreach (var pending in row.Objects("pending_items"))
        {
            draft.Items.Add(
                new OrderItem(pending.Text("label")!, pending.Number("amount")!.Value, pending.Text("price_id"))
                {
                    IsProration = pending.Flag("proration"),
                    Start = pending.Text("start"),
                    End = pending.Text("end"),
                }
            );
        }

        if (draft.Items.Count == 0)
        {
            draft.Items.Add(new OrderItem(Label(product, row), 0));
        }

        return draft;
    }

    /// <summary>Makes the first order and notes that it is paid for, or not needed.</summary>
    public Document FirstOrder(Document document, Document? method)
    {
        var order = _core.Orders.Add(Bill(document, "subscription_create"));
        _core.Orders.Pay(order, "purchase", method);
        Used(document);
        return order;
    }

    /// <summary>Whether the customer's card would pay for a new period.</summary>
    public bool CanCharge(Document document) =>
        document.Row.Number("amount") == 0 || PaymentMethodResource.IsGood(Card(document));

    /// <summary>Ends a trial and charges for the first period.</summary>
    public void EndTrial(Document document)
    {
        Change(document, row => row["trial_end"] = _core.Clock.Stamp());
        Renew(document);
    }

    /// <summary>Takes a pause back and charges for a new period.</summary>
    public void Resume(Document document)
    {
        Change(
            document,
            static row =>
            {
                row["status"] = "active";
                row["paused_at"] = null;
                row["resumes_at"] = null;
                row["pause_at_period_end"] = false;
            }
        );
        _core.Happened("subscription.resumed", document);
        Note("subscription.resumed", document);
        GrantBenefits(document);
        Renew(document);
    }

    /// <summary>Ends a subscription now.</summary>
    public void End(Document document)
    {
        Change(
            document,
            row =>
            {
                var now = _core.Clock.Stamp();
                row["status"] = "canceled";
                row["canceled_at"] ??= now;
                row["ends_at"] = now;
                row["ended_at"] = now;
                row["pause_at_period_end"] = false;
                row["resumes_at"] = null;
                row["pending_update"] = null;
            }
        );
        _core.Schedule.Set(document, null, Due);
        _core.CustomerSeats.RevokeAll(document);
        _core.BenefitGrants.Revoke(document);
        _core.Happened("subscription.revoked", document);
        Note("subscription.revoked", document);
    }

    /// <summary>Gives a subscription a product and its prices.</summary>
    public static void Put(JsonObject row, Document product, IReadOnlyList<JsonObject> prices)
    {
        var copies = new JsonArray();
        foreach (var price in prices)
        {
            copies.Add((JsonNode)price.Clone());
        }

        row["product_id"] = product.Id;
        row["prices"] = copies;
        row["recurring_interval"] = product.Row.Text("recurring_interval");
        row["recurring_interval_count"] = product.Row.Number("recurring_interval_count") ?? 1;
        row["meter_interval"] = product.Row.Text("meter_interval");
        row["meter_interval_count"] = product.Row.Number("meter_interval_count");
        if (!prices.Any(price => price.Text("amount_type") == "seat_based"))
        {
            row["seats"] = null;
        }
        else
        {
            row["seats"] ??= (
                (JsonObject)prices.First(price => price.Text("amount_type") == "seat_based")["seat_tiers"]!
            ).Number("minimum_seats");
        }

        SetAmount(row);
    }

    /// <summary>Changes product, seats or units, now or later, and settles the difference as wished.</summary>
    public void Switch(Document document, string? behavior, Action<JsonObject> change, string what, JsonNode value)
    {
        var settings = (JsonObject)
            _core.Organizations.Documents.Find(document.OrganizationId)!.Row["subscription_settings"]!;
        behavior ??= settings.Text("proration_behavior") ?? "prorate";
        var before = document.Row;
        var after = before.Clone();
        change(after);
        SetAmount(after);
        if (behavior == "reset")
        {
            var features = (JsonObject)
                _core.Organizations.Documents.Find(document.OrganizationId)!.Row["feature_settings"]!;
            if (!features.Flag("reset_proration_behavior_enabled"))
            {
                throw Problems.Value(
                    Location.Body["proration_behavior"],
                    "Starting a new period immediately is not enabled for this organization.",
                    "reset"
                );
            }
        }

        if (behavior == "next_period")
        {
            Change(
                document,
                row =>
                    row["pending_update"] = new JsonObject
                    {
                        ["created_at"] = _core.Clock.Stamp(),
                        ["modified_at"] = null,
                        ["id"] = _core.Ids.NextId(),
                        ["applies_at"] = row.Copy("current_period_end"),
                        ["product_id"] = what == "product_id" ? value.DeepClone() : null,
                        ["seats"] = what == "seats" ? value.DeepClone() : null,
                        ["units"] = what == "units" ? value.DeepClone() : null,
                    }
            );
            return;
        }

        var newRhythm =
            after.Text("recurring_interval") != before.Text("recurring_interval")
            || after.Number("recurring_interval_count") != before.Number("recurring_interval_count");
        if (before.Text("status") == "trialing")
        {
            Replace(document, after);
        }
        else if (behavior == "reset" || newRhythm)
        {
            // A new rhythm begins a new period; what is left of the old one is taken off.
            var credit = behavior == "reset" ? 0 : -Share(before, before.Number("amount")!.Value);
            RequirePayment(document, after.Number("amount")!.Value + credit);
            Replace(document, after);
            if (credit != 0)
            {
                AddPending(document, "Unused time on the previous plan", credit);
            }

            Renew(document);
        }
        else
        {
            var difference = Share(before, after.Number("amount")!.Value - before.Number("amount")!.Value);
            var now = behavior == "invoice" && difference > 0;
            if (now)
            {
                RequirePayment(document, difference);
            }

            Replace(document, after);
            if (now)
            {
                var draft = new OrderDraft(Customer(document), after.Text("currency")!, "subscription_update")
                {
                    Product = _core.Products.Documents.Find(after.Text("product_id")),
                    Subscription = document,
                    Seats = after.Number("seats"),
                    Units = after.Number("units"),
                };
                draft.Items.Add(
                    new OrderItem("Remaining time on the new plan", difference)
                    {
                        IsProration = true,
                        Start = _core.Clock.Stamp(),
                        End = after.Text("current_period_end"),
                    }
                );
                _core.Orders.Pay(_core.Orders.Add(draft), "subscription_cycle", Card(document));
            }
            else if (difference != 0)
            {
                AddPending(document, "Change within the period", difference);
            }
        }

        if (what == "product_id")
        {
            _core.BenefitGrants.Revoke(document);
            GrantBenefits(document);
        }

        Reschedule(document);
    }

    /// <summary>Makes the appointment at which something happens next.</summary>
    public void Reschedule(Document document)
    {
        var row = document.Row;
        var next = row.Text("status") switch
        {
            "active" or "trialing" => Earlier(row.Text("current_period_end")!, row.Text("current_meter_period_end")),
            "past_due" => RetryAt(row),
            "paused" => row.Text("resumes_at"),
            _ => null,
        };
        _core.Schedule.Set(document, next, Due);
    }

    /// <summary>Notes in the events what happened.</summary>
    public void Note(string name, Document document)
    {
        var row = document.Row;
        var metadata = new JsonObject
        {
            ["subscription_id"] = document.Id,
            ["product_id"] = row.Text("product_id"),
            ["amount"] = row.Number("amount"),
            ["currency"] = row.Text("currency"),
            ["recurring_interval"] = row.Text("recurring_interval"),
            ["recurring_interval_count"] = row.Number("recurring_interval_count"),
        };
        switch (name)
        {
            case "subscription.created":
                metadata["started_at"] = row.Text("started_at");
                break;
            case "subscription.canceled":
                metadata["canceled_at"] = row.Text("canceled_at");
                metadata["cancel_at_period_end"] = row.Flag("cancel_at_period_end");
                break;
            case "subscription.past_due":
                metadata["past_due_at"] = row.Text("past_due_at");
                break;
            case "subscription.paused":
                metadata["paused_at"] = row.Text("paused_at");
                break;
        }

        _core.Events.AddSystem(name, Customer(document), metadata);
    }

    /// <summary>Gives the customer what the product comes with; where seats are sold, their holders get it instead.</summary>
    public void GrantBenefits(Document document)
    {
        if (!document.Row.Has("seats"))
        {
            _core.BenefitGrants.Grant(
                Customer(document),
                null,
                _core.Products.Documents.Find(document.Row.Text("product_id"))!,
                document,
                null
            );
        }
    }

    /// <summary>Whether a discount still counts for the period that begins.</summary>
    public Document? DiscountFor(JsonObject row)
    {
        if (_core.Discounts.Documents.Find(row.Text("discount_id")) is not { } discount)
        {
            return null;
        }

        var counts = discount.Row.Text("duration") switch
        {
            "forever" => true,
            "once" => !row.Flag("discount_used"),
            _ => Timestamps.Parse(row.Text("current_period_start")!)
                < Timestamps
                    .Parse(row.Text("discount_since")!)
                    .AddMonths((int)discount.Row.Number("duration_in_months")!.Value),
        };
        return counts ? discount : null;
    }

    private static string Earlier(string left, string? right) =>
        right is not null && string.CompareOrdinal(right, left) < 0 ? right : left;

    private static string? RetryAt(JsonObject row)
    {
        var tried = (int)(row.Number("retries") ?? 0);
        return tried < Retries.Length
            ? Timestamps.Format(Timestamps.Parse(row.Text("past_due_at")!).AddDays(Retries[tried]))
            : null;
    }

    private static string Label(Document product, JsonObject row)
    {
        var name = product.Row.Text("name")!;
        return row.Number("seats") is { } seats ? $"{name} × {seats} seats" : name;
    }

    private static long UpFront(JsonObject row, JsonObject price) =>
        PriceMath.UpFront(price, row.Number("chosen_amount"), row.Number("seats"), row.Number("units"));

    private static void SetAmount(JsonObject row) =>
        row["amount"] = row.Objects("prices").Sum(price => UpFront(row, price));

    private static DateTimeOffset Next(JsonObject row, DateTimeOffset from) =>
        Periods.Add(from, row.Text("recurring_interval")!, row.Number("recurring_interval_count") ?? 1);

    private static void SetMeterPeriod(JsonObject row, DateTimeOffset start)
    {
        if (row.Text("meter_interval") is not { } interval)
        {
            row["current_meter_period_start"] = null;
            row["current_meter_period_end"] = null;
            return;
        }

        row["current_meter_period_start"] = Timestamps.Format(start);
        row["current_meter_period_end"] = Earlier(
            Timestamps.Format(Periods.Add(start, interval, row.Number("meter_interval_count") ?? 1)),
            row.Text("current_period_end")
        );
    }

    private Document Customer(Document document) => _core.Customers.Documents.Find(document.Row.Text("customer_id"))!;

    private Document? Card(Document document) =>
        _core.PaymentMethods.Documents.Find(Customer(document).Row.Text("default_payment_method_id"));

    private void Change(Document document, Action<JsonObject> change)
    {
        var row = document.Row.Clone();
        change(row);
        Replace(document, row);
    }

    private void Replace(Document document, JsonObject row)
    {
        row["modified_at"] = _core.Clock.Stamp();
        _core.Store.Replace(document, row);
    }

    private void Used(Document document)
    {
        if (document.Row.Has("discount_id") && !document.Row.Flag("discount_used"))
        {
            Change(document, static row => row["discount_used"] = true);
        }
    }

    private void AddPending(Document document, string label, long amount) =>
        Change(
            document,
            row =>
                ((JsonArray)row["pending_items"]!).Add(
                    (JsonNode)
                        new JsonObject
                        {
                            ["label"] = label,
                            ["amount"] = amount,
                            ["proration"] = true,
                            ["start"] = _core.Clock.Stamp(),
                            ["end"] = row.Text("current_period_end"),
                        }
                )
        );

    // The part of an amount that falls on what is left of the period.
    private long Share(JsonObject row, long amount)
    {
        var start = Timestamps.Parse(row.Text("current_period_start")!);
        var end = Timestamps.Parse(row.Text("current_period_end")!);
        var left = Math.Max(0, (end - _core.Clock.Now).Ticks);
        return (long)Math.Round((decimal)amount * left / Math.Max(1, (end - start).Ticks));
    }

    private void RequirePayment(Document document, long amount)
    {
        if (amount > 0 && !PaymentMethodResource.IsGood(Card(document)))
        {
            throw ApiException.Domain(402, "PaymentFailed", "The payment was declined; the subscription is unchanged.");
        }
    }

    private void Due(Document document)
    {
        var row = document.Row;
        var status = row.Text("status");
        if (status == "past_due")
        {
            Retry(document);
        }
        else if (status == "paused")
        {
            Resume(document);
        }
        else if (
            row.Text("current_meter_period_end") is { } meterEnd
            && string.CompareOrdinal(meterEnd, row.Text("current_period_end")) < 0
        )
        {
            BillUsage(document, "subscription_meter_cycle");
            Change(document, changed => SetMeterPeriod(changed, _core.Clock.Now));
            Reschedule(document);
        }
        else if (row.Flag("cancel_at_period_end"))
        {
            BillUsage(document, "subscription_cycle");
            End(document);
        }
        else if (row.Flag("pause_at_period_end"))
        {
            BillUsage(document, "subscription_cycle");
            Change(
                document,
                changed =>
                {
                    changed["status"] = "paused";
                    changed["pause_at_period_end"] = false;
                    changed["paused_at"] = _core.Clock.Stamp();
                }
            );
            _core.BenefitGrants.Revoke(document);
            _core.Happened("subscription.paused", document);
            Note("subscription.paused", document);
            Reschedule(document);
        }
        else
        {
            CollectUsage(document);
            Renew(document);
        }
    }

    // Usage is paid for when its period is over.
    private void CollectUsage(Document document)
    {
        foreach (var item in Usage(document))
        {
            Change(
                document,
                row =>
                    ((JsonArray)row["pending_items"]!).Add(
                        (JsonNode)
                            new JsonObject
                            {
                                ["label"] = item.Label,
                                ["amount"] = item.Amount,
                                ["price_id"] = item.PriceId,
                                ["proration"] = false,
                                ["start"] = item.Start,
                                ["end"] = item.End,
                            }
                    )
            );
        }
    }

    private void BillUsage(Document document, string reason)
    {
        var items = Usage(document);
        if (items.Count == 0)
        {
            return;
        }

        var draft = new OrderDraft(Customer(document), document.Row.Text("currency")!, reason)
        {
            Product = _core.Products.Documents.Find(document.Row.Text("product_id")),
            Subscription = document,
        };
        draft.Items.AddRange(items);
        _core.Orders.Pay(_core.Orders.Add(draft), "subscription_cycle", Card(document));
    }

    private List<OrderItem> Usage(Document document)
    {
        var items = new List<OrderItem>();
        if (document.Row.Text("status") == "trialing")
        {
            return items;
        }

        _core.CustomerMeters.Refresh();
        foreach (var price in document.Row.Objects("prices").Where(PriceMath.IsMetered))
        {
            var (consumed, _, amount) = _core.Subscriptions.Usage(document, price);
            if (amount > 0)
            {
                var meter = _core.Meters.Documents.Find(price.Text("meter_id"))!.Row.Text("name");
                items.Add(
                    new OrderItem(FormattableString.Invariant($"{meter}: {consumed:0.##}"), amount, price.Text("id"))
                    {
                        Start =
                            document.Row.Text("current_meter_period_start")
                            ?? document.Row.Text("current_period_start"),
                        End = _core.Clock.Stamp(),
                    }
                );
            }
        }

        return items;
    }

    // Begins a new period and charges for it.
    private void Renew(Document document)
    {
        var now = _core.Clock.Now;
        Change(
            document,
            row =>
            {
                ApplyPending(row);
                row["status"] = "active";
                row["current_period_start"] = Timestamps.Format(now);
                row["current_period_end"] = Timestamps.Format(Next(row, now));
                SetMeterPeriod(row, now);
            }
        );
        var order = _core.Orders.Add(Bill(document, "subscription_cycle"));
        Change(document, static row => row["pending_items"] = new JsonArray());
        Used(document);
        _core.BenefitGrants.Cycle(document);
        if (_core.Orders.Pay(order, "subscription_cycle", Card(document)))
        {
            Reschedule(document);
            _core.Happened("subscription.cycled", document);
            Note("subscription.cycled", document);
            return;
        }

        Change(
            document,
            row =>
            {
                row["status"] = "past_due";
                row["past_due_at"] = Timestamps.Format(now);
                row["retries"] = 0;
                row["unpaid_order_id"] = order.Id;
            }
        );
        _core.Orders.ChangeOrder(order, row => row["next_payment_attempt_at"] = RetryAt(document.Row));
        Reschedule(document);
        _core.Happened("subscription.past_due", document);
        Note("subscription.past_due", document);
    }

    private void ApplyPending(JsonObject row)
    {
        if (row["pending_update"] is not JsonObject pending)
        {
            return;
        }

        row["pending_update"] = null;
        if (_core.Products.Documents.Find(pending.Text("product_id")) is { } product)
        {
            Put(row, product, PriceMath.In(product.Row.Objects("prices"), row.Text("currency")!).ToArray());
        }

        row["seats"] = pending.Copy("seats") ?? row.Copy("seats");
        row["units"] = pending.Copy("units") ?? row.Copy("units");
        SetAmount(row);
    }

    private void Retry(Document document)
    {
        var order = _core.Orders.Documents.Find(document.Row.Text("unpaid_order_id"))!;
        if (_core.Orders.Pay(order, "retry_dunning", Card(document)))
        {
            Recover(document);
            return;
        }

        Change(document, static row => row["retries"] = row.Number("retries") + 1);
        var next = RetryAt(document.Row);
        _core.Orders.ChangeOrder(order, row => row["next_payment_attempt_at"] = next);
        if (next is null)
        {
            _core.Orders.ChangeOrder(order, static row => row["status"] = "void");
            End(document);
        }
        else
        {
            Reschedule(document);
        }
    }

    /// <summary>Brings a subscription back that had fallen behind.</summary>
    public void Recover(Document document)
    {
        Change(
            document,
            static row =>
            {
                row["status"] = "active";
                row["past_due_at"] = null;
                row["retries"] = 0;
            }
        );
        Reschedule(document);
        _core.Happened("subscription.active", document);
        Note("subscription.reactivated", document);
    }
}
