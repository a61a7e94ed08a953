using System;
using System.Linq;
using System.Net.Http;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Polly;
using Polly.Retry;

namespace Conflict;

/// <summary>What another module would do with libraries that PolarPS has too, in versions of its own.</summary>
public static class Probe
{
    /// <summary>Uses the libraries for something and tells which versions of them did it.</summary>
    /// <returns>A line for each: name, version of the assembly, version of the file.</returns>
    public static string[] Use()
    {
        var services = new ServiceCollection();
        services.AddOptions().AddHttpClient("probe", client => client.BaseAddress = new Uri("https://probe.invalid/"));
        using (var provider = services.BuildServiceProvider())
        using (var client = provider.GetRequiredService<IHttpClientFactory>().CreateClient("probe"))
        {
            var tries = 0;
            new ResiliencePipelineBuilder()
                .AddRetry(new RetryStrategyOptions { MaxRetryAttempts = 2, Delay = TimeSpan.Zero })
                .Build()
                .Execute(() =>
                {
                    if (++tries < 3)
                    {
                        throw new InvalidOperationException("Once more.");
                    }
                });
            if (tries != 3 || client.BaseAddress.Host != "probe.invalid")
            {
                throw new InvalidOperationException("The libraries do not do what they should.");
            }
        }

        return new[]
        {
            typeof(IHttpClientFactory),
            typeof(ServiceProvider),
            typeof(IServiceCollection),
            typeof(IOptions<>),
            typeof(IChangeToken),
            typeof(ResiliencePipelineBuilder),
        }
            .Select(type => type.Assembly)
            .Select(assembly =>
                $"{assembly.GetName().Name} {assembly.GetName().Version} "
                + assembly.GetCustomAttribute<AssemblyFileVersionAttribute>().Version
            )
            .ToArray();
    }
}
