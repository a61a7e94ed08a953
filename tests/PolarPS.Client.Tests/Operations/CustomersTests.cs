using PolarPS.Client.Models;
using Xunit;
using static PolarPS.Client.Tests.Operations.Wire;

namespace PolarPS.Client.Tests.Operations;

public class CustomersTests
{
    [Fact]
    public async Task CustomersAreSent()
    {
        await ListsAsync(
            polar =>
                polar.Customers.List(
                    new CustomerQuery
                    {
                        OrganizationId = [Id],
                        Email = "a+b@example.com",
                        Query = "lea",
                        Active = true,
                        Metadata = new Dictionary<string, object?>
                        {
                            ["a[b]"] = new List<int> { 1, 2 },
                        },
                        Sorting = ["name"],
                    }
                ),
            $"/v1/customers/?organization_id={Id}&email=a%2Bb%40example.com&query=lea&active=true"
                + "&metadata%5Ba%5Bb%5D%5D=1&metadata%5Ba%5Bb%5D%5D=2&sorting=name"
        );
        await SendsAsync(polar => polar.Customers.GetAsync(Id), $"GET /v1/customers/{Id}");
        await SendsAsync(
            polar =>
                polar.Customers.CreateAsync(
                    new CustomerCreate
                    {
                        Type = "team",
                        Email = null,
                        Owner = new MemberOwnerCreate { Email = "ana@example.com" },
                    }
                ),
            "POST /v1/customers/",
            """{"type":"team","email":null,"owner":{"email":"ana@example.com"}}"""
        );
        await SendsAsync(
            polar => polar.Customers.UpdateAsync(Id, new CustomerUpdate { ExternalId = "42", TaxId = null }),
            $"PATCH /v1/customers/{Id}",
            """{"external_id":"42","tax_id":null}"""
        );
        await SendsAsync(polar => polar.Customers.DeleteAsync(Id), $"DELETE /v1/customers/{Id}");
        await SendsAsync(
            polar => polar.Customers.DeleteAsync(Id, anonymize: true),
            $"DELETE /v1/customers/{Id}?anonymize=true"
        );
        await SendsAsync(polar => polar.Customers.GetStateAsync(Id), $"GET /v1/customers/{Id}/state");
        await ListsAsync(polar => polar.Customers.ListPaymentMethods(Id), $"/v1/customers/{Id}/payment-methods");
    }

    [Fact]
    public async Task CustomersByExternalIdAreSent()
    {
        const string Path = "/v1/customers/external/usr%2042%3F%C3%A9";
        const string External = "usr 42?é";
        await SendsAsync(polar => polar.Customers.GetExternalAsync(External), $"GET {Path}");
        await SendsAsync(
            polar => polar.Customers.UpdateExternalAsync(External, new CustomerUpdateExternal { Name = "Ana" }),
            $"PATCH {Path}",
            """{"name":"Ana"}"""
        );
        await SendsAsync(polar => polar.Customers.DeleteExternalAsync(External), $"DELETE {Path}");
        await SendsAsync(
            polar => polar.Customers.DeleteExternalAsync(External, anonymize: true),
            $"DELETE {Path}?anonymize=true"
        );
        await SendsAsync(polar => polar.Customers.GetStateExternalAsync(External), $"GET {Path}/state");
        await ListsAsync(polar => polar.Customers.ListPaymentMethodsExternal(External), $"{Path}/payment-methods");
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("usr_42/members/m2")]
    [InlineData("usr_42/state")]
    [InlineData("/")]
    [InlineData("..")]
    [InlineData("")]
    public async Task AnExternalIdThatPolarWouldReadAsAnotherAddressIsRefused(string external)
    {
        // Decoded before it is read, "usr_42%2Fmembers%2Fm2" deletes a member instead of a customer.
        var stub = new Stub("{}");
        var polar = stub.Client;
        Func<Task>[] calls =
        [
            () => polar.Customers.GetExternalAsync(external),
            () => polar.Customers.UpdateExternalAsync(external, new CustomerUpdateExternal { Name = "Ana" }),
            () => polar.Customers.DeleteExternalAsync(external),
            () => polar.Customers.GetStateExternalAsync(external),
            () => polar.Customers.ListPaymentMethodsExternal(external).CountAsync(),
            () => polar.Members.ListExternal(external).CountAsync(),
            () => polar.Members.CreateExternalAsync(external, new MemberCreate { Email = "ana@example.com" }),
            () => polar.Members.GetExternalAsync(external, "m2"),
            () => polar.Members.GetExternalAsync("team", external),
            () => polar.Members.UpdateExternalAsync("team", external, new MemberUpdate { Name = "Ana" }),
            () => polar.Members.DeleteExternalAsync("team", external),
        ];
        foreach (var call in calls)
        {
            await Assert.ThrowsAsync<ArgumentException>(call);
        }

        Assert.Empty(stub.Requests);
    }

    [Fact]
    public async Task MembersAreSent()
    {
        var path = $"/v1/customers/{Id}/members";
        var query = new MemberQuery { Role = "owner", Sorting = ["created_at"] };
        await ListsAsync(polar => polar.Members.List(Id, query), $"{path}?role=owner&sorting=created_at");
        await SendsAsync(polar => polar.Members.GetAsync(Id, Other), $"GET {path}/{Other}");
        await SendsAsync(
            polar => polar.Members.CreateAsync(Id, new MemberCreate { Email = "ana@example.com", Role = "member" }),
            $"POST {path}",
            """{"email":"ana@example.com","role":"member"}"""
        );
        await SendsAsync(
            polar => polar.Members.UpdateAsync(Id, Other, new MemberUpdate { Role = "billing_manager" }),
            $"PATCH {path}/{Other}",
            """{"role":"billing_manager"}"""
        );
        await SendsAsync(polar => polar.Members.DeleteAsync(Id, Other), $"DELETE {path}/{Other}");
    }

    [Fact]
    public async Task MembersByExternalIdsAreSent()
    {
        const string Path = "/v1/customers/external/team%201/members";
        await ListsAsync(polar => polar.Members.ListExternal("team 1"), Path);
        await SendsAsync(polar => polar.Members.GetExternalAsync("team 1", "m?2"), $"GET {Path}/m%3F2");
        await SendsAsync(
            polar => polar.Members.CreateExternalAsync("team 1", new MemberCreate { ExternalId = "m2" }),
            $"POST {Path}",
            """{"external_id":"m2"}"""
        );
        await SendsAsync(
            polar => polar.Members.UpdateExternalAsync("team 1", "m2", new MemberUpdate { Name = null }),
            $"PATCH {Path}/m2",
            """{"name":null}"""
        );
        await SendsAsync(polar => polar.Members.DeleteExternalAsync("team 1", "m2"), $"DELETE {Path}/m2");
    }

    [Fact]
    public async Task SessionsAreSentOnceAndDoNotShowTheirToken()
    {
        await SendsAsync(
            polar =>
                polar.CustomerSessions.CreateAsync(
                    new CustomerSessionCreate { ExternalCustomerId = "42", ReturnUrl = "https://example.com/" }
                ),
            "POST /v1/customer-sessions/",
            """{"external_customer_id":"42","return_url":"https://example.com/"}"""
        );

        var polar = Answering("""{"token":"polar_cst_secret","customer":{"email":"ana@example.com"}}""");
        var session = await polar.CustomerSessions.CreateAsync(new CustomerSessionCreate { CustomerId = Id });
        Assert.Equal("ana@example.com", session.ToString());
    }

    [Fact]
    public async Task SeatsAreSent()
    {
        await SendsAsync(
            polar => polar.CustomerSeats.ListSeatsAsync(new CustomerSeatQuery { SubscriptionId = Id }),
            $"GET /v1/customer-seats?subscription_id={Id}"
        );
        await SendsAsync(
            polar => polar.CustomerSeats.ListSeatsAsync(new CustomerSeatQuery { OrderId = Id }),
            $"GET /v1/customer-seats?order_id={Id}"
        );
        await SendsAsync(
            polar =>
                polar.CustomerSeats.AssignSeatAsync(
                    new SeatAssign
                    {
                        SubscriptionId = Id,
                        Email = "ana@example.com",
                        Metadata = new Dictionary<string, object?>
                        {
                            ["nested"] = new List<object?> { 1, null },
                        },
                    }
                ),
            "POST /v1/customer-seats",
            $$$"""{"subscription_id":"{{{Id}}}","email":"ana@example.com","metadata":{"nested":[1,null]}}"""
        );
        await SendsAsync(polar => polar.CustomerSeats.RevokeSeatAsync(Id), $"DELETE /v1/customer-seats/{Id}");
        await SendsAsync(
            polar => polar.CustomerSeats.ResendInvitationAsync(Id),
            $"POST /v1/customer-seats/{Id}/resend"
        );
        await SendsAsync(polar => polar.CustomerSeats.GetClaimInfoAsync("a/b"), "GET /v1/customer-seats/claim/a%2Fb");
        await SendsAsync(
            polar => polar.CustomerSeats.ClaimSeatAsync(new SeatClaim { InvitationToken = "a/b" }),
            "POST /v1/customer-seats/claim",
            """{"invitation_token":"a/b"}"""
        );
    }

    [Fact]
    public async Task SeatsComeInOneAnswer()
    {
        var polar = Answering(
            """
            {"seats":[{"status":"claimed","email":"ana@example.com","member":{"role":"member"},"seat_metadata":{"desk":[4]}}],
             "available_seats":2,"total_seats":5}
            """
        );

        var seats = await polar.CustomerSeats.ListSeatsAsync(new CustomerSeatQuery { OrderId = Id });

        Assert.Equal("2 of 5 available", seats.ToString());
        var seat = Assert.Single(seats.Seats!);
        Assert.Equal("ana@example.com (claimed)", seat.ToString());
        Assert.Equal(new List<object?> { 4L }, seat.SeatMetadata!["desk"]);
    }

    [Theory]
    [InlineData(
        """{"member":{"email":"olle@example.com"},"email":"old@example.com","customer_email":"office@example.com"}""",
        "olle@example.com (pending)"
    )]
    [InlineData("""{"email":"olle@example.com","customer_email":"office@example.com"}""", "olle@example.com (pending)")]
    [InlineData("""{"email":null,"customer_email":"office@example.com"}""", "office@example.com (pending)")]
    public async Task ASeatIsNamedByWhoSitsThereAndNotByWhoPays(string json, string expected)
    {
        var polar = Answering("{\"seats\":[" + json.TrimEnd('}') + ",\"status\":\"pending\"}]}");

        var seats = await polar.CustomerSeats.ListSeatsAsync(new CustomerSeatQuery { SubscriptionId = Id });

        Assert.Equal(expected, Assert.Single(seats.Seats!).ToString());
    }

    [Fact]
    public async Task PaymentMethodsOfEveryKindAreRead()
    {
        var polar = Answering(
            """
            {"items":[
             {"id":"1","type":"card","method_metadata":{"brand":"visa","last4":"4242","exp_month":4,"exp_year":2030},"is_default":true},
             {"id":"2","type":"kr_card","method_metadata":{"brand":null,"last4":"1111"}},
             {"id":"3","type":"us_bank_account"}],
             "pagination":{"total_count":3,"max_page":1}}
            """
        );

        var texts = new List<string>();
        await foreach (var method in polar.Customers.ListPaymentMethods(Id))
        {
            texts.Add(method.ToString());
        }

        Assert.Equal(["visa 4242", "1111", "us_bank_account"], texts);
    }
}
