using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace PolarPS.Emulator;

/// <summary>Checkout links: permanent addresses at which products can be bought.</summary>
internal sealed class CheckoutLinkResource : Resource
{
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

    private static readonly Schema Update = new ObjectSchema(
        "CheckoutLinkUpdate",
        Field.Clearable("trial_interval", Form.Interval),
        Field.Clearable("trial_interval_count", Form.Integer(1, 1000)),
        Field.Optional("metadata", Form.Metadata),
        Field.Optional("products", Form.List(Form.Uuid, 1)),
        Field.Clearable("label", Form.OptionalText),
        Field.Optional("allow_discount_codes", Form.Boolean),
        Field.Optional("require_billing_address", Form.Boolean),
        Field.Clearable("discount_id", Form.Uuid),
        Field.Clearable("seats", Form.Integer(1, 10_000)),
        Field.Clearable("units", Form.Integer(1)),
        Field.Clearable("success_url", Form.Address),
        Field.Clearable("return_url", Form.Address)
    );

    public CheckoutLinkResource(EmulatorCore core)
        : base(core, "checkout-links", "checkout_links")
    {
        View = new View(
            (document, writer) =>
            {
                writer.WriteStartObject();
                writer.WriteMembers(
                    document.Row,
                    "id",
                    "created_at",
                    "modified_at",
                    "trial_interval",
                    "trial_interval_count",
                    "metadata",
                    "payment_processor",
                    "client_secret",
                    "success_url",
                    "return_url",
                    "label",
                    "allow_discount_codes",
                    "require_billing_address",
                    "discount_id",
                    "seats",
                    "units",
                    "organization_id"
                );
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
                ).SortedBy("created_at", "label", "success_url", "allow_discount_codes")
            ),
            CreateOperation("/v1/checkout-links/", Create, context => Build(context.Body, context.Caller)),
            GetOperation("/v1/checkout-links/{id}"),
            UpdateOperation("/v1/checkout-links/{id}", Update, Change),
            DeleteOperation("/v1/checkout-links/{id}"),
        ];

    /// <summary>Puts a link into the shop, from the body that would create it.</summary>
    public Document Add(JsonObject body, Caller caller)
    {
        var problems = new Problems();
        var valid = (JsonObject?)Create.Check(body, Location.Body, problems);
        problems.ThrowIfAny();
        return Core.Store.Insert(Kind, Build(valid!, caller));
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
        new(
            name,
            Form.NewMetadata(),
            Field.Nullable("trial_interval", Form.Interval),
            Field.Nullable("trial_interval_count", Form.Integer(1, 1000)),
            Field.Required("payment_processor", Form.Literal("stripe")),
            Field.Nullable("label", Form.OptionalText),
            Field.Default("allow_discount_codes", Form.Boolean, static () => true),
            Field.Default("require_billing_address", Form.Boolean, static () => false),
            Field.Nullable("discount_id", Form.Uuid),
            Field.Nullable("seats", Form.Integer(1, 10_000)),
            Field.Nullable("units", Form.Integer(1)),
            Field.Nullable("success_url", Form.Address),
            Field.Nullable("return_url", Form.Address),
            what
        );

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
        CheckTogether(row, body);
        return row;
    }

    private void Change(OperationContext context, JsonObject row)
    {
        Apply(row, context.Body, "products");
        if (context.Body.ContainsKey("products"))
        {
            row["products"] = Json.ToArray(
                FindProducts(context.Body, new Caller(Subjects.Organization, row.Text("organization_id"), []))
                    .Select(product => product.Id)
            );
        }

        CheckTogether(row, context.Body);
    }

    private Document[] FindProducts(JsonObject body, Caller caller)
    {
        var found = new List<Document>();
        if (body.Text("product_price_id") is { } priceId)
        {
            found.Add(
                Core.Products.Documents.Items.FirstOrDefault(product =>
                    caller.CanSee(product.OrganizationId)
                    && product
                        .Row.Objects("prices")
                        .Any(price => price.Text("id") == priceId && !price.Flag("is_archived"))
                ) ?? throw Problems.Value(Location.Body["product_price_id"], "There is no such price.", priceId)
            );
            RefuseArchived(found[0], Location.Body["product_price_id"], priceId);
        }
        else if (body.Text("product_id") is { } productId)
        {
            found.Add(FindProduct(productId, Location.Body["product_id"], caller));
        }
        else
        {
            var index = 0;
            foreach (var id in body.Texts("products"))
            {
                var at = Location.Body["products"][index++];
                var product = FindProduct(id, at, caller);
                if (found.Count > 0 && product.OrganizationId != found[0].OrganizationId)
                {
                    throw Problems.Value(at, "All products of a link must belong to one organization.", id);
                }

                if (!found.Contains(product))
                {
                    found.Add(product);
                }
            }
        }

        return found.ToArray();
    }

    private Document FindProduct(string id, Location at, Caller caller)
    {
        var product = Core.Products.Documents.Find(id);
        if (product is null || !caller.CanSee(product.OrganizationId))
        {
            throw Problems.Value(at, "There is no such product.", id);
        }

        RefuseArchived(product, at, id);
        return product;
    }

    private static void RefuseArchived(Document product, Location at, string input)
    {
        if (product.Row.Flag("is_archived"))
        {
            throw Problems.Value(at, "The product is archived.", input);
        }
    }

    // What a link presets has to fit everything that it offers, when either is set: what ceases to fit later is ignored.
    private void CheckTogether(JsonObject row, JsonObject body)
    {
        CheckTrial(row, Location.Body);
        var products = Core.Store.Find("products", row.Texts("products")).ToArray();
        bool IsSet(string name) => body.ContainsKey(name) || body.ContainsKey("products");

        if (IsSet("discount_id") && row.Text("discount_id") is { } discountId)
        {
            var discount = Core.Discounts.Documents.Find(discountId);
            if (discount is null || discount.OrganizationId != row.Text("organization_id"))
            {
                throw Problems.Value(Location.Body["discount_id"], "There is no such discount.", discountId);
            }

            var limitedTo = discount.Row.Texts("products").ToArray();
            if (limitedTo.Length > 0 && !products.Any(product => limitedTo.Contains(product.Id)))
            {
                throw Problems.Value(
                    Location.Body["discount_id"],
                    "The discount applies to none of the products.",
                    discountId
                );
            }
        }

        if (IsSet("seats"))
        {
            CheckQuantity(row, "seats", products, "seat_based", Seats);
        }

        if (IsSet("units"))
        {
            CheckQuantity(row, "units", products, "unit_based", Units);
        }
    }

    private static (long Minimum, long? Maximum) Seats(JsonObject price)
    {
        var tiers = (JsonObject)price["seat_tiers"]!;
        return (tiers.Number("minimum_seats")!.Value, tiers.Number("maximum_seats"));
    }

    private static (long Minimum, long? Maximum) Units(JsonObject price) =>
        (price.Number("minimum_units") ?? 1, price.Number("maximum_units"));

    private static void CheckQuantity(
        JsonObject row,
        string name,
        Document[] products,
        string amountType,
        Func<JsonObject, (long Minimum, long? Maximum)> range
    )
    {
        if (row.Number(name) is not { } quantity)
        {
            return;
        }

        foreach (var product in products)
        {
            var price = product
                .Row.Objects("prices")
                .FirstOrDefault(candidate =>
                    candidate.Text("amount_type") == amountType && !candidate.Flag("is_archived")
                );
            if (price is null)
            {
                throw Problems.Value(
                    Location.Body[name],
                    $"Not every product of the link has a price by {name}.",
                    row[name]
                );
            }

            var (minimum, maximum) = range(price);
            if (quantity < minimum || quantity > maximum)
            {
                throw Problems.Value(
                    Location.Body[name],
                    $"Not every product of the link can be bought with this number of {name}.",
                    row[name]
                );
            }
        }
    }
}
