// Long because the kinds of prices share one form, and exclude one another.
using System.Text.Json;

namespace PolarPS.Emulator;

/// <summary>Prices: their forms, the rules for each kind and between them, and how they are written.</summary>
internal sealed class ProductPrices
{
    private const int MaximumLabel = 32;

    private static readonly Schema SeatTiers = new ObjectSchema(
        "ProductPriceSeatTiers",
        Field.Default("seat_tier_type", Form.OneOf(CatalogueValues.TierType), static () => "volume"),
        Field.Required(
            "tiers",
            Form.List(
                new ObjectSchema(
                    "ProductPriceSeatTier",
                    Field.Required("min_seats", Form.Integer(1)),
                    Field.Nullable("max_seats", Form.Integer(1)),
                    Field.Required("price_per_seat", Form.Integer(0))
                ),
                1
            )
        )
    ).Rule(CheckSeatTiers);

    private static readonly Schema TierSchema = Tiers();

    private static readonly Dictionary<string, ObjectSchema> Forms = new(StringComparer.Ordinal)
    {
        ["fixed"] = PriceForm(
                "ProductPriceFixedCreate",
                "fixed",
                Field.Required("price_amount", Form.Integer(0, long.MaxValue))
            )
            .Rule(CheckFixed),
        ["custom"] = PriceForm(
                "ProductPriceCustomCreate",
                "custom",
                Field.Optional("minimum_amount", Form.Integer(0, long.MaxValue)),
                Field.Nullable("maximum_amount", Form.Integer(1, long.MaxValue)),
                Field.Nullable("preset_amount", Form.Integer(0, long.MaxValue))
            )
            .Rule(CheckCustom),
        ["seat_based"] = PriceForm(
            "ProductPriceSeatBasedCreate",
            "seat_based",
            Field.Required("seat_tiers", SeatTiers)
        ),
        ["unit_based"] = PriceForm(
                "ProductPriceUnitBasedCreate",
                "unit_based",
                Field.Required("tiers", TierSchema),
                Field.Nullable("minimum_units", Form.Integer(1)),
                Field.Nullable("unit_label", new MapSchema(Form.AnyText, new MapSchema(Form.AnyText, Form.AnyText)))
            )
            .Rule(CheckUnits),
        ["metered_unit"] = PriceForm(
            "ProductPriceMeteredUnitCreate",
            "metered_unit",
            Field.Required("meter_id", Form.Uuid),
            Field.Required("unit_amount", new DecimalSchema(above: true, wholeDigits: 5, decimals: 12)),
            Field.Nullable("cap_amount", Form.Integer(0))
        ),
        ["metered_tiers"] = PriceForm(
            "ProductPriceMeteredTiersCreate",
            "metered_tiers",
            Field.Required("meter_id", Form.Uuid),
            Field.Required("tiers", TierSchema),
            Field.Nullable("cap_amount", Form.Integer(0))
        ),
    };

    private readonly EmulatorCore _core;

    public ProductPrices(EmulatorCore core) => _core = core;

    /// <summary>A price that does not exist yet.</summary>
    public static Schema New { get; } = new NewPriceSchema();

    /// <summary>A price to keep, by its id, or a new one.</summary>
    public static Schema KeptOrNew { get; } = new KeptOrNewSchema();

    /// <summary>Makes the prices of a product out of what a request says: the kept ones, the new ones, and archives the rest.</summary>
    /// <param name="product">The product's row, with the prices that it has.</param>
    /// <param name="given">The prices of the request, in the right form.</param>
    /// <param name="at">Where in the request they are.</param>
    /// <param name="stamp">The time of the request.</param>
    /// <param name="problems">What is wrong with them.</param>
    public void Apply(JsonObject product, JsonArray given, Location at, string stamp, Problems problems)
    {
        var existing = product.Objects("prices").ToDictionary(price => price.Text("id")!, StringComparer.Ordinal);
        var active = Read(product, existing, given, at, stamp, problems);
        var result = new JsonArray();
        foreach (var price in active)
        {
            result.Add((JsonNode)price);
            existing.Remove(price.Text("id")!);
        }

        foreach (var left in product.Objects("prices").Where(price => existing.ContainsKey(price.Text("id")!)))
        {
            var archived = left.Clone();
            if (!archived.Flag("is_archived"))
            {
                archived["is_archived"] = true;
                archived["modified_at"] = stamp;
            }

            result.Add((JsonNode)archived);
        }

        product["prices"] = result;
    }

    /// <summary>Writes those prices of a product that are not archived.</summary>
    public void Write(JsonObject product, Utf8JsonWriter writer)
    {
        writer.WriteStartArray("prices");
        foreach (var price in product.Objects("prices"))
        {
            if (!price.Flag("is_archived"))
            {
                Write(price, product.Text("id")!, writer);
            }
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes one price.</summary>
    public void Write(JsonObject price, string productId, Utf8JsonWriter writer)
    {
        var type = price.Text("amount_type");
        writer.WriteStartObject();
        writer.WriteMembers(
            price,
            "created_at",
            "modified_at",
            "id",
            "source",
            "amount_type",
            "price_currency",
            "tax_behavior",
            "is_archived"
        );
        writer.WriteString("product_id", productId);
        switch (type)
        {
            case "fixed":
                writer.WriteMembers(price, "price_amount");
                break;
            case "custom":
                writer.WriteMembers(price, "minimum_amount", "maximum_amount", "preset_amount");
                break;
            case "seat_based":
                writer.WriteMembers(price, "seat_tiers");
                break;
            case "unit_based":
                writer.WriteMembers(price, "tiers", "minimum_units", "unit_label", "maximum_units");
                break;
            case "metered_unit":
                writer.WriteMembers(price, "unit_amount", "cap_amount", "meter_id");
                WriteMeter(price, writer);
                break;
            case "metered_tiers":
                writer.WriteMembers(price, "tiers", "cap_amount", "meter_id");
                WriteMeter(price, writer);
                break;
        }

        writer.WriteEndObject();
    }

    private void WriteMeter(JsonObject price, Utf8JsonWriter writer)
    {
        writer.WritePropertyName("meter");
        writer.WriteRawValue(
            _core.Meters.Documents.Find(price.Text("meter_id"))!.Render(_core.Meters.InPrice),
            skipInputValidation: true
        );
    }

    /// <summary>The prices of a product for one checkout only.</summary>
    public List<JsonObject> BuildAdHoc(Document product, JsonArray given, Location at, string stamp, Problems problems)
    {
        var prices = Read(product.Row, [], given, at, stamp, problems);
        foreach (var price in prices)
        {
            price["source"] = "ad_hoc";
        }

        return prices;
    }

    // The prices that a request keeps or makes, in its order; those that cannot be are told of and left out.
    private List<JsonObject> Read(
        JsonObject product,
        Dictionary<string, JsonObject> existing,
        JsonArray given,
        Location at,
        string stamp,
        Problems problems
    )
    {
        var prices = new List<Entry>();
        for (var i = 0; i < given.Count; i++)
        {
            var price = (JsonObject)given[i]!;
            void Refuse(Location spot, string message, JsonNode? input) =>
                problems.Add("value_error", spot, message, input);
            if (price.Text("amount_type") is null)
            {
                var id = price.Text("id")!;
                if (existing.TryGetValue(id, out var kept) && !kept.Flag("is_archived"))
                {
                    prices.Add(new Entry(kept.Clone(), i));
                }
                else
                {
                    Refuse(at[i], "The product has no such price.", id);
                }
            }
            else if (
                !product.Has("recurring_interval") && (IsMetered(price) || price.Text("amount_type") == "unit_based")
            )
            {
                Refuse(at[i], "Only products that are paid again and again can be priced by units or usage.", price);
            }
            else if (
                IsMetered(price) && _core.Meters.Find(product.Text("organization_id")!, price.Text("meter_id")!) is null
            )
            {
                Refuse(at[i]["meter_id"], "There is no such meter.", price["meter_id"]);
            }
            else
            {
                prices.Add(new Entry(Build(price, stamp), i));
            }
        }

        CheckTogether(product, prices, given, at, problems);
        return prices.ConvertAll(static entry => entry.Price);
    }

    private JsonObject Build(JsonObject price, string stamp)
    {
        var row = new JsonObject
        {
            ["created_at"] = stamp,
            ["modified_at"] = null,
            ["id"] = _core.Ids.NextId(),
            ["source"] = "catalog",
            ["is_archived"] = false,
        };
        foreach (var member in price)
        {
            row[member.Key] = member.Value?.DeepClone();
        }

        if (row["seat_tiers"] is JsonObject seats)
        {
            var tiers = seats.Objects("tiers").ToArray();
            seats["minimum_seats"] = tiers[0].Number("min_seats");
            seats["maximum_seats"] = tiers[tiers.Length - 1].Number("max_seats");
        }

        if (price.Text("amount_type") == "unit_based")
        {
            row["maximum_units"] = ((JsonObject)row["tiers"]!).Objects("tiers").Last().Number("bound");
        }

        return row;
    }

    // Which prices may stand beside each other. In each currency, a buyer pays at most one price of each kind, and an amount of
    // the buyer's choice stands alone; usage comes on top. All currencies have the same kinds of prices, and the shop's own is
    // among them.
    private void CheckTogether(JsonObject product, List<Entry> prices, JsonArray given, Location at, Problems problems)
    {
        void Refuse(bool isWrong, string message, string type = "value_error")
        {
            if (isWrong)
            {
                problems.Add(type, at, message, given);
            }
        }

        Refuse(prices.Count == 0, "At least one price is needed.", "too_short");
        var kinds = new Dictionary<string, Kinds>(StringComparer.Ordinal);
        foreach (var group in prices.GroupBy(entry => entry.Price.Text("price_currency")!))
        {
            int Count(string type) => group.Count(entry => entry.Price.Text("amount_type") == type);
            var (flat, seats, custom, units) = (
                Count("fixed"),
                Count("seat_based"),
                Count("custom"),
                Count("unit_based")
            );
            Refuse(flat > 1, "There can be only one fixed price in a currency.");
            Refuse(seats > 1, "There can be only one price by seat in a currency.");
            Refuse(custom > 1, "There can be only one price of the buyer's choice in a currency.");
            Refuse(units > 1, "There can be only one price by unit in a currency.");
            Refuse(seats > 0 && units > 0, "A price by seat cannot stand beside one by unit.");
            Refuse(
                custom > 0 && flat + seats + units > 0,
                "A price that the buyer chooses cannot stand beside fixed, seat or unit prices."
            );
            var meters = new HashSet<string>(StringComparer.Ordinal);
            foreach (var (price, index) in group.Where(entry => IsMetered(entry.Price)))
            {
                if (!meters.Add(price.Text("meter_id")!))
                {
                    problems.Add(
                        "value_error",
                        at[index]["meter_id"],
                        "Another price has this meter already.",
                        price["meter_id"]
                    );
                }
            }

            Refuse(
                group.Select(entry => entry.Price.Text("tax_behavior")).Distinct().Count() > 1,
                "The prices of a currency must contain tax in the same way."
            );
            kinds[group.Key] = new Kinds(flat > 0, seats > 0, units > 0, custom > 0, meters.Count);
        }

        Refuse(kinds.Values.Distinct().Count() > 1, "Each currency must have the same kinds of prices.");
        var usual = _core.CurrencyOf(product.Text("organization_id")!);
        Refuse(!kinds.ContainsKey(usual), $"There must be a price in {usual}, the organization's currency.");
    }

    private static bool IsMetered(JsonObject price) => price.Text("amount_type") is "metered_unit" or "metered_tiers";

    private static ObjectSchema PriceForm(string name, string type, params Field[] own) =>
        new(
            name,
            Form.Fields(
                [
                    Field.Required("amount_type", Form.Literal(type)),
                    Field.Default("price_currency", Form.Currency, static () => "usd"),
                    Field.Nullable("tax_behavior", Form.TaxBehavior),
                ],
                own
            )
        );

    private static ObjectSchema Tiers() =>
        new ObjectSchema(
            "TiersInput",
            Field.Required("type", Form.OneOf(CatalogueValues.TierType)),
            Field.Required(
                "tiers",
                Form.List(
                    new ObjectSchema(
                        "TierInput",
                        Field.Nullable("bound", Form.Positive(long.MaxValue)),
                        Field.Required("unit_amount", new DecimalSchema(above: false, wholeDigits: 19, decimals: 12))
                    ),
                    1
                )
            )
        ).Rule(CheckTiers);

    private static void CheckFixed(JsonObject price, Location at, Problems problems)
    {
        if (price.Number("price_amount") is { } amount and > 0)
        {
            CheckAmount(price, "price_amount", amount, at, problems);
        }
    }

    private static void CheckCustom(JsonObject price, Location at, Problems problems)
    {
        // Whatever the currency; only what is given has to be chargeable.
        foreach (var name in new[] { "minimum_amount", "maximum_amount", "preset_amount" })
        {
            if (price.Number(name) is { } amount and > 0)
            {
                CheckAmount(price, name, amount, at, problems);
            }
        }

        price["minimum_amount"] ??= 50;
    }

    private static void CheckAmount(JsonObject price, string name, long amount, Location at, Problems problems)
    {
        var currency = price.Text("price_currency")!;
        var minimum = Currencies.Minimum(currency);
        var maximum = Currencies.Maximum(currency);
        if (amount < minimum)
        {
            problems.Add(
                "minimum_price",
                at[name],
                $"The smallest price in {currency} is {minimum}.",
                price[name],
                new JsonObject { ["minimum"] = minimum, ["currency"] = currency }
            );
        }
        else if (amount > maximum)
        {
            problems.Add(
                "maximum_price",
                at[name],
                $"The largest price in {currency} is {maximum}.",
                price[name],
                new JsonObject { ["maximum"] = maximum, ["currency"] = currency }
            );
        }
    }

    // Tiers may come in any order.
    private static JsonObject[] Sort(JsonObject input, Func<JsonObject, long> by)
    {
        var sorted = input.Objects("tiers").OrderBy(by).Select(tier => tier.Clone()).ToArray();
        var tiers = new JsonArray();
        foreach (var tier in sorted)
        {
            tiers.Add((JsonNode)tier);
        }

        input["tiers"] = tiers;
        return sorted;
    }

    private static void CheckSeatTiers(JsonObject seats, Location at, Problems problems)
    {
        var tiers = Sort(seats, static tier => tier.Number("min_seats")!.Value);
        for (var i = 0; i < tiers.Length; i++)
        {
            var last = tiers[i].Number("max_seats");
            var problem =
                i == tiers.Length - 1
                    ? (last < tiers[i].Number("min_seats") ? "A tier must not end before it begins." : null)
                : last is null ? "Only the last tier may be open."
                : tiers[i + 1].Number("min_seats") != last + 1 ? "A tier must begin where the one before ends."
                : null;
            if (problem is not null)
            {
                problems.Add("value_error", at["tiers"], problem, seats["tiers"]);
                return;
            }
        }
    }

    private static void CheckTiers(JsonObject input, Location at, Problems problems)
    {
        var tiers = Sort(input, static tier => tier.Number("bound") ?? long.MaxValue);
        for (var i = 1; i < tiers.Length; i++)
        {
            var before = tiers[i - 1].Number("bound");
            if (before is null)
            {
                problems.Add("unbounded_tier_not_last", at["tiers"], "Only the last tier may be open.", input["tiers"]);
                return;
            }

            if (before == tiers[i].Number("bound"))
            {
                problems.Add(
                    "duplicate_tier_bound",
                    at["tiers"],
                    $"Two tiers end at {before}.",
                    input["tiers"],
                    new JsonObject { ["bound"] = before }
                );
                return;
            }
        }
    }

    private static void CheckUnits(JsonObject price, Location at, Problems problems)
    {
        CheckLabel(price, at["unit_label"], problems);
        var tiers = ((JsonObject)price["tiers"]!).Objects("tiers").ToArray();
        var problem =
            tiers.Any(tier => decimal.Parse(tier.Text("unit_amount")!, CultureInfo.InvariantCulture) % 1 != 0)
                ? "The rate of a unit must be in whole cents."
            : price.Number("minimum_units") > tiers[tiers.Length - 1].Number("bound")
                ? "The smallest quantity must not exceed what the tiers reach."
            : null;
        if (problem is not null)
        {
            problems.Add("value_error", at, problem, price);
        }
    }

    // The words for a unit, by language and number; empty ones count as none.
    private static void CheckLabel(JsonObject price, Location at, Problems problems)
    {
        if (price["unit_label"] is not JsonObject label)
        {
            return;
        }

        foreach (var locale in label)
        {
            var forms = (JsonObject)locale.Value!;
            foreach (var form in forms.ToArray())
            {
                var text = form.Value!.GetValue<string>().Trim();
                if (text.Length > MaximumLabel)
                {
                    problems.Add(
                        "unit_label_form_too_long",
                        at,
                        $"A word for a unit has {MaximumLabel} characters at most.",
                        price["unit_label"],
                        new JsonObject { ["max_length"] = MaximumLabel }
                    );
                    return;
                }

                if (text.Length == 0)
                {
                    forms.Remove(form.Key);
                }
                else
                {
                    forms[form.Key] = text;
                }
            }

            if (!forms.Has("other"))
            {
                problems.Add("missing_other_plural", at, "Each language needs the form 'other'.", price["unit_label"]);
                return;
            }
        }
    }

    // 'free' is how nothing used to be written.
    private sealed class NewPriceSchema : Schema
    {
        private readonly TaggedSchema _forms = new("amount_type", Forms);

        public override JsonNode? Check(JsonNode? input, Location at, Problems problems)
        {
            if (input is JsonObject given && given.Text("amount_type") == "free")
            {
                var rewritten = given.Clone();
                rewritten["amount_type"] = "fixed";
                rewritten["price_amount"] = 0;
                input = rewritten;
            }

            return _forms.Check(input, at, problems);
        }
    }

    private sealed class KeptOrNewSchema : Schema
    {
        private readonly ObjectSchema _kept = new("ExistingProductPrice", Field.Required("id", Form.Uuid));

        public override JsonNode? Check(JsonNode? input, Location at, Problems problems) =>
            input is JsonObject given && given.ContainsKey("id") && !given.ContainsKey("amount_type")
                ? _kept.Check(input, at[_kept.Name], problems)
                : New.Check(input, at, problems);
    }

    // Classes: what .NET has of collections would have to be compiled for each struct of ours, as the program runs.
    private sealed record Entry(JsonObject Price, int Index);

    // Which prices there are in one currency.
    private sealed record Kinds(bool HasFlat, bool HasSeats, bool HasUnits, bool HasCustom, int Meters);
}
