using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PolarPS.OpenApi;
using Xunit;

namespace PolarPS.Client.Tests.Conformance;

/// <summary>
/// No list of known values stands in the sources beside src/Shared/KnownValues, where the next value of Polar's would be forgotten.
/// What names some values, as state machines do, is no such list.
/// </summary>
public class StrayListTests
{
    // The enumerations of the description, by their values in one order; of what is sorted by, one direction.
    private static readonly Lazy<Dictionary<string, string>> Enumerations = new(ReadEnumerations);

    [DescribedFact]
    public void NoListOfKnownValuesStandsElsewhere()
    {
        var sources = Path.Combine(Repository.Root, "src");
        var known = Path.Combine(sources, "Shared", "KnownValues") + Path.DirectorySeparatorChar;
        var files = Directory
            .EnumerateFiles(sources, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(sources, file).Split(Path.DirectorySeparatorChar).Any(IsOutput))
            .ToList();
        var found = files.ToLookup(
            file => file.StartsWith(known, StringComparison.Ordinal),
            file => Strays(File.ReadAllText(file), Path.GetRelativePath(sources, file)).ToList()
        );

        // The same search finds the lists where they are meant to be.
        Assert.True(found[true].Sum(static strays => strays.Count) > 30);
        Assert.Empty(found[false].SelectMany(static strays => strays));
    }

    [DescribedTheory]
    [InlineData("""string[] a = ["draft", "private", "public"];""")]
    [InlineData("""string[] a = ["public", "draft", "private"];""")]
    [InlineData("""var a = new[] { "draft", "private", "public" };""")]
    [InlineData("""var a = new List<string> { "draft", "private", "public" };""")]
    [InlineData("""var a = F(1, "draft", "private", "public");""")]
    [InlineData("""var a = new X(("draft", "One"), ("private", "Two"), ("public", "Three"));""")]
    [InlineData("""var a = new X { { "draft", "One" }, { "private", "Two" }, { "public", "Three" } };""")]
    [InlineData("""var a = b is "draft" or "private" or "public";""")]
    [InlineData("""var a = b is not ("draft" or ("private" or "public"));""")]
    [InlineData("""var a = b switch { "draft" or "private" or "public" => 1, _ => 2 };""")]
    [InlineData("""var a = b == "draft" || b == "private" || b == "public";""")]
    [InlineData("""var a = "draft private public".Split(' ');""")]
    [InlineData("""var a = "draft,private" + ",public";""")]
    [InlineData("""var a = F("created_at", "name");""")]
    [InlineData("""var a = F("individual", "team");""")]
    public void AStrayIsFound(string code) => Assert.Single(Strays(code, "x.cs"));

    [DescribedTheory]
    [InlineData("""string[] a = ["draft", "private"];""")]
    [InlineData("""string[] a = ["draft", "private", "public", "secret"];""")]
    [InlineData("""var a = b is "active" or "trialing";""")]
    [InlineData("""var a = b switch { "draft" => 1, "private" => 2, "public" => 3, _ => 4 };""")]
    [InlineData("""var a = new X { ["draft"] = 1, ["private"] = 2, ["public"] = 3 };""")]
    [InlineData("""var a = "draft, private or public";""")]
    [InlineData("""var a = new JsonArray("draft", "private", "public");""")]
    [InlineData(
        """var a = new X(("draft", "One", () => 1), ("private", "Two", () => 2), ("public", "Three", () => 3));"""
    )]
    public void SomethingElseIsNot(string code) => Assert.Empty(Strays(code, "x.cs"));

    private static bool IsOutput(string folder) => folder is "bin" or "obj";

    private static Dictionary<string, string> ReadEnumerations()
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        Collect(DescriptionFile.Read(), "#", found);
        return found;
    }

    private static void Collect(JsonNode? node, string path, Dictionary<string, string> found)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                Collect(item, path, found);
            }
        }

        if (node is not JsonObject schema)
        {
            return;
        }

        if (
            schema["enum"] is JsonArray all
            && all.All(static value => value is JsonValue text && text.TryGetValue<string>(out _))
        )
        {
            var values = all.Select(static value => value!.GetValue<string>()).Where(static value => value[0] != '-');
            if (values.Skip(1).Any())
            {
                found.TryAdd(Key(values), path);
            }
        }

        foreach (var member in schema)
        {
            Collect(member.Value, path + "/" + member.Key, found);
        }
    }

    private static string Key(IEnumerable<string> values) =>
        string.Join(' ', values.Distinct().Order(StringComparer.Ordinal));

    private static IEnumerable<string> Strays(string code, string file)
    {
        foreach (var node in CSharpSyntaxTree.ParseText(code).GetRoot().DescendantNodes())
        {
            var values = Listed(node);
            if (values.Count > 1 && Enumerations.Value.TryGetValue(Key(values), out var schema))
            {
                var line = node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
                yield return $"{file}:{line}: all values of {schema} ({string.Join(", ", values)}); they belong in src/Shared/KnownValues.";
            }
        }
    }

    // The texts that stand side by side in a node; empty where that is no list, or a part of a longer one. Two alternatives are a
    // condition; one of two words that are a whole enumeration too.
    private static List<string> Listed(SyntaxNode node) =>
        node switch
        {
            CollectionExpressionSyntax list => Texts(
                list.Elements.Select(static item => (item as ExpressionElementSyntax)?.Expression)
            ),
            InitializerExpressionSyntax { RawKind: not (int)SyntaxKind.ComplexElementInitializerExpression } list =>
                Texts(list.Expressions),
            // A JSON array is a value, such as a default, and no list of what may be given.
            ArgumentListSyntax
            {
                Parent: ObjectCreationExpressionSyntax
                {
                    Type: IdentifierNameSyntax { Identifier.ValueText: "JsonArray" }
                }
            } => [],
            ArgumentListSyntax list => Texts(list.Arguments.Select(static item => item.Expression)),
            BinaryPatternSyntax
            {
                Parent: not (BinaryPatternSyntax or ParenthesizedPatternSyntax { Parent: BinaryPatternSyntax })
            } => Condition(
                node.DescendantNodes().OfType<ConstantPatternSyntax>().Select(static item => item.Expression)
            ),
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression } either
                when either.Parent?.IsKind(SyntaxKind.LogicalOrExpression) != true => Condition(
                Alternatives(either).Select(static item => (item as BinaryExpressionSyntax)?.Right)
            ),
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum
                when sum.Parent?.IsKind(SyntaxKind.AddExpression) != true => Words(
                string.Concat(Texts(sum.DescendantNodes().OfType<LiteralExpressionSyntax>()))
            ),
            LiteralExpressionSyntax { Parent: not BinaryExpressionSyntax } text when Text(text) is { } words => Words(
                words
            ),
            _ => [],
        };

    private static IEnumerable<ExpressionSyntax> Alternatives(ExpressionSyntax either) =>
        either is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression } two
            ? Alternatives(two.Left).Concat(Alternatives(two.Right))
            : [either];

    private static List<string> Condition(IEnumerable<ExpressionSyntax?> items) =>
        Texts(items) is { Count: > 2 } values ? values : [];

    // Numbers and the like beside the texts do not make another list of them.
    private static List<string> Texts(IEnumerable<ExpressionSyntax?> items) => [.. items.Select(Text).OfType<string>()];

    // A text, or the first of several that belong together: a value, and what it means. With something to be done beside it, it is a map.
    private static string? Text(ExpressionSyntax? item) =>
        item switch
        {
            LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } text => text.Token.ValueText,
            TupleExpressionSyntax tuple when tuple.Arguments.All(static part => Text(part.Expression) is not null) =>
                Text(tuple.Arguments[0].Expression),
            InitializerExpressionSyntax { Expressions: [var first, ..] } => Text(first),
            _ => null,
        };

    private static List<string> Words(string text) =>
        [.. text.Split([' ', ','], StringSplitOptions.None) is { Length: > 2 } words ? words : []];
}
