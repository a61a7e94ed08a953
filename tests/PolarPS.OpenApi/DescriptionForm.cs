using System.Text.Json.Nodes;

namespace PolarPS.OpenApi;

/// <summary>
/// The same facts are written in several ways: Polar's file says <c>oneOf</c> where any will do, <c>uuid4</c> for ids, and
/// that a query parameter may be null, which nothing in a query is. The tests know one way each.
/// </summary>
public static class DescriptionForm
{
    private static readonly string[] Methods = ["get", "post", "put", "patch", "delete"];

    /// <summary>Brings a description into that form; one that has it stays as it is.</summary>
    public static void Unify(JsonObject document)
    {
        Visit(document, isNames: false);
        foreach (var operation in Operations(document))
        {
            foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
            {
                if ((string?)parameter!["in"] == "query")
                {
                    WithoutNull(parameter.AsObject());
                }
            }
        }
    }

    /// <summary>Gives each answer a description: programs that read such files pass over those that have none.</summary>
    public static void Complete(JsonObject document)
    {
        foreach (var answer in Operations(document).SelectMany(static one => one["responses"]!.AsObject()))
        {
            answer.Value!.AsObject().TryAdd("description", string.Empty);
        }
    }

    private static IEnumerable<JsonObject> Operations(JsonObject document) =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        where Methods.Contains(operation.Key)
        select operation.Value!.AsObject();

    private static void Visit(JsonNode? node, bool isNames)
    {
        switch (node)
        {
            case JsonArray list:
                foreach (var item in list)
                {
                    Visit(item, isNames: false);
                }

                break;
            case JsonObject item:
                // The keys below these are names of Polar's, and no words of the description's language.
                if (!isNames)
                {
                    UnifyWords(item);
                }

                foreach (var (key, value) in item.ToList())
                {
                    var isMap = key is "properties" or "schemas" or "paths" or "webhooks" or "mapping";
                    Visit(value, isNames: !isNames && isMap);
                }

                break;
        }
    }

    private static void UnifyWords(JsonObject item)
    {
        if (item["format"] is JsonValue format && format.TryGetValue<string>(out var name) && name == "uuid4")
        {
            item["format"] = "uuid";
        }

        if (item["oneOf"] is JsonArray branches && !item.ContainsKey("anyOf"))
        {
            item.Remove("oneOf");
            item["anyOf"] = branches;
        }

        // 10.0 is written for 10 where a number may have decimals.
        foreach (var (key, value) in item.ToList())
        {
            if (
                value is JsonValue number
                && number.TryGetValue<double>(out var amount)
                && number.ToJsonString().Contains('.')
                && amount == Math.Truncate(amount)
            )
            {
                item[key] = JsonNode.Parse(amount.ToString("F0", CultureInfo.InvariantCulture));
            }
        }
    }

    private static void WithoutNull(JsonObject parameter)
    {
        var schema = parameter["schema"]!.AsObject();
        if (schema["anyOf"] is not JsonArray branches)
        {
            return;
        }

        foreach (var nothing in branches.Where(static branch => (string?)branch!["type"] == "null").ToList())
        {
            branches.Remove(nothing);
        }

        if (branches.Count != 1)
        {
            return;
        }

        var only = branches[0]!.AsObject();
        schema.Remove("anyOf");
        foreach (var (key, value) in new List<KeyValuePair<string, JsonNode?>>(only))
        {
            schema[key] = value?.DeepClone();
        }
    }
}
