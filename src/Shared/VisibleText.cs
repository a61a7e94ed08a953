using System.Text;

namespace PolarPS;

/// <summary>
/// The one place that makes text safe to display. Text from others (names, labels, a server's message) may contain escape
/// sequences, line breaks and characters that hide or reorder what stands beside them; whatever is shown goes through here.
/// Text in any script stays as it is, and so does the data: only what is shown is changed.
/// </summary>
internal static class VisibleText
{
    private const char Joiner = '\u200D';
    private const char NonJoiner = '\u200C';

    /// <summary>
    /// The text in one line in which every character can be seen: ␛ and ␊ for control characters, &lt;U+202E&gt; for others.
    /// </summary>
    /// <param name="text">Any text; null gives an empty string.</param>
    /// <returns>The same instance where there is nothing to change.</returns>
    public static string Of(string? text)
    {
        if (text is null)
        {
            return string.Empty;
        }

        var first = FirstHidden(text, 0);
        return first < 0 ? text : Rewrite(text, first);
    }

    /// <summary>
    /// The same for multi-line text: line feeds stay, and what follows one is indented, so that a line cannot
    /// pass for one of another source.
    /// </summary>
    /// <param name="text">Any text; null gives an empty string.</param>
    public static string Lines(string? text)
    {
        if (text is null || text.IndexOf('\n') < 0)
        {
            return Of(text);
        }

        var lines = text.Replace("\r\n", "\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            lines[i] = (i > 0 && lines[i].Length > 0 ? "  " : string.Empty) + Of(lines[i]);
        }

        return string.Join("\n", lines);
    }

    /// <summary>Whether a text would be shown as it is.</summary>
    public static bool IsPlain(string text) => FirstHidden(text, 0) < 0;

    private static int FirstHidden(string text, int start)
    {
        for (var i = start; i < text.Length; i++)
        {
            var letter = text[i];
            if (letter is >= ' ' and < '\u007F')
            {
                continue;
            }

            var code = CodeAt(text, i);
            if (IsHidden(text, i, code))
            {
                return i;
            }

            i += code > char.MaxValue ? 1 : 0;
        }

        return -1;
    }

    private static string Rewrite(string text, int hidden)
    {
        var result = new StringBuilder(text.Length + 16);
        var done = 0;
        while (hidden >= 0)
        {
            result.Append(text, done, hidden - done);
            var code = CodeAt(text, hidden);
            done = hidden + (code > char.MaxValue ? 2 : 1);
            AppendVisible(result, code);
            hidden = FirstHidden(text, done);
        }

        return result.Append(text, done, text.Length - done).ToString();
    }

    private static void AppendVisible(StringBuilder result, int code)
    {
        switch (code)
        {
            case < ' ':
                result.Append((char)('\u2400' + code));
                break;
            case '\u007F':
                result.Append('\u2421');
                break;
            default:
                result.Append("<U+").Append(code.ToString("X4", CultureInfo.InvariantCulture)).Append('>');
                break;
        }
    }

    // The code point at a place; an unpaired surrogate counts as itself.
    private static int CodeAt(string text, int index) =>
        char.IsHighSurrogate(text[index]) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1])
            ? char.ConvertToUtf32(text[index], text[index + 1])
            : text[index];

    private static bool IsHidden(string text, int index, int code) =>
        code switch
        {
            < ' ' or (>= 0x7F and <= 0x9F) => true,
            // Soft hyphen, grapheme joiner, the Arabic letter mark, fillers that are letters by name only.
            0xAD or 0x34F or 0x61C or 0x115F or 0x1160 or 0x3164 or 0xFFA0 => true,
            Joiner or NonJoiner => !Joins(text, index),
            // Mongolian forms belong to the letter before them.
            >= 0x180B and <= 0x180D or 0x180F => !(index > 0 && text[index - 1] is >= '\u1820' and <= '\u18AA'),
            0x180E => true,
            // Zero-width, marks, separators, embeddings and overrides, invisible operators, isolates, deprecated formats.
            0x200B or 0x200E or 0x200F => true,
            >= 0x2028 and <= 0x202E => true,
            >= 0x2060 and <= 0x206F => true,
            >= 0xD800 and <= 0xDFFF => true,
            >= 0xFE00 and <= 0xFE0F => !(index > 0 && Carries(text, index)),
            0xFEFF or (>= 0xFFF0 and <= 0xFFFB) or 0xFFFE or 0xFFFF => true,
            >= 0x13430 and <= 0x1343F => true,
            >= 0x1BCA0 and <= 0x1BCA3 => true,
            >= 0x1D173 and <= 0x1D17A => true,
            >= 0xE0000 and <= 0xE0FFF => code is >= 0xE0100 and <= 0xE01EF
                ? !(index > 0 && IsIdeograph(CodeBefore(text, index)))
                : !InFlag(text, index),
            _ => false,
        };

    // A joiner is part of the writing between letters of a script that joins, and of an emoji that is made of several.
    private static bool Joins(string text, int index)
    {
        if (index == 0 || index + 1 >= text.Length)
        {
            return false;
        }

        var (before, after) = (CodeBefore(text, index), CodeAt(text, index + 1));
        if (text[index] == Joiner && IsEmoji(after))
        {
            // The colour of a skin and the form of an emoji stand between it and the joiner.
            var at = index;
            while (at > 0 && (before is 0xFE0F or (>= 0x1F3FB and <= 0x1F3FF)))
            {
                at -= before > char.MaxValue ? 2 : 1;
                before = at > 0 ? CodeBefore(text, at) : 0;
            }

            return IsEmoji(before);
        }

        return IsJoining(before) && (IsJoining(after) || after == ' ');
    }

    private static bool Carries(string text, int index)
    {
        var before = CodeBefore(text, index);
        return before > ' '
            && before is not (>= 0xFE00 and <= 0xFE0F)
            && !(before is >= 0x7F and <= 0xA0 or >= 0x2000 and <= 0x200F);
    }

    private static int CodeBefore(string text, int index) =>
        index > 1 && char.IsLowSurrogate(text[index - 1]) && char.IsHighSurrogate(text[index - 2])
            ? char.ConvertToUtf32(text[index - 2], text[index - 1])
            : text[index - 1];

    // Arabic and its kin, the scripts of India and its neighbours, Mongolian, and their presentation forms.
    private static bool IsJoining(int code) =>
        code
            is (>= 0x620 and <= 0x8FF)
                or (>= 0x900 and <= 0xDFF)
                or (>= 0xF00 and <= 0x109F)
                or (>= 0x1780 and <= 0x17FF)
                or (>= 0x1820 and <= 0x18AA)
                or (>= 0x1A20 and <= 0x1AAF)
                or (>= 0x1B00 and <= 0x1C4F)
                or (>= 0xA840 and <= 0xABFF)
                or (>= 0xFB50 and <= 0xFDFF)
                or (>= 0xFE70 and <= 0xFEFC)
                or (>= 0x11000 and <= 0x11FFF);

    private static bool IsEmoji(int code) =>
        code is (>= 0x1F000 and <= 0x1FAFF) or (>= 0x2190 and <= 0x2BFF) or 0xA9 or 0xAE or 0x3030 or 0x303D;

    private static bool IsIdeograph(int code) =>
        code is (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);

    // England, Scotland and Wales are a black flag, their code in tag characters, and an end.
    private static bool InFlag(string text, int index)
    {
        const string Flag = "\U0001F3F4";
        foreach (
            var flag in new[]
            {
                Flag + "\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F",
                Flag + "\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F",
                Flag + "\U000E0067\U000E0062\U000E0077\U000E006C\U000E0073\U000E007F",
            }
        )
        {
            // Each part takes two places.
            for (var start = index - 2; start >= 0 && start >= index - flag.Length + 2; start -= 2)
            {
                if (string.CompareOrdinal(text, start, flag, 0, flag.Length) == 0)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
