using System.Text.Json;

namespace PolarPS.Client;

/// <summary>
/// The values of fields as the generated readers read them: exactly as the metadata of <see cref="PolarJson"/> does, or not
/// at all. Of what is unusual each throws, and metadata reads the document again.
/// </summary>
internal static class Fields
{
    // One object each, in place of one for each value that is read.
    private static readonly object True = true;
    private static readonly object False = false;

    /// <summary>What is thrown where a value is not of its property's type.</summary>
    public static JsonException Misfit() => new("A value does not fit.");

    /// <summary>Whether an object begins here; false for null.</summary>
    public static bool Begins(ref Utf8JsonReader reader) => Begins(ref reader, JsonTokenType.StartObject);

    /// <summary>Goes on to the next name in an object; false at its end.</summary>
    public static bool Continues(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>A name that is written with escapes.</summary>
    public static byte[] Unescaped(ref Utf8JsonReader reader)
    {
        var name = new byte[reader.ValueSpan.Length];
        return name.AsSpan(0, reader.CopyString(name)).ToArray();
    }

    /// <summary>Keeps the field on whose name the reader stands among the unknown ones.</summary>
    public static void Keep(ref Utf8JsonReader reader, SharedTexts texts, Dictionary<string, JsonElement> unknown)
    {
        var name = texts.Of(ref reader);
        reader.Read();
        unknown[name] = JsonElement.ParseValue(ref reader);
    }

    /// <summary>A text that is likely to come again.</summary>
    public static string? Text(ref Utf8JsonReader reader, SharedTexts texts) =>
        reader.TokenType == JsonTokenType.String ? texts.Of(ref reader) : Nothing<string>(ref reader);

    /// <summary>A text that is not.</summary>
    public static string? OwnText(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String ? reader.GetString() : Nothing<string>(ref reader);

    public static bool? Boolean(ref Utf8JsonReader reader) =>
        reader.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            _ => NoValue<bool>(ref reader),
        };

    public static int? Int32(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number ? reader.GetInt32() : NoValue<int>(ref reader);

    public static long? Int64(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number ? reader.GetInt64() : NoValue<long>(ref reader);

    public static double? Double(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number ? reader.GetDouble() : NoValue<double>(ref reader);

    public static decimal? Decimal(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Null ? null : DecimalConverter.Read(ref reader);

    public static DateTimeOffset? Time(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Null ? null : TimeConverter.Read(ref reader);

    /// <summary>As <see cref="SentTimeConverter"/> does.</summary>
    public static DateTimeOffset? SentTime(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Null ? null : reader.GetDateTimeOffset();

    public static JsonElement? Element(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Null ? null : JsonElement.ParseValue(ref reader);

    /// <summary>As <see cref="MetadataConverter"/> does.</summary>
    public static PolarMetadata? Metadata(ref Utf8JsonReader reader, SharedTexts texts)
    {
        if (!Begins(ref reader))
        {
            return null;
        }

        var metadata = new PolarMetadata();
        while (Continues(ref reader))
        {
            var key = texts.Of(ref reader);
            reader.Read();
            metadata.Put(key, Plain(ref reader, texts));
        }

        return metadata;
    }

    /// <summary>As <see cref="PlainJson.ReadForUsers"/> does.</summary>
    public static object? Plain(ref Utf8JsonReader reader, SharedTexts texts)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return texts.Of(ref reader);
            case JsonTokenType.True:
                return True;
            case JsonTokenType.False:
                return False;
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.Number:
                return PlainJson.ReadNumber(ref reader);
            case JsonTokenType.StartArray:
                var list = new List<object?>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    list.Add(Plain(ref reader, texts));
                }

                return list;
            case JsonTokenType.StartObject:
                var found = new PolarDictionary<object?>();
                while (Continues(ref reader))
                {
                    var key = PlainJson.Key(texts.Of(ref reader));
                    reader.Read();
                    found.Put(key, Plain(ref reader, texts));
                }

                return found;
            default:
                throw Misfit();
        }
    }

    /// <summary>Whether a list begins here; false for null.</summary>
    public static bool BeginsList(ref Utf8JsonReader reader) => Begins(ref reader, JsonTokenType.StartArray);

    /// <summary>Reads the items of the list that begins here. The caller makes the list: .NET would look up how, each time.</summary>
    public static TList Fill<TList, TItem>(
        ref Utf8JsonReader reader,
        SharedTexts texts,
        TList list,
        ReadValue<TItem> read
    )
        where TList : List<TItem>
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            // Null is kept, as metadata does it.
            var item = read(ref reader, texts)!;
            if (list.Count == 0)
            {
                // Most lists within objects have one item; .NET would make room for four.
                list.Capacity = 1;
            }

            list.Add(item);
        }

        return list;
    }

    public static PolarDictionary<TValue>? Dictionary<TValue>(
        ref Utf8JsonReader reader,
        SharedTexts texts,
        ReadValue<TValue> read
    )
    {
        if (!Begins(ref reader))
        {
            return null;
        }

        var dictionary = new PolarDictionary<TValue>();
        while (Continues(ref reader))
        {
            var key = texts.Of(ref reader);
            reader.Read();
            // By the indexer, as metadata does it: of keys that differ in case only, the last one's value stays.
            dictionary[key] = read(ref reader, texts)!;
        }

        return dictionary;
    }

    private static bool Begins(ref Utf8JsonReader reader, JsonTokenType token) =>
        reader.TokenType == token || (reader.TokenType == JsonTokenType.Null ? false : throw Misfit());

    private static T? Nothing<T>(ref Utf8JsonReader reader)
        where T : class => reader.TokenType == JsonTokenType.Null ? null : throw Misfit();

    private static T? NoValue<T>(ref Utf8JsonReader reader)
        where T : struct => reader.TokenType == JsonTokenType.Null ? null : throw Misfit();
}
