using System.Text;
using System.Text.Json;

namespace PolarPS.Client;

/// <summary>Why a journal cannot be used.</summary>
internal enum JournalProblem
{
    /// <summary>Another run has it open.</summary>
    InUse,

    /// <summary>It is no journal, or one of another kind or version.</summary>
    NotAJournal,

    /// <summary>A line in the middle cannot be read.</summary>
    Damaged,

    /// <summary>It belongs to another environment or organization.</summary>
    OtherShop,

    /// <summary>It belongs to another block, or another marker.</summary>
    OtherBlock,

    /// <summary>It cannot be written.</summary>
    NotWritable,
}

/// <summary>A journal cannot be used.</summary>
internal sealed class JournalException(JournalProblem problem, string message, Exception? inner = null)
    : IOException(message, inner)
{
    public JournalProblem Problem { get; } = problem;
}

/// <summary>What a journal is for: how its first line begins, and what messages call it.</summary>
/// <param name="Name">Its kind, in the first line.</param>
/// <param name="Noun">What it is called.</param>
/// <param name="Title">What it is called where it has to be told from other files.</param>
internal sealed record JournalKind(string Name, string Noun, string Title)
{
    /// <summary>The field of the first line that has the kind.</summary>
    public const string Field = "polarps";

    /// <summary>The journal of a batch.</summary>
    public static JournalKind Batch { get; } = new("batch", "journal", "the journal of a batch");

    /// <summary>Events that are not sent yet.</summary>
    public static JournalKind Events { get; } = new("events", "spool", "a spool of events");

    /// <summary>What each file of the kind begins with, whatever its format.</summary>
    public string Beginning { get; } = "{\"" + Field + "\":\"" + Name + "\"";

    /// <summary>The file is of another kind.</summary>
    public JournalException Foreign(string path, Exception? inner = null) =>
        new(JournalProblem.NotAJournal, $"The file '{path}' is not {Title}.", inner);

    /// <summary>A line says nothing that is understood.</summary>
    public JournalException Damaged(string path, int line) =>
        new(
            JournalProblem.Damaged,
            $"Line {line} of the {Noun} '{path}' says nothing that this PolarPS understands; it is damaged, or of a newer version."
        );

    /// <summary>Refuses a format that this version does not read.</summary>
    /// <exception cref="JournalException">Another format.</exception>
    public void CheckFormat(IReadOnlyDictionary<string, object?> line, long known, string path)
    {
        if (!line.TryGetValue("format", out var format) || !Equals(format, known))
        {
            throw new JournalException(
                JournalProblem.NotAJournal,
                $"The {Noun} '{path}' has format {format ?? "?"}; this PolarPS reads {known}."
            );
        }
    }

    /// <summary>Refuses one that belongs to another shop than the connection's.</summary>
    /// <exception cref="JournalException">Another environment or organization.</exception>
    public void CheckShop(
        string path,
        (string Environment, string Organization) own,
        (string Environment, string Organization) wanted
    )
    {
        if (own != wanted)
        {
            throw new JournalException(
                JournalProblem.OtherShop,
                own.Environment != wanted.Environment
                    ? $"The {Noun} '{path}' belongs to the environment {own.Environment}; the connection is to {wanted.Environment}."
                    : $"The {Noun} '{path}' belongs to the organization {own.Organization}; the connection is for {wanted.Organization}."
            );
        }
    }
}

/// <summary>A file of JSON objects, one in a line, to which lines are only added: a <see cref="LineFile"/>, read and written.</summary>
internal sealed class JournalFile : IDisposable
{
    private readonly JournalKind _kind;
    private readonly LineFile _file;

    private JournalFile(JournalKind kind, LineFile file, IReadOnlyList<Dictionary<string, object?>> lines)
    {
        _kind = kind;
        _file = file;
        Lines = lines;
    }

    /// <summary>The full path.</summary>
    public string Path => _file.Path;

    /// <summary>What was in it when it was opened.</summary>
    public IReadOnlyList<Dictionary<string, object?>> Lines { get; }

    /// <summary>Opens a journal to continue it; creates one that only its owner can read where there is none.</summary>
    /// <param name="path">A full path.</param>
    /// <param name="kind">What it has to be.</param>
    /// <exception cref="JournalException">It is in use, damaged, or no such journal; then it was not changed.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">Not permitted.</exception>
    public static JournalFile Open(string path, JournalKind kind)
    {
        var file = Try(path, kind, () => LineFile.Open(path, kind.Beginning));
        try
        {
            return new JournalFile(kind, file, Parse(path, kind, file.Lines));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads a journal, be it in use or not.</summary>
    /// <param name="path">A full path.</param>
    /// <param name="kind">What it has to be.</param>
    /// <exception cref="JournalException">It is damaged, or no such journal.</exception>
    /// <exception cref="IOException">It cannot be read, or there is none.</exception>
    public static IReadOnlyList<Dictionary<string, object?>> Read(string path, JournalKind kind) =>
        Parse(path, kind, Try(path, kind, () => LineFile.Read(path, kind.Beginning)));

    /// <summary>Adds a line.</summary>
    /// <param name="line">Names and plain values.</param>
    /// <param name="toDisk">Whether it has to survive a power cut: then it is on the disk, with all before it, once this returns.</param>
    /// <exception cref="JournalException">It could not be written.</exception>
    public void Append(IReadOnlyDictionary<string, object?> line, bool toDisk)
    {
        var text = Text(line);
        Write(() => _file.Append(text, toDisk));
    }

    /// <summary>Puts everything on the disk that is not there yet.</summary>
    /// <exception cref="JournalException">It could not be written.</exception>
    public void Flush() => Write(_file.Flush);

    /// <summary>Replaces all lines, whole or not at all.</summary>
    /// <exception cref="JournalException">They could not be replaced, and are as they were.</exception>
    public void Replace(IEnumerable<IReadOnlyDictionary<string, object?>> lines) =>
        Write(() => _file.Replace(lines.Select(Text)));

    /// <summary>Closes and removes it.</summary>
    /// <exception cref="JournalException">It cannot be removed.</exception>
    public void Delete() => Write(_file.Delete);

    /// <summary>Closes it.</summary>
    public void Dispose() => _file.Dispose();

    private static string Text(IReadOnlyDictionary<string, object?> line) =>
        Encoding.UTF8.GetString(PlainJson.ToUtf8(line));

    private void Write(Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new JournalException(
                JournalProblem.NotWritable,
                $"The {_kind.Noun} '{Path}' cannot be written: {exception.Message}",
                exception
            );
        }
    }

    private static T Try<T>(string path, JournalKind kind, Func<T> open)
    {
        try
        {
            return open();
        }
        catch (FileInUseException exception)
        {
            throw new JournalException(
                JournalProblem.InUse,
                $"The {kind.Noun} '{path}' is in use by another run.",
                exception
            );
        }
        catch (InvalidDataException exception)
        {
            throw kind.Foreign(path, exception);
        }
    }

    private static List<Dictionary<string, object?>> Parse(string path, JournalKind kind, IReadOnlyList<string> texts)
    {
        var lines = new List<Dictionary<string, object?>>(texts.Count);
        foreach (var text in texts)
        {
            lines.Add(ReadLine(text) ?? throw kind.Damaged(path, lines.Count + 1));
        }

        return lines;
    }

    private static Dictionary<string, object?>? ReadLine(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return PlainJson.Read(document.RootElement) as Dictionary<string, object?>;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
