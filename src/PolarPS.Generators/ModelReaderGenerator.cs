using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace PolarPS.Generators;

/// <summary>
/// Generates, for every type that PolarPS.Client registers with System.Text.Json's own generator, the code that reads it
/// without that library's metadata, which is slow to begin and slower to read.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class ModelReaderGenerator : IIncrementalGenerator
{
    private const string Registration = "System.Text.Json.Serialization.JsonSerializableAttribute";
    private const string Options = "System.Text.Json.Serialization.JsonSourceGenerationOptionsAttribute";

    // How names and values are read; the class Fields in PolarPS.Client reads values as these converters do.
    private static readonly string[] KnownOptions = ["PropertyNamingPolicy", "DefaultIgnoreCondition", "Converters"];
    private static readonly string[] KnownConverters = ["MetadataConverter", "DecimalConverter", "TimeConverter"];

    private static readonly DiagnosticDescriptor NotForeseen = new(
        "POLAR001",
        "No reader can be generated",
        "{0}. The generator of readers (PolarPS.Generators) has to learn it first.",
        "PolarPS",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true
    );

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var written = context.SyntaxProvider.ForAttributeWithMetadataName(
            Registration,
            static (node, _) => node is ClassDeclarationSyntax,
            static (found, _) => Write((INamedTypeSymbol)found.TargetSymbol)
        );
        context.RegisterSourceOutput(
            written,
            static (output, result) =>
            {
                foreach (var problem in result.Problems.Split(['\n'], System.StringSplitOptions.RemoveEmptyEntries))
                {
                    output.ReportDiagnostic(Diagnostic.Create(NotForeseen, Location.None, problem));
                }

                output.AddSource("ModelReaders.g.cs", SourceText.From(result.Code, Encoding.UTF8));
            }
        );
    }

    // Text alone, which compares by value: nothing is generated again unless it changes.
    private static (string Code, string Problems) Write(INamedTypeSymbol context)
    {
        var writer = new ReaderWriter();
        var code = writer.Write(context);
        return (code, string.Join("\n", writer.Problems.Concat(Foreign(context))));
    }

    // Options that would have metadata read in another way than the code that is generated here.
    private static string[] Foreign(INamedTypeSymbol context)
    {
        var options = context.GetAttributes().FirstOrDefault(item => item.AttributeClass?.ToDisplayString() == Options);
        var given = options?.NamedArguments.ToDictionary(pair => pair.Key, pair => pair.Value);
        if (given is null || !given.TryGetValue("PropertyNamingPolicy", out var policy) || policy.Value is not 2)
        {
            return [$"{context.Name}: names are not in lower snake case"];
        }

        return given
            .Keys.Where(key => !KnownOptions.Contains(key))
            .Concat(
                given.TryGetValue("Converters", out var converters)
                    ? converters
                        .Values.Select(value => ((ITypeSymbol)value.Value!).Name)
                        .Where(name => !KnownConverters.Contains(name))
                    : []
            )
            .Select(name => $"{context.Name}: {name} is not foreseen")
            .ToArray();
    }
}
