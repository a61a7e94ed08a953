using System.Net.Http;
using System.Reflection;
using Transport = System.Func<
    System.Collections.Generic.IReadOnlyDictionary<string, object?>,
    System.Net.Http.HttpClient
>;

namespace PolarPS;

/// <summary>
/// Loads PolarPS.Http, which is with its dependencies under lib/: on PowerShell 7 in a load context of its own, on
/// Windows PowerShell in the one domain there is. Found by reflection, so that nothing of it loads with the module.
/// </summary>
internal static class TransportFactory
{
    private static readonly Lazy<Transport> Factory = new(Load);

    /// <summary>Where the libraries for this runtime are.</summary>
    public static string LibraryFolder =>
        Path.Combine(ModuleRoot.Folder, "lib", ModuleRoot.IsWindowsPowerShell ? "net472" : "net8.0");

    public static HttpClient Create(IReadOnlyDictionary<string, object?> settings) => Factory.Value(settings);

    /// <summary>Has .NET load and compile what a first request needs of it. Not on Windows PowerShell.</summary>
    public static Task RehearseAsync() => Bind<Func<Task>>(Loader(), "PolarPS.Loader.HttpRehearsal", "RunAsync")();

    private static Transport Load()
    {
        if (ModuleRoot.IsWindowsPowerShell)
        {
            var assembly = Assembly.LoadFrom(Path.Combine(LibraryFolder, "PolarPS.Http.dll"));
            return Bind<Transport>(assembly, "PolarPS.Http.PolarHttp", "Create");
        }

        var load = Bind<Func<string, Func<string, string?>, Transport>>(
            Loader(),
            "PolarPS.Loader.TransportLoader",
            "Load"
        );
        return load(LibraryFolder, ModuleRoot.FindImage);
    }

    private static Assembly Loader() => ModuleRoot.Load(Path.Combine(LibraryFolder, "PolarPS.Loader.dll"));

    private static TMethod Bind<TMethod>(Assembly assembly, string type, string method)
        where TMethod : Delegate =>
        (TMethod)assembly.GetType(type, throwOnError: true)!.GetMethod(method)!.CreateDelegate(typeof(TMethod));
}
