using System.Collections;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PolarPS.Client;

/// <summary>JSON to and from plain .NET values: string, long, double, bool, null, dictionary, list.</summary>
internal static class PlainJson
{
    private const int DepthLimit = 64;
    private const string Unreadable = "\uFFFD";

    /// <summary>The plain value of a JSON element, as the client works on it.</summary>
    public static object? Read(JsonElement element) => Read(element, isForUsers: false);

    /// <summary>The plain value of a JSON element, as a user gets it: with dictionaries that find a key in any case.</summary>
    public static object? ReadForUsers(JsonElement element) => Read(element, isForUsers: true);

    private static object? Read(JsonElement element, bool isForUsers)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                return TextOf(element);
            case JsonValueKind.True:
                return true;
            case JsonValueKind.False:
                return false;
            case JsonValueKind.Number:
                return ReadNumber(element);
            case JsonValueKind.Array:
                var list = new List<object?>(element.GetArrayLength());
                foreach (var item in element.EnumerateArray())
                {
                    list.Add(Read(item, isForUsers));
                }

                return list;
            case JsonValueKind.Object:
                if (isForUsers)
                {
                    var found = new Models.PolarDictionary<object?>();
                    foreach (var property in element.EnumerateObject())
                    {
                        found.Put(Key(NameOf(property)), Read(property.Value, isForUsers));
                    }

                    return found;
                }

                var dictionary = new Dictionary<string, object?>(StringComparer.Ordinal);
                foreach (var property in element.EnumerateObject())
                {
                    dictionary[Key(NameOf(property))] = Read(property.Value, isForUsers);
                }

                return dictionary;
            default:
                return null;
        }
    }

    /// <summary>The key under which a field below goes: what did not fit its property goes by its own name.</summary>
    public static string Key(string name) => name.TrimStart(TolerantJson.Misfit);

    /// <summary>A JSON string as text, also one with half a character, which a JSON parser refuses only when it is asked for.</summary>
    public static string TextOf(JsonElement element)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Unescape(element);
        }
    }

    private static string Unescape(JsonElement element)
    {
        try
        {
            var raw = element.GetRawText();
            return Regex.Unescape(raw.Substring(1, raw.Length - 2));
        }
        catch (InvalidOperationException)
        {
            // Its bytes are no text at all.
            return Unreadable;
        }
    }

    private static string NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return Unreadable;
        }
    }

    /// <summary>A value as JSON text.</summary>
    /// <exception cref="ArgumentException">The value is of a kind that JSON has no form for.</exception>
    public static byte[] ToUtf8(object? value)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, JsonSettings.WriterOptions))
        {
            Write(writer, value);
        }

        return buffer.ToArray();
    }

    /// <summary>The key of a dictionary as the name that it is sent under.</summary>
    public static string KeyText(object key) => Convert.ToString(key, CultureInfo.InvariantCulture) ?? string.Empty;

    /// <summary>Writes a plain value, a request body, or a list or dictionary of such.</summary>
    /// <exception cref="ArgumentException">The value is of a kind that JSON has no form for.</exception>
    public static void Write(Utf8JsonWriter writer, object? value) => Write(writer, value, 0);

    private static object ReadNumber(JsonElement element)
    {
        if (element.TryGetInt64(out var whole))
        {
            return whole;
        }

        // A whole number too long for 64 bits stays exact as a decimal where that holds it.
        var text = element.GetRawText();
        return text.IndexOfAny(['.', 'e', 'E']) < 0 && element.TryGetDecimal(out var exact)
            ? exact
            : element.GetDouble();
    }

    /// <summary>The same of the number on which a reader stands.</summary>
    /// <exception cref="FormatException">It is too large for this computer's numbers.</exception>
    public static object ReadNumber(ref Utf8JsonReader reader)
    {
        if (reader.TryGetInt64(out var whole))
        {
            return whole;
        }

        return reader.ValueSpan.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0 && reader.TryGetDecimal(out var exact)
            ? exact
            : reader.GetDouble();
    }

    /// <param name="writer">Takes the JSON.</param>
    /// <param name="value">The value.</param>
    /// <param name="depth">How many levels there are above it.</param>
    public static void Write(Utf8JsonWriter writer, object? value, int depth)
    {
        if (depth > DepthLimit)
        {
            throw new ArgumentException($"The value is nested more than {DepthLimit} levels deep, or contains itself.");
        }

        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case char letter:
                writer.WriteStringValue(letter.ToString());
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case decimal number:
                writer.WriteNumberValue(number);
                break;
            case double number:
                WriteFloating(writer, number);
                break;
            case float number:
                WriteFloating(writer, number);
                break;
            case ulong number:
                writer.WriteNumberValue(number);
                break;
            case sbyte or byte or short or ushort or int or uint or long:
                writer.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case DateTimeOffset time:
                writer.WriteStringValue(TimeText(time));
                break;
            case DateTime time:
                writer.WriteStringValue(TimeText(new DateTimeOffset(time)));
                break;
            case Guid id:
                writer.WriteStringValue(id.ToString("D"));
                break;
            case Uri address:
                writer.WriteStringValue(address.OriginalString);
                break;
            case Enum known:
                writer.WriteStringValue(known.ToString());
                break;
            case DecimalText number:
                writer.WriteStringValue(number.ToString());
                break;
            case JsonElement element:
                element.WriteTo(writer);
                break;
            case RequestBody body:
                body.WriteTo(writer, depth);
                break;
            case Models.PolarObject model:
                WriteDictionary(writer, model.ToFields(), depth);
                break;
            case IDictionary dictionary:
                WriteDictionary(writer, dictionary, depth);
                break;
            case IEnumerable items:
                writer.WriteStartArray();
                foreach (var item in items)
                {
                    Write(writer, item, depth + 1);
                }

                writer.WriteEndArray();
                break;
            default:
                throw new ArgumentException($"A value of type {value.GetType()} cannot be sent as JSON.");
        }
    }

    /// <summary>A time as the API reads it: RFC 3339 in UTC.</summary>
    public static string TimeText(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    private static void WriteFloating(Utf8JsonWriter writer, double number)
    {
        if (double.IsNaN(number) || double.IsInfinity(number))
        {
            throw new ArgumentException("JSON cannot represent NaN or infinity.");
        }

        // The shortest text that reads back to the same number, on .NET Framework too.
        writer.WriteRawValue(number.ToString("R", CultureInfo.InvariantCulture));
    }

    private static void WriteDictionary(Utf8JsonWriter writer, IDictionary dictionary, int depth)
    {
        writer.WriteStartObject();
        foreach (DictionaryEntry entry in dictionary)
        {
            writer.WritePropertyName(KeyText(entry.Key));
            Write(writer, entry.Value, depth + 1);
        }

        writer.WriteEndObject();
    }
}

/// <summary>A decimal that travels as a string, so that no digit is lost.</summary>
internal readonly struct DecimalText(decimal value)
{
    public override string ToString() => value.ToString(CultureInfo.InvariantCulture);
}
