namespace PolarPS.Emulator;

/// <summary>
/// The end of a checkout: the buyer confirms it, the payment comes or not, and what was bought is there. The id of a
/// confirmation token decides what becomes of the payment: one that contains "fail" is refused, one that contains "action"
/// needs a minute for the customer's bank, others succeed.
/// </summary>
internal sealed class CheckoutConfirmation
{
    private static readonly TimeSpan ActionLength = TimeSpan.FromMinutes(1);

    private readonly EmulatorCore _core;
    private readonly CheckoutRules _rules;

    public CheckoutConfirmation(EmulatorCore core, CheckoutRules rules)
    {
        _core = core;
        _rules = rules;
    }

    /// <summary>Confirms a checkout, which has been changed by what the buyer sent along.</summary>
    /// <param name="document">The checkout.</param>
    /// <param name="row">Its row, a copy.</param>
    /// <param name="token">The confirmation token.</param>
    /// <returns>A customer's session token; null where anyone could have given that customer's address.</returns>
    public string? Confirm(Document document, JsonObject row, string? token)
    {
        var organizationId = document.OrganizationId;
        var discount = _core.Discounts.Documents.Find(row.Text("discount_id"));
        if (discount is not null && !Discounts.IsRedeemable(discount.Row, _core.Clock.Now))
        {
            throw Problems.Value(
                Location.Body["discount_id"],
                "This discount is no longer available.",
                row.Copy("discount_id")
            );
        }

        _rules.ForgetForm(row);
        var sum = _rules.Sum(row);
        CheckComplete(row, sum, token, _rules.HasArchivedPrice(row));
        var known = _core.Customers.Find(organizationId, row.Text("customer_id") ?? string.Empty);
        if (known is null && row.Has("customer_id"))
        {
            throw ApiException.Domain(409, "CheckoutCustomerDeleted", "The customer of this checkout was deleted.");
        }

        var isKnown = known is not null;
        var byEmail = isKnown ? null : _rules.CustomerOf(row);
        var customer = Complete(known ?? byEmail ?? NewCustomer(row, organizationId), row);
        row["customer_id"] = customer.Id;
        if (discount is not null)
        {
            if (
                _core.Discounts.IsUsedUp(
                    discount,
                    customer,
                    customer.Row.Text("email") ?? row.Text("customer_email"),
                    document
                )
            )
            {
                throw CheckoutRules.UsedUp();
            }
        }

        bool Says(string word) => token?.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;
        if (sum.NeedsForm && Says("fail") && !Says("action"))
        {
            var currency = row.Text("currency")!;
            throw ApiException.Domain(
                400,
                "PaymentError",
                "The payment was declined: try another card.",
                () =>
                {
                    NoteFailure(document, byEmail ?? known, sum, currency);
                    _core.Happened("checkout.updated", document);
                }
            );
        }

        CheckTrial(row, sum, customer);
        row["status"] = "confirmed";
        if (sum.NeedsForm)
        {
            row["payment_processor_metadata"] = new JsonObject
            {
                ["intent_status"] = Says("action") ? "requires_action" : "succeeded",
                ["intent_client_secret"] = "seti_" + _core.Ids.NextText(24),
            };
        }

        row["modified_at"] = _core.Clock.Stamp();
        _core.Store.Replace(document, row);
        if (discount is not null)
        {
            _core.Discounts.Redeem(discount, customer, document);
        }

        // Whether it succeeds shows a moment later, as it would with a real card.
        var when = _core.Clock.Now + (Says("action") ? ActionLength : TimeSpan.Zero);
        _core.Schedule.Set(
            document,
            Timestamps.Format(when),
            due =>
            {
                if (sum.NeedsForm && Says("fail"))
                {
                    Refuse(due, sum);
                }
                else
                {
                    Succeed(due, token);
                }
            }
        );
        _core.Happened("checkout.updated", document);
        return byEmail is null ? _core.CustomerSessions.Open(customer, null).Row.Text("token") : null;
    }

    // All that is missing is told.
    private static void CheckComplete(JsonObject row, CheckoutSum sum, string? token, bool hasArchivedPrice)
    {
        var problems = new Problems();
        if (hasArchivedPrice)
        {
            problems.Add(
                "value_error",
                Location.Body["product_price_id"],
                "The price is archived.",
                row.Text("price_id")
            );
        }

        void Need(Location at, bool isThere)
        {
            if (!isThere)
            {
                problems.Add("missing", at, "This field is required.", null);
            }
        }

        if (!row.Has("customer_id"))
        {
            Need(Location.Body["customer_email"], row.Has("customer_email"));
        }

        var address = row["customer_billing_address"] as JsonObject;
        var isWhole =
            row.Flag("require_billing_address")
            || row.Flag("is_business_customer")
            || row.Text("payment_method_type") == "upi";
        var at = Location.Body["customer_billing_address"];
        if (sum.NeedsForm)
        {
            Need(at, address is not null);
            var country = address?.Text("country");
            Need(at["country"], country is not null);
            if (country is "US" or "CA")
            {
                Need(at["state"], address!.Has("state"));
            }

            if (isWhole || country == "US")
            {
                foreach (var name in new[] { "line1", "city", "postal_code" })
                {
                    Need(at[name], address?.Has(name) == true);
                }
            }
        }

        if (row.Flag("is_business_customer"))
        {
            Need(Location.Body["customer_billing_name"], row.Has("customer_billing_name"));
            if (!sum.NeedsForm)
            {
                Need(at, address is not null);
            }
        }

        if (isWhole && (address is null || !CheckoutRules.HasAddress(address)))
        {
            problems.Add("value_error", at, "The whole billing address is needed.", address);
        }

        if (sum.NeedsForm)
        {
            Need(Location.Body["confirmation_token_id"], !string.IsNullOrEmpty(token));
        }

        problems.ThrowDomainIfAny();
    }

    private void CheckTrial(JsonObject row, CheckoutSum sum, Document customer)
    {
        var settings = (JsonObject)
            _core.Organizations.Documents.Find(customer.OrganizationId)!.Row["subscription_settings"]!;
        if (
            sum.HasTrial
            && settings.Flag("prevent_trial_abuse")
            && _core.Store["trials"].Items.Any(trial => trial.Row.Text("customer_id") == customer.Id)
        )
        {
            throw ApiException.Domain(403, "TrialAlreadyRedeemed", "The customer has had a trial already.");
        }
    }

    private Document NewCustomer(JsonObject row, string organizationId)
    {
        if (
            row.Text("external_customer_id") is { } externalId
            && _core.Customers.FindByExternalId(organizationId, externalId) is not null
        )
        {
            throw ApiException.Domain(
                422,
                "CheckoutCustomerExternalIdMismatch",
                "A customer with this external id has another email address."
            );
        }

        return _core.Customers.Add(
            new JsonObject
            {
                ["email"] = row.Text("customer_email"),
                ["external_id"] = row.Text("external_customer_id"),
                ["name"] = row.Text("customer_billing_name") ?? row.Text("customer_name"),
            },
            organizationId
        );
    }

    // What the buyer told here, the customer did not have before.
    private Document Complete(Document customer, JsonObject row)
    {
        var changed = customer.Row.Clone();
        changed["name"] ??= row.Copy("customer_billing_name") ?? row.Copy("customer_name");
        foreach (var name in new[] { "billing_name", "billing_address" })
        {
            changed[name] = row.Copy("customer_" + name) ?? changed.Copy(name);
        }

        changed["locale"] = row.Copy("locale") ?? changed.Copy("locale");
        foreach (var pair in row["customer_metadata"] as JsonObject ?? [])
        {
            ((JsonObject)changed["metadata"]!)[pair.Key] = pair.Value?.DeepClone();
        }

        if (row.Text("customer_tax_id") is { } taxId)
        {
            changed["tax_id"] = TaxIds.Read(taxId, ((JsonObject)changed["billing_address"]!).Text("country")!);
        }

        return JsonNode.DeepEquals(changed, customer.Row)
            ? customer
            : _core.Customers.ChangeAndTell(
                customer,
                known =>
                {
                    foreach (var member in changed)
                    {
                        known[member.Key] = member.Value?.DeepClone();
                    }
                }
            );
    }

    private void Refuse(Document document, CheckoutSum sum)
    {
        var row = document.Row.Clone();
        NoteFailure(document, _core.Customers.Documents.Find(row.Text("customer_id")), sum, row.Text("currency")!);
        row["status"] = "open";
        row["payment_processor_metadata"] = new JsonObject();
        row["modified_at"] = _core.Clock.Stamp();
        _core.Store.Replace(document, row);
        _core.Discounts.Unredeem(document);
        _core.Checkouts.ScheduleExpiry(document);
        _core.Happened("checkout.updated", document);
    }

    private void NoteFailure(Document document, Document? customer, CheckoutSum sum, string currency)
    {
        if (sum.NeedsPayment)
        {
            _core.Payments.Add(
                customer,
                document.OrganizationId,
                sum.Amounts.Total,
                currency,
                "purchase",
                new JsonObject { ["brand"] = "visa", ["last4"] = "0002" },
                succeeded: false,
                null,
                document.Id
            );
        }
    }

    private void Succeed(Document document, string? token)
    {
        var row = document.Row;
        var customer = _core.Customers.Documents.Find(row.Text("customer_id"))!;
        var isRecurring = _core.Products.Documents.Find(row.Text("product_id"))!.Row.Flag("is_recurring");
        var sum = _rules.Sum(row);
        var method = sum.NeedsForm && isRecurring ? _core.PaymentMethods.Add(customer) : null;
        Sell(row, sum, customer, document, method, null);
        _core.PaymentMethods.MayTurnBad(method, token);
        var changed = document.Row.Clone();
        changed["status"] = "succeeded";
        changed["modified_at"] = _core.Clock.Stamp();
        _core.Store.Replace(document, changed);
        _core.Happened("checkout.updated", document);
    }

    /// <summary>Gives a customer what it bought, with the order for it.</summary>
    /// <param name="row">The checkout, or what one would have been.</param>
    /// <param name="sum">What it comes to.</param>
    /// <param name="customer">The customer.</param>
    /// <param name="checkout">The checkout; null where there was none.</param>
    /// <param name="method">The card that a subscription is paid with later.</param>
    /// <param name="card">The card that was paid with; null for one like any other.</param>
    /// <returns>The subscription, or the order of what is sold once.</returns>
    public Document Sell(
        JsonObject row,
        CheckoutSum sum,
        Document customer,
        Document? checkout,
        Document? method,
        JsonObject? card
    )
    {
        var product = _core.Products.Documents.Find(row.Text("product_id"))!;
        var payment = sum.NeedsPayment
            ? _core.Payments.Add(
                customer,
                customer.OrganizationId,
                sum.Amounts.Total,
                row.Text("currency")!,
                "purchase",
                card,
                succeeded: true,
                null,
                checkout?.Id
            )
            : null;
        Document source;
        if (product.Row.Flag("is_recurring"))
        {
            source = Subscribe(row, sum, customer, product, checkout, method, payment);
        }
        else
        {
            source = _core.Orders.AddPaid(Order(row, sum, customer, product, checkout, "purchase", null), payment);
            if (row.Has("seats"))
            {
                _core.Customers.MakeTeam(customer);
            }
            else
            {
                _core.Enqueue(() => _core.BenefitGrants.Grant(customer, null, product, null, source));
            }
        }

        SeatTheBuyer(row, customer, product, source);
        if (sum.HasTrial)
        {
            _core.Store.Insert(
                "trials",
                new JsonObject
                {
                    ["id"] = _core.Ids.NextId(),
                    ["organization_id"] = customer.OrganizationId,
                    ["customer_id"] = customer.Id,
                    ["product_id"] = product.Id,
                }
            );
        }

        return source;
    }

    private Document Subscribe(
        JsonObject row,
        CheckoutSum sum,
        Document customer,
        Document product,
        Document? checkout,
        Document? method,
        Document? payment
    )
    {
        var existing = _core.Subscriptions.Documents.Find(row.Text("subscription_id"));
        var subscription = _core.Billing.Start(
            new SubscriptionDraft(customer, product, sum.Chosen, row.Text("currency")!)
            {
                Existing = existing,
                Discount = _core.Discounts.Documents.Find(row.Text("discount_id")),
                Checkout = checkout,
                Method = method,
                TaxBehavior = sum.Amounts.Tax.Behavior,
                TrialEnd = row.Text("trial_end") is { } trial ? Timestamps.Parse(trial) : null,
                Amount = row.Number("chosen_amount"),
                Seats = row.Number("seats"),
                Units = row.Number("units"),
                Metadata = row["metadata"] as JsonObject,
                Answers = row["custom_field_data"] as JsonObject,
            }
        );
        var reason = existing is null ? "subscription_create" : "subscription_update";
        _core.Billing.UseNet(subscription, sum.Amounts);
        if (sum.HasTrial)
        {
            _core.Orders.Add(_core.Billing.TrialOrder(subscription, checkout, reason));
        }
        else
        {
            _core.Orders.AddPaid(Order(row, sum, customer, product, checkout, reason, subscription), payment);
        }

        return subscription;
    }

    private OrderDraft Order(
        JsonObject row,
        CheckoutSum sum,
        Document customer,
        Document product,
        Document? checkout,
        string reason,
        Document? subscription
    ) =>
        new(customer, row.Text("currency")!, reason, sum.Amounts)
        {
            Status = "paid",
            Items = sum
                .Chosen.Where(price => !PriceMath.IsMetered(price))
                .Select(price => new OrderItem(
                    SubscriptionBilling.Label(row, price, product),
                    PriceMath.UpFront(price, row.Number("chosen_amount"), row.Number("seats"), row.Number("units")),
                    price.Text("id")
                ))
                .ToList(),
            Product = product,
            Subscription = subscription,
            Checkout = checkout,
            Discount = _core.Discounts.Documents.Find(row.Text("discount_id")),
            Seats = row.Number("seats"),
            Units = row.Number("units"),
            Metadata = row["metadata"] as JsonObject,
            Answers = row["custom_field_data"] as JsonObject,
        };

    // Who buys seats at Polar's own page takes one; a shop with a page of its own sees to that itself.
    private void SeatTheBuyer(JsonObject row, Document customer, Document product, Document source)
    {
        if (
            !row.Has("seats")
            || row.Has("success_url")
            || (source.Collection.Kind == "orders" && _core.CustomerSeats.HasSeatFromOrder(customer, product))
        )
        {
            return;
        }

        var email = customer.Row.Text("email") ?? row.Text("customer_email");
        if (email is not null)
        {
            _core.CustomerSeats.Seat(new JsonObject { ["email"] = email, ["immediate_claim"] = true }, source);
        }
    }
}
