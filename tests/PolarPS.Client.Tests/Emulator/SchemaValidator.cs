using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;

namespace PolarPS.Client.Tests.Emulator;

/// <summary>
/// Holds JSON to schemas of the API description. JsonSchema.Net does it; here the schemas become plain ones of JSON Schema
/// 2020-12, because a discriminator, which OpenAPI adds, means nothing there, and ids and times get Polar's stricter forms.
/// </summary>
internal sealed partial class SchemaValidator
{
    private const string Dialect = "https://json-schema.org/draft/2020-12/schema";

    private const string Home = "https://description.test/";

    private const string Components = "#/components/schemas/";

    private readonly BuildOptions _building = new() { SchemaRegistry = new SchemaRegistry() };
    private readonly EvaluationOptions _verdict = Evaluation(OutputFormat.Flag);
    private readonly EvaluationOptions _report = Evaluation(OutputFormat.List);
    private readonly ConcurrentDictionary<string, JsonSchema> _schemas = new(StringComparer.Ordinal);

    public SchemaValidator(JsonObject document)
    {
        var components = new JsonObject();
        foreach (var (name, schema) in document["components"]!["schemas"]!.AsObject())
        {
            components[name] = Plain(schema);
        }

        // Built once, with all that they refer to.
        Build(
            new JsonObject
            {
                ["$schema"] = Dialect,
                ["$id"] = Home,
                ["$defs"] = components,
            }
        );
    }

    /// <summary>Every difference, each with the place where it is.</summary>
    public IReadOnlyList<string> Validate(JsonNode? value, JsonNode schema)
    {
        var built = _schemas.GetOrAdd(schema.ToJsonString(), _ => Build(Plain(schema)!));
        using var document = JsonDocument.Parse(value?.ToJsonString() ?? "null");
        if (built.Evaluate(document.RootElement, _verdict).IsValid)
        {
            return [];
        }

        var differences = Differences(built.Evaluate(document.RootElement, _report));
        return differences.Count > 0 ? differences : ["$: does not fit, and the validator does not say why"];
    }

    private static EvaluationOptions Evaluation(OutputFormat output)
    {
        var options = new EvaluationOptions
        {
            OutputFormat = output,
            RequireFormatValidation = true,
            FormatRegistry = new FormatRegistry(),
        };
        options.FormatRegistry.Register(new RegexFormat("uuid", UuidForm()));
        options.FormatRegistry.Register(
            new PredicateFormat(
                "date-time",
                static (JsonElement element) =>
                    element.ValueKind != JsonValueKind.String
                    || (TimeForm().IsMatch(element.GetString()!) && Formats.DateTime.Validate(element, out _))
            )
        );
        options.IgnoreAllAnnotations();
        return options;
    }

    // Without the branches that need not fit, because another one does or because they are questions. The innermost come
    // first: they are the causes of the others.
    private static List<string> Differences(EvaluationResults results)
    {
        var items = (results.Details ?? [])
            .Prepend(results)
            .Select(static item =>
                (Result: item, Path: item.EvaluationPath.ToString(), At: item.InstanceLocation.ToString())
            )
            .ToList();
        var choices = items
            .Where(static item => item.Result.IsValid)
            .Select(static item => (Match: LastBranch().Match(item.Path), item.At))
            .Where(static item => item.Match.Success)
            .Select(static item => (Path: item.Match.Groups[1].Value, item.At))
            .ToHashSet();
        return
        [
            .. items
                .Where(item =>
                    item.Result is { IsValid: false, Errors: not null }
                    && !Question().IsMatch(item.Path)
                    && !choices.Any(choice => IsBelow(item.Path, choice.Path) && IsBelow(item.At, choice.At))
                )
                .OrderByDescending(static item => item.At.Count(static character => character == '/'))
                .SelectMany(static item =>
                    item.Result.Errors!.Select(error =>
                        $"${item.At}: {error.Value} ({error.Key} of {item.Result.SchemaLocation})"
                    )
                )
                .Distinct(StringComparer.Ordinal),
        ];
    }

    private static bool IsBelow(string path, string other) =>
        path.StartsWith(other, StringComparison.Ordinal) && (path.Length == other.Length || path[other.Length] == '/');

    private JsonSchema Build(JsonNode schema)
    {
        using var document = JsonDocument.Parse(schema.ToJsonString());
        // Tests run side by side; each schema that is built joins the others.
        lock (_building)
        {
            return JsonSchema.Build(document.RootElement.Clone(), _building);
        }
    }

    private static JsonNode? Plain(JsonNode? schema) =>
        schema switch
        {
            JsonObject members => Plain(members),
            JsonArray items => new JsonArray([.. items.Select(Plain)]),
            _ => schema?.DeepClone(),
        };

    private static JsonObject Plain(JsonObject schema)
    {
        var plain = new JsonObject();
        foreach (var (key, value) in schema)
        {
            plain[key] = key switch
            {
                "$ref" => Reference((string)value!),
                // Data, and no schemas.
                "const" or "enum" or "default" or "example" or "examples" => value?.DeepClone(),
                // Names of Polar's, and no words of the description's language.
                "properties" => new JsonObject(
                    value!.AsObject().Select(static item => KeyValuePair.Create(item.Key, Plain(item.Value)))
                ),
                _ => Plain(value),
            };
        }

        if (plain.Remove("discriminator", out var discriminator))
        {
            foreach (var key in new[] { "anyOf", "oneOf" })
            {
                if (plain.Remove(key, out var branches))
                {
                    Discriminate(plain, key, branches!, discriminator!.AsObject());
                }
            }
        }

        return plain;
    }

    // Where the property is there, the one branch that it names counts, and it has to name one; where it is not, any may fit.
    private static void Discriminate(JsonObject schema, string key, JsonNode branches, JsonObject discriminator)
    {
        var property = (string)discriminator["propertyName"]!;
        var mapping = discriminator["mapping"]!.AsObject();
        var named = new JsonArray([
            .. mapping.Select(item => new JsonObject
            {
                ["if"] = HasProperty(property, new JsonObject { ["const"] = item.Key }),
                ["then"] = new JsonObject { ["$ref"] = Reference((string)item.Value!) },
            }),
        ]);
        var names = new JsonObject { ["enum"] = new JsonArray([.. mapping.Select(static item => (JsonNode)item.Key)]) };
        schema["if"] = HasProperty(property, new JsonObject { ["type"] = "string" });
        schema["then"] = new JsonObject
        {
            ["properties"] = new JsonObject { [property] = names },
            ["allOf"] = named,
        };
        schema["else"] = new JsonObject { [key] = branches };
    }

    private static JsonObject HasProperty(string name, JsonObject schema) =>
        new()
        {
            ["type"] = "object",
            ["required"] = new JsonArray(name),
            ["properties"] = new JsonObject { [name] = schema },
        };

    private static string Reference(string reference) =>
        reference.StartsWith(Components, StringComparison.Ordinal)
            ? $"{Home}#/$defs/{reference[Components.Length..]}"
            : throw new NotSupportedException($"{reference} is no schema of the description's components.");

    [GeneratedRegex("^(.*/(?:anyOf|oneOf))/\\d+$")]
    private static partial Regex LastBranch();

    [GeneratedRegex("/if(/|$)")]
    private static partial Regex Question();

    [GeneratedRegex("^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\\z")]
    private static partial Regex UuidForm();

    [GeneratedRegex("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)\\z")]
    private static partial Regex TimeForm();
}
