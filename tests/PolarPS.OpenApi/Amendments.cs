using System.Text.Json.Nodes;

namespace PolarPS.OpenApi;

/// <summary>What the API has had since the description that is pinned; amendments.json has them, and says which file that is.</summary>
public sealed class Amendments
{
    private readonly JsonObject _content;

    private Amendments(JsonObject content) => _content = content;

    /// <summary>The hash of the pinned file, in lower case.</summary>
    public string Sha256 => (string)_content["pinned"]!["sha256"]!;

    /// <summary>Where the pinned file is in Polar's repository.</summary>
    public string Path => (string)_content["pinned"]!["path"]!;

    public static Amendments Load()
    {
        using var stream = typeof(Amendments).Assembly.GetManifestResourceStream("amendments.json")!;
        return new Amendments(JsonNode.Parse(stream)!.AsObject());
    }

    /// <summary>Applies each to a description.</summary>
    /// <returns>The places of those that changed nothing, because the description has them already.</returns>
    public IReadOnlyList<string> ApplyTo(JsonObject document) =>
        [
            .. _content["changes"]!
                .AsArray()
                .Where(change => !Apply(document, change!.AsObject()))
                .Select(static change => change!["at"]!.ToJsonString()),
        ];

    private static bool Apply(JsonObject document, JsonObject change)
    {
        var at = change["at"]!.AsArray().Select(static step => (string)step!).ToArray();
        var parent = Walk(document, at[..^1]);
        if (change["set"] is { } value)
        {
            var owner = parent!.AsObject();
            if (Says(owner[at[^1]], value))
            {
                return false;
            }

            owner[at[^1]] = value.DeepClone();
            return true;
        }

        if (change.ContainsKey("remove"))
        {
            return parent is JsonObject owner && owner.Remove(at[^1]);
        }

        var list = Walk(document, at)!.AsArray();
        var isChanged = false;
        foreach (var item in change["add"]?.AsArray() ?? [])
        {
            if (!list.Any(one => Says(one, item)))
            {
                list.Add(item!.DeepClone());
                isChanged = true;
            }
        }

        foreach (var item in change["drop"]?.AsArray() ?? [])
        {
            if (list.FirstOrDefault(one => JsonNode.DeepEquals(one, item)) is { } found)
            {
                list.Remove(found);
                isChanged = true;
            }
        }

        return isChanged;
    }

    // Whether a description says so already; it may say more, in words for example.
    private static bool Says(JsonNode? node, JsonNode? fact) =>
        (node, fact) switch
        {
            (JsonObject one, JsonObject facts) => facts.All(item => Says(one[item.Key], item.Value)),
            (JsonArray one, JsonArray facts) => facts.All(item => one.Any(own => Says(own, item))),
            _ => JsonNode.DeepEquals(node, fact),
        };

    private static JsonNode? Walk(JsonNode? node, IEnumerable<string> steps) =>
        steps.Aggregate(
            node,
            static (one, step) =>
                one is JsonArray list
                    ? list[int.Parse(step, NumberStyles.None, CultureInfo.InvariantCulture)]
                    : one?[step]
        );
}
