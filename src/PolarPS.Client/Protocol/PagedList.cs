using System.Runtime.CompilerServices;

namespace PolarPS.Client;

/// <summary>
/// A list of Polar's that is read while it is enumerated, page by page, a few pages ahead. Enumerating it twice reads it
/// twice. Items that move between pages meanwhile come once.
/// </summary>
/// <typeparam name="T">The type of the items.</typeparam>
public sealed class PagedList<T> : IAsyncEnumerable<T>
    where T : class
{
    private readonly ListQuery _query;
    private readonly PageSource<T> _source;
    private readonly PageSource<T>? _lasting;
    private readonly Func<T, string?> _key;

    /// <param name="query">The extent.</param>
    /// <param name="source">The list in the order that is wanted.</param>
    /// <param name="lasting">The same rows in an order that does not change while they are read; null where there is none.</param>
    /// <param name="key">The id of a row.</param>
    internal PagedList(ListQuery query, PageSource<T> source, PageSource<T>? lasting, Func<T, string?> key)
    {
        _query = query;
        _source = source;
        _lasting = lasting;
        _key = key;
    }

    internal PagedList(
        ApiConnection connection,
        string path,
        ListQuery query,
        ModelReader<ListEnvelope<T>> reader,
        Func<T, string?> key
    )
        : this(
            query,
            new PageSource<T>(
                query.Order,
                query.IsFiltered,
                (window, token) => FetchAsync(connection, path, query, null, reader, window, token)
            ),
            query is { Order: RowOrder.Changing, LastingSorting: { } sorting }
                ? new PageSource<T>(
                    SortedListQuery.OrderOf(sorting),
                    query.IsFiltered,
                    (window, token) => FetchAsync(connection, path, query, sorting, reader, window, token)
                )
                : null,
            key
        ) { }

    /// <summary>How many items match on the server now, whatever extent was asked for. One request.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The count; -1 for a list that is read without one.</returns>
    public async Task<long> CountAsync(CancellationToken cancellationToken = default)
    {
        var page = await _source.FetchAsync(new PageWindow(1, 1), cancellationToken).ConfigureAwait(false);
        return page.TotalCount;
    }

    /// <summary>The items one by one.</summary>
    /// <param name="cancellationToken">Ends the reading, requests under way included.</param>
    /// <returns>An enumerator; disposing of it ends the requests that were reading ahead.</returns>
    public async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        var pages = ReadPagesAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        try
        {
            while (await pages.MoveNextAsync().ConfigureAwait(false))
            {
                foreach (var item in pages.Current.Items)
                {
                    // A consumer that takes a few items and leaves must not have caused requests for the next pages.
                    yield return item;
                }
            }
        }
        finally
        {
            await pages.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The items of the first page alone.</summary>
    internal async Task<IReadOnlyList<T>> ReadFirstPageAsync(CancellationToken cancellationToken)
    {
        await foreach (var page in ReadPagesAsync(cancellationToken).ConfigureAwait(false))
        {
            return page.Items;
        }

        return [];
    }

    /// <summary>The item of an id, of a kind of which Polar gives none alone.</summary>
    /// <param name="id">The id.</param>
    /// <param name="kind">What there is none of, for the error.</param>
    /// <param name="path">Where the list is.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="PolarNotFoundException">No item has the id.</exception>
    internal async Task<T> FindAsync(string id, string kind, string path, CancellationToken cancellationToken)
    {
        _ = id ?? throw new ArgumentNullException(nameof(id));
        await foreach (var item in this.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (string.Equals(_key(item), id, StringComparison.OrdinalIgnoreCase))
            {
                return item;
            }
        }

        throw new PolarNotFoundException($"There is no such {kind}.", new FailedCall("GET", path, StatusCode: 200));
    }

    /// <summary>The pages, for those who want to know the count while reading.</summary>
    /// <param name="cancellationToken">Ends the reading, requests under way included.</param>
    /// <returns>The pages in order, without what had come before.</returns>
    public IAsyncEnumerable<ListPage<T>> ReadPagesAsync(CancellationToken cancellationToken = default) =>
        ReadPagesAsync(null, cancellationToken);

    /// <summary>The same, telling how many rows of how many are read where that comes long before the first page.</summary>
    internal async IAsyncEnumerable<ListPage<T>> ReadPagesAsync(
        Action<long, long>? progress,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        // A reader for each enumeration: it remembers what has come.
        var reader = new PageReader<T>(_query, _source, _lasting, _key, progress);
        await foreach (var page in reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return page;
        }
    }

    [AsyncMethodBuilder(typeof(ImageTaskMethodBuilder<>))]
    private static async Task<FetchedPage<T>> FetchAsync(
        ApiConnection connection,
        string root,
        ListQuery list,
        string? sorting,
        ModelReader<ListEnvelope<T>> reader,
        PageWindow window,
        CancellationToken cancellationToken
    )
    {
        var query = new QueryBuilder();
        list.AddFilters(query);
        if (sorting is null)
        {
            list.AddOrder(query);
        }
        else
        {
            query.Add("sorting", sorting);
        }

        query.Add("page", (long)window.Number).Add("limit", (long)window.Size);
        var path = root + query;
        var answer = await connection
            .SendDatedAsync(ApiRequest.Get(path), reader, cancellationToken)
            .ConfigureAwait(false);
        var envelope = answer.Document;
        if (envelope is { Items: { } uncounted, Pagination.HasNextPage: { } more })
        {
            // Only the next page is known to exist; one that turns out to be empty was none.
            var last =
                uncounted.Count == 0 ? window.Number - 1
                : more ? window.Number + 1
                : window.Number;
            return Page(uncounted, ListPage<T>.NotCounted, last);
        }

        // Without the extent nobody could tell whether this page is the last one.
        return envelope is { Items: { } items, Pagination: { TotalCount: { } count, MaxPage: { } pages } }
            ? Page(items, count, pages)
            : throw new PolarResponseException(
                "The response is not a list.",
                new FailedCall("GET", Redactor.Redact(path), StatusCode: 200)
            );

        FetchedPage<T> Page(IReadOnlyList<T> rows, long total, int lastPage) =>
            new(window, path, rows, total, lastPage, answer.Timing);
    }
}

/// <summary>Some items of a list.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
public sealed class ListPage<T>
{
    internal const long NotCounted = -1;

    internal ListPage(IReadOnlyList<T> items, long totalCount)
    {
        Items = items;
        TotalCount = totalCount;
    }

    /// <summary>The items, none of which was on a page before.</summary>
    public IReadOnlyList<T> Items { get; }

    /// <summary>How many items match on the server, as of this page; -1 for a list that is read without a count.</summary>
    public long TotalCount { get; }
}
