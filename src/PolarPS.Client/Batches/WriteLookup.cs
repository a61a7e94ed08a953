using System.Text.Json;

namespace PolarPS.Client;

/// <summary>What has become of a request that got no answer.</summary>
internal enum LookupOutcome
{
    /// <summary>It was carried out.</summary>
    Found,

    /// <summary>All places were looked at where its work would be, and it is not there.</summary>
    Absent,

    /// <summary>Neither can be told.</summary>
    Unknown,
}

/// <summary>The same, with what was found.</summary>
/// <param name="Outcome">What has become of it.</param>
/// <param name="Id">The id of what it made; null where nothing was found.</param>
internal readonly record struct LookupResult(LookupOutcome Outcome, string? Id = null);

/// <summary>
/// Looks for the work of requests without an answer: by the mark in metadata, else by a natural key, in the narrowest list there is,
/// newest first back to the time of sending, at most some pages.
/// </summary>
/// <param name="connection">To read over.</param>
/// <param name="marker">The key of metadata that carries marks.</param>
/// <param name="isKnown">Whether an object is the work of another request of the batch.</param>
internal sealed class WriteLookup(ApiConnection connection, string? marker, Predicate<string> isKnown)
{
    private const int MostPages = 10;
    private const int MostTries = 3;
    private const int PageSize = 100;

    // What clocks may differ by beyond what an answer's date tells.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(10);

    /// <summary>Looks for what a request has done.</summary>
    /// <param name="request">The request, as it is sent again.</param>
    /// <param name="write">What the journal has of it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="PolarException">Polar did not answer.</exception>
    public async Task<LookupResult> FindAsync(ApiRequest request, BatchWrite write, CancellationToken cancellationToken)
    {
        if (WriteKinds.CreationOf(request) is { } kind)
        {
            // A list that another program changes while it is read shows its pages shifted; so it is read again.
            for (var attempt = 0; attempt < MostTries; attempt++)
            {
                if (await FindCreatedAsync(request, kind, write, cancellationToken).ConfigureAwait(false) is { } result)
                {
                    return result;
                }
            }
        }
        else if (WriteKinds.AddressOfChanged(request) is { } address)
        {
            using var document = await ReadAsync(address, cancellationToken).ConfigureAwait(false);
            if (WriteKinds.WasDone(request, document.RootElement) is { } isDone)
            {
                return isDone
                    ? new LookupResult(LookupOutcome.Found, IdOf(document.RootElement))
                    : new LookupResult(LookupOutcome.Absent);
            }
        }

        return new LookupResult(LookupOutcome.Unknown);
    }

    /// <summary>What a request has made or changed, as its answer would have it; null where it cannot be read.</summary>
    /// <param name="request">The request.</param>
    /// <param name="id">The id of what it made.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="PolarException">Polar did not answer.</exception>
    public async Task<string?> ReadBackAsync(ApiRequest request, string? id, CancellationToken cancellationToken)
    {
        try
        {
            if (WriteKinds.CreationOf(request) is not { } kind)
            {
                return WriteKinds.AddressOfChanged(request) is { } address
                    ? (await ReadAsync(address, cancellationToken).ConfigureAwait(false)).RootElement.GetRawText()
                    : null;
            }

            if (id is null)
            {
                return null;
            }

            var path = WriteKinds.PathOf(request);
            switch (kind.ReadsBy)
            {
                case ReadsBy.Address:
                    var document = await ReadAsync(path.TrimEnd('/') + "/" + id, cancellationToken)
                        .ConfigureAwait(false);
                    return document.RootElement.GetRawText();
                case ReadsBy.IdFilter:
                    var page = await ReadAsync(path + new QueryBuilder().Add("id", id), cancellationToken)
                        .ConfigureAwait(false);
                    return Items(page.RootElement, kind)
                        .Where(item => IdOf(item) == id)
                        .Select(static item => item.GetRawText())
                        .FirstOrDefault();
                default:
                    using (var body = JsonDocument.Parse(request.Body!))
                    {
                        var scan = new Scan(path, Narrowed(kind, body.RootElement), kind);
                        await ScanAsync(scan, item => IdOf(item) == id, null, cancellationToken).ConfigureAwait(false);
                        return scan.Match?.GetRawText();
                    }
            }
        }
        catch (PolarNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The id that an object has; null for none in the form of Polar's.</summary>
    public static string? IdOf(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object
        && item.TryGetProperty("id", out var id)
        && id.ValueKind == JsonValueKind.String
        && Guid.TryParse(id.GetString(), out _)
            ? id.GetString()
            : null;

    private async Task<LookupResult?> FindCreatedAsync(
        ApiRequest request,
        CreationKind kind,
        BatchWrite write,
        CancellationToken cancellationToken
    )
    {
        using var body = JsonDocument.Parse(request.Body!);
        var path = WriteKinds.PathOf(request);
        if (write.Mark is { } mark && marker is not null)
        {
            var query = kind.FiltersMetadata
                ? new QueryBuilder().AddMetadata(new Dictionary<string, object?> { [marker] = mark })
                : Narrowed(kind, body.RootElement);
            var marked = new Scan(path, query, kind);
            var isWhole = await ScanAsync(marked, item => IsMarked(item, mark), write.SentAt, cancellationToken)
                .ConfigureAwait(false);
            return marked.Result(isWhole);
        }

        var keys = (kind.NaturalKeys ?? [])
            .Select(name => (Name: name, Value: TextOf(body.RootElement, name)))
            .Where(static key => !string.IsNullOrEmpty(key.Value))
            .ToList();
        var fitting = new Scan(path, Narrowed(kind, body.RootElement), kind);
        var isEnd = await ScanAsync(
                fitting,
                item =>
                    keys.Count > 0
                        ? keys.TrueForAll(key =>
                            string.Equals(TextOf(item, key.Name), key.Value, StringComparison.OrdinalIgnoreCase)
                        ) && (fitting.Cutoff is not { } cutoff || !(CreatedAt(item) < cutoff))
                        : !(IdOf(item) is { } id && isKnown(id)) && !(CreatedAt(item) < fitting.Cutoff),
                write.SentAt,
                cancellationToken
            )
            .ConfigureAwait(false);

        // Without a mark and a key, something new may be it, or another program's.
        return keys.Count == 0 && fitting.Match is not null
            ? new LookupResult(LookupOutcome.Unknown)
            : fitting.Result(isEnd);
    }

    // Whether the list was read as far as it has to be: null where it changed meanwhile.
    private async Task<bool?> ScanAsync(
        Scan scan,
        Predicate<JsonElement> isIt,
        DateTimeOffset? sentAt,
        CancellationToken cancellationToken
    )
    {
        long? total = null;
        for (var page = 1; page <= MostPages; page++)
        {
            var asked = DateTimeOffset.UtcNow;
            var (document, answeredAt) = await ReadDatedAsync(scan.AddressOf(page), cancellationToken)
                .ConfigureAwait(false);
            using (document)
            {
                scan.Cutoff ??= sentAt is { } time && answeredAt is { } there ? time + (there - asked) - Margin : null;
                var items = Items(document.RootElement, scan.Kind);
                foreach (var item in items)
                {
                    if (isIt(item))
                    {
                        scan.Match = item.Clone();
                        return true;
                    }
                }

                if (!scan.Kind.HasPages)
                {
                    return true;
                }

                var (count, last) = Extent(document.RootElement);
                if (total is not null && count != total)
                {
                    return null;
                }

                total = count;
                if (
                    page >= last
                    || (scan.Kind.IsSorted && items.Count > 0 && CreatedAt(items[items.Count - 1]) < scan.Cutoff)
                )
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static (long Total, long Last) Extent(JsonElement page) =>
        page.TryGetProperty("pagination", out var extent)
        && extent.TryGetProperty("total_count", out var total)
        && extent.TryGetProperty("max_page", out var last)
            ? (total.GetInt64(), last.GetInt64())
            // No list of Polar's: it is never at its end.
            : (-1, long.MaxValue);

    private static List<JsonElement> Items(JsonElement answer, CreationKind kind)
    {
        var items = answer;
        if (
            kind.Items is { } name
            && !(answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty(name, out items))
        )
        {
            return [];
        }

        return items.ValueKind == JsonValueKind.Array ? [.. items.EnumerateArray()] : [];
    }

    private static QueryBuilder Narrowed(CreationKind kind, JsonElement body)
    {
        var query = new QueryBuilder();
        foreach (var name in kind.Narrowing ?? [])
        {
            query.Add(name, TextOf(body, name));
        }

        return query;
    }

    private bool IsMarked(JsonElement item, string mark) =>
        item.ValueKind == JsonValueKind.Object
        && item.TryGetProperty("metadata", out var metadata)
        && metadata.ValueKind == JsonValueKind.Object
        && TextOf(metadata, marker!) == mark;

    private static string? TextOf(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object
        && item.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static DateTimeOffset? CreatedAt(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object
        && item.TryGetProperty("created_at", out var value)
        && value.ValueKind == JsonValueKind.String
        && value.TryGetDateTimeOffset(out var time)
            ? time
            : null;

    private async Task<JsonDocument> ReadAsync(string path, CancellationToken cancellationToken) =>
        (await ReadDatedAsync(path, cancellationToken).ConfigureAwait(false)).Document;

    private async Task<(JsonDocument Document, DateTimeOffset? AnsweredAt)> ReadDatedAsync(
        string path,
        CancellationToken cancellationToken
    )
    {
        var answer = await connection.SendRawAsync(ApiRequest.Get(path), cancellationToken).ConfigureAwait(false);
        return (answer.ReadJson(), answer.Timing.AskedAt);
    }

    // A list that is looked through.
    private sealed class Scan(string path, QueryBuilder query, CreationKind kind)
    {
        public CreationKind Kind => kind;

        // Older objects cannot be it; null where the clocks cannot be compared, so that all may be.
        public DateTimeOffset? Cutoff { get; set; }

        public JsonElement? Match { get; set; }

        public string AddressOf(int page)
        {
            if (!kind.HasPages)
            {
                return path + query;
            }

            var sorting = kind.IsSorted ? "sorting=-created_at&" : string.Empty;
            var text = query.ToString();
            return $"{path}{(text.Length == 0 ? "?" : text + "&")}{sorting}limit={PageSize}&page={page}";
        }

        public LookupResult? Result(bool? isWhole) =>
            Match is { } match
                ? IdOf(match) is { } id
                    ? new LookupResult(LookupOutcome.Found, id)
                    : new LookupResult(LookupOutcome.Unknown)
                : isWhole is { } whole
                    ? new LookupResult(whole ? LookupOutcome.Absent : LookupOutcome.Unknown)
                    : null;
    }
}
