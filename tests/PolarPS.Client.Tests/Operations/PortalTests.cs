using System.Net.Http;
using System.Net.Http.Headers;
using PolarPS.Client.Models;
using PolarPS.Client.Tests.Conformance;
using Xunit;

namespace PolarPS.Client.Tests.Operations;

public sealed class PortalTests : IDisposable
{
    private const string Connection = "Bearer polar_oat_connection";
    private const string Session = "Bearer polar_cst_session";
    private const string Id = "6f5c1f0b-9c0e-4b5e-8a44-0d3c0f1a2b3c";

    private readonly Stub _stub;
    private readonly HttpClient _http;
    private readonly PolarClient _client;
    private StubAnswer _answer = new(200, """{"items":[],"pagination":{"total_count":0,"max_page":0}}""");

    public PortalTests()
    {
        _stub = Stub.Answering(_ => _answer);
        _http = new HttpClient(_stub) { BaseAddress = new Uri("https://polar.test/") };
        _http.DefaultRequestHeaders.Authorization = AuthenticationHeaderValue.Parse(Connection);
        _client = new PolarClient(_http);
    }

    private Sent Sent => Assert.Single(_stub.Requests);

    [Fact]
    public async Task ASessionsTokenGoesWithItsRequestsOnly()
    {
        var portal = _client.PortalOf("polar_cst_session");
        await portal.Orders.GetAsync(Id);
        await portal.Wallets.List().CountAsync();
        await _client.Portal.Customer.GetAsync();
        await _client.Products.List().CountAsync();

        Assert.Equal(
            [Session, Session, Connection, Connection],
            _stub.Requests.Select(static sent => sent.Authorization)
        );
    }

    [Fact]
    public void ASessionWithoutATokenIsRefused() =>
        Assert.Throws<ArgumentException>(() => _client.PortalOf(string.Empty));

    [Theory]
    [InlineData("product_id", "seats")]
    [InlineData("cancel_at_period_end", "pause_at_period_end")]
    [InlineData("resume", "pending_update")]
    public async Task TwoKindsOfChangeAreRefusedBeforeAnythingIsSent(string one, string other)
    {
        var change = new PortalSubscriptionUpdate();
        change.SetField(one, null);
        change.SetField(other, null);

        var failure = await Assert.ThrowsAsync<ArgumentException>(() =>
            _client.Portal.Subscriptions.UpdateAsync(Id, change)
        );

        Assert.Contains(one, failure.Message, StringComparison.Ordinal);
        Assert.Contains(other, failure.Message, StringComparison.Ordinal);
        Assert.Empty(_stub.Requests);
    }

    [Fact]
    public async Task WhatBelongsToOneKindOfChangeGoesTogether()
    {
        await _client.Portal.Subscriptions.UpdateAsync(
            Id,
            new PortalSubscriptionUpdate
            {
                CancelAtPeriodEnd = true,
                CancellationReason = "unused",
                CancellationComment = null,
            }
        );

        Assert.Equal(("PATCH", "/v1/customer-portal/subscriptions/" + Id), (Sent.Method, Sent.Path));
        Assert.Equal(
            """{"cancel_at_period_end":true,"cancellation_reason":"unused","cancellation_comment":null}""",
            Sent.Body
        );
    }

    [Fact]
    public async Task AWaitingChangeIsDroppedByNull()
    {
        await _client.Portal.Subscriptions.UpdateAsync(Id, new PortalSubscriptionUpdate { PendingUpdate = null });

        Assert.Equal("""{"pending_update":null}""", Sent.Body);
    }

    [Fact]
    public async Task AReceiptThatIsBeingMadeIsNull()
    {
        _answer = new StubAnswer(202);

        Assert.Null(await _client.Portal.Orders.GetReceiptAsync(Id));
    }

    [Fact]
    public async Task ASpentMailTokenIsAnAuthenticationError()
    {
        _answer = new StubAnswer(401, """{"error":"Unauthorized","detail":"Invalid or expired."}""");

        await Assert.ThrowsAsync<PolarAuthenticationException>(() =>
            _client.Portal.Customer.CheckEmailUpdateAsync("a&b")
        );

        Assert.Equal("?token=a%26b", Sent.Address.Query);
    }

    [Fact]
    public async Task WhatIsSecretIsNotInTheText()
    {
        _answer = new StubAnswer(
            200,
            """{"items":[{"id":"a","benefit_id":"b","file":{"id":"f","name":"book.pdf","download":{"url":"https://s3.test/?X-Amz-Signature=s","headers":{},"expires_at":"2026-11-22T00:00:00Z"}}}],"pagination":{"total_count":1,"max_page":1}}"""
        );
        Downloadable? only = null;
        await foreach (var item in _client.Portal.Downloadables.List())
        {
            only = item;
        }

        Assert.Equal("book.pdf", only!.ToString());
        Assert.Equal("https://s3.test/?X-Amz-Signature=s", only.File!.Download!.Url);
        Assert.DoesNotContain("Signature", only.File.Download.ToString(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _http.Dispose();
        _stub.Dispose();
    }
}
