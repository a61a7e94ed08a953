using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Threading;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;

namespace PolarPS.Http;

/// <summary>The entry point of the transport. It is called by reflection, so its signature names framework types only.</summary>
public static class PolarHttp
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
        var gate = new RateGate(PrimaryHandler.MaximumConnections);
        var services = new ServiceCollection();
        services
            .AddHttpClient(ClientName)
            .ConfigureHttpClient(client =>
            {
                client.BaseAddress = options.BaseAddress;
                client.Timeout = Timeout.InfiniteTimeSpan;
                client.MaxResponseContentBufferSize = options.BodyLimit;
            })
            .AddHttpMessageHandler(() => new HostGuardHandler(options))
            .AddHttpMessageHandler(() => new GuardRailHandler(options.Rails))
            .AddHttpMessageHandler(() => new RetryHandler(options))
            .AddHttpMessageHandler(() => new AttemptHandler(options, gate))
            .ConfigurePrimaryHttpMessageHandler(() => options.InnermostHandler ?? PrimaryHandler.Create(options))
            // The connection pool renews its connections itself; the factory need not replace the handlers.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);

        // The factory's own filters would log each request, unredacted.
        services.RemoveAll<IHttpMessageHandlerBuilderFilter>();
        return services.BuildServiceProvider().GetRequiredService<IHttpClientFactory>().CreateClient(ClientName);
    }
}
