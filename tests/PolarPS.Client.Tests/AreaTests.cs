using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PolarPS.Client.Tests.Conformance;
using PolarPS.Emulator;
using Xunit;

namespace PolarPS.Client.Tests;

/// <summary>What belongs together lies together: the folders of every layer are the areas of tests/data/Areas.tsv.</summary>
public sealed class AreaTests
{
    private const string Models = "src/PolarPS.Client/Models";
    private const string Resources = "src/PolarPS.Client/Resources";
    private const string EmulatorResources = "src/PolarPS.Emulator/Resources";

    // What Views.txt says of the base of all objects.
    private const string General = "all";

    private static readonly EmulatorCore Core = new(new EmulatorOptions { Empty = true }, tokens: 1);
    private static readonly OperationTable Operations = new(Core.Operations);

    [Fact]
    public void EveryTagHasAnArea() =>
        Assert.Equal(
            Operations.Operations.Select(static operation => Areas.TagOf(operation.Id)).Distinct().Order(),
            Areas.Tags.Order()
        );

    [Theory]
    [InlineData(Models)]
    [InlineData(Resources)]
    [InlineData(EmulatorResources)]
    public void FoldersAreAreas(string folder)
    {
        var path = Repository.PathOf(folder.Split('/'));
        Assert.Equal(
            Areas.All.Order(),
            Directory
                .GetDirectories(path, "*", SearchOption.AllDirectories)
                .Select(name => Path.GetRelativePath(path, name))
                .Order()
        );
    }

    [Fact]
    public async Task ResourcesAndFiltersAreInTheAreasOfTheirOperations()
    {
        var users = new Users(SourcesOf(Resources));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (method, operation) in await FindOperationsAsync())
        {
            seen.Add(Areas.TagOf(operation));
            users.Add(method.Info.DeclaringType!, Areas.Of(operation));
            foreach (var parameter in method.Info.GetParameters())
            {
                users.Add(parameter.ParameterType, Areas.Of(operation));
            }
        }

        Assert.Empty(users.Problems());
        Assert.Equal(Areas.Tags.Order(), seen.Order());
        Assert.True(users.Count > 60, $"{users.Count} resources and filters are used.");
    }

    [Fact]
    public async Task ModelsAreInTheAreasOfWhatUsesThem()
    {
        var sources = SourcesOf(Models);
        var users = new Users(sources);
        foreach (var (method, operation) in await FindOperationsAsync())
        {
            users.Add(method.Info.ReturnType, Areas.Of(operation));
            foreach (var parameter in method.Info.GetParameters())
            {
                users.Add(parameter.ParameterType, Areas.Of(operation));
            }
        }

        foreach (var model in typeof(PolarClient).Assembly.GetTypes())
        {
            if (sources.TryGetValue(model.Name, out var area))
            {
                users.Add(model.BaseType, area);
                foreach (var property in model.GetProperties().Where(item => item.PropertyType != model))
                {
                    users.Add(property.PropertyType, area);
                }
            }
        }

        Assert.Empty(users.Problems());
        Assert.True(users.Count > 150, $"{users.Count} models are used.");
    }

    [Fact]
    public void ResourcesOfTheEmulatorAreInTheAreasOfTheirOperations()
    {
        var sources = SourcesOf(EmulatorResources);
        var resources = typeof(EmulatorCore)
            .GetProperties()
            .Where(static property => typeof(Resource).IsAssignableFrom(property.PropertyType))
            .Select(static property => (Resource)property.GetValue(Core)!)
            .ToArray();
        var problems = new List<string>();
        foreach (var resource in resources)
        {
            var name = resource.GetType().Name;
            problems.AddRange(
                resource
                    .Operations.Where(operation => Areas.Of(operation.Id) != sources.GetValueOrDefault(name))
                    .Select(operation => $"{name} with {operation.Id} lies in '{sources.GetValueOrDefault(name)}'")
            );
        }

        Assert.Empty(problems);
        Assert.Equal(Operations.Operations.Count, resources.Sum(static resource => resource.Operations.Count()));

        // Those without operations too; one within another lies with it.
        var all = typeof(Resource).Assembly.GetTypes().Where(static type => type.IsSubclassOf(typeof(Resource)));
        Assert.All(
            all.Where(static type => !type.IsNested),
            type => Assert.Contains(sources.GetValueOrDefault(type.Name), Areas.All)
        );
    }

    [Fact]
    public void ThePartsOfTheClientAreAreas()
    {
        var sources = SourcesOf(Resources);
        var parts = Directory.GetFiles(Repository.PathOf("src", "PolarPS.Client"), "PolarClient.*.cs");
        Assert.Equal(Areas.All.Order(), parts.Select(static part => Path.GetFileName(part).Split('.')[1]).Order());
        foreach (var part in parts)
        {
            var types = Regex
                .Matches(File.ReadAllText(part), @"public virtual (\w+(?:Resource|PortalClient|Client)) ")
                .Select(static match => match.Groups[1].Value)
                .ToArray();
            Assert.NotEmpty(types);
            Assert.All(types, type => Assert.Equal(Path.GetFileName(part).Split('.')[1], sources[type]));
        }

        Assert.DoesNotMatch(
            @"public virtual \w+Resource ",
            File.ReadAllText(Repository.PathOf("src", "PolarPS.Client", "PolarClient.cs"))
        );
    }

    [Fact]
    public void ViewsAreInTheAreasOfTheirModels()
    {
        var sources = SourcesOf(Models);
        var heads = File.ReadLines(Repository.PathOf("src", "PolarPS.Shell", "Views", "Views.txt"))
            .Where(static line => line.Length > 0 && line[0] is not ('#' or ' ' or '*'))
            .Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToArray();
        Assert.All(
            heads.Where(static head => !head[0].Contains('.', StringComparison.Ordinal)),
            head =>
                Assert.Equal((head[0], sources[head[0]] is { Length: > 0 } area ? area : General), (head[0], head[1]))
        );
        string[] order = [General, .. Areas.All, .. Areas.OfTheModule];
        var areas = heads.Select(static head => head[1]).ToArray();
        Assert.Equal(areas.OrderBy(area => Array.IndexOf(order, area)), areas);
        Assert.All(areas, area => Assert.Contains(area, order));
    }

    [Theory]
    [InlineData("coverage")]
    [InlineData("views")]
    public void TestDataAreNamedByArea(string kind)
    {
        var names = Directory
            .GetFiles(Repository.PathOf("tests", "data"), $"*.{kind}.ps1")
            .Select(static file => Path.GetFileName(file).Split('.')[0])
            .ToArray();
        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.Contains(name, Areas.All.Concat(Areas.OfTheModule)));
    }

    [Fact]
    public void CmdletsAreInTheAreasThatTheReadmeNames()
    {
        const string Cmdlets = "src/PolarPS/Cmdlets";
        var path = Repository.PathOf(Cmdlets.Split('/'));
        var folders = Directory
            .GetDirectories(path, "*", SearchOption.AllDirectories)
            .Select(folder => Path.GetRelativePath(path, folder));
        Assert.All(folders, folder => Assert.Contains(folder, Areas.All.Concat(Areas.OfTheModule)));

        var sources = SourcesOf(Cmdlets);
        var area = string.Empty;
        var named = new List<string>();
        // An area stands in the first of its rows.
        foreach (
            Match row in Regex.Matches(
                File.ReadAllText(Repository.PathOf("README.md")),
                @"^\| (\w*) ?\| [\w ]+ \| (`Polar\w*` .*?) \|",
                RegexOptions.Multiline
            )
        )
        {
            area = row.Groups[1].Length > 0 ? row.Groups[1].Value : area;
            foreach (Match noun in Regex.Matches(row.Groups[2].Value, @"`(\w+)` \(([\w, ]+)\)"))
            {
                named.AddRange(
                    noun.Groups[2].Value.Split(", ").Select(verb => $"{verb}{noun.Groups[1].Value}Command {area}")
                );
            }
        }

        Assert.Equal(
            sources
                .Where(static source => Regex.IsMatch(source.Key, "^[A-Z][A-Za-z]+?Polar.*Command$"))
                .Select(static source => $"{source.Key} {source.Value}")
                .Order(StringComparer.Ordinal),
            named.Order(StringComparer.Ordinal)
        );
    }

    // Which operation each method of the client is for: what it sends is looked up among the emulator's.
    private static async Task<List<(ClientMethod Method, string Operation)>> FindOperationsAsync()
    {
        var found = new List<(ClientMethod, string)>();
        foreach (var method in ClientMethod.FindAll())
        {
            var arguments = method.MakeArguments(new SampleArguments());
            var result = await method.CallAsync(arguments, Refuse);
            if (result is { Requests: [], Failure: ArgumentException } && method.BodyParameter is { } body)
            {
                // Not everything may be set at once.
                arguments[body.Position] = BodyBuilder.Build(
                    body.ParameterType,
                    new JsonObject(),
                    "body",
                    new Conformance.Problems()
                );
                result = await method.CallAsync(arguments, Refuse);
            }

            found.AddRange(
                result
                    .Requests.Where(static request => request.Address.Host == ClientMethod.Address.Host)
                    .Select(static request => Operations.Identify(request.Method, request.Address.AbsolutePath))
                    .OfType<Operation>()
                    .Select(operation => (method, operation.Id))
            );
        }

        return found;
    }

    private static StubAnswer Refuse(Sent request) => new(404, """{"error":"ResourceNotFound","detail":"x"}""");

    // In which folder below this one each type is declared; empty for the folder itself.
    private static Dictionary<string, string> SourcesOf(string folder)
    {
        var path = Repository.PathOf(folder.Split('/'));
        return Directory
            .GetFiles(path, "*.cs", SearchOption.AllDirectories)
            .SelectMany(file =>
                Regex
                    .Matches(
                        File.ReadAllText(file),
                        @"^(?:public|internal) [\w ]*?\b(?:class|record|struct|enum|interface) (\w+)",
                        RegexOptions.Multiline
                    )
                    .Select(match => (match.Groups[1].Value, Path.GetRelativePath(path, Path.GetDirectoryName(file)!)))
            )
            // A class may be in several files.
            .Distinct()
            .ToDictionary(
                static type => type.Value,
                static type => type.Item2 == "." ? string.Empty : type.Item2,
                StringComparer.Ordinal
            );
    }

    // What uses the types of a folder: areas.
    private sealed class Users(Dictionary<string, string> sources)
    {
        private readonly Dictionary<string, HashSet<string>> _areas = new(StringComparer.Ordinal);

        public int Count => _areas.Count;

        // Nobody's area is that of what is general.
        public void Add(Type? type, string? area)
        {
            foreach (var used in Unpack(type).Where(used => sources.ContainsKey(used.Name)))
            {
                if (!string.IsNullOrEmpty(area))
                {
                    _areas.TryAdd(used.Name, new HashSet<string>(StringComparer.Ordinal));
                    _areas[used.Name].Add(area);
                }
            }
        }

        // What is general lies above the areas. The customer portal shows what belongs elsewhere, too.
        public IEnumerable<string> Problems() =>
            from used in _areas
            let lies = sources[used.Key]
            let areas = used.Value.Count == 1 ? used.Value : used.Value.Where(static area => area != "Portal")
            where lies.Length > 0 && !areas.Contains(lies)
            select $"{used.Key} lies in {lies}, used by {string.Join(", ", areas)}";

        // A type, and those that it is made of.
        private static IEnumerable<Type> Unpack(Type? type) =>
            type is null ? []
            : type.HasElementType ? Unpack(type.GetElementType())
            : type.IsGenericType ? type.GetGenericArguments().SelectMany(Unpack)
            : [type];
    }
}
