using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PolarPS.Client.Models;
using PolarPS.Client.Tests.Transport;
using PolarPS.Emulator;
using Xunit;
using static PolarPS.Client.Tests.Package.PolarHttpClientTests;
using static PolarPS.Client.Tests.Transport.Replies;

namespace PolarPS.Client.Tests.Package;

/// <summary>The client over IHttpClientFactory.</summary>
public sealed class ServiceCollectionTests
{
    [Fact]
    public async Task AClientIsInjected()
    {
        var emulator = new PolarEmulator();
        var services = new ServiceCollection();
        services.AddPolarClient(options => Set(options, emulator));
        services.AddTransient<Billing>();
        await using var provider = services.BuildServiceProvider(Strict);

        Assert.NotEmpty(await ReadAsync(provider.GetRequiredService<Billing>().Polar));
    }

    [Fact]
    public async Task ConnectionsHaveNames()
    {
        var (shop, other) = (new PolarEmulator(), new PolarEmulator());
        var services = new ServiceCollection();
        services.AddPolarClient("shop", options => Set(options, shop));
        services.AddPolarClient("other", options => Set(options, other));
        await using var provider = services.BuildServiceProvider(Strict);
        var clients = provider.GetRequiredService<IPolarClientFactory>();

        await ReadAsync(clients.CreateClient("shop"));
        await ReadAsync(clients.CreateClient("shop"));
        await ReadAsync(clients.CreateClient("other"));

        Assert.Equal((2, 1), (shop.RequestCount, other.RequestCount));
        Assert.Null(provider.GetService<PolarClient>());
        Assert.Throws<ArgumentException>(() => clients.CreateClient("Shop"));
    }

    [Fact]
    public async Task ATypedClientIsMadeAsForAnyHttpClient()
    {
        var emulator = new PolarEmulator();
        var services = new ServiceCollection();
        services
            .AddPolarClient("shop", options => Set(options, emulator))
            .AddTypedClient(http => new Billing(new PolarClient(http)));
        await using var provider = services.BuildServiceProvider(Strict);
        emulator.Faults.Add(DoneButNotSaid());
        var before = await CountAsync(emulator);

        var failure = await Assert.ThrowsAsync<PolarServerException>(() =>
            provider.GetRequiredService<Billing>().Polar.Products.CreateAsync(Product())
        );

        Assert.True(failure.OutcomeUnknown);
        Assert.Equal(before + 1, await CountAsync(emulator));
    }

    [Fact]
    public async Task AddedTwiceItIsStillOneTransport()
    {
        var emulator = new PolarEmulator();
        emulator.Faults.Add(new FaultRule { Status = 502, Times = 1 });
        var services = new ServiceCollection();
        services.AddPolarClient(options => Set(options, emulator));
        services.AddPolarClient(static options => options.MaximumRetries = 0);
        await using var provider = services.BuildServiceProvider(Strict);

        await Assert.ThrowsAsync<PolarServerException>(() => ReadAsync(provider.GetRequiredService<PolarClient>()));

        Assert.Equal(1, emulator.RequestCount);
    }

    [Fact]
    public async Task OptionsThatCannotBeRightAreRefusedWhenAClientIsMade()
    {
        var services = new ServiceCollection();
        services.AddPolarClient(static _ => { });
        await using var provider = services.BuildServiceProvider(Strict);

        Assert.Throws<ArgumentException>(() => provider.GetRequiredService<PolarClient>());
    }

    [Fact]
    public async Task LimitsAndTheRateLimitOutliveTheHandlers()
    {
        await using var server = new LoopbackServer(
            static (seen, index) => index == 1 ? Status(429, "{}", "Retry-After: 3") : Ok
        );
        var services = new ServiceCollection();
        services
            .AddPolarClient(options =>
            {
                options.AccessToken = Probe.Secret;
                options.BaseAddress = server.Address;
                options.MoneyCountLimit = 1;
            })
            .SetHandlerLifetime(TimeSpan.FromSeconds(1));
        await using var provider = services.BuildServiceProvider(Strict);
        var handlers = provider.GetRequiredService<IHttpMessageHandlerFactory>();
        var refund = new RefundCreate { OrderId = "1dbfc517-0bbf-4301-9ba8-555ca42b9737", Amount = 1 };

        var old = provider.GetRequiredService<PolarClient>();
        await old.Refunds.CreateAsync(refund);
        await NextHandlersAsync(handlers);
        var refusal = await Assert.ThrowsAsync<PolarGuardRailException>(() =>
            provider.GetRequiredService<PolarClient>().Refunds.CreateAsync(refund)
        );

        Assert.Equal(GuardRail.Money, refusal.Rail);

        // The old handlers are told to wait, and the new ones wait.
        var watch = Stopwatch.StartNew();
        var told = old.SendAsync("GET", "/v1/orders/");
        while (server.Requests.Count < 2)
        {
            await Task.Delay(10);
        }

        await Task.Delay(200);
        await provider.GetRequiredService<PolarClient>().SendAsync("GET", "/v1/products/");
        await told;

        Assert.True(watch.Elapsed > TimeSpan.FromSeconds(2.9), $"It waited for {watch.Elapsed}.");
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task TheOrganizationIsCheckedOnceForAllHandlers()
    {
        var emulator = new PolarEmulator();
        var services = new ServiceCollection();
        services
            .AddPolarClient(options =>
            {
                Set(options, emulator);
                options.ExpectedOrganization = emulator.OrganizationId;
            })
            .SetHandlerLifetime(TimeSpan.FromSeconds(1));
        await using var provider = services.BuildServiceProvider(Strict);

        await ReadAsync(provider.GetRequiredService<PolarClient>());
        await NextHandlersAsync(provider.GetRequiredService<IHttpMessageHandlerFactory>());
        await ReadAsync(provider.GetRequiredService<PolarClient>());

        Assert.Equal(3, emulator.RequestCount);
    }

    [Fact]
    public async Task HandlersOfOnesOwnSeeEachAttemptAndLeadNowhereElse()
    {
        await using var other = new LoopbackServer(Ok);
        await using var server = new LoopbackServer(Status(503), Status(302, "", $"Location: {other.Address}"));
        var seen = new ConcurrentQueue<string?>();
        var services = new ServiceCollection();
        services
            .AddPolarClient(options =>
            {
                options.AccessToken = Probe.Secret;
                options.BaseAddress = server.Address;
            })
            .AddHttpMessageHandler(() => new Watching(seen))
            .ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler());
        await using var provider = services.BuildServiceProvider(Strict);

        await Assert.ThrowsAsync<PolarRedirectException>(() =>
            provider.GetRequiredService<PolarClient>().SendAsync("GET", "/v1/products/")
        );

        Assert.Equal([Probe.Secret, Probe.Secret], seen);
        Assert.Empty(other.Requests);
    }

    [Theory]
    [InlineData(LogLevel.Trace)]
    [InlineData(LogLevel.Debug)]
    [InlineData(LogLevel.Information)]
    public async Task LogsAreRedactedAndTheFactoryWritesNone(LogLevel level)
    {
        var log = new Log();
        await using var server = new LoopbackServer(Status(200, $$"""{"token": "{{Probe.Secret}}"}"""));
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(log).SetMinimumLevel(level));
        services.AddHttpClient("theirs", http => http.BaseAddress = server.Address);
        services.AddPolarClient(options =>
        {
            options.AccessToken = Probe.Secret;
            options.BaseAddress = server.Address;
        });
        await using var provider = services.BuildServiceProvider(Strict);

        await provider
            .GetRequiredService<PolarClient>()
            .SendAsync("GET", "/v1/customers/?email=ada%40example.com&token=" + Probe.Secret);
        var ours = log.Lines.ToList();
        await provider
            .GetRequiredService<IHttpClientFactory>()
            .CreateClient("theirs")
            .GetAsync(new Uri("/", UriKind.Relative));

        Assert.DoesNotContain(ours, static line => line.Contains(Probe.Secret, StringComparison.Ordinal));
        Assert.DoesNotContain(ours, static line => line.Contains("System.Net.Http", StringComparison.Ordinal));
        Assert.Equal(
            level switch
            {
                LogLevel.Trace => ["Trace", "Trace", "Debug"],
                LogLevel.Debug => ["Debug"],
                _ => (string[])[],
            },
            ours.Select(static line => line.Split(' ')[0])
        );
        Assert.All(
            ours,
            static line => Assert.Contains(" PolarPS.Client.Http.Polar: ", line, StringComparison.Ordinal)
        );
        Assert.Contains(
            log.Lines,
            static line => line.Contains("System.Net.Http.HttpClient.theirs", StringComparison.Ordinal)
        );
    }

    private static ServiceProviderOptions Strict => new() { ValidateOnBuild = true, ValidateScopes = true };

    private static void Set(PolarHttpOptions options, PolarEmulator emulator)
    {
        options.AccessToken = emulator.AccessToken;
        options.HttpMessageHandlerFactory = emulator.CreateHandler;
    }

    /// <summary>Waits until the factory has replaced the handlers.</summary>
    private static async Task NextHandlersAsync(IHttpMessageHandlerFactory handlers)
    {
        var old = handlers.CreateHandler("Polar");
        var watch = Stopwatch.StartNew();
        while (ReferenceEquals(handlers.CreateHandler("Polar"), old))
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), "The handlers are not replaced.");
            await Task.Delay(50);
        }
    }

    private sealed class Billing(PolarClient polar)
    {
        public PolarClient Polar { get; } = polar;
    }

    private sealed class Watching(ConcurrentQueue<string?> seen) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            seen.Enqueue(request.Headers.Authorization?.Parameter);
            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class Log : ILoggerProvider
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => new Writer(this, categoryName);

        public void Dispose() { }

        private sealed class Writer(Log log, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(
                LogLevel logLevel,
                EventId eventId,
                TState state,
                Exception? exception,
                Func<TState, Exception?, string> formatter
            ) => log.Lines.Enqueue($"{logLevel} {category}: {formatter(state, exception)}");
        }
    }
}
