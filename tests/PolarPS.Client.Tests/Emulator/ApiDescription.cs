using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;

namespace PolarPS.Client.Tests.Emulator;

/// <summary>The description of the API, where it is at hand: it is no part of the project.</summary>
internal static class ApiDescription
{
    public const string Variable = "POLARPS_API_DESCRIPTION";

    private const string FileName = "polar-2026-10.openapi.json";

    private static readonly Lazy<JsonObject?> Loaded = new(Load);

    /// <summary>Why what needs the description is not tested; null when it is at hand.</summary>
    public static string? Missing =>
        Path is null
            ? $"The API description was not found: set {Variable}, or put {FileName} into ../shared/api beside the repository."
            : null;

    public static JsonObject Document => Loaded.Value ?? throw new InvalidOperationException(Missing);

    private static string? Path { get; } = Locate();

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

    private static JsonObject? Load() => Path is null ? null : JsonNode.Parse(File.ReadAllText(Path))!.AsObject();

    private static string? Locate()
    {
        var given = Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrEmpty(given))
        {
            var path = Directory.Exists(given) ? System.IO.Path.Combine(given, FileName) : given;
            return File.Exists(path) ? path : null;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (
                File.Exists(System.IO.Path.Combine(folder.FullName, "Directory.Packages.props"))
                && folder.Parent is { } above
            )
            {
                var file = System.IO.Path.Combine(above.FullName, "shared", "api", FileName);
                return File.Exists(file) ? file : null;
            }
        }

        return null;
    }
}
