using System.Text;

namespace PolarPS.Emulator;

/// <summary>
/// Every id, token and made-up number of an emulator. The sequence depends on the seed alone, and on no runtime's idea of
/// a random number, so that the same seed gives the same shop everywhere.
/// </summary>
internal sealed class IdGenerator
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const string Hex = "0123456789abcdef";
    private static readonly uint[] CrcTable = MakeCrcTable();

    private ulong _state;

    public IdGenerator(int seed, ulong stream = 0)
    {
        _state = (ulong)(uint)seed << 20;
        if (stream > 0)
        {
            // Another place in the same cycle, far off: one that is a few steps ahead would give the same ids again.
            _state = Mix(_state ^ unchecked(stream * 0xD1342543DE82EF95UL));
        }
    }

    /// <summary>The next 64 bits (SplitMix64).</summary>
    public ulong NextBits()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15UL;
            return Mix(_state);
        }
    }

    private static ulong Mix(ulong bits)
    {
        unchecked
        {
            bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9UL;
            bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBUL;
            return bits ^ (bits >> 31);
        }
    }

    /// <summary>A number from 0 to below <paramref name="limit"/>.</summary>
    public int Next(int limit) => (int)(NextBits() % (ulong)limit);

    /// <summary>A number from 0 to below 1.</summary>
    public double NextFraction() => (NextBits() >> 11) / (double)(1UL << 53);

    /// <summary>A version 4 UUID in its canonical form.</summary>
    public string NextId()
    {
        var high = NextBits();
        var low = NextBits();
        high = (high & 0xFFFFFFFFFFFF0FFFUL) | 0x4000UL;
        low = (low & 0x3FFFFFFFFFFFFFFFUL) | 0x8000000000000000UL;
        var text = new char[36];
        var position = 0;
        for (var digit = 0; digit < 32; digit++)
        {
            if (digit is 8 or 12 or 16 or 20)
            {
                text[position++] = '-';
            }

            var half = digit < 16 ? high : low;
            text[position++] = Hex[(int)((half >> (60 - (4 * (digit & 15)))) & 15)];
        }

        return new string(text);
    }

    /// <summary>A token in Polar's form: prefix, 37 random characters, and six that hold their checksum.</summary>
    public string NextToken(string prefix)
    {
        var body = NextText(37);
        var crc = Crc32(body);
        var check = new char[6];
        for (var i = check.Length - 1; i >= 0; i--)
        {
            check[i] = Alphabet[(int)(crc % 62)];
            crc /= 62;
        }

        return prefix + body + new string(check);
    }

    /// <summary>Random letters and digits.</summary>
    public string NextText(int length)
    {
        var text = new StringBuilder(length);
        for (var i = 0; i < length; i++)
        {
            text.Append(Alphabet[Next(Alphabet.Length)]);
        }

        return text.ToString();
    }

    /// <summary>Random bytes, for made-up checksums.</summary>
    public byte[] NextBytes(int count)
    {
        var bytes = new byte[count];
        for (var i = 0; i < count; i++)
        {
            bytes[i] = (byte)Next(256);
        }

        return bytes;
    }

    private static uint Crc32(string text)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var character in text)
        {
            crc = CrcTable[(crc ^ character) & 0xFF] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static uint[] MakeCrcTable()
    {
        var table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
            {
                value = (value & 1) != 0 ? 0xEDB88320u ^ (value >> 1) : value >> 1;
            }

            table[i] = value;
        }

        return table;
    }
}
