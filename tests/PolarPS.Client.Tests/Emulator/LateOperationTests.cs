using System.Net.Http;
using Xunit;

namespace PolarPS.Client.Tests.Emulator;

/// <summary>Operations that only work after others.</summary>
public sealed class LateOperationTests
{
    private const string Portal = "/v1/customer-portal/";

    [Fact]
    public async Task AnAbsentCustomerIsChargedOnce()
    {
        using var shop = new Shop();
        var customer = await shop.Id("customers", "Jonas Brandt");
        var product = await shop.Product("Atlas of the North Sea");
        var draft = await shop.Post("/v1/orders/", $"{{'customer_id':'{customer}','product_id':'{product}'}}");
        Assert.Equal((201, "draft"), (draft.Status, (string)draft.Body!["status"]!));

        var paid = await shop.Send(HttpMethod.Post, $"/v1/orders/{draft.Id}/finalize");
        Assert.Equal((200, "paid"), (paid.Status, (string)paid.Body!["status"]!));

        var again = await shop.Send(HttpMethod.Post, $"/v1/orders/{draft.Id}/finalize");
        Assert.Equal((412, "OrderNotDraft"), (again.Status, again.Error));
    }

    [Fact]
    public async Task ACardThatNeedsItsOwnerIsConfirmed()
    {
        using var shop = await InPortal("Jonas Brandt");
        var cards = (await shop.Get(Portal + "customers/me/payment-methods")).TotalCount;
        var asked = await shop.Post(
            Portal + "customers/me/payment-methods",
            "{'confirmation_token_id':'ctoken_action','set_default':true,'return_url':'https://x.example/'}"
        );
        Assert.Equal("requires_action", (string)asked.Body!["status"]!);
        Assert.Equal(cards, (await shop.Get(Portal + "customers/me/payment-methods")).TotalCount);

        // The secret begins with the attempt's id, as Stripe has it.
        var intent = ((string)asked.Body["client_secret"]!).Split("_secret")[0];
        var confirmed = await shop.Post(
            Portal + "customers/me/payment-methods/confirm",
            $"{{'setup_intent_id':'{intent}','set_default':true}}"
        );
        Assert.Equal((201, "succeeded"), (confirmed.Status, (string)confirmed.Body!["status"]!));
        Assert.Equal(cards + 1, (await shop.Get(Portal + "customers/me/payment-methods")).TotalCount);
    }

    [Fact]
    public async Task ACardThatWasNeverBegunIsNotConfirmed()
    {
        const string Confirm = Portal + "customers/me/payment-methods/confirm";
        const string Body = "{'setup_intent_id':'seti_never','set_default':true}";
        using var shop = new Shop();
        await shop.Post("/v1/customers/", "{'email':'new@example.com','name':'New'}");
        await Enter(shop, "New");
        var early = await shop.Post(Confirm, Body);
        Assert.Equal((403, "CustomerNotReady"), (early.Status, early.Error));
        await shop.Post(
            Portal + "customers/me/payment-methods",
            "{'confirmation_token_id':'ctoken_action','set_default':true,'return_url':'https://x.example/'}"
        );
        Assert.Equal(["body.setup_intent_id"], (await shop.Post(Confirm, Body)).Places);
    }

    [Fact]
    public async Task CustomersLoadTheirInvoices()
    {
        using var shop = await InPortal("Jonas Brandt");
        var order = (await shop.Get(Portal + "orders/?limit=100")).Items.First(item =>
            (int)item!["total_amount"]! > 0
        )!;
        var path = $"{Portal}orders/{(string)order["id"]!}";
        await shop.Patch(
            path,
            "{'billing_name':'Brandt','billing_address':{'country':'DE','line1':'Hafenstr. 3','city':'Kiel','postal_code':'24103'}}"
        );
        Assert.Equal(202, (await shop.Send(HttpMethod.Post, path + "/invoice")).Status);
        var invoice = await shop.Get(path + "/invoice");
        Assert.Equal(200, invoice.Status);
        Assert.StartsWith("http", (string)invoice.Body!["url"]!, System.StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatIsInAWalletIsItsOwnersAffair()
    {
        using var shop = await InPortal("Jonas Brandt");
        var wallets = await shop.Get(Portal + "wallets/?sorting=-balance");
        var wallet = Assert.Single(wallets.Items)!;
        Assert.Equal(5000, (int)wallet["balance"]!);
        Assert.Equal(200, (await shop.Get($"{Portal}wallets/{(string)wallet["id"]!}")).Status);

        using var other = await InPortal("Astrid Lund");
        Assert.Equal(0, (await other.Get(Portal + "wallets/")).TotalCount);
        Assert.Equal(404, (await other.Get($"{Portal}wallets/{(string)wallet["id"]!}")).Status);
    }

    [Fact]
    public async Task MembersGoByTheirOwnIds()
    {
        using var shop = new Shop();
        const string path = "/v1/customers/external/fleet-7/members";
        var made = await shop.Post(path, "{'email':'nils@vindcharter.example','external_id':'skipper-9'}");
        Assert.Equal(201, made.Status);
        Assert.Equal(204, (await shop.Delete(path + "/skipper-9")).Status);
        Assert.Equal(404, (await shop.Get(path + "/skipper-9")).Status);
    }

    private static async Task<Shop> InPortal(string name)
    {
        var shop = new Shop();
        await Enter(shop, name);
        return shop;
    }

    private static async Task Enter(Shop shop, string name)
    {
        var customer = await shop.Id("customers", name);
        var session = await shop.Post("/v1/customer-sessions/", $"{{'customer_id':'{customer}'}}");
        shop.Token = (string)session.Body!["token"]!;
    }
}
