using System;
using System.Collections.Generic;
using System.IO;
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

    /// <summary>The file is of another kind.</summary>
    public static JournalException NotAJournal(string path, Exception? inner = null) =>
        new(JournalProblem.NotAJournal, $"The file '{path}' is not the journal of a batch.", inner);
}

/// <summary>A file of JSON objects, one in a line, to which lines are only added: a <see cref="LineFile"/>, read and written.</summary>
internal sealed class JournalFile : IDisposable
{
    private readonly LineFile _file;

    private JournalFile(LineFile file, IReadOnlyList<Dictionary<string, object?>> lines)
    {
        _file = file;
        Lines = lines;
    }

    /// <summary>The full path.</summary>
    public string Path => _file.Path;

    /// <summary>What was in it when it was opened.</summary>
    public IReadOnlyList<Dictionary<string, object?>> Lines { get; }

    /// <summary>Opens a journal to continue it; creates one that only its owner can read where there is none.</summary>
    /// <param name="path">A full path.</param>
    /// <param name="beginning">What such a journal begins with.</param>
    /// <exception cref="JournalException">It is in use, damaged, or no such journal; then it was not changed.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">Not permitted.</exception>
    public static JournalFile Open(string path, string beginning)
    {
        var file = Try(path, () => LineFile.Open(path, beginning));
        try
        {
            return new JournalFile(file, Parse(path, file.Lines));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads a journal, be it in use or not.</summary>
    /// <param name="path">A full path.</param>
    /// <param name="beginning">What such a journal begins with.</param>
    /// <exception cref="JournalException">It is damaged, or no such journal.</exception>
    /// <exception cref="IOException">It cannot be read, or there is none.</exception>
    public static IReadOnlyList<Dictionary<string, object?>> Read(string path, string beginning) =>
        Parse(path, Try(path, () => LineFile.Read(path, beginning)));

    /// <summary>Adds a line.</summary>
    /// <param name="line">Names and plain values.</param>
    /// <param name="toDisk">Whether it has to survive a power cut: then it is on the disk, with all before it, once this returns.</param>
    /// <exception cref="JournalException">It could not be written.</exception>
    public void Append(Dictionary<string, object?> line, bool toDisk)
    {
        try
        {
            _file.Append(Encoding.UTF8.GetString(PlainJson.ToUtf8(line)), toDisk);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new JournalException(
                JournalProblem.NotWritable,
                $"The journal '{Path}' cannot be written: {exception.Message}",
                exception
            );
        }
    }

    /// <summary>Closes it.</summary>
    public void Dispose() => _file.Dispose();

    private static T Try<T>(string path, Func<T> open)
    {
        try
        {
            return open();
        }
        catch (FileInUseException exception)
        {
            throw new JournalException(
                JournalProblem.InUse,
                $"The journal '{path}' is in use by another run.",
                exception
            );
        }
        catch (InvalidDataException exception)
        {
            throw JournalException.NotAJournal(path, exception);
        }
    }

    private static List<Dictionary<string, object?>> Parse(string path, IReadOnlyList<string> texts)
    {
        var lines = new List<Dictionary<string, object?>>(texts.Count);
        foreach (var text in texts)
        {
            lines.Add(
                ReadLine(text)
                    ?? throw new JournalException(
                        JournalProblem.Damaged,
                        $"Line {lines.Count + 1} of the journal '{path}' cannot be read; it is damaged."
                    )
            );
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
