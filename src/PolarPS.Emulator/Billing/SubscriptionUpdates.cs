// Long because one request can change product, seats, trial, discount and end at once, and the rules of one look at the others.

namespace PolarPS.Emulator;

/// <summary>
/// Changes of what is subscribed to: product, seats, units, discount, trial. They count at once, with what they cost on the next
/// bill or one of their own, or wait for the next period.
/// </summary>
internal sealed class SubscriptionUpdates
{
    private readonly EmulatorCore _core;

    public SubscriptionUpdates(EmulatorCore core) => _core = core;

    /// <summary>Changes the product.</summary>
    /// <param name="document">The subscription.</param>
    /// <param name="productId">The product that it is to be for.</param>
    /// <param name="behavior">How what it costs is settled; null for what the organization has set.</param>
    /// <param name="discount">The discount that it is to have from then on.</param>
    /// <param name="visibilities">Which products may be chosen; null for all.</param>
    public void ChangeProduct(
        Document document,
        string productId,
        string? behavior,
        DiscountChange discount,
        params string[] visibilities
    )
    {
        behavior = Behavior(document, behavior);
        var (product, prices) = CheckProduct(document, productId, visibilities);
        var isTrial = document.Row.Text("status") == "trialing";
        var trialEnd = isTrial ? TrialEnd(document, product) : null;
        var redeemed = Redeem(document, discount, product.Id);
        var row = document.Row.Clone();
        var getsSeats = TakeQuantity(row, prices, behavior, "seat_based", "seats");
        TakeQuantity(row, prices, behavior, "unit_based", "units");
        var old = _core.Products.Documents.Find(row.Text("product_id"))!;
        _core.Events.AddSystem(
            "subscription.product_updated",
            _core.Billing.Customer(document),
            new JsonObject
            {
                ["subscription_id"] = document.Id,
                ["old_product_id"] = old.Id,
                ["new_product_id"] = product.Id,
            }
        );
        var newRhythm = IsNewRhythm(row, product);
        if (behavior == "next_period")
        {
            SetPending(document, row, behavior, new JsonObject { ["product_id"] = product.Id }, redeemed);
        }
        else
        {
            Switch(document, row, product, prices, behavior, newRhythm, redeemed, isTrial, trialEnd, getsSeats);
        }

        NoteUpdated(
            document,
            metadata =>
            {
                metadata["product_id"] = product.Id;
                metadata["proration_behavior"] = behavior;
                PutDiscount(metadata, redeemed);
            }
        );
    }

    /// <summary>Changes the number of seats or units.</summary>
    /// <returns>Whether anything has changed.</returns>
    public bool ChangeQuantity(Document document, string name, long wanted, string? behavior)
    {
        behavior = Behavior(document, behavior);
        var price = CheckQuantity(document, name, wanted);
        var before = document.Row.Number(name) ?? 1;
        if (before == wanted)
        {
            return DropPendingQuantity(document, name);
        }

        _core.Events.AddSystem(
            $"subscription.{name}_updated",
            _core.Billing.Customer(document),
            new JsonObject
            {
                ["subscription_id"] = document.Id,
                ["old_" + name] = before,
                ["new_" + name] = wanted,
                ["proration_behavior"] = behavior,
            }
        );
        if (behavior == "next_period")
        {
            SetPending(
                document,
                document.Row.Clone(),
                behavior,
                new JsonObject { [name] = wanted },
                DiscountChange.None
            );
        }
        else
        {
            // A product that is to come stays, and will come with this number.
            DropPendingQuantity(document, name, dropsAll: true);
            SwitchQuantity(document, price, name, before, wanted, behavior);
        }

        NoteUpdated(
            document,
            metadata =>
            {
                metadata[name] = wanted;
                metadata["proration_behavior"] = behavior;
            }
        );
        return true;
    }

    /// <summary>Gives a subscription another discount, or none: for the bills to come.</summary>
    public void ChangeDiscount(Document document, DiscountChange discount)
    {
        var redeemed = Redeem(document, discount, document.Row.Text("product_id")!);
        _core.Billing.Change(document, row => PutDiscount(row, redeemed, isRow: true));
        NoteUpdated(document, metadata => PutDiscount(metadata, redeemed));
    }

    /// <summary>Begins a trial, moves its end, or ends it.</summary>
    /// <param name="document">The subscription.</param>
    /// <param name="end">When; null for now.</param>
    public void ChangeTrial(Document document, string? end)
    {
        var row = document.Row;
        if (!SubscriptionResource.IsActive(document))
        {
            throw SubscriptionResource.Inactive();
        }

        var isTrial = row.Text("status") == "trialing";
        if (!isTrial && end is null)
        {
            throw Problems.Value(Location.Body["trial_end"], "The subscription is not in a trial.", "now");
        }

        if (!isTrial && string.CompareOrdinal(end, row.Text("current_period_end")) <= 0)
        {
            throw Problems.Value(
                Location.Body["trial_end"],
                "A trial must end after the period that is paid for.",
                end
            );
        }

        var at = end ?? Timestamps.Format(_core.Clock.Now);
        _core.Billing.Change(
            document,
            changed =>
            {
                changed["status"] = "trialing";
                changed["trial_end"] = at;
                changed["current_period_end"] = at;
                if (changed["pending_update"] is JsonObject pending)
                {
                    pending["new_cycle_end"] = at;
                }
            }
        );
        _core.Billing.Reschedule(document);
        if (end is null)
        {
            _core.Billing.EndPeriod(document);
        }

        NoteUpdated(document, metadata => metadata["trial_end"] = at);
    }

    /// <summary>Drops what was to change with the next period.</summary>
    public void DropPending(Document document)
    {
        if (!document.Row.Has("pending_update"))
        {
            throw Problems.Value(
                Location.Body["pending_update"],
                "There is no pending change that could be dropped.",
                null
            );
        }

        _core.Billing.Change(document, static row => row["pending_update"] = null);
        _core.Events.AddSystem(
            "subscription.update_cleared",
            _core.Billing.Customer(document),
            new JsonObject { ["subscription_id"] = document.Id }
        );
    }

    /// <summary>Makes the change that waited for the period that begins.</summary>
    /// <returns>Whether the period has been set by it.</returns>
    public bool ApplyPending(Document document)
    {
        if (document.Row["pending_update"] is not JsonObject pending)
        {
            return false;
        }

        var product = _core.Products.Documents.Find(pending.Text("product_id"));
        var prices = product is null ? [] : PricesFor(document, product);
        if (product is not null && prices.Length == 0)
        {
            // It is no longer available in the currency: everything stays as it is.
            _core.Billing.Change(document, static row => row["pending_update"] = null);
            return false;
        }

        var resets =
            pending.Text("proration_behavior") == "reset"
            || (product is not null && IsNewRhythm(document.Row, product));
        _core.Billing.Change(
            document,
            row =>
            {
                row["pending_update"] = null;
                if (product is not null)
                {
                    _core.Billing.Put(row, product, prices);
                }

                if (pending.Text("new_cycle_start") is { } start)
                {
                    row["current_period_start"] = start;
                    row["anchor_day"] = Timestamps.Parse(start).Day;
                }

                if (pending.Text("new_cycle_end") is { } end)
                {
                    row["current_period_end"] = end;
                }

                row["seats"] = pending.Copy("seats") ?? row.Copy("seats");
                row["units"] = pending.Copy("units") ?? row.Copy("units");
                PutDiscount(
                    row,
                    new DiscountChange(
                        pending.Flag("discount_unset"),
                        _core.Discounts.Documents.Find(pending.Text("discount_id"))
                    ),
                    isRow: true
                );
                _core.Billing.SetQuantity(row);
            }
        );
        if (product is not null)
        {
            _core.Billing.SyncBenefits(document);
        }

        return resets;
    }

    private static bool IsNewRhythm(JsonObject row, Document product) =>
        product.Row.Text("recurring_interval") != row.Text("recurring_interval")
        || (product.Row.Number("recurring_interval_count") ?? 1) != row.Number("recurring_interval_count");

    private static ApiException Refused(string field, string message, JsonNode? input) =>
        Problems.Value(Location.Body[field], message, input);

    private static JsonObject[] PricesFor(Document document, Document product) =>
        PriceMath.In(product.Row.Objects("prices"), document.Row.Text("currency")!).ToArray();

    private string Behavior(Document document, string? behavior)
    {
        var organization = _core.Organizations.Documents.Find(document.OrganizationId)!.Row;
        if (
            behavior == "reset"
            && !((JsonObject)organization["feature_settings"]!).Flag("reset_proration_behavior_enabled")
        )
        {
            throw Refused(
                "proration_behavior",
                "Starting a new period at once is not enabled for this organization.",
                behavior
            );
        }

        return behavior ?? ((JsonObject)organization["subscription_settings"]!).Text("proration_behavior") ?? "prorate";
    }

    private (Document Product, JsonObject[] Prices) CheckProduct(
        Document document,
        string productId,
        string[] visibilities
    )
    {
        SubscriptionResource.RequireRunning(document);
        var product = _core.Products.Find(document.OrganizationId, productId);
        ApiException Refuse(string message) => Refused("product_id", message, productId);
        if (product is null)
        {
            throw Refuse("There is no such product.");
        }

        if (product.Row.Flag("is_archived"))
        {
            throw Refuse("The product is archived.");
        }

        if (visibilities.Length > 0 && !visibilities.Contains(product.Row.Text("visibility")))
        {
            throw Refuse("The product cannot be chosen.");
        }

        if (!product.Row.Flag("is_recurring"))
        {
            throw Refuse("The product is paid once: it cannot be subscribed to.");
        }

        var prices = PricesFor(document, product);
        if (prices.Length == 0)
        {
            throw Refuse("The product has no price in the currency of the subscription.");
        }

        if (PriceMath.Of(prices, "custom") is not null)
        {
            throw Refuse("The buyer chooses the price of this product: nobody can be moved to it.");
        }

        foreach (var (type, what) in new[] { ("seat_based", "seats"), ("unit_based", "units") })
        {
            if (PriceMath.Of(document.Row.Objects("prices"), type) is not null && PriceMath.Of(prices, type) is null)
            {
                throw Refuse($"The subscription is priced by {what}, the product is not.");
            }
        }

        return (product, prices);
    }

    private JsonObject CheckQuantity(Document document, string name, long wanted)
    {
        SubscriptionResource.RequireRunning(document);
        var type = name == "seats" ? "seat_based" : "unit_based";
        var price =
            PriceMath.Of(document.Row.Objects("prices"), type)
            ?? throw ApiException.Domain(
                400,
                name == "seats" ? "NotASeatBasedSubscription" : "NotAUnitBasedSubscription",
                $"The subscription is not priced by {name}."
            );
        CheckLimits(price, name, wanted);
        if (name == "seats")
        {
            var assigned = _core.CustomerSeats.Of(document).Count(seat => seat.Row.Text("status") != "revoked");
            if (wanted < assigned)
            {
                throw ApiException.Domain(
                    400,
                    "SeatsAlreadyAssigned",
                    $"{assigned} seats are assigned: revoke some first."
                );
            }
        }
        else if (
            _core.Products.Documents.Find((document.Row["pending_update"] as JsonObject)?.Text("product_id"))
                is { } next
            && PriceMath.Of(PricesFor(document, next), type) is { } nextPrice
        )
        {
            // A product that is to come has to allow the number as well.
            CheckLimits(nextPrice, name, wanted);
        }

        return price;
    }

    private static void CheckLimits(JsonObject price, string name, long wanted)
    {
        var (minimum, maximum) = PriceMath.Limits(price);
        var what = name == "seats" ? "Seats" : "Units";
        if (wanted < minimum)
        {
            throw ApiException.Domain(400, "BelowMinimum" + what, $"At least {minimum} {name} are needed.");
        }

        if (wanted > maximum)
        {
            throw ApiException.Domain(400, "AboveMaximum" + what, $"At most {maximum} {name} are allowed.");
        }
    }

    // A subscription that gets seats or units with a product begins with the least of them.
    private static bool TakeQuantity(JsonObject row, JsonObject[] prices, string behavior, string type, string name)
    {
        if (PriceMath.Of(prices, type) is not { } price)
        {
            return false;
        }

        if (PriceMath.Of(row.Objects("prices"), type) is not null)
        {
            if (name == "units" && row.Number(name) is { } units)
            {
                CheckLimits(price, name, units);
            }

            return false;
        }

        if (behavior == "next_period")
        {
            throw Refused(
                "proration_behavior",
                $"A change to a product that is priced by {name} cannot wait for the next period.",
                behavior
            );
        }

        row[name] = PriceMath.Limits(price).Minimum;
        return true;
    }

    private DateTimeOffset? TrialEnd(Document document, Document product)
    {
        if (product.Row.Text("trial_interval") is not { } interval)
        {
            return null;
        }

        var end = Periods.Add(
            Timestamps.Parse(document.Row.Text("trial_start") ?? document.Row.Text("current_period_start")!),
            interval,
            product.Row.Number("trial_interval_count")!.Value
        );
        return end <= _core.Clock.Now ? null : end;
    }

    private DiscountChange Redeem(Document document, DiscountChange wanted, string productId)
    {
        if (wanted.Id is not { } id)
        {
            return wanted;
        }

        var discount = _core.Discounts.Find(document.OrganizationId, id);
        if (
            discount is null
            || !Discounts.Fits(discount.Row, productId, document.Row.Text("currency")!)
            || !Discounts.IsRedeemable(discount.Row, _core.Clock.Now)
        )
        {
            throw Refused(
                "discount_id",
                "There is no such discount, or it is not available now, or not for this product.",
                id
            );
        }

        if (discount.Id == document.Row.Text("discount_id"))
        {
            throw Refused("discount_id", "The subscription has this discount already.", id);
        }

        _core.Discounts.Redeem(discount, _core.Billing.Customer(document), document);
        return new DiscountChange(false, discount);
    }

    private void PutDiscount(JsonObject target, DiscountChange change, bool isRow = false)
    {
        if (!change.IsUnset && change.Discount is null)
        {
            return;
        }

        target["discount_id"] = change.Discount?.Id;
        if (isRow)
        {
            // It counts from the first period that is billed with it.
            target["discount_applied_at"] = null;
            _core.Billing.SetAmount(target);
        }
    }

    private void SetPending(
        Document document,
        JsonObject row,
        string behavior,
        JsonObject change,
        DiscountChange discount
    )
    {
        var pending = row["pending_update"] as JsonObject ?? [];
        var isNew = pending.Count == 0;
        pending["id"] = isNew ? _core.Ids.NextId() : pending.Text("id");
        pending["created_at"] = isNew ? _core.Clock.Stamp() : pending.Text("created_at");
        pending["modified_at"] = isNew ? null : _core.Clock.Stamp();
        pending["applies_at"] = row.Copy("current_period_end");
        pending["proration_behavior"] = behavior;
        foreach (var name in new[] { "product_id", "seats", "units" })
        {
            pending[name] = change.Copy(name);
        }

        pending["discount_id"] = discount.Discount?.Id;
        pending["discount_unset"] = discount.IsUnset;
        pending["new_cycle_start"] = null;
        pending["new_cycle_end"] = null;
        if (_core.Products.Documents.Find(change.Text("product_id")) is { } product)
        {
            var (start, end) = Period(row);
            if (IsNewRhythm(row, product))
            {
                (start, end) = (
                    end,
                    Periods.Next(
                        end,
                        end.Day,
                        product.Row.Text("recurring_interval")!,
                        product.Row.Number("recurring_interval_count") ?? 1
                    )
                );
            }

            pending["new_cycle_start"] = Timestamps.Format(start);
            pending["new_cycle_end"] = Timestamps.Format(end);
        }

        _core.Billing.Change(document, changed => changed["pending_update"] = pending.DeepClone());
    }

    // Whether there was one that could be dropped.
    private bool DropPendingQuantity(Document document, string name, bool dropsAll = false)
    {
        if (document.Row["pending_update"] is not JsonObject pending || (!dropsAll && !pending.Has(name)))
        {
            return false;
        }

        _core.Billing.Change(
            document,
            row =>
            {
                if (pending.Has("product_id"))
                {
                    ((JsonObject)row["pending_update"]!)[name] = null;
                }
                else
                {
                    row["pending_update"] = null;
                }
            }
        );
        return true;
    }

    private void Switch(
        Document document,
        JsonObject promoted,
        Document product,
        JsonObject[] prices,
        string behavior,
        bool newRhythm,
        DiscountChange discount,
        bool isTrial,
        DateTimeOffset? trialEnd,
        bool getsSeats
    )
    {
        var before = document.Row;
        var now = _core.Clock.Now;
        var starts = newRhythm || behavior == "reset";
        var (start, end) = starts
            ? (
                now,
                Periods.Next(
                    now,
                    now.Day,
                    product.Row.Text("recurring_interval")!,
                    product.Row.Number("recurring_interval_count") ?? 1
                )
            )
            : Period(before);
        var old = _core.Products.Documents.Find(before.Text("product_id"))!;
        var entries = new List<(JsonObject Price, string Label, long Amount, DateTimeOffset Until)>();
        if (behavior != "reset")
        {
            var (oldStart, oldEnd) = Period(before);
            foreach (
                var (price, amount) in Proration.Of(
                    before.Objects("prices"),
                    promoted.Number("seats"),
                    promoted.Number("units"),
                    _core.Billing.Discount(before)?.Row,
                    before.Text("currency")!,
                    Periods.Left(oldStart, oldEnd, now)
                )
            )
            {
                var label = "Unused time of " + SubscriptionBilling.Label(before, price, old);
                entries.Add((price, label, -amount, oldEnd));
            }
        }

        var newDiscount = discount.IsUnset ? null : discount.Discount ?? _core.Billing.Discount(before);
        foreach (
            var (price, amount) in Proration.Of(
                prices,
                promoted.Number("seats"),
                promoted.Number("units"),
                newDiscount?.Row,
                before.Text("currency")!,
                Periods.Left(start, end, now)
            )
        )
        {
            entries.Add((price, SubscriptionBilling.Label(promoted, price, product), amount, end));
        }

        if (!isTrial && before.Has("current_meter_period_end"))
        {
            // What was used is billed by the prices that it was used under.
            _core.Billing.Settle(document);
        }

        _core.Billing.Change(
            document,
            row =>
            {
                row["pending_update"] = null;
                row["seats"] = promoted.Copy("seats");
                row["units"] = promoted.Copy("units");
                _core.Billing.Put(row, product, prices);
                row["current_period_start"] = Timestamps.Format(start);
                row["current_period_end"] = Timestamps.Format(end);
                row["anchor_day"] = start.Day;
                PutDiscount(row, discount, isRow: true);
                if (isTrial)
                {
                    var trial = Timestamps.Format(trialEnd ?? now);
                    row["trial_end"] = trial;
                    row["current_period_end"] = trial;
                }

                SubscriptionBilling.SetMeterPeriod(row, isTrial ? null : start);
            }
        );
        if (!isTrial)
        {
            foreach (var (price, label, amount, until) in entries)
            {
                _core.Billing.AddEntry(
                    document,
                    price,
                    label,
                    amount,
                    isProration: true,
                    Timestamps.Format(now),
                    Timestamps.Format(until)
                );
            }
        }

        _core.Billing.Reschedule(document);
        if (getsSeats)
        {
            SeatTheBuyer(document);
        }

        _core.Billing.SyncBenefits(document);
        _core.Enqueue(() => _core.CustomerSeats.SyncBenefits(document));
        if (isTrial && trialEnd is null)
        {
            _core.Billing.EndPeriod(document);
        }
        else if (!isTrial && entries.Count > 0 && (behavior is "invoice" or "reset" || newRhythm))
        {
            _core.Billing.Bill(document, "subscription_update", isSync: true);
        }
    }

    private void SwitchQuantity(
        Document document,
        JsonObject price,
        string name,
        long before,
        long wanted,
        string behavior
    )
    {
        var now = _core.Clock.Now;
        var row = document.Row;
        var currency = row.Text("currency")!;
        var discount = _core.Billing.Discount(row)?.Row;
        var fixedPrice = PriceMath.Of(row.Objects("prices"), "fixed");
        var (start, end) = Period(row);
        long amount;
        if (behavior == "reset")
        {
            start = now;
            end = Periods.Next(
                now,
                now.Day,
                row.Text("recurring_interval")!,
                row.Number("recurring_interval_count") ?? 1
            );
            amount = Proration.Net(price, fixedPrice, wanted, discount, currency);
        }
        else
        {
            amount = Proration.OfQuantity(
                price,
                fixedPrice,
                before,
                wanted,
                discount,
                currency,
                Periods.Left(start, end, now)
            );
        }

        var product = _core.Products.Documents.Find(row.Text("product_id"))!;
        _core.Billing.Change(
            document,
            changed =>
            {
                changed[name] = wanted;
                _core.Billing.SetQuantity(changed);
                if (behavior == "reset")
                {
                    changed["current_period_start"] = Timestamps.Format(start);
                    changed["current_period_end"] = Timestamps.Format(end);
                    changed["anchor_day"] = start.Day;
                }
            }
        );
        _core.Billing.Reschedule(document);
        if (amount == 0 || row.Text("status") == "trialing")
        {
            return;
        }

        var label = $"{product.Row.Text("name")} ({before} → {wanted} {name})";
        _core.Billing.AddEntry(
            document,
            price,
            amount < 0 ? "Unused time of " + label : label,
            amount,
            isProration: true,
            Timestamps.Format(now),
            Timestamps.Format(end)
        );
        if (behavior is "invoice" or "reset")
        {
            _core.Billing.Bill(document, "subscription_update", isSync: true);
        }
    }

    // Who bought goes on having what the product comes with.
    private void SeatTheBuyer(Document document)
    {
        var customer = _core.Billing.Customer(document);
        _core.Customers.MakeTeam(customer);
        _core.CustomerSeats.Seat(
            new JsonObject { ["customer_id"] = customer.Id, ["immediate_claim"] = true },
            document
        );
    }

    private static (DateTimeOffset Start, DateTimeOffset End) Period(JsonObject row) =>
        (Timestamps.Parse(row.Text("current_period_start")!), Timestamps.Parse(row.Text("current_period_end")!));

    private void NoteUpdated(Document document, Action<JsonObject> add)
    {
        var metadata = new JsonObject { ["subscription_id"] = document.Id };
        add(metadata);
        _core.Events.AddSystem("subscription.updated", _core.Billing.Customer(document), metadata);
    }
}

/// <summary>What becomes of a subscription's discount: nothing, another one, or none.</summary>
internal readonly record struct DiscountChange(bool IsUnset, Document? Discount, string? Id = null)
{
    public static DiscountChange None => default;

    /// <summary>What a body asks for.</summary>
    public static DiscountChange Of(JsonObject body) =>
        body.Text("discount_id") is { } id ? new DiscountChange(false, null, id)
        : body.ContainsKey("discount_id") ? new DiscountChange(true, null)
        : None;
}
