using System.Collections;
using System.Text.Json;

namespace PolarPS.Client;

/// <summary>What Polar accepts as metadata, checked before anything is sent: its own refusal names no key.</summary>
internal static class MetadataRules
{
    private const int MostKeys = 50;
    private const int LongestKey = 40;
    private const int LongestText = 500;
    private const int MostSeatKeys = 10;
    private const int MostSeatBytes = 1024;

    /// <summary>Whether a field of a body is under the common rule, unless its body has another.</summary>
    public static bool Cover(string field) => field is "metadata" or "customer_metadata";

    /// <summary>The usual rule: a flat set of texts, numbers and booleans.</summary>
    /// <exception cref="ArgumentException">A key or value that Polar would refuse.</exception>
    public static void Check(object? metadata)
    {
        if (metadata is not null)
        {
            Check(Entries(metadata), static _ => false);
        }
    }

    /// <summary>The rule of events: the common one, but for the two keys whose values have a form of their own.</summary>
    /// <exception cref="ArgumentException">A key or value that Polar would refuse.</exception>
    public static void CheckEvent(object? metadata)
    {
        if (metadata is not null)
        {
            Check(Entries(metadata), static key => key is "_cost" or "_llm");
        }
    }

    /// <summary>The rule of seats: anything, but little of it.</summary>
    /// <exception cref="ArgumentException">There are too many keys, or too much text.</exception>
    public static void CheckSeat(object? metadata)
    {
        if (metadata is null)
        {
            return;
        }

        var entries = Entries(metadata);
        if (entries.Count > MostSeatKeys)
        {
            throw new ArgumentException(
                $"The metadata of a seat has at most {MostSeatKeys} keys; this has {entries.Count}."
            );
        }

        // Polar may count blanks and escapes that are not sent: what is over the limit here is so there, whatever it counts.
        var bytes = PlainJson.ToUtf8(entries).Length;
        if (bytes > MostSeatBytes)
        {
            throw new ArgumentException(
                $"The metadata of a seat has at most {MostSeatBytes} bytes as JSON; this has {bytes}."
            );
        }
    }

    private static void Check(IDictionary entries, Predicate<string> isFree)
    {
        if (entries.Count > MostKeys)
        {
            throw new ArgumentException($"Metadata has at most {MostKeys} keys; this has {entries.Count}.");
        }

        foreach (DictionaryEntry entry in entries)
        {
            var key = PlainJson.KeyText(entry.Key);
            if (Length(key) is < 1 or > LongestKey)
            {
                throw new ArgumentException(
                    $"The metadata key '{key}' has {Length(key)} characters; 1 to {LongestKey} are allowed."
                );
            }

            if (!isFree(key))
            {
                CheckValue(key, entry.Value);
            }
        }
    }

    private static void CheckValue(string key, object? value)
    {
        switch (value)
        {
            case string text:
                CheckText(key, text);
                break;
            case Uri address:
                CheckText(key, address.OriginalString);
                break;
            case JsonElement { ValueKind: JsonValueKind.String or JsonValueKind.Null } element:
                CheckValue(key, element.GetString());
                break;
            case JsonElement { ValueKind: JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False }:
            case bool or sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal:
            case char or Guid or DateTime or DateTimeOffset or Enum or DecimalText:
                break;
            case null:
                throw new ArgumentException(
                    $"The metadata value of '{key}' is null. Omit the key instead: new metadata replaces the stored one."
                );
            default:
                throw new ArgumentException(
                    $"The metadata value of '{key}' is a {KindOf(value)}; text, numbers and booleans are allowed."
                );
        }
    }

    private static void CheckText(string key, string text)
    {
        if (Length(text) is < 1 or > LongestText)
        {
            throw new ArgumentException(
                $"The metadata value of '{key}' has {Length(text)} characters; 1 to {LongestText} are allowed."
            );
        }
    }

    private static IDictionary Entries(object metadata) =>
        metadata switch
        {
            IDictionary dictionary => dictionary,
            PolarObject model => model.ToFields(),
            RequestBody body => body.ToFields(),
            JsonElement element when PlainJson.Read(element) is Dictionary<string, object?> read => read,
            _ => throw new ArgumentException($"Metadata has keys and values; this is a {KindOf(metadata)}."),
        };

    private static string KindOf(object value) =>
        value is JsonElement element ? $"JSON {element.ValueKind}" : value.GetType().Name;

    // As Polar counts: an emoji is one character, not the two halves that it has here.
    private static int Length(string text)
    {
        var count = text.Length;
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text, i - 1))
            {
                count--;
            }
        }

        return count;
    }
}
