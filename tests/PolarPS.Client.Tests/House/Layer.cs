using System.Text.RegularExpressions;

namespace PolarPS.Client.Tests.House;

/// <summary>A row of CONTRIBUTING's table of layers: a folder below src, and what its code may use.</summary>
/// <param name="Folder">The folder, such as <c>src/PolarPS/Cmdlets</c>.</param>
/// <param name="Uses">The layers and the kinds of libraries that it may use.</param>
internal sealed partial record Layer(string Folder, IReadOnlyList<string> Uses)
{
    /// <summary>
    /// What a layer may only use when the table says so, by the names that the table has for it: namespaces, or single types where a
    /// namespace would be too much.
    /// </summary>
    public static readonly IReadOnlyDictionary<string, string[]> Libraries = new Dictionary<string, string[]>
    {
        ["PowerShell"] = ["System.Management.Automation", "Microsoft.PowerShell"],
        ["JSON"] = ["System.Text.Json", "Newtonsoft.Json"],
        ["HTTP"] =
        [
            "System.Net.Http",
            "System.Net.HttpWebRequest",
            "System.Net.WebRequest",
            "System.Net.WebClient",
            "System.Net.WebUtility",
            "System.UriBuilder",
        ],
        ["sockets"] = ["System.Net.Sockets", "System.Net.Security"],
        ["services"] = ["Microsoft.Extensions", "Polly"],
        ["load contexts"] = ["System.Runtime.Loader"],
        ["Roslyn"] = ["Microsoft.CodeAnalysis"],
    };

    // A folder with all below it.
    private const string Below = "/*";

    /// <summary>The table, as CONTRIBUTING.md has it.</summary>
    public static IReadOnlyList<Layer> All { get; } = Read();

    /// <summary>The layer that a file belongs to: the one with the longest folder. Null for none.</summary>
    /// <param name="file">The file's path below the repository, with slashes.</param>
    public static Layer? Of(string file) =>
        All.Where(layer => file.StartsWith(layer.Folder + "/", StringComparison.Ordinal))
            .MaxBy(layer => layer.Folder.Length);

    /// <summary>Whether its code may use code of another layer.</summary>
    public bool May(Layer other) =>
        other == this
        || Uses.Any(used =>
            used.EndsWith(Below, StringComparison.Ordinal)
                ? $"{other.Folder}/".StartsWith(used[..^1], StringComparison.Ordinal)
                : other.Folder == used
        );

    private static List<Layer> Read()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "CONTRIBUTING.md"));
        var table = text[text.IndexOf("## The layers", StringComparison.Ordinal)..];
        table = table[..table.IndexOf("\n## ", 3, StringComparison.Ordinal)];
        return
        [
            .. Row()
                .Matches(table)
                .Select(row => new Layer(
                    row.Groups["folder"].Value,
                    [.. Name().Matches(row.Groups["uses"].Value).Select(name => name.Groups[1].Value)]
                )),
        ];
    }

    [GeneratedRegex(@"^\| `(?<folder>src/[^`]+)` \|[^|]*\| (?<uses>[^|]*) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`(src/[^`]+|PowerShell|[A-Z]+|[a-z ]+|Roslyn)`")]
    private static partial Regex Name();
}
