using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace PolarPS.Client.Tests;

/// <summary>
/// No text is made by the culture that happens to be set without saying so. The compiler's rules (CA1304 and its neighbours)
/// see calls, but neither interpolation nor concatenation, which format by the current culture too.
/// </summary>
public sealed class CultureTests
{
    private static readonly HashSet<SpecialType> Integers =
    [
        SpecialType.System_Int16,
        SpecialType.System_Int32,
        SpecialType.System_Int64,
        SpecialType.System_UInt16,
        SpecialType.System_UInt32,
        SpecialType.System_UInt64,
    ];

    public static TheoryData<string> Projects { get; } =
        new(
            Directory
                .GetDirectories(Repository.PathOf("src"), "PolarPS*")
                .Select(static folder => Path.GetFileName(folder)!)
        );

    [Theory]
    [MemberData(nameof(Projects))]
    public void NoNumberOrDateIsPutIntoATextByTheCurrentCulture(string project)
    {
        var files = new[] { Repository.PathOf("src", project), Repository.PathOf("src", "Shared") }
            .SelectMany(static folder => Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories))
            .Where(static file => !file.Split(Path.DirectorySeparatorChar).Any(static part => part is "obj" or "bin"))
            .Select(static file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), path: file));
        var found = Find(project, files);
        Assert.True(found.Count == 0, string.Join(Environment.NewLine, found));
    }

    [Theory]
    [InlineData("$\"{1.5}\"")]
    [InlineData("$\"{(double?)null:0.#} s\"")]
    [InlineData("$\"{System.DateTimeOffset.Now:u}\"")]
    [InlineData("$\"{1000:N0}\"")]
    [InlineData("\"a\" + 1.5m")]
    public void SuchATextIsNoticed(string text) => Assert.Single(Find("Example", [Example(text)]));

    [Theory]
    [InlineData("$\"{1}\"")]
    [InlineData("$\"{1:D4}\"")]
    [InlineData("System.FormattableString.Invariant($\"{1.5}\")")]
    [InlineData("1.5.ToString(System.Globalization.CultureInfo.CurrentCulture) + \" s\"")]
    public void OthersAreLeftAlone(string text) => Assert.Empty(Find("Example", [Example(text)]));

    private static SyntaxTree Example(string text) =>
        CSharpSyntaxTree.ParseText($"class Example {{ string Text => {text}; }}");

    private static List<string> Find(string assembly, IEnumerable<SyntaxTree> trees)
    {
        // Everything that is beside the tests but the assembly itself. What cannot be resolved (PowerShell, generated code)
        // has no type, and is passed over.
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileNameWithoutExtension(path) != assembly)
            .Select(static path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            assembly,
            [CSharpSyntaxTree.ParseText(Repository.GlobalUsings(assembly)), .. trees],
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
        );
        return
        [
            .. from tree in compilation.SyntaxTrees
            let model = compilation.GetSemanticModel(tree)
            from node in tree.GetRoot().DescendantNodes()
            from part in Parts(node, model)
            where IsByCulture(model.GetTypeInfo(part.Expression).Type, part.Format)
            select $"{part.Expression.GetLocation().GetLineSpan()}: {part.Expression}",
        ];
    }

    // What a node puts into a text by the current culture, with its format.
    private static IEnumerable<(ExpressionSyntax Expression, string? Format)> Parts(
        SyntaxNode node,
        SemanticModel model
    ) =>
        node switch
        {
            InterpolatedStringExpressionSyntax text when IsText(model.GetTypeInfo(text).ConvertedType) => text
                .Contents.OfType<InterpolationSyntax>()
                .Select(static hole => (hole.Expression, hole.FormatClause?.FormatStringToken.Text)),
            BinaryExpressionSyntax sum
                when sum.IsKind(SyntaxKind.AddExpression) && IsText(model.GetTypeInfo(sum).Type) =>
            [
                (sum.Left, null),
                (sum.Right, null),
            ],
            _ => [],
        };

    private static bool IsText(ITypeSymbol? type) => type?.SpecialType == SpecialType.System_String;

    private static bool IsByCulture(ITypeSymbol? type, string? format)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            type = nullable.TypeArguments[0];
        }

        return type switch
        {
            null => false,
            { SpecialType: SpecialType.System_Double or SpecialType.System_Single } => true,
            { SpecialType: SpecialType.System_Decimal or SpecialType.System_DateTime } => true,
            { Name: "DateTimeOffset", ContainingNamespace.Name: "System" } => true,
            { Name: "TimeSpan", ContainingNamespace.Name: "System" } => format is "g" or "G",
            // Digits are the same everywhere, separators are not.
            _ => Integers.Contains(type.SpecialType) && format is ['N' or 'n' or 'C' or 'c' or 'P' or 'p', ..],
        };
    }
}
