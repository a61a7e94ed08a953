using System.Net.Http;
using System.Text;
using PolarPS.Client.Models;
using PolarPS.Client.Tests.Transport;
using PolarPS.Emulator;
using Polly;
using Polly.Retry;
using Xunit;
using static PolarPS.Client.Tests.Transport.Replies;

namespace PolarPS.Client.Tests.Package;

/// <summary>The client with its own transport.</summary>
public sealed class PolarHttpClientTests
{
    [Fact]
    public async Task AnOrdinaryRetryPolicyMakesThreeProductsOfOneCall()
    {
        var emulator = new PolarEmulator();
        var before = await CountAsync(emulator);
        emulator.Faults.Add(DoneButNotSaid());
        var policy = new ResiliencePipelineBuilder<HttpResponseMessage>()
            .AddRetry(
                new RetryStrategyOptions<HttpResponseMessage>
                {
                    MaxRetryAttempts = 2,
                    Delay = TimeSpan.Zero,
                    ShouldHandle = static args => new(!args.Outcome.Result!.IsSuccessStatusCode),
                }
            )
            .Build();
        using var http = new HttpClient(new Policy(policy, emulator.CreateHandler()))
        {
            BaseAddress = new Uri("https://emulator.test"),
        };
        http.DefaultRequestHeaders.Authorization = new("Bearer", emulator.AccessToken);

        await Assert.ThrowsAsync<PolarServerException>(() => new PolarClient(http).Products.CreateAsync(Product()));

        Assert.Equal(before + 3, await CountAsync(emulator));
    }

    [Fact]
    public async Task TheTransportMakesOneAndSaysThatTheOutcomeIsNotKnown()
    {
        var emulator = new PolarEmulator();
        var before = await CountAsync(emulator);
        emulator.Faults.Add(DoneButNotSaid());
        using var polar = new PolarHttpClient(emulator.AccessToken, Inside(emulator));

        var failure = await Assert.ThrowsAsync<PolarServerException>(() => polar.Products.CreateAsync(Product()));

        Assert.True(failure.OutcomeUnknown);
        Assert.Equal((502, 1), (failure.StatusCode, failure.Attempts));
        Assert.Equal(before + 1, await CountAsync(emulator));
    }

    [Fact]
    public async Task WhatMayBeRepeatedIsRepeated()
    {
        var emulator = new PolarEmulator();
        emulator.Faults.Add(new FaultRule { Status = 502, Times = 2 });
        using var polar = new PolarHttpClient(emulator.AccessToken, Inside(emulator));

        Assert.NotEmpty(await ReadAsync(polar));

        Assert.Equal(3, emulator.RequestCount);
    }

    [Fact]
    public async Task NothingIsRepeatedWithoutRetries()
    {
        var emulator = new PolarEmulator();
        emulator.Faults.Add(new FaultRule { Status = 502, Times = 1 });
        var options = Inside(emulator);
        options.MaximumRetries = 0;
        using var polar = new PolarHttpClient(emulator.AccessToken, options);

        await Assert.ThrowsAsync<PolarServerException>(() => ReadAsync(polar));
    }

    [Fact]
    public async Task OverTheNetworkARequestSaysWhoItIsAndForWhom()
    {
        await using var server = new LoopbackServer(Ok);
        using var polar = new PolarHttpClient(
            Probe.Secret,
            new PolarHttpOptions
            {
                BaseAddress = server.Address,
                OrganizationId = "1dbfc517-0bbf-4301-9ba8-555ca42b9737",
                ApplicationName = "Shop/2.1",
            }
        );

        await polar.SendAsync("GET", "/v1/products/");

        var headers = server.Requests.Single().Headers;
        Assert.Equal("Bearer " + Probe.Secret, headers["Authorization"]);
        Assert.Equal(PolarClient.ApiVersion, headers["Polar-Version"]);
        Assert.Equal("1dbfc517-0bbf-4301-9ba8-555ca42b9737", headers["Polar-Organization"]);
        Assert.Matches(@"^Shop/2\.1 PolarPS\.Client\.Http/\d+\.\d+\.\d+$", headers["User-Agent"]);
    }

    [Fact]
    public async Task EachAttemptHasTheTokenOfItsMoment()
    {
        await using var server = new LoopbackServer(Status(503), Ok);
        var count = 0;
        using var polar = new PolarHttpClient(
            new PolarHttpOptions
            {
                BaseAddress = server.Address,
                AccessTokenProvider = async stop =>
                {
                    await Task.Delay(1, stop);
                    return $"polar_oat_{++count}";
                },
            }
        );

        await polar.SendAsync("GET", "/v1/products/");
        await polar.PortalOf("polar_cst_own").Customer.GetAsync();

        Assert.Equal(
            ["Bearer polar_oat_1", "Bearer polar_oat_2", "Bearer polar_cst_own"],
            server.Requests.Select(static seen => seen.Headers["Authorization"])
        );
    }

    [Fact]
    public async Task AProviderThatFailsIsNotAskedAgainAndSaysWhy()
    {
        var asked = 0;
        var emulator = new PolarEmulator();
        var options = Inside(emulator);
        options.AccessTokenProvider = _ =>
        {
            asked++;
            throw new UnauthorizedAccessException("The vault is locked.");
        };
        using var polar = new PolarHttpClient(options);

        var failure = await Assert.ThrowsAsync<UnauthorizedAccessException>(() =>
            polar.SendAsync("GET", "/v1/products/")
        );

        Assert.Equal(("The vault is locked.", 1, 0), (failure.Message, asked, emulator.RequestCount));
    }

    [Fact]
    public async Task AReadOnlyClientSendsNoChange()
    {
        var emulator = new PolarEmulator();
        var options = Inside(emulator);
        options.ReadOnly = true;
        using var polar = new PolarHttpClient(emulator.AccessToken, options);

        var failure = await Assert.ThrowsAsync<PolarGuardRailException>(() => polar.Products.CreateAsync(Product()));

        Assert.Equal(GuardRail.ReadOnly, failure.Rail);
        Assert.False(failure.OutcomeUnknown);
        Assert.Equal(0, emulator.RequestCount);
        Assert.NotEmpty(await ReadAsync(polar));
    }

    [Fact]
    public async Task MoneyHasALimitAndSaysHowMuchOfItIsUsed()
    {
        await using var server = new LoopbackServer(Ok);
        var options = new PolarHttpOptions { BaseAddress = server.Address, MoneyCountLimit = 2 };
        options.MoneyLimits["USD"] = 1000;
        using var polar = new PolarHttpClient(Probe.Secret, options);
        var refund = new RefundCreate
        {
            OrderId = "1dbfc517-0bbf-4301-9ba8-555ca42b9737",
            Amount = 600,
            Reason = "other",
        };

        await polar.Moving("usd", 600).Refunds.CreateAsync(refund);
        var unsaid = await Assert.ThrowsAsync<PolarGuardRailException>(() => polar.Refunds.CreateAsync(refund));
        var over = await Assert.ThrowsAsync<PolarGuardRailException>(() =>
            polar.Moving("usd", 401).Refunds.CreateAsync(refund)
        );

        Assert.Equal((GuardRail.Money, GuardRail.Money), (unsaid.Rail, over.Rail));
        Assert.Equal((600, 1), (polar.MoneyUsed("USD"), polar.MoneyCountUsed));
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ADifferentOrganizationIsRefused(bool isMeant)
    {
        var emulator = new PolarEmulator();
        var options = Inside(emulator);
        options.ExpectedOrganization = isMeant ? emulator.OrganizationId : "somebody-else";
        using var polar = new PolarHttpClient(emulator.AccessToken, options);

        var call = Record.ExceptionAsync(() => ReadAsync(polar));

        Assert.Equal(isMeant ? null : GuardRail.Organization, (await call as PolarGuardRailException)?.Rail);
        Assert.Equal(isMeant ? 2 : 1, emulator.RequestCount);
    }

    [Fact]
    public async Task AHandlerOfOnesOwnFollowsNoRedirect()
    {
        await using var other = new LoopbackServer(Ok);
        await using var server = new LoopbackServer(Status(302, "", $"Location: {other.Address}"));
        using var polar = new PolarHttpClient(
            Probe.Secret,
            new PolarHttpOptions
            {
                BaseAddress = server.Address,
                HttpMessageHandlerFactory = static () => new SocketsHttpHandler(),
            }
        );

        await Assert.ThrowsAsync<PolarRedirectException>(() => polar.SendAsync("GET", "/v1/products/"));

        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task TheTraceIsRedacted()
    {
        var lines = new List<string>();
        await using var server = new LoopbackServer(Status(200, $$"""{"token": "{{Probe.Secret}}"}"""));
        using var polar = new PolarHttpClient(
            Probe.Secret,
            new PolarHttpOptions
            {
                BaseAddress = server.Address,
                TraceBodies = true,
                Trace = (kind, text) => lines.Add($"{kind}: {text}"),
            }
        );

        await polar.SendAsync("GET", "/v1/products/");

        Assert.Contains(
            lines,
            static line => line.StartsWith("verbose: GET /v1/products/ -> 200 OK in ", StringComparison.Ordinal)
        );
        Assert.Equal(2, lines.Count(static line => line.StartsWith("debug: ", StringComparison.Ordinal)));
        Assert.DoesNotContain(lines, static line => line.Contains(Probe.Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task AfterItsEndItSendsNothing()
    {
        var emulator = new PolarEmulator();
        var polar = new PolarHttpClient(emulator.AccessToken, Inside(emulator));
        await ReadAsync(polar);

        polar.Dispose();
        polar.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => ReadAsync(polar));
    }

    [Fact]
    public async Task TheConnectionsAreClosedWithIt()
    {
        var handler = new Stub("{}");
        var polar = new PolarHttpClient(
            Probe.Secret,
            new PolarHttpOptions { HttpMessageHandlerFactory = () => handler }
        );
        await polar.SendAsync("GET", "/v1/products/");

        polar.Dispose();

        Assert.True(handler.IsDisposed);
    }

    [Theory]
    [InlineData("http://api.polar.sh", "unencrypted")]
    [InlineData("https://api.polar.sh/v1", "path")]
    public void AnAddressThatIsNotSafeIsRefused(string address, string why) =>
        Refused(why, new PolarHttpOptions { AccessToken = Probe.Secret, BaseAddress = new Uri(address) });

    [Fact]
    public void OptionsThatCannotBeRightAreRefusedAtOnce()
    {
        Refused("empty", new PolarHttpOptions());
        Refused("contains a space", new PolarHttpOptions { AccessToken = "polar oat" });
        Refused("webhook", new PolarHttpOptions { AccessToken = "polar_whs_1" });
        Refused("twice", new PolarHttpOptions { AccessToken = "a", AccessTokenProvider = _ => Task.FromResult("b") });
        Refused("negative", new PolarHttpOptions { AccessToken = "a", MaximumRetries = -1 });
        Refused("negative", new PolarHttpOptions { AccessToken = "a", MoneyCountLimit = -1 });
        Refused("AttemptTimeout", new PolarHttpOptions { AccessToken = "a", AttemptTimeout = TimeSpan.Zero });
        Refused("environment", new PolarHttpOptions { AccessToken = "a", Environment = (PolarEnvironment)7 });
        Refused("UserAgent", new PolarHttpOptions { AccessToken = "a", ApplicationName = "a\r\nb" });
        Assert.Throws<ArgumentException>(() => new PolarHttpClient("a", new PolarHttpOptions { AccessToken = "b" }));
        Assert.Throws<ArgumentNullException>(() => new PolarHttpClient((string)null!));
        Assert.Throws<ArgumentNullException>(() => new PolarHttpClient((PolarHttpOptions)null!));
    }

    [Theory]
    [InlineData(PolarEnvironment.Production, "https://api.polar.sh/v1/products/")]
    [InlineData(PolarEnvironment.Sandbox, "https://sandbox-api.polar.sh/v1/products/")]
    public async Task AnEnvironmentHasAnAddress(PolarEnvironment environment, string address)
    {
        var handler = new Stub("{}");
        using var polar = new PolarHttpClient(
            Probe.Secret,
            new PolarHttpOptions { Environment = environment, HttpMessageHandlerFactory = () => handler }
        );

        await polar.SendAsync("GET", "/v1/products/");

        Assert.Equal(address, handler.Request.Address.AbsoluteUri);
    }

    internal static FaultRule DoneButNotSaid() =>
        new()
        {
            Operation = "products:create",
            Perform = true,
            Status = 502,
        };

    internal static ProductCreate Product() =>
        new() { Name = "One of a kind", Prices = [new PriceInput { AmountType = "free" }] };

    internal static async Task<List<Product>> ReadAsync(PolarClient polar)
    {
        var products = new List<Product>();
        await foreach (var product in polar.Products.List())
        {
            products.Add(product);
        }

        return products;
    }

    internal static PolarHttpOptions Inside(PolarEmulator emulator) =>
        new() { HttpMessageHandlerFactory = emulator.CreateHandler };

    internal static async Task<long> CountAsync(PolarEmulator emulator)
    {
        using var polar = new PolarHttpClient(emulator.AccessToken, Inside(emulator));
        return await polar.Products.List().CountAsync();
    }

    private static void Refused(string why, PolarHttpOptions options) =>
        Assert.Contains(
            why,
            Assert.ThrowsAny<ArgumentException>(() => new PolarHttpClient(options)).Message,
            StringComparison.Ordinal
        );

    private sealed class Policy(ResiliencePipeline<HttpResponseMessage> policy, HttpMessageHandler inner)
        : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        ) => await policy.ExecuteAsync(async token => await base.SendAsync(request, token), cancellationToken);
    }
}
