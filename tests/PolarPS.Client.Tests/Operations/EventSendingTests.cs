using System.Text.Json.Nodes;
using PolarPS.Client.Models;
using Xunit;

namespace PolarPS.Client.Tests.Operations;

/// <summary>Events in batches: what a batch holds, what becomes of one that Polar refuses, and how new events are followed.</summary>
public sealed class EventSendingTests
{
    [Fact]
    public void ABatchHoldsSoManyEventsAndBytes()
    {
        var batch = new EventBatch(mostEvents: 2);
        Assert.True(batch.TryAdd(Event("1"), "row 1"));
        Assert.False(batch.IsFull);
        Assert.True(batch.TryAdd(Event("2")));
        Assert.True(batch.IsFull);
        Assert.False(batch.TryAdd(Event("3")));
        Assert.Equal("row 1", batch.Entries[0].Source);

        var small = new EventBatch(mostBytes: 200);
        Assert.True(small.TryAdd(Event(new string('x', 300))));
        Assert.False(small.TryAdd(Event("2")));

        var exact = new EventBatch();
        exact.TryAdd(Event("1"));
        exact.TryAdd(Event("2"));
        var body = new EventsIngest { Events = [.. exact.Entries.Select(entry => entry.Event)] };
        Assert.Equal(body.ToJson().Length, exact.Bytes);
    }

    [Fact]
    public void ABatchIsRepeatableWhereEachEventHasAnId()
    {
        var batch = new EventBatch();
        batch.TryAdd(Event("1"));
        Assert.True(batch.IsRepeatable);
        batch.TryAdd(new EventCreate { Name = "a", ExternalCustomerId = "u" });
        Assert.False(batch.IsRepeatable);
        Assert.Throws<ArgumentException>(() =>
            batch.TryAdd(new EventCreate { Metadata = new Dictionary<string, object?> { ["a"] = null } })
        );
        Assert.Equal(2, batch.Entries.Count);
    }

    [Fact]
    public async Task TheRestOfABatchIsSentWithoutWhatIsRefused()
    {
        using var call = Stub.InTurn(
            () => Stub.Answer(Refusal((1, "timestamp"), (3, "name")), 422),
            () => Stub.Answer(Refusal((0, "customer_id")), 422),
            () => Stub.Answer("""{"inserted":1,"duplicates":1}""")
        );
        var batch = Batch(5);

        var result = await call.Client.Events.SendAsync(batch);

        Assert.Equal(["0,1,2,3,4", "0,2,4", "2,4"], call.Requests.Select(Ids));
        Assert.Equal((1L, 1L), (result.Inserted, result.Duplicates));
        Assert.Null(result.Failure);
        Assert.Equal(["row 1", "row 3", "row 0"], result.Refused.Select(refused => (string)refused.Entry.Source!));
        Assert.Equal(
            ["timestamp: bad timestamp", "name: bad name", "customer_id: bad customer_id"],
            result.Refused.Select(refused => refused.Refusal.Message)
        );
        Assert.Equal("timestamp", result.Refused[0].Refusal.Errors.Single().Field);
    }

    [Fact]
    public async Task ABatchThatIsRefusedWholeEnds()
    {
        using var call = Stub.InTurn(() => Stub.Answer(Refusal((0, "name"), (1, "name")), 422));

        var result = await call.Client.Events.SendAsync(Batch(2));

        Assert.Single(call.Requests);
        Assert.Equal(2, result.Refused.Count);
        Assert.Empty(result.Failed);
    }

    [Theory]
    [InlineData(
        422,
        """{"error":"PolarRequestValidationError","detail":[{"type":"missing","loc":["body","events"],"msg":"no"}]}"""
    )]
    [InlineData(
        422,
        """{"error":"PolarRequestValidationError","detail":[{"type":"missing","loc":["body","events",7,"name"],"msg":"no"}]}"""
    )]
    [InlineData(422, """{"error":"Odd","detail":"no"}""")]
    [InlineData(401, """{"error":"invalid_token","error_description":"no"}""")]
    public async Task ARefusalOfNoEventIsAFailureOfAll(int status, string body)
    {
        using var call = Stub.Answering(body, status);

        var result = await call.Client.Events.SendAsync(Batch(3));

        Assert.Single(call.Requests);
        Assert.Equal(3, result.Failed.Count);
        Assert.False(result.Failure!.OutcomeUnknown);
    }

    [Fact]
    public async Task AFailureAfterASplitConcernsTheRest()
    {
        using var call = Stub.InTurn(
            () => Stub.Answer(Refusal((0, "name")), 422),
            () => Stub.Answer("Internal Server Error", 500, "text/plain")
        );

        var result = await call.Client.Events.SendAsync(Batch(3));

        Assert.Single(result.Refused);
        Assert.Equal(["row 1", "row 2"], result.Failed.Select(entry => (string)entry.Source!));
        Assert.True(result.Failure!.OutcomeUnknown);
        var sum = new EventSendResult();
        sum.Add(result);
        Assert.Equal((0L, 1L, 2L, 0L), (sum.Sent, sum.Refused, sum.OutcomeUnknown, sum.Unsent));
        Assert.Equal("0 sent: 0 inserted, 0 duplicates; 1 refused, 2 with an unknown outcome", sum.ToString());
    }

    [Fact]
    public async Task EventsThatComeQuicklyAreSentByTheirNumber()
    {
        using var call = new Stub("""{"inserted":500,"duplicates":0}""");

        var results = await AllAsync(call.Client.Events.SendAllAsync(Come(1100)));

        Assert.Equal([500, 500, 100], call.Requests.Select(sent => Ids(sent).Split(',').Length));
        Assert.Equal(3, results.Count);
        Assert.Equal(
            Enumerable.Range(0, 1100).Select(i => i.ToString(CultureInfo.InvariantCulture)),
            call.Requests.SelectMany(sent => Ids(sent).Split(','))
        );
        Assert.All(call.Requests, sent => Assert.True(sent.Repeatable));
    }

    [Fact]
    public async Task EventsThatComeSlowlyAreSentAfterAWhile()
    {
        using var call = new Stub("""{"inserted":1,"duplicates":0}""");
        using var more = new SemaphoreSlim(0);
        async IAsyncEnumerable<EventCreate> Slow()
        {
            yield return Event("0");
            yield return Event("1");
            await more.WaitAsync();
            yield return Event("2");
        }

        var results = call.Client.Events.SendAllAsync(Slow(), TimeSpan.FromMilliseconds(50)).GetAsyncEnumerator();
        Assert.True(await results.MoveNextAsync());
        Assert.Equal("0,1", Ids(call.Requests[0]));
        more.Release();
        Assert.True(await results.MoveNextAsync());
        Assert.Equal("2", Ids(call.Requests[1]));
        Assert.False(await results.MoveNextAsync());
        await results.DisposeAsync();
    }

    [Fact]
    public async Task EventsThatAreLargeAreSentByTheirBytes()
    {
        using var call = new Stub("""{"inserted":1,"duplicates":0}""");

        await AllAsync(call.Client.Events.SendAllAsync(Come(5, new string('x', 400_000))));

        Assert.Equal([2, 2, 1], call.Requests.Select(sent => Ids(sent).Split(',').Length));
    }

    [Fact]
    public async Task NewEventsAreFollowedEachOnce()
    {
        // The third look finds an event that came late, and one that is new.
        var looks = new Queue<string>([
            Page(("a", "10:00:00")),
            Page(("a", "10:00:00")),
            Page(("a", "10:00:00"), ("b", "10:00:30")),
            Page(("late", "09:59:50"), ("a", "10:00:00"), ("b", "10:00:30"), ("c", "10:00:40")),
        ]);
        using var call = new Stub(_ => Stub.Answer(looks.Count > 1 ? looks.Dequeue() : looks.Peek()));

        var ids = new List<string?>();
        await foreach (
            var item in call.Client.Events.FollowAsync(new EventQuery { First = 3 }, TimeSpan.FromMilliseconds(1))
        )
        {
            ids.Add(item.Id);
        }

        Assert.Equal(["b", "late", "c"], ids);
        Assert.Equal("-timestamp", call.Requests[0].Parameters["sorting"].Single());
        Assert.Equal("2026-10-01T09:59:00Z", Start(call.Requests[1]));
        Assert.Equal("2026-10-01T09:59:30Z", Start(call.Requests[3]));
        Assert.All(call.Requests, sent => Assert.Equal("true", sent.Parameters["cursor_pagination"].Single()));
    }

    [Fact]
    public async Task FollowingBeginsWhereItIsTold()
    {
        using var call = new Stub(Page(("a", "10:00:00"), ("b", "10:00:30")));
        var start = new DateTimeOffset(2026, 10, 1, 9, 59, 45, TimeSpan.Zero);

        var query = new EventQuery { StartTimestamp = start, First = 2 };
        var ids = await AllAsync(call.Client.Events.FollowAsync(query, TimeSpan.FromMinutes(1)));

        Assert.Equal(["a", "b"], ids.Select(item => item.Id));
        Assert.Single(call.Requests);
        Assert.Equal("2026-10-01T09:59:45Z", Start(call.Requests[0]));
        Assert.Equal(2, query.First);
    }

    private static string? Start(Sent sent) =>
        DateTimeOffset
            .Parse(sent.Parameters["start_timestamp"].Single(), CultureInfo.InvariantCulture)
            .ToUniversalTime()
            .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Page(params (string Id, string Time)[] events) =>
        new JsonObject
        {
            ["items"] = new JsonArray([
                .. events.Select(item => new JsonObject
                {
                    ["id"] = item.Id,
                    ["name"] = "call",
                    ["timestamp"] = $"2026-10-01T{item.Time}Z",
                }),
            ]),
            ["pagination"] = new JsonObject { ["has_next_page"] = false },
        }.ToJsonString();

    private static EventCreate Event(string id) =>
        new()
        {
            Name = "call",
            ExternalCustomerId = "u_1",
            ExternalId = id,
        };

    private static EventBatch Batch(int count)
    {
        var batch = new EventBatch();
        for (var i = 0; i < count; i++)
        {
            batch.TryAdd(Event(i.ToString(CultureInfo.InvariantCulture)), $"row {i}");
        }

        return batch;
    }

    private static async IAsyncEnumerable<EventCreate> Come(int count, string? parent = null)
    {
        for (var i = 0; i < count; i++)
        {
            await Task.CompletedTask;
            var item = Event(i.ToString(CultureInfo.InvariantCulture));
            if (parent is not null)
            {
                item.ParentId = parent;
            }

            yield return item;
        }
    }

    private static async Task<List<T>> AllAsync<T>(IAsyncEnumerable<T> source)
    {
        var all = new List<T>();
        await foreach (var item in source)
        {
            all.Add(item);
        }

        return all;
    }

    private static string Ids(Sent sent) =>
        string.Join(",", sent.Json!["events"]!.AsArray().Select(item => (string?)item!["external_id"]));

    private static string Refusal(params (int Index, string Field)[] wrong) =>
        new JsonObject
        {
            ["error"] = "PolarRequestValidationError",
            ["detail"] = new JsonArray([
                .. wrong.Select(one => new JsonObject
                {
                    ["type"] = "value_error",
                    ["loc"] = new JsonArray("body", "events", one.Index, "EventCreateExternalCustomer", one.Field),
                    ["msg"] = $"bad {one.Field}",
                    ["input"] = null,
                }),
            ]),
        }.ToJsonString();
}
