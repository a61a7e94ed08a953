namespace PolarPS.Emulator;

/// <summary>Checkout links: permanent addresses at which products can be bought.</summary>
internal sealed class CheckoutLinkResource : Resource
{
    private static readonly OptionalFields Labels = new(("label", Form.OptionalText));

    // What is bought, and at what price.
    private static readonly OptionalFields Purchase = new(
        ("discount_id", Form.Uuid),
        ("seats", Form.Integer(1, 10_000)),
        ("units", Form.Integer(1))
    );

    // Where the buyer goes from the checkout.
    private static readonly OptionalFields Destinations = new(
        ("success_url", Form.Address),
        ("return_url", Form.Address)
    );

    private static readonly string[] Own =
    [
        "id",
        "created_at",
        "modified_at",
        .. Form.Trial.Names,
        "metadata",
        "payment_processor",
        "client_secret",
        .. Destinations.Names,
        .. Labels.Names,
        "allow_discount_codes",
        "require_billing_address",
        .. Purchase.Names,
        "organization_id",
    ];

    private static readonly Schema Create = new UnionSchema(
        static body =>
            body.ContainsKey("products") ? "CheckoutLinkCreateProducts"
            : body.ContainsKey("product_id") ? "CheckoutLinkCreateProduct"
            : body.ContainsKey("product_price_id") ? "CheckoutLinkCreateProductPrice"
            : null,
        CreateForm("CheckoutLinkCreateProductPrice", Field.Required("product_price_id", Form.Uuid)),
        CreateForm("CheckoutLinkCreateProduct", Field.Required("product_id", Form.Uuid)),
        CreateForm("CheckoutLinkCreateProducts", Field.Required("products", Form.List(Form.Uuid, 1)))
    );

    private static readonly (string Name, string Type)[] Quantities =
    [
        ("seats", "seat_based"),
        ("units", "unit_based"),
    ];

    private static readonly Schema Update = new ObjectSchema(
        "CheckoutLinkUpdate",
        [
            .. Form.Trial.ForUpdate,
            Field.Optional("metadata", Form.Metadata),
            Field.Optional("products", Form.List(Form.Uuid, 1)),
            .. Labels.ForUpdate,
            Field.Optional("allow_discount_codes", Form.Boolean),
            Field.Optional("require_billing_address", Form.Boolean),
            .. Purchase.ForUpdate,
            .. Destinations.ForUpdate,
        ]
    ).Rule(Form.CheckTrial);

    public CheckoutLinkResource(EmulatorCore core)
        : base(core, "checkout-links", "checkout_links")
    {
        View = new View(
            (document, writer) =>
            {
                writer.WriteStartObject();
                writer.WriteMembers(document.Row, Own);
                writer.WriteDocuments(
                    "products",
                    Core.Store.Find("products", document.Row.Texts("products")),
                    Core.Products.InLink
                );
                writer.WritePropertyName("discount");
                if (Core.Discounts.Documents.Find(document.Row.Text("discount_id")) is { } discount)
                {
                    writer.WriteRawValue(discount.Render(Core.Discounts.InLink), skipInputValidation: true);
                }
                else
                {
                    writer.WriteNullValue();
                }

                writer.WriteString("url", Address(document.Row.Text("client_secret")!));
                writer.WriteEndObject();
            }
        );
    }

    public override View View { get; }

    public override IEnumerable<Operation> Operations =>
        [
            ListOperation(
                "/v1/checkout-links/",
                new ListDefinition(
                    "created_at",
                    ListFilter.Organization(),
                    ListFilter.Any("product_id", Form.Uuid, static document => document.Row.Texts("products"))
                ).SortedBy(CheckoutValues.CheckoutLinkSort)
            ),
            CreateOperation("/v1/checkout-links/", Create, context => Build(context.Body, context.Caller)),
            GetOperation("/v1/checkout-links/{id}"),
            UpdateOperation("/v1/checkout-links/{id}", Update, Change),
            DeleteOperation("/v1/checkout-links/{id}"),
        ];

    /// <summary>Puts a link into the shop, from the body that would create it.</summary>
    public Document Add(JsonObject body, Caller caller)
    {
        var valid = Create.Valid(body);
        return Core.Store.Insert(Kind, Build(valid, caller));
    }

    public override Document InsertLike(Document model, bool older)
    {
        var document = base.InsertLike(model, older);
        var row = document.Row.Clone();
        row["client_secret"] = Core.Ids.NextToken("polar_cl_");
        Core.Store.Replace(document, row);
        return document;
    }

    protected override IEnumerable<string> References(JsonObject row) =>
        row.Text("discount_id") is { } discount ? row.Texts("products").Append(discount) : row.Texts("products");

    private static ObjectSchema CreateForm(string name, Field what) =>
        new ObjectSchema(
            name,
            [
                Form.NewMetadata(),
                .. Form.Trial.ForCreation,
                Field.Required("payment_processor", Form.Literal("stripe")),
                .. Labels.ForCreation,
                Field.Default("allow_discount_codes", Form.Boolean, static () => true),
                Field.Default("require_billing_address", Form.Boolean, static () => false),
                .. Purchase.ForCreation,
                .. Destinations.ForCreation,
                what,
            ]
        ).Rule(Form.CheckTrial);

    private string Address(string secret) =>
        Core.Options.Sandbox
            ? "https://sandbox-api.polar.sh/v1/checkout-links/" + secret + "/redirect"
            : "https://buy.polar.sh/" + secret;

    private JsonObject Build(JsonObject body, Caller caller)
    {
        var products = FindProducts(body, caller);
        var row = NewRow(products[0].OrganizationId);
        Apply(row, body, "product_id", "product_price_id", "products");
        row["client_secret"] = Core.Ids.NextToken("polar_cl_");
        row["products"] = Json.ToArray(products.Select(product => product.Id));
        CheckDiscount(row, products);
        foreach (var (name, type) in Quantities)
        {
            CheckQuantity(row, name, type, products);
        }

        return row;
    }

    private void Change(OperationContext context, JsonObject row)
    {
        var body = context.Body;
        var isMoved = body.ContainsKey("products");
        Apply(row, body, "products");
        var products = isMoved
            ? FindProducts(body, context.Caller)
            : Core.Store.Find("products", row.Texts("products")).ToArray();
        if (isMoved)
        {
            if (products[0].OrganizationId != row.Text("organization_id"))
            {
                throw Problems.Value(
                    Location.Body["products"],
                    "The products are not of the organization of the link.",
                    body["products"]
                );
            }

            row["products"] = Json.ToArray(products.Select(product => product.Id));
            if (!products.Any(product => product.Row.Flag("is_recurring")) && !body.ContainsKey("trial_interval"))
            {
                row["trial_interval"] = null;
                row["trial_interval_count"] = null;
            }
        }

        if (body.ContainsKey("discount_id"))
        {
            CheckDiscount(row, products);
        }

        foreach (var (name, type) in Quantities)
        {
            if (body.ContainsKey(name))
            {
                CheckQuantity(row, name, type, products);
            }
            else if (isMoved && row.Number(name) is { } quantity && Misfit(quantity, name, type, products) is not null)
            {
                // What does not fit the new products is dropped.
                row[name] = null;
            }
        }
    }

    private Document[] FindProducts(JsonObject body, Caller caller)
    {
        if (body.Text("product_price_id") is { } priceId)
        {
            return [FindByPrice(priceId, caller)];
        }

        var ids = body.Text("product_id") is { } productId ? [productId] : body.Texts("products").ToArray();
        var found = new List<Document>();
        var problems = new Problems();
        for (var i = 0; i < ids.Length; i++)
        {
            var product = Core.Products.Documents.Find(ids[i]);
            var problem =
                product is null || !caller.CanSee(product.OrganizationId)
                    ? "There is no such product."
                    : Unsellable(product);
            if (problem is not null)
            {
                problems.Add("value_error", Location.Body["products"][i], problem, ids[i]);
            }
            else if (!found.Contains(product!))
            {
                found.Add(product!);
            }
        }

        if (found.Select(product => product.OrganizationId).Distinct().Count() > 1)
        {
            problems.Add(
                "value_error",
                Location.Body["products"],
                "All products of a link must be of one organization.",
                body["products"]
            );
        }

        problems.ThrowDomainIfAny();
        return found.ToArray();
    }

    private Document FindByPrice(string priceId, Caller caller)
    {
        var product = Core.Products.Documents.Items.FirstOrDefault(candidate =>
            caller.CanSee(candidate.OrganizationId)
            && candidate.Row.Objects("prices").Any(price => price.Text("id") == priceId)
        );
        var problem =
            product is null ? "There is no such price."
            : product.Row.Objects("prices").First(price => price.Text("id") == priceId).Flag("is_archived")
                ? "The price is archived."
            : Unsellable(product);
        return problem is null ? product! : throw Problems.Value(Location.Body["product_price_id"], problem, priceId);
    }

    private static string? Unsellable(Document product) =>
        product.Row.Flag("is_archived") ? "The product is archived."
        : product.Row.Text("visibility") == "draft" ? "The product is a draft."
        : null;

    // Whether it can be redeemed, only a buyer has to care.
    private void CheckDiscount(JsonObject row, Document[] products)
    {
        if (row.Text("discount_id") is not { } id)
        {
            return;
        }

        var discount = Core.Discounts.Find(row.Text("organization_id")!, id);
        var limitedTo = discount?.Row.Texts("products").ToArray() ?? [];
        if (discount is null || (limitedTo.Length > 0 && !products.All(product => limitedTo.Contains(product.Id))))
        {
            throw Problems.Value(
                Location.Body["discount_id"],
                "There is no such discount, or it is not for each of the products.",
                id
            );
        }
    }

    private static void CheckQuantity(JsonObject row, string name, string type, Document[] products)
    {
        if (row.Number(name) is { } quantity && Misfit(quantity, name, type, products) is { } problem)
        {
            throw Problems.Value(Location.Body[name], problem, row[name]);
        }
    }

    // Why a number of seats or units does not go with each product; null where it does.
    private static string? Misfit(long quantity, string name, string type, Document[] products)
    {
        foreach (var product in products)
        {
            var prices = product
                .Row.Objects("prices")
                .Where(price => price.Text("amount_type") == type && !price.Flag("is_archived"))
                .ToArray();
            if (prices.Length == 0)
            {
                return $"Not every product of the link is priced by {name}.";
            }

            if (prices.Select(PriceMath.Limits).Any(limits => quantity < limits.Minimum || quantity > limits.Maximum))
            {
                return $"Not every product of the link can be bought with this number of {name}.";
            }
        }

        return null;
    }
}
