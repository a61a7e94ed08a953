using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using PolarPS.OpenApi;

namespace PolarPS.Client.Tests.Emulator;

/// <summary>The description of the API, where it is at hand: it is no part of the project.</summary>
internal static class ApiDescription
{
    private static readonly Lazy<JsonObject> Loaded = new(DescriptionFile.Read);

    /// <summary>Why what needs the description is not tested; null when it is at hand.</summary>
    public static string? Missing => DescriptionFile.Missing;

    public static JsonObject Document => Loaded.Value;

    /// <summary>All operations: method, path template, and what the description says of them.</summary>
    public static IEnumerable<(string Method, string Path, JsonObject Operation)> Operations =>
        from path in Document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        where operation.Key is "get" or "post" or "put" or "patch" or "delete"
        select (operation.Key.ToUpperInvariant(), path.Key, operation.Value!.AsObject());

    public static JsonObject Operation(string id) =>
        Operations.First(operation => (string?)operation.Operation["operationId"] == id).Operation;

    /// <summary>The operation that a request is for; null when there is none.</summary>
    public static JsonObject? Find(string method, string path)
    {
        var segments = path.Split('/');
        return Operations
            .Where(operation => operation.Method == method && Fits(operation.Path.Split('/'), segments))
            .OrderBy(operation => operation.Path.Count(character => character == '{'))
            .Select(operation => operation.Operation)
            .FirstOrDefault();
    }

    /// <summary>The schema of an answer; null when the description knows no body for the status.</summary>
    public static JsonNode? AnswerSchema(JsonObject operation, int status) =>
        operation["responses"]
            ?[status.ToString(System.Globalization.CultureInfo.InvariantCulture)]
            ?["content"]
            ?["application/json"]
            ?["schema"];

    private static bool Fits(string[] template, string[] segments) =>
        template.Length == segments.Length
        && template.Zip(segments).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second);
}
