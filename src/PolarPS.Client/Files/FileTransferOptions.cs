using System.Net.Http;

namespace PolarPS.Client;

/// <summary>How files travel, up or down.</summary>
/// <remarks>
/// Content goes between this computer and the store that Polar names, at signed addresses that need no token. So it never
/// goes over the HttpClient that talks to Polar's API.
/// </remarks>
public abstract class FileTransferOptions
{
    private protected FileTransferOptions() { }

    /// <summary>
    /// Talks to the store, in the place of the one that belongs to the client; stays the caller's. It must bring no Authorization
    /// of its own. A plain one sends each request once, and follows redirects if it is made to. Null for the client's.
    /// </summary>
    public HttpClient? StoreClient { get; set; }

    /// <summary>How often a part, or a download, is tried again after a fault that may pass; 4 unless set. A plain <see cref="StoreClient"/> tries once.</summary>
    public int MaximumRetries { get; set; } = 4;

    /// <summary>How long a request to the store may stall before it counts as lost; 60 s unless set.</summary>
    public TimeSpan StallTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Receives the progress, one call at a time and never backwards within a stage, on any thread. What it throws is
    /// ignored. Null for nobody.
    /// </summary>
    public IProgress<FileProgress>? Progress { get; set; }

    internal virtual void Check()
    {
        if (MaximumRetries is < 0 or > 100)
        {
            throw new ArgumentException("The number of retries must be from 0 to 100.");
        }

        if (StallTimeout <= TimeSpan.Zero || StallTimeout > TimeSpan.FromDays(1))
        {
            throw new ArgumentException("The time without progress must be above zero and at most one day.");
        }
    }
}

/// <summary>What is uploaded, and how.</summary>
public sealed class FileUploadOptions : FileTransferOptions
{
    /// <summary>The size of a part unless it is set, and the file needs no larger ones: 10 MiB.</summary>
    public const long DefaultPartSize = 10 * Mebibyte;

    /// <summary>The least that a part may have, the last one excepted: 5 MiB.</summary>
    public const long SmallestPartSize = 5 * Mebibyte;

    /// <summary>The most that a part may have: 5 GiB.</summary>
    public const long LargestPartSize = 5 * 1024 * Mebibyte;

    /// <summary>The most parts that a file may have.</summary>
    public const int MaximumParts = 10_000;

    private const long Mebibyte = 1024 * 1024;

    /// <summary>
    /// What it is for, as in <see cref="Models.FileCreate.Service"/>: <c>downloadable</c>, <c>product_media</c>,
    /// <c>organization_avatar</c>, <c>support_case_attachment</c>. Needed.
    /// </summary>
    public string? Service { get; set; }

    /// <summary>The file's name at Polar. Null for the name it has here; needed with a stream.</summary>
    public string? Name { get; set; }

    /// <summary>Its media type; null to infer it from the file name extension, else <c>application/octet-stream</c>.</summary>
    public string? MimeType { get; set; }

    /// <summary>A version name for yourself; null for none.</summary>
    public string? Version { get; set; }

    /// <summary>The organization that owns it. Needed with a user's token, refused with an organization's.</summary>
    public string? OrganizationId { get; set; }

    /// <summary>
    /// Bytes in each part but the last. Null for <see cref="DefaultPartSize"/>, or for as much as keeps the file within <see
    /// cref="MaximumParts"/>.
    /// </summary>
    public long? PartSize { get; set; }

    /// <summary>How many parts are uploaded in parallel; 4 unless set. Each takes a small buffer, whatever the size of the parts.</summary>
    public int MaximumParallelParts { get; set; } = 4;

    internal override void Check()
    {
        base.Check();
        if (string.IsNullOrEmpty(Service))
        {
            throw new ArgumentException("Set Service to what the file is for, such as 'downloadable'.");
        }

        if (PartSize is < SmallestPartSize or > LargestPartSize)
        {
            throw new ArgumentException("The size of a part must be from 5 MiB to 5 GiB.");
        }

        if (MaximumParallelParts is < 1 or > 64)
        {
            throw new ArgumentException("The number of parallel parts must be from 1 to 64.");
        }
    }

    /// <summary>The size of all parts but the last.</summary>
    internal long PartSizeFor(long size)
    {
        var needed = (size + MaximumParts - 1) / MaximumParts;
        if (needed > LargestPartSize)
        {
            throw new ArgumentException($"{size} bytes do not fit into {MaximumParts} parts of 5 GiB.");
        }

        if (PartSize is not { } asked)
        {
            var whole = (needed + Mebibyte - 1) / Mebibyte * Mebibyte;
            return Math.Max(DefaultPartSize, whole);
        }

        return needed <= asked
            ? asked
            : throw new ArgumentException(
                $"{size} bytes in parts of {asked} make more than {MaximumParts} parts; use parts of at least {needed} bytes."
            );
    }
}

/// <summary>How a file is downloaded, and what it has to be.</summary>
public sealed class FileDownloadOptions : FileTransferOptions
{
    /// <summary>Whether a file that has the target's name already gives way, once the new one is whole.</summary>
    public bool Overwrite { get; set; }

    /// <summary>Whether <see cref="Overwrite"/> holds for read-only files too. The mark stays.</summary>
    public bool OverwriteReadOnly { get; set; }

    /// <summary>How many bytes it has to have; null for what the file says of itself, if anything does.</summary>
    public long? Size { get; set; }

    /// <summary>The SHA-256 of the whole content that it has to have, in base 64; null for what the file says of itself.</summary>
    public string? ChecksumSha256Base64 { get; set; }

    /// <summary>How many bytes at most where no size is known.</summary>
    internal long SizeLimit { get; set; } = 16L * 1024 * 1024 * 1024;
}
