using System.Buffers.Binary;
using System.Text.Json;

namespace PolarPS.Client;

/// <summary>
/// The short texts of one document, each as one string however often it occurs: currencies, states, and the ids of what many
/// rows belong to. A text that falls into another's place takes it.
/// </summary>
internal sealed class SharedTexts
{
    // An id has 36.
    private const int Longest = 40;
    private const int Bits = 8;

    private string?[]? _texts;

    /// <summary>The text on which the reader stands: a string or a name.</summary>
    /// <exception cref="InvalidOperationException">It is no text.</exception>
    public string Of(ref Utf8JsonReader reader)
    {
        var bytes = reader.ValueSpan;
        if (reader.ValueIsEscaped || bytes.Length is 0 or > Longest)
        {
            return reader.GetString()!;
        }

        _texts ??= new string?[1 << Bits];
        ref var place = ref _texts[PlaceOf(bytes)];
        if (place is not null && IsSame(place, bytes))
        {
            return place;
        }

        var text = reader.GetString()!;
        if (text.Length == bytes.Length)
        {
            // Only then is each letter a byte, and comparing the two the whole truth.
            place = text;
        }

        return text;
    }

    private static bool IsSame(string text, ReadOnlySpan<byte> bytes)
    {
        if (text.Length != bytes.Length)
        {
            return false;
        }

        // From the end: ids that are given in turn begin alike.
        for (var index = bytes.Length - 1; index >= 0; index--)
        {
            if (text[index] != bytes[index])
            {
                return false;
            }
        }

        return true;
    }

    private static int PlaceOf(ReadOnlySpan<byte> bytes)
    {
        const ulong Factor = 0x9E3779B97F4A7C15;
        var hash = (ulong)bytes.Length;
        if (bytes.Length >= sizeof(ulong))
        {
            hash ^= BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            hash = hash * Factor ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes.Slice(bytes.Length - sizeof(ulong)));
        }
        else
        {
            foreach (var letter in bytes)
            {
                hash = hash << 8 | letter;
            }
        }

        return (int)(hash * Factor >> (64 - Bits));
    }
}
