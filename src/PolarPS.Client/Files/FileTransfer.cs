using System.Net.Http;

namespace PolarPS.Client;

/// <summary>
/// Files as wholes: what takes several operations, and requests to the store beside Polar, in one call each.
/// </summary>
/// <remarks>
/// Failures of Polar or the store are <see cref="PolarException"/>s, those of this computer's files <see
/// cref="IOException"/>s; no text of them contains a signed address's query.
/// </remarks>
public static class FileTransfer
{
    /// <summary>
    /// Uploads a file: reads it once for its checksums, announces it (<c>files:create</c>), sends its parts, and completes it
    /// (<c>files:uploaded</c>).
    /// </summary>
    /// <remarks>
    /// A part that fails for a reason that may pass is sent again automatically. If the whole fails, what was sent stays
    /// incomplete, and no list shows it. A file that changes meanwhile is noticed and not completed.
    /// </remarks>
    /// <param name="files">The files of a client.</param>
    /// <param name="path">Where the file is; it must not be empty.</param>
    /// <param name="options">What it is for, and how it travels.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The file, complete.</returns>
    public static async Task<PolarFile> UploadAsync(
        this FilesResource files,
        string path,
        FileUploadOptions options,
        CancellationToken cancellationToken = default
    )
    {
        _ = files ?? throw new ArgumentNullException(nameof(files));
        _ = path ?? throw new ArgumentNullException(nameof(path));
        _ = options ?? throw new ArgumentNullException(nameof(options));
        options.Check();
        using var content = new FileStream(
            path,
            FileMode.Open,
            FileAccess.Read,
            FileShare.Read,
            bufferSize: 1,
            FileOptions.Asynchronous
        );
        var name = options.Name ?? Path.GetFileName(path);
        return await new FileUploader(files, content, name, options).RunAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same for any content that can be read twice, from where the stream stands to its end.</summary>
    /// <param name="files">The files of a client.</param>
    /// <param name="content">Can seek; stays open, and stands anywhere afterwards. It must not be used meanwhile.</param>
    /// <param name="options">What it is for, its name, and how it travels.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The file, complete.</returns>
    public static Task<PolarFile> UploadAsync(
        this FilesResource files,
        Stream content,
        FileUploadOptions options,
        CancellationToken cancellationToken = default
    )
    {
        _ = files ?? throw new ArgumentNullException(nameof(files));
        _ = content ?? throw new ArgumentNullException(nameof(content));
        _ = options ?? throw new ArgumentNullException(nameof(options));
        options.Check();
        if (!content.CanSeek || !content.CanRead)
        {
            throw new ArgumentException(
                "The stream must be seekable: Polar needs size and checksums before the content.",
                nameof(content)
            );
        }

        var name = options.Name is { Length: > 0 } given
            ? given
            : throw new ArgumentException("A stream needs a file name: set Name.", nameof(options));
        return new FileUploader(files, content, name, options).RunAsync(cancellationToken);
    }

    /// <summary>
    /// Downloads a file of the customer portal, or a public one. Its size and, where that is possible, its
    /// checksum are verified; only then does it get its name.
    /// </summary>
    /// <param name="files">The files of a client, whose store is used. No request goes to Polar.</param>
    /// <param name="file">Knows <see cref="PolarFile.Download"/> or <see cref="PolarFile.PublicUrl"/>.</param>
    /// <param name="targetPath">The name that it gets; its folder has to exist.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the request; nothing is left behind.</param>
    /// <returns>What arrived.</returns>
    public static Task<FileDownloadResult> DownloadAsync(
        this FilesResource files,
        PolarFile file,
        string targetPath,
        FileDownloadOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        DownloadAsync(
            file,
            targetPath,
            options,
            (files ?? throw new ArgumentNullException(nameof(files))).StoreClient,
            cancellationToken
        );

    /// <summary>Downloads what is at a signed address; see the other method.</summary>
    /// <param name="files">The files of a client, whose store is used. No request goes to Polar.</param>
    /// <param name="download">The address, with the headers to send.</param>
    /// <param name="targetPath">The name that it gets; its folder has to exist.</param>
    /// <param name="options">Size and checksum, if they are known; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the request; nothing is left behind.</param>
    /// <returns>What arrived.</returns>
    public static Task<FileDownloadResult> DownloadAsync(
        this FilesResource files,
        FileDownload download,
        string targetPath,
        FileDownloadOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        DownloadAsync(
            download,
            targetPath,
            options,
            (files ?? throw new ArgumentNullException(nameof(files))).StoreClient,
            cancellationToken
        );

    /// <summary>
    /// Downloads a file of the customer portal, or a public one. Its size and, where that is possible, its
    /// checksum are verified; only then does it get its name.
    /// </summary>
    /// <param name="file">Knows <see cref="PolarFile.Download"/> or <see cref="PolarFile.PublicUrl"/>.</param>
    /// <param name="targetPath">The name that it gets; its folder has to exist.</param>
    /// <param name="options">Names <see cref="FileTransferOptions.StoreClient"/>, as there is no client here.</param>
    /// <param name="cancellationToken">Cancels the request; nothing is left behind.</param>
    /// <returns>What arrived.</returns>
    public static Task<FileDownloadResult> DownloadAsync(
        this PolarFile file,
        string targetPath,
        FileDownloadOptions options,
        CancellationToken cancellationToken = default
    ) => DownloadAsync(file, targetPath, options, null, cancellationToken);

    /// <summary>Downloads what is at a signed address; see the other method.</summary>
    /// <param name="download">The address, with the headers to send.</param>
    /// <param name="targetPath">The name that it gets; its folder has to exist.</param>
    /// <param name="options">
    /// Names <see cref="FileTransferOptions.StoreClient"/>, as there is no client here; size and checksum, if they are known.
    /// </param>
    /// <param name="cancellationToken">Cancels the request; nothing is left behind.</param>
    /// <returns>What arrived.</returns>
    public static Task<FileDownloadResult> DownloadAsync(
        this FileDownload download,
        string targetPath,
        FileDownloadOptions options,
        CancellationToken cancellationToken = default
    ) => DownloadAsync(download, targetPath, options, null, cancellationToken);

    private static Task<FileDownloadResult> DownloadAsync(
        PolarFile file,
        string targetPath,
        FileDownloadOptions? options,
        HttpClient? store,
        CancellationToken cancellationToken
    )
    {
        _ = file ?? throw new ArgumentNullException(nameof(file));
        var url = file.Download?.Url ?? file.PublicUrl;
        if (url is null)
        {
            throw new ArgumentException(
                "Polar returned no download address for this file. It returns one in the customer portal, and for public files.",
                nameof(file)
            );
        }

        options ??= new FileDownloadOptions();
        var expected = new ExpectedContent(
            options.Size ?? file.Size,
            options.ChecksumSha256Base64 ?? file.ChecksumSha256Base64
        );
        return DownloadAsync(url, file.Download?.Headers, targetPath, expected, options, store, cancellationToken);
    }

    private static Task<FileDownloadResult> DownloadAsync(
        FileDownload download,
        string targetPath,
        FileDownloadOptions? options,
        HttpClient? store,
        CancellationToken cancellationToken
    )
    {
        _ = download ?? throw new ArgumentNullException(nameof(download));
        var url = download.Url ?? throw new ArgumentException("The download has no address.", nameof(download));
        options ??= new FileDownloadOptions();
        var expected = new ExpectedContent(options.Size, options.ChecksumSha256Base64);
        return DownloadAsync(url, download.Headers, targetPath, expected, options, store, cancellationToken);
    }

    private static Task<FileDownloadResult> DownloadAsync(
        string url,
        IReadOnlyDictionary<string, string>? headers,
        string targetPath,
        ExpectedContent expected,
        FileDownloadOptions options,
        HttpClient? store,
        CancellationToken cancellationToken
    )
    {
        _ = targetPath ?? throw new ArgumentNullException(nameof(targetPath));
        options.Check();
        return new FileDownloader(url, headers, targetPath, expected, options, store).RunAsync(cancellationToken);
    }
}
