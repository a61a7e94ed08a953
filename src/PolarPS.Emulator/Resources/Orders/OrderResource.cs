// Long because drafts, payment, receipts and export of an order share one document.

namespace PolarPS.Emulator;

/// <summary>Orders: what was bought, what it cost, and whether it was paid.</summary>
internal sealed class OrderResource : Resource
{
    public static readonly Schema Statuses = Form.OneOf(OrderValues.OrderStatus);

    private static readonly Schema BillingType = Form.OneOf(CatalogueValues.BillingType);

    private static readonly ExportTable Table = new(
        OrderValues.OrderColumn,
        ["email", "created_at", "product", "net_amount", "currency", "status", "invoice_number"],
        ("email", "Email", static row => row.Customer?.Text("email")),
        ("created_at", "Created At", static row => row.Time("created_at")),
        ("product", "Product", static row => row.Row.Text("description")),
        ("net_amount", "Net Amount", static row => row.Amount("net_amount")),
        ("currency", "Currency", static row => row.Row.Text("currency")),
        ("status", "Status", static row => row.Row.Text("status")),
        ("invoice_number", "Invoice number", static row => row.Row.Text("invoice_number")),
        ("customer_name", "Customer Name", static row => row.Customer?.Text("name")),
        ("billing_name", "Billing Name", static row => row.Row.Text("billing_name")),
        (
            "billing_country",
            "Billing Country",
            static row => (row.Row["billing_address"] as JsonObject)?.Text("country")
        ),
        ("subtotal_amount", "Subtotal", static row => row.Amount("subtotal_amount")),
        ("discount_amount", "Discount", static row => row.Amount("discount_amount")),
        ("tax_amount", "Tax", static row => row.Amount("tax_amount")),
        ("total_amount", "Total", static row => row.Amount("total_amount")),
        ("refunded_amount", "Refunded Amount", static row => row.Amount("refunded_amount")),
        ("billing_reason", "Billing Reason", static row => row.Row.Text("billing_reason"))
    );

    private static readonly Schema Create = new ObjectSchema(
        "OrderCreate",
        Field.Default("custom_field_data", Form.Answers, static () => new JsonObject()),
        Form.NewMetadata(),
        Field.Nullable("organization_id", Form.Uuid),
        Field.Required("customer_id", Form.Uuid),
        Field.Required("product_id", Form.Uuid),
        Field.Nullable("currency", Form.Currency),
        Field.Nullable("amount", Form.Integer(0)),
        Field.Nullable("units", Form.Integer(1)),
        Field.Nullable("description", Form.Text(0, 500))
    );

    private static readonly Schema Update = new ObjectSchema(
        "OrderUpdate",
        Field.Clearable("billing_name", Form.OptionalText),
        Field.Clearable("billing_address", Form.PostalAddress)
    );

    private static readonly Schema Finalization = new ObjectSchema(
        "OrderFinalize",
        Field.Nullable("payment_method_id", Form.Uuid)
    );

    public static readonly string[] Members =
    [
        "id",
        "created_at",
        "modified_at",
        "status",
        "paid",
        "subtotal_amount",
        "discount_amount",
        "net_amount",
        "tax_amount",
        "total_amount",
        "applied_balance_amount",
        "due_amount",
        "refunded_amount",
        "refunded_tax_amount",
        "currency",
        "billing_reason",
        "billing_name",
        "billing_address",
        "invoice_number",
        "is_invoice_generated",
        "receipt_number",
        "seats",
        "units",
        "customer_id",
        "product_id",
        "discount_id",
        "subscription_id",
        "checkout_id",
        "next_payment_attempt_at",
        "metadata",
        "custom_field_data",
        "platform_fee_amount",
        "platform_fee_currency",
        "items",
        "description",
    ];

    public OrderResource(EmulatorCore core)
        : base(core, "orders", "orders")
    {
        View = View.Members(
            Members,
            (document, writer) =>
            {
                var row = document.Row;
                writer.WriteNumber("refundable_amount", Refundable(row));
                writer.WriteNumber("refundable_tax_amount", RefundableTax(row));
                writer.WriteLinked("customer", row, Core.Customers);
                writer.WriteDocument("product", Product(row), Core.Products.Summary);
                writer.WriteLinked("discount", row, Core.Discounts, Core.Discounts.InLink);
                writer.WriteLinked("subscription", row, Core.Subscriptions, Core.Subscriptions.InOrder);
            }
        );
    }

    protected override string? ToldAs => "order";

    public override View View { get; }

    public override IEnumerable<Operation> Operations =>
        [
            ReadOnly("list", "/v1/orders/", context => ListRunner.Run(context, this, Listing(), View)),
            Writing("create", "POST", "/v1/orders/", Create, context => Reply.Created(AddDraft(context).Render(View))),
            ReadOnly("export", "/v1/orders/export", Export),
            ReadOnly("get", "/v1/orders/{id}", context => Reply.Ok(Find(context).Render(View))),
            UpdateOperation("/v1/orders/{id}", Update, (context, row) => ApplyBilling(row, context.Body)),
            new("orders:finalize", "POST", "/v1/orders/{id}/finalize", ["orders:write"], Merchants, Finalize)
            {
                Body = Finalization,
                BodyIsOptional = true,
            },
            ReadOnly("invoice", "/v1/orders/{id}/invoice", context => Core.Invoices.Get(Find(context))),
            new(
                "orders:generate_invoice",
                "POST",
                "/v1/orders/{id}/invoice",
                ["orders:read"],
                Merchants,
                context => Core.Invoices.Generate(Find(context))
            ),
            ReadOnly("receipt", "/v1/orders/{id}/receipt", context => Core.Receipts.Get(Find(context))),
        ];

    /// <summary>What can be given back yet, without tax, if anything was paid.</summary>
    public static long Refundable(JsonObject row) =>
        Math.Max(
            0,
            row.Number("net_amount")!.Value
                + row.Number("applied_balance_amount")!.Value
                - row.Number("refunded_amount")!.Value
        );

    public static long RefundableTax(JsonObject row) =>
        Math.Max(0, row.Number("tax_amount")!.Value - row.Number("refunded_tax_amount")!.Value);

    /// <summary>
    /// The tax that goes back with an amount without tax: all that is left with all that is left, else in proportion.
    /// </summary>
    public static long RefundedTax(JsonObject row, long amount)
    {
        var left = RefundableTax(row);
        if (amount == Refundable(row))
        {
            return left;
        }

        var tax = row.Number("tax_amount")!.Value;
        return tax <= 0
            ? 0
            : Math.Min(left, Rounding.HalfEven(amount * ((double)tax / row.Number("net_amount")!.Value)));
    }

    /// <summary>How much of a sum that a bank recovers is tax.</summary>
    public static (long Amount, long Tax) SplitTotal(JsonObject row, long total)
    {
        if (total == Refundable(row) + RefundableTax(row))
        {
            return (Refundable(row), RefundableTax(row));
        }

        var tax = row.Number("tax_amount")!.Value;
        var share =
            tax <= 0
                ? 0
                : Math.Min(
                    RefundableTax(row),
                    Math.Abs(Rounding.HalfEven((decimal)tax * total / row.Number("total_amount")!.Value))
                );
        return (total - share, share);
    }

    /// <summary>Writes an order down, and tells of it.</summary>
    public Document Add(OrderDraft draft)
    {
        var customer = draft.Customer.Row;
        var amounts = draft.Amounts;
        var row = NewRow(draft.Customer.OrganizationId);
        var isPaid = draft.Status == "paid";
        row["status"] = draft.Status;
        row["paid"] = isPaid;
        row["subtotal_amount"] = amounts.Subtotal;
        row["discount_amount"] = amounts.Discount;
        row["net_amount"] = amounts.Net;
        row["tax_amount"] = amounts.Tax.Amount;
        row["tax_behavior"] = amounts.Tax.Behavior;
        row["tax_country"] = amounts.Tax.Country;
        row["tax_state"] = amounts.Tax.State;
        row["total_amount"] = amounts.Total;
        row["applied_balance_amount"] = draft.AppliedBalance;
        row["due_amount"] = Math.Max(0, amounts.Total + draft.AppliedBalance);
        row["refunded_amount"] = 0;
        row["refunded_tax_amount"] = 0;
        row["currency"] = draft.Currency;
        row["reason"] = draft.Reason;
        row["billing_reason"] = draft.Reason is "subscription_cycle_after_trial" or "subscription_cancel"
            ? "subscription_cycle"
            : draft.Reason;
        row["billing_name"] = CustomerResource.BillingName(customer);
        row["billing_address"] = customer.Copy("billing_address");
        row["invoice_number"] = draft.Status == "draft" ? null : InvoiceNumber(draft.Customer);
        row["is_invoice_generated"] = false;
        row["receipt_number"] = null;
        row["seats"] = draft.Seats;
        row["units"] = draft.Units;
        row["customer_id"] = draft.Customer.Id;
        row["product_id"] = draft.Product?.Id;
        row["discount_id"] = draft.Discount?.Id;
        row["subscription_id"] = draft.Subscription?.Id;
        row["checkout_id"] = draft.Checkout?.Id;
        row["next_payment_attempt_at"] = null;
        row["metadata"] = draft.Metadata?.Clone() ?? [];
        row["custom_field_data"] = draft.Answers?.Clone() ?? [];
        row["platform_fee_amount"] = 0;
        row["platform_fee_currency"] = null;
        row["items"] = Items(draft, row.Text("created_at")!);
        row["description"] = draft.Product?.Row.Text("name") ?? draft.Items[0].Label;
        var document = Core.Store.Insert(Kind, row);
        Core.Happened("order.created", document);
        if (isPaid)
        {
            Updated(document, becamePaid: true);
        }

        return document;
    }

    /// <summary>The order of a checkout whose money has come, or that needed none.</summary>
    /// <param name="draft">The order.</param>
    /// <param name="payment">The payment; null for none.</param>
    public Document AddPaid(OrderDraft draft, Document? payment)
    {
        var order = Add(draft);
        if (payment is null)
        {
            Core.Ledger.Credit(order);
            return order;
        }

        Core.Payments.Assign(payment, order);
        Balance(order, payment);
        return order;
    }

    /// <summary>
    /// Tries to get the money for an order that waits for it. What is too little to be charged counts as paid, and comes with
    /// the customer's next order.
    /// </summary>
    /// <returns>Whether the order is paid.</returns>
    public bool Charge(Document order, string trigger, Document method)
    {
        var row = order.Row;
        var due = row.Number("due_amount")!.Value;
        var currency = row.Text("currency")!;
        var customer = Core.Customers.Documents.Find(row.Text("customer_id"))!;
        if (due < Currencies.Minimum(currency))
        {
            Core.Balances.Add(customer, currency, -due);
            SetPaid(order);
            Core.Ledger.Credit(order);
            Updated(order, becamePaid: true);
            return true;
        }

        var succeeded = PaymentMethodResource.IsGood(method);
        var payment = Core.Payments.Add(
            customer,
            order.OrganizationId,
            due,
            currency,
            trigger,
            method.Row["method_metadata"] as JsonObject,
            succeeded,
            order.Id,
            row.Text("checkout_id")
        );
        if (!succeeded)
        {
            return false;
        }

        SetPaid(order);
        Core.Dunning.Paid(order);
        Updated(order, becamePaid: true);
        Balance(order, payment);
        return true;
    }

    /// <summary>Notes that nothing is due of an order that waited.</summary>
    public void MarkPaid(Document order)
    {
        SetPaid(order);
        Core.Ledger.Credit(order);
        Updated(order, becamePaid: true);
    }

    /// <summary>Gives up an order that will no longer be paid.</summary>
    public void Void(Document order)
    {
        Change(
            order,
            static row =>
            {
                row["status"] = "void";
                row["next_payment_attempt_at"] = null;
            }
        );
        Core.Dunning.Schedule(order);
        var row = order.Row;
        var customer = Core.Customers.Documents.Find(row.Text("customer_id"))!;
        var currency = row.Text("currency")!;
        Core.Balances.Reduce(customer, currency, row.Number("due_amount")!.Value);
        // What the order had used of the balance is there again.
        Core.Balances.Add(customer, currency, Math.Max(0, -row.Number("applied_balance_amount")!.Value));
        Core.Events.AddSystem(
            "order.voided",
            customer,
            new JsonObject
            {
                ["order_id"] = order.Id,
                ["amount"] = row.Number("total_amount"),
                ["currency"] = currency,
            }
        );
        Updated(order, becamePaid: false);
    }

    private void SetPaid(Document order) =>
        Change(
            order,
            row =>
            {
                row["status"] = "paid";
                row["paid"] = true;
                row["next_payment_attempt_at"] = null;
                row["invoice_number"] ??= InvoiceNumber(Core.Customers.Documents.Find(row.Text("customer_id"))!);
            }
        );

    // What Polar takes is known a moment after the payment.
    private void Balance(Document order, Document payment)
    {
        var fee = Core.Ledger.Pay(order, payment.Row.Number("amount")!.Value);
        ChangeOrder(
            order,
            row =>
            {
                row["platform_fee_amount"] = fee;
                row["platform_fee_currency"] = Settlement.Currency;
            }
        );
    }

    private void Updated(Document order, bool becamePaid)
    {
        Core.Happened("order.updated", order);
        if (!becamePaid)
        {
            return;
        }

        Change(order, static row => row["receipt_number"] = row.Text("invoice_number")!.Replace("NWND-", "RCPT-"));
        Core.Happened("order.paid", order);
        var paid = order.Row;
        var product = Product(paid);
        var metadata = new JsonObject
        {
            ["order_id"] = order.Id,
            ["product_id"] = paid.Text("product_id"),
            ["billing_type"] = product?.Row.Flag("is_recurring") == true ? "recurring" : "one_time",
            ["amount"] = paid.Number("total_amount"),
            ["currency"] = paid.Text("currency"),
            ["net_amount"] = paid.Number("net_amount"),
            ["tax_amount"] = paid.Number("tax_amount"),
            ["applied_balance_amount"] = paid.Number("applied_balance_amount"),
            ["discount_amount"] = paid.Number("discount_amount"),
            ["platform_fee"] = paid.Number("platform_fee_amount"),
        };
        foreach (var name in new[] { "discount_id", "subscription_id" })
        {
            if (paid.Text(name) is { } id)
            {
                metadata[name] = id;
            }
        }

        var subscription = Core.Subscriptions.Documents.Find(paid.Text("subscription_id"));
        if (subscription is not null)
        {
            metadata["recurring_interval"] = subscription.Row.Text("recurring_interval");
            metadata["recurring_interval_count"] = subscription.Row.Number("recurring_interval_count");
        }

        Core.Events.AddSystem("order.paid", Core.Customers.Documents.Find(paid.Text("customer_id"))!, metadata);
        if (subscription is not null && paid.Text("reason") is "subscription_cycle" or "subscription_cycle_after_trial")
        {
            Core.Enqueue(() => Core.BenefitGrants.Cycle(subscription!));
        }
    }

    public void ChangeOrder(Document order, Action<JsonObject> change)
    {
        Change(order, change);
        Core.Happened("order.updated", order);
    }

    /// <summary>Sets the name and the address that an invoice bears. The country is settled by the tax, and so is the state.</summary>
    public static void ApplyBilling(JsonObject row, JsonObject body)
    {
        if (body["billing_address"] is JsonObject address && row["billing_address"] is JsonObject before)
        {
            var problems = new Problems();
            foreach (var name in new[] { "country", "state" })
            {
                if (address.Text(name) != before.Text(name))
                {
                    problems.Add(
                        "value_error",
                        Location.Body["billing_address"][name],
                        $"The {name} cannot be changed.",
                        address[name]
                    );
                }
            }

            problems.ThrowDomainIfAny();
        }

        Apply(row, body);
    }

    protected override IEnumerable<string> References(JsonObject row)
    {
        foreach (var name in new[] { "customer_id", "product_id", "discount_id", "subscription_id", "checkout_id" })
        {
            if (row.Text(name) is { } id)
            {
                yield return id;
            }
        }
    }

    private static Operation ReadOnly(string name, string path, Func<OperationContext, Reply> handle) =>
        new("orders:" + name, "GET", path, ["orders:read"], Merchants, handle);

    private Document? Product(JsonObject row) => Core.Products.Documents.Find(row.Text("product_id"));

    private string? CustomerName(JsonObject row) =>
        Core.Customers.Documents.Find(row.Text("customer_id"))?.Row.Text("name");

    private ListDefinition Listing() =>
        new ListDefinition(
            "-created_at",
            ListFilter.Organization(),
            ListFilter.Field("product_id", Form.Uuid),
            ListFilter.Any("product_billing_type", BillingType, document => [Billing(document.Row)]),
            ListFilter.Field("discount_id", Form.Uuid),
            ListFilter.Field("customer_id", Form.Uuid),
            ListFilter.Any(
                "external_customer_id",
                Form.AnyText,
                document => [Core.Customers.Documents.Find(document.Row.Text("customer_id"))?.Row.Text("external_id")]
            ),
            ListFilter.Field("checkout_id", Form.Uuid),
            ListFilter.Field("subscription_id", Form.Uuid),
            ListFilter.Field("status", Statuses),
            ListFilter.After("created_after", "created_at"),
            ListFilter.Before("created_before", "created_at")
        )
        {
            ByMetadata = true,
        }
            .SortedBy(OrderValues.OrderSort)
            .SortedBy("amount", static row => row.Number("total_amount"))
            .SortedBy("customer", CustomerName)
            .SortedBy("product", row => Product(row)?.Row.Text("name"))
            .SortedBy("discount", row => Core.Discounts.Documents.Find(row.Text("discount_id"))?.Row.Text("name"))
            .SortedBy("subscription", static row => row.Text("subscription_id"));

    private string? Billing(JsonObject row) =>
        Product(row) is { } product ? (product.Row.Flag("is_recurring") ? "recurring" : "one_time") : null;

    private JsonArray Items(OrderDraft draft, string stamp)
    {
        var items = new JsonArray();
        foreach (var item in draft.Items)
        {
            items.Add(
                (JsonNode)
                    new JsonObject
                    {
                        ["created_at"] = stamp,
                        ["modified_at"] = null,
                        ["id"] = Core.Ids.NextId(),
                        ["label"] = item.Label,
                        ["amount"] = item.Amount,
                        // Tax is worked out on the whole, and told there only.
                        ["tax_amount"] = 0,
                        ["proration"] = item.IsProration,
                        ["product_price_id"] = item.PriceId,
                        ["start_timestamp"] = item.Start,
                        ["end_timestamp"] = item.End,
                    }
            );
        }

        return items;
    }

    private string InvoiceNumber(Document customer)
    {
        var number = Core.Store.Referrers(customer.Id, Kind).Count(order => order.Row.Has("invoice_number")) + 1;
        return string.Format(
            CultureInfo.InvariantCulture,
            "NWND-{0}-{1:D4}",
            customer.Id.Substring(0, 8).ToUpperInvariant(),
            number
        );
    }

    // An order that the shop itself makes, to be charged to the customer's card later.
    private Document AddDraft(OperationContext context)
    {
        var body = context.Body;
        var organizationId = context.Caller.OrganizationFor(body, Core.Store);
        RequireOffSession(organizationId);
        var product = Core.Products.Find(organizationId, body.Text("product_id")!);
        if (product is null || product.Row.Flag("is_recurring"))
        {
            throw Problems.Value(
                Location.Body["product_id"],
                product is null ? "There is no such product." : "Only a one-time product can be ordered this way.",
                body.Copy("product_id")
            );
        }

        var prices = product.Row.Objects("prices").Where(price => !price.Flag("is_archived")).ToArray();
        var upFront = prices.Where(price => !PriceMath.IsMetered(price)).ToArray();
        if (upFront.Length == 0 || upFront.Any(price => price.Text("amount_type") != "fixed"))
        {
            throw Problems.Value(
                Location.Body["product_id"],
                "Only a product with fixed prices can be ordered like this.",
                body.Copy("product_id")
            );
        }

        var customer =
            Core.Customers.Find(organizationId, body.Text("customer_id")!)
            ?? throw Problems.Value(
                Location.Body["customer_id"],
                "There is no such customer.",
                body.Copy("customer_id")
            );
        var currency = body.Text("currency") ?? Core.CurrencyOf(organizationId);
        var chosen = PriceMath.In(upFront, currency).ToArray();
        if (chosen.Length == 0)
        {
            throw Problems.Value(
                Location.Body["currency"],
                $"The product has no price in {currency}.",
                body.Copy("currency")
            );
        }

        CheckAmount(body, currency);
        var answers = Core.CustomFields.ReadAnswers((JsonObject)body["custom_field_data"]!, product, complete: false);
        var items = chosen
            .Select(price => new OrderItem(
                body.Text("description") ?? product.Row.Text("name")!,
                body.Number("amount") ?? PriceMath.UpFront(price, null, null, null),
                price.Text("id")
            ))
            .ToList();
        var buyer = customer.Row;
        return Add(
            new OrderDraft(
                customer,
                currency,
                "purchase",
                OrderAmounts.Of(
                    items,
                    null,
                    currency,
                    amount =>
                        Taxes.On(
                            amount,
                            Core.TaxOf(organizationId),
                            buyer["billing_address"] as JsonObject,
                            buyer.Has("tax_id")
                        )
                )
            )
            {
                Status = "draft",
                Items = items,
                Product = product,
                Metadata = (JsonObject)body["metadata"]!,
                Answers = answers,
            }
        );
    }

    // What the shop sets itself has to be chargeable, or nothing.
    private static void CheckAmount(JsonObject body, string currency)
    {
        if (body.Number("amount") is not { } amount || amount == 0)
        {
            return;
        }

        var (minimum, maximum) = (Currencies.Minimum(currency), Currencies.Maximum(currency));
        if (amount < minimum || amount > maximum)
        {
            var isLess = amount < minimum;
            var problems = new Problems();
            problems.Add(
                isLess ? "greater_than_equal" : "less_than_equal",
                Location.Body["amount"],
                $"The amount must lie between {minimum} and {maximum}.",
                body["amount"],
                isLess ? new JsonObject { ["ge"] = minimum } : new JsonObject { ["le"] = maximum }
            );
            problems.ThrowDomainIfAny();
        }
    }

    private void RequireOffSession(string organizationId)
    {
        var features = (JsonObject)Core.Organizations.Documents.Find(organizationId)!.Row["feature_settings"]!;
        if (!features.Flag("off_session_charges_enabled"))
        {
            throw ApiException.Domain(
                403,
                "OffSessionChargesNotEnabled",
                "Charging customers off-session is not enabled for this organization."
            );
        }
    }

    private Reply Finalize(OperationContext context)
    {
        var order = Find(context);
        if (order.Row.Text("status") != "draft")
        {
            throw ApiException.Domain(412, "OrderNotDraft", "Only a draft can be finalized.");
        }

        RequireOffSession(order.OrganizationId);
        var customer = Core.Customers.Documents.Find(order.Row.Text("customer_id"))!;
        var method = context.Body.Text("payment_method_id") is { } wanted
            ? Core.PaymentMethods.Find(customer, wanted)
            : Core.PaymentMethods.Usual(customer);
        if (method is null || !Charge(order, "purchase", method))
        {
            throw ApiException.Domain(402, "PaymentFailed", "The payment was declined; the order is still a draft.");
        }

        Core.Enqueue(() => Core.BenefitGrants.Grant(customer, null, Product(order.Row)!, null, order));
        return Reply.Ok(order.Render(View));
    }

    private Reply Export(OperationContext context) =>
        Table.Write(
            context,
            "polar-orders",
            ["created_after", "created_before"],
            ListRunner.Select(
                context,
                this,
                new ListDefinition(
                    "-created_at",
                    ListFilter.Organization(),
                    ListFilter.Field("product_id", Form.Uuid),
                    ListFilter.Field("status", Statuses),
                    ListFilter.After("created_after", "created_at"),
                    ListFilter.Before("created_before", "created_at")
                ).SortedBy("created_at")
            ),
            order => new ExportRow(
                order.Row,
                Core.Customers.Documents.Find(order.Row.Text("customer_id"))?.Row,
                Product(order.Row)?.Row
            )
        );
}
