using System.Reflection;
using PolarPS.Commands;

namespace PolarPS;

/// <summary>
/// On Windows PowerShell, resolves the libraries that it does not have. For a fixed list only, and from the module's own
/// folder, so that no other module is affected. PowerShell 7 does not need it.
/// </summary>
public sealed class ModuleLoading : IModuleAssemblyInitializer, IModuleAssemblyCleanup, IModuleRoot
{
    string IModuleRoot.Folder => CompiledImages.ModuleFolder;

    /// <summary>Called by PowerShell when the module is imported.</summary>
    public void OnImport()
    {
        ModuleRoot.Use(this);
        Session.Note();
        if (ModuleRoot.IsWindowsPowerShell)
        {
            AppDomain.CurrentDomain.AssemblyResolve += Resolve;
        }
    }

    /// <summary>Called by PowerShell when the module is removed.</summary>
    /// <param name="psModuleInfo">The module.</param>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        SessionSetup.Remove();
        if (ModuleRoot.IsWindowsPowerShell)
        {
            AppDomain.CurrentDomain.AssemblyResolve -= Resolve;
        }
    }

    string? IModuleRoot.FindImage(string file) => CompiledImages.Find(file);

    Assembly IModuleRoot.Load(string file) => CompiledImages.Load(file);

    IReadOnlyDictionary<Type, ArgumentTransformationAttribute> IModuleRoot.Readers() => ValueReaders.All();

    private static Assembly? Resolve(object sender, ResolveEventArgs request)
    {
        var name = new AssemblyName(request.Name).Name;
        if (name is null || !IsOurs(name))
        {
            return null;
        }

        var file = Path.Combine(TransportFactory.LibraryFolder, name + ".dll");
        return File.Exists(file) ? Assembly.LoadFrom(file) : null;
    }

    private static bool IsOurs(string name) =>
        name
            is "PolarPS.Http"
                or "Polly.Core"
                or "Microsoft.Bcl.AsyncInterfaces"
                or "Microsoft.Bcl.TimeProvider"
                or "Microsoft.Extensions.DependencyInjection"
                or "Microsoft.Extensions.DependencyInjection.Abstractions"
                or "Microsoft.Extensions.Http"
                or "Microsoft.Extensions.Logging"
                or "Microsoft.Extensions.Logging.Abstractions"
                or "Microsoft.Extensions.Options"
                or "Microsoft.Extensions.Primitives"
                or "System.Buffers"
                or "System.ComponentModel.Annotations"
                or "System.Diagnostics.DiagnosticSource"
                or "System.Memory"
                or "System.Numerics.Vectors"
                or "System.Runtime.CompilerServices.Unsafe"
                or "System.Text.Encodings.Web"
                or "System.Text.Json"
                or "System.Threading.Tasks.Extensions"
                or "System.ValueTuple";
}
