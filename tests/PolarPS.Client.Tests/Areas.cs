namespace PolarPS.Client.Tests;

/// <summary>How the API's resources are grouped, in every layer: tests/data/Areas.tsv.</summary>
internal static class Areas
{
    /// <summary>What the module has besides the API.</summary>
    public static readonly string[] OfTheModule = ["Batches", "Connections", "Emulator"];

    private static readonly Lazy<(string Tag, string Area)[]> Rows = new(static () =>
        File.ReadLines(Repository.PathOf("tests", "data", "Areas.tsv"))
            .Skip(1)
            .Select(static line => line.Split('\t'))
            .Select(static cells => (cells[0], cells[1]))
            .ToArray()
    );

    private static readonly Lazy<Dictionary<string, string>> ByTag = new(static () =>
        Rows.Value.ToDictionary(static row => row.Tag, static row => row.Area, StringComparer.Ordinal)
    );

    /// <summary>The API's areas, in their order.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Rows.Value.Select(static row => row.Area).Distinct()];

    public static IEnumerable<string> Tags => ByTag.Value.Keys;

    /// <summary>The group of an operation, such as customers:members of customers:members:list.</summary>
    public static string TagOf(string operation) => operation[..operation.LastIndexOf(':')];

    /// <summary>The area of an operation; null where the table does not have its tag.</summary>
    public static string? Of(string operation) => ByTag.Value.GetValueOrDefault(TagOf(operation));
}
