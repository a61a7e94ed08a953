using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PolarPS.Emulator;

/// <summary>Small helpers over <see cref="JsonNode"/>.</summary>
internal static class Json
{
    private static readonly UTF8Encoding Utf8 = new(false);

    // Text is written as it is, as the API does, instead of escaping everything that is not ASCII.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream(1024);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            write(writer);
        }

        return buffer.ToArray();
    }

    public static byte[] ToBytes(JsonNode? node) => Write(writer => WriteNode(writer, node));

    public static string ToText(byte[] bytes) => Utf8.GetString(bytes);

    public static byte[] FromText(string text) => Utf8.GetBytes(text);

    public static JsonObject Parse(string text) => (JsonObject)JsonNode.Parse(text)!;

    public static string? Text(this JsonObject row, string name) =>
        row.TryGetPropertyValue(name, out var node)
        && node is JsonValue value
        && value.TryGetValue<string>(out var text)
            ? text
            : null;

    public static bool Flag(this JsonObject row, string name) =>
        row.TryGetPropertyValue(name, out var node)
        && node is JsonValue value
        && value.TryGetValue<bool>(out var flag)
        && flag;

    public static long? Number(this JsonObject row, string name) =>
        row.TryGetPropertyValue(name, out var node) && node is JsonValue value ? Number(value) : null;

    public static long? Number(JsonValue value)
    {
        if (value.TryGetValue<long>(out var number))
        {
            return number;
        }

        return value.TryGetValue<int>(out var small) ? small : null;
    }

    public static bool Has(this JsonObject row, string name) =>
        row.TryGetPropertyValue(name, out var node) && node is not null;

    /// <summary>The texts of an array of texts, such as a list of ids.</summary>
    public static IEnumerable<string> Texts(this JsonObject row, string name)
    {
        if (row.TryGetPropertyValue(name, out var node) && node is JsonArray items)
        {
            foreach (var item in items)
            {
                if (item is JsonValue value && value.TryGetValue<string>(out var text))
                {
                    yield return text;
                }
            }
        }
    }

    /// <summary>The objects of an array of objects.</summary>
    public static IEnumerable<JsonObject> Objects(this JsonObject row, string name)
    {
        if (row.TryGetPropertyValue(name, out var node) && node is JsonArray items)
        {
            foreach (var item in items)
            {
                if (item is JsonObject member)
                {
                    yield return member;
                }
            }
        }
    }

    public static JsonArray ToArray(IEnumerable<string> texts)
    {
        var array = new JsonArray();
        foreach (var text in texts)
        {
            array.Add((JsonNode?)JsonValue.Create(text));
        }

        return array;
    }

    /// <summary>A free-standing copy of a member, null if it is absent.</summary>
    public static JsonNode? Copy(this JsonObject row, string name) =>
        row.TryGetPropertyValue(name, out var node) ? node?.DeepClone() : null;

    public static JsonObject Clone(this JsonObject row) => (JsonObject)row.DeepClone();

    /// <summary>Writes the named members, null for the absent ones.</summary>
    public static void WriteMembers(this Utf8JsonWriter writer, JsonObject row, params string[] names)
    {
        foreach (var name in names)
        {
            writer.WritePropertyName(name);
            WriteNode(writer, row.TryGetPropertyValue(name, out var node) ? node : null);
        }
    }

    /// <summary>Writes an array of documents that are already bytes.</summary>
    public static void WriteDocuments(
        this Utf8JsonWriter writer,
        string name,
        IEnumerable<Document> documents,
        View view
    )
    {
        writer.WriteStartArray(name);
        foreach (var document in documents)
        {
            writer.WriteRawValue(document.Render(view), skipInputValidation: true);
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes a member that is a document in one of its views, or null.</summary>
    public static void WriteDocument(this Utf8JsonWriter writer, string name, Document? document, View view)
    {
        writer.WritePropertyName(name);
        if (document is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            writer.WriteRawValue(document.Render(view), skipInputValidation: true);
        }
    }

    /// <summary>Writes what a row refers to (<c>customer</c> by <c>customer_id</c>), or null.</summary>
    /// <param name="writer">Where.</param>
    /// <param name="name">The member, which is the name of the reference without its <c>_id</c>.</param>
    /// <param name="row">The row.</param>
    /// <param name="resource">What it refers to.</param>
    /// <param name="view">How it is written; null for as it is on its own.</param>
    public static void WriteLinked(
        this Utf8JsonWriter writer,
        string name,
        JsonObject row,
        Resource resource,
        View? view = null
    ) => writer.WriteDocument(name, resource.Documents.Find(row.Text(name + "_id")), view ?? resource.View);

    /// <summary>A document in one of its views, as a tree that something can be added to.</summary>
    public static JsonObject ToObject(this Document document, View view) =>
        (JsonObject)JsonNode.Parse(document.Render(view))!;

    public static void WriteNode(Utf8JsonWriter writer, JsonNode? node)
    {
        if (node is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            node.WriteTo(writer);
        }
    }
}
