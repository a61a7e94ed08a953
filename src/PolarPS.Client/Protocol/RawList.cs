using System.Net.Http;
using System.Text.Json;

namespace PolarPS.Client;

/// <summary>A list of which nothing is known but its path: what it is made of shows in its answers, or it is refused.</summary>
internal sealed class RawList(ApiConnection connection, string path)
{
    /// <summary>The list at a path.</summary>
    /// <exception cref="ArgumentException">The query has a page or a limit of its own.</exception>
    public static PagedList<RawItem> Of(
        ApiConnection connection,
        string path,
        RawListQuery query,
        Func<string, SortedListQuery?> find
    )
    {
        var full = RawPath.Of(path, query.Filter);
        var given = RawPath.QueryOf(full).ToList();
        if (given.Find(pair => IsExtent(pair.Key)) is { Key: { } name })
        {
            throw new ArgumentException(
                $"The query has '{name.Trim()}', but all pages are read. Omit page and limit, or request a single page without reading all pages."
            );
        }

        var known = find(full.Split('?')[0]);
        var sorting = given.Find(pair => IsSorting(pair.Key)).Value;
        query.RawOrder =
            sorting is { Length: > 0 } ? SortedListQuery.OrderOf(sorting)
            : known is not null ? known.Order
            : RowOrder.Lasting;

        // Filters with several values can count a row more than once, and events are counted in another store than they are in.
        query.IsCounted =
            !full.StartsWith("/v1/events", StringComparison.OrdinalIgnoreCase)
            && !full.StartsWith("/v1/customer-portal/benefit-grants", StringComparison.OrdinalIgnoreCase)
            && given.Where(pair => !IsSorting(pair.Key)).GroupBy(pair => pair.Key).All(names => names.Count() == 1);

        var list = new RawList(connection, full);
        return new PagedList<RawItem>(
            query,
            Source(query.RawOrder, list.FetchAsync),
            query.RawOrder == RowOrder.Changing ? Lasting(list, known) : null,
            item => item.Id
        );
    }

    // Of what a path may have in its query it is not known whether it filters.
    private static PageSource<RawItem> Source(
        RowOrder order,
        Func<PageWindow, CancellationToken, Task<FetchedPage<RawItem>>> fetch
    ) => new(order, IsFiltered: true, fetch);

    // The same rows in an order that does not change while they are read.
    private static PageSource<RawItem>? Lasting(RawList list, SortedListQuery? known)
    {
        if (known is not null)
        {
            return known.LastingSorting is { } sorting
                ? Source(SortedListQuery.OrderOf(sorting), list.Sorted(sorting).FetchAsync)
                : null;
        }

        // Most lists have this order. One that does not refuses it, and is looked at again as it is.
        var usual = list.Sorted("-created_at");
        var isRefused = false;
        return Source(
            RowOrder.Lasting,
            async (window, token) =>
            {
                try
                {
                    if (!isRefused)
                    {
                        return await usual.FetchAsync(window, token).ConfigureAwait(false);
                    }
                }
                catch (PolarValidationException)
                {
                    isRefused = true;
                }

                return await list.FetchAsync(window, token).ConfigureAwait(false);
            }
        );
    }

    private static bool IsSorting(string name) => name == "sorting";

    private RawList Sorted(string sorting)
    {
        var parts = path.Split(['?'], 2);
        var kept = (parts.Length < 2 ? "" : parts[1])
            .Split('&')
            .Where(pair => pair.Length > 0 && !IsSorting(NameOf(pair)));
        var rest = string.Join("&", kept);
        return new RawList(
            connection,
            RawPath.With(parts[0] + (rest.Length == 0 ? "" : "?" + rest), new QueryBuilder().Add("sorting", sorting))
        );

        static string NameOf(string pair) => RawPath.QueryOf("?" + pair).First().Key;
    }

    // However it is spelt, page[] included: what is meant is plain.
    private static bool IsExtent(string name) => name.Split('[')[0].Trim().ToLowerInvariant() is "page" or "limit";

    private async Task<FetchedPage<RawItem>> FetchAsync(PageWindow window, CancellationToken cancellationToken)
    {
        var page = RawPath.With(
            path,
            new QueryBuilder().Add("page", (long)window.Number).Add("limit", (long)window.Size)
        );
        var response = await connection
            .SendRawAsync(ApiRequest.Raw(HttpMethod.Get, page, null), cancellationToken)
            .ConfigureAwait(false);
        using var document = response.ReadJson();
        try
        {
            return Read(document.RootElement, window, page, response.Timing);
        }
        catch (FormatException exception)
        {
            throw new PolarResponseException(
                $"The response is not a paged list: {exception.Message}. Request it without reading all pages.",
                new FailedCall("GET", Redactor.Redact(page), StatusCode: response.StatusCode)
            );
        }
    }

    private static FetchedPage<RawItem> Read(JsonElement root, PageWindow window, string page, AnswerTiming timing)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"it is {NameOf(root)}");
        }

        if (!root.TryGetProperty("items", out var items) || items.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException("it has no array 'items'");
        }

        if (!root.TryGetProperty("pagination", out var position) || position.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("it has no object 'pagination'");
        }

        var rows = items.EnumerateArray().Select(item => new RawItem(item.Clone())).ToList();
        var count = CountIn(position, "total_count");
        var pages = CountIn(position, "max_page");
        var more = MoreIn(position);
        if (pages is > int.MaxValue)
        {
            throw new FormatException($"'max_page' is {pages}");
        }

        if (pages is null && (more is null || count is not null))
        {
            // A count alone does not tell which page is the last, if the server lowers the limit.
            throw new FormatException("'pagination' does not say which page is the last");
        }

        var last =
            (int?)pages
            ?? (
                rows.Count == 0 ? window.Number - 1
                : more == true ? window.Number + 1
                : window.Number
            );
        if (more == true && last <= window.Number && rows.Count > 0)
        {
            throw new FormatException("'pagination' says that this is the last page, and that it is not");
        }

        return new FetchedPage<RawItem>(window, page, rows, count ?? ListPage<RawItem>.NotCounted, last, timing);
    }

    // A whole number, however it is written, such as 1.0.
    private static long? CountIn(JsonElement position, string name)
    {
        if (!position.TryGetProperty(name, out var value))
        {
            return null;
        }

        return
            value.ValueKind == JsonValueKind.Number
            && value.TryGetDecimal(out var number)
            && number == decimal.Truncate(number)
            && number is >= 0 and <= long.MaxValue
            ? (long)number
            : throw new FormatException($"'{name}' is not a whole number");
    }

    private static bool? MoreIn(JsonElement position) =>
        !position.TryGetProperty("has_next_page", out var value)
            ? null
            : value.ValueKind switch
            {
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                _ => throw new FormatException("'has_next_page' is neither true nor false"),
            };

    private static string NameOf(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Array => "an array",
            JsonValueKind.Null => "null",
            _ => "a single value",
        };
}
