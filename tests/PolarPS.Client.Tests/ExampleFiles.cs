using PolarPS.OpenApi;
using Xunit;

namespace PolarPS.Client.Tests;

/// <summary>Valid answers of Polar, which lie beside the API description where they are at hand: they are no part of the project.</summary>
internal static class ExampleFiles
{
    /// <summary>Why what needs them is not tested; null when they are there.</summary>
    public static string? Missing { get; } =
        Directory.Exists(PathOf("examples"))
            ? null
            : DescriptionFile.Missing ?? "There is no folder 'examples' beside the API description.";

    /// <summary>The text of an example, such as <c>product.json</c>.</summary>
    public static string Read(string name) => File.ReadAllText(PathOf("examples", name)!);

    /// <summary>The names of all examples.</summary>
    public static IEnumerable<string> Names() =>
        Directory.GetFiles(PathOf("examples")!, "*.json").Select(file => Path.GetFileName(file));

    /// <summary>The text of the older page whose name begins so.</summary>
    public static string Seed(string beginning) =>
        File.ReadAllText(Assert.Single(Directory.GetFiles(PathOf("..", "seeds")!, beginning + "*.txt")));

    private static string? PathOf(params string[] parts) =>
        DescriptionFile.Find() is { } file
            ? Path.Combine([Path.GetDirectoryName(Path.GetFullPath(file))!, .. parts])
            : null;
}
