using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace PolarPS.Client.Tests.Client;

/// <summary>Where a 422 says that something is wrong: the user's own keys stay, only the validator's words go.</summary>
public class FieldErrorTests
{
    private const string Uuid = "8cabdca5-cf97-4f4e-851c-fddffa691a55";

    /// <summary>The location as JSON, and what is left of it, name by name.</summary>
    public static TheoryData<string, string[]> Locations =>
        new()
        {
            { """["body","name"]""", ["name"] },
            { """["body","custom_field_data","company-name"]""", ["custom_field_data", "company-name"] },
            { """["body","custom_field_data","head-count","int"]""", ["custom_field_data", "head-count"] },
            { """["body","custom_field_data","int"]""", ["custom_field_data", "int"] },
            { """["body","custom_field_data","2024"]""", ["custom_field_data", "2024"] },
            { """["body","custom_field_data","[key]"]""", ["custom_field_data", "[key]"] },
            { """["body","ProductCreateOneTime","metadata","Plan-Name"]""", ["metadata", "Plan-Name"] },
            { """["body","metadata","Plan","constrained-str"]""", ["metadata", "Plan"] },
            { """["body","metadata","Plan","int"]""", ["metadata", "Plan"] },
            { """["body","metadata","v1.2"]""", ["metadata", "v1.2"] },
            { """["body","metadata","ALLCAPS"]""", ["metadata", "ALLCAPS"] },
            { """["body","metadata","a b [c] (d)"]""", ["metadata", "a b [c] (d)"] },
            { """["body","metadata","list[str]"]""", ["metadata", "list[str]"] },
            { """["body","metadata","body"]""", ["metadata", "body"] },
            { """["body","customer_metadata","Crm-Id","bool"]""", ["customer_metadata", "Crm-Id"] },
            { """["body","user_metadata","X"]""", ["user_metadata", "X"] },
            { """["body","conditions","Major-Version"]""", ["conditions", "Major-Version"] },
            { """["body","meta","Host-Name","float"]""", ["meta", "Host-Name"] },
            { """["body","amounts","usd"]""", ["amounts", "usd"] },
            { $$"""["body","properties","archived","{{Uuid}}"]""", ["properties", "archived", Uuid] },
            {
                """["body","prices",0,"unit_based","unit_label","pt-BR","=1"]""",
                ["prices", "[0]", "unit_based", "unit_label", "pt-BR", "=1"]
            },
            {
                $$"""["body","CheckoutProductsCreate","prices","{{Uuid}}",0,"fixed","price_amount"]""",
                ["prices", Uuid, "[0]", "fixed", "price_amount"]
            },
            {
                """["body","events",17,"EventCreateExternalCustomer","metadata","Plan-Name"]""",
                ["events", "[17]", "metadata", "Plan-Name"]
            },
            {
                """["body","events",0,"EventCreateCustomer","metadata","_llm","model"]""",
                ["events", "[0]", "metadata", "_llm", "model"]
            },
            {
                """["body","prices",0,"tiers","tiers",11,"unit_amount","function-after[check(), Decimal]"]""",
                ["prices", "[0]", "tiers", "tiers", "[11]", "unit_amount"]
            },
            { """["body","individual","email"]""", ["individual", "email"] },
            { """["query","sorting",0]""", ["sorting", "[0]"] },
            { """["query","id","list[uuid]",1]""", ["id", "[1]"] },
            { """["query","id","uuid"]""", ["id"] },
            { """["query","metadata","Tier"]""", ["metadata", "Tier"] },
            { """["path","id"]""", ["id"] },
            { """["body","socials",0,"url"]""", ["socials", "[0]", "url"] },
            { """["body"]""", [] },
            { """[]""", [] },
            { """["body","lax-or-strict[lax=union[str,int],strict=int]","name"]""", ["name"] },
        };

    [Theory]
    [MemberData(nameof(Locations))]
    public async Task ALocationKeepsWhatTheUserSent(string location, string[] path)
    {
        var error = Assert.Single(await RefuseAsync($$"""{"type":"x","loc":{{location}},"msg":"No."}"""));

        Assert.Equal(path, error.Path);
        Assert.Equal(path.FirstOrDefault() ?? string.Empty, error.Field);
        // A position has no dot before it.
        Assert.Equal(
            string.Concat(path.Select((step, i) => i == 0 || Regex.IsMatch(step, @"^\[\d+\]$") ? step : "." + step)),
            error.Location
        );
    }

    [Fact]
    public async Task EveryFieldIsTold()
    {
        var entries = Enumerable
            .Range(0, 300)
            .Select(i =>
                $$"""{"type":"missing","loc":["body","custom_field_data","slug-{{i}}"],"msg":"Field required"}"""
            );

        var errors = await RefuseAsync(string.Join(",", entries));

        Assert.Equal(300, errors.Select(error => error.Location).Distinct().Count());
    }

    [Fact]
    public async Task AnErrorOfAKeySaysSo()
    {
        var error = Assert.Single(
            await RefuseAsync(
                """{"type":"string_too_long","loc":["body","metadata","Far-Too-Long","[key]"],"msg":"Too long"}"""
            )
        );

        Assert.Equal("metadata.Far-Too-Long", error.Location);
        Assert.Equal("The key: Too long", error.Message);
    }

    [Theory]
    [InlineData("greater_than_equal", "Input should be greater than or equal to 50", """{"ge":50}""", "at least", 50)]
    [InlineData("greater_than_equal", "Input should be greater than or equal to 50", null, "at least", 50)]
    [InlineData("greater_than_equal", "Input should be at least 50", null, "at least", 50)]
    [InlineData("greater_than", "Input should be greater than 0", """{"gt":0}""", "more than", 0)]
    [InlineData("less_than_equal", "Input should be less than or equal to 99999999", null, "at most", 99999999)]
    [InlineData("less_than", "x", """{"lt":7}""", "less than", 7)]
    [InlineData("minimum_price", "x", """{"minimum":70,"currency":"cad"}""", "at least", 70)]
    [InlineData("greater_than_equal", "Something else", null, null, 0)]
    [InlineData("greater_than_equal", "Something else", """{"ge":"50"}""", null, 0)]
    [InlineData("missing", "Input should be at least 50", null, null, 0)]
    public async Task ALimitIsRead(string type, string message, string? context, string? bound, int value)
    {
        var ctx = context is null ? string.Empty : $",\"ctx\":{context}";
        var error = Assert.Single(
            await RefuseAsync(
                $$"""{"type":"{{type}}","loc":["body","prices",0,"price_amount"],"msg":"{{message}}"{{ctx}}}"""
            )
        );

        Assert.Equal(bound, error.Limit?.Bound);
        if (bound is not null)
        {
            Assert.Equal(value, error.Limit!.Value);
        }
    }

    private static async Task<IReadOnlyList<PolarFieldError>> RefuseAsync(string entries)
    {
        using var check = JsonDocument.Parse($"[{entries}]");
        var stub = new Stub(_ => Stub.Answer($$"""{"error":"RequestValidationError","detail":[{{entries}}]}""", 422));
        return (await Assert.ThrowsAsync<PolarValidationException>(() => stub.Client.Products.GetAsync("x"))).Errors;
    }
}
