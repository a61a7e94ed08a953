using System.Collections;
using System.Text.Json;

namespace PolarPS.Client;

/// <summary>What to list at a path without its own method.</summary>
public sealed class RawListQuery : ListQuery
{
    /// <summary>
    /// The filters by their names in the API: text, numbers, booleans, times; a list gives alternatives, a dictionary becomes
    /// <c>name[key]=value</c>. Empty values are refused, as they would filter nothing. Null for none.
    /// </summary>
    public IDictionary? Filter { get; set; }

    internal RowOrder RawOrder { get; set; }

    internal bool IsCounted { get; set; } = true;

    internal override RowOrder Order => RawOrder;

    internal override bool CountsRowsOnce => IsCounted;

    internal override void AddFilters(QueryBuilder query) { }
}

/// <summary>An item of a list at a path without its own method.</summary>
public sealed class RawItem : IDated
{
    internal RawItem(JsonElement json) => Json = json;

    DateTimeOffset? IDated.CreatedAt => TimeOf("created_at");

    DateTimeOffset? IDated.ModifiedAt => TimeOf("modified_at");

    /// <summary>The item as plain values: string, long, double, bool, null, dictionary, list.</summary>
    public object? Value => PlainJson.ReadForUsers(Json);

    /// <summary>The item's id; null for what has none.</summary>
    public string? Id =>
        Json.ValueKind != JsonValueKind.Object || !Json.TryGetProperty("id", out var id) ? null
        : id.ValueKind == JsonValueKind.String ? PlainJson.TextOf(id)
        : id.ValueKind == JsonValueKind.Number ? id.GetRawText()
        : null;

    /// <summary>The same, with keys as they are spelled only.</summary>
    internal object? Plain => PlainJson.Read(Json);

    internal JsonElement Json { get; }

    // One that cannot be read may be of this moment.
    private DateTimeOffset? TimeOf(string name) =>
        Json.ValueKind != JsonValueKind.Object
        || !Json.TryGetProperty(name, out var value)
        || value.ValueKind == JsonValueKind.Null
            ? null
        : value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out var time) ? time
        : DateTimeOffset.MaxValue;
}
