using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace PolarPS.Client;

/// <summary>A list of which nothing is known but its path: what it is made of shows in its answers, or it is refused.</summary>
internal sealed class RawList(ApiConnection connection, string path)
{
    /// <summary>The list at a path.</summary>
    /// <exception cref="ArgumentException">The query has a page or a limit of its own.</exception>
    public static PagedList<RawItem> Of(ApiConnection connection, string path, RawListQuery query)
    {
        var full = RawPath.Of(path, query.Filter);
        var given = RawPath.QueryOf(full).ToList();
        if (given.Find(pair => IsExtent(pair.Key)) is { Key: { } name })
        {
            throw new ArgumentException(
                $"The query has '{name.Trim()}', but all pages are read. Omit page and limit, or request a single page without reading all pages."
            );
        }

        query.RawOrder = given.Find(pair => pair.Key == "sorting") is { Value: { Length: > 0 } field }
            ? SortedListQuery.OrderOf(field)
            : RowOrder.Lasting;

        // Filters with several values can count a row more than once, and events are counted in another store than they are in.
        query.IsCounted =
            !full.StartsWith("/v1/events", StringComparison.OrdinalIgnoreCase)
            && !full.StartsWith("/v1/customer-portal/benefit-grants", StringComparison.OrdinalIgnoreCase)
            && given.Where(pair => pair.Key != "sorting").GroupBy(pair => pair.Key).All(names => names.Count() == 1);
        return new PagedList<RawItem>(query, new RawList(connection, full).FetchAsync, item => item.Id);
    }

    // However it is spelt, page[] included: what is meant is plain.
    private static bool IsExtent(string name) => name.Split('[')[0].Trim().ToLowerInvariant() is "page" or "limit";

    private async Task<FetchedPage<RawItem>> FetchAsync(int number, int size, CancellationToken cancellationToken)
    {
        var page = RawPath.With(path, new QueryBuilder().Add("page", (long)number).Add("limit", (long)size));
        var response = await connection
            .SendRawAsync(ApiRequest.Raw(HttpMethod.Get, page, null), cancellationToken)
            .ConfigureAwait(false);
        using var document = response.ReadJson();
        try
        {
            return Read(document.RootElement, number, page);
        }
        catch (FormatException exception)
        {
            throw new PolarResponseException(
                $"The response is not a paged list: {exception.Message}. Request it without reading all pages.",
                new FailedCall("GET", Redactor.Redact(page), StatusCode: response.StatusCode)
            );
        }
    }

    private static FetchedPage<RawItem> Read(JsonElement root, int number, string page)
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
                rows.Count == 0 ? number - 1
                : more == true ? number + 1
                : number
            );
        if (more == true && last <= number && rows.Count > 0)
        {
            throw new FormatException("'pagination' says that this is the last page, and that it is not");
        }

        return new FetchedPage<RawItem>(number, page, rows, count ?? ListPage<RawItem>.NotCounted, last);
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
