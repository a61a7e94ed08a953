using System.Text;
using System.Text.Json.Nodes;
using PolarPS.OpenApi;
using Xunit;

namespace PolarPS.Client.Tests.Conformance;

/// <summary>Polar's own file and the edited one say the same once they are read.</summary>
public sealed class DescriptionFileTests
{
    [Theory]
    [InlineData("""{"type":"string","format":"uuid4"}""", """{"type":"string","format":"uuid"}""")]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"null"}]}""", """{"type":"string"}""")]
    [InlineData(
        """{"anyOf":[{"format":"uuid4"},{"type":"array"},{"type":"null"}]}""",
        """{"anyOf":[{"format":"uuid"},{"type":"array"}]}"""
    )]
    [InlineData(
        """{"oneOf":[{"type":"string"},{"type":"integer"}]}""",
        """{"anyOf":[{"type":"string"},{"type":"integer"}]}"""
    )]
    [InlineData(
        """{"type":"integer","maximum":100.0,"minimum":0.5}""",
        """{"type":"integer","maximum":100,"minimum":0.5}"""
    )]
    [InlineData("""{"anyOf":[{"type":"string"}],"title":"Name"}""", """{"title":"Name","type":"string"}""")]
    public void AQueryHasOneForm(string raw, string expected)
    {
        var document = Parse(raw);
        DescriptionForm.Unify(document);
        Assert.Equal(expected, Schema(document).ToJsonString());
        DescriptionForm.Unify(document);
        Assert.Equal(expected, Schema(document).ToJsonString());
    }

    [Fact]
    public void WhatABodyMayBeNullForStaysAndFieldsKeepTheirNames()
    {
        var document = Parse("{}");
        document["components"] = JsonNode.Parse(
            """{"schemas":{"X":{"properties":{"oneOf":{"anyOf":[{"type":"string"},{"type":"null"}]},"format":{"type":"string"}}}}}"""
        );
        var before = document["components"]!.ToJsonString();
        DescriptionForm.Unify(document);
        Assert.Equal(before, document["components"]!.ToJsonString());
    }

    [DescribedFact]
    public void AmendmentsAreNeededByThePinnedFileAndByNoLaterOne()
    {
        var content = File.ReadAllBytes(DescriptionFile.Find()!);
        var document = JsonNode.Parse(content)!.AsObject();
        DescriptionForm.Unify(document);
        var before = document.ToJsonString();
        var needless = Amendments.Load().ApplyTo(document);
        if (DescriptionFile.IsPinned(content))
        {
            Assert.Empty(needless);
        }
        else
        {
            // Whatever else is newer in it: nothing that it says is withdrawn.
            Assert.Equal(before, document.ToJsonString());
        }
    }

    [Fact]
    public void AFileThatIsNotThereIsAnError()
    {
        Assert.ThrowsAny<System.Text.Json.JsonException>(() =>
            DescriptionFile.Read(Encoding.UTF8.GetBytes("404: Not Found"))
        );
    }

    private static JsonObject Parse(string schema) =>
        JsonNode
            .Parse(
                """{"paths":{"/v1/x/":{"parameters":[],"get":{"parameters":[{"name":"a","in":"query","schema":SCHEMA}]}}}}""".Replace(
                    "SCHEMA",
                    schema,
                    System.StringComparison.Ordinal
                )
            )!
            .AsObject();

    private static JsonNode Schema(JsonObject document) =>
        document["paths"]!["/v1/x/"]!["get"]!["parameters"]!.AsArray().Single()!["schema"]!;
}
