using System.Net.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;

namespace PolarPS.Http;

/// <summary>The entry point of the transport. It is called by reflection, so its signature names framework types only.</summary>
#if POLARPS_CLIENT_HTTP
internal
#else
public
#endif
static class PolarHttp
{
    private const string ClientName = "Polar";

    /// <summary>Builds the client of one connection, with its own connection pool, retries and rate gate.</summary>
    /// <param name="settings">The settings of the client; the keys are those of TransportKeys.</param>
    /// <returns>A client without a time-out of its own: the time-outs of the settings apply.</returns>
    /// <exception cref="ArgumentException">A setting is missing, of the wrong kind, or not allowed.</exception>
    public static HttpClient Create(IReadOnlyDictionary<string, object?> settings) =>
        Create(TransportOptions.Read(settings));

    internal static HttpClient Create(TransportOptions options)
    {
        var gate = new RateGate(options.MaximumConnections);
        var services = new ServiceCollection();
        services
            .AddHttpClient(ClientName)
            .ConfigureHttpClient(client => SetUp(client, options))
            .ConfigureHttpMessageHandlerBuilder(chain => Compose(chain, options, gate))
            // The connection pool renews its connections itself; the factory need not replace the handlers.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);

        // The factory's own filters would log each request, unredacted.
        services.RemoveAll<IHttpMessageHandlerBuilderFilter>();
        return services.BuildServiceProvider().GetRequiredService<IHttpClientFactory>().CreateClient(ClientName);
    }

    /// <summary>The network, and the handlers before it, outermost first: their only place, for all ways to build a client.</summary>
    /// <param name="chain">Takes them; what others add to it later is nearer to the network.</param>
    /// <param name="options">The settings, with the guard rails; all chains of a connection share them.</param>
    /// <param name="gate">The gate of the connection; all its chains share it, and none disposes of it.</param>
    internal static void Compose(HttpMessageHandlerBuilder chain, TransportOptions options, RateGate gate)
    {
        chain.PrimaryHandler = options.InnermostHandler ?? PrimaryHandler.Create(options);
        if (!options.IsStore)
        {
            chain.AdditionalHandlers.Add(new HostGuardHandler(options));
            chain.AdditionalHandlers.Add(new GuardRailHandler(options.Rails));
        }

        chain.AdditionalHandlers.Add(new RetryHandler(options));
        if (options.FetchToken is { } fetch)
        {
            chain.AdditionalHandlers.Add(new AccessTokenHandler(fetch, options.RenewToken));
        }

        chain.AdditionalHandlers.Add(new AttemptHandler(options, gate));
        if (options.IsStore)
        {
            chain.AdditionalHandlers.Add(new AroundHandler());
        }
    }

    internal static void SetUp(HttpClient client, TransportOptions options)
    {
        client.BaseAddress = options.BaseAddress;
        client.Timeout = Timeout.InfiniteTimeSpan;
        client.MaxResponseContentBufferSize = options.BodyLimit;
    }
}
