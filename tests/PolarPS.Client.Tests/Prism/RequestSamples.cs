using System.Reflection;
using System.Text.Json.Nodes;
using PolarPS.Client.Models;
using PolarPS.Client.Tests.Conformance;

namespace PolarPS.Client.Tests.Prism;

/// <summary>
/// Calls of the client whose arguments keep to the description: every sample of a body, and of each parameter of the query
/// every kind of value that it takes.
/// </summary>
internal sealed class RequestSamples
{
    private readonly SchemaSamples _samples = new(ApiDescription.Instance);
    private readonly ApiOperation _operation;

    private RequestSamples(ApiOperation operation) => _operation = operation;

    public static async Task<IReadOnlyList<TriedCall>> ForAsync(ApiOperation operation, IReadOnlyList<TriedCall> calls)
    {
        var samples = new RequestSamples(operation);
        var made = calls.Where(static call => call.Method.BodyParameter is null).SelectMany(samples.Vary).ToList();
        var builders = calls.Where(static call => call.Method.BodyParameter is not null).ToList();
        for (var index = 0; builders.Count > 0 && index < samples._samples.Count(operation.BodySchema!); index++)
        {
            // Of several methods the one that is meant for the kind of body.
            var body = samples._samples.Make(operation.BodySchema!, index);
            made.Add((await OperationChecks.BestOfAsync(builders, operation, body)).Call);
        }

        return made;
    }

    private IEnumerable<TriedCall> Vary(TriedCall call)
    {
        var named = Named();
        var rounds = named.Values.Select(_samples.Count).Append(1).Max();
        for (var round = 0; round < rounds; round++)
        {
            var arguments = call.Method.MakeArguments(new SampleArguments());
            foreach (var (name, schema) in named)
            {
                Set(call.Method.Info.GetParameters(), arguments, name, schema, round);
            }

            yield return call with
            {
                Arguments = arguments,
            };
        }
    }

    // What has a name: parameters, and the fields of a body that a method takes one by one.
    private Dictionary<string, JsonNode> Named()
    {
        var named = _operation.Parameters.ToDictionary(static item => item.Name, static item => item.Schema);
        var body = _operation.BodySchema is { } schema ? ApiDescription.Instance.Resolve(schema)["properties"] : null;
        foreach (var field in body as JsonObject ?? [])
        {
            named[field.Key] = field.Value!;
        }

        return named;
    }

    private void Set(ParameterInfo[] parameters, object?[] arguments, string name, JsonNode schema, int round)
    {
        foreach (var parameter in parameters)
        {
            if (JsonSettings.FieldName(parameter.Name!) == name)
            {
                if (TryMake(parameter.ParameterType, schema, round, out var value))
                {
                    arguments[parameter.Position] = value;
                }
            }
            else if (
                arguments[parameter.Position] is { } owner
                && owner.GetType().Assembly == typeof(PolarClient).Assembly
                && Comparison.PropertyFor(owner.GetType(), name) is { CanWrite: true } property
                && property.DeclaringType != typeof(ListQuery)
                && TryMake(property.PropertyType, schema, round, out var value)
            )
            {
                property.SetValue(owner, value);
            }
        }
    }

    // False where the type has no place for the sample; then what is there stays.
    private bool TryMake(Type type, JsonNode schema, int round, out object? value)
    {
        var index = round % _samples.Count(schema);
        var json = _samples.Make(schema, index);
        if (json is JsonValue && type != typeof(string) && BodyBuilder.ItemType(type) is not null)
        {
            json = new JsonArray(json, _samples.Make(schema, index));
        }

        var problems = new Problems();
        value = BodyBuilder.Build(type, json, "value", problems);
        var fits = value is not null || !type.IsValueType || Nullable.GetUnderlyingType(type) is not null;
        return fits && problems.All.Count == 0;
    }
}
