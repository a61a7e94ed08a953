using System.Net.Http;
using Xunit;

namespace PolarPS.Client.Tests.Emulator;

/// <summary>What customers and members see and do in the portal, and the metrics of the shop.</summary>
public sealed class PortalTests
{
    /// <summary>Method, path, body, status, and whose session is needed.</summary>
    public static TheoryData<string, string, string?, int, string> Operations { get; } =
        new()
        {
            { "GET", "benefit-grants/", null, 200, "Jonas Brandt" },
            { "GET", "benefit-grants/{own}", null, 200, "Jonas Brandt" },
            {
                "PATCH",
                "benefit-grants/{own}",
                "{'benefit_type':'discord','properties':{'account_id':'7'}}",
                200,
                "Astrid Lund"
            },
            { "GET", "customer-session/introspect", null, 200, "Jonas Brandt" },
            { "GET", "customer-session/user", null, 200, "Vind Charter" },
            { "GET", "meters/", null, 200, "Jonas Brandt" },
            { "GET", "meters/{own}", null, 200, "Jonas Brandt" },
            { "GET", "customers/me", null, 200, "Jonas Brandt" },
            { "PATCH", "customers/me", "{'billing_name':'Brandt & Co'}", 200, "Jonas Brandt" },
            { "POST", "customers/me/email-update/request", "{'email':'j@example.com'}", 202, "Jonas Brandt" },
            { "GET", "customers/me/payment-methods", null, 200, "Jonas Brandt" },
            {
                "POST",
                "customers/me/payment-methods",
                "{'confirmation_token_id':'ctoken_succeed','set_default':true,'return_url':'https://x.example/'}",
                201,
                "Jonas Brandt"
            },
            {
                "POST",
                "customers/me/payment-methods",
                "{'confirmation_token_id':'ctoken_action','set_default':true,'return_url':'https://x.example/'}",
                201,
                "Jonas Brandt"
            },
            { "DELETE", "customers/me/payment-methods/{own}", null, 204, "森 はるか" },
            { "GET", "downloadables/", null, 200, "Jonas Brandt" },
            { "GET", "license-keys/", null, 200, "Jonas Brandt" },
            { "GET", "license-keys/{own}", null, 200, "Jonas Brandt" },
            { "POST", "license-keys/{own}/rotate", null, 200, "Jonas Brandt" },
            { "GET", "members", null, 200, "Vind Charter" },
            { "POST", "members", "{'email':'new@vindcharter.example'}", 201, "Vind Charter" },
            { "PATCH", "members/{own}", "{'role':'billing_manager'}", 200, "Vind Charter" },
            { "DELETE", "members/{own}", null, 204, "Vind Charter" },
            { "GET", "orders/", null, 200, "Jonas Brandt" },
            { "GET", "orders/{own}", null, 200, "Jonas Brandt" },
            { "PATCH", "orders/{own}", "{'billing_name':'Brandt'}", 200, "Jonas Brandt" },
            { "POST", "orders/{own}/invoice", null, 202, "Jonas Brandt" },
            { "GET", "orders/{own}/receipt", null, 202, "Jonas Brandt" },
            { "GET", "orders/{own}/payment-status", null, 200, "Jonas Brandt" },
            {
                "POST",
                "orders/{own}/confirm-payment",
                "{'confirmation_token_id':'ctoken_succeed'}",
                200,
                "Inês Castro"
            },
            { "GET", "seats?subscription_id={fleet}", null, 200, "Vind Charter" },
            {
                "POST",
                "seats",
                "{'subscription_id':'{fleet}','email':'deck@vindcharter.example'}",
                200,
                "Vind Charter"
            },
            { "GET", "seats/subscriptions", null, 200, "Vind Charter" },
            { "DELETE", "seats/{seat}", null, 200, "Vind Charter" },
            { "POST", "seats/{seat}/resend", null, 200, "Vind Charter" },
            { "GET", "subscriptions/", null, 200, "Jonas Brandt" },
            { "GET", "subscriptions/{own}", null, 200, "Jonas Brandt" },
            { "PATCH", "subscriptions/{own}", "{'cancel_at_period_end':true}", 200, "Jonas Brandt" },
            { "DELETE", "subscriptions/{own}", null, 200, "Jonas Brandt" },
            { "GET", "wallets/", null, 200, "Jonas Brandt" },
            { "GET", "wallets/{own}", null, 200, "Jonas Brandt" },
        };

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task CustomersReachWhatIsTheirs(string method, string path, string? body, int status, string who)
    {
        using var shop = new Shop();
        var session = await Session(shop, who);
        var target = await Places.Fill(shop, "/v1/customer-portal/" + path);
        var text = body is null ? null : await Places.Fill(shop, body);

        // A merchant's token counts as none here.
        foreach (var wrong in new[] { null, shop.Emulator.AccessToken })
        {
            shop.Token = wrong;
            var refused = await shop.Send(
                new HttpMethod(method),
                target.Replace("{own}", Places.Nobody, StringComparison.Ordinal),
                text
            );
            Assert.Equal((401, "Unauthorized"), (refused.Status, refused.Error));
        }

        shop.Token = session;
        if (target.Contains("{own}", StringComparison.Ordinal))
        {
            var foreign = await shop.Send(
                new HttpMethod(method),
                target.Replace("{own}", Places.Nobody, StringComparison.Ordinal),
                text
            );
            Assert.Equal((404, "ResourceNotFound"), (foreign.Status, foreign.Error));
            target = target.Replace("{own}", await Own(shop, target, method), StringComparison.Ordinal);
        }

        Assert.Equal(status, (await shop.Send(new HttpMethod(method), target, text)).Status);

        // A session lasts an hour.
        shop.Emulator.AdvanceClock(TimeSpan.FromMinutes(61));
        Assert.Equal("invalid_token", (await shop.Send(new HttpMethod(method), target, text)).Error);
    }

    [Fact]
    public async Task ASeatIsClaimedWithWhatWasMailed()
    {
        using var shop = new Shop();
        var fleet = await Places.Fill(shop, "{fleet}");
        await shop.Post("/v1/customer-seats", $"{{'subscription_id':'{fleet}','email':'z@vindcharter.example'}}");
        var mail = shop.Emulator.Mails[^1];
        Assert.Equal(("z@vindcharter.example", "seat_invitation"), (mail.To, mail.Kind));
        shop.Token = null;
        var info = await shop.Get($"/v1/customer-seats/claim/{mail.Token}");
        Assert.True((bool)info.Body!["can_claim"]!);
        Assert.Equal("Fleet", (string)info.Body["product_name"]!);
        var claimed = await shop.Post("/v1/customer-seats/claim", $"{{'invitation_token':'{mail.Token}'}}");
        Assert.Equal("claimed", (string)claimed.Body!["seat"]!["status"]!);
        Assert.Equal(
            400,
            (await shop.Post("/v1/customer-seats/claim", $"{{'invitation_token':'{mail.Token}'}}")).Status
        );
        shop.Token = (string)claimed.Body["customer_session_token"]!;
        Assert.Equal("member", (string)(await shop.Get("/v1/customer-portal/customer-session/user")).Body!["type"]!);
        Assert.Equal(1, (await shop.Get("/v1/customer-portal/seats/subscriptions")).TotalCount);
        // Members who manage nothing see no members.
        Assert.Equal(403, (await shop.Get("/v1/customer-portal/members")).Status);
    }

    [Fact]
    public async Task AnAddressIsChangedWithWhatWasMailed()
    {
        using var shop = new Shop();
        shop.Token = await Session(shop, "Tom Okafor");
        await shop.Post("/v1/customer-portal/customers/me/email-update/request", "{'email':'tom@new.example'}");
        var token = shop.Emulator.Mails[^1].Token;
        shop.Token = null;
        const string path = "/v1/customer-portal/customers/me/email-update/";
        Assert.Equal(422, (await shop.Get(path + "check")).Status);
        Assert.Equal(401, (await shop.Get(path + "check?token=x")).Status);
        Assert.Equal(204, (await shop.Get(path + "check?token=" + token)).Status);
        var done = await shop.Post(path + "verify", $"{{'token':'{token}'}}");
        Assert.Equal(401, (await shop.Post(path + "verify", $"{{'token':'{token}'}}")).Status);
        shop.Token = (string)done.Body!["token"]!;
        var me = await shop.Get("/v1/customer-portal/customers/me");
        Assert.Equal("tom@new.example", (string)me.Body!["email"]!);
    }

    [Theory]
    [InlineData("GET", "customers/me/payment-methods", null)]
    [InlineData("PATCH", "customers/me", "{'billing_name':'x'}")]
    [InlineData("POST", "customers/me/email-update/request", "{'email':'x@example.com'}")]
    [InlineData("GET", "orders/", null)]
    [InlineData("GET", "wallets/", null)]
    [InlineData("GET", "members", null)]
    [InlineData("POST", "seats", "{'subscription_id':'{fleet}','email':'x@example.com'}")]
    [InlineData("DELETE", "seats/{seat}", null)]
    [InlineData("POST", "seats/{seat}/resend", null)]
    public async Task MembersWithoutARoleDoNotDealWithBilling(string method, string path, string? body)
    {
        using var shop = new Shop();
        var target = await Places.Fill(shop, "/v1/customer-portal/" + path);
        var text = body is null ? null : await Places.Fill(shop, body);
        var team = await shop.Id("customers", "Vind Charter");
        var member = (await shop.Post($"/v1/customers/{team}/members", "{'email':'deck@vindcharter.example'}")).Id;
        var session = await shop.Post("/v1/customer-sessions/", $"{{'customer_id':'{team}','member_id':'{member}'}}");
        shop.Token = (string)session.Body!["token"]!;
        var refused = await shop.Send(new HttpMethod(method), target, text);
        Assert.Equal((403, "NotPermitted"), (refused.Status, refused.Error));
        Assert.Equal(200, (await shop.Get("/v1/customer-portal/subscriptions/")).Status);
        Assert.Equal(200, (await shop.Get("/v1/customer-portal/customers/me")).Status);
    }

    [Fact]
    public async Task NobodyChangesTheirOwnPlaceInATeam()
    {
        using var shop = new Shop();
        shop.Token = await Session(shop, "Vind Charter");
        const string members = "/v1/customer-portal/members";
        var me = (string)(await shop.Get("/v1/customer-portal/customer-session/user")).Body!["member_id"]!;
        Assert.Equal(["path.id"], (await shop.Patch($"{members}/{me}", "{'role':'member'}")).Places);
        Assert.Equal(["path.id"], (await shop.Send(HttpMethod.Delete, $"{members}/{me}", null)).Places);
        Assert.Equal(200, (await shop.Patch($"{members}/{me}", "{'role':'owner','name':'Maja'}")).Status);
        Assert.Equal(["body.role"], (await shop.Post(members, "{'email':'x@example.com','role':'owner'}")).Places);
        shop.Token = await Session(shop, "Jonas Brandt", shop.Emulator.AccessToken);
        Assert.Equal("NotPermitted", (await shop.Get(members)).Error);
    }

    [Fact]
    public async Task AnotherAddressIsForIndividualsWithinHalfAnHourAndWhereTheShopAllowsIt()
    {
        using var shop = new Shop();
        const string path = "/v1/customer-portal/customers/me/email-update/";
        shop.Token = await Session(shop, "Tom Okafor");
        await shop.Post(path + "request", "{'email':'one@new.example'}");
        var first = shop.Emulator.Mails[^1].Token;
        // Who else has it shows only once it is confirmed.
        Assert.Equal(202, (await shop.Post(path + "request", "{'email':'astrid.lund@solveig.example'}")).Status);
        var second = shop.Emulator.Mails[^1].Token;
        Assert.Equal(401, (await shop.Get(path + "check?token=" + first)).Status);
        Assert.Equal(["body.token"], (await shop.Post(path + "verify", $"{{'token':'{second}'}}")).Places);
        Assert.Equal(204, (await shop.Get(path + "check?token=" + second)).Status);
        shop.Emulator.AdvanceClock(TimeSpan.FromMinutes(31));
        Assert.Equal(401, (await shop.Get(path + "check?token=" + second)).Status);
        shop.Token = await Session(shop, "Vind Charter", shop.Emulator.AccessToken);
        Assert.Equal(["body.email"], (await shop.Post(path + "request", "{'email':'x@example.com'}")).Places);
    }

    [Fact]
    public async Task WhoPaysLateIsBack()
    {
        using var shop = new Shop();
        shop.Token = await Session(shop, "Inês Castro");
        var order = (await shop.Get("/v1/customer-portal/orders/?limit=100")).Items.First(item =>
            (string)item!["status"]! == "pending"
        )!;
        var path = $"/v1/customer-portal/orders/{(string)order["id"]!}";
        Assert.Equal("failed", (string)(await shop.Get(path + "/payment-status")).Body!["status"]!);
        Assert.Equal(["body"], (await shop.Post(path + "/confirm-payment", "{}")).Places);
        var failed = await shop.Post(path + "/confirm-payment", "{'confirmation_token_id':'ctoken_fail'}");
        Assert.Equal("failed", (string)failed.Body!["status"]!);
        var paid = await shop.Post(path + "/confirm-payment", "{'confirmation_token_id':'ctoken_succeed'}");
        Assert.Equal("succeeded", (string)paid.Body!["status"]!);
        Assert.Equal(
            "OrderNotEligibleForRetry",
            (await shop.Post(path + "/confirm-payment", "{'confirmation_token_id':'ctoken_succeed'}")).Error
        );
        Assert.Equal("succeeded", (string)(await shop.Get(path + "/payment-status")).Body!["status"]!);
        shop.Token = shop.Emulator.AccessToken;
        Assert.Equal(0, (await shop.Get("/v1/subscriptions/?status=past_due")).TotalCount);
    }

    [Theory]
    [InlineData("{'pause_at_period_end':true}", "PauseResumeNotAllowed")]
    [InlineData("{'units':3}", "UpdateSubscriptionUnitsNotAllowed")]
    public async Task TheShopDecidesWhatCustomersMayDo(string body, string error)
    {
        using var shop = new Shop();
        shop.Token = await Session(shop, "Astrid Lund");
        var id = (await shop.Get("/v1/customer-portal/subscriptions/")).Texts("id").First();
        var answer = await shop.Patch($"/v1/customer-portal/subscriptions/{id}", body);
        Assert.Equal((403, error), (answer.Status, answer.Error));
        Assert.Equal(
            422,
            (await shop.Patch($"/v1/customer-portal/subscriptions/{id}", "{'seats':1,'units':1}")).Status
        );
    }

    [Fact]
    public async Task TheShopIsPublic()
    {
        using var shop = new Shop();
        shop.Token = null;
        var page = await shop.Get("/v1/customer-portal/organizations/northwind");
        Assert.NotEmpty(page.Body!["products"]!.AsArray());
        Assert.Equal(404, (await shop.Get("/v1/customer-portal/organizations/nobody")).Status);
        var key = await Places.Fill(shop, "{key-text}");
        string Body(string more) => $"{{'key':'{key}','organization_id':'{shop.Emulator.OrganizationId}'{more}}}";
        const string path = "/v1/customer-portal/license-keys/";
        Assert.Equal(200, (await shop.Post(path + "validate", Body(""))).Status);
        var activation = await shop.Post(path + "activate", Body(",'label':'helm'"));
        Assert.Equal(200, activation.Status);
        Assert.Equal(204, (await shop.Post(path + "deactivate", Body($",'activation_id':'{activation.Id}'"))).Status);
        Assert.Equal(
            404,
            (await shop.Post(path + "validate", "{'key':'x','organization_id':'" + Places.Nobody + "'}")).Status
        );
    }

    private static Task<string> Session(Shop shop, string who, string token)
    {
        shop.Token = token;
        return Session(shop, who);
    }

    [Fact]
    public async Task CustomersSeeWhatIsMeantForThem()
    {
        using var shop = new Shop();
        var hidden = (await shop.Get("/v1/benefits/?type=feature_flag")).Texts("id").ToList();
        Assert.NotEmpty(hidden);
        var paused = await Session(shop, "Piet de Vries");
        shop.Token = await Session(shop, "Jonas Brandt");
        var grants = await shop.Get("/v1/customer-portal/benefit-grants/?limit=100");
        Assert.NotEmpty(grants.Items);
        Assert.Empty(grants.Texts("benefit_id").Intersect(hidden));

        // A permission is not the file, and the same at every look.
        var files = await shop.Get("/v1/customer-portal/downloadables/");
        var ids = files.Texts("id").ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.Empty(ids.Intersect(files.Items.Select(item => (string)item!["file"]!["id"]!)));
        Assert.Equal(ids, (await shop.Get("/v1/customer-portal/downloadables/")).Texts("id"));

        // Orders are found by their product, and sorted by what they are without tax.
        Assert.NotEmpty((await shop.Get("/v1/customer-portal/orders/?query=offshore")).Items);
        var amounts = (await shop.Get("/v1/customer-portal/orders/?sorting=-amount&limit=100"))
            .Items.Select(item => (long)item!["net_amount"]!)
            .ToList();
        Assert.Equal(amounts.OrderByDescending(amount => amount), amounts);

        // What is paused is neither in force nor over.
        shop.Token = paused;
        foreach (var active in new[] { "true", "false" })
        {
            Assert.Empty((await shop.Get($"/v1/customer-portal/subscriptions/?active={active}")).Items);
        }

        Assert.NotEmpty((await shop.Get("/v1/customer-portal/subscriptions/")).Items);
    }

    private static async Task<string> Session(Shop shop, string who)
    {
        var customer = await shop.Id("customers", who);
        var members = (await shop.Get($"/v1/customers/{customer}/members")).Items;
        var owner = members.First(member => (string)member!["role"]! == "owner")!;
        var more = who == "Vind Charter" ? $",'member_id':'{(string)owner["id"]!}'" : string.Empty;
        var session = await shop.Post("/v1/customer-sessions/", $"{{'customer_id':'{customer}'{more}}}");
        return (string)session.Body!["token"]!;
    }

    // The customer's own: the first that the list has, or that the change is possible for.
    private static async Task<string> Own(Shop shop, string target, string method)
    {
        var items = (
            await shop.Get(
                target[..target.IndexOf("/{own}", StringComparison.Ordinal)]
                    + (
                        target.Contains("/members/", StringComparison.Ordinal)
                        || target.Contains("payment-methods", StringComparison.Ordinal)
                            ? ""
                            : "/"
                    )
            )
        ).Items;
        var fitting = items.FirstOrDefault(item =>
            target.Contains("confirm-payment", StringComparison.Ordinal) ? (string)item!["status"]! == "pending"
            : target.Contains("benefit-grants", StringComparison.Ordinal) && method == "PATCH"
                ? (string)item!["benefit"]!["type"]! == "discord"
            : !target.Contains("/members/", StringComparison.Ordinal) || (string)item!["role"]! != "owner"
        );
        return (string)fitting!["id"]!;
    }
}
