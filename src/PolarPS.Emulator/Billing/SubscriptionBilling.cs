// Long because a period's end is one story, in the order in which Polar's worker does it.

namespace PolarPS.Emulator;

/// <summary>
/// What happens to subscriptions in time: they begin, are renewed, are paused and resumed, fall behind, end. What is to be paid
/// is collected in entries, from which bills are made.
/// </summary>
internal sealed class SubscriptionBilling
{
    // What a customer says of why it leaves.
    private static readonly string[] Reasons = ["customer_cancellation_reason", "customer_cancellation_comment"];

    private readonly EmulatorCore _core;

    public SubscriptionBilling(EmulatorCore core) => _core = core;

    /// <summary>Begins a subscription, or gives a free one that is upgraded what was bought for it.</summary>
    public Document Start(SubscriptionDraft draft)
    {
        var now = _core.Clock.Now;
        var stamp = _core.Clock.Stamp();
        var existing = draft.Existing;
        var before = existing is null ? default : Standing.Of(existing);
        var row = existing?.Row.Clone() ?? NewRow(draft.Customer, stamp);
        row["currency"] = draft.Currency;
        row["status"] = draft.TrialEnd is null ? "active" : "trialing";
        row["current_period_start"] = stamp;
        row["trial_start"] = draft.TrialEnd is null ? null : stamp;
        row["trial_end"] = draft.TrialEnd is { } end ? Timestamps.Format(end) : null;
        row["anchor_day"] = now.Day;
        row["checkout_id"] = draft.Checkout?.Id;
        row["payment_method_id"] = draft.Method?.Id;
        row["tax_behavior"] = draft.TaxBehavior;
        row["seats"] = draft.Seats;
        row["units"] = draft.Units;
        row["custom_field_data"] = draft.Answers?.Clone() ?? [];
        row["discount_id"] = draft.Discount?.Id;
        row["discount_applied_at"] = draft.Discount is null || draft.TrialEnd is not null ? null : stamp;
        var metadata = (JsonObject)row["metadata"]!;
        foreach (var pair in draft.Metadata ?? [])
        {
            metadata[pair.Key] = pair.Value?.DeepClone();
        }

        Put(row, draft.Product, draft.Prices, draft.Amount);
        row["current_period_end"] = Timestamps.Format(draft.TrialEnd ?? Next(row, now));
        SetMeterPeriod(row, draft.TrialEnd is null ? now : null);
        Document document;
        if (existing is null)
        {
            row["id"] = _core.Ids.NextId();
            document = _core.Store.Insert("subscriptions", row);
            _core.Happened("subscription.created", document);
            Note("subscription.created", document);
            _core.Happened("subscription.active", document);
            _core.StateChanged(draft.Customer.Id);
            // Not only after changes.
            _core.Happened("subscription.updated", document);
        }
        else
        {
            document = existing;
            Replace(document, row);
            Tell(document, before);
        }

        if (PriceMath.Of(draft.Prices, "seat_based") is not null)
        {
            _core.Customers.MakeTeam(draft.Customer);
        }

        if (draft.Checkout is not null)
        {
            ResetMeters(document, now);
        }

        Reschedule(document);
        SyncBenefits(document);
        return document;
    }

    /// <summary>
    /// Lets a period end: what comes after is a new one, a pause, or nothing. The bill is made by itself, and may fail. The
    /// caller tells of the change.
    /// </summary>
    public void EndPeriod(Document document)
    {
        var before = Standing.Of(document);
        var row = document.Row;
        var ends = row.Flag("cancel_at_period_end");
        if (!ends && row.Flag("pause_at_period_end"))
        {
            Change(
                document,
                changed =>
                {
                    changed["status"] = "paused";
                    changed["pause_at_period_end"] = false;
                    changed["paused_at"] = _core.Clock.Stamp();
                }
            );
            Reschedule(document);
            SyncBenefits(document);
            return;
        }

        var cycleAt = Timestamps.Parse(row.Text("current_period_end")!);
        if (ends)
        {
            Change(
                document,
                changed =>
                {
                    changed["status"] = "canceled";
                    changed["ended_at"] = _core.Clock.Stamp();
                }
            );
            SyncBenefits(document);
        }
        else
        {
            BeginPeriod(document, wasTrial: before.Status == "trialing");
        }

        var now = _core.Clock.Now;
        ResetMeters(document, cycleAt < now ? cycleAt : now);
        Reschedule(document);
        if (!ends)
        {
            _core.Happened("subscription.cycled", document);
        }

        var reason =
            ends ? "subscription_cancel"
            : before.Status == "trialing" ? "subscription_cycle_after_trial"
            : "subscription_cycle";
        _core.Enqueue(() => Bill(document, reason));
    }

    /// <summary>Takes a pause back: a new period begins now, and is charged for.</summary>
    public void Resume(Document document)
    {
        var now = _core.Clock.Now;
        Change(
            document,
            row =>
            {
                row["status"] = "active";
                row["paused_at"] = null;
                row["resumes_at"] = null;
                row["current_period_start"] = Timestamps.Format(now);
                row["anchor_day"] = now.Day;
                row["current_period_end"] = Timestamps.Format(Next(row, now));
                SetMeterPeriod(row, now);
                DropExpiredDiscount(row, now);
            }
        );
        ResetMeters(document, now);
        SyncBenefits(document);
        AddPeriod(document);
        Reschedule(document);
        _core.Enqueue(() => Bill(document, "subscription_cycle"));
    }

    /// <summary>Ends a subscription, now or at the end of its period.</summary>
    public void Cancel(Document document, bool immediately, JsonObject? reason = null, bool revokesBenefits = true)
    {
        var before = Standing.Of(document);
        var stamp = _core.Clock.Stamp();
        if (immediately && document.Row.Has("current_meter_period_end"))
        {
            Settle(document);
        }

        Change(
            document,
            row =>
            {
                row["canceled_at"] = stamp;
                row["pause_at_period_end"] = false;
                row["resumes_at"] = null;
                foreach (var name in Reasons)
                {
                    if (!string.IsNullOrEmpty(reason?.Text(name)))
                    {
                        row[name] = reason!.Text(name);
                    }
                }

                if (immediately)
                {
                    row["ends_at"] = stamp;
                    row["ended_at"] = stamp;
                    row["status"] = "canceled";
                }
                else
                {
                    row["cancel_at_period_end"] = true;
                    row["ends_at"] = row.Copy("current_period_end");
                }
            }
        );
        Reschedule(document);
        if (immediately && revokesBenefits)
        {
            SyncBenefits(document);
        }

        Tell(document, before);
    }

    /// <summary>Notes that a renewal was not paid for.</summary>
    public void FallBehind(Document document)
    {
        var before = Standing.Of(document);
        Change(
            document,
            row =>
            {
                row["status"] = "past_due";
                row["past_due_at"] ??= _core.Clock.Stamp();
            }
        );
        Reschedule(document);
        Tell(document, before);
        SyncBenefits(document);
    }

    /// <summary>Brings a subscription back that had fallen behind.</summary>
    public void Recover(Document document)
    {
        var before = Standing.Of(document);
        Change(
            document,
            static row =>
            {
                row["status"] = "active";
                row["past_due_at"] = null;
            }
        );
        if (document.Row.Has("meter_interval"))
        {
            Settle(document);
            ResetMeters(document, _core.Clock.Now);
        }

        Reschedule(document);
        Tell(document, before);
        SyncBenefits(document);
    }

    /// <summary>The bill of what is to be paid for a subscription; none where nothing is.</summary>
    /// <param name="document">The subscription.</param>
    /// <param name="reason">Why there is a bill.</param>
    /// <param name="isSync">Whether the change that it is for is refused if it is not paid at once.</param>
    public void Bill(Document document, string reason, bool isSync = false)
    {
        var items = Entries(document).ToList();
        if (reason != "subscription_update")
        {
            items.AddRange(_core.Usage.Bill(document));
        }

        if (items.Count > 0)
        {
            Charge(document, items, reason, isSync);
        }
    }

    /// <summary>The bill of the usage only, between renewals.</summary>
    public void Settle(Document document)
    {
        if (_core.Usage.Bill(document) is { Count: > 0 } items)
        {
            Charge(document, items, "subscription_meter_cycle", isSync: false);
        }
    }

    /// <summary>The order of nothing with which a trial begins.</summary>
    public OrderDraft TrialOrder(Document document, Document? checkout, string reason)
    {
        var row = document.Row;
        var product = _core.Products.Documents.Find(row.Text("product_id"))!;
        return new OrderDraft(Customer(document), row.Text("currency")!, reason, new OrderAmounts(0, 0, Tax.None))
        {
            Status = "paid",
            Items =
            [
                new OrderItem("Trial of " + product.Row.Text("name"), 0)
                {
                    Start = row.Text("trial_start"),
                    End = row.Text("trial_end"),
                },
            ],
            Product = product,
            Subscription = document,
            Checkout = checkout,
            Metadata = row["metadata"] as JsonObject,
            Answers = row["custom_field_data"] as JsonObject,
        };
    }

    /// <summary>Puts something on the next bill.</summary>
    /// <param name="document">The subscription.</param>
    /// <param name="price">The price that it is by.</param>
    /// <param name="label">What it is.</param>
    /// <param name="amount">How much, in minor units; below zero for a credit.</param>
    /// <param name="isProration">Whether it is for a part of a period.</param>
    /// <param name="start">From when.</param>
    /// <param name="end">Until when.</param>
    public void AddEntry(
        Document document,
        JsonObject price,
        string label,
        long amount,
        bool isProration,
        string start,
        string end
    ) =>
        Change(
            document,
            row =>
                ((JsonArray)row["entries"]!).Add(
                    (JsonNode)
                        new JsonObject
                        {
                            ["label"] = label,
                            ["amount"] = amount,
                            ["price_id"] = price.Text("id"),
                            ["proration"] = isProration,
                            ["start"] = start,
                            ["end"] = end,
                        }
                )
        );

    /// <summary>Notes up to which event the usage of a meter is billed.</summary>
    public void SetBilled(Document document, string meterId, int count) =>
        Change(document, row => ((JsonObject)row["billed"]!)[meterId] = count);

    /// <summary>The card that a subscription is paid with: its own, else the customer's usual one.</summary>
    public Document? Method(Document document) =>
        _core.PaymentMethods.Documents.Find(document.Row.Text("payment_method_id"))
        ?? _core.PaymentMethods.Documents.Find(Customer(document).Row.Text("default_payment_method_id"));

    /// <summary>Lets a subscription be paid with another card.</summary>
    public void PayWith(Document document, Document method) =>
        Change(document, row => row["payment_method_id"] = method.Id);

    /// <summary>Gives a subscription a product and its prices.</summary>
    public void Put(JsonObject row, Document product, IReadOnlyList<JsonObject> prices, long? chosen = null)
    {
        var copies = new JsonArray();
        foreach (var price in prices)
        {
            var copy = price.Clone();
            copy["charged"] = PriceMath.UpFront(price, chosen, row.Number("seats"), row.Number("units"));
            copies.Add((JsonNode)copy);
        }

        row["product_id"] = product.Id;
        row["prices"] = copies;
        row["recurring_interval"] = product.Row.Text("recurring_interval");
        row["recurring_interval_count"] = product.Row.Number("recurring_interval_count") ?? 1;
        row["meter_interval"] = product.Row.Text("meter_interval");
        row["meter_interval_count"] = product.Row.Number("meter_interval_count");
        SetAmount(row);
    }

    /// <summary>Works out again what a period costs, after the discount.</summary>
    public void SetAmount(JsonObject row)
    {
        var amount = row.Objects("prices").Sum(price => price.Number("charged") ?? 0);
        if (Discount(row) is { } discount)
        {
            amount -= Discounts.Amount(discount.Row, amount, row.Text("currency")!);
        }

        // What the last bill told of the tax within the price goes on until the next one.
        var (before, net) = (row.Number("amount") ?? 0, row.Number("net_amount") ?? 0);
        row["amount"] = amount;
        row["net_amount"] = before == 0 ? amount : Rounding.HalfEven((decimal)amount * net / before);
    }

    /// <summary>Works out again what seats and units cost.</summary>
    public void SetQuantity(JsonObject row)
    {
        foreach (var price in row.Objects("prices"))
        {
            if (price.Text("amount_type") is "seat_based" or "unit_based")
            {
                price["charged"] = PriceMath.UpFront(price, null, row.Number("seats"), row.Number("units"));
            }
        }

        SetAmount(row);
    }

    /// <summary>The discount that a subscription has; deleted ones go on for those who have them.</summary>
    public Document? Discount(JsonObject row) => _core.Discounts.Documents.Find(row.Text("discount_id"));

    /// <summary>When a period ends that begins at a time.</summary>
    public static DateTimeOffset Next(JsonObject row, DateTimeOffset start) =>
        Periods.Next(
            start,
            row.Number("anchor_day")!.Value,
            row.Text("recurring_interval")!,
            row.Number("recurring_interval_count") ?? 1
        );

    /// <summary>Starts the clock by which usage is settled, if there is one; null stops it.</summary>
    public static void SetMeterPeriod(JsonObject row, DateTimeOffset? start)
    {
        if (start is not { } time || row.Text("meter_interval") is null)
        {
            row["current_meter_period_start"] = null;
            row["current_meter_period_end"] = null;
            return;
        }

        row["current_meter_period_start"] = Timestamps.Format(time);
        row["current_meter_period_end"] = Timestamps.Format(NextMeterPeriod(row, time));
    }

    /// <summary>Makes the appointment at which something happens next.</summary>
    public void Reschedule(Document document)
    {
        var row = document.Row;
        var next = row.Text("status") switch
        {
            "active" or "trialing" or "past_due" => Earlier(
                row.Text("current_period_end")!,
                row.Text("current_meter_period_end")
            ),
            "paused" => row.Text("resumes_at"),
            _ => null,
        };
        _core.Schedule.Set(document, next, Due);
    }

    /// <summary>Gives or takes what the product comes with, as the state of the subscription says; after what is at hand.</summary>
    public void SyncBenefits(Document document) =>
        _core.Enqueue(() =>
        {
            var row = document.Row;
            var product = _core.Products.Documents.Find(row.Text("product_id"))!;
            var isActive = SubscriptionResource.IsActive(document);
            if (!isActive && IsWithinGrace(document))
            {
                return;
            }

            if (
                PriceMath.Of(product.Row.Objects("prices").Where(price => !price.Flag("is_archived")), "seat_based")
                is not null
            )
            {
                // Who holds a seat has the benefits.
                if (!isActive)
                {
                    _core.CustomerSeats.RevokeAll(document);
                }
            }
            else if (isActive)
            {
                _core.BenefitGrants.Grant(Customer(document), null, product, document, null);
            }
            else
            {
                _core.BenefitGrants.Revoke(document);
            }
        });

    /// <summary>Tells what a change came to.</summary>
    public void Tell(Document document, Standing before)
    {
        var row = document.Row;
        var after = Standing.Of(document);
        _core.Happened("subscription.updated", document);
        var resumed = after.IsActive && before.Status == "paused";
        if (after.IsActive && !before.IsActive && !resumed)
        {
            _core.Happened("subscription.active", document);
            if (before.Status == "past_due")
            {
                Note("subscription.reactivated", document);
            }
        }

        void Became(bool is_, string what)
        {
            if (is_)
            {
                _core.Happened("subscription." + what, document);
                Note("subscription." + what, document);
            }
        }

        Became(after.Status == "paused" && before.Status != "paused", "paused");
        Became(resumed, "resumed");
        Became(!after.IsCanceled && before.IsCanceled, "uncanceled");
        Became(after.Status == "past_due" && before.Status != "past_due", "past_due");
        var revoked = after.IsRevoked && !before.IsRevoked;
        Became((after.IsCanceled && !before.IsCanceled) || (revoked && before.IsCanceled), "canceled");
        Became(revoked, "revoked");
        if (revoked)
        {
            _core.Enqueue(() => _core.Dunning.VoidPending(document));
        }

        _core.StateChanged(row.Text("customer_id"));
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
                foreach (
                    var member in new[] { "customer_cancellation_reason", "customer_cancellation_comment", "ends_at" }
                )
                {
                    if (row.Text(member) is { } text)
                    {
                        metadata[member] = text;
                    }
                }

                metadata["cancel_at_period_end"] = row.Flag("cancel_at_period_end");
                break;
            case "subscription.past_due":
                metadata["past_due_at"] = row.Text("past_due_at");
                break;
            case "subscription.paused":
                metadata["paused_at"] = row.Text("paused_at");
                if (row.Text("resumes_at") is { } resumes)
                {
                    metadata["resumes_at"] = resumes;
                }

                break;
        }

        _core.Events.AddSystem(name, Customer(document), metadata);
    }

    /// <summary>How something is called on a bill: by its product, with the number of seats or units.</summary>
    public static string Label(JsonObject row, JsonObject price, Document product) =>
        product.Row.Text("name")
        + price.Text("amount_type") switch
        {
            "seat_based" => $" ({Counted(row.Number("seats") ?? 0, "seat")})",
            "unit_based" => $" ({Counted(row.Number("units") ?? 0, "unit")})",
            _ => string.Empty,
        };

    public void Change(Document document, Action<JsonObject> change)
    {
        var row = document.Row.Clone();
        change(row);
        Replace(document, row);
    }

    public Document Customer(Document document) => _core.Customers.Documents.Find(document.Row.Text("customer_id"))!;

    public void ResetMeters(Document document, DateTimeOffset at)
    {
        foreach (
            var meterId in document
                .Row.Objects("prices")
                .Where(PriceMath.IsMetered)
                .Select(price => price.Text("meter_id")!)
                .Distinct()
                .ToArray()
        )
        {
            _core.CustomerMeters.Reset(Customer(document), meterId, at);
        }
    }

    private static string Counted(long number, string what) =>
        string.Format(CultureInfo.InvariantCulture, number == 1 ? "{0} {1}" : "{0} {1}s", number, what);

    private static string Earlier(string left, string? right) =>
        right is not null && string.CompareOrdinal(right, left) < 0 ? right : left;

    private static DateTimeOffset NextMeterPeriod(JsonObject row, DateTimeOffset start) =>
        Periods.Next(
            start,
            row.Number("anchor_day")!.Value,
            row.Text("meter_interval")!,
            row.Number("meter_interval_count") ?? 1
        );

    private static JsonObject NewRow(Document customer, string stamp) =>
        new()
        {
            ["id"] = null,
            ["created_at"] = stamp,
            ["modified_at"] = null,
            ["organization_id"] = customer.OrganizationId,
            ["cancel_at_period_end"] = false,
            ["canceled_at"] = null,
            ["started_at"] = stamp,
            ["ends_at"] = null,
            ["ended_at"] = null,
            ["past_due_at"] = null,
            ["pause_at_period_end"] = false,
            ["paused_at"] = null,
            ["resumes_at"] = null,
            ["customer_id"] = customer.Id,
            ["customer_cancellation_reason"] = null,
            ["customer_cancellation_comment"] = null,
            ["metadata"] = new JsonObject(),
            ["pending_update"] = null,
            ["entries"] = new JsonArray(),
            ["billed"] = new JsonObject(),
        };

    private void Replace(Document document, JsonObject row)
    {
        row["modified_at"] = _core.Clock.Stamp();
        _core.Store.Replace(document, row);
    }

    private bool IsWithinGrace(Document document)
    {
        var settings = (JsonObject)
            _core.Organizations.Documents.Find(document.OrganizationId)!.Row["subscription_settings"]!;
        return document.Row.Text("status") == "past_due"
            && document.Row.Text("past_due_at") is { } since
            && Timestamps.Parse(since).AddDays(settings.Number("benefit_revocation_grace_period") ?? 0)
                > _core.Clock.Now;
    }

    private void BeginPeriod(Document document, bool wasTrial)
    {
        var resets = _core.Updates.ApplyPending(document);
        Change(
            document,
            row =>
            {
                if (!resets)
                {
                    var start = Timestamps.Parse(row.Text("current_period_end")!);
                    row["current_period_start"] = row.Copy("current_period_end");
                    if (wasTrial)
                    {
                        row["anchor_day"] = start.Day;
                    }

                    row["current_period_end"] = Timestamps.Format(Next(row, start));
                }

                DropExpiredDiscount(row, Timestamps.Parse(row.Text("current_period_start")!));
            }
        );
        AddPeriod(document);
        Change(
            document,
            row =>
            {
                if (wasTrial)
                {
                    row["status"] = "active";
                }

                SetMeterPeriod(row, Timestamps.Parse(row.Text("current_period_start")!));
            }
        );
    }

    // A discount counts from the first period that is billed with it.
    private void DropExpiredDiscount(JsonObject row, DateTimeOffset periodStart)
    {
        if (Discount(row) is not { } discount)
        {
            return;
        }

        row["discount_applied_at"] ??= row.Copy("current_period_start");
        if (Discounts.IsOver(discount.Row, Timestamps.Parse(row.Text("discount_applied_at")!), periodStart))
        {
            row["discount_id"] = null;
            row["discount_applied_at"] = null;
            SetAmount(row);
        }
    }

    // What a period costs that begins.
    private void AddPeriod(Document document)
    {
        Note("subscription.cycled", document);
        var row = document.Row;
        var product = _core.Products.Documents.Find(row.Text("product_id"))!;
        foreach (var price in row.Objects("prices").Where(price => !PriceMath.IsMetered(price)).ToArray())
        {
            AddEntry(
                document,
                price,
                Label(row, price, product),
                price.Number("charged")!.Value,
                isProration: false,
                row.Text("current_period_start")!,
                row.Text("current_period_end")!
            );
        }
    }

    private OrderItem[] Entries(Document document)
    {
        var entries = document
            .Row.Objects("entries")
            .Select(entry => new OrderItem(entry.Text("label")!, entry.Number("amount")!.Value, entry.Text("price_id"))
            {
                IsProration = entry.Flag("proration"),
                Start = entry.Text("start"),
                End = entry.Text("end"),
            })
            .ToArray();
        if (entries.Length > 0)
        {
            Change(document, static row => row["entries"] = new JsonArray());
        }

        return entries;
    }

    private void Charge(Document document, List<OrderItem> items, string reason, bool isSync)
    {
        var row = document.Row;
        var customer = Customer(document);
        var currency = row.Text("currency")!;
        var discount = Discount(row);
        // A fixed amount is taken off a period, not off each bill within it.
        if (reason == "subscription_meter_cycle" && discount?.Row.Text("type") == "fixed")
        {
            discount = null;
        }

        var amounts = OrderAmounts.Of(
            items,
            discount?.Row,
            currency,
            amount =>
                Taxes.On(
                    amount,
                    row.Text("tax_behavior") ?? _core.TaxOf(document.OrganizationId),
                    customer.Row["billing_address"] as JsonObject,
                    customer.Row.Has("tax_id")
                )
        );
        var applied = OrderAmounts.ApplyBalance(amounts.Total, _core.Balances.Of(customer, currency));
        _core.Balances.Add(customer, currency, amounts.Total >= 0 ? applied : -amounts.Total);
        UseNet(document, amounts);
        var order = _core.Orders.Add(
            new OrderDraft(customer, currency, reason, amounts)
            {
                Items = items,
                AppliedBalance = applied,
                Product = _core.Products.Documents.Find(row.Text("product_id")),
                Subscription = document,
                Discount = discount,
                Metadata = row["metadata"] as JsonObject,
                Answers = row["custom_field_data"] as JsonObject,
            }
        );
        if (order.Row.Number("due_amount") <= 0)
        {
            _core.Orders.MarkPaid(order);
        }
        else if (isSync)
        {
            if (Method(document) is not { } method || !_core.Orders.Charge(order, "subscription_cycle", method))
            {
                throw ApiException.Domain(
                    402,
                    "PaymentFailed",
                    "The payment was declined; the subscription is as it was."
                );
            }
        }
        else if (Method(document) is { } method)
        {
            if (!_core.Orders.Charge(order, "subscription_cycle", method))
            {
                _core.Dunning.Failed(order);
            }
        }
        else
        {
            _core.Dunning.Failed(order);
            _core.Happened("order.updated", order);
        }
    }

    /// <summary>Takes over from a bill what of a period's price is not tax.</summary>
    public void UseNet(Document document, OrderAmounts amounts)
    {
        if (amounts.Tax.Behavior is null || amounts.Total <= 0)
        {
            return;
        }

        Change(
            document,
            row =>
                row["net_amount"] = amounts.Tax.IsInclusive
                    ? Rounding.HalfEven((decimal)row.Number("amount")!.Value * amounts.Net / amounts.Total)
                    : row.Number("amount")
        );
    }

    private void Due(Document document)
    {
        var row = document.Row;
        if (row.Text("status") == "paused")
        {
            var before = Standing.Of(document);
            Resume(document);
            Tell(document, before);
        }
        else if (string.CompareOrdinal(row.Text("current_period_end"), Timestamps.Format(_core.Clock.Now)) <= 0)
        {
            var before = Standing.Of(document);
            EndPeriod(document);
            Tell(document, before);
        }
        else
        {
            CycleMeters(document);
        }
    }

    // The end of a period of usage, within one of the plan.
    private void CycleMeters(Document document)
    {
        var boundary = Timestamps.Parse(document.Row.Text("current_meter_period_end")!);
        if (SubscriptionResource.IsActive(document))
        {
            Change(document, row => DropExpiredDiscount(row, boundary));
            Settle(document);
            ResetMeters(document, _core.Clock.Now);
            _core.Enqueue(() => _core.BenefitGrants.Cycle(document));
        }

        Change(document, row => SetMeterPeriod(row, boundary));
        Reschedule(document);
    }
}

/// <summary>What of a subscription's state decides what is told of a change.</summary>
internal readonly record struct Standing(string? Status, bool IsCanceled)
{
    public bool IsActive => Status is "active" or "trialing";

    public bool IsRevoked => Status is "canceled" or "unpaid";

    public static Standing Of(Document document) => new(document.Row.Text("status"), document.Row.Has("canceled_at"));
}
