using System.Net.Http;
using Xunit;

namespace PolarPS.Client.Tests.Emulator;

/// <summary>Points 14 and 18 of what is known of Polar's server: customers, their members, and the seats that these hold.</summary>
public sealed class PeopleTests
{
    private const string Seats =
        "{'amount_type':'seat_based','seat_tiers':{'tiers':[{'min_seats':1,'price_per_seat':1000}]}}";

    [Fact]
    public async Task Point14WhatIsSetOnceStays()
    {
        using var till = new Till();
        var made = await till.Post("/v1/customers/", "{'email':'ada@example.com','name':'Ada'}");
        var path = $"/v1/customers/{made.Id}";
        await till.Patch(path, $"{{'external_id':'crew-1','billing_address':{Till.Germany}}}");
        // The same again is no change.
        await till.Patch(path, "{'external_id':'crew-1'}");
        await till.Post("/v1/customers/", "{'email':'bob@example.com'}");

        // All that is wrong is told, and nothing is changed.
        var refused = await till.Shop.Patch(
            path,
            "{'email':'BOB@example.com','external_id':'crew-2','billing_address':null,'name':'Eve','metadata':{'a':1}}"
        );
        Assert.Equal(["body.email", "body.billing_address", "body.external_id"], refused.Places);
        Assert.Equal(["body.external_id"], (await till.Shop.Patch(path, "{'external_id':null}")).Places);
        var after = (await till.Get(path)).Body!;
        Assert.Equal(("Ada", "ada@example.com"), ((string)after["name"]!, (string)after["email"]!));
        Assert.Empty(after["metadata"]!.AsObject());
    }

    [Fact]
    public async Task Point14NamesAndAddressesAreFound()
    {
        using var till = new Till();
        var made = await till.Post("/v1/customers/", "{'email':'Ada@Example.com','name':'Ada','external_id':'crew-1'}");
        Assert.Equal("Ada", (string)made.Body!["billing_name"]!);
        Assert.Equal(1, (await till.Get("/v1/customers/?email=aDA@eXAMPLE.com")).TotalCount);
        Assert.Equal(0, (await till.Get("/v1/customers/?email=ada")).TotalCount);
        Assert.Equal(1, (await till.Get("/v1/customers/?query=CREW")).TotalCount);
        // An external id is found by its beginning, the rest anywhere.
        Assert.Equal(0, (await till.Get("/v1/customers/?query=rew-1")).TotalCount);
        Assert.Equal(1, (await till.Get("/v1/customers/?query=example")).TotalCount);
    }

    [Fact]
    public async Task Point14ATaxNumberFitsTheCountry()
    {
        using var till = new Till();
        var made = await till.Post("/v1/customers/", "{'email':'ada@example.com'}");
        var path = $"/v1/customers/{made.Id}";
        var nowhere = await till.Shop.Patch(path, "{'tax_id':'DE123456789'}");
        Assert.Equal(("missing", "body.billing_address"), (nowhere.Types.Single(), nowhere.Places.Single()));
        await till.Patch(path, $"{{'tax_id':'DE123456789','billing_address':{Till.Germany}}}");
        // A number of the Union is good in all of it, and nowhere else.
        var french = await till.Patch(path, "{'billing_address':{'country':'FR'}}");
        Assert.Equal("DE123456789", (string)french.Body!["tax_id"]![0]!);
        var moved = await till.Shop.Patch(path, "{'billing_address':{'country':'GB'}}");
        Assert.Equal(("invalid", "body.tax_id"), (moved.Types.Single(), moved.Places.Single()));
        var bare = await till.Shop.Patch(path, "{'tax_id':'123456789'}");
        Assert.Equal(("invalid", "body.tax_id"), (bare.Types.Single(), bare.Places.Single()));
        Assert.Null((await till.Patch(path, "{'tax_id':null,'billing_address':{'country':'GB'}}")).Body!["tax_id"]);
    }

    [Fact]
    public async Task Point14TheStateListsCreditsToo()
    {
        using var till = new Till();
        var meter = await till.Meter("ping");
        var benefit = await till.Post(
            "/v1/benefits/",
            $"{{'type':'meter_credit','description':'Pings','properties':{{'units':10,'rollover':false,'meter_id':'{meter}'}}}}"
        );
        var product = await till.Product();
        await till.Post($"/v1/products/{product}/benefits", $"{{'benefits':['{benefit.Id}']}}");
        var bought = await till.Buy(product);

        var state = (await till.Get($"/v1/customers/{bought.Customer}/state")).Body!;

        Assert.Equal("meter_credit", (string)state["granted_benefits"]!.AsArray().Single()!["benefit_type"]!);
        Assert.Equal(10, (int)state["active_meters"]!.AsArray().Single()!["credited_units"]!);
    }

    [Fact]
    public async Task Point14WhoIsForgottenKeepsWhatTheLawAsksFor()
    {
        using var till = new Till();
        var made = await till.Post(
            "/v1/customers/",
            $"{{'email':'ada@example.com','name':'Ada','external_id':'crew-1','billing_address':{Till.Germany}}}"
        );
        var bought = await till.Buy(await till.OneTime(), email: "ada@example.com");
        Assert.Equal(made.Id, bought.Customer);
        Assert.Equal(204, (await till.Shop.Delete($"/v1/customers/{made.Id}?anonymize=true")).Status);

        var shown = (await till.Orders(bought))[0]["customer"]!;
        Assert.EndsWith("@anonymized.polar.sh", (string)shown["email"]!, StringComparison.Ordinal);
        Assert.Matches("^[0-9a-f]{64}$", (string)shown["name"]!);
        Assert.Null(shown["billing_address"]);
        Assert.Equal("crew-1", (string)shown["external_id"]!);
        Assert.NotNull(shown["metadata"]!["__anonymized_at"]);
        // The id is free for somebody else.
        await till.Post("/v1/customers/", "{'email':'bob@example.com','external_id':'crew-1'}");
    }

    [Fact]
    public async Task Point14MembersKnowTheirOwner()
    {
        using var till = new Till();
        Assert.Equal(["body.team"], (await till.Shop.Post("/v1/customers/", "{'type':'team','name':'Crew'}")).Places);
        var team = await till.Post(
            "/v1/customers/",
            "{'type':'team','name':'Crew','owner':{'email':'ada@example.com'}}"
        );
        var path = $"/v1/customers/{team.Id}/members";
        var bob = await till.Post(path, "{'email':'bob@example.com'}");
        // Who is a member already stays as it is.
        Assert.Equal(bob.Id, (await till.Post(path, "{'email':'Bob@example.com','name':'Robert'}")).Id);

        // Whoever becomes the owner takes the place of who was.
        await till.Patch($"{path}/{bob.Id}", "{'role':'owner'}");
        var roles = (await till.Get(path + "?sorting=created_at")).Texts("role");
        Assert.Equal(["billing_manager", "owner"], roles);
        Assert.Equal(["body.role"], (await till.Shop.Patch($"{path}/{bob.Id}", "{'role':'member'}")).Places);
        Assert.Equal(["body"], (await till.Shop.Delete($"{path}/{bob.Id}")).Places);

        // An individual has one member, whose address is its own.
        var one = await till.Post("/v1/customers/", "{'email':'eve@example.com'}");
        var own = $"/v1/customers/{one.Id}/members";
        Assert.Equal(403, (await till.Shop.Post(own, "{'email':'bob@example.com'}")).Status);
        var eve = (await till.Get(own)).Items.Single()!;
        Assert.Equal(
            ["body.email"],
            (await till.Shop.Patch($"{own}/{eve["id"]}", "{'email':'eva@example.com'}")).Places
        );
        await till.Patch($"/v1/customers/{one.Id}", "{'email':'eva@example.com'}");
        Assert.Equal("eva@example.com", (await till.Get(own)).Texts("email").Single());
    }

    [Fact]
    public async Task Point18ARevokedSeatIsGivenAgain()
    {
        using var till = new Till();
        var fleet = await till.Buy(await till.Product(Seats), more: ",'seats':2");
        async Task<Answer> Assign(string who) =>
            await till.Shop.Post("/v1/customer-seats", $"{{'subscription_id':'{fleet.Subscription}',{who}}}");
        var listed = (await till.Get($"/v1/customer-seats?subscription_id={fleet.Subscription}")).Body!;
        // The buyer sits on the first.
        Assert.Equal("claimed", (string)listed["seats"]!.AsArray().Single()!["status"]!);
        var seat = await Assign("'email':'bob@example.com'");
        Assert.Equal("SeatNotAvailable", (await Assign("'email':'eve@example.com'")).Error);

        await till.Shop.Delete($"/v1/customer-seats/{seat.Id}");
        var again = await Assign("'email':'eve@example.com','immediate_claim':true");

        Assert.Equal((seat.Id, "claimed"), (again.Id, (string)again.Body!["status"]!));
        Assert.Equal(
            ("eve@example.com", fleet.Customer),
            ((string)again.Body["email"]!, (string)again.Body["customer_id"]!)
        );
        Assert.Null(again.Body["revoked_at"]);
    }

    [Fact]
    public async Task Point18AnInvitationKeepsItsToken()
    {
        using var till = new Till();
        var fleet = await till.Buy(await till.Product(Seats), more: ",'seats':2");
        var seat = await till.Post(
            "/v1/customer-seats",
            $"{{'subscription_id':'{fleet.Subscription}','email':'bob@example.com'}}"
        );
        till.MoveTo("2026-01-01T20:00");
        await till.Shop.Send(HttpMethod.Post, $"/v1/customer-seats/{seat.Id}/resend");
        var tokens = till.Shop.Emulator.Mails.Select(mail => mail.Token).ToArray();
        Assert.Equal(2, tokens.Length);
        Assert.Equal(tokens[0], tokens[1]);

        // It runs out a day after it was first sent, and once.
        till.MoveTo("2026-01-01T23:00");
        Assert.Equal(200, (await till.Shop.Get($"/v1/customer-seats/claim/{tokens[0]}")).Status);
        var claimed = await till.Post("/v1/customer-seats/claim", $"{{'invitation_token':'{tokens[0]}'}}");
        Assert.StartsWith("polar_mst_", (string)claimed.Body!["customer_session_token"]!, StringComparison.Ordinal);
        Assert.Equal(404, (await till.Shop.Get($"/v1/customer-seats/claim/{tokens[0]}")).Status);
        Assert.Equal(
            "SeatNotPending",
            (await till.Shop.Send(HttpMethod.Post, $"/v1/customer-seats/{seat.Id}/resend")).Error
        );
    }

    [Theory]
    [InlineData("{'email':'a@example.com'}", 422)]
    [InlineData("{'subscription_id':'{s}','order_id':'{s}','email':'a@example.com'}", 422)]
    [InlineData("{'subscription_id':'{s}'}", 422)]
    [InlineData("{'subscription_id':'{s}','customer_id':'{s}','member_id':'{s}'}", 422)]
    [InlineData("{'subscription_id':'{s}','member_id':'{s}','external_member_id':'x'}", 422)]
    [InlineData("{'subscription_id':'{s}','customer_id':'{s}','email':'a@example.com'}", 422)]
    [InlineData("{'subscription_id':'{s}','member_id':'{s}','email':'a@example.com'}", 422)]
    [InlineData("{'order_id':'{s}','email':'a@example.com'}", 404)]
    [InlineData("{'subscription_id':'{s}','member_id':'{s}'}", 404, "MemberNotFound")]
    [InlineData("{'subscription_id':'{s}','external_member_id':'x'}", 404, "MemberNotFound")]
    [InlineData("{'subscription_id':'{s}','customer_id':'{s}'}", 400, "InvalidSeatAssignmentRequest")]
    [InlineData("{'subscription_id':'{s}','external_customer_id':'x'}", 400, "InvalidSeatAssignmentRequest")]
    [InlineData("{'subscription_id':'{s}','email':'BUYER@example.com'}", 400, "SeatAlreadyAssigned")]
    public async Task Point18SeatsAreForOnePersonNamedInOneWay(string body, int status, string? error = null)
    {
        using var till = new Till();
        var fleet = await till.Buy(await till.Product(Seats), more: ",'seats':2", email: "buyer@example.com");

        var answer = await till.Shop.Post(
            "/v1/customer-seats",
            body.Replace("{s}", fleet.Subscription, StringComparison.Ordinal)
        );

        Assert.Equal(status, answer.Status);
        if (error is not null)
        {
            Assert.Equal(error, answer.Error);
        }
    }

    [Fact]
    public async Task Point18ExternalMembersAreLinkedByTheirAddress()
    {
        using var till = new Till();
        var fleet = await till.Buy(await till.Product(Seats), more: ",'seats':3");
        Task<Answer> Assign(string who) =>
            till.Shop.Post("/v1/customer-seats", $"{{'subscription_id':'{fleet.Subscription}',{who}}}");
        var seat = await Assign("'email':'bob@example.com','external_member_id':'skipper-1'");
        Assert.Equal("skipper-1", (string)seat.Body!["member"]!["external_id"]!);
        Assert.Equal(
            "MemberEmailMismatch",
            (await Assign("'email':'eve@example.com','external_member_id':'skipper-1'")).Error
        );
        Assert.Equal(
            "MemberEmailMismatch",
            (await Assign("'email':'bob@example.com','external_member_id':'skipper-2'")).Error
        );

        // Whoever leaves takes its seat along.
        await till.Shop.Delete($"/v1/customers/{fleet.Customer}/members/{seat.Body["member_id"]}");
        var listed = (await till.Get($"/v1/customer-seats?subscription_id={fleet.Subscription}")).Body!;
        Assert.Equal(2, (int)listed["available_seats"]!);
    }

    [Fact]
    public async Task Point18WithoutASuccessUrlTheBuyerTakesASeat()
    {
        using var till = new Till();
        var fleet = await till.Buy(
            await till.Product(Seats),
            more: ",'seats':2,'success_url':'https://example.com/aboard'"
        );
        var listed = (await till.Get($"/v1/customer-seats?subscription_id={fleet.Subscription}")).Body!;
        Assert.Empty(listed["seats"]!.AsArray());
        Assert.Equal("team", (string)(await till.Get($"/v1/customers/{fleet.Customer}")).Body!["type"]!);
    }
}
