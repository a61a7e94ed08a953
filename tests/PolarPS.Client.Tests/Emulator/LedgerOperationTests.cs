using System.Net.Http;
using Xunit;

namespace PolarPS.Client.Tests.Emulator;

/// <summary>Operations on what happens in the shop: each works, refuses strangers, and refuses ids that lead nowhere.</summary>
public sealed class LedgerOperationTests
{
    /// <summary>Method, path, body, status, and the scope that is enough; - for operations that need no token.</summary>
    public static TheoryData<string, string, string?, int, string> Operations { get; } =
        new()
        {
            {
                "POST",
                "/v1/custom-fields/",
                "{'type':'text','slug':'berth','name':'Berth','properties':{}}",
                201,
                "custom_fields:write"
            },
            { "PATCH", "/v1/custom-fields/{field}", "{'type':'checkbox','name':'News'}", 200, "custom_fields:write" },
            { "DELETE", "/v1/custom-fields/{field}", null, 204, "custom_fields:write" },
            {
                "POST",
                "/v1/meters/",
                "{'name':'Waves','filter':{'conjunction':'and','clauses':[{'property':'name','operator':'eq','value':'wave'}]},"
                    + "'aggregation':{'func':'sum','property':'height'}}",
                201,
                "meters:write"
            },
            { "PATCH", "/v1/meters/{meter}", "{'name':'Forecasts'}", 200, "meters:write" },
            {
                "GET",
                "/v1/meters/{meter}/quantities?start_timestamp=2026-01-01T00:00:00Z&end_timestamp=2026-12-31T00:00:00Z&interval=month",
                null,
                200,
                "meters:read"
            },
            { "GET", "/v1/customers/", null, 200, "customers:read" },
            { "POST", "/v1/customers/", "{'email':'new@example.com'}", 201, "customers:write" },
            { "GET", "/v1/customers/export", null, 200, "customers:read" },
            { "GET", "/v1/customers/{customer}", null, 200, "customers:read" },
            { "PATCH", "/v1/customers/{customer}", "{'name':'A. Lund'}", 200, "customers:write" },
            { "DELETE", "/v1/customers/{customer}", null, 204, "customers:write" },
            { "GET", "/v1/customers/{customer}/state", null, 200, "customers:read" },
            { "GET", "/v1/customers/{customer}/payment-methods", null, 200, "customers:read" },
            { "GET", "/v1/customers/external/crew-1001", null, 200, "customers:read" },
            { "PATCH", "/v1/customers/external/crew-1001", "{'locale':'nn'}", 200, "customers:write" },
            { "DELETE", "/v1/customers/external/crew-1001?anonymize=true", null, 204, "customers:write" },
            { "GET", "/v1/customers/external/crew-1001/state", null, 200, "customers:read" },
            { "GET", "/v1/customers/external/crew-1001/payment-methods", null, 200, "customers:read" },
            { "GET", "/v1/customers/{team}/members", null, 200, "members:read" },
            { "POST", "/v1/customers/{team}/members", "{'email':'nils@vindcharter.example'}", 201, "members:write" },
            { "GET", "/v1/customers/{team}/members/{member}", null, 200, "members:read" },
            { "PATCH", "/v1/customers/{team}/members/{member}", "{'name':'Olle'}", 200, "members:write" },
            { "DELETE", "/v1/customers/{team}/members/{member}", null, 204, "members:write" },
            { "GET", "/v1/customers/external/fleet-7/members", null, 200, "members:read" },
            {
                "POST",
                "/v1/customers/external/fleet-7/members",
                "{'email':'nils@vindcharter.example','external_id':'skipper-9'}",
                201,
                "members:write"
            },
            { "GET", "/v1/customers/external/fleet-7/members/skipper-1", null, 200, "members:read" },
            { "PATCH", "/v1/customers/external/fleet-7/members/skipper-1", "{'name':'Maja E.'}", 200, "members:write" },
            { "POST", "/v1/customer-sessions/", "{'customer_id':'{customer}'}", 201, "customer_sessions:write" },
            { "GET", "/v1/checkouts/", null, 200, "checkouts:read" },
            { "POST", "/v1/checkouts/", "{'products':['{product}']}", 201, "checkouts:write" },
            { "GET", "/v1/checkouts/{checkout}", null, 200, "checkouts:read" },
            {
                "PATCH",
                "/v1/checkouts/{checkout}",
                "{'customer_name':'Sam','metadata':{'a':1}}",
                200,
                "checkouts:write"
            },
            { "GET", "/v1/checkouts/client/{secret}", null, 200, "-" },
            { "PATCH", "/v1/checkouts/client/{secret}", "{'customer_email':'sam@example.com'}", 200, "-" },
            {
                "POST",
                "/v1/checkouts/client/{secret}/confirm",
                "{'customer_email':'sam@example.com','customer_billing_address':{'country':'US','state':'US-DE','line1':'1 Quay','city':'Dover','postal_code':'19901'},'confirmation_token_id':'ctoken_succeed'}",
                200,
                "-"
            },
            { "GET", "/v1/subscriptions/", null, 200, "subscriptions:read" },
            {
                "POST",
                "/v1/subscriptions/",
                "{'product_id':'{free}','customer_id':'{customer}'}",
                201,
                "subscriptions:write"
            },
            { "GET", "/v1/subscriptions/export", null, 200, "subscriptions:read" },
            { "GET", "/v1/subscriptions/{subscription}", null, 200, "subscriptions:read" },
            {
                "PATCH",
                "/v1/subscriptions/{subscription}",
                "{'cancel_at_period_end':true}",
                200,
                "subscriptions:write"
            },
            { "DELETE", "/v1/subscriptions/{subscription}", null, 200, "subscriptions:write" },
            { "GET", "/v1/orders/", null, 200, "orders:read" },
            { "GET", "/v1/orders/export", null, 200, "orders:read" },
            { "GET", "/v1/orders/{order}", null, 200, "orders:read" },
            { "PATCH", "/v1/orders/{order}", "{'billing_name':'Pentland Ltd'}", 200, "orders:write" },
            { "POST", "/v1/orders/{order}/invoice", null, 202, "orders:read" },
            { "GET", "/v1/orders/{order}/receipt", null, 202, "orders:read" },
            { "GET", "/v1/payments/", null, 200, "payments:read" },
            { "GET", "/v1/payments/{payment}", null, 200, "payments:read" },
            { "GET", "/v1/refunds/", null, 200, "refunds:read" },
            { "POST", "/v1/refunds/", "{'order_id':'{order}','reason':'other','amount':100}", 201, "refunds:write" },
            { "GET", "/v1/disputes/", null, 200, "disputes:read" },
            { "GET", "/v1/disputes/{dispute}", null, 200, "disputes:read" },
            { "POST", "/v1/disputes/{dispute}/accept", null, 200, "disputes:write" },
            { "GET", "/v1/benefit-grants/", null, 200, "benefits:read" },
            { "GET", "/v1/benefits/{benefit}/grants", null, 200, "benefits:read" },
            { "GET", "/v1/benefits/{benefit}/files", null, 200, "benefits:read" },
            { "GET", "/v1/license-keys/", null, 200, "license_keys:read" },
            { "GET", "/v1/license-keys/{key}", null, 200, "license_keys:read" },
            { "PATCH", "/v1/license-keys/{key}", "{'usage':3,'limit_usage':null}", 200, "license_keys:write" },
            { "POST", "/v1/license-keys/{key}/rotate", null, 200, "license_keys:write" },
            {
                "POST",
                "/v1/license-keys/validate",
                "{'key':'{key-text}','organization_id':'{org}'}",
                200,
                "license_keys:write"
            },
            {
                "POST",
                "/v1/license-keys/activate",
                "{'key':'{key-text}','organization_id':'{org}','label':'bridge'}",
                200,
                "license_keys:write"
            },
            {
                "POST",
                "/v1/license-keys/deactivate",
                "{'key':'{key-text}','organization_id':'{org}','activation_id':'{activation}'}",
                204,
                "license_keys:write"
            },
            { "GET", "/v1/license-keys/{key}/activations/{activation}", null, 200, "license_keys:read" },
            { "GET", "/v1/customer-seats?subscription_id={fleet}", null, 200, "customer_seats:read" },
            {
                "POST",
                "/v1/customer-seats",
                "{'subscription_id':'{fleet}','email':'deck@vindcharter.example'}",
                200,
                "customer_seats:write"
            },
            { "DELETE", "/v1/customer-seats/{seat}", null, 200, "customer_seats:write" },
            { "POST", "/v1/customer-seats/{seat}/resend", null, 200, "customer_seats:write" },
            { "GET", "/v1/events/", null, 200, "events:read" },
            {
                "POST",
                "/v1/events/ingest",
                "{'events':[{'name':'forecast.requested','customer_id':'{customer}'}]}",
                200,
                "events:write"
            },
            { "GET", "/v1/events/names", null, 200, "events:read" },
            { "GET", "/v1/events/{event}", null, 200, "events:read" },
            { "GET", "/v1/event-types/", null, 200, "events:read" },
            { "PATCH", "/v1/event-types/{event-type}", "{'label':'Forecast'}", 200, "events:write" },
            { "GET", "/v1/customer-meters/", null, 200, "customer_meters:read" },
            { "GET", "/v1/customer-meters/{customer-meter}", null, 200, "customer_meters:read" },
            { "GET", "/v1/files/", null, 200, "files:read" },
            {
                "POST",
                "/v1/files/",
                "{'name':'log.txt','mime_type':'text/plain','size':3,'service':'downloadable',"
                    + "'upload':{'parts':[{'number':1,'chunk_start':0,'chunk_end':3}]}}",
                201,
                "files:write"
            },
            { "PATCH", "/v1/files/{file}", "{'name':'tides.csv'}", 200, "files:write" },
            { "DELETE", "/v1/files/{file}", null, 204, "files:write" },
            { "GET", "/v1/webhooks/endpoints", null, 200, "webhooks:read" },
            {
                "POST",
                "/v1/webhooks/endpoints",
                "{'url':'https://hooks.example.com/x','format':'slack','events':[]}",
                201,
                "webhooks:write"
            },
            { "GET", "/v1/webhooks/endpoints/{endpoint}", null, 200, "webhooks:read" },
            { "PATCH", "/v1/webhooks/endpoints/{endpoint}", "{'enabled':false}", 200, "webhooks:write" },
            { "PATCH", "/v1/webhooks/endpoints/{endpoint}/secret", null, 200, "webhooks:write" },
            { "DELETE", "/v1/webhooks/endpoints/{endpoint}", null, 204, "webhooks:write" },
            { "GET", "/v1/webhooks/deliveries", null, 200, "webhooks:read" },
            { "POST", "/v1/webhooks/events/{told}/redeliver", null, 202, "webhooks:write" },
        };

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task WorksForThoseWhoMay(string method, string path, string? body, int status, string scope)
    {
        using var shop = new Shop();
        var target = await Places.Fill(shop, path);
        var text = body is null ? null : await Places.Fill(shop, body);

        if (scope != "-")
        {
            shop.Token = null;
            var without = await shop.Send(new HttpMethod(method), target, text);
            Assert.Equal((401, "Unauthorized"), (without.Status, without.Error));
            shop.Token = shop.Emulator.CreateExpiredToken();
            Assert.Equal("invalid_token", (await shop.Send(new HttpMethod(method), target, text)).Error);
            shop.Token = shop.Emulator.CreateAccessToken("openid");
            var lacking = await shop.Send(new HttpMethod(method), target, text);
            Assert.Equal((403, "insufficient_scope"), (lacking.Status, lacking.Error));
            Assert.Contains(scope, lacking.Header("WWW-Authenticate"), StringComparison.Ordinal);
        }

        shop.Token = scope == "-" ? null : shop.Emulator.CreateAccessToken(scope);
        var answer = await shop.Send(new HttpMethod(method), target, text);
        Assert.Equal(status, answer.Status);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task RefusesIdsThatLeadNowhere(string method, string path, string? body, int status, string scope)
    {
        Assert.InRange(status, 200, 204);
        Assert.NotEmpty(scope);
        var parts = path.Split('?')[0].Split('/');
        var place = Array.FindIndex(parts, part => part.StartsWith('{') && part is not "{secret}");
        if (place < 0)
        {
            return;
        }

        using var shop = new Shop();
        var text = body is null ? null : await Places.Fill(shop, body);
        var query = path.Contains('?', StringComparison.Ordinal)
            ? path[path.IndexOf('?', StringComparison.Ordinal)..]
            : "";
        async Task<Answer> Try(string id) =>
            await shop.Send(
                new HttpMethod(method),
                await Places.Fill(shop, string.Join('/', parts.Select((part, i) => i == place ? id : part)) + query),
                text
            );

        var unknown = await Try(Places.Nobody);
        Assert.Equal((404, "ResourceNotFound"), (unknown.Status, unknown.Error));
        var malformed = await Try("not-an-id");
        Assert.Equal((422, "RequestValidationError"), (malformed.Status, malformed.Error));
        Assert.StartsWith("path.", malformed.Places[0], StringComparison.Ordinal);
    }
}
