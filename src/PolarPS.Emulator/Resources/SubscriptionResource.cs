using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PolarPS.Emulator;

/// <summary>Subscriptions as the API shows and changes them. What happens to them in time is in Billing/Subscriptions.</summary>
internal sealed class SubscriptionResource : Resource
{
    public static readonly Schema Statuses = Form.OneOf(
        "incomplete",
        "incomplete_expired",
        "trialing",
        "active",
        "past_due",
        "canceled",
        "unpaid",
        "paused"
    );

    public static readonly Schema CancellationReason = Form.OneOf(
        "customer_service",
        "low_quality",
        "missing_features",
        "switched_service",
        "too_complex",
        "too_expensive",
        "unused",
        "other"
    );

    private static readonly Schema Proration = Form.OneOf("invoice", "prorate", "next_period", "reset");

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

    private static readonly Dictionary<string, Func<Columns, string?>> ExportColumns = new()
    {
        ["email"] = columns => columns.Customer?.Text("email"),
        ["started_at"] = columns => columns.Time("started_at"),
        ["product"] = columns => columns.Product?.Text("name"),
        ["amount"] = columns => columns.Money("amount"),
        ["currency"] = columns => columns.Row.Text("currency"),
        ["status"] = columns => columns.Row.Text("status"),
        ["recurring_interval"] = columns => columns.Row.Text("recurring_interval"),
        ["customer_name"] = columns => columns.Customer?.Text("name"),
        ["billing_name"] = columns => columns.Customer?.Text("billing_name"),
        ["billing_country"] = columns => (columns.Customer?["billing_address"] as JsonObject)?.Text("country"),
        ["net_amount"] = columns => columns.Money("amount"),
        ["discount"] = columns => columns.Row.Text("discount_id"),
        ["seats"] = columns => columns.Row["seats"]?.ToJsonString(),
        ["current_period_start"] = columns => columns.Time("current_period_start"),
        ["current_period_end"] = columns => columns.Time("current_period_end"),
        ["cancel_at_period_end"] = columns => columns.Row.Flag("cancel_at_period_end") ? "true" : "false",
        ["canceled_at"] = columns => columns.Time("canceled_at"),
        ["ends_at"] = columns => columns.Time("ends_at"),
        ["ended_at"] = columns => columns.Time("ended_at"),
        ["cancellation_reason"] = columns => columns.Row.Text("customer_cancellation_reason"),
        ["trial_start"] = columns => columns.Time("trial_start"),
        ["trial_end"] = columns => columns.Time("trial_end"),
    };

    private static readonly string[] UsualColumns =
    [
        "email",
        "started_at",
        "product",
        "amount",
        "currency",
        "status",
        "recurring_interval",
    ];

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
            Field.Required("seats", Form.Integer(int.MinValue)),
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
                writer.WriteDocument(
                    "discount",
                    Core.Discounts.Documents.Find(row.Text("discount_id")),
                    Core.Discounts.InLink
                );
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
                    RequireAlive(document);
                    End(document);
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
            .SortedBy("status", "started_at", "current_period_end", "ended_at", "ends_at", "amount")
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
            var (consumed, credited, amount) = Usage(document, price);
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

    /// <summary>How much was used of a price's meter in the current period, and what that costs after credits.</summary>
    public (decimal Consumed, long Credited, long Amount) Usage(Document document, JsonObject price)
    {
        var row = document.Row;
        var customer = Customer(row)!;
        var meter = Core.Meters.Documents.Find(price.Text("meter_id"))!;
        var start = Timestamps.Parse(row.Text("current_meter_period_start") ?? row.Text("current_period_start")!);
        var consumed = Core.CustomerMeters.Consumed(customer, meter, start);
        var credited =
            Core.CustomerMeters.Of(customer)
                .FirstOrDefault(balance => balance.Row.Text("meter_id") == meter.Id)
                ?.Row.Number("credited_units")
            ?? 0;
        return (consumed, credited, PriceMath.Usage(price, Math.Max(0, consumed - credited)));
    }

    /// <summary>Ends a subscription now, with all that came with it.</summary>
    public void End(Document document)
    {
        if (!HasEnded(document))
        {
            Core.Billing.End(document);
        }
    }

    /// <summary>Changes a subscription in one of the ways that there are.</summary>
    public void Change(Document document, JsonObject body)
    {
        if (body.ContainsKey("cancel_at_period_end"))
        {
            Cancel(document, body);
        }
        else if (body.ContainsKey("revoke"))
        {
            RequireAlive(document);
            Change(document, row => ApplyReason(row, body));
            End(document);
        }
        else if (body.ContainsKey("pause_at_period_end"))
        {
            PauseOrNot(document, body);
        }
        else if (body.ContainsKey("resume"))
        {
            Resume(document);
        }
        else if (body.ContainsKey("pending_update"))
        {
            RequireAlive(document);
            Change(document, static row => row["pending_update"] = null);
        }
        else if (body.ContainsKey("current_billing_period_end"))
        {
            MovePeriodEnd(document, body);
        }
        else if (body.ContainsKey("seats"))
        {
            RequireActive(document);
            ChangeQuantity(document, body, "seats", "seat_based");
        }
        else if (body.ContainsKey("units"))
        {
            RequireActive(document);
            ChangeQuantity(document, body, "units", "unit_based");
        }
        else
        {
            ChangeBase(document, body);
        }

        Core.Happened("subscription.updated", document);
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

    private static void ApplyReason(JsonObject row, JsonObject body) =>
        ApplyGiven(row, body, "cancel_at_period_end", "revoke");

    private static void RequireAlive(Document document)
    {
        if (HasEnded(document))
        {
            throw ApiException.Domain(403, "AlreadyCanceledSubscription", "The subscription has ended.");
        }
    }

    private static void RequireActive(Document document)
    {
        RequireAlive(document);
        if (!IsActive(document))
        {
            throw ApiException.Domain(403, "InactiveSubscription", "The subscription is not active.");
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

        var currency = PriceMath.Currency(
            product.Row.Objects("prices").ToArray(),
            null,
            Core.CurrencyOf(product.OrganizationId)
        );
        var prices = PriceMath.In(product.Row.Objects("prices"), currency ?? "usd").ToArray();
        if (
            !product.Row.Flag("is_recurring")
            || product.Row.Flag("is_archived")
            || prices.Length == 0
            || prices.Any(price => price.Text("amount_type") != "fixed" || price.Number("price_amount") != 0)
        )
        {
            throw Problems.Value(
                Location.Body["product_id"],
                "Only a free product on sale can be subscribed to this way: others need a checkout.",
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
            new SubscriptionDraft(customer, product, prices, currency!) { Metadata = (JsonObject)body["metadata"]! }
        );
        return Reply.Created(document.Render(View));
    }

    private void Cancel(Document document, JsonObject body)
    {
        RequireAlive(document);
        if (body.Flag("cancel_at_period_end"))
        {
            Change(
                document,
                row =>
                {
                    ApplyReason(row, body);
                    row["cancel_at_period_end"] = true;
                    row["canceled_at"] ??= Core.Clock.Stamp();
                    row["ends_at"] = row.Copy("current_period_end");
                    row["pause_at_period_end"] = false;
                    row["resumes_at"] = null;
                }
            );
            Core.Happened("subscription.canceled", document);
            Core.Billing.Note("subscription.canceled", document);
            return;
        }

        if (!document.Row.Flag("cancel_at_period_end"))
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
        Core.Happened("subscription.uncanceled", document);
        Core.Billing.Note("subscription.uncanceled", document);
    }

    private void PauseOrNot(Document document, JsonObject body)
    {
        RequireAlive(document);
        if (!body.Flag("pause_at_period_end"))
        {
            if (!document.Row.Flag("pause_at_period_end"))
            {
                throw ApiException.Domain(409, "NoScheduledPause", "No pause is scheduled.");
            }

            Change(
                document,
                static row =>
                {
                    row["pause_at_period_end"] = false;
                    row["resumes_at"] = null;
                }
            );
            return;
        }

        if (document.Row.Text("status") != "active" || document.Row.Flag("cancel_at_period_end"))
        {
            throw ApiException.Domain(
                409,
                "CannotPauseSubscription",
                "Only an active subscription that is not scheduled to end can be paused."
            );
        }

        if (
            body.Text("resumes_at") is { } resumes
            && string.CompareOrdinal(resumes, document.Row.Text("current_period_end")) <= 0
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
            row =>
            {
                row["pause_at_period_end"] = true;
                row["resumes_at"] = body.Copy("resumes_at");
            }
        );
    }

    private void Resume(Document document)
    {
        RequireAlive(document);
        if (document.Row.Text("status") != "paused")
        {
            throw ApiException.Domain(409, "NotPausedSubscription", "The subscription is not paused.");
        }

        if (!Core.Billing.CanCharge(document))
        {
            throw ApiException.Domain(402, "PaymentFailed", "The payment for the new period was declined.");
        }

        Core.Billing.Resume(document);
    }

    private void MovePeriodEnd(Document document, JsonObject body)
    {
        RequireActive(document);
        var end = body.Text("current_billing_period_end")!;
        if (
            Timestamps.Parse(end) <= Core.Clock.Now
            || string.CompareOrdinal(end, document.Row.Text("current_period_end")) < 0
        )
        {
            throw Problems.Value(
                Location.Body["current_billing_period_end"],
                "The period can be extended, not shortened.",
                end
            );
        }

        Change(
            document,
            row =>
            {
                row["current_period_end"] = end;
                if (row.Text("status") == "trialing")
                {
                    row["trial_end"] = end;
                }

                if (row.Flag("cancel_at_period_end"))
                {
                    row["ends_at"] = end;
                }
            }
        );
        Core.Billing.Reschedule(document);
    }

    private void ChangeQuantity(Document document, JsonObject body, string name, string amountType)
    {
        var price = document
            .Row.Objects("prices")
            .FirstOrDefault(candidate => candidate.Text("amount_type") == amountType);
        if (price is null)
        {
            throw ApiException.Domain(
                400,
                name == "seats" ? "NotASeatBasedSubscription" : "NotAUnitBasedSubscription",
                $"The subscription has no price by {name}."
            );
        }

        var wanted = body.Number(name)!.Value;
        var (minimum, maximum) =
            name == "seats"
                ? (
                    ((JsonObject)price["seat_tiers"]!).Number("minimum_seats"),
                    ((JsonObject)price["seat_tiers"]!).Number("maximum_seats")
                )
                : (price.Number("minimum_units") ?? 1, price.Number("maximum_units"));
        if (wanted < minimum || wanted > maximum)
        {
            throw Problems.Value(Location.Body[name], $"The price does not allow this number of {name}.", wanted);
        }

        if (
            name == "seats"
            && wanted < Core.CustomerSeats.Of(document).Count(seat => seat.Row.Text("status") != "revoked")
        )
        {
            throw Problems.Value(Location.Body[name], "More seats are assigned than that: revoke some first.", wanted);
        }

        Core.Billing.Switch(document, body.Text("proration_behavior"), row => row[name] = wanted, name, wanted);
    }

    private void ChangeBase(Document document, JsonObject body)
    {
        if (body.ContainsKey("metadata"))
        {
            Change(document, row => row["metadata"] = body.Copy("metadata"));
        }

        if (body.ContainsKey("discount_id"))
        {
            RequireAlive(document);
            ChangeDiscount(document, body);
        }

        if (body.Has("trial_end"))
        {
            ChangeTrial(document, body.Text("trial_end")!);
        }

        if (body.Text("product_id") is { } productId && productId != document.Row.Text("product_id"))
        {
            RequireActive(document);
            ChangeProduct(document, body, productId);
        }
    }

    private void ChangeDiscount(Document document, JsonObject body)
    {
        if (body.Text("discount_id") is not { } id)
        {
            Change(document, static row => row["discount_id"] = null);
            return;
        }

        var discount = Core.Discounts.Documents.Find(id);
        var limitedTo = discount?.Row.Texts("products").ToArray() ?? [];
        if (
            discount is null
            || discount.OrganizationId != document.OrganizationId
            || (limitedTo.Length > 0 && !limitedTo.Contains(document.Row.Text("product_id")))
        )
        {
            throw Problems.Value(
                Location.Body["discount_id"],
                "There is no such discount for the subscription's product.",
                id
            );
        }

        Change(
            document,
            row =>
            {
                row["discount_id"] = id;
                row["discount_since"] = row.Copy("current_period_end");
                row["discount_used"] = false;
            }
        );
    }

    private void ChangeTrial(Document document, string end)
    {
        RequireAlive(document);
        if (end == "now")
        {
            if (document.Row.Text("status") != "trialing")
            {
                throw Problems.Value(Location.Body["trial_end"], "The subscription is not in a trial.", end);
            }

            if (!Core.Billing.CanCharge(document))
            {
                throw ApiException.Domain(402, "PaymentFailed", "The payment for the first period was declined.");
            }

            Core.Billing.EndTrial(document);
            return;
        }

        RequireActive(document);
        if (Timestamps.Parse(end) <= Core.Clock.Now)
        {
            throw Problems.Value(Location.Body["trial_end"], "A trial must end in the future.", end);
        }

        Change(
            document,
            row =>
            {
                row["status"] = "trialing";
                row["trial_start"] ??= Core.Clock.Stamp();
                row["trial_end"] = end;
                row["current_period_end"] = end;
            }
        );
        Core.Billing.Reschedule(document);
    }

    private void ChangeProduct(Document document, JsonObject body, string productId)
    {
        var product = Core.Products.Find(document.OrganizationId, productId);
        var currency = document.Row.Text("currency")!;
        var prices = PriceMath.In(product?.Row.Objects("prices") ?? [], currency).ToArray();
        if (
            product is null
            || !product.Row.Flag("is_recurring")
            || product.Row.Flag("is_archived")
            || prices.Length == 0
        )
        {
            throw Problems.Value(
                Location.Body["product_id"],
                product is null ? "There is no such product." : "The subscription cannot be moved to this product.",
                productId
            );
        }

        Core.Billing.Switch(
            document,
            body.Text("proration_behavior"),
            row => SubscriptionBilling.Put(row, product, prices),
            "product_id",
            productId
        );
    }

    private Reply Export(OperationContext context)
    {
        var query = new QueryReader(context.Query);
        var zone = query.TimeZone();
        var columns = query.Many("columns", Form.OneOf(ExportColumns.Keys)) ?? UsualColumns;
        query.ThrowIfAny();
        var found = ListRunner.Select(context, this, Listing());
        return Csv.Write(
            "polar-subscriptions.csv",
            columns.ToArray(),
            found.Select(document =>
            {
                var cells = new Columns(document.Row, Customer(document.Row)?.Row, Product(document.Row)?.Row, zone);
                return columns.Select(column => ExportColumns[column](cells));
            })
        );
    }

    // A time to come, or the word now.
    private sealed class TimeOrNowSchema : Schema
    {
        public override JsonNode? Check(JsonNode? input, Location at, Problems problems) =>
            input is JsonValue value && value.TryGetValue<string>(out var text) && text == "now"
                ? input.DeepClone()
                : Form.Time.Check(input, at, problems);
    }
}
