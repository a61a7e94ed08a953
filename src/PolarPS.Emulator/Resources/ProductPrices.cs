using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PolarPS.Emulator;

/// <summary>Prices: their forms, the rules for each kind and between them, and how they are written.</summary>
internal sealed class ProductPrices
{
    private const int MaximumLabel = 32;

    private static readonly Schema SeatTiers = new ObjectSchema(
        "ProductPriceSeatTiers",
        Field.Default("seat_tier_type", Form.OneOf("volume", "graduated"), static () => "volume"),
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

    private static readonly Schema UnitTiers = Tiers().Rule(CheckWholeCents);

    private static readonly Schema MeterTiers = Tiers();

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
                Field.Required("tiers", UnitTiers),
                Field.Nullable("minimum_units", Form.Integer(1)),
                Field.Nullable(
                    "unit_label",
                    new MapSchema(Form.AnyText, new MapSchema(Form.AnyText, Form.Text(1, MaximumLabel)))
                )
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
            Field.Required("tiers", MeterTiers),
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
    public void Apply(JsonObject product, JsonArray given, Location at, string stamp)
    {
        var existing = product.Objects("prices").ToDictionary(price => price.Text("id")!, StringComparer.Ordinal);
        var result = new JsonArray();
        var active = new List<JsonObject>();
        for (var i = 0; i < given.Count; i++)
        {
            var price = (JsonObject)given[i]!;
            JsonObject row;
            if (price.Text("amount_type") is null)
            {
                var id = price.Text("id")!;
                row =
                    existing.TryGetValue(id, out var kept) && !kept.Flag("is_archived")
                        ? kept.Clone()
                        : throw Problems.Value(at[i], "The product has no such price.", id);
                existing.Remove(id);
            }
            else
            {
                row = Build(product, price, at[i], stamp);
            }

            active.Add(row);
            result.Add((JsonNode)row);
        }

        CheckTogether(product, active, given, at);
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
    public List<JsonObject> BuildAdHoc(Document product, JsonArray given, Location at, string stamp)
    {
        var prices = new List<JsonObject>();
        for (var i = 0; i < given.Count; i++)
        {
            var price = Build(product.Row, (JsonObject)given[i]!, at[i], stamp);
            price["source"] = "ad_hoc";
            prices.Add(price);
        }

        CheckTogether(product.Row, prices, given, at);
        return prices;
    }

    private JsonObject Build(JsonObject product, JsonObject price, Location at, string stamp)
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

        var type = price.Text("amount_type")!;
        if (type is "metered_unit" or "metered_tiers")
        {
            var spot = at[type]["meter_id"];
            if (_core.Meters.Find(product.Text("organization_id")!, price.Text("meter_id")!) is null)
            {
                throw Problems.Value(spot, "There is no such meter.", price["meter_id"]);
            }
        }

        if (row["seat_tiers"] is JsonObject seats)
        {
            var tiers = seats.Objects("tiers").ToArray();
            seats["minimum_seats"] = tiers[0].Number("min_seats");
            seats["maximum_seats"] = tiers[tiers.Length - 1].Number("max_seats");
        }

        if (type == "unit_based")
        {
            row["maximum_units"] = ((JsonObject)row["tiers"]!).Objects("tiers").Last().Number("bound");
        }

        return row;
    }

    // Which prices can be combined. In each currency a buyer pays one amount up front: a fixed price, perhaps
    // with one by seat or unit, or an amount of the buyer's choice, or nothing. Usage comes on top, for subscriptions.
    private static void CheckTogether(JsonObject product, List<JsonObject> prices, JsonArray given, Location at)
    {
        if (prices.Count == 0)
        {
            throw Problems.Value(at, "At least one price is needed.", given.DeepClone(), "too_short");
        }

        var recurring = product.Has("recurring_interval");
        for (var i = 0; i < prices.Count; i++)
        {
            if (!recurring && IsMetered(prices[i]))
            {
                throw Problems.Value(at[i], "Only recurring products can have usage-based prices.", given[i]);
            }
        }

        foreach (var group in prices.Where(price => !IsMetered(price)).GroupBy(price => price.Text("price_currency")))
        {
            var fixedPrices = group.Count(price => price.Text("amount_type") == "fixed");
            var free = group.Any(price => price.Text("amount_type") == "fixed" && price.Number("price_amount") == 0);
            var custom = group.Count(price => price.Text("amount_type") == "custom");
            var quantities = group.Count(price => price.Text("amount_type") is "seat_based" or "unit_based");
            string? problem = null;
            if (fixedPrices > 1 || custom > 1 || quantities > 1)
            {
                problem = "There can be only one price of each kind in a currency.";
            }
            else if (free && group.Count() > 1)
            {
                problem = "A free price cannot be combined with other prices.";
            }
            else if (custom > 0 && group.Count() > 1)
            {
                problem = "A price that the customer chooses cannot be combined with fixed, seat or unit prices.";
            }

            if (problem is not null)
            {
                throw Problems.Value(at, problem, given.DeepClone());
            }
        }
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
            Field.Required("type", Form.OneOf("volume", "graduated")),
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
        var currency = price.Text("price_currency")!;
        price["minimum_amount"] ??= Currencies.Minimum(currency);
        foreach (var name in new[] { "minimum_amount", "maximum_amount", "preset_amount" })
        {
            if (price.Number(name) is { } amount and > 0)
            {
                CheckAmount(price, name, amount, at, problems);
            }
        }

        var minimum = price.Number("minimum_amount")!.Value;
        var maximum = price.Number("maximum_amount");
        var preset = price.Number("preset_amount");
        if (maximum < minimum)
        {
            problems.Add(
                "value_error",
                at["maximum_amount"],
                "The maximum must not be below the minimum.",
                price["maximum_amount"]
            );
        }

        if (preset > 0 && preset < minimum || preset > maximum)
        {
            problems.Add(
                "value_error",
                at["preset_amount"],
                "The preset must lie between the minimum and the maximum.",
                price["preset_amount"]
            );
        }
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

    private static void CheckSeatTiers(JsonObject seats, Location at, Problems problems)
    {
        var tiers = seats.Objects("tiers").ToArray();
        for (var i = 0; i < tiers.Length; i++)
        {
            var first = tiers[i].Number("min_seats")!.Value;
            var last = tiers[i].Number("max_seats");
            var spot = at["tiers"][i];
            if (last < first)
            {
                problems.Add("value_error", spot["max_seats"], "A tier must not end before it begins.", tiers[i]);
            }
            else if (last is null && i < tiers.Length - 1)
            {
                problems.Add("value_error", spot["max_seats"], "Only the last tier may be open-ended.", tiers[i]);
            }
            else if (i > 0 && tiers[i - 1].Number("max_seats") is { } before && first != before + 1)
            {
                problems.Add(
                    "value_error",
                    spot["min_seats"],
                    "A tier must begin where the previous one ends.",
                    tiers[i]
                );
            }
        }
    }

    private static void CheckTiers(JsonObject input, Location at, Problems problems)
    {
        var tiers = input.Objects("tiers").ToArray();
        for (var i = 0; i < tiers.Length; i++)
        {
            var bound = tiers[i].Number("bound");
            var spot = at["tiers"][i]["bound"];
            if (bound is null && i < tiers.Length - 1)
            {
                problems.Add("value_error", spot, "Only the last tier may be open-ended.", tiers[i]);
            }
            else if (i > 0 && bound <= tiers[i - 1].Number("bound"))
            {
                problems.Add("value_error", spot, "Each tier must reach further than the previous one.", tiers[i]);
            }
        }
    }

    private static void CheckWholeCents(JsonObject input, Location at, Problems problems)
    {
        var index = 0;
        foreach (var tier in input.Objects("tiers"))
        {
            if (decimal.Parse(tier.Text("unit_amount")!, CultureInfo.InvariantCulture) % 1 != 0)
            {
                problems.Add(
                    "value_error",
                    at["tiers"][index]["unit_amount"],
                    "The rate of a unit must be in whole cents.",
                    tier["unit_amount"]
                );
            }

            index++;
        }
    }

    private static void CheckUnits(JsonObject price, Location at, Problems problems)
    {
        var maximum = ((JsonObject)price["tiers"]!).Objects("tiers").Last().Number("bound");
        if (price.Number("minimum_units") > maximum)
        {
            problems.Add(
                "value_error",
                at["minimum_units"],
                "The minimum quantity must not exceed what the tiers cover.",
                price["minimum_units"]
            );
        }

        if (price["unit_label"] is JsonObject label)
        {
            foreach (var locale in label.Where(locale => locale.Value is not JsonObject forms || !forms.Has("other")))
            {
                problems.Add(
                    "value_error",
                    at["unit_label"][locale.Key],
                    "Each language needs the form 'other'.",
                    locale.Value
                );
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
}
