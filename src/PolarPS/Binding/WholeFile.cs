using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace PolarPS.Commands;

/// <summary>
/// A file that is written under a passing name beside its own, and gets its own only when it is whole. Until then, and when
/// anything fails, whatever had the name before is untouched.
/// </summary>
internal sealed class WholeFile : IDisposable
{
    private const int BufferSize = 80 * 1024;

    private readonly string _temporary;

    /// <summary>Nothing is written yet.</summary>
    /// <param name="path">The whole path that the file is to have.</param>
    public WholeFile(string path)
    {
        Path = path;
        _temporary = System.IO.Path.Combine(
            System.IO.Path.GetDirectoryName(path) ?? string.Empty,
            $".{System.IO.Path.GetFileName(path)}.{Guid.NewGuid():N}.part"
        );
    }

    public string Path { get; }

    /// <summary>Writes all of a stream under the passing name.</summary>
    /// <exception cref="IOException">The file cannot be written, or the stream broke off.</exception>
    public async Task WriteAsync(Stream content, Action<long> progress, CancellationToken cancellationToken)
    {
        using var file = new FileStream(
            _temporary,
            FileMode.CreateNew,
            FileAccess.Write,
            FileShare.None,
            BufferSize,
            FileOptions.Asynchronous
        );
        var buffer = new byte[BufferSize];
        long written = 0;
        while (true)
        {
            var count = await content.ReadAsync(buffer, 0, buffer.Length, cancellationToken).ConfigureAwait(false);
            if (count == 0)
            {
                break;
            }

            await file.WriteAsync(buffer, 0, count, cancellationToken).ConfigureAwait(false);
            written += count;
            progress(written);
        }

        await file.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives the file its name, in one step where another has it.</summary>
    /// <param name="mayReplace">Whether another may have it; that one can have come while this was being written.</param>
    /// <exception cref="IOException">Another file has the name, and must not be replaced.</exception>
    public void Commit(bool mayReplace = true)
    {
        if (mayReplace && File.Exists(Path))
        {
            var old = new FileInfo(Path);
            if (old.IsReadOnly)
            {
                // Whether that may be is settled before anything is loaded.
                old.IsReadOnly = false;
            }

            File.Replace(_temporary, Path, null);
        }
        else
        {
            File.Move(_temporary, Path);
        }
    }

    /// <summary>Takes away what is not whole.</summary>
    public void Dispose()
    {
        try
        {
            File.Delete(_temporary);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // There is a more telling failure on its way, or a virus scanner at work.
        }
    }
}
