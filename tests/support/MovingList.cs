// Long because it is a model of a list that changes while it is read, for both languages' tests.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using PolarPS.Client;
using PolarPS.Client.Models;

namespace PolarPS.TestSupport;

/// <summary>What happens to a list while it is read.</summary>
public enum ListLife
{
    /// <summary>Nothing.</summary>
    Quiet,

    /// <summary>Newest first, without a filter: rows are removed, and mostly as many come on top.</summary>
    Newest,

    /// <summary>Newest first, with a filter: rows leave it, and mostly as many come into it, anywhere.</summary>
    Filtered,

    /// <summary>Oldest first: rows are removed, and mostly as many come behind all others.</summary>
    Oldest,

    /// <summary>By name: rows are renamed, and stand elsewhere then.</summary>
    Renamed,

    /// <summary>By name: each row is renamed by its reader, as in a pipeline.</summary>
    Pipeline,

    /// <summary>By name: rows come, go and are renamed, and the count is now the same and now not.</summary>
    Mixed,

    /// <summary>Newest first, without a filter, and nevertheless rows stand elsewhere or come in anywhere.</summary>
    Impossible,

    /// <summary>By name, with times and dates: nothing.</summary>
    QuietByName,

    /// <summary>
    /// By name: in one moment a row that was read goes, one that was not moves to before it, and another comes in behind. No
    /// answer differs from those of a quiet list.
    /// </summary>
    Hidden,

    /// <summary>By name, with a filter: rows that were created long ago come into it, leave it, come back, and are renamed.</summary>
    Entering,
}

/// <summary>What came of many lists.</summary>
public sealed class ListOutcome
{
    /// <summary>How many lists were read.</summary>
    public long Lists { get; set; }

    /// <summary>How many rows there were from the first request to the last.</summary>
    public long Rows { get; set; }

    /// <summary>How many of those did not come, from lists that ended without an error.</summary>
    public long LostInSilence { get; set; }

    /// <summary>How many rows came more than once.</summary>
    public long Twice { get; set; }

    /// <summary>How many lists ended with PolarListIncomplete.</summary>
    public long Incomplete { get; set; }

    /// <summary>How many of those had lost nothing.</summary>
    public long FalseAlarms { get; set; }

    /// <summary>How many requests there were.</summary>
    public long Requests { get; set; }

    /// <summary>How many there would be, if each page had as many rows as it can.</summary>
    public long LeastRequests { get; set; }

    /// <summary>What happened to the first lists that went wrong.</summary>
    public List<string> Details { get; } = new List<string>();

    /// <summary>Both together.</summary>
    public void Add(ListOutcome other)
    {
        Lists += other.Lists;
        Rows += other.Rows;
        LostInSilence += other.LostInSilence;
        Twice += other.Twice;
        Incomplete += other.Incomplete;
        FalseAlarms += other.FalseAlarms;
        Requests += other.Requests;
        LeastRequests += other.LeastRequests;
        Details.AddRange(other.Details.Take(20 - Details.Count));
    }
}

/// <summary>
/// Reads lists by page and limit, over the client as its users see it, that change between any two requests, and counts what
/// is lost. Some change between the count and the rows of one answer, some answers have no date, and a row shows in the list
/// some seconds after the time that it bears.
/// </summary>
public sealed class MovingList : HttpMessageHandler
{
    // How likely something happens before a request.
    private static readonly double[] Likelihoods = { 0.05, 0.2, 0.5 };

    private static readonly DateTimeOffset Begin = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly object _gate = new object();
    private readonly Random _random;
    private readonly ListLife _life;
    private readonly double _likelihood;
    private readonly List<int> _rows;
    private readonly HashSet<int> _stayed;
    private int _next;
    private long _requests;
    private bool _isBegun;

    // What happened, line by line; null where nobody asks.
    private List<string>? _history;

    // When each row was created and last changed, by number; and rows that were there before and are not in the list.
    private readonly List<DateTimeOffset> _created = new List<DateTimeOffset>();
    private readonly Dictionary<int, DateTimeOffset> _changed = new Dictionary<int, DateTimeOffset>();
    private readonly List<int> _outside = new List<int>();
    private DateTimeOffset _now = Begin;

    private MovingList(Random random, ListLife life, int count, double likelihood)
    {
        _random = random;
        _life = life;
        _likelihood = likelihood;
        _rows = Enumerable.Range(0, count).ToList();
        _stayed = new HashSet<int>(_rows);
        _next = count;
        for (var row = 0; row < count; row++)
        {
            _created.Add(Begin.AddMinutes(-7 * (life == ListLife.Oldest ? count - row : row + 1)));
        }

        for (var row = 0; life == ListLife.Entering && row < count / 2; row++)
        {
            _outside.Add(_next++);
            _created.Add(Begin.AddMinutes(-3 - (7 * random.Next(count))));
        }

        IsDated = life == ListLife.QuietByName || random.Next(4) > 0;
        IsTorn = random.Next(4) == 0;
    }

    /// <summary>Whether the answers have a date.</summary>
    private bool IsDated { get; }

    /// <summary>Whether the list changes now and then between the count and the rows of an answer, and not only between two answers.</summary>
    private bool IsTorn { get; }

    private bool IsByName =>
        _life
            is ListLife.Renamed
                or ListLife.Pipeline
                or ListLife.Mixed
                or ListLife.QuietByName
                or ListLife.Hidden
                or ListLife.Entering;

    /// <summary>Reads many lists of one kind.</summary>
    /// <param name="life">What happens to them.</param>
    /// <param name="count">How many lists.</param>
    /// <param name="seed">The same seed gives the same lists.</param>
    public static ListOutcome Run(ListLife life, int count, int seed)
    {
        var outcome = new ListOutcome();
        for (var number = 0; number < count; number++)
        {
            var one = seed + (number * 7919);
            var read = ReadOne(life, one);
            if (read.LostInSilence + read.Twice > 0)
            {
                // The same seed gives the same list: once more, to tell how it came.
                read.Details.AddRange(Explain(life, one));
            }

            outcome.Add(read);
        }

        return outcome;
    }

    /// <summary>Reads one list, and tells each of its changes and answers, and where the rows stood that were lost.</summary>
    public static IReadOnlyList<string> Explain(ListLife life, int seed)
    {
        var history = new List<string>();
        ReadOne(life, seed, history);
        return history;
    }

    private static ListOutcome ReadOne(ListLife life, int seed, List<string>? history = null)
    {
        var random = new Random(seed);
        // Mostly some pages, and now and then more than those that overlap anyway.
        var count = random.Next(8) == 0 ? random.Next(600, 2500) : random.Next(0, 950);
        var list = new MovingList(random, life, count, Likelihoods[random.Next(Likelihoods.Length)])
        {
            _history = history,
        };
        var sorting =
            list.IsByName ? (random.Next(2) == 0 ? "name" : "-name")
            : life == ListLife.Oldest ? "created_at"
            : null;
        var query = new ProductQuery
        {
            Sorting = sorting is null ? null : new[] { sorting },
            Query = life is ListLife.Filtered or ListLife.Entering ? "a" : null,
            ReadAhead = random.Next(5),
        };
        using var http = new HttpClient(list) { BaseAddress = new Uri("https://polar.example") };
        var client = new PolarClient(http);
        var read = new List<int>();
        string? error = null;
        try
        {
            list.ReadAsync(client.Products.List(query), read).GetAwaiter().GetResult();
        }
        catch (PolarListException exception)
        {
            error = exception.Message;
        }

        var came = new HashSet<int>(read);
        var lost = list._stayed.Count(row => !came.Contains(row));
        history?.Add(
            $"lost: {string.Join(", ", list._stayed.Where(row => !came.Contains(row)))}; twice: {string.Join(", ", read.GroupBy(row => row).Where(rows => rows.Count() > 1).Select(rows => rows.Key))}; {error ?? "no error"}"
        );
        var outcome = new ListOutcome
        {
            Lists = 1,
            Rows = list._stayed.Count,
            LostInSilence = error is null ? lost : 0,
            Twice = read.Count - came.Count,
            Incomplete = error is null ? 0 : 1,
            FalseAlarms = error is not null && lost == 0 ? 1 : 0,
            Requests = list._requests,
            LeastRequests = Math.Max(1, (count + 99) / 100),
        };
        if (outcome.LostInSilence + outcome.Twice + outcome.Incomplete > 0)
        {
            outcome.Details.Add(
                $"{life}, seed {seed}: {count} rows, {list._likelihood} a request, {query.ReadAhead} ahead, {list._requests} requests{(list.IsDated ? "" : ", no dates")}{(list.IsTorn ? ", torn" : "")}: {lost} lost, {outcome.Twice} twice, {error ?? "no error"}"
            );
        }

        return outcome;
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var query = request.RequestUri!.Query.TrimStart('?').Split('&').Select(pair => pair.Split('=')).ToList();
        var page = int.Parse(query.Single(pair => pair[0] == "page")[1], CultureInfo.InvariantCulture);
        var limit = Math.Min(100, int.Parse(query.Single(pair => pair[0] == "limit")[1], CultureInfo.InvariantCulture));
        var isByAge = query.Any(pair => pair[0] == "sorting" && pair[1] == "-created_at");
        string body;
        DateTimeOffset date;
        lock (_gate)
        {
            _requests++;
            _now = _now.AddMilliseconds(_random.Next(2000));
            var isWithin = IsTorn && _random.Next(4) == 0;
            if (_isBegun && !isWithin)
            {
                Change();
            }

            _isBegun = true;
            var count = _rows.Count;
            _history?.Add($"request {_requests}: page {page} of {limit} of {count}{(isByAge ? " by age" : "")}");
            if (isWithin)
            {
                Change();
            }

            body = Show(isByAge && IsByName ? ByAge() : _rows, count, page, limit);
            date = _now;
        }

        await Task.Yield();
        var answer = new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        if (IsDated)
        {
            answer.Headers.Date = date.AddTicks(-(date.Ticks % TimeSpan.TicksPerSecond));
        }

        return answer;
    }

    private async Task ReadAsync(PagedList<Product> products, List<int> read)
    {
        var items = products.GetAsyncEnumerator();
        try
        {
            while (await items.MoveNextAsync().ConfigureAwait(false))
            {
                var row = (int)Convert.ToInt64(items.Current.Id!.Split('-')[4], 16);
                read.Add(row);
                if (_life == ListLife.Pipeline)
                {
                    lock (_gate)
                    {
                        Move(row);
                    }
                }
            }
        }
        finally
        {
            await items.DisposeAsync().ConfigureAwait(false);
        }
    }

    private void Change()
    {
        if (_life is ListLife.Quiet or ListLife.QuietByName or ListLife.Pipeline || _random.NextDouble() >= _likelihood)
        {
            return;
        }

        for (var changes = _random.Next(1, 4); changes > 0; changes--)
        {
            var many = _random.Next(8) == 0 ? _random.Next(1, 30) : 1;
            switch (_life)
            {
                case ListLife.Renamed:
                    MoveAny(many);
                    break;
                case ListLife.Mixed:
                    switch (_random.Next(4))
                    {
                        case 0:
                            Remove(many);
                            break;
                        case 1:
                            Insert(many);
                            break;
                        case 2:
                            Insert(Remove(many));
                            break;
                        default:
                            MoveAny(many);
                            break;
                    }

                    break;
                case ListLife.Hidden:
                    Hide();
                    break;
                case ListLife.Entering when _random.Next(3) == 0:
                    MoveAny(many);
                    break;
                case ListLife.Entering when _random.Next(2) == 0:
                    Insert(_random.Next(many + 1));
                    Remove(_random.Next(many + 1));
                    break;
                case ListLife.Impossible when _random.Next(2) == 0:
                    MoveAny(many);
                    break;
                default:
                    var gone = Remove(many);
                    Insert(_random.Next(4) == 0 ? _random.Next(gone + 2) : gone);
                    break;
            }
        }
    }

    private int Remove(int count)
    {
        var removed = 0;
        for (; removed < count && _rows.Count > 0; removed++)
        {
            RemoveAt(_random.Next(_rows.Count));
        }

        return removed;
    }

    private void RemoveAt(int index)
    {
        _history?.Add($"  {_rows[index]} is removed at {index}");
        _stayed.Remove(_rows[index]);
        if (_life == ListLife.Entering)
        {
            _outside.Add(_rows[index]);
        }

        _rows.RemoveAt(index);
    }

    private void Insert(int count)
    {
        for (; count > 0; count--)
        {
            InsertAt(
                _life switch
                {
                    ListLife.Newest => 0,
                    ListLife.Oldest => _rows.Count,
                    _ => _random.Next(_rows.Count + 1),
                }
            );
        }
    }

    private void InsertAt(int index)
    {
        int row;
        if (_outside.Count > 0)
        {
            row = _outside[_random.Next(_outside.Count)];
            _outside.Remove(row);
            _changed[row] = ShortlyBefore();
        }
        else
        {
            row = _next++;
            _created.Add(ShortlyBefore());
        }

        _history?.Add($"  {row} comes in at {index}");
        _rows.Insert(index, row);
    }

    // What is written in a transaction shows when that ends.
    private DateTimeOffset ShortlyBefore() => _now.AddMilliseconds(-_random.Next(8000));

    private void Hide()
    {
        if (_rows.Count < 10)
        {
            return;
        }

        // Before and behind anywhere: what lies on different sides of the frontier hides each other.
        var before = _random.Next(_rows.Count / 2);
        RemoveAt(before);
        Move(_rows[_random.Next(_rows.Count / 2, _rows.Count)], _random.Next(before + 1));
        InsertAt(_random.Next(_rows.Count / 2, _rows.Count + 1));
    }

    private void MoveAny(int count)
    {
        for (; count > 0 && _rows.Count > 0; count--)
        {
            Move(_rows[_random.Next(_rows.Count)]);
        }
    }

    private void Move(int row) => Move(row, _random.Next(Math.Max(1, _rows.Count)));

    private void Move(int row, int other)
    {
        var index = _rows.IndexOf(row);
        if (index >= 0)
        {
            _rows.RemoveAt(index);
            _rows.Insert(other, row);
            _changed[row] = ShortlyBefore();
            _history?.Add($"  {row} moves from {index} to {other}");
        }
    }

    private List<int> ByAge() => _rows.OrderByDescending(row => _created[row]).ThenByDescending(row => row).ToList();

    private string Show(List<int> rows, int count, int page, int limit)
    {
        var json = new StringBuilder("{\"items\":[");
        var first = ((long)page - 1) * limit;
        for (var index = first; index < Math.Min(first + limit, rows.Count); index++)
        {
            var row = rows[(int)index];
            json.Append(index == first ? "" : ",")
                .Append("{\"id\":\"00000000-0000-4000-8000-")
                .Append(row.ToString("x12", CultureInfo.InvariantCulture))
                .Append("\",\"created_at\":\"")
                .Append(_created[row].ToString("O", CultureInfo.InvariantCulture))
                .Append("\",\"modified_at\":")
                .Append(
                    _changed.TryGetValue(row, out var changed)
                        ? "\"" + changed.ToString("O", CultureInfo.InvariantCulture) + "\""
                        : "null"
                )
                .Append('}');
        }

        return json.Append("],\"pagination\":{\"total_count\":")
            .Append(count)
            .Append(",\"max_page\":")
            .Append((count + limit - 1) / limit)
            .Append("}}")
            .ToString();
    }
}
