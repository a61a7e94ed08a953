using System.Reflection;
using System.Runtime.InteropServices;

namespace PolarPS;

/// <summary>
/// What this assembly, on which the cmdlets stand, has to know of the root module, PolarPS.dll: that says so as it is imported.
/// </summary>
internal static class ModuleRoot
{
    /// <summary>Whether this is Windows PowerShell. Here, where nothing of HTTP is loaded with it.</summary>
    public static bool IsWindowsPowerShell { get; } =
        RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal);

    /// <summary>The module's folder. This assembly itself may be an image, which lies in another one.</summary>
    public static string Folder { get; private set; } = Path.GetDirectoryName(typeof(ModuleRoot).Assembly.Location)!;

    /// <summary>The assembly with the cmdlets.</summary>
    public static Assembly Cmdlets { get; private set; } = typeof(ModuleRoot).Assembly;

    /// <summary>Finds the image of an assembly by the assembly's path; null when there is none for this process.</summary>
    public static Func<string, string?> FindImage { get; private set; } = _ => null;

    /// <summary>Loads an assembly by its path into the default context, its image if there is one.</summary>
    public static Func<string, Assembly> Load { get; private set; } = Assembly.LoadFrom;

    /// <summary>What reads the values of the cmdlets' own types, each in its strictest form.</summary>
    public static Func<IReadOnlyDictionary<Type, ArgumentTransformationAttribute>> Readers { get; private set; } =
        () => new Dictionary<Type, ArgumentTransformationAttribute>();

    /// <summary>Takes over what the root module knows.</summary>
    public static void Use(
        string folder,
        Assembly cmdlets,
        Func<string, string?> findImage,
        Func<string, Assembly> load,
        Func<IReadOnlyDictionary<Type, ArgumentTransformationAttribute>> readers
    )
    {
        Folder = folder;
        Cmdlets = cmdlets;
        FindImage = findImage;
        Load = load;
        Readers = readers;
    }
}
