using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace PolarPS.Client.Tests;

public partial class ReadmeTests
{
    // What a new console project has without asking.
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly string Framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    // What the client's package brings along.
    private static readonly string[] Client =
    [
        typeof(PolarClient).Assembly.Location,
        Path.Combine(AppContext.BaseDirectory, "Microsoft.Bcl.AsyncInterfaces.dll"),
    ];

    // What a program with a host has besides, and what its tests have.
    private static readonly string[] Hosted =
    [
        typeof(PolarHttpClient).Assembly.Location,
        .. Trusted()
            .Where(static path => Path.GetFileName(path).StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)),
        typeof(NSubstitute.Substitute).Assembly.Location,
    ];

    [Theory]
    [InlineData("docs/csharp.md", 6)]
    [InlineData("src/PolarPS.Client.Http/README.md", 2)]
    public void TheExamplesInCSharpCompileWithThePackages(string page, int count) =>
        AllCompile(page, count, [.. Client, .. Hosted]);

    [Fact]
    public void TheExampleOfTheClientCompilesWithTheClientAlone() =>
        AllCompile("src/PolarPS.Client/README.md", 1, Client);

    [Fact]
    public void AnExampleThatDoesNotCompileIsNoticed()
    {
        Assert.NotEmpty(Compile("new PolarPS.Client.PolarClient(new HttpClient()).Nothing();", Client));
        Assert.NotEmpty(Compile("_ = typeof(PolarPS.Http.PolarHttp);", [.. Client, .. Hosted]));
        Assert.NotEmpty(Compile("_ = typeof(PolarPS.Client.PolarHttpClient);", Client));
    }

    private static void AllCompile(string page, int count, string[] references)
    {
        var examples = CSharp().Matches(File.ReadAllText(Repository.PathOf(page)));
        Assert.Equal(count, examples.Count);
        Assert.All(examples, example => Assert.Empty(Compile(example.Groups["code"].Value, references)));
    }

    private static IEnumerable<Diagnostic> Compile(string program, string[] references)
    {
        var options = new CSharpCompilationOptions(
            OutputKind.ConsoleApplication,
            nullableContextOptions: NullableContextOptions.Enable,
            // Unified versions of assemblies, which no project of the SDK is told of either.
            specificDiagnosticOptions:
            [
                KeyValuePair.Create("CS1701", ReportDiagnostic.Suppress),
                KeyValuePair.Create("CS1702", ReportDiagnostic.Suppress),
            ]
        );
        var compilation = CSharpCompilation.Create(
            "Example",
            [CSharpSyntaxTree.ParseText(ImplicitUsings), CSharpSyntaxTree.ParseText(program)],
            Trusted()
                .Where(static path => Path.GetDirectoryName(path) == Framework)
                .Concat(references)
                .Select(static path => MetadataReference.CreateFromFile(path)),
            options
        );
        return compilation.GetDiagnostics().Where(static found => found.Severity >= DiagnosticSeverity.Warning);
    }

    private static string[] Trusted() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);

    [GeneratedRegex("^```csharp\r?\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CSharp();
}
