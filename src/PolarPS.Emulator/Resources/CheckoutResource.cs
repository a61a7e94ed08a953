using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PolarPS.Emulator;

/// <summary>
/// Checkouts: one customer's way through a purchase. The id of a confirmation token decides what becomes of the payment: one
/// that contains "fail" is refused, one that contains "action" needs a minute for the customer's bank, others succeed.
/// </summary>
internal sealed class CheckoutResource : Resource
{
    private static readonly TimeSpan Length = TimeSpan.FromHours(24);
    private static readonly TimeSpan ActionLength = TimeSpan.FromMinutes(1);

    private static readonly string[] Members =
    [
        "id",
        "created_at",
        "modified_at",
        "custom_field_data",
        "payment_processor",
        "status",
        "client_secret",
        "expires_at",
        "return_url",
        "embed_origin",
        "seats",
        "min_seats",
        "max_seats",
        "units",
        "min_units",
        "max_units",
        "currency",
        "allow_trial",
        "organization_id",
        "product_id",
        "discount_id",
        "allow_discount_codes",
        "require_billing_address",
        "customer_id",
        "is_business_customer",
        "customer_name",
        "customer_email",
        "customer_ip_address",
        "customer_billing_name",
        "customer_billing_address",
        "customer_tax_id",
        "locale",
        "payment_method_type",
        "payment_processor_metadata",
    ];

    private static readonly string[] Links = ["discount_id", "customer_id"];

    private static readonly string[] MerchantMembers =
    [
        "trial_interval",
        "trial_interval_count",
        "metadata",
        "external_customer_id",
        "subscription_id",
        "customer_metadata",
    ];

    private static readonly Schema Seats = Form.Integer(1, 10_000);
    private static readonly Schema Units = Form.Integer(1);
    private static readonly Schema TrialCount = Form.Integer(1, 1000);

    private static readonly Schema Create = new ObjectSchema(
        "CheckoutProductsCreate",
        Field.Nullable("trial_interval", Form.Interval),
        Field.Nullable("trial_interval_count", TrialCount),
        Form.NewMetadata(),
        Field.Default("custom_field_data", Form.Answers, static () => new JsonObject()),
        Field.Nullable("discount_id", Form.Uuid),
        Field.Default("allow_discount_codes", Form.Boolean, static () => true),
        Field.Default("require_billing_address", Form.Boolean, static () => false),
        Field.Nullable("amount", Form.Integer(0)),
        Field.Nullable("seats", Seats),
        Field.Nullable("min_seats", Seats),
        Field.Nullable("max_seats", Seats),
        Field.Nullable("units", Units),
        Field.Nullable("min_units", Units),
        Field.Nullable("max_units", Units),
        Field.Default("allow_trial", Form.Boolean, static () => true),
        Field.Nullable("customer_id", Form.Uuid),
        Field.Default("is_business_customer", Form.Boolean, static () => false),
        Field.Nullable("external_customer_id", Form.OptionalText),
        Field.Nullable("customer_name", Form.PersonName),
        Field.Nullable("customer_email", Form.Email),
        Field.Nullable("customer_ip_address", new IpAddressSchema()),
        Field.Nullable("customer_billing_name", Form.OptionalText),
        Field.Nullable("customer_billing_address", Form.PostalAddress),
        Field.Nullable("customer_tax_id", Form.OptionalText),
        Field.Default("customer_metadata", Form.Metadata, static () => new JsonObject()),
        Field.Nullable("subscription_id", Form.Uuid),
        Field.Nullable("success_url", Form.Address),
        Field.Nullable("return_url", Form.Address),
        Field.Nullable("embed_origin", Form.OptionalText),
        Field.Nullable("locale", Form.OptionalText),
        Field.Nullable("currency", Form.Currency),
        Field.Required("products", Form.List(Form.Uuid, 1)),
        Field.Nullable("prices", new MapSchema(Form.Uuid, Form.List(ProductPrices.New, 1)))
    ).Rule(CheckRanges);

    private static readonly Schema Update = new ObjectSchema(
        "CheckoutUpdate",
        [
            .. BuyerFields(),
            Field.Clearable("trial_interval", Form.Interval),
            Field.Clearable("trial_interval_count", TrialCount),
            Field.Optional("metadata", Form.Metadata),
            Field.Clearable("currency", Form.Currency),
            Field.Clearable("discount_id", Form.Uuid),
            Field.Clearable("allow_discount_codes", Form.Boolean),
            Field.Clearable("require_billing_address", Form.Boolean),
            Field.Clearable("allow_trial", Form.Boolean),
            Field.Clearable("customer_ip_address", new IpAddressSchema()),
            Field.Clearable("customer_metadata", Form.Metadata),
            Field.Clearable("success_url", Form.Address),
            Field.Clearable("return_url", Form.Address),
            Field.Clearable("embed_origin", Form.OptionalText),
        ]
    );

    private static readonly Schema UpdatePublic = new ObjectSchema(
        "CheckoutUpdatePublic",
        [.. BuyerFields(), .. PublicFields()]
    );

    private static readonly Schema Confirm = new ObjectSchema(
        "CheckoutConfirmStripe",
        [.. BuyerFields(), .. PublicFields(), Field.Clearable("confirmation_token_id", Form.AnyText)]
    );

    private readonly View _public;

    public CheckoutResource(EmulatorCore core)
        : base(core, "checkouts", "checkouts")
    {
        View = View.Members(
            Members,
            (document, writer) =>
            {
                WriteRest(document, writer);
                writer.WriteMembers(document.Row, MerchantMembers);
            }
        );
        _public = View.Members(
            Members,
            (document, writer) =>
            {
                WriteRest(document, writer);
                writer.WriteDocument(
                    "organization",
                    Core.Organizations.Documents.Find(document.OrganizationId),
                    OrganizationInCheckout
                );
            }
        );
    }

    public override View View { get; }

    private static View OrganizationInCheckout { get; } =
        View.Members(
            "created_at",
            "modified_at",
            "id",
            "name",
            "slug",
            "avatar_url",
            "proration_behavior",
            "allow_customer_updates"
        );

    public override IEnumerable<Operation> Operations =>
        [
            ListOperation(
                "/v1/checkouts/",
                new ListDefinition(
                    "-created_at",
                    ListFilter.Organization(),
                    ListFilter.Field("product_id", Form.Uuid),
                    ListFilter.Field("customer_id", Form.Uuid),
                    ListFilter.Any(
                        "external_customer_id",
                        Form.AnyText,
                        document =>
                            [
                                document.Row.Text("external_customer_id")
                                    ?? Core.Customers.Documents.Find(document.Row.Text("customer_id"))
                                        ?.Row.Text("external_id"),
                            ]
                    ),
                    ListFilter.Field("status", Form.OneOf("open", "expired", "confirmed", "succeeded", "failed")),
                    ListFilter.Search("query", "customer_email", "customer_name")
                ).SortedBy("created_at", "expires_at", "status")
            ),
            Writing(
                "create",
                "POST",
                "/v1/checkouts/",
                Create,
                context => Reply.Created(Add(context.Body, context.Caller).Render(View))
            ),
            GetOperation("/v1/checkouts/{id}"),
            Writing(
                "update",
                "PATCH",
                "/v1/checkouts/{id}",
                Update,
                context =>
                {
                    var document = Find(context);
                    RequireOpen(document);
                    Change(document, context.Body);
                    return Reply.Ok(document.Render(View));
                }
            ),
            Open(
                "client_get",
                "GET",
                "/v1/checkouts/client/{client_secret:text}",
                null,
                context => Reply.Ok(FindBySecret(context).Render(_public))
            ),
            Open(
                "client_update",
                "PATCH",
                "/v1/checkouts/client/{client_secret:text}",
                UpdatePublic,
                context =>
                {
                    var document = FindBySecret(context);
                    RequireOpen(document);
                    ChangeByBuyer(document, context.Body);
                    return Reply.Ok(document.Render(_public));
                }
            ),
            new(
                "checkouts:client_confirm",
                "POST",
                "/v1/checkouts/client/{client_secret:text}/confirm",
                [],
                Subjects.User | Subjects.Anonymous,
                context => ConfirmByBuyer(FindBySecret(context), context.Body)
            )
            {
                Body = Confirm,
            },
        ];

    /// <summary>Opens a checkout, from a body that has the right form.</summary>
    public Document Add(JsonObject body, Caller caller)
    {
        var products = FindProducts(body, caller);
        var organizationId = products[0].OrganizationId;
        var row = NewRow(organizationId);
        Apply(row, body, "products", "prices", "amount", "currency");
        CheckTrial(row, Location.Body);
        row["products"] = Json.ToArray(products.Select(product => product.Id));
        row["ad_hoc"] = AdHoc(body, products, row.Text("created_at")!);
        row["payment_processor"] = "stripe";
        row["status"] = "open";
        row["client_secret"] = Core.Ids.NextToken("polar_c_");
        row["expires_at"] = Timestamps.Format(Core.Clock.Now + Length);
        row["payment_method_type"] = null;
        row["payment_processor_metadata"] = new JsonObject();
        row["amount"] = null;
        row["product_id"] = products[0].Id;
        ApplyCustomer(row, body, organizationId);
        ApplyDiscount(row, body);
        ApplyUpgrade(row, organizationId);
        Choose(row, products[0], body);
        Core.CustomFields.CheckAnswers((JsonObject)row["custom_field_data"]!, products[0], complete: false);
        var document = Core.Store.Insert(Kind, row);
        Core.Schedule.Set(document, row.Text("expires_at"), Expire);
        Core.Happened("checkout.created", document);
        return document;
    }

    /// <summary>Opens a checkout of an organization, from the body that would create it.</summary>
    public Document Add(JsonObject body, string organizationId)
    {
        var problems = new Problems();
        var valid = (JsonObject?)Create.Check(body, Location.Body, problems);
        problems.ThrowIfAny();
        return Add(valid!, new Caller(Subjects.Organization, organizationId, []));
    }

    protected override IEnumerable<string> References(JsonObject row) =>
        row.Texts("products").Concat(Links.Select(row.Text).OfType<string>());

    private static Field[] BuyerFields() =>
        [
            Field.Optional("custom_field_data", Form.Answers),
            Field.Clearable("product_id", Form.Uuid),
            Field.Clearable("product_price_id", Form.Uuid),
            Field.Clearable("amount", Form.Integer(0)),
            Field.Clearable("seats", Seats),
            Field.Clearable("units", Units),
            Field.Clearable("is_business_customer", Form.Boolean),
            Field.Clearable("customer_name", Form.PersonName),
            Field.Clearable("customer_email", Form.Email),
            Field.Clearable("customer_billing_name", Form.OptionalText),
            Field.Clearable("customer_billing_address", Form.PostalAddress),
            Field.Clearable("customer_tax_id", Form.OptionalText),
            Field.Clearable("locale", Form.OptionalText),
        ];

    private static Field[] PublicFields() =>
        [
            Field.Clearable("payment_method_type", Form.AnyText),
            Field.Clearable("discount_code", Form.OptionalText),
            Field.Clearable("allow_trial", new FalseSchema()),
        ];

    private static void CheckRanges(JsonObject body, Location at, Problems problems)
    {
        foreach (var name in new[] { "seats", "units" })
        {
            var minimum = body.Number("min_" + name);
            var maximum = body.Number("max_" + name);
            var value = body.Number(name);
            if (minimum > maximum)
            {
                problems.Add(
                    "value_error",
                    at["max_" + name],
                    "The maximum must not be below the minimum.",
                    body["max_" + name]
                );
            }
            else if (value < minimum || value > maximum)
            {
                problems.Add("value_error", at[name], "The number is outside its own limits.", body[name]);
            }
        }
    }

    private List<Document> FindProducts(JsonObject body, Caller caller)
    {
        var found = new List<Document>();
        var index = 0;
        foreach (var id in body.Texts("products"))
        {
            var at = Location.Body["products"][index++];
            var product = Core.Products.Documents.Find(id);
            if (product is null || !caller.CanSee(product.OrganizationId))
            {
                throw Problems.Value(at, "There is no such product.", id);
            }

            if (product.Row.Flag("is_archived"))
            {
                throw Problems.Value(at, "The product is archived.", id);
            }

            if (found.Count > 0 && product.OrganizationId != found[0].OrganizationId)
            {
                throw Problems.Value(at, "All products of a checkout must belong to one organization.", id);
            }

            if (!found.Contains(product))
            {
                found.Add(product);
            }
        }

        return found;
    }

    private JsonObject AdHoc(JsonObject body, List<Document> products, string stamp)
    {
        var all = new JsonObject();
        foreach (var entry in body["prices"] as JsonObject ?? [])
        {
            var at = Location.Body["prices"][entry.Key];
            var product =
                products.Find(candidate => candidate.Id == entry.Key)
                ?? throw Problems.Value(at, "The checkout does not offer this product.", entry.Key);
            var prices = new JsonArray();
            foreach (var price in Core.Products.Prices.BuildAdHoc(product, (JsonArray)entry.Value!, at, stamp))
            {
                prices.Add((JsonNode)price);
            }

            all[entry.Key] = prices;
        }

        return all;
    }

    private void ApplyCustomer(JsonObject row, JsonObject body, string organizationId)
    {
        Document? customer = null;
        if (body.Text("customer_id") is { } id)
        {
            customer =
                Core.Customers.Find(organizationId, id)
                ?? throw Problems.Value(Location.Body["customer_id"], "There is no such customer.", id);
        }
        else if (body.Text("external_customer_id") is { } externalId)
        {
            customer = Core.Customers.FindByExternalId(organizationId, externalId);
        }

        row["customer_id"] = customer?.Id;
        if (customer is not null)
        {
            row["customer_email"] = customer.Row.Copy("email");
            row["customer_name"] ??= customer.Row.Copy("name");
            row["customer_billing_name"] ??= customer.Row.Copy("billing_name");
            row["customer_billing_address"] ??= customer.Row.Copy("billing_address");
            row["external_customer_id"] ??= customer.Row.Copy("external_id");
        }
    }

    private void ApplyDiscount(JsonObject row, JsonObject body)
    {
        if (!body.ContainsKey("discount_id"))
        {
            return;
        }

        row["discount_id"] = null;
        if (body.Text("discount_id") is { } id)
        {
            var discount = Core.Discounts.Documents.Find(id);
            if (discount is null || discount.OrganizationId != row.Text("organization_id") || !IsRedeemable(discount))
            {
                throw Problems.Value(Location.Body["discount_id"], "There is no such discount available.", id);
            }

            row["discount_id"] = id;
        }
    }

    private void ApplyUpgrade(JsonObject row, string organizationId)
    {
        if (row.Text("subscription_id") is not { } id)
        {
            return;
        }

        var subscription = Core.Subscriptions.Documents.Find(id);
        if (
            subscription is null
            || subscription.OrganizationId != organizationId
            || SubscriptionResource.HasEnded(subscription)
            || subscription.Row.Number("amount") > 0
        )
        {
            throw Problems.Value(
                Location.Body["subscription_id"],
                "There is no such free subscription to upgrade.",
                id
            );
        }

        row["customer_id"] = subscription.Row.Text("customer_id");
    }

    private bool IsRedeemable(Document discount)
    {
        var row = discount.Row;
        var now = Timestamps.Format(Core.Clock.Now);
        return (row.Text("starts_at") is not { } start || string.CompareOrdinal(start, now) <= 0)
            && (row.Text("ends_at") is not { } end || string.CompareOrdinal(end, now) > 0)
            && (row.Number("max_redemptions") is not { } most || row.Number("redemptions_count") < most);
    }

    private static JsonObject[] Prices(JsonObject row, Document product) =>
        row["ad_hoc"] is JsonObject adHoc && adHoc.ContainsKey(product.Id)
            ? adHoc.Objects(product.Id).ToArray()
            : product.Row.Objects("prices").Where(price => !price.Flag("is_archived")).ToArray();

    private static JsonObject[] Chosen(JsonObject row, Document product) =>
        PriceMath.In(Prices(row, product), row.Text("currency")!).ToArray();

    // Settles on a product, and on what its prices leave open.
    private void Choose(JsonObject row, Document product, JsonObject body)
    {
        var isNew = row.Text("product_id") != product.Id || !row.Has("currency") || body.Has("currency");
        row["product_id"] = product.Id;
        var prices = Prices(row, product);
        if (isNew)
        {
            row["currency"] =
                PriceMath.Currency(prices, body.Text("currency"), Core.CurrencyOf(product.OrganizationId))
                ?? throw Problems.Value(
                    Location.Body["currency"],
                    "The product has no price in this currency.",
                    body.Copy("currency")
                );
        }

        var chosen = Chosen(row, product);
        var custom = chosen.FirstOrDefault(price => price.Text("amount_type") == "custom");
        if (body.Has("amount") && custom is not null)
        {
            var amount = body.Number("amount")!.Value;
            if (
                (amount < custom.Number("minimum_amount") && amount != 0)
                || (amount == 0 && custom.Number("minimum_amount") > 0)
                || amount > custom.Number("maximum_amount")
            )
            {
                throw Problems.Value(Location.Body["amount"], "The amount is outside the limits of the price.", amount);
            }

            row["chosen_amount"] = amount;
        }

        Quantity(
            row,
            body,
            "seats",
            chosen.FirstOrDefault(price => price.Text("amount_type") == "seat_based")?["seat_tiers"] as JsonObject,
            "minimum_seats",
            "maximum_seats"
        );
        Quantity(
            row,
            body,
            "units",
            chosen.FirstOrDefault(price => price.Text("amount_type") == "unit_based"),
            "minimum_units",
            "maximum_units"
        );
    }

    private static void Quantity(
        JsonObject row,
        JsonObject body,
        string name,
        JsonObject? limits,
        string minimumName,
        string maximumName
    )
    {
        if (limits is null)
        {
            row[name] = null;
            return;
        }

        var minimum = Math.Max(limits.Number(minimumName) ?? 1, row.Number("min_" + name) ?? 1);
        var maximum = Math.Min(limits.Number(maximumName) ?? long.MaxValue, row.Number("max_" + name) ?? long.MaxValue);
        var wanted = body.Number(name) ?? row.Number(name) ?? minimum;
        if (wanted < minimum || wanted > maximum)
        {
            if (body.Has(name))
            {
                throw Problems.Value(Location.Body[name], $"The price does not allow this number of {name}.", wanted);
            }

            wanted = minimum;
        }

        row[name] = wanted;
    }

    private Document FindBySecret(OperationContext context)
    {
        var secret = context["client_secret"];
        var document =
            Documents.Items.FirstOrDefault(candidate => candidate.Row.Text("client_secret") == secret)
            ?? throw ApiException.NotFound();
        return document.Row.Text("status") == "expired"
            ? throw ApiException.Domain(410, "ExpiredCheckoutError", "The checkout has expired: open a new one.")
            : document;
    }

    private static void RequireOpen(Document document)
    {
        if (document.Row.Text("status") != "open")
        {
            throw ApiException.Domain(403, "NotOpenCheckout", "The checkout is no longer open.");
        }
    }

    private void Change(Document document, JsonObject body)
    {
        var row = document.Row.Clone();
        ApplyGiven(
            row,
            body,
            "product_id",
            "product_price_id",
            "amount",
            "seats",
            "units",
            "discount_id",
            "currency",
            "discount_code"
        );
        foreach (
            var name in new[]
            {
                "trial_interval",
                "trial_interval_count",
                "customer_name",
                "customer_billing_name",
                "customer_billing_address",
                "customer_tax_id",
                "return_url",
                "success_url",
                "customer_ip_address",
                "locale",
            }
        )
        {
            if (body.ContainsKey(name))
            {
                row[name] = body.Copy(name);
            }
        }

        CheckTrial(row, Location.Body);
        ApplyDiscount(row, body);
        Choose(row, FindChosen(row, body), body);
        var product = Core.Products.Documents.Find(row.Text("product_id"));
        Core.CustomFields.CheckAnswers((JsonObject)row["custom_field_data"]!, product, complete: false);
        row["modified_at"] = Core.Clock.Stamp();
        Core.Store.Replace(document, row);
        Core.Happened("checkout.updated", document);
    }

    private Document FindChosen(JsonObject row, JsonObject body)
    {
        var offered = Core.Store.Find("products", row.Texts("products")).ToArray();
        if (body.Text("product_price_id") is { } priceId)
        {
            return offered.FirstOrDefault(product => Prices(row, product).Any(price => price.Text("id") == priceId))
                ?? throw Problems.Value(
                    Location.Body["product_price_id"],
                    "The checkout does not offer this price.",
                    priceId
                );
        }

        var id = body.Text("product_id") ?? row.Text("product_id");
        return offered.FirstOrDefault(product => product.Id == id)
            ?? throw Problems.Value(Location.Body["product_id"], "The checkout does not offer this product.", id);
    }

    private void ChangeByBuyer(Document document, JsonObject body)
    {
        var valid = body.Clone();
        if (document.Row.Has("customer_id"))
        {
            // Whose checkout it is has been settled by the shop.
            valid.Remove("customer_email");
        }

        if (valid.ContainsKey("discount_code"))
        {
            var code = valid.Text("discount_code");
            valid["discount_id"] = code is null ? null : FindByCode(document, code).Id;
        }

        Change(document, valid);
    }

    private Document FindByCode(Document document, string code)
    {
        var discount = Core.Discounts.Documents.Items.FirstOrDefault(candidate =>
            candidate.OrganizationId == document.OrganizationId
            && string.Equals(candidate.Row.Text("code"), code, StringComparison.OrdinalIgnoreCase)
        );
        return
            discount is null
            || !document.Row.Flag("allow_discount_codes")
            || !IsRedeemable(discount)
            || !Fits(discount, document.Row)
            ? throw Problems.Value(Location.Body["discount_code"], "This discount code cannot be used here.", code)
            : discount;
    }

    private static bool Fits(Document discount, JsonObject row)
    {
        var limitedTo = discount.Row.Texts("products").ToArray();
        return limitedTo.Length == 0 || limitedTo.Contains(row.Text("product_id"));
    }

    private Reply ConfirmByBuyer(Document document, JsonObject body)
    {
        RequireOpen(document);
        ChangeByBuyer(document, body);
        var row = document.Row;
        var product = Core.Products.Documents.Find(row.Text("product_id"))!;
        var sum = Sum(row, product);
        CheckComplete(row, product, sum, body);
        CheckDiscount(row);
        CheckCustomer(row, product);
        var token = body.Text("confirmation_token_id") ?? string.Empty;
        bool Says(string word) => token.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;
        if (Says("fail") && !Says("action"))
        {
            Refuse(document, sum);
            throw ApiException.Domain(400, "PaymentError", "The payment was declined: try another card.");
        }

        var email = row.Text("customer_email");
        var customer =
            Core.Customers.Find(document.OrganizationId, row.Text("customer_id") ?? string.Empty)
            ?? (email is null ? null : Core.Customers.FindByEmail(document.OrganizationId, email))
            ?? Core.Customers.Add(new JsonObject { ["email"] = email }, document.OrganizationId);
        customer = Complete(customer, row);
        Change(
            document,
            changed =>
            {
                changed["status"] = "confirmed";
                changed["customer_id"] = customer.Id;
                changed["amounts_at_confirmation"] = sum.Total;
                if (sum.NeedsForm)
                {
                    changed["payment_processor_metadata"] = new JsonObject
                    {
                        ["intent_status"] = Says("action") ? "requires_action" : "succeeded",
                        ["intent_client_secret"] = "seti_" + Core.Ids.NextText(24),
                    };
                }
            }
        );
        // Whether it succeeds shows a moment later, as it would with a real card.
        var when = Core.Clock.Now + (Says("action") ? ActionLength : TimeSpan.Zero);
        Core.Schedule.Set(
            document,
            Timestamps.Format(when),
            due =>
            {
                if (Says("fail"))
                {
                    Refuse(due, sum);
                }
                else
                {
                    Succeed(due, token);
                }
            }
        );
        Core.Happened("checkout.updated", document);
        var answer = document.ToObject(_public);
        answer["customer_session_token"] = Core.CustomerSessions.Open(customer, null).Row.Text("token");
        return Reply.Json(200, answer);
    }

    private void CheckComplete(JsonObject row, Document product, CheckoutSum sum, JsonObject body)
    {
        var problems = new Problems();
        void Need(string name, bool isThere)
        {
            if (!isThere)
            {
                problems.Add("missing", Location.Body[name], "This field is required.", null);
            }
        }

        Need("customer_email", row.Has("customer_email") || row.Has("customer_id"));
        if (sum.NeedsForm)
        {
            Need("confirmation_token_id", !string.IsNullOrEmpty(body.Text("confirmation_token_id")));
            Need("customer_billing_address", row.Has("customer_billing_address"));
        }

        if (row.Flag("require_billing_address") && row["customer_billing_address"] is JsonObject address)
        {
            Need("customer_billing_address", address.Has("line1") && address.Has("city"));
        }

        if (row.Flag("is_business_customer"))
        {
            Need("customer_billing_name", row.Has("customer_billing_name"));
        }

        problems.ThrowDomainIfAny();
        Core.CustomFields.CheckAnswers((JsonObject)row["custom_field_data"]!, product, complete: true);
    }

    // It was available when the checkout was opened, and may have been exhausted or have ended since.
    private void CheckDiscount(JsonObject row)
    {
        if (Core.Discounts.Documents.Find(row.Text("discount_id")) is { } discount && !IsRedeemable(discount))
        {
            throw Problems.Value(
                Location.Body["discount_id"],
                "This discount is no longer available.",
                row.Copy("discount_id")
            );
        }
    }

    private void CheckCustomer(JsonObject row, Document product)
    {
        var organization = Core.Organizations.Documents.Find(product.OrganizationId)!.Row;
        var settings = (JsonObject)organization["subscription_settings"]!;
        var customer =
            Core.Customers.Documents.Find(row.Text("customer_id"))
            ?? Core.Customers.FindByEmail(product.OrganizationId, row.Text("customer_email") ?? string.Empty);
        if (customer is null)
        {
            return;
        }

        if (
            product.Row.Flag("is_recurring")
            && !settings.Flag("allow_multiple_subscriptions")
            && !row.Has("subscription_id")
            && Core.Store.Referrers(customer.Id, "subscriptions")
                .Any(subscription =>
                    SubscriptionResource.IsActive(subscription) && subscription.Row.Text("product_id") == product.Id
                )
        )
        {
            throw ApiException.Domain(
                403,
                "AlreadyActiveSubscriptionError",
                "The customer already has an active subscription to this product."
            );
        }

        if (Core.Discounts.Documents.Find(row.Text("discount_id")) is { } discount)
        {
            var used = Core
                .Store.Referrers(discount.Id, "orders", "subscriptions")
                .Count(order => order.Row.Text("customer_id") == customer.Id);
            if (discount.Row.Number("max_redemptions_per_customer") is { } most && used >= most)
            {
                throw ApiException.Domain(
                    403,
                    "DiscountRedemptionLimitReached",
                    "The customer has reached the redemption limit of this discount."
                );
            }
        }
    }

    // What the buyer told here, the customer did not have before.
    private Document Complete(Document customer, JsonObject row)
    {
        var changed = customer.Row.Clone();
        changed["name"] ??= row.Copy("customer_name");
        changed["billing_name"] = row.Copy("customer_billing_name") ?? changed.Copy("billing_name");
        changed["billing_address"] = row.Copy("customer_billing_address") ?? changed.Copy("billing_address");
        changed["locale"] ??= row.Copy("locale");
        changed["external_id"] ??= row.Copy("external_customer_id");
        if (row["customer_metadata"] is JsonObject { Count: > 0 } metadata)
        {
            changed["metadata"] = metadata.Clone();
        }

        if (
            row.Text("customer_tax_id") is { } taxId
            && (changed["billing_address"] as JsonObject)?.Text("country") is { } country
        )
        {
            changed["tax_id"] =
                TaxIds.Read(taxId, country)
                ?? throw Problems.Value(
                    Location.Body["customer_tax_id"],
                    "This is not a tax number of the billing address's country.",
                    taxId,
                    "invalid"
                );
        }

        Core.Store.Replace(customer, changed);
        return customer;
    }

    private void Refuse(Document document, CheckoutSum sum)
    {
        if (sum.Total > 0)
        {
            Core.Payments.Add(
                Core.Customers.Documents.Find(document.Row.Text("customer_id")),
                document.OrganizationId,
                sum.Total,
                document.Row.Text("currency")!,
                "purchase",
                new JsonObject { ["brand"] = "visa", ["last4"] = "0002" },
                succeeded: false,
                null,
                document.Id
            );
        }

        Change(
            document,
            row =>
            {
                row["status"] = "open";
                row["payment_processor_metadata"] = new JsonObject();
            }
        );
        Core.Schedule.Set(document, document.Row.Text("expires_at"), Expire);
        Core.Happened("checkout.updated", document);
    }

    private void Succeed(Document document, string token)
    {
        var row = document.Row;
        var product = Core.Products.Documents.Find(row.Text("product_id"))!;
        var customer = Core.Customers.Documents.Find(row.Text("customer_id"))!;
        var sum = Sum(row, product);
        var discount = sum.Discount;
        var method = sum.NeedsForm ? Core.PaymentMethods.Add(customer, "4242") : null;
        var prices = Chosen(row, product);
        if (product.Row.Flag("is_recurring"))
        {
            if (Core.Subscriptions.Documents.Find(row.Text("subscription_id")) is { } free)
            {
                Core.Subscriptions.End(free);
            }

            var subscription = Core.Billing.Start(
                new SubscriptionDraft(customer, product, prices, row.Text("currency")!)
                {
                    Discount = discount,
                    Checkout = document,
                    TrialEnd = TrialEnd(row, product),
                    Amount = row.Number("chosen_amount"),
                    Seats = row.Number("seats"),
                    Units = row.Number("units"),
                    Metadata = row["metadata"] as JsonObject,
                    Answers = row["custom_field_data"] as JsonObject,
                }
            );
            Core.Billing.GrantBenefits(subscription);
            if (!subscription.Row.Has("trial_end"))
            {
                Core.Billing.FirstOrder(subscription, method);
            }
        }
        else
        {
            var draft = new OrderDraft(customer, row.Text("currency")!, "purchase")
            {
                Product = product,
                Checkout = document,
                Discount = discount,
                Seats = row.Number("seats"),
                Units = row.Number("units"),
                Metadata = row["metadata"] as JsonObject,
                Answers = row["custom_field_data"] as JsonObject,
            };
            foreach (var price in prices)
            {
                draft.Items.Add(
                    new OrderItem(product.Row.Text("name")!, UpFront(row, price), price.Text("id"))
                    {
                        IsInclusive = price.Text("tax_behavior") == "inclusive",
                    }
                );
            }

            var order = Core.Orders.Add(draft);
            Core.Orders.Pay(order, "purchase", method);
            if (!row.Has("seats"))
            {
                Core.BenefitGrants.Grant(customer, null, product, null, order);
            }
        }

        Core.PaymentMethods.MayTurnBad(method, token);
        if (discount is not null)
        {
            var counted = discount.Row.Clone();
            counted["redemptions_count"] = counted.Number("redemptions_count") + 1;
            Core.Store.Replace(discount, counted);
        }

        Change(document, static changed => changed["status"] = "succeeded");
        Core.Happened("checkout.updated", document);
        Core.Happened("customer.state_changed", customer);
    }

    private void Expire(Document document)
    {
        if (document.Row.Text("status") == "open")
        {
            Change(document, static row => row["status"] = "expired");
            Core.Happened("checkout.expired", document);
        }
    }

    private static long UpFront(JsonObject row, JsonObject price) =>
        PriceMath.UpFront(price, row.Number("chosen_amount"), row.Number("seats"), row.Number("units"));

    private static (string? Interval, long? Count) Trial(JsonObject row, Document product)
    {
        if (!product.Row.Flag("is_recurring") || !row.Flag("allow_trial"))
        {
            return (null, null);
        }

        return row.Has("trial_interval")
            ? (row.Text("trial_interval"), row.Number("trial_interval_count"))
            : (product.Row.Text("trial_interval"), product.Row.Number("trial_interval_count"));
    }

    private DateTimeOffset? TrialEnd(JsonObject row, Document product) =>
        Trial(row, product) is ({ } interval, { } count) ? Periods.Add(Core.Clock.Now, interval, count) : null;

    private CheckoutSum Sum(JsonObject row, Document product)
    {
        var prices = Chosen(row, product);
        var subtotal = prices.Sum(price => UpFront(row, price));
        var discount = Core.Discounts.Documents.Find(row.Text("discount_id"));
        var fits = discount is not null && Fits(discount, row);
        var discounted = fits ? PriceMath.Discount(discount!.Row, subtotal, row.Text("currency")!) : 0;
        var address = row["customer_billing_address"] as JsonObject;
        var inclusive = prices.Length > 0 && prices.All(price => price.Text("tax_behavior") == "inclusive");
        long? tax = address is null
            ? null
            : Taxes.On(subtotal - discounted, inclusive, address, row.Has("customer_tax_id"));
        var net = subtotal - discounted - (inclusive ? tax ?? 0 : 0);
        return new CheckoutSum
        {
            Subtotal = subtotal,
            Discounted = discounted,
            Net = net,
            Tax = tax,
            IsInclusive = inclusive,
            Total = net + (tax ?? 0),
            Discount = fits ? discount : null,
            IsRecurring = product.Row.Flag("is_recurring"),
            HasTrial = Trial(row, product).Interval is not null,
            IsMetered = prices.Any(PriceMath.IsMetered),
        };
    }

    private void WriteRest(Document document, Utf8JsonWriter writer)
    {
        var row = document.Row;
        var product = Core.Products.Documents.Find(row.Text("product_id"));
        var secret = row.Text("client_secret")!;
        var host = Core.Options.Sandbox ? "https://sandbox.polar.sh" : "https://polar.sh";
        writer.WriteString("url", host + "/checkout/" + secret);
        writer.WriteString(
            "success_url",
            row.Text("success_url")?.Replace("{CHECKOUT_ID}", document.Id)
                ?? host + "/checkout/" + secret + "/confirmation"
        );
        writer.WriteStartObject("billing_address_fields");
        writer.WriteString("country", "required");
        foreach (var name in new[] { "state", "city", "postal_code", "line1" })
        {
            writer.WriteString(name, row.Flag("require_billing_address") ? "required" : "optional");
        }

        writer.WriteString("line2", "optional");
        writer.WriteEndObject();
        var offered = Core.Store.Find("products", row.Texts("products")).ToArray();
        writer.WriteDocuments("products", offered, Core.Products.InLink);
        writer.WriteDocument("product", product, Core.Products.InLink);
        WriteSum(row, product, writer);
        writer.WriteStartObject("prices");
        foreach (var item in offered)
        {
            writer.WriteStartArray(item.Id);
            foreach (var price in Prices(row, item))
            {
                Core.Products.Prices.Write(price, item.Id, writer);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        WriteDiscount(row, writer);
        if (product is null)
        {
            writer.WriteNull("attached_custom_fields");
        }
        else
        {
            Core.Products.WriteFields(product, writer);
        }
    }

    private void WriteSum(JsonObject row, Document? product, Utf8JsonWriter writer)
    {
        var sum = product is null ? new CheckoutSum() : Sum(row, product);
        var first = product is null ? null : Chosen(row, product).FirstOrDefault();
        var (interval, count) = product is null ? (null, null) : Trial(row, product);
        writer.WriteNumber("amount", sum.Subtotal);
        writer.WriteNumber("discount_amount", sum.Discounted);
        writer.WriteNumber("net_amount", sum.Net);
        writer.WritePropertyName("tax_amount");
        Json.WriteNode(writer, sum.Tax);
        writer.WriteString("tax_behavior", sum.IsInclusive ? "inclusive" : "exclusive");
        writer.WriteNumber("total_amount", sum.Total);
        writer.WriteString("active_trial_interval", interval);
        writer.WritePropertyName("active_trial_interval_count");
        Json.WriteNode(writer, count);
        writer.WriteString(
            "trial_end",
            interval is null
                ? null
                : Timestamps.Format(Periods.Add(Timestamps.Parse(row.Text("created_at")!), interval, count ?? 1))
        );
        writer.WriteBoolean("is_discount_applicable", !sum.IsFree);
        writer.WriteBoolean("is_free_product_price", sum.IsFree);
        writer.WriteBoolean("is_payment_required", sum.NeedsPayment);
        writer.WriteBoolean("is_payment_setup_required", sum.NeedsSetup);
        writer.WriteBoolean("is_payment_form_required", sum.NeedsForm);
        writer.WriteString("product_price_id", first?.Text("id"));
        writer.WritePropertyName("product_price");
        if (first is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            Core.Products.Prices.Write(first, product!.Id, writer);
        }
    }

    private void WriteDiscount(JsonObject row, Utf8JsonWriter writer)
    {
        writer.WritePropertyName("discount");
        if (Core.Discounts.Documents.Find(row.Text("discount_id")) is not { } discount)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        writer.WriteMembers(discount.Row, "id", "name", "code", "type", "duration");
        if (discount.Row.Text("duration") == "repeating")
        {
            writer.WriteMembers(discount.Row, "duration_in_months");
        }

        if (discount.Row.Text("type") == "fixed")
        {
            writer.WriteMembers(discount.Row, "amount", "currency", "amounts");
        }
        else
        {
            writer.WriteMembers(discount.Row, "basis_points");
        }

        writer.WriteEndObject();
    }

    private sealed class CheckoutSum
    {
        public long Subtotal { get; init; }

        public long Discounted { get; init; }

        public long Net { get; init; }

        public long? Tax { get; init; }

        public bool IsInclusive { get; init; }

        public long Total { get; init; }

        public Document? Discount { get; init; }

        public bool IsRecurring { get; init; }

        public bool HasTrial { get; init; }

        public bool IsMetered { get; init; }

        public bool IsFree => Subtotal == 0 && !IsMetered;

        public bool NeedsPayment => Total > 0 && !HasTrial;

        // A card is kept for what will be charged later.
        public bool NeedsSetup => IsRecurring && (Subtotal > 0 || IsMetered);

        public bool NeedsForm => NeedsPayment || NeedsSetup;
    }

    // false, and nothing else: a buyer may decline a trial, not grant itself one.
    private sealed class FalseSchema : Schema
    {
        public override JsonNode? Check(JsonNode? input, Location at, Problems problems)
        {
            if (input?.GetValueKind() == JsonValueKind.False)
            {
                return JsonValue.Create(false);
            }

            problems.Add(
                "literal_error",
                at,
                "Only false is allowed here.",
                input,
                new JsonObject { ["expected"] = "False" }
            );
            return null;
        }
    }

    private sealed class IpAddressSchema : Schema
    {
        public override JsonNode? Check(JsonNode? input, Location at, Problems problems)
        {
            if (
                input is JsonValue value
                && value.TryGetValue<string>(out var text)
                && System.Net.IPAddress.TryParse(text, out var address)
            )
            {
                return JsonValue.Create(address.ToString());
            }

            problems.Add("ip_any_address", at, "The text is not an IP address.", input);
            return null;
        }
    }
}
