using System.Reflection;
using System.Runtime.InteropServices;

namespace PolarPS;

/// <summary>The root module, PolarPS.dll, as this assembly, on which the cmdlets stand, knows it.</summary>
internal interface IModuleRoot
{
    /// <summary>The module's folder.</summary>
    string Folder { get; }

    /// <summary>Finds the image of an assembly by the assembly's path; null when there is none for this process.</summary>
    string? FindImage(string file);

    /// <summary>Loads an assembly by its path into the default context, its image if there is one.</summary>
    Assembly Load(string file);

    /// <summary>What reads the values of the cmdlets' own types, each in its strictest form.</summary>
    IReadOnlyDictionary<Type, ArgumentTransformationAttribute> Readers();
}

/// <summary>What there is to know of the root module, which introduces itself as it is imported.</summary>
internal static class ModuleRoot
{
    private static IModuleRoot? _root;

    /// <summary>Whether this is Windows PowerShell. Here, where nothing of HTTP is loaded with it.</summary>
    public static bool IsWindowsPowerShell { get; } =
        RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal);

    /// <summary>The module's folder. This assembly itself may be an image, which lies in another one.</summary>
    public static string Folder => _root?.Folder ?? Path.GetDirectoryName(typeof(ModuleRoot).Assembly.Location)!;

    /// <summary>The assembly with the cmdlets.</summary>
    public static Assembly Cmdlets => (_root?.GetType() ?? typeof(ModuleRoot)).Assembly;

    /// <summary>Introduces the root module.</summary>
    public static void Use(IModuleRoot root) => _root = root;

    /// <inheritdoc cref="IModuleRoot.FindImage"/>
    public static string? FindImage(string file) => _root?.FindImage(file);

    /// <inheritdoc cref="IModuleRoot.Load"/>
    public static Assembly Load(string file) => _root?.Load(file) ?? Assembly.LoadFrom(file);

    /// <inheritdoc cref="IModuleRoot.Readers"/>
    public static IReadOnlyDictionary<Type, ArgumentTransformationAttribute> Readers() =>
        _root?.Readers() ?? new Dictionary<Type, ArgumentTransformationAttribute>();
}
