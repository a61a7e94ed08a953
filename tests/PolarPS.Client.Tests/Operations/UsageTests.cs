using System.Text.Json.Nodes;
using PolarPS.Client.Models;
using Xunit;

namespace PolarPS.Client.Tests.Operations;

/// <summary>What comes of the answers to the operations of events and meters.</summary>
public sealed class UsageTests
{
    private const string Id = "a4b638df-dae6-430f-ac24-39517283824b";

    [ExampleFact]
    public async Task AMeterReadsAsItsGrammar()
    {
        var call = new Stub(ExampleFiles.Read("meter.json"));

        var meter = await call.Client.Meters.GetAsync(Id);

        Assert.Equal(
            "name = 'inference.completed' and (metadata.model contains 'nw-large' or metadata._llm.total_tokens >= 100)",
            meter.Filter?.ToString()
        );
        Assert.Equal("sum(_llm.total_tokens)", meter.Aggregation?.ToString());
        Assert.Equal(100L, meter.Filter?.Clauses?[1].Clauses?[1].Value);
    }

    [ExampleFact]
    public async Task WhatAMeterCountsCanBeSentAsItCame()
    {
        var example = JsonNode.Parse(ExampleFiles.Read("meter.json"))!;
        var call = new Stub(example.ToJsonString());
        var meter = await call.Client.Meters.GetAsync(Id);

        await call.Client.Meters.UpdateAsync(
            Id,
            new MeterUpdate { Filter = meter.Filter, Aggregation = meter.Aggregation }
        );

        var sent = JsonNode.Parse(call.Requests[1].Body!)!;
        Assert.True(JsonNode.DeepEquals(example["filter"], sent["filter"]));
        Assert.True(JsonNode.DeepEquals(example["aggregation"], sent["aggregation"]));
    }

    [ExampleFact]
    public async Task MetadataOfAnEventIsPlain()
    {
        var call = new Stub(ExampleFiles.Read("event.json"));

        var read = await call.Client.Events.GetAsync(Id);

        var llm = Assert.IsType<PolarDictionary<object?>>(read.Metadata?["_llm"]);
        Assert.Equal(1156L, llm["total_tokens"]);
        Assert.Null(llm["prompt"]);
        Assert.Equal("0.384", Assert.IsType<PolarDictionary<object?>>(read.Metadata?["_cost"])["amount"]);
        Assert.Equal("inference.completed", read.ToString());
    }

    [Fact]
    public async Task EventsAreReadWithACountOrWithout()
    {
        var counted = Stub.InTurn(
            () => Stub.Answer(EventPage("\"total_count\":2,\"max_page\":2", "1")),
            () => Stub.Answer(EventPage("\"total_count\":2,\"max_page\":2", "2"))
        );
        var uncounted = Stub.InTurn(
            () => Stub.Answer(EventPage("\"has_next_page\":true", "1")),
            () => Stub.Answer(EventPage("\"has_next_page\":false", "2"))
        );

        Assert.Equal(["1", "2"], await IdsAsync(counted.Client.Events.List(new EventQuery { PageSize = 1 })));
        Assert.Equal(
            ["1", "2"],
            await IdsAsync(uncounted.Client.Events.List(new EventQuery { PageSize = 1, CursorPagination = true }))
        );
        Assert.Equal(
            [
                "GET /v1/events/?cursor_pagination=true&page=1&limit=1",
                "GET /v1/events/?cursor_pagination=true&page=2&limit=1",
            ],
            uncounted.Lines
        );
        Assert.Equal(-1, await uncounted.Client.Events.List().CountAsync());
    }

    [Fact]
    public async Task ALastPageThatTurnsOutToBeEmptyEndsTheList()
    {
        var call = Stub.InTurn(
            () => Stub.Answer(EventPage("\"has_next_page\":true", "1")),
            () => Stub.Answer("""{"items":[],"pagination":{"has_next_page":false}}""")
        );

        Assert.Equal(["1"], await IdsAsync(call.Client.Events.List(new EventQuery { PageSize = 1 })));
        Assert.Equal(2, call.Requests.Count);
    }

    [Fact]
    public void AFilterWithoutClausesIsEveryEvent()
    {
        Assert.Equal("every event", MeterFilter.All().ToString());
        Assert.Equal(
            "and(metadata.a = 'b') or metadata.c != false",
            MeterFilter
                .Any(
                    MeterFilterClause.Group(MeterFilter.All(MeterFilterClause.Where("a", "eq", "b"))),
                    MeterFilterClause.Where("c", "ne", false)
                )
                .ToString()
        );
        string[] aggregations =
        [
            MeterAggregation.Count().ToString(),
            MeterAggregation.Max("p").ToString(),
            MeterAggregation.Min("p").ToString(),
            MeterAggregation.Average("p").ToString(),
            MeterAggregation.Unique("p").ToString(),
        ];
        Assert.Equal(["count", "max(p)", "min(p)", "avg(p)", "unique(p)"], aggregations);
    }

    private static string EventPage(string pagination, string id) =>
        $$$"""{"items":[{"id":"{{{id}}}","name":"call"}],"pagination":{{{{pagination}}}}}""";

    private static async Task<List<string?>> IdsAsync(PagedList<PolarEvent> list)
    {
        var ids = new List<string?>();
        await foreach (var item in list)
        {
            ids.Add(item.Id);
        }

        return ids;
    }
}
