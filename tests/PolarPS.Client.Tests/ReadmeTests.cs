using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
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

    [Theory]
    [InlineData("docs/csharp.md", 2)]
    [InlineData("src/PolarPS.Client/README.md", 1)]
    public void TheExamplesInCSharpCompileWithTheClientAlone(string page, int count)
    {
        var examples = CSharp().Matches(File.ReadAllText(Repository.PathOf(page)));
        Assert.Equal(count, examples.Count);
        Assert.All(examples, static example => Assert.Empty(Compile(example.Groups["code"].Value)));
    }

    [Fact]
    public void AnExampleThatDoesNotCompileIsNoticed()
    {
        Assert.NotEmpty(Compile("new PolarPS.Client.PolarClient(new HttpClient()).Nothing();"));
        Assert.NotEmpty(Compile("_ = typeof(PolarPS.Http.PolarHttp);"));
    }

    private static IEnumerable<Diagnostic> Compile(string program)
    {
        var options = new CSharpCompilationOptions(
            OutputKind.ConsoleApplication,
            nullableContextOptions: NullableContextOptions.Enable
        );
        var compilation = CSharpCompilation.Create(
            "Example",
            [CSharpSyntaxTree.ParseText(ImplicitUsings), CSharpSyntaxTree.ParseText(program)],
            References(),
            options
        );
        return compilation.GetDiagnostics().Where(static found => found.Severity >= DiagnosticSeverity.Warning);
    }

    // The framework, the client and what its package brings along; nothing else that is beside the tests.
    private static IEnumerable<MetadataReference> References()
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        return ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == framework)
            .Append(typeof(PolarClient).Assembly.Location)
            .Append(Path.Combine(AppContext.BaseDirectory, "Microsoft.Bcl.AsyncInterfaces.dll"))
            .Select(static path => MetadataReference.CreateFromFile(path));
    }

    [GeneratedRegex("^```csharp\r?\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CSharp();
}
