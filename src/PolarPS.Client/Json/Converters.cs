using System.Text.Json;
using System.Text.Json.Serialization;

namespace PolarPS.Client;

/// <summary>Metadata as plain .NET values.</summary>
internal sealed class MetadataConverter : JsonConverter<PolarMetadata>
{
    public override PolarMetadata Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("Expected an object.");
        }

        var metadata = new PolarMetadata();
        foreach (var property in document.RootElement.EnumerateObject())
        {
            metadata.Put(property.Name, PlainJson.ReadForUsers(property.Value));
        }

        return metadata;
    }

    public override void Write(Utf8JsonWriter writer, PolarMetadata value, JsonSerializerOptions options) =>
        PlainJson.Write(writer, value);
}

/// <summary>Decimals come as strings, sometimes as numbers; either way every digit is kept.</summary>
internal sealed class DecimalConverter : JsonConverter<decimal>
{
    // Small ones may come as 1.0000E-8, and nothing as 0E-12. A comma is none of it: it could be meant either way.
    private const NumberStyles Style =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Read(ref reader);

    /// <exception cref="JsonException">It is none.</exception>
    /// <exception cref="FormatException">It is a number that no decimal can hold.</exception>
    public static decimal Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            return reader.GetDecimal();
        }

        return
            reader.TokenType == JsonTokenType.String
            && decimal.TryParse(reader.GetString(), Style, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new JsonException("Expected a decimal number.");
    }

    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
}

/// <summary>Times as Polar sends them, in UTC; or in the computer's zone, where a person looks at them.</summary>
internal sealed class TimeConverter : JsonConverter<DateTimeOffset>
{
    /// <summary>Whether times are read into the computer's zone; the instant is the same.</summary>
    public static bool IsLocal { get; set; }

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Read(ref reader);

    /// <exception cref="FormatException">The text is no time.</exception>
    /// <exception cref="InvalidOperationException">It is no text.</exception>
    public static DateTimeOffset Read(ref Utf8JsonReader reader)
    {
        var time = reader.GetDateTimeOffset();
        return IsLocal ? time.ToLocalTime() : time;
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);
}

/// <summary>Times that are read with the offset that Polar sends, as it says which time zone was asked for.</summary>
internal sealed class SentTimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);
}
