using PolarPS.Client.Models;
using Xunit;

namespace PolarPS.Client.Tests.Client;

/// <summary>Amounts, prices and other things in words: the same in every culture.</summary>
public sealed class TextTests : IDisposable
{
    // Everything here runs where a comma is the decimal point.
    private readonly Culture _culture = new("de-DE");

    public void Dispose() => _culture.Dispose();

    [Fact]
    public void TheCultureOfTheseTestsIsAnotherOne() =>
        Assert.Equal("1.234,5", 1234.5m.ToString("N1", CultureInfo.CurrentCulture));

    [Theory]
    [InlineData(1999L, "usd", "$19.99")]
    [InlineData(1999L, "USD", "$19.99")]
    [InlineData(0L, "usd", "$0.00")]
    [InlineData(5L, "usd", "$0.05")]
    [InlineData(-1999L, "usd", "-$19.99")]
    [InlineData(123456789L, "usd", "$1,234,567.89")]
    [InlineData(long.MaxValue, "usd", "$92,233,720,368,547,758.07")]
    [InlineData(long.MinValue, "usd", "-$92,233,720,368,547,758.08")]
    [InlineData(1999L, "eur", "€19.99")]
    [InlineData(1999L, "gbp", "£19.99")]
    [InlineData(1999L, "cad", "CA$19.99")]
    [InlineData(1999L, "jpy", "¥1,999")]
    [InlineData(-1999L, "jpy", "-¥1,999")]
    [InlineData(1999L, "krw", "₩1,999")]
    [InlineData(1999L, "vnd", "1,999 VND")]
    // A ugandan shilling has no cents in the world, but has at Polar; so with three decimals.
    [InlineData(1999L, "ugx", "19.99 UGX")]
    [InlineData(1999L, "kwd", "19.99 KWD")]
    [InlineData(1999L, "sek", "19.99 SEK")]
    [InlineData(-1999L, "sek", "-19.99 SEK")]
    [InlineData(1999L, "zzz", "19.99 ZZZ")]
    [InlineData(1999L, null, "19.99")]
    [InlineData(1999L, "", "19.99")]
    [InlineData(null, "usd", "")]
    [InlineData(null, null, "")]
    public void Amounts(long? amount, string? currency, string text) =>
        Assert.Equal(text, Money.Format(amount, currency));

    [Theory]
    [InlineData("0.0125", "usd", "$0.000125")]
    [InlineData("100", "usd", "$1.00")]
    [InlineData("150", "usd", "$1.50")]
    [InlineData("0", "usd", "$0.00")]
    [InlineData("0.000000000001", "usd", "$0.00000000000001")]
    [InlineData("123456789.5", "usd", "$1,234,567.895")]
    [InlineData("-0.0125", "usd", "-$0.000125")]
    [InlineData("0.0125", "jpy", "¥0.0125")]
    [InlineData("12", "krw", "₩12")]
    [InlineData("1200.5", "jpy", "¥1,200.5")]
    [InlineData("0.5", "sek", "0.005 SEK")]
    [InlineData("0.5", "ugx", "0.005 UGX")]
    [InlineData("0.5", null, "0.005")]
    [InlineData(null, "usd", "")]
    public void Rates(string? amount, string? currency, string text) =>
        Assert.Equal(
            text,
            Money.FormatRate(amount is null ? null : decimal.Parse(amount, CultureInfo.InvariantCulture), currency)
        );

    [Theory]
    [InlineData("jpy", 1)]
    [InlineData("JPY", 1)]
    [InlineData("ugx", 100)]
    [InlineData("usd", 100)]
    [InlineData("bhd", 100)]
    [InlineData(null, 100)]
    public void MinorUnits(string? currency, int units) => Assert.Equal(units, Money.MinorUnits(currency));

    [Fact]
    public void CurrenciesWithoutCents() =>
        Assert.All(
            "bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf".Split(' '),
            currency => Assert.Equal(1, Money.MinorUnits(currency))
        );

    /// <summary>A price as it comes, and what it says.</summary>
    public static TheoryData<string, string> Prices { get; } =
        new()
        {
            { """{"amount_type":"fixed","price_currency":"usd","price_amount":4900}""", "$49.00" },
            { """{"amount_type":"fixed","price_currency":"usd","price_amount":0}""", "free" },
            { """{"amount_type":"fixed","price_currency":"jpy","price_amount":1999}""", "¥1,999" },
            { """{"amount_type":"fixed","price_currency":"usd"}""", "" },
            {
                """{"amount_type":"custom","price_currency":"usd","minimum_amount":300,"maximum_amount":10000,"preset_amount":500}""",
                "$3.00 to $100.00, as you like"
            },
            {
                """{"amount_type":"custom","price_currency":"usd","minimum_amount":300,"maximum_amount":null}""",
                "$3.00 or more, as you like"
            },
            {
                """{"amount_type":"custom","price_currency":"usd","minimum_amount":0}""",
                "nothing or more, as you like"
            },
            {
                """{"amount_type":"custom","price_currency":"usd","minimum_amount":null,"maximum_amount":500}""",
                "nothing to $5.00, as you like"
            },
            {
                """{"amount_type":"seat_based","price_currency":"usd","seat_tiers":{"tiers":[{"price_per_seat":1500}]}}""",
                "$15.00/seat"
            },
            {
                """
                    {"amount_type":"seat_based","price_currency":"usd",
                    "seat_tiers":{"tiers":[{"price_per_seat":1500},{"price_per_seat":1200}]}}
                    """,
                "from $12.00/seat"
            },
            { """{"amount_type":"seat_based","price_currency":"usd","price_per_seat":1500}""", "$15.00/seat" },
            { """{"amount_type":"seat_based","price_currency":"usd"}""", "per seat" },
            {
                """{"amount_type":"unit_based","price_currency":"usd","tiers":{"tiers":[{"unit_amount":"300"}]}}""",
                "$3.00/unit"
            },
            {
                """
                    {"amount_type":"unit_based","price_currency":"usd","tiers":{"tiers":[{"unit_amount":"300"},{"unit_amount":"250"}]},
                    "unit_label":{"de":{"other":"Packungen"},"en":{"=1":"pack","other":"packs"}}}
                    """,
                "from $2.50/pack"
            },
            {
                """
                    {"amount_type":"unit_based","price_currency":"eur","tiers":{"tiers":[{"unit_amount":"300"}]},
                    "unit_label":{"de":{"other":"Packungen"}}}
                    """,
                "€3.00/Packungen"
            },
            { """{"amount_type":"unit_based","price_currency":"usd","unit_label":{"en":{}}}""", "per unit" },
            {
                """{"amount_type":"metered_unit","price_currency":"usd","unit_amount":"0.0125","meter":{"unit":"token"}}""",
                "$0.000125/token"
            },
            {
                """
                    {"amount_type":"metered_unit","price_currency":"usd","unit_amount":"0.0125","cap_amount":50000,
                    "meter":{"unit":"scalar"}}
                    """,
                "$0.000125/unit, at most $500.00"
            },
            {
                """
                    {"amount_type":"metered_unit","price_currency":"jpy","unit_amount":"0.5","cap_amount":50000,
                    "meter":{"unit":"custom","custom_label":"render"}}
                    """,
                "¥0.5/render, at most ¥50,000"
            },
            {
                """
                    {"amount_type":"metered_tiers","price_currency":"usd","cap_amount":100,"meter":{"unit":"token"},
                    "tiers":{"type":"graduated","tiers":[{"bound":1000,"unit_amount":"0.02"},{"unit_amount":"0.008"}]}}
                    """,
                "from $0.00008/token, at most $1.00"
            },
            // Older ones, and kinds that nobody knows yet.
            { """{"type":"recurring","price_currency":"usd","price_amount":1900,"legacy":true}""", "$19.00" },
            { """{"amount_type":"auction","price_currency":"usd","price_amount":1900}""", "$19.00" },
            { """{"amount_type":"auction"}""", "auction" },
            { "{}", "" },
        };

    [Theory]
    [MemberData(nameof(Prices))]
    public void PricesInWords(string json, string text)
    {
        var price = TolerantJson.Read($$"""{"prices":[{{json}}]}""", PolarJson.Default.Product)!.Prices!;

        Assert.Equal(text, price[0].ToString());
        Assert.Equal(text, price.ToString());
    }

    [Theory]
    [InlineData("keep", "8cabdca5")]
    [InlineData("fixed", "$19.99")]
    [InlineData("free", "free")]
    [InlineData("rate", "$0.000125/unit, at most $5.00")]
    [InlineData("seats", "from $12.00/seat")]
    [InlineData("tiers", "from $2.50/unit")]
    public void NewPricesInWords(string kind, string text)
    {
        var price = kind switch
        {
            "keep" => PriceInput.Keep("8cabdca5"),
            "fixed" => new PriceInput { AmountType = "fixed", PriceAmount = 1999 },
            "free" => new PriceInput { AmountType = "fixed", PriceAmount = 0 },
            "rate" => new PriceInput
            {
                AmountType = "metered_unit",
                UnitAmount = 0.0125m,
                CapAmount = 500,
            },
            "seats" => new PriceInput
            {
                AmountType = "seat_based",
                SeatTiers = new SeatTiersInput
                {
                    Tiers = [new SeatTierInput { PricePerSeat = 1200 }, new SeatTierInput { PricePerSeat = 1500 }],
                },
            },
            _ => new PriceInput
            {
                AmountType = "unit_based",
                Tiers = new PriceTiersInput
                {
                    Tiers = [new PriceTierInput { UnitAmount = 300 }, new PriceTierInput { UnitAmount = 250 }],
                },
            },
        };
        price.PriceCurrency = "usd";

        Assert.Equal(text, price.ToString());
    }

    [Fact]
    public void MetadataInOneLine()
    {
        var metadata = new PolarMetadata
        {
            ["tier"] = "pro",
            ["rank"] = 2L,
            ["ratio"] = 0.5,
            ["featured"] = true,
            ["nothing"] = null,
        };

        Assert.Equal("tier=pro; rank=2; ratio=0.5; featured=True; nothing=", metadata.ToString());
        Assert.Equal("", new PolarMetadata().ToString());
        Assert.True(metadata.ContainsKey("Tier"));
        Assert.False(metadata.ContainsKey("tie"));
    }

    /// <summary>A discount as it comes, and what it says.</summary>
    public static TheoryData<string, string> Discounts { get; } =
        new()
        {
            {
                """{"name":"Autumn sale","type":"percentage","basis_points":2500,"duration":"once"}""",
                "Autumn sale (25% once)"
            },
            { """{"name":"A","basis_points":1250,"duration":"forever"}""", "A (12.5% forever)" },
            { """{"name":"A","basis_points":1,"duration":"once"}""", "A (0.01% once)" },
            {
                """{"name":"Six","basis_points":1000,"duration":"repeating","duration_in_months":6}""",
                "Six (10% for 6 months)"
            },
            {
                """{"name":"Loyal","amount":1000,"currency":"usd","amounts":{"eur":900,"usd":1000},"duration":"forever"}""",
                "Loyal ($10.00 forever)"
            },
            { """{"name":"New","amounts":{"jpy":1500,"eur":900},"duration":"once"}""", "New (¥1,500 once)" },
            { """{"name":"Odd","amounts":{}}""", "Odd" },
            { """{"id":"d1"}""", "d1" },
            { """{"id":"d1","basis_points":500}""", "d1 (5%)" },
            { "{}", "" },
        };

    [Theory]
    [MemberData(nameof(Discounts))]
    public void DiscountsInWords(string json, string text) =>
        Assert.Equal(text, TolerantJson.Read(json, PolarJson.Default.Discount)!.ToString());

    /// <summary>Anything else that has a text, and what is left of it when its name is missing.</summary>
    public static TheoryData<PolarObject, string> Things { get; } =
        new()
        {
            {
                new Product { Id = "p", Name = "Sextant" },
                "Sextant"
            },
            {
                new Product { Id = "p" },
                "p"
            },
            { new Product(), "" },
            {
                new Benefit { Id = "b", Description = "A wave" },
                "A wave"
            },
            {
                new Benefit { Id = "b" },
                "b"
            },
            {
                new CheckoutLink
                {
                    Id = "l",
                    Url = "https://buy",
                    Label = "Quay",
                },
                "Quay"
            },
            {
                new CheckoutLink { Id = "l", Url = "https://buy" },
                "https://buy"
            },
            {
                new CheckoutLink { Id = "l" },
                "l"
            },
            {
                new Organization
                {
                    Id = "o",
                    Slug = "nw",
                    Name = "Northwind",
                },
                "Northwind"
            },
            {
                new Organization { Id = "o", Slug = "nw" },
                "nw"
            },
            {
                new OrganizationSocialLink { Platform = "x", Url = "https://x.com/nw" },
                "https://x.com/nw"
            },
            {
                new PolarFile { Id = "f", Name = "a.png" },
                "a.png"
            },
            {
                new PriceMeter { Id = "m", Name = "Tokens" },
                "Tokens"
            },
            {
                new CustomFieldOption { Value = "v", Label = "Label" },
                "Label"
            },
            {
                new AttachedCustomField { CustomFieldId = "c" },
                "c"
            },
            {
                new LicenseKeyExpiration { Ttl = 1, Timeframe = "year" },
                "1 year"
            },
            {
                new LicenseKeyActivationLimit { Limit = 3 },
                "3 activations"
            },
        };

    [Theory]
    [MemberData(nameof(Things))]
    public void OtherThingsInWords(PolarObject thing, string text) => Assert.Equal(text, thing.ToString());

    [Fact]
    public void ListsInOneLine()
    {
        Assert.Equal(
            "Sextant; p2",
            new PolarList<Product>
            {
                new() { Name = "Sextant" },
                new() { Id = "p2" },
            }.ToString()
        );
        Assert.Equal("a; b", new PolarList<string> { "a", "b" }.ToString());
        Assert.Equal("", new PolarList<string>().ToString());
    }

    [Fact]
    public void ThingsReadAsOneLine()
    {
        object[] things =
        [
            new Subscription
            {
                Product = new Product { Name = "Pro" },
                Customer = new Customer { Email = "lea@client.example" },
                Status = "active",
            },
            new Subscription { Id = "s" },
            new SubscriptionMeter
            {
                Meter = new Meter { Name = "Calls" },
                ConsumedUnits = 1200.5m,
                CreditedUnits = 1000,
            },
            new OrderItem { Label = "Pro plan" },
            new Refund
            {
                Amount = 1000,
                Currency = "usd",
                Status = "succeeded",
            },
            new Dispute
            {
                Amount = 4900,
                Currency = "usd",
                Status = "needs_response",
            },
            new Payment
            {
                Amount = 500,
                Currency = "jpy",
                Method = "card",
                Status = "failed",
            },
            new PaymentMethodMetadata { Brand = "visa", Last4 = "4242" },
            new CustomerMeter { MeterId = "m", Balance = -3m },
            new MeterQuantity { Timestamp = DateTimeOffset.UnixEpoch, Quantity = 2.5m },
            new EventsIngestResponse { Inserted = 98, Duplicates = 2 },
            new MetricsIntervalLimit { MinDays = 1, MaxDays = 366 },
        ];

        Assert.Equal(
            [
                "Pro for lea@client.example (active)",
                "s",
                "Calls: 1200.5 of 1000",
                "Pro plan",
                "$10.00 (succeeded)",
                "$49.00 (needs_response)",
                "¥500 by card (failed)",
                "visa 4242",
                "m: -3 left",
                "1970-01-01 00:00:00Z: 2.5",
                "98 inserted, 2 duplicates",
                "1 to 366 days",
            ],
            things.Select(thing => thing.ToString()!)
        );
    }
}
