using System.Text;

namespace PolarPS.Client;

/// <summary>Another process, or another part of this one, has a file open to write it.</summary>
internal sealed class FileInUseException(string path, Exception? inner = null)
    : IOException($"The file '{path}' is in use.", inner);

/// <summary>
/// A file of lines, to which whole ones are only added. One process at a time has it open to write, and others may read it meanwhile;
/// only its owner can. A line counts once it ends with a line break: what a crash has left of the last one is no line. What does not
/// begin as such a file does stays as it is.
/// </summary>
internal sealed class LineFile : IDisposable
{
    private const byte LineBreak = (byte)'\n';

    // Without a buffer: what is written is the system's at once, and a process that dies takes nothing with it.
    private const int NoBuffer = 1;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private FileStream _stream;
    private bool _failed;

    private LineFile(string path, FileStream stream, IReadOnlyList<string> lines)
    {
        Path = path;
        _stream = stream;
        Lines = lines;
    }

    /// <summary>The full path.</summary>
    public string Path { get; }

    /// <summary>What was in it when it was opened, without line breaks.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <summary>Opens a file to go on with it; creates it where there is none.</summary>
    /// <param name="path">A full path.</param>
    /// <param name="beginning">What the first line of such a file begins with, in ASCII.</param>
    /// <exception cref="FileInUseException">It is open elsewhere.</exception>
    /// <exception cref="InvalidDataException">It begins otherwise; it was not changed.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">Not permitted.</exception>
    public static LineFile Open(string path, string beginning)
    {
        var stream = File.Exists(path) ? OpenExisting(path) : Create(path);
        try
        {
            var lines = Parse(path, stream, beginning, out var whole);
            if (stream.Length > whole)
            {
                // It was never flushed as a whole, so nothing was done on its account.
                Cut(stream, whole);
            }

            stream.Seek(0, SeekOrigin.End);
            return new LineFile(path, stream, lines);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Reads a file, be it in use or not.</summary>
    /// <param name="path">A full path.</param>
    /// <param name="beginning">What the first line of such a file begins with, in ASCII.</param>
    /// <exception cref="InvalidDataException">It begins otherwise.</exception>
    /// <exception cref="IOException">It cannot be read, or there is none.</exception>
    public static IReadOnlyList<string> Read(string path, string beginning)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no file '{path}'.", path);
        }

        using var stream = UnixFile.IsSupported
            ? UnixFile.OpenUnlocked(path)
            : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return Parse(path, stream, beginning, out _);
    }

    /// <summary>Adds a line.</summary>
    /// <param name="line">Without line breaks.</param>
    /// <param name="toDisk">Whether it has to survive a power cut: then it is on the disk, with all before it, once this returns.</param>
    /// <exception cref="IOException">It could not be written, and is not there.</exception>
    /// <exception cref="UnauthorizedAccessException">Not permitted.</exception>
    public void Append(string line, bool toDisk)
    {
        if (_failed)
        {
            throw new IOException($"The file '{Path}' could not be written before.");
        }

        var before = _stream.Length;
        try
        {
            var bytes = Utf8.GetBytes(line + "\n");
            _stream.Write(bytes, 0, bytes.Length);
            _stream.Flush(flushToDisk: toDisk);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Undo(before);
            throw;
        }
    }

    /// <summary>Puts everything on the disk that is not there yet.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public void Flush() => _stream.Flush(flushToDisk: true);

    /// <summary>Replaces what is in the file, whole or not at all.</summary>
    /// <param name="lines">Without line breaks.</param>
    /// <exception cref="IOException">It could not be replaced, and is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">Not permitted.</exception>
    public void Replace(IEnumerable<string> lines)
    {
        var temporary = $"{Path}.{Guid.NewGuid().ToString("N").Substring(0, 8)}.part";
        var fresh = Create(temporary);
        try
        {
            var text = new StringBuilder();
            foreach (var line in lines)
            {
                text.Append(line).Append('\n');
            }

            var bytes = Utf8.GetBytes(text.ToString());
            fresh.Write(bytes, 0, bytes.Length);
            fresh.Flush(flushToDisk: true);
            if (UnixFile.IsSupported)
            {
                // The open file keeps its lock under its new name, so nobody else comes between.
                File.Replace(temporary, Path, null);
                _stream.Dispose();
                _stream = fresh;
            }
            else
            {
                fresh.Dispose();
                ReplaceOnWindows(temporary);
            }
        }
        catch
        {
            fresh.Dispose();
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Closes the file and removes it.</summary>
    /// <exception cref="IOException">It cannot be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">Not permitted.</exception>
    public void Delete()
    {
        if (UnixFile.IsSupported)
        {
            // While it is still locked, or another process could have begun to write it.
            File.Delete(Path);
            Dispose();
        }
        else
        {
            Dispose();
            File.Delete(Path);
        }
    }

    /// <summary>Closes it.</summary>
    public void Dispose() => _stream.Dispose();

    // An open file cannot be replaced on Windows.
    private void ReplaceOnWindows(string temporary)
    {
        _stream.Dispose();
        try
        {
            File.Replace(temporary, Path, null);
        }
        finally
        {
            _stream = OpenExisting(Path);
            _stream.Seek(0, SeekOrigin.End);
        }
    }

    // Half a line may be there; another one behind it would be a damaged one.
    private void Undo(long before)
    {
        try
        {
            Cut(_stream, before);
            _stream.Seek(0, SeekOrigin.End);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _failed = true;
        }
    }

    private static void Cut(FileStream stream, long length)
    {
        stream.SetLength(length);
        stream.Flush(flushToDisk: true);
    }

    private static FileStream Create(string path) =>
        UnixFile.IsSupported
            ? UnixFile.CreatePrivate(path, NoBuffer)
            : new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, NoBuffer);

    // On Linux and macOS only a handle that shares nothing is exclusive; on Windows readers can be let in beside it.
    private static FileStream OpenExisting(string path)
    {
        var share = UnixFile.IsSupported ? FileShare.None : FileShare.Read;
        FileStream stream;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, share, NoBuffer);
        }
        catch (IOException exception) when (exception.GetType() == typeof(IOException))
        {
            throw new FileInUseException(path, exception);
        }

        if (HasItsName(stream, path))
        {
            return stream;
        }

        stream.Dispose();
        throw new FileInUseException(path);
    }

    // On Linux and macOS, another process may have replaced or removed a file between its opening and its lock. What has no name is
    // gone with the process that writes it.
    private static bool HasItsName(FileStream stream, string path)
    {
        if (!UnixFile.IsSupported)
        {
            return true;
        }

        try
        {
            using var named = UnixFile.OpenUnlocked(path);
            return named.Length == stream.Length;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static List<string> Parse(string path, Stream stream, string beginning, out int whole)
    {
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        var bytes = memory.GetBuffer();
        var length = (int)memory.Length;
        var head = Utf8.GetBytes(beginning);
        for (var index = 0; index < head.Length && index < length; index++)
        {
            // Less than the beginning is what a crash has left of it.
            if (bytes[index] != head[index])
            {
                throw new InvalidDataException($"The file '{path}' is of another kind. It was not changed.");
            }
        }

        var lines = new List<string>();
        whole = 0;
        while (whole < length && Array.IndexOf(bytes, LineBreak, whole, length - whole) is var end and >= 0)
        {
            lines.Add(Utf8.GetString(bytes, whole, end - whole));
            whole = end + 1;
        }

        return lines;
    }
}
