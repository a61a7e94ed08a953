using System.Text.Json;
using System.Text.Json.Serialization;

namespace PolarPS.Client;

/// <summary>A value of any kind as a plain .NET value, for the few properties that hold one.</summary>
internal sealed class PlainValueConverter : JsonConverter<object?>
{
    public override object? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return PlainJson.ReadForUsers(document.RootElement);
    }

    public override void Write(Utf8JsonWriter writer, object? value, JsonSerializerOptions options) =>
        PlainJson.Write(writer, value);
}
