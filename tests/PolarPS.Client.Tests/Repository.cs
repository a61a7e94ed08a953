using System.Xml.Linq;

namespace PolarPS.Client.Tests;

/// <summary>The clone in which the tests were built.</summary>
internal static class Repository
{
    /// <summary>The folder with the solution.</summary>
    public static string Root { get; } = Find();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>The namespaces that a project's files use without saying so, as a file of their own.</summary>
    /// <param name="projects">The projects below src; those that are none have only what all have.</param>
    public static string GlobalUsings(params IEnumerable<string> projects) =>
        string.Concat(
            projects
                .Select(static project => PathOf("src", project, project + ".csproj"))
                .Where(File.Exists)
                .Prepend(PathOf("Directory.Build.props"))
                .SelectMany(static file => XDocument.Load(file).Descendants("Using"))
                .Select(static used => used.Attribute("Include")!.Value)
                .Distinct()
                .Select(static name => $"global using {name};\n")
        );

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PolarPS.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"There is no PolarPS.sln above {AppContext.BaseDirectory}.");
    }
}
