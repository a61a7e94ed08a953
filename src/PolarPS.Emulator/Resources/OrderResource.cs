using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;

namespace PolarPS.Emulator;

/// <summary>Orders: what was bought, what it cost, and whether it was paid.</summary>
internal sealed class OrderResource : Resource
{
    public static readonly Schema Statuses = Form.OneOf(
        "draft",
        "pending",
        "paid",
        "refunded",
        "partially_refunded",
        "void"
    );

    private static readonly Schema BillingType = Form.OneOf("one_time", "recurring");

    private static readonly Dictionary<string, Func<Columns, string?>> ExportColumns = new()
    {
        ["email"] = columns => columns.Customer?.Text("email"),
        ["created_at"] = columns => columns.Time("created_at"),
        ["product"] = columns => columns.Product?.Text("name"),
        ["net_amount"] = columns => columns.Money("net_amount"),
        ["currency"] = columns => columns.Row.Text("currency"),
        ["status"] = columns => columns.Row.Text("status"),
        ["invoice_number"] = columns => columns.Row.Text("invoice_number"),
        ["customer_name"] = columns => columns.Customer?.Text("name"),
        ["billing_name"] = columns => columns.Row.Text("billing_name"),
        ["billing_country"] = columns => (columns.Row["billing_address"] as JsonObject)?.Text("country"),
        ["subtotal_amount"] = columns => columns.Money("subtotal_amount"),
        ["discount_amount"] = columns => columns.Money("discount_amount"),
        ["tax_amount"] = columns => columns.Money("tax_amount"),
        ["total_amount"] = columns => columns.Money("total_amount"),
        ["refunded_amount"] = columns => columns.Money("refunded_amount"),
        ["billing_reason"] = columns => columns.Row.Text("billing_reason"),
    };

    private static readonly string[] UsualColumns =
    [
        "email",
        "created_at",
        "product",
        "net_amount",
        "currency",
        "status",
        "invoice_number",
    ];

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
                writer.WriteDocument(
                    "customer",
                    Core.Customers.Documents.Find(row.Text("customer_id")),
                    Core.Customers.View
                );
                writer.WriteDocument("product", Product(row), Core.Products.Summary);
                writer.WriteDocument(
                    "discount",
                    Core.Discounts.Documents.Find(row.Text("discount_id")),
                    Core.Discounts.InLink
                );
                writer.WriteDocument(
                    "subscription",
                    Core.Subscriptions.Documents.Find(row.Text("subscription_id")),
                    Core.Subscriptions.InOrder
                );
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
            ReadOnly("invoice", "/v1/orders/{id}/invoice", context => Invoice(Find(context))),
            new(
                "orders:generate_invoice",
                "POST",
                "/v1/orders/{id}/invoice",
                ["orders:read"],
                Merchants,
                context => GenerateInvoice(Find(context))
            ),
            ReadOnly("receipt", "/v1/orders/{id}/receipt", context => Receipt(Find(context))),
        ];

    public static long Refundable(JsonObject row) =>
        row.Flag("paid") ? row.Number("net_amount")!.Value - row.Number("refunded_amount")!.Value : 0;

    public static long RefundableTax(JsonObject row) =>
        row.Flag("paid") ? row.Number("tax_amount")!.Value - row.Number("refunded_tax_amount")!.Value : 0;

    /// <summary>Writes an order down. Whether and how it is paid comes after.</summary>
    public Document Add(OrderDraft draft, string status = "pending")
    {
        var customer = draft.Customer.Row;
        var row = NewRow(draft.Customer.OrganizationId);
        var inclusive = draft.Items.Count > 0 && draft.Items.All(item => item.IsInclusive);
        var address = customer["billing_address"] as JsonObject;
        var subtotal = Math.Max(0, draft.Items.Sum(item => item.Amount));
        var discounted = draft.Discount is null ? 0 : PriceMath.Discount(draft.Discount.Row, subtotal, draft.Currency);
        var tax = Taxes.On(subtotal - discounted, inclusive, address, customer.Has("tax_id"));
        if (inclusive)
        {
            // The chain of amounts is told without the tax that the prices contain.
            subtotal -= tax;
        }

        var net = subtotal - discounted;
        row["status"] = status;
        row["paid"] = false;
        row["subtotal_amount"] = subtotal;
        row["discount_amount"] = discounted;
        row["net_amount"] = net;
        row["tax_amount"] = tax;
        row["total_amount"] = net + tax;
        row["applied_balance_amount"] = 0;
        row["due_amount"] = net + tax;
        row["refunded_amount"] = 0;
        row["refunded_tax_amount"] = 0;
        row["currency"] = draft.Currency;
        row["billing_reason"] = draft.Reason;
        row["billing_name"] = customer.Copy("billing_name") ?? customer.Copy("name");
        row["billing_address"] = address?.Clone();
        row["invoice_number"] = status == "draft" ? null : InvoiceNumber(draft.Customer);
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
        row["items"] = Items(draft, row.Text("created_at")!, subtotal, tax);
        row["description"] = draft.Description ?? draft.Product?.Row.Text("name") ?? draft.Items[0].Label;
        var document = Core.Store.Insert(Kind, row);
        Core.Happened("order.created", document);
        return document;
    }

    /// <summary>Tries to get the money for an order from the customer's card.</summary>
    /// <returns>Whether it came.</returns>
    public bool Pay(Document order, string trigger, Document? method)
    {
        var row = order.Row;
        var due = row.Number("due_amount")!.Value;
        if (due > 0)
        {
            var succeeded = PaymentMethodResource.IsGood(method);
            Core.Payments.Add(
                Core.Customers.Documents.Find(row.Text("customer_id")),
                order.OrganizationId,
                due,
                row.Text("currency")!,
                trigger,
                method?.Row["method_metadata"] as JsonObject,
                succeeded,
                order.Id,
                row.Text("checkout_id")
            );
            if (!succeeded)
            {
                return false;
            }
        }

        MarkPaid(order);
        return true;
    }

    /// <summary>Notes that an order is paid.</summary>
    public void MarkPaid(Document order)
    {
        Change(
            order,
            row =>
            {
                var total = row.Number("total_amount")!.Value;
                row["status"] = "paid";
                row["paid"] = true;
                row["next_payment_attempt_at"] = null;
                row["invoice_number"] ??= InvoiceNumber(Core.Customers.Documents.Find(row.Text("customer_id"))!);
                row["receipt_number"] = row.Text("invoice_number")!.Replace("NWND-", "RCPT-");
                row["platform_fee_amount"] = total == 0 ? 0 : (long)Math.Round(total * 0.04m) + 40;
                row["platform_fee_currency"] = total == 0 ? null : row.Text("currency");
            }
        );
        Core.Happened("order.paid", order);
        Core.Happened("order.updated", order);
        var paid = order.Row;
        Core.Events.AddSystem(
            "order.paid",
            Core.Customers.Documents.Find(paid.Text("customer_id"))!,
            new JsonObject
            {
                ["order_id"] = order.Id,
                ["product_id"] = paid.Text("product_id"),
                ["amount"] = paid.Number("total_amount"),
                ["currency"] = paid.Text("currency"),
                ["net_amount"] = paid.Number("net_amount"),
                ["tax_amount"] = paid.Number("tax_amount"),
                ["discount_amount"] = paid.Number("discount_amount"),
            }
        );
    }

    public void ChangeOrder(Document order, Action<JsonObject> change)
    {
        Change(order, change);
        Core.Happened("order.updated", order);
    }

    /// <summary>Sets the name and the address that an invoice will bear.</summary>
    public static void ApplyBilling(JsonObject row, JsonObject body)
    {
        if (row.Flag("is_invoice_generated") && body.Count > 0)
        {
            var first = body.First().Key;
            if (!JsonNode.DeepEquals(body[first], row[first]))
            {
                throw Problems.Value(
                    Location.Body[first],
                    "The invoice has been generated and can no longer be changed.",
                    body.Copy(first)
                );
            }
        }

        Apply(row, body);
    }

    public Reply Invoice(Document order) =>
        order.Row.Flag("is_invoice_generated")
            ? Reply.Json(200, new JsonObject { ["url"] = Core.Downloads.Address("invoice", order.Id) })
            : throw ApiException.Domain(404, "InvoiceDoesNotExist", "There is no invoice for this order yet.");

    // The invoice is ready at the next request.
    public Reply GenerateInvoice(Document order)
    {
        var row = order.Row;
        if (row.Text("status") is "draft" or "void" or "pending")
        {
            throw ApiException.Domain(
                409,
                "OrderNotEligibleForInvoice",
                "An invoice can be generated only for a paid order."
            );
        }

        if (!row.Has("billing_name") || !row.Has("billing_address"))
        {
            throw ApiException.Domain(
                422,
                "MissingInvoiceBillingDetails",
                "An invoice needs a name and an address: set them on the order first."
            );
        }

        if (!row.Flag("is_invoice_generated"))
        {
            Core.Schedule.Set(
                order,
                Timestamps.Format(Core.Clock.Now),
                document => ChangeOrder(document, changed => changed["is_invoice_generated"] = true)
            );
        }

        return Reply.Accepted;
    }

    public Reply Receipt(Document order)
    {
        if (!order.Row.Has("receipt_number"))
        {
            throw ApiException.NotFound();
        }

        if (order.Row.Flag("receipt_ready"))
        {
            return Reply.Json(200, new JsonObject { ["url"] = Core.Downloads.Address("receipt", order.Id) });
        }

        var row = order.Row.Clone();
        row["receipt_ready"] = true;
        Core.Store.Replace(order, row);
        return Reply.Pending;
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
            .SortedBy("created_at", "status", "invoice_number", "net_amount")
            .SortedBy("amount", static row => row.Number("total_amount"))
            .SortedBy("customer", CustomerName)
            .SortedBy("product", row => Product(row)?.Row.Text("name"))
            .SortedBy("discount", row => Core.Discounts.Documents.Find(row.Text("discount_id"))?.Row.Text("name"))
            .SortedBy("subscription", static row => row.Text("subscription_id"));

    private string? Billing(JsonObject row) =>
        Product(row) is { } product ? (product.Row.Flag("is_recurring") ? "recurring" : "one_time") : null;

    private JsonArray Items(OrderDraft draft, string stamp, long subtotal, long tax)
    {
        var items = new JsonArray();
        var gross = Math.Max(1, draft.Items.Sum(item => item.Amount));
        var left = tax;
        for (var i = 0; i < draft.Items.Count; i++)
        {
            var item = draft.Items[i];
            var share = i == draft.Items.Count - 1 ? left : (long)Math.Round((decimal)tax * item.Amount / gross);
            left -= share;
            items.Add(
                (JsonNode)
                    new JsonObject
                    {
                        ["created_at"] = stamp,
                        ["modified_at"] = null,
                        ["id"] = Core.Ids.NextId(),
                        ["label"] = item.Label,
                        ["amount"] = draft.Items.Count == 1 ? subtotal : item.Amount,
                        ["tax_amount"] = share,
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
        var customer =
            Core.Customers.Find(organizationId, body.Text("customer_id")!)
            ?? throw Problems.Value(
                Location.Body["customer_id"],
                "There is no such customer.",
                body.Copy("customer_id")
            );
        var product = Core.Products.Find(organizationId, body.Text("product_id")!);
        if (product is null || product.Row.Flag("is_recurring") || product.Row.Flag("is_archived"))
        {
            throw Problems.Value(
                Location.Body["product_id"],
                product is null ? "There is no such product." : "Only a one-time product can be ordered this way.",
                body.Copy("product_id")
            );
        }

        Core.CustomFields.CheckAnswers((JsonObject)body["custom_field_data"]!, product, complete: false);
        var prices = product.Row.Objects("prices").ToArray();
        var currency =
            PriceMath.Currency(prices, body.Text("currency"), Core.CurrencyOf(organizationId))
            ?? throw Problems.Value(
                Location.Body["currency"],
                "The product has no price in this currency.",
                body.Copy("currency")
            );
        var draft = new OrderDraft(customer, currency, "purchase")
        {
            Product = product,
            Units = body.Number("units"),
            Description = body.Text("description"),
            Metadata = (JsonObject)body["metadata"]!,
            Answers = (JsonObject)body["custom_field_data"]!,
        };
        foreach (var price in PriceMath.In(prices, currency))
        {
            draft.Items.Add(
                new OrderItem(
                    product.Row.Text("name")!,
                    body.Number("amount") ?? PriceMath.UpFront(price, null, null, body.Number("units")),
                    price.Text("id")
                )
                {
                    IsInclusive = price.Text("tax_behavior") == "inclusive",
                }
            );
        }

        return Add(draft, "draft");
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
        var wanted = context.Body.Text("payment_method_id") ?? customer.Row.Text("default_payment_method_id");
        var method = Core.PaymentMethods.Documents.Find(wanted);
        if (context.Body.Has("payment_method_id") && method?.Row.Text("customer_id") != customer.Id)
        {
            throw Problems.Value(
                Location.Body["payment_method_id"],
                "The customer has no such payment method.",
                context.Body.Copy("payment_method_id")
            );
        }

        if (!Pay(order, "purchase", method))
        {
            throw ApiException.Domain(402, "PaymentFailed", "The payment was declined; the order is still a draft.");
        }

        Core.BenefitGrants.Grant(customer, null, Product(order.Row)!, null, order);
        return Reply.Ok(order.Render(View));
    }

    private Reply Export(OperationContext context)
    {
        var query = new QueryReader(context.Query);
        var zone = query.TimeZone();
        var columns = query.Many("columns", Form.OneOf(ExportColumns.Keys)) ?? UsualColumns;
        query.ThrowIfAny();
        var found = ListRunner.Select(
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
        );
        return Csv.Write(
            "polar-orders.csv",
            columns.ToArray(),
            found.Select(order =>
            {
                var cells = new Columns(
                    order.Row,
                    Core.Customers.Documents.Find(order.Row.Text("customer_id"))?.Row,
                    Product(order.Row)?.Row,
                    zone
                );
                return columns.Select(column => ExportColumns[column](cells));
            })
        );
    }
}

/// <summary>What the cells of an export are taken from.</summary>
internal sealed class Columns
{
    private readonly TimeZoneInfo _zone;

    public Columns(JsonObject row, JsonObject? customer, JsonObject? product, TimeZoneInfo zone)
    {
        Row = row;
        Customer = customer;
        Product = product;
        _zone = zone;
    }

    public JsonObject Row { get; }

    public JsonObject? Customer { get; }

    public JsonObject? Product { get; }

    public string? Time(string name) =>
        Row.Text(name) is { } text
            ? TimeZoneInfo
                .ConvertTime(Timestamps.Parse(text), _zone)
                .ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture)
            : null;

    public string? Money(string name) =>
        Row.Number(name) is { } amount ? Currencies.Show(amount, Row.Text("currency")!) : null;
}
