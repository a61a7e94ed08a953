using System.Collections.Concurrent;
using System.Net.Http;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Http.Logging;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace PolarPS.Client;

/// <summary>The names under which connections were added.</summary>
internal sealed class PolarClientNames
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <returns>false where it was there already.</returns>
    public bool Add(string name) => _names.Add(name);

    public bool Contains(string? name) => name is not null && _names.Contains(name);
}

/// <summary>The transports of a service provider: one for each name, for as long as the provider lives.</summary>
internal sealed class PolarTransports(PolarClientNames names, IOptionsMonitor<PolarHttpOptions> options) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<PolarTransport>> _all = new(StringComparer.Ordinal);

    public PolarTransport Get(string name) =>
        names.Contains(name)
            ? _all.GetOrAdd(name, added => new Lazy<PolarTransport>(() => new PolarTransport(options.Get(added)))).Value
            : throw new ArgumentException($"AddPolarClient was not called for '{name}'.", nameof(name));

    public void Dispose()
    {
        foreach (var transport in _all.Values.Where(static transport => transport.IsValueCreated))
        {
            transport.Value.Dispose();
        }
    }
}

/// <summary>Makes the clients of a service provider.</summary>
internal sealed class PolarClientFactory(PolarTransports transports, IHttpClientFactory clients, ILoggerFactory loggers)
    : IPolarClientFactory
{
    // The factory's own loggers are named in the same way.
    private const string Category = "PolarPS.Client.Http.";

    public PolarClient CreateClient(string name)
    {
        var transport = transports.Get(name ?? throw new ArgumentNullException(nameof(name)));
        var logger = loggers.CreateLogger(Category + name);
        var log = logger.IsEnabled(LogLevel.Debug) ? LogTo(logger) : null;
        return new PolarClient(
            clients.CreateClient(name),
            transport.ClientOptions(log, logBodies: logger.IsEnabled(LogLevel.Trace))
        );
    }

    private static Action<string, string> LogTo(ILogger logger) =>
        (kind, text) =>
            logger.Log(
                kind == TransportKeys.TraceDebug ? LogLevel.Trace : LogLevel.Debug,
                default,
                text,
                null,
                static (shown, _) => shown
            );
}

/// <summary>
/// Has the last word on the chains of Polar's clients: takes out the factory's own logging, which writes addresses with their
/// queries, and holds the innermost handler to what was checked.
/// </summary>
internal sealed class PolarHandlerFilter(PolarClientNames names) : IHttpMessageHandlerBuilderFilter
{
    public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) =>
        chain =>
        {
            next(chain);
            if (!names.Contains(chain.Name))
            {
                return;
            }

            foreach (
                var handler in chain
                    .AdditionalHandlers.Where(static handler =>
                        handler is LoggingHttpMessageHandler or LoggingScopeHttpMessageHandler
                    )
                    .ToList()
            )
            {
                chain.AdditionalHandlers.Remove(handler);
            }

            PrimaryHandlers.Restrain(chain.PrimaryHandler);
        };
}
