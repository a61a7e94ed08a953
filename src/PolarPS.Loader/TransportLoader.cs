using System.Net.Http;
using System.Reflection;

namespace PolarPS.Loader;

/// <summary>Loads the transport into the process without conflicts between its dependencies and those of other modules.</summary>
public static class TransportLoader
{
    private const string FileName = "PolarPS.Http.dll";
    private const string TypeName = "PolarPS.Http.PolarHttp";
    private const string MethodName = "Create";

    private static readonly object Gate = new();

    private static readonly Dictionary<string, Func<IReadOnlyDictionary<string, object?>, HttpClient>> Loaded = new(
        OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal
    );

    /// <summary>Loads the transport from a folder, once per folder and process.</summary>
    /// <param name="libFolder">The folder with PolarPS.Http.dll and its dependencies.</param>
    /// <param name="findImage">Gives of an assembly's path that of its image, compiled ahead of time; null where it
    /// has none, and in place of the function where there are no images.</param>
    /// <returns>PolarHttp.Create: builds an HttpClient from settings.</returns>
    /// <exception cref="FileNotFoundException">The folder does not hold the transport.</exception>
    public static Func<IReadOnlyDictionary<string, object?>, HttpClient> Load(
        string libFolder,
        Func<string, string?>? findImage = null
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(libFolder);
        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(libFolder));
        lock (Gate)
        {
            if (!Loaded.TryGetValue(folder, out var create))
            {
                // Kept only when it has worked, so that a repaired folder can be tried again.
                create = Bind(folder, findImage);
                Loaded.Add(folder, create);
            }

            return create;
        }
    }

    private static Func<IReadOnlyDictionary<string, object?>, HttpClient> Bind(
        string folder,
        Func<string, string?>? findImage
    )
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"{path} is missing. Install the module again.", path);
        }

        var method =
            new TransportLoadContext(folder, findImage)
                .LoadFile(path)
                .GetType(TypeName, throwOnError: true)!
                .GetMethod(MethodName, BindingFlags.Public | BindingFlags.Static)
            ?? throw new MissingMethodException(TypeName, MethodName);
        return method.CreateDelegate<Func<IReadOnlyDictionary<string, object?>, HttpClient>>();
    }
}
