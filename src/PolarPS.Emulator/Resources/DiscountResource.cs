using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PolarPS.Emulator;

/// <summary>Discounts: an amount or a percentage off, once, for some months, or forever.</summary>
internal sealed class DiscountResource : Resource
{
    private const long LargestAmount = 999_999_999_999;

    private static readonly string[] Own =
    [
        "created_at",
        "modified_at",
        "id",
        "metadata",
        "name",
        "code",
        "starts_at",
        "ends_at",
        "max_redemptions",
        "max_redemptions_per_customer",
        "redemptions_count",
        "organization_id",
    ];

    // The amount of a discount: it cannot change once the discount has been redeemed.
    private static readonly string[] Effects =
    [
        "duration",
        "duration_in_months",
        "amount",
        "currency",
        "amounts",
        "basis_points",
    ];

    private static readonly Schema Code = new TextSchema(0, int.MaxValue, "^([A-Za-z0-9]{3,256})?$", emptyIsNull: true);

    private static readonly Schema Duration = Form.OneOf("once", "forever", "repeating");

    private static readonly Schema Months = Form.Integer(1, 999);

    private static readonly Schema Amounts = new MapSchema(Form.Currency, Form.Integer(0, LargestAmount), minimum: 1);

    private static readonly Schema Create = new TaggedSchema(
        "type",
        new Dictionary<string, ObjectSchema>
        {
            ["fixed"] = new ObjectSchema(
                "DiscountFixedCreate",
                Form.Fields(
                    CreateFields("fixed"),
                    [
                        Field.Nullable("amount", Form.Integer(0, LargestAmount)),
                        Field.Nullable("currency", Form.Currency),
                        Field.Nullable("amounts", Amounts),
                    ]
                )
            )
                .Rule(CheckDuration)
                .Rule(CheckAmounts),
            ["percentage"] = new ObjectSchema(
                "DiscountPercentageCreate",
                Form.Fields(CreateFields("percentage"), [Field.Required("basis_points", Form.Integer(1, 10_000))])
            ).Rule(CheckDuration),
        },
        static body =>
            body.ContainsKey("basis_points") ? "percentage"
            : body.ContainsKey("amounts") || body.ContainsKey("amount") ? "fixed"
            : null
    );

    private static readonly Schema Update = new ObjectSchema(
        "DiscountUpdate",
        Field.Optional("metadata", Form.Metadata),
        Field.Optional("name", Form.Text(1, int.MaxValue)),
        Field.Clearable("code", Code),
        Field.Clearable("starts_at", Form.Time),
        Field.Clearable("ends_at", Form.Time),
        Field.Clearable("max_redemptions", Form.Integer(1)),
        Field.Clearable("max_redemptions_per_customer", Form.Integer(1)),
        Field.Optional("duration", Duration),
        Field.Clearable("duration_in_months", Months),
        Field.Optional("type", Form.OneOf("fixed", "percentage")),
        Field.Optional("amount", Form.Integer(0, LargestAmount)),
        Field.Optional("currency", Form.Currency),
        Field.Optional("amounts", Amounts),
        Field.Optional("basis_points", Form.Integer(1, 10_000)),
        Field.Clearable("products", Form.Uuids)
    );

    public DiscountResource(EmulatorCore core)
        : base(core, "discounts", "discounts")
    {
        View = new View(
            (document, writer) =>
            {
                writer.WriteStartObject();
                WriteOwn(document, writer);
                writer.WriteDocuments(
                    "products",
                    Core.Store.Find("products", document.Row.Texts("products")),
                    Core.Products.Summary
                );
                writer.WriteEndObject();
            }
        );
    }

    protected override string? ToldAs => "discount";

    public override View View { get; }

    /// <summary>A discount in a checkout link: without the products that it is for.</summary>
    public View InLink { get; } =
        new(
            static (document, writer) =>
            {
                writer.WriteStartObject();
                WriteOwn(document, writer);
                writer.WriteEndObject();
            }
        );

    public override IEnumerable<Operation> Operations =>
        [
            ListOperation(
                "/v1/discounts/",
                new ListDefinition(
                    "-created_at",
                    ListFilter.Organization(),
                    ListFilter.Search("query", "name")
                ).SortedBy("created_at", "name", "code", "redemptions_count", "ends_at")
            ),
            CreateOperation(
                "/v1/discounts/",
                Create,
                context => Build(context.Body, context.Caller.OrganizationFor(context.Body, Core.Store))
            ),
            GetOperation("/v1/discounts/{id}"),
            UpdateOperation("/v1/discounts/{id}", Update, Change),
            DeleteOperation("/v1/discounts/{id}"),
        ];

    /// <summary>The row of a new discount, from a body that has the right form.</summary>
    public JsonObject Build(JsonObject body, string organizationId)
    {
        var row = NewRow(organizationId);
        row["redemptions_count"] = 0;
        Apply(row, body, "organization_id", "products");
        ApplyProducts(row, body);
        CheckTogether(row);
        return row;
    }

    /// <summary>Puts a discount into the shop, from the body that would create it.</summary>
    public Document Add(JsonObject body, string organizationId, int redemptions = 0)
    {
        var problems = new Problems();
        var valid = (JsonObject?)Create.Check(body, Location.Body, problems);
        problems.ThrowIfAny();
        var row = Build(valid!, organizationId);
        row["redemptions_count"] = redemptions;
        return Core.Store.Insert(Kind, row);
    }

    public override Document InsertLike(Document model, bool older)
    {
        var document = base.InsertLike(model, older);
        var row = document.Row.Clone();
        row["code"] = null;
        row["redemptions_count"] = 0;
        Core.Store.Replace(document, row);
        return document;
    }

    /// <summary>Removes the discount from the links that give it.</summary>
    public override void Discard(Document document)
    {
        foreach (var link in Core.Store.Referrers(document.Id, "checkout-links"))
        {
            var row = link.Row.Clone();
            row["discount_id"] = null;
            Core.Store.Replace(link, row);
        }

        base.Discard(document);
    }

    protected override IEnumerable<string> References(JsonObject row) => row.Texts("products");

    private static Field[] CreateFields(string type) =>
        [
            Form.NewMetadata(),
            Field.Required("name", Form.Text(1, int.MaxValue)),
            Field.Nullable("code", Code),
            Field.Nullable("starts_at", Form.Time),
            Field.Nullable("ends_at", Form.Time),
            Field.Nullable("max_redemptions", Form.Integer(1)),
            Field.Nullable("max_redemptions_per_customer", Form.Integer(1)),
            Field.Nullable("products", Form.Uuids),
            Field.Nullable("organization_id", Form.Uuid),
            Field.Default("type", Form.Literal(type), () => type),
            Field.Required("duration", Duration),
            Field.Nullable("duration_in_months", Months),
        ];

    private static void WriteOwn(Document document, Utf8JsonWriter writer)
    {
        var row = document.Row;
        writer.WriteMembers(row, "duration");
        if (row.Text("duration") == "repeating")
        {
            writer.WriteMembers(row, "duration_in_months");
        }

        writer.WriteMembers(row, "type");
        if (row.Text("type") == "fixed")
        {
            writer.WriteMembers(row, "amount", "currency", "amounts");
        }
        else
        {
            writer.WriteMembers(row, "basis_points");
        }

        writer.WriteMembers(row, Own);
    }

    private static void CheckDuration(JsonObject body, Location at, Problems problems)
    {
        var repeating = body.Text("duration") == "repeating";
        if (repeating != body.Has("duration_in_months"))
        {
            problems.Add(
                repeating ? "missing" : "value_error",
                at["duration_in_months"],
                repeating
                    ? "A repeating discount needs a number of months."
                    : "Only a repeating discount has a number of months.",
                repeating ? body : body["duration_in_months"]
            );
        }
    }

    // The amount in one currency is how it used to be said; both ways mean the same and both are answered.
    private static void CheckAmounts(JsonObject body, Location at, Problems problems)
    {
        if (body["amounts"] is not JsonObject amounts)
        {
            if (body.Number("amount") is not { } amount)
            {
                problems.Add("missing", at["amounts"], "The amounts of the discount are required.", body);
                return;
            }

            amounts = new JsonObject { [body.Text("currency") ?? "usd"] = amount };
            body["amounts"] = amounts;
        }

        SetAmount(body, amounts);
    }

    private static void SetAmount(JsonObject row, JsonObject amounts)
    {
        var currency = amounts.ContainsKey("usd") ? "usd" : amounts.First().Key;
        row["currency"] = currency;
        row["amount"] = amounts.Number(currency);
    }

    private void Change(OperationContext context, JsonObject row)
    {
        var body = context.Body;
        if (body.Text("type") is { } type && type != row.Text("type"))
        {
            throw Problems.Value(Location.Body["type"], "The type of a discount cannot be changed.", body["type"]);
        }

        if (row.Number("redemptions_count") > 0)
        {
            foreach (var name in Effects)
            {
                if (body.ContainsKey(name) && !JsonNode.DeepEquals(body[name], row[name]))
                {
                    throw Problems.Value(
                        Location.Body[name],
                        "The amount of a discount cannot be changed after it has been redeemed.",
                        body[name]
                    );
                }
            }
        }

        Apply(row, body, "products", "amount", "currency", "amounts", "basis_points");
        if (row.Text("type") == "percentage")
        {
            Apply(row, body, body.Select(member => member.Key).Where(name => name != "basis_points").ToArray());
        }
        else if (body["amounts"] is JsonObject amounts)
        {
            row["amounts"] = amounts.DeepClone();
            SetAmount(row, amounts);
        }
        else if (body.ContainsKey("amount") || body.ContainsKey("currency"))
        {
            var single = new JsonObject
            {
                [body.Text("currency") ?? row.Text("currency")!] = body.Number("amount") ?? row.Number("amount"),
            };
            row["amounts"] = single;
            SetAmount(row, single);
        }

        if (row.Text("duration") != "repeating" && !body.Has("duration_in_months"))
        {
            row["duration_in_months"] = null;
        }

        var problems = new Problems();
        CheckDuration(row, Location.Body, problems);
        problems.ThrowDomainIfAny();
        if (body.ContainsKey("products"))
        {
            ApplyProducts(row, body);
        }

        CheckTogether(row);
    }

    private void ApplyProducts(JsonObject row, JsonObject body)
    {
        var index = 0;
        foreach (var id in body.Texts("products"))
        {
            if (Core.Products.Find(row.Text("organization_id")!, id) is null)
            {
                throw Problems.Value(Location.Body["products"][index], "There is no such product.", id);
            }

            index++;
        }

        row["products"] = Json.ToArray(body.Texts("products").Distinct());
    }

    private void CheckTogether(JsonObject row)
    {
        if (
            row.Text("starts_at") is { } start
            && row.Text("ends_at") is { } end
            && string.CompareOrdinal(start, end) >= 0
        )
        {
            throw Problems.Value(Location.Body["ends_at"], "A discount must not end before it begins.", end);
        }

        if (
            row.Text("code") is { } code
            && Documents.Items.Any(other =>
                other.OrganizationId == row.Text("organization_id")
                && other.Id != row.Text("id")
                && string.Equals(other.Row.Text("code"), code, StringComparison.OrdinalIgnoreCase)
            )
        )
        {
            throw Problems.Value(Location.Body["code"], "Another discount already has this code.", code);
        }
    }
}
