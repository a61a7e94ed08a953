using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;

namespace PolarPS.Client;

/// <summary>
/// What a stand-in for a client returns and throws in tests. The classes of the client have virtual members, so that a derived
/// class, or a mocking library, can replace them.
/// </summary>
public static class PolarTestDoubles
{
    /// <summary>A list without a server.</summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="items">All that it has; enumerated once, here.</param>
    /// <returns>The list.</returns>
    public static PagedList<T> List<T>(IEnumerable<T> items)
        where T : class
    {
        var all = (items ?? throw new ArgumentNullException(nameof(items))).ToList();
        // Each row is its own: what a test lists may have no ids.
        var keys = new Dictionary<T, string>(ReferenceComparer<T>.Instance);
        foreach (var item in all)
        {
            keys[item] = $"{keys.Count}";
        }

        var source = new PageSource<T>(
            RowOrder.Lasting,
            false,
            (window, _) =>
            {
                var page = all.Skip((window.Number - 1) * window.Size).Take(window.Size).ToList();
                var pages = (all.Count + window.Size - 1) / window.Size;
                return Task.FromResult(new FetchedPage<T>(window, "/", page, all.Count, pages, default));
            }
        );
        return new PagedList<T>(new RawListQuery(), source, null, item => keys[item]);
    }

    /// <summary>What the client throws when Polar refuses a request.</summary>
    /// <param name="status">The HTTP status, from 400.</param>
    /// <param name="error">Polar's name of the error, such as <c>ResourceNotFound</c>; null for a response without one.</param>
    /// <param name="detail">What Polar says about it; null for nothing.</param>
    /// <param name="method">The request's method, such as <c>POST</c>: a failed change may have an unknown outcome.</param>
    /// <returns>The exception of the kind that belongs to the status, such as a <see cref="PolarNotFoundException"/>.</returns>
    public static PolarException Refusal(int status, string? error = null, string? detail = null, string method = "GET")
    {
        if (status is < 400 or > 599)
        {
            throw new ArgumentOutOfRangeException(nameof(status), "A refusal has a status from 400 to 599.");
        }

        var request = Request(method, out var message);
        using (message)
        using (var response = new HttpResponseMessage((HttpStatusCode)status) { RequestMessage = message })
        {
            if (error is not null || detail is not null)
            {
                var body = new Dictionary<string, object?> { ["error"] = error, ["detail"] = detail };
                response.Content = new ByteArrayContent(PlainJson.ToUtf8(body));
                response.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            }

            // Nothing in it waits: the body is in memory.
            return ResponseErrors.FromAsync(request, message, response).GetAwaiter().GetResult();
        }
    }

    /// <summary>What the client throws when no response comes.</summary>
    /// <param name="method">The request's method: of a change the outcome is not known then.</param>
    /// <returns>A <see cref="PolarConnectionException"/>.</returns>
    public static PolarException NoResponse(string method = "GET")
    {
        var request = Request(method, out var message);
        using (message)
        {
            return ResponseErrors.NoAnswer(request, message, new HttpRequestException("The connection was closed."));
        }
    }

    private static ApiRequest Request(string method, out HttpRequestMessage message)
    {
        var request = ApiRequest.Raw(new HttpMethod(method), "/v1/", null);
        message = new HttpRequestMessage(request.Method, new Uri("https://stand-in.polar.invalid/v1/"));
        return request;
    }

    private sealed class ReferenceComparer<T> : IEqualityComparer<T>
        where T : class
    {
        public static readonly ReferenceComparer<T> Instance = new();

        public bool Equals(T? x, T? y) => ReferenceEquals(x, y);

        public int GetHashCode(T value) => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(value);
    }
}
