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

    /// <summary>Newest first, without a filter: rows are removed, and as many come on top.</summary>
    Newest,

    /// <summary>Newest first, with a filter: rows leave it, and as many come into it, anywhere.</summary>
    Filtered,

    /// <summary>Oldest first: rows are removed, and as many come behind all others.</summary>
    Oldest,

    /// <summary>By name: rows are renamed, and stand elsewhere then.</summary>
    Renamed,

    /// <summary>By name: each row is renamed by its reader, as in a pipeline.</summary>
    Pipeline,

    /// <summary>By name: rows come, go and are renamed, and the count is now the same and now not.</summary>
    Mixed,

    /// <summary>Newest first, without a filter, and nevertheless rows stand elsewhere or come in anywhere.</summary>
    Impossible,
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
/// is lost.
/// </summary>
public sealed class MovingList : HttpMessageHandler
{
    // How likely something happens before a request.
    private static readonly double[] Likelihoods = { 0.05, 0.2, 0.5 };

    private readonly object _gate = new object();
    private readonly Random _random;
    private readonly ListLife _life;
    private readonly double _likelihood;
    private readonly List<int> _rows;
    private readonly HashSet<int> _stayed;
    private int _next;
    private long _requests;
    private bool _isBegun;

    private MovingList(Random random, ListLife life, int count, double likelihood)
    {
        _random = random;
        _life = life;
        _likelihood = likelihood;
        _rows = Enumerable.Range(0, count).ToList();
        _stayed = new HashSet<int>(_rows);
        _next = count;
    }

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
            outcome.Add(ReadOne(life, one));
        }

        return outcome;
    }

    private static ListOutcome ReadOne(ListLife life, int seed)
    {
        var random = new Random(seed);
        // Mostly some pages, and now and then a long one.
        var count = random.Next(20) == 0 ? random.Next(1000, 2500) : random.Next(0, 950);
        var list = new MovingList(random, life, count, Likelihoods[random.Next(Likelihoods.Length)]);
        var sorting = life switch
        {
            ListLife.Oldest => "created_at",
            ListLife.Renamed or ListLife.Pipeline or ListLife.Mixed => random.Next(2) == 0 ? "name" : "-name",
            _ => null,
        };
        var query = new ProductQuery
        {
            Sorting = sorting is null ? null : new[] { sorting },
            Query = life == ListLife.Filtered ? "a" : null,
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
                $"{life}, seed {seed}: {count} rows, {list._likelihood} a request, {query.ReadAhead} ahead, {list._requests} requests: {lost} lost, {outcome.Twice} twice, {error ?? "no error"}"
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
        string body;
        lock (_gate)
        {
            _requests++;
            if (_isBegun)
            {
                Change();
            }

            _isBegun = true;
            body = Show(page, limit);
        }

        await Task.Yield();
        return new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
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
        if (_life is ListLife.Quiet or ListLife.Pipeline || _random.NextDouble() >= _likelihood)
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
                case ListLife.Impossible when _random.Next(2) == 0:
                    MoveAny(many);
                    break;
                default:
                    Insert(Remove(many));
                    break;
            }
        }
    }

    private int Remove(int count)
    {
        var removed = 0;
        for (; removed < count && _rows.Count > 0; removed++)
        {
            var index = _random.Next(_rows.Count);
            _stayed.Remove(_rows[index]);
            _rows.RemoveAt(index);
        }

        return removed;
    }

    private void Insert(int count)
    {
        for (; count > 0; count--)
        {
            var index = _life switch
            {
                ListLife.Newest => 0,
                ListLife.Oldest => _rows.Count,
                _ => _random.Next(_rows.Count + 1),
            };
            _rows.Insert(index, _next++);
        }
    }

    private void MoveAny(int count)
    {
        for (; count > 0 && _rows.Count > 0; count--)
        {
            Move(_rows[_random.Next(_rows.Count)]);
        }
    }

    private void Move(int row)
    {
        if (_rows.Remove(row))
        {
            _rows.Insert(_random.Next(_rows.Count + 1), row);
        }
    }

    private string Show(int page, int limit)
    {
        var json = new StringBuilder("{\"items\":[");
        var first = ((long)page - 1) * limit;
        for (var index = first; index < Math.Min(first + limit, _rows.Count); index++)
        {
            json.Append(index == first ? "" : ",")
                .Append("{\"id\":\"00000000-0000-4000-8000-")
                .Append(_rows[(int)index].ToString("x12", CultureInfo.InvariantCulture))
                .Append("\"}");
        }

        return json.Append("],\"pagination\":{\"total_count\":")
            .Append(_rows.Count)
            .Append(",\"max_page\":")
            .Append((_rows.Count + limit - 1) / limit)
            .Append("}}")
            .ToString();
    }
}
