using PolarPS.Client.Models;
using Xunit;
using static PolarPS.Client.Tests.Operations.Wire;

namespace PolarPS.Client.Tests.Operations;

public class CheckoutsTests
{
    [Fact]
    public async Task TheSellersSideIsSent()
    {
        await ListsAsync(
            polar =>
                polar.Checkouts.List(
                    new CheckoutQuery
                    {
                        OrganizationId = [Id],
                        ProductId = [Id, Other],
                        CustomerId = [Id],
                        ExternalCustomerId = ["a/b&c"],
                        Status = ["open", "succeeded"],
                        Query = "ana",
                        Sorting = ["-expires_at"],
                    }
                ),
            $"/v1/checkouts/?organization_id={Id}&product_id={Id}&product_id={Other}&customer_id={Id}"
                + "&external_customer_id=a%2Fb%26c&status=open&status=succeeded&query=ana&sorting=-expires_at"
        );
        await SendsAsync(polar => polar.Checkouts.GetAsync(Id), $"GET /v1/checkouts/{Id}");
        await SendsAsync(
            polar =>
                polar.Checkouts.CreateAsync(
                    new CheckoutCreate
                    {
                        Products = [Id],
                        Prices = new Dictionary<string, IReadOnlyList<PriceInput>>
                        {
                            [Id] = [new PriceInput { AmountType = "fixed", PriceAmount = 500 }],
                        },
                        CustomerBillingAddress = new AddressInput { Country = "FR", Line2 = null },
                        CustomFieldData = new Dictionary<string, object?> { ["vat"] = true },
                        DiscountId = null,
                    }
                ),
            "POST /v1/checkouts/",
            $$$"""{"products":["{{{Id}}}"],"prices":{"{{{Id}}}":[{"amount_type":"fixed","price_amount":500}]},"customer_billing_address":{"country":"FR","line2":null},"custom_field_data":{"vat":true},"discount_id":null}"""
        );
        await SendsAsync(
            polar => polar.Checkouts.UpdateAsync(Id, new CheckoutUpdate { ProductId = Other, Seats = 3 }),
            $"PATCH /v1/checkouts/{Id}",
            $$$"""{"product_id":"{{{Other}}}","seats":3}"""
        );
    }

    [Fact]
    public async Task TheCustomersSideIsSent()
    {
        await SendsAsync(
            polar => polar.Checkouts.ClientGetAsync("polar_c_abc"),
            "GET /v1/checkouts/client/polar_c_abc"
        );
        await SendsAsync(
            polar =>
                polar.Checkouts.ClientUpdateAsync(
                    "polar_c_abc",
                    new CheckoutUpdatePublic { DiscountCode = null, AllowTrial = false }
                ),
            "PATCH /v1/checkouts/client/polar_c_abc",
            """{"discount_code":null,"allow_trial":false}"""
        );
        await SendsAsync(
            polar =>
                polar.Checkouts.ClientConfirmAsync(
                    "polar_c_abc",
                    new CheckoutConfirm { CustomerEmail = "ana@example.com", ConfirmationTokenId = "ctoken_1" }
                ),
            "POST /v1/checkouts/client/polar_c_abc/confirm",
            """{"customer_email":"ana@example.com","confirmation_token_id":"ctoken_1"}"""
        );
    }

    [Fact]
    public async Task BothSidesReadAsOneClass()
    {
        var polar = Answering(
            $$$"""
            {"id":"{{{Id}}}","status":"confirmed","client_secret":"polar_c_secret","total_amount":4900,"currency":"usd",
             "product":{"name":"Pro"},"products":[{"name":"Pro"}],"organization":{"slug":"north","proration_behavior":"prorate"},
             "prices":{"{{{Other}}}":[{"amount_type":"fixed","price_amount":4900}]},"customer_session_token":"polar_cst_x",
             "payment_processor_metadata":{"k":"v"},"billing_address_fields":{"country":"required","line1":"disabled"},
             "customer_billing_address":{"country":"FR","city":"Lyon","postal_code":"69003"},"discount":{"type":"percentage","basis_points":2500}}
            """
        );

        var checkout = await polar.Checkouts.ClientGetAsync("polar_c_secret");

        Assert.Empty(checkout.UnknownFields());
        Assert.Equal("Pro $49.00 (confirmed)", checkout.ToString());
        Assert.Equal("prorate", checkout.Organization!.ProrationBehavior);
        Assert.Equal(4900, checkout.Prices![Other][0].PriceAmount);
        Assert.Equal("v", checkout.PaymentProcessorMetadata!["k"]);
        Assert.Equal("required", checkout.BillingAddressFields!.Country);
        Assert.Equal("69003 Lyon, FR", checkout.CustomerBillingAddress!.ToString());
        Assert.Equal("polar_cst_x", checkout.CustomerSessionToken);
    }
}
