using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using PolarPS.Client;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds clients of Polar to a service collection.</summary>
public static class PolarServiceCollectionExtensions
{
    private const string DefaultName = "Polar";

    /// <summary>
    /// Adds a connection to Polar, over IHttpClientFactory. <see cref="PolarClient"/> can be injected then, as a transient service that
    /// needs no disposing; a singleton may keep the one that it gets.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options; the token at least.</param>
    /// <returns>
    /// The builder of the HttpClient. A handler that is added to it sees every attempt, the token included, just before the network; the
    /// innermost one can be replaced. The lifetime of handlers may be changed: rate limit and guard rails do not depend on it.
    /// </returns>
    public static IHttpClientBuilder AddPolarClient(
        this IServiceCollection services,
        Action<PolarHttpOptions> configure
    )
    {
        var builder = services.AddPolarClient(DefaultName, configure);
        services.TryAddTransient(static provider =>
            provider.GetRequiredService<IPolarClientFactory>().CreateClient(DefaultName)
        );
        return builder;
    }

    /// <summary>
    /// Adds a connection under a name, for programs with several: <see cref="IPolarClientFactory"/> gives its client, and
    /// IHttpClientFactory the HttpClient below it.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name.</param>
    /// <param name="configure">Sets the options; the token at least.</param>
    /// <returns>The builder of the HttpClient; see the other method.</returns>
    public static IHttpClientBuilder AddPolarClient(
        this IServiceCollection services,
        string name,
        Action<PolarHttpOptions> configure
    )
    {
        _ = services ?? throw new ArgumentNullException(nameof(services));
        _ = name ?? throw new ArgumentNullException(nameof(name));
        _ = configure ?? throw new ArgumentNullException(nameof(configure));

        services.Configure(name, configure);
        services.TryAddSingleton<PolarTransports>();
        services.TryAddSingleton<IPolarClientFactory, PolarClientFactory>();
        var builder = services.AddHttpClient(name);
        if (!NamesOf(services).Add(name))
        {
            return builder;
        }

        return builder
            .ConfigureHttpClient((provider, client) => Transport(provider, name).SetUp(client))
            .ConfigureHttpMessageHandlerBuilder(chain => Transport(chain.Services, name).Compose(chain))
            // For what a program adds by itself: the usual logging of headers would write the token.
            .RedactLoggedHeaders(static _ => true);
    }

    private static PolarTransport Transport(IServiceProvider provider, string name) =>
        provider.GetRequiredService<PolarTransports>().Get(name);

    private static PolarClientNames NamesOf(IServiceCollection services)
    {
        var known = services
            .Select(static service => service.ImplementationInstance)
            .OfType<PolarClientNames>()
            .FirstOrDefault();
        if (known is null)
        {
            known = new PolarClientNames();
            services.AddSingleton(known);
            // The first filter is the outermost one, which sees what all the others have added.
            services.Insert(0, ServiceDescriptor.Singleton<IHttpMessageHandlerBuilderFilter, PolarHandlerFilter>());
        }

        return known;
    }
}
