using System;
using System.Text.Json;

namespace PolarPS.Emulator;

/// <summary>
/// One way in which a document appears in answers: a product by itself, inside a checkout link, inside a discount …
/// </summary>
internal sealed class View
{
    private readonly Action<Document, Utf8JsonWriter> _write;

    public View(Action<Document, Utf8JsonWriter> write) => _write = write;

    public byte[] Write(Document document) => Json.Write(writer => _write(document, writer));
}
