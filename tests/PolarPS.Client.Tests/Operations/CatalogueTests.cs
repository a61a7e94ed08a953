using PolarPS.Client.Models;
using Xunit;
using static PolarPS.Client.Tests.Operations.Wire;

namespace PolarPS.Client.Tests.Operations;

/// <summary>What discounts and custom fields send.</summary>
public sealed class CatalogueTests
{
    [Fact]
    public async Task DiscountsAreSent()
    {
        await ListsAsync(
            polar =>
                polar.Discounts.List(
                    new DiscountQuery
                    {
                        OrganizationId = [Id],
                        Query = "autumn",
                        Sorting = ["-ends_at"],
                    }
                ),
            $"/v1/discounts/?organization_id={Id}&query=autumn&sorting=-ends_at"
        );
        await SendsAsync(polar => polar.Discounts.GetAsync(Id), $"GET /v1/discounts/{Id}");
        await SendsAsync(
            polar =>
                polar.Discounts.CreateAsync(
                    new DiscountCreate
                    {
                        Name = "Loyal",
                        Type = "fixed",
                        Duration = "once",
                        Amounts = new Dictionary<string, long> { ["usd"] = 1000 },
                        EndsAt = new DateTimeOffset(2026, 12, 31, 23, 0, 0, TimeSpan.FromHours(1)),
                    }
                ),
            "POST /v1/discounts/",
            """{"name":"Loyal","type":"fixed","duration":"once","amounts":{"usd":1000},"ends_at":"2026-12-31T22:00:00Z"}"""
        );
        await SendsAsync(
            polar => polar.Discounts.UpdateAsync(Id, new DiscountUpdate { Code = null, Products = [Other] }),
            $"PATCH /v1/discounts/{Id}",
            $$$"""{"code":null,"products":["{{{Other}}}"]}"""
        );
        await SendsAsync(polar => polar.Discounts.DeleteAsync(Id), $"DELETE /v1/discounts/{Id}");
    }

    [Fact]
    public async Task CustomFieldsAreSent()
    {
        await ListsAsync(
            polar =>
                polar.CustomFields.List(
                    new CustomFieldQuery
                    {
                        OrganizationId = [Id],
                        Query = "vat",
                        Type = ["text", "select"],
                        Sorting = ["slug", "-name"],
                    }
                ),
            $"/v1/custom-fields/?organization_id={Id}&query=vat&type=text&type=select&sorting=slug&sorting=-name"
        );
        await SendsAsync(polar => polar.CustomFields.GetAsync(Id), $"GET /v1/custom-fields/{Id}");
        await SendsAsync(
            polar =>
                polar.CustomFields.CreateAsync(
                    new CustomFieldCreate
                    {
                        Type = "select",
                        Slug = "size",
                        Name = "Size",
                        Properties = new CustomFieldProperties
                        {
                            FormLabel = "Your size",
                            Options = [new CustomFieldOption { Value = "s", Label = "Small" }],
                        },
                    }
                ),
            "POST /v1/custom-fields/",
            """{"type":"select","slug":"size","name":"Size","properties":{"form_label":"Your size","options":[{"value":"s","label":"Small"}]}}"""
        );
        await SendsAsync(
            polar => polar.CustomFields.UpdateAsync(Id, new CustomFieldUpdate { Type = "text", Name = "VAT" }),
            $"PATCH /v1/custom-fields/{Id}",
            """{"type":"text","name":"VAT"}"""
        );
        await SendsAsync(polar => polar.CustomFields.DeleteAsync(Id), $"DELETE /v1/custom-fields/{Id}");
    }
}
