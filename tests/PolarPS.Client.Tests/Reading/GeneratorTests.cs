using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using PolarPS.Generators;
using Xunit;

namespace PolarPS.Client.Tests.Reading;

/// <summary>
/// What the generator of readers does not know how to read as metadata reads it ends the build: it is not left out, and not
/// read in another way.
/// </summary>
public sealed class GeneratorTests
{
    private const string Options = "PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower";

    [Theory]
    [InlineData("public string? Name { get; set; }", "item.Name = Fields.OwnText(ref reader);")]
    [InlineData("public string? PriceCurrency { get; set; }", "\"price_currency\"u8")]
    [InlineData("public string? AddressLine1 { get; set; }", "\"address_line1\"u8")]
    [InlineData("[JsonPropertyName(\"zip\")] public string? PostalCode { get; set; }", "\"zip\"u8")]
    [InlineData("public Thing? Next { get; set; }", "item.Next = ReadThing(ref reader, texts);")]
    // Known, and skipped: a field that has a property is none of the unknown ones.
    [InlineData("public string? Shown { get; }", "reader.Skip();")]
    [InlineData("[JsonIgnore] public string? Shown { get; set; }", "reader.Skip();")]
    public void APropertyIsRead(string property, string expected)
    {
        var (code, problems) = Run(property);

        Assert.Empty(problems);
        Assert.Contains(expected, code, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("internal string? Hidden { get; set; }", "hidden")]
    [InlineData("public static string? Shared { get; set; }", "shared")]
    [InlineData("public string? this[int index] { get => null; set { } }", "item")]
    public void WhatMetadataDoesNotSeeIsNoProperty(string property, string name)
    {
        var (code, problems) = Run(property);

        Assert.Empty(problems);
        Assert.DoesNotContain($"\"{name}\"u8", code, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public Guid? Id { get; set; }", "Thing.Id")]
    [InlineData("public int Count { get; set; }", "Thing.Count")]
    [InlineData("public object? Value { get; set; }", "Thing.Value")]
    [InlineData("public System.Collections.Generic.List<Guid>? Ids { get; set; }", "Thing.Ids")]
    [InlineData("public System.Collections.Generic.List<int?>? Counts { get; set; }", "Thing.Counts")]
    [InlineData("public required string Name { get; set; }", "Thing.Name")]
    [InlineData("public string? Name { get; init; }", "Thing.Name")]
    [InlineData("[JsonConverter(typeof(Foreign))] public string? Name { get; set; }", "Thing.Name")]
    [InlineData("[JsonPropertyName(\"a\\\"b\")] public string? Name { get; set; }", "Thing.Name")]
    [InlineData("public string? A1 { get; set; } [JsonPropertyName(\"a1\")] public string? B { get; set; }", "a1")]
    [InlineData("public Thing(int count) { }", "constructor")]
    public void WhatItDoesNotKnowIsAnError(string property, string named)
    {
        var (_, problems) = Run(property);

        var problem = Assert.Single(problems);
        Assert.Equal(("POLAR001", DiagnosticSeverity.Error), (problem.Id, problem.Severity));
        Assert.Contains(named, problem.GetMessage(null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase")]
    [InlineData(Options + ", PropertyNameCaseInsensitive = true")]
    [InlineData(Options + ", NumberHandling = JsonNumberHandling.AllowReadingFromString")]
    [InlineData(Options + ", Converters = new[] { typeof(Foreign) }")]
    public void OptionsThatItDoesNotKnowAreAnError(string options)
    {
        Assert.Equal("POLAR001", Assert.Single(Run("public string? Name { get; set; }", options).Problems).Id);
    }

    private static (string Code, Diagnostic[] Problems) Run(string members, string options = Options)
    {
        var source = $$"""
            #nullable enable
            using System;
            using System.Text.Json.Serialization;
            namespace PolarPS.Client;
            public sealed class Foreign;
            public sealed class Thing { {{members}} }
            [JsonSourceGenerationOptions({{options}})]
            [JsonSerializable(typeof(Thing))]
            internal sealed partial class PolarJson : JsonSerializerContext;
            """;
        var compilation = CSharpCompilation.Create(
            "Things",
            [CSharpSyntaxTree.ParseText(source)],
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
                .Split(Path.PathSeparator)
                .Where(file => Path.GetFileName(file).StartsWith("System.", StringComparison.Ordinal))
                .Select(file => MetadataReference.CreateFromFile(file)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
        );
        var result = CSharpGeneratorDriver
            .Create(new ModelReaderGenerator())
            .RunGenerators(compilation)
            .GetRunResult()
            .Results.Single();
        Assert.Null(result.Exception);
        return (result.GeneratedSources.Single().SourceText.ToString(), [.. result.Diagnostics]);
    }
}
