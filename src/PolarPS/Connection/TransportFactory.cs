using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Http;
using System.Reflection;
using System.Runtime.InteropServices;

namespace PolarPS;

/// <summary>
/// Loads PolarPS.Http, which is with its dependencies under lib/: on PowerShell 7 in a load context of its own, on
/// Windows PowerShell in the one domain there is. Found by reflection, so that nothing of it loads with the module.
/// </summary>
internal static class TransportFactory
{
    private static readonly Lazy<Func<IReadOnlyDictionary<string, object?>, HttpClient>> Factory = new(Load);

    /// <summary>The folder from which the module was loaded.</summary>
    public static string ModuleFolder { get; } = Path.GetDirectoryName(typeof(TransportFactory).Assembly.Location)!;

    public static bool IsWindowsPowerShell { get; } =
        RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal);

    /// <summary>Where the libraries for this runtime are.</summary>
    public static string LibraryFolder { get; } =
        Path.Combine(ModuleFolder, "lib", IsWindowsPowerShell ? "net472" : "net8.0");

    public static HttpClient Create(IReadOnlyDictionary<string, object?> settings) => Factory.Value(settings);

    private static Func<IReadOnlyDictionary<string, object?>, HttpClient> Load()
    {
        if (IsWindowsPowerShell)
        {
            var assembly = Assembly.LoadFrom(Path.Combine(LibraryFolder, "PolarPS.Http.dll"));
            return Bind<IReadOnlyDictionary<string, object?>, HttpClient>(assembly, "PolarPS.Http.PolarHttp", "Create");
        }

        var loader = Assembly.LoadFrom(Path.Combine(LibraryFolder, "PolarPS.Loader.dll"));
        var load = Bind<string, Func<IReadOnlyDictionary<string, object?>, HttpClient>>(
            loader,
            "PolarPS.Loader.TransportLoader",
            "Load"
        );
        return load(LibraryFolder);
    }

    private static Func<TIn, TOut> Bind<TIn, TOut>(Assembly assembly, string type, string method) =>
        (Func<TIn, TOut>)
            assembly.GetType(type, throwOnError: true)!.GetMethod(method)!.CreateDelegate(typeof(Func<TIn, TOut>));
}
