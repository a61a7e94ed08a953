using System.Runtime.InteropServices;
using System.Text;

namespace PolarPS.Client;

/// <summary>Valid file names, and names built from data.</summary>
internal static class FileNames
{
    private const int LongestName = 255;
    private const int LongestWindowsPath = 259;
    private const int LongestMade = 120;
    private static readonly char[] Edges = ['.', ' ', '-'];
    private const string Forbidden = "<>:\"|?*";

    private static readonly bool IsWindows = RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    private static readonly bool IsFramework = RuntimeInformation.FrameworkDescription.StartsWith(
        ".NET Framework",
        StringComparison.Ordinal
    );

    /// <summary>Why no file can have a full path, in words; null if one can.</summary>
    public static string? ProblemOf(string path) => ProblemOf(path, IsWindows, IsFramework);

    internal static string? ProblemOf(string path, bool isWindows, bool isFramework)
    {
        if (path.Length == 0)
        {
            return "The path is empty.";
        }

        if (path.IndexOf('\0') >= 0)
        {
            return "The path contains a character that no file name can have: U+0000.";
        }

        var name = path.Substring(path.LastIndexOfAny(isWindows ? ['\\', '/'] : ['/']) + 1);
        if (name.Length == 0)
        {
            // It ends like a folder: for a caller that checks whether the folder exists.
            return null;
        }

        var length = isWindows ? name.Length : Encoding.UTF8.GetByteCount(name);
        if (length > LongestName)
        {
            return $"The file name is too long: {length} {(isWindows ? "characters" : "bytes")}; at most {LongestName} are allowed.";
        }

        if (!isWindows)
        {
            return null;
        }

        if (isFramework && path.Length > LongestWindowsPath)
        {
            return $"The path is too long: {path.Length} characters; Windows PowerShell supports at most {LongestWindowsPath}.";
        }

        if (name.FirstOrDefault(letter => letter < ' ' || Forbidden.IndexOf(letter) >= 0) is var bad && bad != '\0')
        {
            return $"The file name contains a character that Windows does not allow: {(bad < ' ' ? $"U+{(int)bad:X4}" : bad.ToString())}";
        }

        if (name[name.Length - 1] is ' ' or '.')
        {
            return "The file name ends with a space or a dot, which Windows removes.";
        }

        return IsDevice(name) ? $"'{name}' is a device name on Windows, and cannot be the name of a file." : null;
    }

    /// <summary>
    /// A plain file name from a text that may hold anything: letters, digits, and a few signs, on every system. It leads into
    /// no other folder.
    /// </summary>
    /// <param name="text">The text, such as an invoice number.</param>
    /// <param name="fallback">What to take where nothing is left of it.</param>
    /// <param name="extension">With its dot.</param>
    public static string From(string? text, string fallback, string extension) => (Plain(text) ?? fallback) + extension;

    /// <summary>The same with whatever extension the text has; null where nothing is left of it.</summary>
    public static string? Plain(string? text)
    {
        var plain = new StringBuilder();
        foreach (var letter in WellFormed(text))
        {
            var isPlain = char.IsLetterOrDigit(letter) || (letter < '\x80' && "-_. ".IndexOf(letter) >= 0);
            plain.Append(isPlain ? letter : '-');
        }

        var name = plain.ToString().Trim(Edges);
        if (name.Length > LongestMade)
        {
            name = name.Substring(0, LongestMade).TrimEnd(Edges);
        }

        return name.Length == 0 ? null
            : IsDevice(name) ? "_" + name
            : name;
    }

    // One spelling of accented letters; text that is no text at all cannot be brought into it.
    private static string WellFormed(string? text)
    {
        try
        {
            return text?.Normalize() ?? string.Empty;
        }
        catch (ArgumentException)
        {
            return text!;
        }
    }

    // With an extension too: CON.csv is the console on many versions of Windows.
    private static bool IsDevice(string name)
    {
        var stem = name.Split('.')[0].TrimEnd(' ').ToUpperInvariant();
        return stem is "CON" or "PRN" or "AUX" or "NUL" or "CONIN$" or "CONOUT$" or "CLOCK$"
            || (
                stem.Length == 4
                && (
                    stem.StartsWith("COM", StringComparison.Ordinal) || stem.StartsWith("LPT", StringComparison.Ordinal)
                )
                && (stem[3] is (>= '0' and <= '9') or '\u00B9' or '\u00B2' or '\u00B3')
            );
    }
}
