// Long because its forms refuse combinations, and each refusal has Polar's own text.
using System.Text.Json;

namespace PolarPS.Emulator;

/// <summary>Subscriptions as the API shows and changes them. What happens to them in time is in Billing/Subscriptions.</summary>
internal sealed class SubscriptionResource : Resource
{
    public static readonly Schema Statuses = Form.OneOf(SubscriptionValues.Status);

    public static readonly Schema CancellationReason = Form.OneOf(SubscriptionValues.CancellationReason);

    private static readonly Schema Proration = Form.OneOf(SubscriptionValues.ProrationBehavior);

    private static readonly string[] Members =
    [
        "created_at",
        "modified_at",
        "id",
        "amount",
        "currency",
        "recurring_interval",
        "recurring_interval_count",
        "status",
        "current_period_start",
        "current_period_end",
        "current_meter_period_start",
        "current_meter_period_end",
        "trial_start",
        "trial_end",
        "cancel_at_period_end",
        "canceled_at",
        "started_at",
        "ends_at",
        "ended_at",
        "past_due_at",
        "pause_at_period_end",
        "paused_at",
        "resumes_at",
        "customer_id",
        "product_id",
        "discount_id",
        "checkout_id",
        "seats",
        "units",
        "customer_cancellation_reason",
        "customer_cancellation_comment",
        "metadata",
    ];

    private static readonly ExportTable Table = new(
        SubscriptionValues.Column,
        ["email", "started_at", "product", "amount", "currency", "status", "recurring_interval"],
        ("email", "Email", static row => row.Customer?.Text("email")),
        ("started_at", "Started At", static row => row.Time("started_at")),
        ("product", "Product", static row => row.Product?.Text("name")),
        ("amount", "Amount", static row => row.Amount("amount")),
        ("currency", "Currency", static row => row.Row.Text("currency")),
        ("status", "Status", static row => row.Row.Text("status")),
        ("recurring_interval", "Billing Interval", static row => Rhythm(row.Row)),
        ("customer_name", "Customer Name", static row => row.Customer?.Text("name")),
        (
            "billing_name",
            "Billing Name",
            static row => row.Customer is { } customer ? CustomerResource.BillingName(customer) : null
        ),
        (
            "billing_country",
            "Billing Country",
            static row => (row.Customer?["billing_address"] as JsonObject)?.Text("country")
        ),
        ("net_amount", "Net Amount", static row => row.Amount("net_amount")),
        ("discount", "Discount", static row => row.Discount?.Text("code") ?? row.Discount?.Text("name")),
        ("seats", "Seats", static row => row.Row["seats"]?.ToJsonString()),
        ("current_period_start", "Current Period Start", static row => row.Time("current_period_start")),
        ("current_period_end", "Current Period End", static row => row.Time("current_period_end")),
        (
            "cancel_at_period_end",
            "Cancels At Period End",
            static row => row.Row.Flag("cancel_at_period_end") ? "true" : "false"
        ),
        ("canceled_at", "Canceled At", static row => row.Time("canceled_at")),
        ("ends_at", "Ends At", static row => row.Time("ends_at")),
        ("ended_at", "Ended At", static row => row.Time("ended_at")),
        ("cancellation_reason", "Cancellation Reason", static row => row.Row.Text("customer_cancellation_reason")),
        ("trial_start", "Trial Start", static row => row.Time("trial_start")),
        ("trial_end", "Trial End", static row => row.Time("trial_end"))
    );

    private static readonly Schema Create = new UnionSchema(
        static body =>
            body.ContainsKey("customer_id") ? "SubscriptionCreateCustomer"
            : body.ContainsKey("external_customer_id") ? "SubscriptionCreateExternalCustomer"
            : null,
        new ObjectSchema(
            "SubscriptionCreateCustomer",
            Form.NewMetadata(),
            Field.Required("product_id", Form.Uuid),
            Field.Required("customer_id", Form.Uuid)
        ),
        new ObjectSchema(
            "SubscriptionCreateExternalCustomer",
            Form.NewMetadata(),
            Field.Required("product_id", Form.Uuid),
            Field.Required("external_customer_id", Form.AnyText)
        )
    );

    // One kind of change a call: a body that mixes them fits none of these, and each says why.
    private static readonly Schema Update = new UnionSchema(
        static _ => null,
        new ObjectSchema(
            "SubscriptionUpdateBase",
            Field.Optional("metadata", Form.Metadata),
            Field.Clearable("product_id", Form.Uuid),
            Field.Clearable("proration_behavior", Proration),
            Field.Clearable("discount_id", Form.Uuid),
            Field.Clearable("trial_end", new TimeOrNowSchema())
        ).Strict(),
        new ObjectSchema(
            "SubscriptionUpdateSeats",
            Field.Required("seats", Form.Integer(1)),
            Field.Clearable("proration_behavior", Proration)
        ).Strict(),
        new ObjectSchema(
            "SubscriptionUpdateUnits",
            Field.Required("units", Form.Integer(1)),
            Field.Clearable("proration_behavior", Proration)
        ).Strict(),
        new ObjectSchema(
            "SubscriptionUpdateBillingPeriod",
            Field.Required("current_billing_period_end", Form.Time)
        ).Strict(),
        Cancellation(),
        new ObjectSchema(
            "SubscriptionRevoke",
            Field.Clearable("customer_cancellation_reason", CancellationReason),
            Field.Clearable("customer_cancellation_comment", Form.AnyText),
            Field.Required("revoke", new TrueSchema())
        ).Strict(),
        Pause(),
        new ObjectSchema("SubscriptionResume", Field.Required("resume", new TrueSchema())).Strict(),
        new ObjectSchema("SubscriptionUpdateClear", Field.Required("pending_update", new NullSchema())).Strict()
    );

    public SubscriptionResource(EmulatorCore core)
        : base(core, "subscriptions", "subscriptions")
    {
        View = View.Members(
            Members,
            (document, writer) =>
            {
                var row = document.Row;
                writer.WriteMembers(row, "custom_field_data", "pending_update");
                writer.WriteDocument("customer", Customer(row), Core.Customers.View);
                writer.WriteDocument("product", Product(row), Core.Products.View);
                writer.WriteLinked("discount", row, Core.Discounts, Core.Discounts.InLink);
                WritePrices(row, writer);
                writer.WritePropertyName("meters");
                Meters(document, whole: true).WriteTo(writer);
            }
        );
    }

    public override View View { get; }

    /// <summary>A subscription in an order.</summary>
    public View InOrder { get; } = View.Members(Members);

    public override IEnumerable<Operation> Operations =>
        [
            ListOperation("/v1/subscriptions/", Listing()),
            Writing("create", "POST", "/v1/subscriptions/", Create, CreateFree),
            Reading("export", "GET", "/v1/subscriptions/export", Export),
            GetOperation("/v1/subscriptions/{id}"),
            Writing(
                "update",
                "PATCH",
                "/v1/subscriptions/{id}",
                Update,
                context =>
                {
                    var document = Find(context);
                    Change(document, context.Body);
                    return Reply.Ok(document.Render(View));
                }
            ),
            Writing(
                "revoke",
                "DELETE",
                "/v1/subscriptions/{id}",
                null,
                context =>
                {
                    var document = Find(context);
                    RequireCancelable(document, immediately: true);
                    Core.Billing.Cancel(document, immediately: true);
                    return Reply.Ok(document.Render(View));
                }
            ),
        ];

    /// <summary>The forms of a cancellation and of a pause, which the portal shares.</summary>
    public static ObjectSchema Cancellation(string name = "SubscriptionCancel") =>
        new ObjectSchema(
            name,
            Field.Clearable("customer_cancellation_reason", CancellationReason),
            Field.Clearable("customer_cancellation_comment", Form.AnyText),
            Field.Required("cancel_at_period_end", Form.Boolean)
        ).Strict();

    public static ObjectSchema Pause(string name = "SubscriptionPause") =>
        new ObjectSchema(
            name,
            Field.Required("pause_at_period_end", Form.Boolean),
            Field.Clearable("resumes_at", Form.Time)
        ).Strict();

    public static bool IsActive(Document document) => document.Row.Text("status") is "active" or "trialing";

    public static bool IsBillable(JsonObject row) => row.Text("status") is "active" or "trialing" or "past_due";

    private static bool IsRevoked(JsonObject row) => row.Text("status") is "canceled" or "unpaid";

    /// <summary>Whether a subscription can be ended, now or at the end of its period.</summary>
    public static bool CanCancel(JsonObject row, bool immediately) =>
        !row.Has("ended_at")
        && (
            (immediately && row.Text("status") == "paused")
            || (IsBillable(row) && (immediately || !(row.Flag("cancel_at_period_end") || row.Has("ends_at"))))
        );

    /// <summary>Whether a cancellation can be undone.</summary>
    public static bool CanUncancel(Document document) =>
        !HasEnded(document) && document.Row.Flag("cancel_at_period_end") && IsBillable(document.Row);

    /// <summary>Refuses to change what has ended or is to end.</summary>
    public static void RequireRunning(Document document)
    {
        if (IsRevoked(document.Row) || document.Row.Flag("cancel_at_period_end"))
        {
            throw AlreadyCanceled();
        }
    }

    public static ApiException Inactive() =>
        ApiException.Domain(403, "InactiveSubscription", "The subscription is not active.");

    private static ApiException AlreadyCanceled() =>
        ApiException.Domain(403, "AlreadyCanceledSubscription", "The subscription has ended, or is to end.");

    public static bool HasEnded(Document document) => document.Row.Has("ended_at");

    public ListDefinition Listing() =>
        new ListDefinition(
            "-started_at",
            ListFilter.Organization(),
            ListFilter.Field("product_id", Form.Uuid),
            ListFilter.Field("customer_id", Form.Uuid),
            ListFilter.Any(
                "external_customer_id",
                Form.AnyText,
                document => [Customer(document.Row)?.Row.Text("external_id")]
            ),
            ListFilter.Field("discount_id", Form.Uuid),
            ListFilter.Flag("active", static row => row.Text("status") is "active" or "trialing"),
            ListFilter.Field("status", Statuses),
            ListFilter.Flag("cancel_at_period_end", static row => row.Flag("cancel_at_period_end")),
            ListFilter.Field("customer_cancellation_reason", CancellationReason),
            ListFilter.After("canceled_at_after", "canceled_at"),
            ListFilter.Before("canceled_at_before", "canceled_at"),
            ListFilter.After("started_after", "started_at"),
            ListFilter.Before("started_before", "started_at")
        )
        {
            ByMetadata = true,
        }
            .SortedBy(SubscriptionValues.Sort)
            .SortedBy("customer", row => Customer(row)?.Row.Text("name"))
            .SortedBy("product", row => Product(row)?.Row.Text("name"))
            .SortedBy("discount", row => Core.Discounts.Documents.Find(row.Text("discount_id"))?.Row.Text("name"));

    /// <summary>A subscription in a customer's state.</summary>
    public JsonObject InState(Document document)
    {
        var state = new JsonObject();
        foreach (
            var name in new[]
            {
                "id",
                "created_at",
                "modified_at",
                "metadata",
                "status",
                "amount",
                "currency",
                "recurring_interval",
                "current_period_start",
                "current_period_end",
                "trial_start",
                "trial_end",
                "cancel_at_period_end",
                "canceled_at",
                "started_at",
                "ends_at",
                "product_id",
                "discount_id",
                "seats",
                "units",
                "custom_field_data",
            }
        )
        {
            state[name] = document.Row.Copy(name);
        }

        state["meters"] = Meters(document, whole: false);
        return state;
    }

    /// <summary>The members that every view of a subscription begins with.</summary>
    public static IReadOnlyList<string> OwnMembers => Members;

    public void WritePrices(JsonObject row, Utf8JsonWriter writer)
    {
        writer.WriteStartArray("prices");
        foreach (var price in row.Objects("prices"))
        {
            Core.Products.Prices.Write(price, row.Text("product_id")!, writer);
        }

        writer.WriteEndArray();
    }

    /// <summary>What has been used in the current period, and what it will cost.</summary>
    public JsonArray Meters(Document document, bool whole)
    {
        var meters = new JsonArray();
        var row = document.Row;
        if (Customer(row) is not { } customer)
        {
            return meters;
        }

        foreach (var price in row.Objects("prices").Where(PriceMath.IsMetered))
        {
            var meter = Core.Meters.Documents.Find(price.Text("meter_id"))!;
            var (consumed, credited, amount) = Core.Usage.Pending(document, price);
            var item = new JsonObject
            {
                ["created_at"] = row.Text("created_at"),
                ["modified_at"] = row.Text("modified_at"),
                ["id"] = Core.CustomerMeters.Ensure(customer, meter.Id).Id,
                ["consumed_units"] = MeterMath.ToNode(consumed),
                ["credited_units"] = credited,
                ["amount"] = amount,
                ["meter_id"] = meter.Id,
            };
            if (whole)
            {
                item["meter"] = JsonNode.Parse(meter.Render(Core.Meters.View));
            }

            meters.Add((JsonNode)item);
        }

        return meters;
    }

    /// <summary>Changes a subscription in one of the ways that there are.</summary>
    /// <param name="document">The subscription.</param>
    /// <param name="body">The change.</param>
    /// <param name="visibilities">Which products may be chosen; none for all.</param>
    public void Change(Document document, JsonObject body, params string[] visibilities)
    {
        foreach (var name in new[] { "trial_end", "current_billing_period_end", "resumes_at" })
        {
            if (body.Text(name) is { } time && time != "now" && Timestamps.Parse(time) <= Core.Clock.Now)
            {
                throw Problems.Value(Location.Body[name], "The time must lie in the future.", time, "datetime_future");
            }
        }

        var before = Standing.Of(document);
        var behavior = body.Text("proration_behavior");
        if (body.ContainsKey("cancel_at_period_end") && body.Flag("cancel_at_period_end") || body.ContainsKey("revoke"))
        {
            var immediately = body.ContainsKey("revoke");
            RequireCancelable(document, immediately);
            Core.Billing.Cancel(document, immediately, body);
            return;
        }

        if (body.ContainsKey("cancel_at_period_end"))
        {
            Uncancel(document);
        }
        else if (body.ContainsKey("pause_at_period_end"))
        {
            PauseOrNot(document, body);
        }
        else if (body.ContainsKey("resume"))
        {
            if (document.Row.Text("status") != "paused")
            {
                throw ApiException.Domain(409, "NotPausedSubscription", "The subscription is not paused.");
            }

            Core.Billing.Resume(document);
        }
        else if (body.ContainsKey("pending_update"))
        {
            Core.Updates.DropPending(document);
        }
        else if (body.ContainsKey("current_billing_period_end"))
        {
            MovePeriodEnd(document, body.Text("current_billing_period_end")!);
        }
        else if (body.ContainsKey("seats") || body.ContainsKey("units"))
        {
            var name = body.ContainsKey("seats") ? "seats" : "units";
            if (!Core.Updates.ChangeQuantity(document, name, body.Number(name)!.Value, behavior))
            {
                return;
            }
        }
        else
        {
            ChangeBase(document, body, visibilities);
        }

        Core.Billing.Tell(document, before);
    }

    protected override IEnumerable<string> References(JsonObject row)
    {
        foreach (var name in new[] { "customer_id", "product_id", "discount_id", "checkout_id" })
        {
            if (row.Text(name) is { } id)
            {
                yield return id;
            }
        }

        foreach (var price in row.Objects("prices"))
        {
            if (price.Text("meter_id") is { } meter)
            {
                yield return meter;
            }
        }
    }

    private static void RequireCancelable(Document document, bool immediately)
    {
        if (!CanCancel(document.Row, immediately))
        {
            throw AlreadyCanceled();
        }
    }

    private Document? Customer(JsonObject row) => Core.Customers.Documents.Find(row.Text("customer_id"));

    private Document? Product(JsonObject row) => Core.Products.Documents.Find(row.Text("product_id"));

    private Reply CreateFree(OperationContext context)
    {
        var body = context.Body;
        var product = Core.Products.Documents.Find(body.Text("product_id"));
        if (product is null || !context.Caller.CanSee(product.OrganizationId))
        {
            throw Problems.Value(Location.Body["product_id"], "There is no such product.", body.Copy("product_id"));
        }

        var currency = Core.CurrencyOf(product.OrganizationId);
        var prices = PriceMath.In(product.Row.Objects("prices"), currency).ToArray();
        var usual = prices.FirstOrDefault(price => !PriceMath.IsMetered(price)) ?? prices.FirstOrDefault();
        if (!product.Row.Flag("is_recurring") || usual is null || !PriceMath.IsFree(usual))
        {
            throw Problems.Value(
                Location.Body["product_id"],
                "Only a free product can be subscribed to like this: others are bought in a checkout.",
                body.Copy("product_id")
            );
        }

        var isExternal = body.ContainsKey("external_customer_id");
        var name = isExternal ? "external_customer_id" : "customer_id";
        var customer = isExternal
            ? Core.Customers.FindByExternalId(product.OrganizationId, body.Text(name)!)
            : Core.Customers.Find(product.OrganizationId, body.Text(name)!);
        if (customer is null)
        {
            throw Problems.Value(Location.Body[name], "There is no such customer.", body.Copy(name));
        }

        var document = Core.Billing.Start(
            new SubscriptionDraft(customer, product, prices, currency)
            {
                Seats = PriceMath.Of(prices, "seat_based") is { } seats ? PriceMath.Limits(seats).Minimum : null,
                Units = PriceMath.Of(prices, "unit_based") is { } units ? PriceMath.Limits(units).Minimum : null,
                Metadata = (JsonObject)body["metadata"]!,
            }
        );
        return Reply.Created(document.Render(View));
    }

    private void Uncancel(Document document)
    {
        if (HasEnded(document))
        {
            throw ApiException.Domain(410, "ResourceUnavailable", "The subscription has ended.");
        }

        if (!CanUncancel(document))
        {
            throw ApiException.Domain(409, "SubscriptionNotScheduledToCancel", "No cancellation is scheduled.");
        }

        Change(
            document,
            static row =>
            {
                row["cancel_at_period_end"] = false;
                row["canceled_at"] = null;
                row["ends_at"] = null;
                row["customer_cancellation_reason"] = null;
                row["customer_cancellation_comment"] = null;
            }
        );
    }

    private void PauseOrNot(Document document, JsonObject body)
    {
        var row = document.Row;
        var isActive = row.Text("status") == "active";
        if (!body.Flag("pause_at_period_end"))
        {
            if (!isActive || !row.Flag("pause_at_period_end"))
            {
                throw ApiException.Domain(409, "NoScheduledPause", "No pause is scheduled.");
            }

            Change(
                document,
                static changed =>
                {
                    changed["pause_at_period_end"] = false;
                    changed["resumes_at"] = null;
                }
            );
            return;
        }

        if (!isActive || row.Flag("cancel_at_period_end") || row.Flag("pause_at_period_end") || row.Has("ends_at"))
        {
            throw ApiException.Domain(
                409,
                "CannotPauseSubscription",
                "Only an active subscription that is not about to end or to pause can be paused."
            );
        }

        if (
            body.Text("resumes_at") is { } resumes
            && string.CompareOrdinal(resumes, row.Text("current_period_end")) <= 0
        )
        {
            throw Problems.Value(
                Location.Body["resumes_at"],
                "A pause starts at the end of the period: it must end after that.",
                resumes
            );
        }

        Change(
            document,
            changed =>
            {
                changed["pause_at_period_end"] = true;
                changed["resumes_at"] = body.Copy("resumes_at");
            }
        );
    }

    private void MovePeriodEnd(Document document, string end)
    {
        if (IsRevoked(document.Row))
        {
            throw AlreadyCanceled();
        }

        if (!IsActive(document))
        {
            throw Inactive();
        }

        RequireRunning(document);
        var before = document.Row.Text("current_period_end");
        Change(
            document,
            row =>
            {
                row["current_period_end"] = end;
                row["anchor_day"] = Timestamps.Parse(end).Day;
            }
        );
        Core.Billing.Reschedule(document);
        Core.Events.AddSystem(
            "subscription.billing_period_updated",
            Core.Billing.Customer(document),
            new JsonObject
            {
                ["subscription_id"] = document.Id,
                ["old_period_end"] = before,
                ["new_period_end"] = end,
            }
        );
        Core.Events.AddSystem(
            "subscription.updated",
            Core.Billing.Customer(document),
            new JsonObject { ["subscription_id"] = document.Id, ["billing_period_end"] = end }
        );
    }

    private void ChangeBase(Document document, JsonObject body, string[] visibilities)
    {
        var discount = DiscountChange.Of(body);
        if (body.Text("product_id") is { } productId)
        {
            Core.Updates.ChangeProduct(document, productId, body.Text("proration_behavior"), discount, visibilities);
        }
        else if (discount != DiscountChange.None)
        {
            Core.Updates.ChangeDiscount(document, discount);
        }

        if (body.Text("trial_end") is { } trialEnd)
        {
            Core.Updates.ChangeTrial(document, trialEnd == "now" ? null : trialEnd);
        }

        if (body.ContainsKey("metadata"))
        {
            Change(document, row => row["metadata"] = body.Copy("metadata"));
        }
    }

    private Reply Export(OperationContext context) =>
        Table.Write(
            context,
            "polar-subscriptions",
            ["started_after", "started_before"],
            ListRunner.Select(
                context,
                this,
                new ListDefinition(
                    "-started_at",
                    ListFilter.Organization(),
                    ListFilter.Field("product_id", Form.Uuid),
                    ListFilter.Field("status", Statuses),
                    ListFilter.Flag("cancel_at_period_end", static row => row.Flag("cancel_at_period_end")),
                    ListFilter.After("started_after", "started_at"),
                    ListFilter.Before("started_before", "started_at")
                ).SortedBy("started_at")
            ),
            document => new ExportRow(
                document.Row,
                Customer(document.Row)?.Row,
                Product(document.Row)?.Row,
                Core.Discounts.Documents.Find(document.Row.Text("discount_id"))?.Row
            )
        );

    private static string? Rhythm(JsonObject row) =>
        row.Number("recurring_interval_count") is > 1 and var count
            ? $"{count} {row.Text("recurring_interval")}s"
            : row.Text("recurring_interval");

    // A time to come, or the word now.
    private sealed class TimeOrNowSchema : Schema
    {
        public override JsonNode? Check(JsonNode? input, Location at, Problems problems) =>
            input is JsonValue value && value.TryGetValue<string>(out var text) && text == "now"
                ? input.DeepClone()
                : Form.Time.Check(input, at, problems);
    }
}
