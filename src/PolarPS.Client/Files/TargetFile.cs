namespace PolarPS.Client;

/// <summary>Why a file cannot be written.</summary>
internal enum TargetProblem
{
    /// <summary>No file can have this name.</summary>
    Name,

    /// <summary>The name is a folder's.</summary>
    Folder,

    /// <summary>A link leads to nothing.</summary>
    Dangling,

    /// <summary>A file exists that must be kept.</summary>
    Exists,

    /// <summary>There is a read-only file.</summary>
    ReadOnly,

    /// <summary>Another program has the file open.</summary>
    InUse,
}

/// <summary>A file cannot be written, for a reason that its owner can do something about.</summary>
internal sealed class TargetFileException(TargetProblem problem, string message, Exception? inner = null)
    : IOException(message, inner)
{
    public TargetProblem Problem { get; } = problem;
}

/// <summary>
/// A file that is written under a temporary name in its own folder, and gets its name only when it is complete. Until then,
/// and when anything fails, what had the name stays as it was. What is replaced keeps its permissions, owner, and read-only
/// mark; links stay links, and what they lead to is replaced. Pipes and devices are written to directly.
/// </summary>
internal sealed class TargetFile : IDisposable
{
    private const int BufferSize = 80 * 1024;

    private readonly bool _mayReplace;

    // Where the content goes in the end: behind all links.
    private readonly string _real;
    private string? _temporary;
    private bool _isBeside;
    private int? _newMode;

    private TargetFile(string path, string real, bool isDirect, bool mayReplace)
    {
        Path = path;
        _real = real;
        IsDirect = isDirect;
        _mayReplace = mayReplace;
    }

    /// <summary>The full path, as it was given.</summary>
    public string Path { get; }

    /// <summary>Whether it is no regular file, but a pipe or a device: it has no content that could be kept or replaced.</summary>
    public bool IsDirect { get; }

    /// <summary>Checks whether a file can be written before any request.</summary>
    /// <param name="path">A full path.</param>
    /// <param name="mayReplace">Whether an existing file may be replaced.</param>
    /// <param name="mayReplaceReadOnly">Whether one that is read-only may be, too.</param>
    /// <exception cref="TargetFileException">It cannot.</exception>
    /// <exception cref="DirectoryNotFoundException">Its folder is missing.</exception>
    public static TargetFile Find(string path, bool mayReplace, bool mayReplaceReadOnly)
    {
        if (FileNames.ProblemOf(path) is { } problem)
        {
            throw new TargetFileException(TargetProblem.Name, problem);
        }

        if (Directory.Exists(path))
        {
            throw new TargetFileException(TargetProblem.Folder, $"'{path}' is a folder.");
        }

        var (real, isDirect) = Follow(path);
        var folder = System.IO.Path.GetDirectoryName(real);
        if (!isDirect && (string.IsNullOrEmpty(folder) || !Directory.Exists(folder)))
        {
            throw new DirectoryNotFoundException(
                string.IsNullOrEmpty(folder) ? $"'{path}' has no folder." : $"There is no folder '{folder}'."
            );
        }

        if (isDirect || File.Exists(real))
        {
            CheckExisting(path, real, mayReplace, mayReplaceReadOnly || isDirect);
        }

        return new TargetFile(path, real, isDirect, mayReplace);
    }

    /// <summary>Opens a file under a temporary name, which only its owner can read; or, where it is direct, itself.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    public Task<FileStream> OpenAsync(CancellationToken cancellationToken) =>
        IsDirect ? OpenDirectAsync(cancellationToken) : Task.FromResult(OpenTemporary());

    /// <summary>
    /// The same, but always a file: for content that has to be checked as a whole before anyone gets it. <see
    /// cref="CommitAsync"/> copies it into a pipe or device.
    /// </summary>
    public FileStream OpenTemporary()
    {
        if (!IsDirect)
        {
            var folder = System.IO.Path.GetDirectoryName(_real)!;
            try
            {
                // In the same folder, as only there the move is one step.
                return OpenTemporary(folder, isBeside: true);
            }
            catch (UnauthorizedAccessException) when (File.Exists(_real))
            {
                // The file can be written although its folder cannot.
            }
        }

        return OpenTemporary(System.IO.Path.GetTempPath(), isBeside: false);
    }

    /// <summary>Gives the file its name, in one step where another has it. The stream has to be closed.</summary>
    /// <exception cref="IOException">Another file has the name, and must not be replaced or cannot be.</exception>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        if (_temporary is null)
        {
            return;
        }

        try
        {
            if (IsDirect || !_isBeside)
            {
                await CopyAsync(_temporary, cancellationToken).ConfigureAwait(false);
            }
            else if (!_mayReplace || !File.Exists(_real))
            {
                if (_newMode is { } mode)
                {
                    UnixFile.SetMode(_temporary, mode);
                }

                // Another may have come meanwhile; then the move fails, and it stays.
                File.Move(_temporary, _real);
            }
            else if (UnixFile.IsSupported)
            {
                await ReplaceOnUnixAsync(_temporary, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                ReplaceOnWindows(_temporary);
            }
        }
        catch (IOException exception) when (WindowsFile.IsHeld(exception))
        {
            throw InUse(Path, exception);
        }
    }

    /// <summary>Removes what is not complete.</summary>
    public void Dispose()
    {
        try
        {
            if (_temporary is not null)
            {
                File.Delete(_temporary);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // There is a more telling failure on its way, or a virus scanner at work.
        }
    }

    private static (string Real, bool IsDirect) Follow(string path)
    {
        if (!UnixFile.IsSupported)
        {
            if (!TryGetAttributes(path, out var attributes) || (attributes & FileAttributes.ReparsePoint) == 0)
            {
                return (path, false);
            }

            return (WindowsFile.Follow(path) ?? throw Dangling(path), false);
        }

        if (UnixFile.Follow(path) is not { } target)
        {
            return UnixFile.Look(path) is null ? (path, false) : throw Dangling(path);
        }

        // A path that refers to another process's open file is that file; it must not be replaced.
        if (
            target.Kind == UnixFileKind.Other
            || path.StartsWith("/dev/", StringComparison.Ordinal)
            || path.StartsWith("/proc/", StringComparison.Ordinal)
        )
        {
            return (path, true);
        }

        return UnixFile.Look(path)?.Kind == UnixFileKind.Link
            ? (LinkTarget(path, final: true) ?? path, false)
            : (path, false);
    }

    private static void CheckExisting(string path, string real, bool mayReplace, bool mayReplaceReadOnly)
    {
        if (!mayReplace)
        {
            throw new TargetFileException(
                TargetProblem.Exists,
                $"The file '{path}' already exists. Nothing was written."
            );
        }

        if (!mayReplaceReadOnly && IsReadOnly(real))
        {
            throw new TargetFileException(
                TargetProblem.ReadOnly,
                $"The file '{path}' already exists and is read-only. Nothing was written."
            );
        }

        if (WindowsFile.IsSupported && WindowsFile.IsHeld(real))
        {
            throw InUse(path, null);
        }
    }

    // .NET goes by the bits of other users' files, which do not hold for root.
    private static bool IsReadOnly(string path) =>
        UnixFile.IsSupported ? UnixFile.IsReadOnly(path) : new FileInfo(path).IsReadOnly;

    private static TargetFileException InUse(string path, Exception? inner) =>
        new(
            TargetProblem.InUse,
            $"The file '{path}' is open in another program, such as Excel, and cannot be replaced. Nothing was written.",
            inner
        );

    private static TargetFileException Dangling(string path)
    {
        var target = LinkTarget(path, final: false);
        if (target is null)
        {
            return new(TargetProblem.Dangling, $"'{path}' is a broken link.");
        }

        var full = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path) ?? string.Empty, target);
        var folder = System.IO.Path.GetDirectoryName(full);
        return new(
            TargetProblem.Dangling,
            $"'{path}' is a link to '{target}', "
                + (
                    string.IsNullOrEmpty(folder) || Directory.Exists(folder)
                        ? "and that file does not exist."
                        : $"and there is no folder '{folder}'."
                )
        );
    }

    // FileSystemInfo knows of links since .NET 6.
    private static string? LinkTarget(string path, bool final)
    {
        try
        {
            var info = new FileInfo(path);
            return final
                ? (
                    (FileSystemInfo?)
                        typeof(FileSystemInfo).GetMethod("ResolveLinkTarget")?.Invoke(info, new object[] { true })
                )?.FullName
                : typeof(FileSystemInfo).GetProperty("LinkTarget")?.GetValue(info) as string;
        }
        catch (System.Reflection.TargetInvocationException exception) when (exception.InnerException is IOException)
        {
            return null;
        }
    }

    private static bool TryGetAttributes(string path, out FileAttributes attributes)
    {
        try
        {
            attributes = File.GetAttributes(path);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            attributes = default;
            return false;
        }
    }

    // A pipe opens only when something reads it, which may never happen.
    private async Task<FileStream> OpenDirectAsync(CancellationToken cancellationToken)
    {
        var opening = Task.Run(() =>
            new FileStream(Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 1, FileOptions.None)
        );
        var cancelled = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using (cancellationToken.Register(() => cancelled.TrySetResult(true)))
        {
            await Task.WhenAny(opening, cancelled.Task).ConfigureAwait(false);
        }

        if (!opening.IsCompleted)
        {
            _ = opening.ContinueWith(
                static task =>
                {
                    if (task.Status == TaskStatus.RanToCompletion)
                    {
                        task.Result.Dispose();
                    }

                    return task.Exception;
                },
                TaskScheduler.Default
            );
            cancellationToken.ThrowIfCancellationRequested();
        }

        return await opening.ConfigureAwait(false);
    }

    private FileStream OpenTemporary(string folder, bool isBeside)
    {
        var temporary = System.IO.Path.Combine(folder, $".{Guid.NewGuid().ToString("N").Substring(0, 12)}.part");
        FileStream stream;
        if (UnixFile.IsSupported)
        {
            _newMode ??= ModeOfNewFiles(temporary + "0");
            stream = UnixFile.CreatePrivate(temporary, BufferSize);
        }
        else
        {
            stream = new FileStream(
                temporary,
                FileMode.CreateNew,
                FileAccess.ReadWrite,
                FileShare.None,
                BufferSize,
                FileOptions.Asynchronous
            );
        }

        _temporary = temporary;
        _isBeside = isBeside;
        return stream;
    }

    // What the user's umask and the folder make of a new file.
    private static int? ModeOfNewFiles(string probe)
    {
        using var file = new FileStream(
            probe,
            FileMode.CreateNew,
            FileAccess.Write,
            FileShare.None,
            bufferSize: 1,
            FileOptions.DeleteOnClose
        );
        return UnixFile.Follow(probe)?.Mode;
    }

    private async Task ReplaceOnUnixAsync(string temporary, CancellationToken cancellationToken)
    {
        if (UnixFile.Follow(_real) is { } old && UnixFile.Follow(temporary) is { } fresh)
        {
            if (
                (old.User != fresh.User || old.Group != fresh.Group)
                && !UnixFile.TrySetOwner(temporary, old.User, old.Group)
            )
            {
                // It would become ours by a move, so its content is replaced instead.
                await CopyAsync(temporary, cancellationToken).ConfigureAwait(false);
                return;
            }

            // In this order: a change of owner takes bits away.
            UnixFile.SetMode(temporary, old.Mode);
        }

        File.Replace(temporary, _real, null);
    }

    private void ReplaceOnWindows(string temporary)
    {
        var old = new FileInfo(_real);
        var wasReadOnly = old.IsReadOnly;
        if (wasReadOnly)
        {
            // Whether that may be was settled before anything was loaded.
            old.IsReadOnly = false;
        }

        try
        {
            File.Replace(temporary, _real, null, ignoreMetadataErrors: true);
        }
        finally
        {
            if (wasReadOnly && File.Exists(_real))
            {
                File.SetAttributes(_real, File.GetAttributes(_real) | FileAttributes.ReadOnly);
            }
        }
    }

    private async Task CopyAsync(string temporary, CancellationToken cancellationToken)
    {
        using var from = new FileStream(temporary, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize, true);
        using var to = IsDirect
            ? await OpenDirectAsync(cancellationToken).ConfigureAwait(false)
            : new FileStream(_real, FileMode.Truncate, FileAccess.Write, FileShare.None, BufferSize, true);
        await from.CopyToAsync(to, BufferSize, cancellationToken).ConfigureAwait(false);
    }
}
