using System.Net.Http;
using System.Text;
using PolarPS.Client.Models;

namespace PolarPS.Client.Tests.Client;

/// <summary>
/// A list of products that is served by page and limit and can change between any two requests. Without further word it
/// shows the newest first, as Polar does; a list that is asked for in another order can be asked for by age too.
/// </summary>
internal sealed class ListServer
{
    private readonly Lock _gate = new();
    private readonly List<int> _rows;
    private readonly List<(int Page, int Limit)> _requests = [];
    private readonly List<string> _sortings = [];
    private readonly Dictionary<int, DateTimeOffset> _inserted = [];
    private readonly DateTimeOffset _begin = DateTimeOffset.UtcNow.AddDays(-1);
    private int _next;

    /// <param name="count">How many rows there are: 0, 1, 2 and so on in the order of the list.</param>
    public ListServer(int count)
    {
        _rows = [.. Enumerable.Range(0, count)];
        _next = count;
        Stub = new Stub(AnswerAsync);
    }

    public Stub Stub { get; }

    /// <summary>The rows, in the order of the list.</summary>
    public List<int> Rows => _rows;

    /// <summary>Called before a request is looked at, one at a time, with its page and its number from 1.</summary>
    public Action<int, int>? Before { get; set; }

    /// <summary>Called between the count and the rows of an answer.</summary>
    public Action<int, int>? Between { get; set; }

    /// <summary>Whether the answers have a date.</summary>
    public bool IsDated { get; set; } = true;

    /// <summary>Whether the rows tell when they were created and changed.</summary>
    public bool HasTimes { get; set; } = true;

    /// <summary>When rows were changed.</summary>
    public Dictionary<int, DateTimeOffset> Changed { get; } = [];

    /// <summary>How many requests there were for another order than that of the first.</summary>
    public int RequestsByAge => _sortings.Count(sorting => sorting != _sortings[0]);

    /// <summary>Called after it was looked at; the answer leaves when the task is done.</summary>
    public Func<int, CancellationToken, Task>? Hold { get; set; }

    /// <summary>Called for each request, to tell of it by key and value what the transport would.</summary>
    public Action<Action<string, object?>>? Tell { get; set; }

    /// <summary>Answers in the list's place.</summary>
    public Func<int, HttpResponseMessage?>? Instead { get; set; }

    /// <summary>The page to show for the one that was asked for.</summary>
    public Func<int, int> Shown { get; set; } = page => page;

    /// <summary>The counts to claim, from the true ones.</summary>
    public Func<(long Count, int Pages), (long Count, int Pages)> Claimed { get; set; } = counts => counts;

    /// <summary>The greatest page that it gives.</summary>
    public int Largest { get; set; } = 100;

    /// <summary>Whether every page has that size, whatever is asked for.</summary>
    public bool IsFixed { get; set; }

    /// <summary>So many rows at the end of each page are counted and not shown.</summary>
    public int Hidden { get; set; }

    /// <summary>The pages that were asked for, in order.</summary>
    public IReadOnlyList<(int Page, int Limit)> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>The number of a row, from the product that it became.</summary>
    public static int Number(Product product) =>
        int.Parse(product.Id![^12..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>New rows, with numbers that no row had before.</summary>
    public void Insert(int count, int at = 0)
    {
        for (var number = 0; number < count; number++)
        {
            _inserted[_next] = DateTimeOffset.UtcNow;
            _rows.Insert(Math.Min(at, _rows.Count), _next++);
        }
    }

    public async Task<List<int>> ReadAsync(ProductQuery? query = null, CancellationToken cancellationToken = default)
    {
        var read = new List<int>();
        await foreach (var product in Stub.Client.Products.List(query).WithCancellation(cancellationToken))
        {
            read.Add(Number(product));
        }

        return read;
    }

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var query = request.RequestUri!.Query[1..].Split('&').Select(pair => pair.Split('=')).ToLookup(pair => pair[0]);
        var page = Read("page");
        var limit = Read("limit");
        var sorting = string.Join(" ", query["sorting"].Select(pair => pair[1]));
        HttpResponseMessage answer;
        lock (_gate)
        {
            _requests.Add((page, limit));
            _sortings.Add(sorting);
            Before?.Invoke(page, _requests.Count);
            answer =
                Instead?.Invoke(page) ?? Stub.Answer(Show(Shown(page), IsFixed ? Largest : Math.Min(limit, Largest)));
            if (IsDated)
            {
                answer.Headers.Date = DateTimeOffset.UtcNow;
            }
        }

        Tell?.Invoke((key, value) => request.Options.Set(new HttpRequestOptionsKey<object?>(key), value));
        if (Hold is not null)
        {
            await Hold(page, cancellationToken);
        }

        return answer;

        int Read(string name) => int.Parse(query[name].Single()[1], CultureInfo.InvariantCulture);
    }

    private string Show(int page, int limit)
    {
        var (count, pages) = Claimed((_rows.Count, (_rows.Count + limit - 1) / limit));
        Between?.Invoke(page, _requests.Count);
        var rows = _sortings[^1] == _sortings[0] ? _rows : [.. _rows.OrderByDescending(CreatedAt)];
        var json = new StringBuilder("{\"items\":[");
        var first = ((long)page - 1) * limit;
        var shown = new HashSet<int>();
        for (var index = first; index < Math.Min(first + limit, rows.Count) - Hidden; index++)
        {
            var row = rows[(int)index];
            if (!shown.Add(row))
            {
                continue;
            }

            json.Append(shown.Count == 1 ? "" : ",")
                .Append(CultureInfo.InvariantCulture, $"{{\"id\":\"00000000-0000-4000-8000-{row:x12}\"");
            if (HasTimes)
            {
                json.Append(CultureInfo.InvariantCulture, $",\"created_at\":\"{CreatedAt(row):O}\",\"modified_at\":")
                    .Append(Changed.TryGetValue(row, out var changed) ? $"\"{changed:O}\"" : "null");
            }

            json.Append('}');
        }

        return json.Append(
                CultureInfo.InvariantCulture,
                $"],\"pagination\":{{\"total_count\":{count},\"max_page\":{pages}}}}}"
            )
            .ToString();
    }

    private DateTimeOffset CreatedAt(int row) =>
        _inserted.TryGetValue(row, out var time) ? time.AddTicks(row) : _begin.AddSeconds(-row);
}
