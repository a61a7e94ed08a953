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
}

/// <summary>
/// A file of JSON objects, one in a line, to which lines are only added. One process at a time has it open to write; others may read it
/// meanwhile. A line counts once it ends with a line break: what a crash has left of the last one is no line.
/// </summary>
internal sealed class JournalFile : IDisposable
{
    private const int BufferSize = 4096;
    private const byte LineBreak = (byte)'\n';

    private readonly FileStream _stream;
    private bool _failed;

    private JournalFile(string path, FileStream stream, List<Dictionary<string, object?>> lines)
    {
        Path = path;
        _stream = stream;
        Lines = lines;
    }

    /// <summary>The full path.</summary>
    public string Path { get; }

    /// <summary>What was in it when it was opened.</summary>
    public IReadOnlyList<Dictionary<string, object?>> Lines { get; }

    /// <summary>Opens a journal to continue it; creates one that only its owner can read where there is none.</summary>
    /// <param name="path">A full path.</param>
    /// <exception cref="JournalException">It is in use, or damaged.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">Not permitted.</exception>
    public static JournalFile Open(string path)
    {
        var stream = File.Exists(path) ? OpenExisting(path) : Create(path);
        try
        {
            var lines = Parse(path, ReadAll(stream), out var whole);
            if (stream.Length > whole)
            {
                // It was never flushed as a whole, so nothing was done on its account.
                stream.SetLength(whole);
                stream.Flush(flushToDisk: true);
            }

            stream.Seek(0, SeekOrigin.End);
            return new JournalFile(path, stream, lines);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Reads a journal, be it in use or not.</summary>
    /// <param name="path">A full path.</param>
    /// <exception cref="JournalException">It is damaged.</exception>
    /// <exception cref="IOException">It cannot be read, or there is none.</exception>
    public static IReadOnlyList<Dictionary<string, object?>> Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no file '{path}'.", path);
        }

        using var stream = UnixFile.IsSupported
            ? UnixFile.OpenUnlocked(path)
            : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return Parse(path, ReadAll(stream), out _);
    }

    /// <summary>Adds a line.</summary>
    /// <param name="line">Names and plain values.</param>
    /// <param name="toDisk">Whether it has to survive a power cut: then it is on the disk, with all before it, once this returns.</param>
    /// <exception cref="JournalException">It could not be written.</exception>
    public void Append(Dictionary<string, object?> line, bool toDisk)
    {
        if (_failed)
        {
            throw new JournalException(
                JournalProblem.NotWritable,
                $"The journal '{Path}' could not be written before."
            );
        }

        try
        {
            var text = PlainJson.ToUtf8(line);
            var bytes = new byte[text.Length + 1];
            text.CopyTo(bytes, 0);
            bytes[text.Length] = LineBreak;
            _stream.Write(bytes, 0, bytes.Length);
            _stream.Flush(flushToDisk: toDisk);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Half a line may be there; another one behind it would make it a damaged one.
            _failed = true;
            throw new JournalException(
                JournalProblem.NotWritable,
                $"The journal '{Path}' cannot be written: {exception.Message}",
                exception
            );
        }
    }

    /// <summary>Closes it.</summary>
    public void Dispose() => _stream.Dispose();

    private static FileStream Create(string path) =>
        UnixFile.IsSupported
            ? UnixFile.CreatePrivate(path, BufferSize)
            : new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, BufferSize);

    // On Linux and macOS only a handle that shares nothing is exclusive; on Windows readers can be let in beside it.
    private static FileStream OpenExisting(string path)
    {
        var share = UnixFile.IsSupported ? FileShare.None : FileShare.Read;
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.ReadWrite, share, BufferSize);
        }
        catch (IOException exception) when (exception.GetType() == typeof(IOException))
        {
            throw new JournalException(
                JournalProblem.InUse,
                $"The journal '{path}' is in use by another run.",
                exception
            );
        }
    }

    private static byte[] ReadAll(Stream stream)
    {
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }

    private static List<Dictionary<string, object?>> Parse(string path, byte[] bytes, out int whole)
    {
        var lines = new List<Dictionary<string, object?>>();
        whole = 0;
        while (whole < bytes.Length && Array.IndexOf(bytes, LineBreak, whole) is var end and >= 0)
        {
            if (ReadLine(bytes, whole, end) is { } line)
            {
                lines.Add(line);
            }
            else
            {
                throw new JournalException(
                    JournalProblem.Damaged,
                    $"Line {lines.Count + 1} of '{path}' cannot be read; the journal is damaged, or no journal."
                );
            }

            whole = end + 1;
        }

        return lines;
    }

    private static Dictionary<string, object?>? ReadLine(byte[] bytes, int start, int end)
    {
        try
        {
            using var document = JsonDocument.Parse(Encoding.UTF8.GetString(bytes, start, end - start));
            return PlainJson.Read(document.RootElement) as Dictionary<string, object?>;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
