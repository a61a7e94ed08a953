// Long because products, their prices, benefits and fields are changed by one request.
using System.Text.Json;

namespace PolarPS.Emulator;

/// <summary>Products: what is sold.</summary>
internal sealed class ProductResource : Resource
{
    private static readonly OptionalFields Texts = new(("description", Form.OptionalText));

    private static readonly string[] Own =
    [
        "id",
        "created_at",
        "modified_at",
        .. Form.Trial.Names,
        "name",
        .. Texts.Names,
        "visibility",
        "recurring_interval",
        "recurring_interval_count",
        "meter_interval",
        "meter_interval_count",
        "is_recurring",
        "is_archived",
        "organization_id",
        "metadata",
    ];

    // Who has a product in its history keeps it from being deleted.
    private static readonly string[] Holders = ["discounts", "orders", "subscriptions", "trials"];

    private static readonly Schema Visibility = Form.OneOf(CatalogueValues.Visibility);

    private static readonly Schema IntervalCount = Form.Integer(1, 999);

    private static readonly Schema AttachedFields = Form.List(
        new ObjectSchema(
            "AttachedCustomFieldCreate",
            Field.Required("custom_field_id", Form.Uuid),
            Field.Required("required", Form.Boolean)
        )
    );

    private static readonly Schema Create = new UnionSchema(
        // Nothing but a recurring interval tells the two forms apart.
        static body =>
            body.Has("recurring_interval") ? "ProductCreateRecurring" : "ProductCreateOneTime",
        new ObjectSchema(
            "ProductCreateRecurring",
            Form.Fields(
                CreateFields(),
                [
                    .. Form.Trial.ForCreation,
                    Field.Required("recurring_interval", Form.Interval),
                    Field.Default("recurring_interval_count", IntervalCount, static () => 1),
                    Field.Nullable("meter_interval", Form.Interval),
                    Field.Nullable("meter_interval_count", IntervalCount),
                ]
            )
        ).Rule(Form.CheckTrial),
        new ObjectSchema(
            "ProductCreateOneTime",
            Form.Fields(
                CreateFields(),
                [
                    Field.Nullable("recurring_interval", new NothingSchema()),
                    Field.Nullable("recurring_interval_count", new NothingSchema()),
                ]
            )
        )
    );

    private static readonly Schema Update = new ObjectSchema(
        "ProductUpdate",
        [
            Field.Optional("metadata", Form.Metadata),
            .. Form.Trial.ForUpdate,
            Field.Optional("name", Form.Text(3, 64)),
            .. Texts.ForUpdate,
            Field.Clearable("recurring_interval", Form.Interval),
            Field.Clearable("recurring_interval_count", IntervalCount),
            Field.Optional("is_archived", Form.Boolean),
            Field.Optional("visibility", Visibility),
            Field.Optional("prices", Form.List(ProductPrices.KeptOrNew)),
            Field.Optional("medias", Form.Uuids),
            Field.Optional("attached_custom_fields", AttachedFields),
        ]
    ).Rule(Form.CheckTrial);

    private static readonly Schema BenefitsUpdate = new ObjectSchema(
        "ProductBenefitsUpdate",
        Field.Required("benefits", Form.Uuids)
    );

    private readonly ProductPrices _prices;

    public ProductPrices Prices => _prices;

    public ProductResource(EmulatorCore core)
        : base(core, "products", "products")
    {
        _prices = new ProductPrices(core);
        View = new View(Write);
        InLink = new View(WriteInLink);
    }

    protected override string? ToldAs => "product";

    public override View View { get; }

    /// <summary>A product in a checkout link: what a buyer may see.</summary>
    public View InLink { get; }

    /// <summary>A product without prices and all that.</summary>
    public View Summary { get; } =
        new(
            static (document, writer) =>
            {
                writer.WriteStartObject();
                writer.WriteMembers(document.Row, Own);
                writer.WriteEndObject();
            }
        );

    public override IEnumerable<Operation> Operations =>
        [
            ListOperation(
                "/v1/products/",
                new ListDefinition(
                    "-created_at",
                    ListFilter.Field("id", Form.Uuid),
                    ListFilter.Organization(),
                    ListFilter.Search("query", "name"),
                    ListFilter.Flag("is_archived", static row => row.Flag("is_archived")),
                    ListFilter.Flag("is_recurring", static row => row.Flag("is_recurring")),
                    ListFilter.Any("benefit_id", Form.Uuid, static document => document.Row.Texts("benefits")),
                    ListFilter.Field("visibility", Visibility)
                )
                {
                    ByMetadata = true,
                }
                    .SortedBy(CatalogueValues.ProductSort)
                    .SortedBy("price_amount_type", static row => FirstPrice(row)?.Text("amount_type"))
                    .SortedBy("price_amount", static row => Amount(FirstPrice(row)))
            ),
            CreateOperation(
                "/v1/products/",
                Create,
                context => Build(context.Body, context.Caller.OrganizationFor(context.Body, Core.Store))
            ),
            GetOperation("/v1/products/{id}"),
            UpdateOperation("/v1/products/{id}", Update, Change),
            DeleteOperation(
                "/v1/products/{id}",
                document =>
                {
                    if (!IsDeletable(document))
                    {
                        throw ApiException.Domain(
                            409,
                            "ProductNotDeletable",
                            "Orders, subscriptions or discounts refer to this product: archive it instead."
                        );
                    }
                }
            ),
            Writing("update_benefits", "POST", "/v1/products/{id}/benefits", BenefitsUpdate, UpdateBenefits),
        ];

    /// <summary>A product that can be sold to an organization's customers, for what points at it.</summary>
    public Document? Find(string organizationId, string id) =>
        Documents.Find(id) is { } product && product.OrganizationId == organizationId ? product : null;

    /// <summary>The row of a new product, from a body that has the right form.</summary>
    public JsonObject Build(JsonObject body, string organizationId)
    {
        var row = NewRow(organizationId);
        row["trial_interval"] = null;
        row["trial_interval_count"] = null;
        row["recurring_interval"] = null;
        row["recurring_interval_count"] = null;
        row["meter_interval"] = null;
        row["meter_interval_count"] = null;
        row["is_archived"] = false;
        row["prices"] = new JsonArray();
        row["benefits"] = new JsonArray();
        Apply(row, body, "organization_id", "prices", "medias", "attached_custom_fields");
        row["is_recurring"] = row.Has("recurring_interval");
        if (row.Has("meter_interval"))
        {
            row["meter_interval_count"] ??= 1;
        }
        else
        {
            row["meter_interval_count"] = null;
        }

        // All that is wrong is told.
        var problems = new Problems();
        _prices.Apply(row, (JsonArray)body["prices"]!, Location.Body["prices"], row.Text("created_at")!, problems);
        if (row.Has("meter_interval") && !Features(organizationId).Flag("meter_cycling_enabled"))
        {
            problems.Add(
                "value_error",
                Location.Body["meter_interval"],
                "Settling usage between renewals is not enabled for this organization.",
                row["meter_interval"]
            );
        }

        ApplyMedias(row, body["medias"] as JsonArray ?? [], problems);
        ApplyFields(row, body["attached_custom_fields"] as JsonArray ?? [], problems);
        problems.ThrowDomainIfAny();
        return row;
    }

    /// <summary>Puts a product into the shop, from the body that would create it.</summary>
    public Document Add(JsonObject body, string organizationId)
    {
        var valid = Create.Valid(body);
        return Core.Store.Insert(Kind, Build(valid, organizationId));
    }

    /// <summary>Puts a product into the shop, from a row that is known to be good.</summary>
    public Document AddRow(JsonObject row) => Core.Store.Insert(Kind, row);

    public override Document InsertLike(Document model, bool older)
    {
        var row = model.Row.Clone();
        var stamp = older ? Before(model) : Core.Clock.Stamp();
        row["id"] = Core.Ids.NextId();
        row["created_at"] = stamp;
        row["modified_at"] = null;
        foreach (var price in row.Objects("prices"))
        {
            price["id"] = Core.Ids.NextId();
            price["created_at"] = stamp;
        }

        return Core.Store.Insert(Kind, row);
    }

    /// <summary>Removes the product from the links that offer it, and the links that would offer nothing then.</summary>
    public override void Discard(Document document)
    {
        LeaveLinks(document);
        base.Discard(document);
    }

    // What is no longer sold is in no link, and a link that would offer nothing goes.
    private void LeaveLinks(Document document)
    {
        foreach (var link in Core.Store.Referrers(document.Id, "checkout-links"))
        {
            var left = link.Row.Texts("products").Where(id => id != document.Id).ToArray();
            if (left.Length == 0)
            {
                Core.CheckoutLinks.Discard(link);
                continue;
            }

            var row = link.Row.Clone();
            row["products"] = Json.ToArray(left);
            Core.Store.Replace(link, row);
        }
    }

    protected override IEnumerable<string> References(JsonObject row)
    {
        foreach (var name in new[] { "benefits", "medias" })
        {
            foreach (var id in row.Texts(name))
            {
                yield return id;
            }
        }

        foreach (var field in row.Objects("attached_custom_fields"))
        {
            yield return field.Text("custom_field_id")!;
        }

        foreach (var price in row.Objects("prices"))
        {
            if (price.Text("meter_id") is { } meter)
            {
                yield return meter;
            }
        }
    }

    private static Field[] CreateFields() =>
        [
            Form.NewMetadata(),
            Field.Required("name", Form.Text(3, 64)),
            .. Texts.ForCreation,
            Field.Default("visibility", Visibility, static () => "public"),
            Field.Required("prices", Form.List(ProductPrices.New, 1)),
            Field.Nullable("medias", Form.Uuids),
            Field.Default("attached_custom_fields", AttachedFields, static () => new JsonArray()),
            Field.Nullable("organization_id", Form.Uuid),
        ];

    private static JsonObject? FirstPrice(JsonObject row) =>
        row.Objects("prices").FirstOrDefault(price => !price.Flag("is_archived"));

    private static long? Amount(JsonObject? price) =>
        price is null
            ? null
            : price.Number("price_amount")
                ?? price.Number("minimum_amount")
                ?? (price["seat_tiers"] as JsonObject)?.Objects("tiers").First().Number("price_per_seat");

    private bool IsDeletable(Document document) =>
        !Core.Store.IsReferenced(document.Id, Holders) && !Core.History.WillSell(document);

    private void Write(Document document, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteMembers(document.Row, Own);
        writer.WriteBoolean("is_deletable", IsDeletable(document));
        _prices.Write(document.Row, writer);
        writer.WriteDocuments(
            "benefits",
            Core.Store.Find("benefits", document.Row.Texts("benefits")),
            Core.Benefits.View
        );
        WriteMedias(document, writer);
        WriteFields(document, writer);
        writer.WriteEndObject();
    }

    /// <summary>Writes the questions that a product asks.</summary>
    public void WriteFields(Document document, Utf8JsonWriter writer)
    {
        writer.WriteStartArray("attached_custom_fields");
        foreach (var attached in document.Row.Objects("attached_custom_fields"))
        {
            if (Core.CustomFields.Documents.Find(attached.Text("custom_field_id")) is { } field)
            {
                writer.WriteStartObject();
                writer.WriteString("custom_field_id", field.Id);
                writer.WritePropertyName("custom_field");
                writer.WriteRawValue(field.Render(Core.CustomFields.View), skipInputValidation: true);
                writer.WriteMembers(attached, "order", "required");
                writer.WriteEndObject();
            }
        }

        writer.WriteEndArray();
    }

    private void WriteInLink(Document document, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteMembers(document.Row, Own);
        _prices.Write(document.Row, writer);
        writer.WriteDocuments(
            "benefits",
            Core.Store.Find("benefits", document.Row.Texts("benefits")),
            Core.Benefits.Public
        );
        WriteMedias(document, writer);
        writer.WriteEndObject();
    }

    private void WriteMedias(Document document, Utf8JsonWriter writer) =>
        writer.WriteDocuments("medias", Core.Store.Find("files", document.Row.Texts("medias")), Core.Files.Media);

    private void Change(OperationContext context, JsonObject row)
    {
        var body = context.Body;
        var problems = new Problems();
        if (body["prices"] is JsonArray prices)
        {
            _prices.Apply(row, prices, Location.Body["prices"], Core.Clock.Stamp(), problems);
        }

        if (
            body.Has("recurring_interval")
            && (
                body.Text("recurring_interval") != row.Text("recurring_interval")
                || body.Number("recurring_interval_count") != row.Number("recurring_interval_count")
            )
        )
        {
            problems.Add(
                "value_error",
                Location.Body["recurring_interval"],
                "How often a product is billed cannot be changed: make a new product instead.",
                body["recurring_interval"]
            );
        }

        foreach (var name in new[] { "recurring_interval", "recurring_interval_count" })
        {
            // Polar would take these, and break the product.
            if (
                body.ContainsKey(name)
                && !body.Has("recurring_interval")
                && !JsonNode.DeepEquals(body[name], row[name])
            )
            {
                problems.Add("value_error", Location.Body[name], "This cannot be changed.", body[name]);
            }
        }

        if (!row.Flag("is_recurring") && (body.Has("trial_interval") || body.Has("trial_interval_count")))
        {
            foreach (var name in new[] { "trial_interval", "trial_interval_count" })
            {
                problems.Add(
                    "value_error",
                    Location.Body[name],
                    "Only a product that is paid again and again can have a trial.",
                    body[name]
                );
            }
        }

        if (body["medias"] is JsonArray medias)
        {
            ApplyMedias(row, medias, problems);
        }

        if (body["attached_custom_fields"] is JsonArray fields)
        {
            ApplyFields(row, fields, problems);
        }

        problems.ThrowDomainIfAny();
        var wasArchived = row.Flag("is_archived");
        Apply(
            row,
            body,
            "prices",
            "medias",
            "attached_custom_fields",
            "recurring_interval",
            "recurring_interval_count"
        );
        if (row.Flag("is_archived") && !wasArchived)
        {
            LeaveLinks(Find(context));
        }
    }

    private Reply UpdateBenefits(OperationContext context)
    {
        var document = Find(context);
        var ids = context.Body.Texts("benefits").ToArray();
        for (var i = 0; i < ids.Length; i++)
        {
            var benefit = Core.Benefits.Documents.Find(ids[i]);
            if (benefit?.OrganizationId != document.OrganizationId || !Core.Benefits.IsVisible(benefit))
            {
                throw Problems.Value(Location.Body["benefits"][i], "There is no such benefit.", ids[i]);
            }
        }

        var row = document.Row.Clone();
        var before = new HashSet<string>(row.Texts("benefits"), StringComparer.Ordinal);
        row["benefits"] = Json.ToArray(ids.Distinct());
        row["modified_at"] = Core.Clock.Stamp();
        Core.Store.Replace(document, row);
        if (!before.SetEquals(ids))
        {
            Core.Enqueue(() => SyncBenefits(document));
        }

        Announce("updated", document);
        return Reply.Ok(document.Render(View));
    }

    // Who has the product already gets what is new with it, and loses what is not.
    private void SyncBenefits(Document product)
    {
        foreach (var subscription in Core.Store.Referrers(product.Id, "subscriptions"))
        {
            if (subscription.Row.Text("product_id") == product.Id)
            {
                Core.Billing.SyncBenefits(subscription);
                Core.CustomerSeats.SyncBenefits(subscription);
            }
        }

        foreach (var order in Core.Store.Referrers(product.Id, "orders"))
        {
            if (order.Row.Text("product_id") != product.Id || order.Row.Has("subscription_id"))
            {
                continue;
            }

            if (order.Row.Has("seats"))
            {
                Core.CustomerSeats.SyncBenefits(order);
            }
            else if (Core.Customers.Find(order.OrganizationId, order.Row.Text("customer_id")!) is { } customer)
            {
                Core.BenefitGrants.Grant(customer, null, product, null, order);
            }
        }
    }

    private JsonObject Features(string organizationId) =>
        (JsonObject)Core.Organizations.Documents.Find(organizationId)!.Row["feature_settings"]!;

    private void ApplyMedias(JsonObject row, JsonArray medias, Problems problems)
    {
        for (var i = 0; i < medias.Count; i++)
        {
            if (Core.Files.Find(row.Text("organization_id")!, "product_media", medias[i]!.GetValue<string>()) is null)
            {
                problems.Add(
                    "value_error",
                    Location.Body["medias"][i],
                    "There is no such picture of a product.",
                    medias[i]
                );
            }
        }

        row["medias"] = medias.DeepClone();
    }

    private void ApplyFields(JsonObject row, JsonArray fields, Problems problems)
    {
        var attached = new JsonArray();
        for (var i = 0; i < fields.Count; i++)
        {
            var given = (JsonObject)fields[i]!;
            var id = given.Text("custom_field_id")!;
            if (Core.CustomFields.Documents.Find(id)?.OrganizationId != row.Text("organization_id"))
            {
                problems.Add(
                    "value_error",
                    Location.Body["attached_custom_fields"][i],
                    "There is no such custom field.",
                    id
                );
                continue;
            }

            attached.Add(
                (JsonNode)
                    new JsonObject
                    {
                        ["custom_field_id"] = id,
                        ["order"] = i,
                        ["required"] = given.Flag("required"),
                    }
            );
        }

        row["attached_custom_fields"] = attached;
    }

    // A member that must be null or absent.
    private sealed class NothingSchema : Schema
    {
        public override JsonNode? Check(JsonNode? input, Location at, Problems problems)
        {
            problems.Add("none_required", at, "Only null is allowed here.", input);
            return null;
        }
    }
}
