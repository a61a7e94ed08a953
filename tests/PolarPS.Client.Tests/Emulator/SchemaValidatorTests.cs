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
    public void DifferencesAreFound(string schema, string value, bool fits)
    {
        var errors = new SchemaValidator(Document).Validate(JsonNode.Parse(value), JsonNode.Parse(schema)!);
        Assert.Equal(fits, errors.Count == 0);
    }
}
