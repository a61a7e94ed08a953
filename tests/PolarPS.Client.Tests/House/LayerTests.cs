using System.Xml.Linq;
using Xunit;

namespace PolarPS.Client.Tests.House;

/// <summary>CONTRIBUTING's table of layers against the sources: dependencies point where it says, and nowhere else.</summary>
public sealed class LayerTests
{
    private const string Cmdlets = "src/PolarPS/Cmdlets";

    // What makes addresses, the client's own among them.
    private static readonly string[] AddressTypes =
    [
        "System.Uri",
        "System.UriBuilder",
        "System.Net.WebUtility",
        "PolarPS.Client.ApiConnection",
        "PolarPS.Client.ApiPath",
        "PolarPS.Client.ApiRequest",
        "PolarPS.Client.QueryBuilder",
    ];

    private static readonly Lazy<SourceTree> Sources = new(() => SourceTree.Read());

    [Fact]
    public void TheTableNamesFoldersThatExistAndWhatItKnows()
    {
        Assert.True(Layer.All.Count > 12, $"Only {Layer.All.Count} layers were read.");
        foreach (var layer in Layer.All)
        {
            Assert.True(Directory.Exists(Repository.PathOf(layer.Folder)), layer.Folder);
            Assert.All(
                layer.Uses,
                used =>
                    Assert.True(
                        Layer.Libraries.ContainsKey(used) || Directory.Exists(Repository.PathOf(used.TrimEnd('*'))),
                        $"{layer.Folder}: {used}"
                    )
            );
        }
    }

    [Fact]
    public void EveryFileBelongsToALayer() =>
        Assert.DoesNotContain(Sources.Value.Files, file => Layer.Of(file) is null);

    [Fact]
    public void LayersUseWhatTheTableAllows() => None(Summary(Violations(Sources.Value, Sources.Value.Files)));

    [Fact]
    public void CmdletsBuildNoAddresses() => None(Addresses(Sources.Value));

    [Theory]
    [InlineData("var value = System.Text.Json.JsonDocument.Parse(\"1\");", "System.Text.Json.JsonDocument")]
    [InlineData("var value = global::System.Text.Json.JsonSerializer.Serialize(1);", "System.Text.Json.JsonSerializer")]
    [InlineData("using var http = new System.Net.Http.HttpClient();", "System.Net.Http.HttpClient")]
    [InlineData("var value = new PolarPS.Emulator.EmulatorOptions();", "PolarPS.Emulator.EmulatorOptions")]
    public void ACmdletThatGoesPastTheClientIsFound(string code, string named)
    {
        const string File = $"{Cmdlets}/Orders/GetPolarOddCommand.cs";
        var sources = SourceTree.Read(
            (File, $"namespace PolarPS.Commands; class Odd {{ void Do(string id) {{ {code} }} }}")
        );

        Assert.Contains(Violations(sources, [File]), violation => violation.Use.What == named);
    }

    [Theory]
    [InlineData("var address = $\"/v1/orders/{id}\";")]
    [InlineData("var address = \"/v1/orders/\" + id;")]
    [InlineData("var address = \"https://api.polar.sh/\" + id;")]
    [InlineData("var address = new System.Uri(id);")]
    [InlineData("System.Uri address = new(id);")]
    [InlineData("var part = System.Uri.EscapeDataString(id);")]
    [InlineData("PolarPS.Client.ApiPath.Of(\"orders\", id);")]
    public void ACmdletThatBuildsAnAddressIsFound(string code)
    {
        const string File = $"{Cmdlets}/Orders/GetPolarOddCommand.cs";
        var sources = SourceTree.Read(
            (File, $"namespace PolarPS.Commands; class Odd {{ void Do(string id) {{ {code} }} }}")
        );

        Assert.Contains(Addresses(sources), found => found.StartsWith(File, StringComparison.Ordinal));
    }

    [Fact]
    public void ProjectsReferToWhatTheirLayersMayUse()
    {
        var wrong = new List<string>();
        foreach (
            var project in Directory.EnumerateFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories)
        )
        {
            var own = Relative(Path.GetDirectoryName(project)!);
            foreach (var reference in XDocument.Load(project).Descendants("ProjectReference"))
            {
                var other = Relative(
                    Path.GetFullPath(
                        Path.Combine(
                            Path.GetDirectoryName(project)!,
                            Path.GetDirectoryName(reference.Attribute("Include")!.Value)!
                        )
                    )
                );
                if (!LayersIn(own).Any(layer => LayersIn(other).Any(layer.May)))
                {
                    wrong.Add($"{own} -> {other}");
                }
            }
        }

        None(wrong);
    }

    private static void None(IEnumerable<string> found)
    {
        var text = string.Join(Environment.NewLine, found);
        Assert.True(text.Length == 0, text);
    }

    private static IEnumerable<Layer> LayersIn(string folder) =>
        Layer.All.Where(layer =>
            layer.Folder == folder || layer.Folder.StartsWith(folder + "/", StringComparison.Ordinal)
        );

    private static string Relative(string path) => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/');

    private static IEnumerable<(SourceUse Use, string From, string To)> Violations(
        SourceTree sources,
        IEnumerable<string> files
    )
    {
        foreach (var use in files.SelectMany(sources.UsesOf))
        {
            var layer = Layer.Of(use.File)!;
            if (use.Declared is { } file)
            {
                if (Layer.Of(file) is { } other && !layer.May(other))
                {
                    yield return (use, layer.Folder, other.Folder);
                }
            }
            else if (LibraryOf(use.What) is { } library && !layer.Uses.Contains(library))
            {
                yield return (use, layer.Folder, library);
            }
        }
    }

    // The library of a type or namespace; of several that fit, the one that says most.
    private static string? LibraryOf(string name)
    {
        var plain = name.Replace("global::", string.Empty, StringComparison.Ordinal);
        return Layer
            .Libraries.SelectMany(library => library.Value.Select(prefix => (Name: library.Key, Prefix: prefix)))
            .Where(library =>
                plain == library.Prefix || plain.StartsWith(library.Prefix + ".", StringComparison.Ordinal)
            )
            .OrderByDescending(library => library.Prefix.Length)
            .Select(library => library.Name)
            .FirstOrDefault();
    }

    private static IEnumerable<string> Addresses(SourceTree sources)
    {
        foreach (var file in sources.Files.Where(file => file.StartsWith(Cmdlets + "/", StringComparison.Ordinal)))
        {
            foreach (var (line, text) in sources.TextsIn(file))
            {
                if (text.Contains("/v1/", StringComparison.Ordinal) || text.Contains("://", StringComparison.Ordinal))
                {
                    yield return $"{file}, line {line}: \"{text}\"";
                }
            }

            foreach (var use in sources.UsesOf(file).Where(use => AddressTypes.Contains(use.What)))
            {
                yield return $"{file}, line {use.Line}: {use.What}";
            }
        }
    }

    private static IEnumerable<string> Summary(IEnumerable<(SourceUse Use, string From, string To)> violations) =>
        violations
            .GroupBy(violation => (violation.From, violation.To))
            .Select(group =>
                $"{group.Key.From} uses {group.Key.To}: {string.Join("; ", group.Select(one => $"{one.Use.What} in {Path.GetFileName(one.Use.File)}:{one.Use.Line}").Distinct().Take(6))}"
            );
}
