using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PolarPS.Client.Tests.House;

/// <summary>One use of something in the sources.</summary>
/// <param name="File">The file that uses it, below the repository.</param>
/// <param name="Line">The line.</param>
/// <param name="What">What is used, by its name.</param>
/// <param name="Declared">The file that declares it, below the repository; null for what comes from a library.</param>
internal sealed record SourceUse(string File, int Line, string What, string? Declared);

/// <summary>
/// All C# sources of the project as one compilation: who uses what, no matter whether by name, by inference or through an alias.
/// PowerShell's own types are not there to be resolved; they are recognised by the names of their namespaces.
/// </summary>
internal sealed class SourceTree
{
    private readonly CSharpCompilation _compilation;
    private readonly Dictionary<SyntaxTree, string> _files;

    private SourceTree(CSharpCompilation compilation, Dictionary<SyntaxTree, string> files)
    {
        _compilation = compilation;
        _files = files;
    }

    /// <summary>Reads what is below src.</summary>
    /// <param name="more">Files that are not there, by the paths that they would have: for trying the tests themselves.</param>
    public static SourceTree Read(params (string File, string Text)[] more)
    {
        var source = Path.Combine(Repository.Root, "src");
        var options = new CSharpParseOptions(LanguageVersion.Preview);
        var files = Directory
            .EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            // Generated, and what the older frameworks lack of the language.
            .Where(file =>
                !file.Contains("/obj/", StringComparison.Ordinal)
                && !file.EndsWith("/Polyfills.cs", StringComparison.Ordinal)
            )
            .Select(file => (File: file, Text: File.ReadAllText(Path.Combine(Repository.Root, file))))
            .Concat(more)
            .ToDictionary(file => CSharpSyntaxTree.ParseText(file.Text, options, file.File), file => file.File);
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("PolarPS", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));
        var used = Repository.GlobalUsings(Directory.EnumerateDirectories(source).Select(Path.GetFileName)!);
        var usings = CSharpSyntaxTree.ParseText(used, options);
        return new(CSharpCompilation.Create("House", [usings, .. files.Keys], references), files);
    }

    /// <summary>The files.</summary>
    public IEnumerable<string> Files => _files.Values;

    /// <summary>What a file uses.</summary>
    public IEnumerable<SourceUse> UsesOf(string file)
    {
        var tree = _files.First(pair => pair.Value == file).Key;
        var model = _compilation.GetSemanticModel(tree);
        foreach (var node in tree.GetRoot().DescendantNodes())
        {
            if (node is UsingDirectiveSyntax { NamespaceOrType: { } name } && node.Parent is not null)
            {
                yield return new(file, LineOf(node), name.ToString(), null);
            }

            if (node is not (SimpleNameSyntax or ImplicitObjectCreationExpressionSyntax))
            {
                continue;
            }

            // The whole of what stands with dots, for what cannot be resolved.
            if (node.Parent is QualifiedNameSyntax or MemberAccessExpressionSyntax && IsFirst(node))
            {
                yield return new(file, LineOf(node), Outermost(node).ToString(), null);
            }

            foreach (var symbol in SymbolsAt(model, node))
            {
                var type = symbol as INamedTypeSymbol ?? symbol.ContainingType;
                if (type is null or IErrorTypeSymbol)
                {
                    continue;
                }

                type = type.OriginalDefinition;
                var declared = type
                    .DeclaringSyntaxReferences.Select(reference => _files.GetValueOrDefault(reference.SyntaxTree))
                    .FirstOrDefault();
                yield return new(file, LineOf(node), type.ToDisplayString(), declared);
            }
        }
    }

    /// <summary>The texts in a file's code; those in attributes, which describe, are left out.</summary>
    public IEnumerable<(int Line, string Text)> TextsIn(string file)
    {
        var tree = _files.First(pair => pair.Value == file).Key;
        return tree.GetRoot()
            .DescendantTokens()
            .Where(token =>
                token.Kind()
                    is SyntaxKind.StringLiteralToken
                        or SyntaxKind.InterpolatedStringTextToken
                        or SyntaxKind.SingleLineRawStringLiteralToken
                        or SyntaxKind.MultiLineRawStringLiteralToken
                        or SyntaxKind.Utf8StringLiteralToken
                && token.Parent!.FirstAncestorOrSelf<AttributeSyntax>() is null
            )
            .Select(token => (tree.GetLineSpan(token.Span).StartLinePosition.Line + 1, token.ValueText));
    }

    private static IEnumerable<ISymbol> SymbolsAt(SemanticModel model, SyntaxNode node)
    {
        var info = model.GetSymbolInfo(node);
        if (info.Symbol is { } symbol)
        {
            yield return symbol;
        }
        else
        {
            // With PowerShell's types missing, a call may fit none of its overloads; each of them is in the same place.
            foreach (var candidate in info.CandidateSymbols.Take(1))
            {
                yield return candidate;
            }
        }
    }

    private static bool IsFirst(SyntaxNode node) => node.SpanStart == Outermost(node).SpanStart;

    private static SyntaxNode Outermost(SyntaxNode node)
    {
        while (node.Parent is QualifiedNameSyntax or MemberAccessExpressionSyntax)
        {
            node = node.Parent;
        }

        return node;
    }

    private static int LineOf(SyntaxNode node) => node.SyntaxTree.GetLineSpan(node.Span).StartLinePosition.Line + 1;
}
