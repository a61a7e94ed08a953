using System.Text.Json;

namespace PolarPS.Emulator;

/// <summary>Checkouts: one customer's way through a purchase.</summary>
internal sealed class CheckoutResource : Resource
{
    private static readonly TimeSpan Length = TimeSpan.FromHours(24);

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
        .. CheckoutForms.Surroundings.Names,
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
        .. CheckoutForms.Buyer.Names,
        "customer_ip_address",
        "customer_billing_name",
        "customer_billing_address",
        "customer_tax_id",
        "locale",
        "payment_method_type",
        "payment_processor_metadata",
        "trial_end",
    ];

    private static readonly string[] Links = ["discount_id", "customer_id"];

    private static readonly string[] MerchantMembers =
    [
        .. Form.Trial.Names,
        "metadata",
        "external_customer_id",
        "subscription_id",
        "customer_metadata",
    ];

    private readonly View _public;
    private readonly CheckoutRules _rules;
    private readonly CheckoutConfirmation _confirmation;

    public CheckoutResource(EmulatorCore core)
        : base(core, "checkouts", "checkouts")
    {
        _rules = new CheckoutRules(core);
        _confirmation = new CheckoutConfirmation(core, _rules);
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

    private static View OrganizationInCheckout { get; } = View.Members(OrganizationResource.PublicMembers);

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
                    ListFilter.Field("status", Form.OneOf(CheckoutValues.CheckoutStatus)),
                    ListFilter.Search("query", "customer_email")
                ).SortedBy(CheckoutValues.CheckoutSort)
            ),
            Writing(
                "create",
                "POST",
                "/v1/checkouts/",
                CheckoutForms.Create,
                context => Reply.Created(Add(context.Body, context.Caller).Render(View))
            ),
            GetOperation("/v1/checkouts/{id}"),
            Writing(
                "update",
                "PATCH",
                "/v1/checkouts/{id}",
                CheckoutForms.Update,
                context =>
                {
                    var document = Find(context);
                    Change(document, context.Body, isByBuyer: false);
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
                CheckoutForms.UpdatePublic,
                context =>
                {
                    var document = FindBySecret(context);
                    Change(document, context.Body, isByBuyer: true);
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
                Body = CheckoutForms.Confirm,
            },
        ];

    /// <summary>Opens a checkout, from a body that has the right form.</summary>
    public Document Add(JsonObject body, Caller caller)
    {
        var products = _rules.FindProducts(body, caller);
        var row = NewRow(products[0].OrganizationId);
        row["payment_processor"] = "stripe";
        row["status"] = "open";
        row["client_secret"] = Core.Ids.NextToken("polar_c_");
        row["expires_at"] = Timestamps.Format(Core.Clock.Now + Length);
        row["payment_method_type"] = null;
        row["payment_processor_metadata"] = new JsonObject();
        _rules.Create(row, body, products);
        var document = Core.Store.Insert(Kind, row);
        ScheduleExpiry(document);
        Core.Happened("checkout.created", document);
        return document;
    }

    /// <summary>Opens a checkout of an organization, from the body that would create it.</summary>
    public Document Add(JsonObject body, string organizationId)
    {
        var problems = new Problems();
        var valid = (JsonObject?)CheckoutForms.Create.Check(body, Location.Body, problems);
        problems.ThrowIfAny();
        return Add(valid!, new Caller(Subjects.Organization, organizationId, []));
    }

    /// <summary>Sells something as a checkout would have, for the history of a shop.</summary>
    public Document Sell(
        Document customer,
        Document product,
        string currency,
        long? seats,
        long? units,
        Document? discount,
        bool trial,
        JsonObject? answers,
        Document? card
    )
    {
        var row = new JsonObject
        {
            ["organization_id"] = customer.OrganizationId,
            ["product_id"] = product.Id,
            ["currency"] = currency,
            ["seats"] = seats,
            ["units"] = units,
            ["discount_id"] = discount?.Id,
            ["customer_billing_address"] = customer.Row.Copy("billing_address"),
            ["customer_tax_id"] = (customer.Row["tax_id"] as JsonArray)?[0]?.DeepClone(),
            ["success_url"] = "https://northwind.example/aboard",
            ["custom_field_data"] = answers,
            ["metadata"] = new JsonObject(),
            ["trial_end"] = trial
                ? Timestamps.Format(
                    Periods.Add(
                        Core.Clock.Now,
                        product.Row.Text("trial_interval")!,
                        product.Row.Number("trial_interval_count")!.Value
                    )
                )
                : null,
        };
        var sum = _rules.Sum(row);
        return _confirmation.Sell(
            row,
            sum,
            customer,
            null,
            sum.NeedsForm && product.Row.Flag("is_recurring") ? card : null,
            card?.Row["method_metadata"] as JsonObject
        );
    }

    /// <summary>Makes the appointment at which an open checkout expires.</summary>
    public void ScheduleExpiry(Document document) =>
        Core.Schedule.Set(
            document,
            document.Row.Text("expires_at"),
            due =>
            {
                if (due.Row.Text("status") == "open")
                {
                    Change(due, static row => row["status"] = "expired");
                    Core.Happened("checkout.expired", due);
                }
            }
        );

    protected override IEnumerable<string> References(JsonObject row) =>
        row.Texts("products").Concat(Links.Select(row.Text).OfType<string>());

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

    private void Change(Document document, JsonObject body, bool isByBuyer)
    {
        RequireOpen(document);
        var row = document.Row.Clone();
        _rules.Change(document, row, body, isByBuyer, confirms: false);
        _rules.ForgetForm(row);
        row["modified_at"] = Core.Clock.Stamp();
        Core.Store.Replace(document, row);
        Core.Happened("checkout.updated", document);
    }

    private Reply ConfirmByBuyer(Document document, JsonObject body)
    {
        RequireOpen(document);
        var row = document.Row.Clone();
        _rules.Change(document, row, body, isByBuyer: true, confirms: true);
        var token = _confirmation.Confirm(document, row, body.Text("confirmation_token_id"));
        var answer = document.ToObject(_public);
        answer["customer_session_token"] = token;
        return Reply.Json(200, answer);
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
        WriteAddressFields(row, writer);
        var offered = Core.Store.Find("products", row.Texts("products")).ToArray();
        writer.WriteDocuments("products", offered, Core.Products.InLink);
        writer.WriteDocument("product", product, Core.Products.InLink);
        WriteSum(row, writer);
        writer.WriteStartObject("prices");
        foreach (var item in offered)
        {
            writer.WriteStartArray(item.Id);
            foreach (var price in CheckoutRules.Prices(row, item))
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

    private static void WriteAddressFields(JsonObject row, Utf8JsonWriter writer)
    {
        var country = (row["customer_billing_address"] as JsonObject)?.Text("country");
        var isWhole =
            row.Flag("require_billing_address")
            || row.Flag("is_business_customer")
            || row.Text("payment_method_type") == "upi"
            || country == "US";
        writer.WriteStartObject("billing_address_fields");
        writer.WriteString("country", "required");
        writer.WriteString(
            "state",
            country is "US" or "CA" ? "required"
                : isWhole ? "optional"
                : "disabled"
        );
        foreach (var name in new[] { "line1", "city", "postal_code" })
        {
            writer.WriteString(name, isWhole ? "required" : "disabled");
        }

        writer.WriteString("line2", isWhole ? "optional" : "disabled");
        writer.WriteEndObject();
    }

    private void WriteSum(JsonObject row, Utf8JsonWriter writer)
    {
        var sum = _rules.Sum(row);
        var (interval, count) = _rules.Trial(row);
        writer.WriteNumber("amount", sum.Amounts.Subtotal);
        writer.WriteNumber("discount_amount", sum.Amounts.Discount);
        writer.WriteNumber("net_amount", sum.Amounts.Net);
        writer.WritePropertyName("tax_amount");
        Json.WriteNode(writer, sum.IsTaxKnown ? sum.Amounts.Tax.Amount : null);
        writer.WriteString("tax_behavior", sum.Amounts.Tax.Behavior);
        writer.WriteNumber("total_amount", sum.Amounts.Total);
        writer.WriteString("active_trial_interval", interval);
        writer.WritePropertyName("active_trial_interval_count");
        Json.WriteNode(writer, count);
        writer.WriteBoolean("is_discount_applicable", sum.TakesDiscount);
        writer.WriteBoolean("is_free_product_price", sum.IsFree);
        writer.WriteBoolean("is_payment_required", sum.NeedsPayment);
        writer.WriteBoolean("is_payment_setup_required", sum.NeedsSetup);
        writer.WriteBoolean("is_payment_form_required", sum.NeedsForm);
        writer.WriteString("product_price_id", sum.Usual?.Text("id"));
        writer.WritePropertyName("product_price");
        if (sum.Usual is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            Core.Products.Prices.Write(sum.Usual, row.Text("product_id")!, writer);
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
}
