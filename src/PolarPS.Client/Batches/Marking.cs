using System.Text.Json;

namespace PolarPS.Client;

/// <summary>Puts a mark into the metadata of a body.</summary>
internal static class Marking
{
    private const string Field = "metadata";

    // Polar's limit, of which the mark takes one.
    private const int MostKeys = 50;

    /// <summary>The body with a mark.</summary>
    /// <param name="body">A JSON document.</param>
    /// <param name="marker">The key.</param>
    /// <param name="mark">The value.</param>
    /// <returns>Null where there is no room for it: the metadata is full, or has the key already.</returns>
    public static byte[]? Add(byte[] body, string marker, string mark)
    {
        using var document = JsonDocument.Parse(body);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var isGiven = root.TryGetProperty(Field, out var metadata) && metadata.ValueKind != JsonValueKind.Null;
        if (
            isGiven
            && (
                metadata.ValueKind != JsonValueKind.Object
                || metadata.EnumerateObject().Count() >= MostKeys
                || metadata.TryGetProperty(marker, out _)
            )
        )
        {
            return null;
        }

        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, JsonSettings.WriterOptions))
        {
            writer.WriteStartObject();
            foreach (var property in root.EnumerateObject().Where(static property => !property.NameEquals(Field)))
            {
                property.WriteTo(writer);
            }

            writer.WriteStartObject(Field);
            if (isGiven)
            {
                foreach (var property in metadata.EnumerateObject())
                {
                    property.WriteTo(writer);
                }
            }

            writer.WriteString(marker, mark);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
