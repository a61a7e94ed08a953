using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace PolarPS.Client;

/// <summary>Reads a value on whose first token the reader stands, and leaves it on the last one.</summary>
/// <exception cref="JsonException">The value is not one of the type.</exception>
/// <exception cref="FormatException">The same.</exception>
/// <exception cref="InvalidOperationException">The same; or a text is no text.</exception>
internal delegate T? ReadValue<T>(ref Utf8JsonReader reader, SharedTexts texts);

/// <summary>
/// Reads a type from JSON: by code generated for it (<c>ModelReaders</c>), and whatever does not fit by metadata, which keeps
/// it aside. Metadata is not touched before it is needed: it takes a new process as long as a whole request.
/// </summary>
internal sealed class ModelReader<T>(ReadValue<T> read)
    where T : class
{
    /// <summary>How System.Text.Json reads the type.</summary>
    public static JsonTypeInfo<T> Metadata => (JsonTypeInfo<T>)PolarJson.Default.GetTypeInfo(typeof(T))!;

    /// <summary>Reads a document; null where that is what it says.</summary>
    /// <param name="utf8">The document. Nothing of it is kept.</param>
    /// <exception cref="JsonException">It is not JSON of that type at all.</exception>
    public T? Read(ArraySegment<byte> utf8)
    {
        if (TryRead(utf8, out var model))
        {
            return model;
        }

        using var stream = new MemoryStream(utf8.Array!, utf8.Offset, utf8.Count, writable: false);
        return TolerantJson.Read(stream, Metadata);
    }

    /// <summary>The same of a text.</summary>
    /// <exception cref="JsonException">It is not JSON of that type at all.</exception>
    public T? Read(string text) => Read(new ArraySegment<byte>(Encoding.UTF8.GetBytes(text)));

    /// <summary>Reads a document in which everything fits, by generated code alone.</summary>
    /// <returns>Whether that went well; if not, it says nothing of whether metadata could read it.</returns>
    internal bool TryRead(ReadOnlySpan<byte> utf8, out T? model)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8);
            reader.Read();
            model = read(ref reader, new SharedTexts());
            // What stands behind the document is looked at, too, and throws.
            return model is not null && !reader.Read();
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            model = null;
            return false;
        }
    }
}
