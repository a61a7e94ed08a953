using System.Text.Json.Nodes;
using PolarPS.OpenApi;

namespace PolarPS.Client.Tests;

/// <summary>The official description of the API, read from outside the project, which builds and runs without it.</summary>
internal sealed class ApiDescription
{
    private static readonly Lazy<ApiDescription> Loaded = new(static () => new ApiDescription(DescriptionFile.Read()));

    private readonly Lazy<string> _file;

    private readonly JsonObject _schemas;

    private ApiDescription(JsonObject root)
    {
        Document = root;
        _file = new Lazy<string>(() => Write(root));
        _schemas = root["components"]!["schemas"]!.AsObject();
        Webhooks = root["webhooks"]!
            .AsObject()
            .ToDictionary(
                static item => item.Key,
                static item => item.Value!["post"]!["requestBody"]!["content"]!["application/json"]!["schema"]!,
                StringComparer.Ordinal
            );
        Operations =
        [
            .. root["paths"]!
                .AsObject()
                .SelectMany(path =>
                    path.Value!.AsObject()
                        .Select(method => new ApiOperation(path.Key, method.Key, method.Value!.AsObject()))
                )
                .OrderBy(static operation => operation.Id, StringComparer.Ordinal),
        ];
    }

    public static ApiDescription Instance => Loaded.Value;

    /// <summary>Whether there is one.</summary>
    public static bool IsThere { get; } = DescriptionFile.Missing is null;

    /// <summary>All of it, in the form that the tests read.</summary>
    public JsonObject Document { get; }

    /// <summary>A file with it, in the form that the tests read, for programs that take one.</summary>
    public string Source => _file.Value;

    public IReadOnlyList<ApiOperation> Operations { get; }

    /// <summary>The schema of each type of event that Polar delivers.</summary>
    public IReadOnlyDictionary<string, JsonNode> Webhooks { get; }

    public ApiOperation this[string id] => Operations.Single(operation => operation.Id == id);

    /// <summary>The schema itself, where the given one only points to it.</summary>
    public JsonObject Resolve(JsonNode schema) =>
        NameOf(schema) is { } name ? _schemas[name]!.AsObject() : schema.AsObject();

    /// <summary>The name that a schema points to; null when it is written out in place.</summary>
    public static string? NameOf(JsonNode schema) => schema["$ref"]?.GetValue<string>().Split('/')[^1];

    /// <summary>The operation that a request is for; a literal segment counts more than a placeholder.</summary>
    public ApiOperation? Match(string method, string path)
    {
        var segments = path.Split('/');
        return Operations
            .Where(operation => operation.Method == method && operation.Matches(segments))
            .MinBy(static operation => operation.Segments.Count(static segment => segment.StartsWith('{')));
    }

    private static string Write(JsonObject root)
    {
        var file = Path.Combine(AppContext.BaseDirectory, "api-description.json");
        File.WriteAllText(file, root.ToJsonString());
        return file;
    }
}

/// <summary>One operation of the description.</summary>
internal sealed class ApiOperation
{
    public ApiOperation(string path, string method, JsonObject definition)
    {
        Id = definition["operationId"]!.GetValue<string>();
        Group = Id[..Id.LastIndexOf(':')];
        Path = path;
        Method = method.ToUpperInvariant();
        Segments = path.Split('/');
        Parameters = [.. (definition["parameters"]?.AsArray() ?? []).Select(static item => new ApiParameter(item!))];
        Answers = [.. definition["responses"]!.AsObject().Select(static item => new ApiAnswer(item.Key, item.Value!))];
        var content = definition["requestBody"]?["content"]?.AsObject().Single();
        BodySchema = content?.Value!["schema"];
        BodyIsForm = content?.Key == "application/x-www-form-urlencoded";
    }

    public string Id { get; }

    /// <summary>The id without its last part: <c>products</c>, <c>customer_portal:orders</c>.</summary>
    public string Group { get; }

    public string Path { get; }

    public string Method { get; }

    public string[] Segments { get; }

    public IReadOnlyList<ApiParameter> Parameters { get; }

    public IReadOnlyList<ApiAnswer> Answers { get; }

    /// <summary>The answer of this status; null when it is not described.</summary>
    public ApiAnswer? AnswerWith(int status) => Answers.FirstOrDefault(answer => answer.Status == status);

    /// <summary>Null for none.</summary>
    public JsonNode? BodySchema { get; }

    public bool BodyIsForm { get; }

    public bool Matches(string[] segments) =>
        segments.Length == Segments.Length
        && Segments.Zip(segments).All(static pair => pair.First.StartsWith('{') || pair.First == pair.Second);

    public override string ToString() => $"{Method} {Path}";
}

/// <summary>A parameter in a path or a query.</summary>
internal sealed class ApiParameter(JsonNode definition)
{
    public string Name { get; } = definition["name"]!.GetValue<string>();

    public JsonNode Schema { get; } = definition["schema"]!;

    public bool IsQuery { get; } = definition["in"]!.GetValue<string>() == "query";

    public bool IsPath { get; } = definition["in"]!.GetValue<string>() == "path";

    public bool IsDeepObject { get; } = definition["style"]?.GetValue<string>() == "deepObject";

    /// <summary>Whether the key may be repeated.</summary>
    public bool IsList { get; } = IsArray(definition["schema"]!);

    private static bool IsArray(JsonNode schema) =>
        schema["type"]?.GetValue<string>() == "array"
        || (schema["anyOf"]?.AsArray().Any(static branch => IsArray(branch!)) ?? false);
}

/// <summary>An answer that an operation may give.</summary>
internal sealed class ApiAnswer
{
    public ApiAnswer(string status, JsonNode definition)
    {
        Status = int.Parse(status, CultureInfo.InvariantCulture);
        var content = definition["content"]?.AsObject().Single();
        MediaType = content?.Key;
        Schema = content?.Key == "application/json" ? content.Value.Value!["schema"] : null;
    }

    public int Status { get; }

    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>Null when it has no body.</summary>
    public string? MediaType { get; }

    /// <summary>Null when the body is not JSON.</summary>
    public JsonNode? Schema { get; }

    /// <summary>Whether the description says what is in the body.</summary>
    public bool IsDescribed => Schema is JsonObject { Count: > 0 };
}
