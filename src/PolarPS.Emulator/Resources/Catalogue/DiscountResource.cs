// Long because the four kinds of discounts share one form, and each refuses the others' fields.
using System.Text.Json;

namespace PolarPS.Emulator;

/// <summary>Discounts: an amount or a percentage off, once, for some months, or forever.</summary>
internal sealed class DiscountResource : Resource
{
    private const long LargestAmount = 999_999_999_999;

    private const string Redemptions = "redemptions";

    private static readonly Schema Code = new CodeSchema();

    private static readonly OptionalFields Terms = new(
        ("code", Code),
        ("starts_at", Form.Time),
        ("ends_at", Form.Time),
        ("max_redemptions", Form.Integer(1)),
        ("max_redemptions_per_customer", Form.Integer(1))
    );

    private static readonly string[] Own =
    [
        "created_at",
        "modified_at",
        "id",
        "metadata",
        "name",
        .. Terms.Names,
        "redemptions_count",
        "organization_id",
    ];

    // What a discount takes off: settled once a customer has had it.
    private static readonly string[] FixedEffects = ["duration_in_months", "amount", "currency", "amounts"];

    private static readonly string[] PercentageEffects = ["duration_in_months", "basis_points"];

    private static readonly Schema Duration = Form.OneOf(CatalogueValues.DiscountDuration);

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
                .Rule(CheckTimes)
                .Rule(CheckAmounts)
                .Rule(CheckDuration),
            ["percentage"] = new ObjectSchema(
                "DiscountPercentageCreate",
                Form.Fields(CreateFields("percentage"), [Field.Required("basis_points", Form.Integer(1, 10_000))])
            )
                .Rule(CheckTimes)
                .Rule(CheckDuration),
        },
        static body =>
            body.ContainsKey("basis_points") ? "percentage"
            : body.ContainsKey("amounts") || body.ContainsKey("amount") ? "fixed"
            : null
    );

    private static readonly Schema Update = new ObjectSchema(
        "DiscountUpdate",
        [
            Field.Optional("metadata", Form.Metadata),
            Field.Optional("name", Form.Text(1, int.MaxValue)),
            .. Terms.ForUpdate,
            Field.Optional("duration", Duration),
            Field.Clearable("duration_in_months", Months),
            Field.Optional("type", Form.OneOf(CatalogueValues.DiscountType)),
            Field.Optional("amount", Form.Integer(0, LargestAmount)),
            Field.Optional("currency", Form.Currency),
            Field.Optional("amounts", Amounts),
            Field.Optional("basis_points", Form.Integer(1, 10_000)),
            Field.Clearable("products", Form.Uuids),
        ]
    )
        .Rule(CheckTimes)
        .Rule(CheckOneAmount);

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
                    ListFilter.Where("query", Form.AnyText, IsFound)
                ).SortedBy(CatalogueValues.DiscountSort)
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
        CheckCode(row, body.Text("code"));
        Apply(row, body, "organization_id", "products");
        ApplyProducts(row, body);
        return row;
    }

    /// <summary>Puts a discount into the shop, from the body that would create it.</summary>
    public Document Add(JsonObject body, string organizationId, int redemptions = 0)
    {
        var valid = Create.Valid(body);
        var row = Build(valid, organizationId);
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

    /// <summary>Deleted discounts are kept for the subscriptions and orders that have them.</summary>
    public override bool IsVisible(Document document) => !document.Row.Has("deleted_at");

    /// <summary>A discount of one organization, for what points at it.</summary>
    public Document? Find(string organizationId, string? id) =>
        Documents.Find(id) is { } discount && discount.OrganizationId == organizationId && IsVisible(discount)
            ? discount
            : null;

    /// <summary>The discount of an organization that has a code, whatever its case.</summary>
    public Document? FindByCode(string organizationId, string code) =>
        Documents.Items.FirstOrDefault(discount =>
            discount.OrganizationId == organizationId
            && IsVisible(discount)
            && string.Equals(discount.Row.Text("code"), code, StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>Notes that a customer has a discount, by a checkout or on a subscription.</summary>
    public void Redeem(Document discount, Document customer, Document by)
    {
        var isCheckout = by.Collection.Kind == "checkouts";
        var row = NewRow(discount.OrganizationId);
        row["discount_id"] = discount.Id;
        row["customer_id"] = customer.Id;
        row["email"] = Unaliased((isCheckout ? by.Row.Text("customer_email") : null) ?? customer.Row.Text("email"));
        row["checkout_id"] = isCheckout ? by.Id : null;
        row["subscription_id"] = isCheckout ? null : by.Id;
        Core.Store.Insert(Redemptions, row);
        Count(discount, 1);
    }

    /// <summary>Takes a redemption back whose checkout came to nothing.</summary>
    public void Unredeem(Document checkout)
    {
        foreach (
            var redemption in Core.Store[Redemptions]
                .Items.Where(redemption => redemption.Row.Text("checkout_id") == checkout.Id)
                .ToArray()
        )
        {
            Core.Store.Remove(redemption);
            if (Documents.Find(redemption.Row.Text("discount_id")) is { } discount)
            {
                Count(discount, -1);
            }
        }
    }

    /// <summary>
    /// Whether a customer has had a discount as often as it may. A customer with the same address, but for what comes after a plus
    /// sign, is the same customer; what was refunded as a whole does not count.
    /// </summary>
    /// <param name="discount">The discount.</param>
    /// <param name="customer">The customer; null where it is not known yet.</param>
    /// <param name="email">The buyer's address.</param>
    /// <param name="checkout">The checkout that asks, which does not count itself.</param>
    public bool IsUsedUp(Document discount, Document? customer, string? email, Document checkout)
    {
        if (discount.Row.Number("max_redemptions_per_customer") is not { } most)
        {
            return false;
        }

        var address = Unaliased(email);
        return Core.Store[Redemptions]
                .Items.Count(redemption =>
                    redemption.Row.Text("discount_id") == discount.Id
                    && redemption.Row.Text("checkout_id") != checkout.Id
                    && (
                        (customer is not null && redemption.Row.Text("customer_id") == customer.Id)
                        || (address is not null && redemption.Row.Text("email") == address)
                    )
                    && Counts(redemption)
                ) >= most;
    }

    private bool Counts(Document redemption)
    {
        var source = redemption.Row.Text("checkout_id") ?? redemption.Row.Text("subscription_id")!;
        var orders = Core.Store.Referrers(source, "orders");
        return orders.Count == 0
            || orders.Any(order =>
                order.Row.Text("status") is "paid" or "partially_refunded"
                || Core.Store.Referrers(order.Id, "refunds")
                    .Any(refund => refund.Row.Text("reason") == "dispute_prevention")
            );
    }

    private static string? Unaliased(string? email)
    {
        if (email is null)
        {
            return null;
        }

        var at = email.LastIndexOf('@');
        return at < 0
            ? email
            : email.Substring(0, at).Split('+')[0].ToLowerInvariant() + email.Substring(at).ToLowerInvariant();
    }

    // Names are looked through as they are written, codes in any case.
    private static bool IsFound(Document discount, string query) =>
        discount.Row.Text("name")!.IndexOf(query, StringComparison.Ordinal) >= 0
        || discount.Row.Text("code")?.IndexOf(query, StringComparison.OrdinalIgnoreCase) >= 0;

    public override void Discard(Document document)
    {
        var row = document.Row.Clone();
        row["deleted_at"] = Core.Clock.Stamp();
        row["products"] = new JsonArray();
        Core.Store.Replace(document, row);
    }

    private void Count(Document discount, int by)
    {
        var row = discount.Row.Clone();
        row["redemptions_count"] = row.Number("redemptions_count") + by;
        Core.Store.Replace(discount, row);
    }

    protected override IEnumerable<string> References(JsonObject row) => row.Texts("products");

    private static Field[] CreateFields(string type) =>
        [
            Form.NewMetadata(),
            Field.Required("name", Form.Text(1, int.MaxValue)),
            .. Terms.ForCreation,
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
        var isRepeating = body.Text("duration") == "repeating";
        if (isRepeating != body.Has("duration_in_months"))
        {
            problems.Add(
                "value_error",
                at,
                isRepeating
                    ? "A repeating discount needs 'duration_in_months'."
                    : "Only a repeating discount has 'duration_in_months'.",
                body
            );
        }
    }

    private static void CheckTimes(JsonObject body, Location at, Problems problems)
    {
        if (
            body.Text("starts_at") is { } start
            && body.Text("ends_at") is { } end
            && string.CompareOrdinal(start, end) >= 0
        )
        {
            problems.Add("value_error", at, "'starts_at' must be before 'ends_at'.", body);
        }
    }

    private static void CheckOneAmount(JsonObject body, Location at, Problems problems)
    {
        if (body.Has("amount") && body.Has("amounts"))
        {
            problems.Add("value_error", at, "Say the amount once: in 'amounts'.", body);
        }
    }

    // The amount in one currency is how it used to be said; both ways mean the same and both are answered.
    private static void CheckAmounts(JsonObject body, Location at, Problems problems)
    {
        CheckOneAmount(body, at, problems);
        if (body["amounts"] is not JsonObject amounts)
        {
            if (body.Number("amount") is not { } amount)
            {
                problems.Add("value_error", at, "The amounts to take off are needed.", body);
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
        foreach (var name in new[] { "duration", "type" })
        {
            if (body.Text(name) is { } value && value != row.Text(name))
            {
                throw Problems.Value(Location.Body[name], $"The {name} of a discount cannot be changed.", body[name]);
            }
        }

        CheckCode(row, body.Text("code"));
        if (row.Number("redemptions_count") > 0)
        {
            foreach (var name in row.Text("type") == "fixed" ? FixedEffects : PercentageEffects)
            {
                if (body.ContainsKey(name) && !JsonNode.DeepEquals(body[name], row[name]))
                {
                    throw Problems.Value(
                        Location.Body[name],
                        "What a discount takes off cannot be changed after it has been redeemed.",
                        row[name]
                    );
                }
            }
        }

        if (
            row.Text("duration") == "repeating"
            && body.ContainsKey("duration_in_months")
            && !body.Has("duration_in_months")
        )
        {
            // Polar would take this, and fail with the next renewal.
            throw Problems.Value(
                Location.Body["duration_in_months"],
                "A repeating discount needs a number of months.",
                null
            );
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

        if (body.Has("products"))
        {
            ApplyProducts(row, body);
        }
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

    private void CheckCode(JsonObject row, string? code)
    {
        if (
            code is not null
            && FindByCode(row.Text("organization_id")!, code) is { } other
            && other.Id != row.Text("id")
        )
        {
            throw Problems.Value(Location.Body["code"], "Another discount already has this code.", code);
        }
    }

    // Letters and digits of any script.
    private sealed class CodeSchema : Schema
    {
        private const int Shortest = 3;
        private const int Longest = 256;

        private readonly TextSchema _text = new(0, int.MaxValue, null, emptyIsNull: true);

        public override JsonNode? Check(JsonNode? input, Location at, Problems problems)
        {
            var result = _text.Check(input, at, problems);
            if (result?.GetValue<string>() is not { } code)
            {
                return result;
            }

            var problem =
                !code.All(char.IsLetterOrDigit) ? "A code has only letters and digits."
                : code.Length is < Shortest or > Longest ? $"A code has {Shortest} to {Longest} characters."
                : null;
            if (problem is not null)
            {
                problems.Add("value_error", at, problem, input);
            }

            return result;
        }
    }
}
