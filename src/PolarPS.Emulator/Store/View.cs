using System.Text.Json;

namespace PolarPS.Emulator;

/// <summary>
/// One way in which a document appears in answers: a product on its own, inside a checkout link, inside a discount …
/// </summary>
internal sealed class View
{
    private readonly Action<Document, Utf8JsonWriter> _write;

    public View(Action<Document, Utf8JsonWriter> write) => _write = write;

    /// <summary>The named members of a row as they are.</summary>
    public static View Members(params string[] names) =>
        new(
            (document, writer) =>
            {
                writer.WriteStartObject();
                writer.WriteMembers(document.Row, names);
                writer.WriteEndObject();
            }
        );

    /// <summary>The named members, and what else an action writes.</summary>
    public static View Members(string[] names, Action<Document, Utf8JsonWriter> more) =>
        new(
            (document, writer) =>
            {
                writer.WriteStartObject();
                writer.WriteMembers(document.Row, names);
                more(document, writer);
                writer.WriteEndObject();
            }
        );

    public byte[] Write(Document document) => Json.Write(writer => _write(document, writer));
}
