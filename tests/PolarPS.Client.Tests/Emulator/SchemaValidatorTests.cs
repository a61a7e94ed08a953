using System.Text.Json.Nodes;
using Xunit;

namespace PolarPS.Client.Tests.Emulator;

/// <summary>The validator finds what is wrong, or everything that is tested with it would mean nothing.</summary>
public sealed class SchemaValidatorTests
{
    private static readonly JsonObject Document = JsonNode
        .Parse(
            """
            { "components": { "schemas": {
              "Cat": { "type": "object", "required": [ "kind", "lives" ],
                "properties": { "kind": { "const": "cat" }, "lives": { "type": "integer", "minimum": 1, "maximum": 9 } } },
              "Dog": { "type": "object", "required": [ "kind" ],
                "properties": { "kind": { "const": "dog" }, "name": { "type": [ "string", "null" ], "minLength": 2 } } },
              "Named": { "type": "object", "properties": { "name": { "type": "string" } } },
              "Loose": { "oneOf": [ { "$ref": "#/components/schemas/Named" } ],
                "discriminator": { "propertyName": "kind", "mapping": { "dog": "#/components/schemas/Dog" } } },
              "Odd": { "type": "object", "properties": { "properties": { "type": "integer" },
                "const": { "type": "string" }, "discriminator": { "type": "integer" } } },
              "Pet": { "anyOf": [ { "$ref": "#/components/schemas/Cat" }, { "$ref": "#/components/schemas/Dog" } ],
                "discriminator": { "propertyName": "kind", "mapping": {
                  "cat": "#/components/schemas/Cat", "dog": "#/components/schemas/Dog" } } } } } }
            """
        )!
        .AsObject();

    [Theory]
    [InlineData("""{"$ref":"#/components/schemas/Pet"}""", """{"kind":"cat","lives":9}""", true)]
    [InlineData("""{"$ref":"#/components/schemas/Pet"}""", """{"kind":"cat","lives":10}""", false)]
    [InlineData("""{"$ref":"#/components/schemas/Pet"}""", """{"kind":"cat"}""", false)]
    [InlineData("""{"$ref":"#/components/schemas/Pet"}""", """{"kind":"cow"}""", false)]
    [InlineData("""{"$ref":"#/components/schemas/Pet"}""", """{"kind":"dog","name":null,"more":1}""", true)]
    [InlineData("""{"$ref":"#/components/schemas/Pet"}""", """{"kind":"dog","name":"x"}""", false)]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"null"}]}""", "null", true)]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"null"}]}""", "1", false)]
    [InlineData("""{"type":"integer"}""", "1.0", true)]
    [InlineData("""{"type":"integer"}""", "1.5", false)]
    [InlineData("""{"type":"boolean"}""", "\"true\"", false)]
    [InlineData("""{"type":"array","items":{"type":"integer"},"minItems":1}""", "[]", false)]
    [InlineData("""{"type":"array","items":{"type":"integer"}}""", "[1,\"2\"]", false)]
    [InlineData("""{"type":"object","additionalProperties":false}""", """{"a":1}""", false)]
    [InlineData("""{"type":"object","additionalProperties":{"type":"integer"}}""", """{"a":"b"}""", false)]
    [InlineData("""{"type":"object","propertyNames":{"maxLength":1}}""", """{"ab":1}""", false)]
    [InlineData("""{"allOf":[{"minimum":1},{"exclusiveMaximum":3}]}""", "3", false)]
    [InlineData("""{"enum":["a","b"]}""", "\"c\"", false)]
    [InlineData("""{"type":"string","pattern":"^a+$"}""", "\"ab\"", false)]
    [InlineData("""{"type":"string","format":"uuid"}""", "\"9d2c1a34-6f0e-4b58-8a77-3f5d0c1e2b99\"", true)]
    [InlineData("""{"type":"string","format":"uuid"}""", "\"9d2c1a346f0e4b588a773f5d0c1e2b99\"", false)]
    [InlineData("""{"type":"string","format":"date-time"}""", "\"2026-01-02T03:04:05.123456Z\"", true)]
    [InlineData("""{"type":"string","format":"date-time"}""", "\"2026-01-02 03:04:05\"", false)]
    [InlineData("""{"$ref":"#/components/schemas/Pet"}""", """{"kind":"dog","lives":9}""", true)]
    [InlineData("""{"$ref":"#/components/schemas/Pet"}""", """{"kind":"cat","lives":"9"}""", false)]
    [InlineData("""{"$ref":"#/components/schemas/Pet"}""", """{"kind":1,"lives":9}""", false)]
    [InlineData("""{"$ref":"#/components/schemas/Pet"}""", """{"lives":9}""", false)]
    [InlineData("""{"$ref":"#/components/schemas/Pet"}""", "null", false)]
    [InlineData("""{"$ref":"#/components/schemas/Loose"}""", """{"kind":"wolf"}""", false)]
    [InlineData("""{"$ref":"#/components/schemas/Loose"}""", """{"kind":"dog"}""", true)]
    [InlineData("""{"$ref":"#/components/schemas/Loose"}""", """{"name":"Rex"}""", true)]
    [InlineData("""{"$ref":"#/components/schemas/Loose"}""", """{"name":7}""", false)]
    [InlineData("""{"$ref":"#/components/schemas/Odd"}""", """{"properties":1,"const":"a","discriminator":2}""", true)]
    [InlineData("""{"$ref":"#/components/schemas/Odd"}""", """{"properties":"1"}""", false)]
    [InlineData("""{"$ref":"#/components/schemas/Odd"}""", """{"const":1}""", false)]
    [InlineData("""{"$ref":"#/components/schemas/Odd"}""", """{"discriminator":"2"}""", false)]
    [InlineData("""{"$ref":"#/components/schemas/Dog","required":["name"]}""", """{"kind":"dog"}""", false)]
    [InlineData("""{"type":["string","null"]}""", "null", true)]
    [InlineData("""{"type":["string","null"]}""", "{}", false)]
    [InlineData("""{"type":"object"}""", "[]", false)]
    [InlineData("""{"type":"array"}""", "null", false)]
    [InlineData("""{"type":"number"}""", "1.5", true)]
    [InlineData("""{"type":"number"}""", "true", false)]
    [InlineData("""{"const":null}""", "0", false)]
    [InlineData("""{"const":{"$ref":"none"}}""", """{"$ref":"none"}""", true)]
    [InlineData("""{"exclusiveMinimum":1}""", "1", false)]
    [InlineData("""{"maximum":1}""", "1.01", false)]
    [InlineData("""{"minLength":2}""", "\"a\"", false)]
    [InlineData("""{"maxLength":2}""", "\"abc\"", false)]
    [InlineData("""{"maxItems":1}""", "[1,2]", false)]
    [InlineData("""{"minProperties":1}""", "{}", false)]
    [InlineData("""{"maxProperties":1}""", """{"a":1,"b":2}""", false)]
    [InlineData("""{"prefixItems":[{"type":"string"}]}""", "[1]", false)]
    [InlineData("""{"type":"string","format":"uuid"}""", "\"9D2C1A34-6F0E-4B58-8A77-3F5D0C1E2B99\"", false)]
    [InlineData("""{"type":"string","format":"uuid"}""", "\"9d2c1a34-6f0e-0b58-8a77-3f5d0c1e2b99\"", false)]
    [InlineData("""{"type":"string","format":"uuid"}""", "\"9d2c1a34-6f0e-4b58-8a77-3f5d0c1e2b99\\n\"", false)]
    [InlineData("""{"type":"string","format":"date-time"}""", "\"2026-01-02T03:04:05+02:00\"", true)]
    [InlineData("""{"type":"string","format":"date-time"}""", "\"2026-01-02T03:04:05\"", false)]
    [InlineData("""{"type":"string","format":"date-time"}""", "\"2026-13-02T03:04:05Z\"", false)]
    [InlineData("""{"type":"string","format":"date"}""", "\"2026-02-30\"", false)]
    [InlineData("""{"type":"string","format":"email"}""", "\"nobody\"", false)]
    [InlineData("""{"type":"string","format":"uri"}""", "\"https://polar.test/a?b=c\"", true)]
    [InlineData("""{"type":"string","format":"uri"}""", "\"polar.test\"", false)]
    public void DifferencesAreFound(string schema, string value, bool fits)
    {
        var errors = new SchemaValidator(Document).Validate(JsonNode.Parse(value), JsonNode.Parse(schema)!);
        Assert.Equal(fits, errors.Count == 0);
    }

    [Fact]
    public void WhatIsReportedIsTheCause()
    {
        var schema = JsonNode.Parse(
            """{"type":"object","properties":{"first":{"anyOf":[{"type":"integer"},{"type":"string"}]},"pets":{"items":{"$ref":"#/components/schemas/Pet"}}}}"""
        )!;
        var value = JsonNode.Parse("""{"first":"x","pets":[{"kind":"cat","lives":9},{"kind":"cat","lives":10}]}""");
        var error = Assert.Single(new SchemaValidator(Document).Validate(value, schema));
        Assert.StartsWith("$/pets/1/lives: ", error, System.StringComparison.Ordinal);
        Assert.Contains("maximum", error, System.StringComparison.Ordinal);
    }
}
