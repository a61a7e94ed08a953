using System.Text.Json;

namespace PolarPS.Emulator;

/// <summary>The forms of what checkouts are made, changed and confirmed with.</summary>
internal static class CheckoutForms
{
    private static readonly Schema Seats = Form.Integer(1, 10_000);
    private static readonly Schema Units = Form.Integer(1);

    /// <summary>What a buyer is called.</summary>
    public static readonly OptionalFields Buyer = new(
        ("customer_name", Form.PersonName),
        ("customer_email", Form.Email)
    );

    /// <summary>The shop's pages around the checkout.</summary>
    public static readonly OptionalFields Surroundings = new(
        ("return_url", Form.Address),
        ("embed_origin", Form.OptionalText)
    );

    public static readonly Schema Create = new ObjectSchema(
        "CheckoutProductsCreate",
        [
            .. Form.Trial.ForCreation,
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
            Field.Optional("is_business_customer", Form.Boolean),
            Field.Nullable("external_customer_id", Form.OptionalText),
            .. Buyer.ForCreation,
            Field.Nullable("customer_ip_address", new IpAddressSchema()),
            Field.Nullable("customer_billing_name", Form.OptionalText),
            Field.Nullable("customer_billing_address", Form.PostalAddress),
            Field.Nullable("customer_tax_id", Form.OptionalText),
            Field.Default("customer_metadata", Form.Metadata, static () => new JsonObject()),
            Field.Nullable("subscription_id", Form.Uuid),
            Field.Nullable("success_url", Form.Address),
            .. Surroundings.ForCreation,
            Field.Nullable("locale", Form.OptionalText),
            Field.Nullable("currency", Form.Currency),
            Field.Required("products", Form.List(Form.Uuid, 1)),
            Field.Nullable("prices", new MapSchema(Form.Uuid, Form.List(ProductPrices.New, 1))),
        ]
    )
        .Alias("customer_external_id", "external_customer_id")
        .Rule(CheckRanges)
        .Rule(Form.CheckTrial);

    public static readonly Schema Update = new ObjectSchema(
        "CheckoutUpdate",
        [
            .. BuyerFields(),
            .. Form.Trial.ForUpdate,
            Field.Optional("metadata", Form.Metadata),
            Field.Clearable("currency", Form.Currency),
            Field.Clearable("discount_id", Form.Uuid),
            Field.Clearable("allow_discount_codes", Form.Boolean),
            Field.Clearable("require_billing_address", Form.Boolean),
            Field.Clearable("allow_trial", Form.Boolean),
            Field.Clearable("customer_ip_address", new IpAddressSchema()),
            Field.Clearable("customer_metadata", Form.Metadata),
            Field.Clearable("success_url", Form.Address),
            .. Surroundings.ForUpdate,
        ]
    ).Rule(Form.CheckTrial);

    public static readonly Schema UpdatePublic = new ObjectSchema(
        "CheckoutUpdatePublic",
        [.. BuyerFields(), .. PublicFields()]
    );

    public static readonly Schema Confirm = new ObjectSchema(
        "CheckoutConfirmStripe",
        [.. BuyerFields(), .. PublicFields(), Field.Clearable("confirmation_token_id", Form.AnyText)]
    );

    private static Field[] BuyerFields() =>
        [
            Field.Optional("custom_field_data", Form.Answers),
            Field.Clearable("product_id", Form.Uuid),
            Field.Clearable("product_price_id", Form.Uuid),
            Field.Clearable("amount", Form.Integer(0)),
            Field.Clearable("seats", Seats),
            Field.Clearable("units", Units),
            Field.Clearable("is_business_customer", Form.Boolean),
            .. Buyer.ForUpdate,
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
                    "The most must not be less than the least.",
                    body["max_" + name]
                );
            }
            else if (value < minimum || value > maximum)
            {
                problems.Add("value_error", at[name], "The number is outside of its own limits.", body[name]);
            }
        }
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
                "Only false is expected here.",
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
