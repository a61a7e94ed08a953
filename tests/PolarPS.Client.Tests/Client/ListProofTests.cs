using System.Text.Json;
using PolarPS.Client.Models;
using PolarPS.Client.Tests.Conformance;
using Xunit;

namespace PolarPS.Client.Tests.Client;

/// <summary>
/// Lists in an order that can change. A row can slip past such a list without any answer telling of it; so the rows' times
/// prove that none has, or the list is looked at again in an order that lasts. What is quiet is read once.
/// </summary>
public sealed class ListProofTests
{
    private static readonly string[] ByName = ["name"];

    // What no answer tells of: a row that was read goes, one that was not moves to before it, another comes in behind.
    private static void Hide(ListServer server)
    {
        var moved = server.Rows[250];
        server.Rows.RemoveAt(20);
        server.Rows.Remove(moved);
        server.Rows.Insert(5, moved);
        server.Insert(1, at: 300);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task ARowThatSlipsByWithoutATraceComes(int ahead)
    {
        var server = new ListServer(350);
        server.Before = (_, number) =>
        {
            if (number == 2)
            {
                Hide(server);
            }
        };

        var read = await server.ReadAsync(new ProductQuery { Sorting = ByName, ReadAhead = ahead });

        Assert.Contains(250, read);
        Assert.Equal(Enumerable.Range(0, 351), read.Order());
        Assert.InRange(server.RequestsByAge, 4, 5);
    }

    public static TheoryData<string, bool, bool, long?, int> Lists =>
        new()
        {
            { "quiet", false, true, null, 350 },
            { "quiet, with a filter", false, true, null, 350 },
            { "no date", true, true, null, 350 },
            { "no times", true, true, null, 350 },
            { "created just now", true, true, null, 350 },
            { "changed just now", true, true, null, 350 },
            { "changed before", false, true, null, 350 },
            { "no date, one page", false, false, null, 99 },
            { "no date, a part", false, true, 300, 350 },
            { "no date, by age", false, true, null, 350 },
        };

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task AListIsLookedAtAgainOnlyWhereItsTimesDoNotProveIt(
        string kind,
        bool isAgain,
        bool isLong,
        long? first,
        int count
    )
    {
        var server = new ListServer(kind == "created just now" ? count - 1 : count)
        {
            IsDated = !kind.StartsWith("no date", StringComparison.Ordinal),
            HasTimes = kind != "no times",
        };
        if (kind == "created just now")
        {
            server.Insert(1);
        }

        if (kind.StartsWith("changed", StringComparison.Ordinal))
        {
            server.Changed[7] = DateTimeOffset.UtcNow.AddMinutes(kind == "changed before" ? -5 : 0);
        }

        var query = new ProductQuery
        {
            Sorting = kind.EndsWith("by age", StringComparison.Ordinal) ? ["-created_at"] : ByName,
            Query = kind == "quiet, with a filter" ? "a" : null,
            First = first,
        };

        Assert.Equal(first ?? count, (await server.ReadAsync(query)).Distinct().Count());
        Assert.Equal(isAgain, server.RequestsByAge > 0);
        Assert.InRange(
            server.Requests.Count,
            isLong ? 3 : 1,
            isAgain ? 9
                : isLong ? 4
                : 1
        );
    }

    [Fact]
    public async Task ALongListThatIsQuietCostsNoMoreThanItsPages()
    {
        foreach (var sorting in new[] { "name", "-created_at" })
        {
            foreach (var count in new[] { 101, 380, 555, 949, 1201, 4999, 10_001 })
            {
                var server = new ListServer(count);

                Assert.Equal(
                    Enumerable.Range(0, count),
                    await server.ReadAsync(new ProductQuery { Sorting = [sorting], ReadAhead = count % 5 })
                );
                Assert.InRange(server.Requests.Count, 0, ((count + 99) / 100) + 1);
            }
        }
    }

    [Fact]
    public async Task WhatIsRemovedBetweenTheCountAndTheRowsHidesNoRow()
    {
        // Behind the first pages, which overlap, the count of a page does not tell: it was taken before. That fewer rows have
        // come in the end than there were does, and those that are missing come then.
        for (var at = 6; at < 40; at++)
        {
            var server = new ListServer(2000);
            var isAt = at / 2;
            var isAlsoCountLeft = at % 2 == 0;
            server.Between = (_, number) =>
            {
                if (number == isAt)
                {
                    server.Rows.RemoveRange(10, 3);
                    server.Insert(isAlsoCountLeft ? 3 : 0);
                }
            };

            var read = await server.ReadAsync(new ProductQuery { ReadAhead = at % 5 });

            Assert.Empty(Enumerable.Range(0, 10).Concat(Enumerable.Range(13, 1987)).Except(read));
            Assert.Equal(read.Count, read.Distinct().Count());
            Assert.InRange(server.Requests.Count, 20, 46);
        }
    }

    [Theory]
    [InlineData(100)]
    [InlineData(300)]
    [InlineData(1000)]
    public async Task WhatComesInBetweenTheCountAndTheRowsPushesNoRowOut(int count)
    {
        foreach (var sorting in new[] { null, "name" })
        {
            var server = new ListServer(count);
            server.Between = (page, _) =>
            {
                if (page * 100 >= count && server.Rows.Count == count)
                {
                    server.Insert(1);
                }
            };

            var read = await server.ReadAsync(
                new ProductQuery { Sorting = sorting is null ? null : [sorting], ReadAhead = 0 }
            );

            Assert.Empty(Enumerable.Range(0, count).Except(read));
            Assert.Equal(read.Count, read.Distinct().Count());
        }
    }

    [Theory]
    [InlineData("/v1/products/?sorting=name&is_archived=false", "/v1/products/?is_archived=false&sorting=-created_at")]
    [InlineData("/v1/products/?sorting=name&sorting=-created_at", "/v1/products/?sorting=-created_at")]
    [InlineData("/v1/subscriptions/?a=1&%73orting=status&b=%26", "/v1/subscriptions/?a=1&b=%26&sorting=-started_at")]
    [InlineData("/v1/meters/", "/v1/meters/?sorting=-created_at")]
    [InlineData("/v1/anything?sorting=price", "/v1/anything?sorting=-created_at")]
    public async Task AnyPathIsLookedAtAgainInAnOrderThatLasts(string path, string again)
    {
        var server = new ListServer(150) { IsDated = false };

        Assert.Equal(150, await CountAsync(server, path));
        Assert.Equal(
            [$"{again}&page=1&limit=100", $"{again}&page=2&limit=99"],
            server.Stub.Requests.Skip(2).Select(sent => sent.Target)
        );
    }

    [Theory]
    [InlineData("/v1/event-types/?sorting=name")]
    [InlineData("/v1/customer-portal/benefit-grants/")]
    public async Task APathWithoutSuchAnOrderIsReadTwice(string path)
    {
        var server = new ListServer(150) { IsDated = false };

        Assert.Equal(150, await CountAsync(server, path));
        Assert.Equal(server.Stub.Requests[0].Target, server.Stub.Requests[2].Target);
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task APathThatRefusesTheOrderIsReadTwiceAsItIs()
    {
        var server = new ListServer(150) { IsDated = false };
        server.Instead = _ =>
            server.RequestsByAge == 1 && server.Requests.Count == 3
                ? Stub.Answer(
                    """{"error":"RequestValidationError","detail":[{"loc":["query","sorting"],"msg":"x","type":"enum"}]}""",
                    422
                )
                : null;

        Assert.Equal(150, await CountAsync(server, "/v1/anything?sorting=price"));
        Assert.Equal(1, server.RequestsByAge);
        Assert.Equal(5, server.Requests.Count);
    }

    [Theory]
    [InlineData("?sorting=-created_at&status=active")]
    [InlineData("?status=active")]
    [InlineData("")]
    public async Task OfWhatAPathFiltersNothingIsKnownSoItsPagesOverlap(string query)
    {
        var server = new ListServer(2000);

        Assert.Equal(2000, await CountAsync(server, "/v1/subscriptions/" + query));
        Assert.All(
            server.Requests.Zip(server.Requests.Skip(1)),
            pair => Assert.True((pair.Second.Page - 1) * pair.Second.Limit < pair.First.Page * pair.First.Limit)
        );
    }

    [DescribedFact]
    public void TheOwnOrderOfEachSortedListIsKnown()
    {
        var found = 0;
        foreach (var operation in ApiDescription.Instance.Operations)
        {
            if (
                operation.Method == "GET"
                && !operation.Path.Contains('{', StringComparison.Ordinal)
                && operation.Parameters.SingleOrDefault(parameter => parameter.Name == "sorting") is { } sorting
            )
            {
                var usual = sorting.Schema["default"]![0]!.GetValue<string>();
                Assert.Equal(
                    (operation.Path, usual),
                    (operation.Path, KnownLists.Find(operation.Path)?.DefaultSorting)
                );
                found++;
            }
        }

        Assert.InRange(found, 20, 40);
    }

    [Fact]
    public void EachModelThatHasTimesTellsThem()
    {
        var models = typeof(PolarObject)
            .Assembly.GetTypes()
            .Where(type =>
                type.GetProperty("CreatedAt")?.PropertyType == typeof(DateTimeOffset?)
                && type.GetProperty("ModifiedAt")?.PropertyType == typeof(DateTimeOffset?)
            )
            .ToList();

        Assert.NotEmpty(models);
        Assert.DoesNotContain(models, type => !typeof(IDated).IsAssignableFrom(type));
    }

    [Theory]
    [InlineData("""{"id":"a","created_at":"2026-01-01T00:00:00Z","modified_at":null}""", true)]
    [InlineData("""{"id":"a","created_at":"2026-01-01T00:00:00Z"}""", true)]
    [InlineData("""{"id":"a","created_at":"2026-01-01T00:00:00Z","modified_at":"yesterday"}""", false)]
    [InlineData("""{"id":"a","created_at":1767225600}""", false)]
    [InlineData("""{"id":"a"}""", false)]
    [InlineData("[]", false)]
    public void ATimeThatCannotBeReadProvesNothing(string json, bool isOld)
    {
        using var document = JsonDocument.Parse(json);
        IDated item = new RawItem(document.RootElement.Clone());
        var moment = DateTimeOffset.Parse("2026-06-01T00:00:00Z", CultureInfo.InvariantCulture);

        Assert.Equal(isOld, item.CreatedAt < moment && !(item.ModifiedAt >= moment));
    }

    private static async Task<int> CountAsync(ListServer server, string path)
    {
        var ids = new HashSet<string?>();
        await foreach (var item in server.Stub.Client.List(path))
        {
            Assert.True(ids.Add(item.Id));
        }

        return ids.Count;
    }
}
