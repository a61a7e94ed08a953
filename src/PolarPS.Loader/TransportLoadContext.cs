using System.Reflection;
using System.Runtime.Loader;

namespace PolarPS.Loader;

/// <summary>
/// Loads from the transport's folder what is the transport's own. Everything else is left to the default context: a second
/// copy of something that the shared framework has would not be the same to the framework.
/// </summary>
internal sealed class TransportLoadContext : AssemblyLoadContext
{
    private static readonly string[] Private = ["PolarPS.Http", "Microsoft.Extensions.", "Polly."];

    private readonly string _folder;
    private readonly Func<string, string?>? _findImage;
    private readonly HashSet<string> _platform = new(StringComparer.OrdinalIgnoreCase);

    public TransportLoadContext(string folder, Func<string, string?>? findImage)
        : base("PolarPS", isCollectible: false)
    {
        _folder = folder;
        _findImage = findImage;
        // What the host was started with: the shared framework, and in PowerShell its own files.
        var platform = AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? string.Empty;
        foreach (var path in platform.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            _platform.Add(Path.GetFileNameWithoutExtension(path));
        }
    }

    /// <summary>Loads an assembly: its image, or else the assembly itself.</summary>
    public Assembly LoadFile(string path)
    {
        if (_findImage?.Invoke(path) is { } image)
        {
            try
            {
                return LoadFromAssemblyPath(image);
            }
            catch (Exception exception) when (exception is IOException or BadImageFormatException)
            {
                // The assembly itself may do; if it does not, its own error says more.
            }
        }

        return LoadFromAssemblyPath(path);
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var name = assemblyName.Name!;
        // These always come from the folder: other code in the process may have other versions of them.
        if (!Array.Exists(Private, own => name.StartsWith(own, StringComparison.Ordinal)) && _platform.Contains(name))
        {
            return null;
        }

        var path = Path.Combine(_folder, name + ".dll");
        return File.Exists(path) ? LoadFile(path) : null;
    }
}
