using System.Net.Http;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;

namespace PolarPS.Client;

/// <summary>One upload, from the file's checksums to its completion.</summary>
internal sealed class FileUploader(FilesResource files, Stream content, string name, FileUploadOptions options)
{
    private const int BufferSize = 256 * 1024;

    private readonly FileStore _store = new(options, files.StoreClient);

    public async Task<PolarFile> RunAsync(CancellationToken cancellationToken)
    {
        using var source = new FileSource(content, name);
        var size = source.Length;
        if (size <= 0)
        {
            throw new ArgumentException($"'{name}' is empty; Polar does not accept empty files.");
        }

        var (parts, checksum) = await HashAsync(source, size, cancellationToken).ConfigureAwait(false);
        var file = await files.CreateAsync(Announce(size, parts, checksum), cancellationToken).ConfigureAwait(false);
        var places = FindPlaces(file, parts);
        var etags = await SendPartsAsync(source, size, parts, places, cancellationToken).ConfigureAwait(false);
        if (source.Length != size)
        {
            throw source.Changed();
        }

        cancellationToken.ThrowIfCancellationRequested();
        return await files
            .UploadedAsync(file.Id!, Complete(file.Upload!, parts, etags), cancellationToken)
            .ConfigureAwait(false);
    }

    private static FileUploadCompleted Complete(FileUpload upload, IReadOnlyList<FilePart> parts, string[] etags) =>
        new()
        {
            Id = upload.Id,
            Path = upload.Path,
            Parts =
            [
                .. parts.Select(part => new FileUploadCompletedPart
                {
                    Number = part.Number,
                    ChecksumEtag = etags[part.Index],
                    ChecksumSha256Base64 = part.Checksum,
                }),
            ],
        };

    // The parts' places, in order; all are looked at before the first byte leaves.
    private static (Uri Address, IReadOnlyDictionary<string, string>? Headers)[] FindPlaces(
        PolarFile file,
        IReadOnlyList<FilePart> parts
    )
    {
        var given = (file.Upload?.Parts ?? []).Where(static place => place is not null).ToLookup(place => place.Number);
        if (
            file.Id is null
            || file.Upload?.Id is null
            || file.Upload.Path is null
            || given.Sum(static places => places.Count()) != parts.Count
            || parts.Any(part => given[part.Number].Count() != 1)
        )
        {
            throw Unfit("does not give exactly one address for each part of the file");
        }

        return
        [
            .. parts.Select(part =>
            {
                var place = given[part.Number].First();
                if ((place.ChunkStart ?? part.Start) != part.Start || (place.ChunkEnd ?? part.End) != part.End)
                {
                    throw Unfit($"splits the file differently than requested, at part {part.Number}");
                }

                var address =
                    FileStore.AddressOf(place.Url)
                    ?? throw Unfit(
                        $"sends part {part.Number} to an address that is neither https nor on this computer"
                    );
                return (address, place.Headers);
            }),
        ];
    }

    private static PolarResponseException Unfit(string what) =>
        new($"Polar's response {what}. Nothing was uploaded.", new FailedCall("POST", "/v1/files/"));

    private static string ReadEtag(HttpResponseMessage response, StoreCall call) =>
        response.Headers.TryGetValues("ETag", out var values) && values.FirstOrDefault() is { Length: > 0 } etag
            ? etag
            : throw new PolarResponseException(
                "The file store returned no ETag for a part, so the upload cannot be completed.",
                call.Describe((int)response.StatusCode)
            );

    private async Task<(IReadOnlyList<FilePart> Parts, string Checksum)> HashAsync(
        FileSource source,
        long size,
        CancellationToken cancellationToken
    )
    {
        var partSize = options.PartSizeFor(size);
        var count = (int)((size + partSize - 1) / partSize);
        var meter = new TransferMeter(options.Progress, FileTransferStage.Hashing, size, count);
        var parts = new List<FilePart>(count);
        var buffer = new byte[BufferSize];
        using var whole = SHA256.Create();
        for (var number = 1; number <= count; number++)
        {
            var start = (number - 1) * partSize;
            var length = Math.Min(partSize, size - start);
            using var hash = SHA256.Create();
            for (long done = 0; done < length; )
            {
                var read = (int)Math.Min(BufferSize, length - done);
                await source.ReadAsync(start + done, buffer, read, cancellationToken).ConfigureAwait(false);
                hash.TransformBlock(buffer, 0, read, null, 0);
                whole.TransformBlock(buffer, 0, read, null, 0);
                done += read;
                meter.Reached(number - 1, done);
            }

            hash.TransformFinalBlock(buffer, 0, 0);
            parts.Add(new FilePart(number, start, length, Convert.ToBase64String(hash.Hash!)));
            meter.PartDone();
        }

        whole.TransformFinalBlock(buffer, 0, 0);
        return (parts, Convert.ToBase64String(whole.Hash!));
    }

    private FileCreate Announce(long size, IReadOnlyList<FilePart> parts, string checksum)
    {
        var body = new FileCreate
        {
            Service = options.Service,
            Name = name,
            MimeType = options.MimeType ?? MediaTypes.Of(name),
            Size = size,
            ChecksumSha256Base64 = checksum,
            Upload = new FileUploadInput
            {
                Parts =
                [
                    .. parts.Select(static part => new FileUploadPartInput
                    {
                        Number = part.Number,
                        ChunkStart = part.Start,
                        ChunkEnd = part.End,
                        ChecksumSha256Base64 = part.Checksum,
                    }),
                ],
            },
        };
        // What is set is sent, null too.
        if (options.Version is not null)
        {
            body.Version = options.Version;
        }

        if (options.OrganizationId is not null)
        {
            body.OrganizationId = options.OrganizationId;
        }

        return body;
    }

    // The parts' ETags, in order.
    private async Task<string[]> SendPartsAsync(
        FileSource source,
        long size,
        IReadOnlyList<FilePart> parts,
        (Uri Address, IReadOnlyDictionary<string, string>? Headers)[] places,
        CancellationToken cancellationToken
    )
    {
        var meter = new TransferMeter(options.Progress, FileTransferStage.Transferring, size, parts.Count);
        var etags = new string[parts.Count];
        var last = -1;
        Exception? failure = null;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var lanes = Math.Min(options.MaximumParallelParts, parts.Count);
        await Task.WhenAll(Enumerable.Range(0, lanes).Select(_ => WorkAsync())).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (failure is not null)
        {
            ExceptionDispatchInfo.Capture(failure).Throw();
        }

        return etags;

        async Task WorkAsync()
        {
            try
            {
                for (int index; (index = Interlocked.Increment(ref last)) < parts.Count; )
                {
                    etags[index] = await _store
                        .SendAsync(
                            HttpMethod.Put,
                            places[index].Address,
                            places[index].Headers,
                            watch => new PartContent(source, parts[index], meter, watch),
                            static (response, _, call) => Task.FromResult(ReadEtag(response, call)),
                            stop.Token
                        )
                        .ConfigureAwait(false);
                    meter.PartDone();
                }
            }
            catch (Exception exception)
            {
                // The first failure is the one that counts; those of the others come of being stopped for it.
                Interlocked.CompareExchange(ref failure, exception, null);
                stop.Cancel();
            }
        }
    }
}

/// <summary>The media types of commonly sold files, by file name extension.</summary>
internal static class MediaTypes
{
    private static readonly Dictionary<string, string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        [".csv"] = "text/csv",
        [".epub"] = "application/epub+zip",
        [".gif"] = "image/gif",
        [".gz"] = "application/gzip",
        [".jpeg"] = "image/jpeg",
        [".jpg"] = "image/jpeg",
        [".json"] = "application/json",
        [".md"] = "text/markdown",
        [".mp3"] = "audio/mpeg",
        [".mp4"] = "video/mp4",
        [".pdf"] = "application/pdf",
        [".png"] = "image/png",
        [".svg"] = "image/svg+xml",
        [".txt"] = "text/plain",
        [".wav"] = "audio/wav",
        [".webp"] = "image/webp",
        [".xml"] = "application/xml",
        [".zip"] = "application/zip",
    };

    public static string Of(string name) =>
        Known.TryGetValue(Path.GetExtension(name), out var type) ? type : "application/octet-stream";
}
