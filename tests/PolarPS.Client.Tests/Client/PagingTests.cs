// Long because the rules of paging are read beside each other, each with the lists that would break it.
using System.Runtime.CompilerServices;
using PolarPS.Client.Models;
using Xunit;

namespace PolarPS.Client.Tests.Client;

/// <summary>Lists that keep still: extent, order, reading ahead, stopping, and servers that do not deliver.</summary>
public sealed class PagingTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(99, 1)]
    [InlineData(100, 1)]
    [InlineData(101, 2)]
    [InlineData(250, 3)]
    [InlineData(1000, 10)]
    [InlineData(1001, 11)]
    public async Task EverythingComesOnceAndInOrder(int count, int requests)
    {
        var server = new ListServer(count);

        Assert.Equal(Enumerable.Range(0, count), await server.ReadAsync());
        Assert.Equal((1, 100), server.Requests[0]);
        Assert.InRange(server.Requests.Count, requests, requests + 1);
    }

    [Theory]
    [InlineData(10_000, "-created_at", 101)]
    [InlineData(10_000, "created_at", 101)]
    [InlineData(10_000, "name", 101)]
    [InlineData(900, "name", 10)]
    [InlineData(90, "name", 1)]
    public async Task PagesOverlapAtTheBeginningAndStandSideBySideThen(int count, string sorting, int most)
    {
        var server = new ListServer(count);

        Assert.Equal(Enumerable.Range(0, count), await server.ReadAsync(new ProductQuery { Sorting = [sorting] }));
        Assert.InRange(server.Requests.Count, (count + 99) / 100, most);
        Assert.All(
            server.Requests.Zip(server.Requests.Skip(1)),
            pair =>
            {
                var end = pair.First.Page * pair.First.Limit;
                var start = (pair.Second.Page - 1) * pair.Second.Limit;
                Assert.InRange(start, 0, end >= 480 ? end : end - 1);
            }
        );
    }

    [Theory]
    [InlineData("no date")]
    [InlineData("no times")]
    [InlineData("created just now")]
    [InlineData("a part")]
    [InlineData("a filter")]
    public async Task WhatTheTimesDoNotProveIsProvedByPagesThatOverlap(string kind)
    {
        var server = new ListServer(2000) { IsDated = kind != "no date", HasTimes = kind != "no times" };
        if (kind == "created just now")
        {
            server.Rows.RemoveAt(1999);
            server.Insert(1);
        }

        var query = new ProductQuery
        {
            First = kind == "a part" ? 1900 : null,
            Query = kind == "a filter" ? "a" : null,
        };

        Assert.Equal(query.First ?? 2000, (await server.ReadAsync(query)).Distinct().Count());
        Assert.InRange(server.Requests.Count, 20, 24);
        Assert.All(
            server.Requests.Zip(server.Requests.Skip(1)),
            pair => Assert.True((pair.Second.Page - 1) * pair.Second.Limit < pair.First.Page * pair.First.Limit)
        );
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(101)]
    [InlineData(237)]
    public async Task AnyExtentIsWhatItWouldBeOfTheWholeList(int count)
    {
        var all = Enumerable.Range(0, count).ToList();
        foreach (var first in new long?[] { null, 0, 1, 5, 99, 100, 101, 230, 1000, long.MaxValue })
        {
            foreach (var skip in new long[] { 0, 1, 4, 5, 99, 100, 101, 200, 236, 237, 500, -3 })
            {
                foreach (var size in new int?[] { null, 1, 7, 100, 101, int.MaxValue, 0, -5 })
                {
                    foreach (var ahead in new[] { 0, 3 })
                    {
                        var server = new ListServer(count);
                        var query = new ProductQuery
                        {
                            First = first,
                            Skip = skip,
                            PageSize = size,
                            ReadAhead = ahead,
                        };

                        var read = await server.ReadAsync(query);

                        var extent = $"First {first}, Skip {skip}, PageSize {size}, ReadAhead {ahead}";
                        var skipped = all.Skip((int)Math.Max(skip, 0));
                        var expected = first is long most ? skipped.Take((int)Math.Min(most, 1000)) : skipped;
                        Assert.True(expected.SequenceEqual(read), extent);
                        Assert.All(server.Requests, request => Assert.InRange(request.Limit, 1, 100));
                        var needed = Needed(server, count, first, skip);
                        Assert.True(server.Requests.Count >= needed || size < 10, extent);
                        // A rest whose last page is full cannot be proved to end with it.
                        var isRest = skip > 0 && !(first <= count - skip);
                        Assert.True(server.Requests.Count <= (needed == 1 && !isRest ? 1 : needed * 2), extent);
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData(1, 0, 1, 1)]
    [InlineData(5, 0, 5, 1)]
    [InlineData(5, 10, 5, 3)]
    [InlineData(5, 12, 100, 1)]
    [InlineData(100, 200, 100, 3)]
    public async Task ASmallExtentIsOneSmallRequest(long first, long skip, int limit, int page)
    {
        var server = new ListServer(10_000);

        var read = await server.ReadAsync(new ProductQuery { First = first, Skip = skip });

        Assert.Equal(Enumerable.Range((int)skip, (int)first), read);
        Assert.Equal((page, limit), Assert.Single(server.Requests));
    }

    [Fact]
    public async Task AnOffsetBeyondEverythingIsAnEmptyList()
    {
        foreach (var skip in new[] { 100_000, int.MaxValue, 300_000_000_000, long.MaxValue })
        {
            var server = new ListServer(50);

            Assert.Empty(await server.ReadAsync(new ProductQuery { Skip = skip }));
            Assert.Single(server.Requests);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(99)]
    [InlineData(100)]
    public async Task WhoLeavesWithinAPageHasCausedOneRequest(int count)
    {
        var server = new ListServer(10_000);
        var read = new List<int>();
        await foreach (var product in server.Stub.Client.Products.List())
        {
            read.Add(ListServer.Number(product));
            if (read.Count == count)
            {
                break;
            }
        }

        Assert.Equal(Enumerable.Range(0, count), read);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task WhoLeavesAfterAPageHasCausedOneRequest()
    {
        var server = new ListServer(10_000);
        await foreach (var page in server.Stub.Client.Products.List().ReadPagesAsync())
        {
            Assert.Equal(100, page.Items.Count);
            Assert.Equal(10_000, page.TotalCount);
            break;
        }

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task NothingIsRequestedBeforeItIsEnumerated()
    {
        var server = new ListServer(10);
        var list = server.Stub.Client.Products.List();
        await using var enumerator = list.GetAsyncEnumerator();

        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task EnumeratingTwiceReadsTwice()
    {
        var server = new ListServer(150);
        var list = server.Stub.Client.Products.List();
        var pages = list.ReadPagesAsync();

        for (var round = 1; round <= 2; round++)
        {
            var items = new List<int>();
            await foreach (var product in list)
            {
                items.Add(ListServer.Number(product));
            }

            Assert.Equal(Enumerable.Range(0, 150), items);
        }

        for (var round = 1; round <= 2; round++)
        {
            var items = new List<int>();
            await foreach (var page in pages)
            {
                items.AddRange(page.Items.Select(ListServer.Number));
            }

            Assert.Equal(Enumerable.Range(0, 150), items);
        }
    }

    [Fact]
    public async Task TheCountIsTheServersWhateverExtentWasAskedFor()
    {
        var server = new ListServer(237);

        Assert.Equal(
            237,
            await server.Stub.Client.Products.List(new ProductQuery { First = 5, Skip = 9 }).CountAsync()
        );
        Assert.Equal((1, 1), Assert.Single(server.Requests));

        var none = new List<ListPage<Product>>();
        await foreach (var page in server.Stub.Client.Products.List(new ProductQuery { First = 0 }).ReadPagesAsync())
        {
            none.Add(page);
        }

        Assert.Equal(237, Assert.Single(none).TotalCount);
        Assert.Empty(none[0].Items);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    [InlineData(8, 8)]
    [InlineData(50, 12)]
    [InlineData(-1, 0)]
    public async Task NoMoreThanAskedIsReadAhead(int ahead, int most)
    {
        var server = new ListServer(3000);
        var under = 0;
        var greatest = 0;
        server.Hold = async (_, _) =>
        {
            var now = Interlocked.Increment(ref under);
            InterlockedMax(ref greatest, now);
            await Task.Yield();
            await Task.Delay(1, CancellationToken.None);
            Interlocked.Decrement(ref under);
        };

        var read = await server.ReadAsync(new ProductQuery { ReadAhead = ahead });

        Assert.Equal(Enumerable.Range(0, 3000), read);
        Assert.Equal(31, server.Requests.Count);
        Assert.InRange(greatest, Math.Min(most, 2), most + 1);
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 3)]
    [InlineData(3, 5)]
    [InlineData(50, 14)]
    public async Task ASlowConsumerIsNotRunAwayFrom(int ahead, int most)
    {
        var server = new ListServer(5000);
        await using var enumerator = server
            .Stub.Client.Products.List(new ProductQuery { ReadAhead = ahead })
            .GetAsyncEnumerator();
        for (var count = 0; count < 150; count++)
        {
            Assert.True(await enumerator.MoveNextAsync());
        }

        // The page in hand, the one before, and what is read ahead; the pages ahead are requested, not waited for.
        Assert.InRange(server.Requests.Count, 2, most);
    }

    [Fact]
    public async Task MoreIsReadAheadWhileTheConsumerWaits()
    {
        var server = new ListServer(3000);
        var greatest = await MostAtOnceAsync(server, latency: 30);

        // It begins with eight at most; twelve are ahead of the one that is waited for.
        Assert.InRange(greatest, 9, 13);
    }

    [Theory]
    [InlineData(true, 1, 1)]
    [InlineData(false, 5, 13)]
    public async Task OnePageIsReadAheadWhileTheServerAsksToWait(bool wasHeldBack, int least, int most)
    {
        var server = new ListServer(3000) { Tell = tell => tell("PolarPS.WasHeldBack", wasHeldBack) };
        var greatest = await MostAtOnceAsync(server, latency: 20);

        Assert.InRange(greatest, least, most);
    }

    [Theory]
    [InlineData("https://api.polar.sh", 249, 250)]
    [InlineData("https://sandbox-api.polar.sh", 49, 50)]
    [InlineData("http://localhost:5000", 1000, null)]
    [InlineData("https://polar.example", 1000, null)]
    public async Task TheRateLimitOfTheEnvironmentIsNotUsedUp(string environment, int plenty, int? scarce)
    {
        foreach (var sent in new[] { plenty, scarce ?? plenty })
        {
            var server = new ListServer(3000) { Tell = tell => tell("PolarPS.SentLately", sent) };
            server.Stub.Http.BaseAddress = new Uri(environment);
            var greatest = await MostAtOnceAsync(server, latency: 20);

            Assert.InRange(greatest, sent == scarce ? 1 : 5, sent == scarce ? 1 : 13);
        }
    }

    [Fact]
    public async Task LittleIsReadAheadWhereTheConsumerIsSlow()
    {
        var server = new ListServer(2000);
        var ahead = 0;
        var consumed = 0;
        await foreach (var page in server.Stub.Client.Products.List().ReadPagesAsync())
        {
            await Task.Delay(30);
            // What was begun with at first has been used up by then.
            if (++consumed > 8)
            {
                ahead = Math.Max(ahead, server.Requests.Count - consumed);
            }
        }

        Assert.Equal(21, consumed);
        Assert.InRange(ahead, 1, 3);
    }

    // How many requests were under way at once at most, behind the first two pages.
    private static async Task<int> MostAtOnceAsync(ListServer server, int latency)
    {
        var under = 0;
        var greatest = 0;
        server.Hold = async (page, cancellationToken) =>
        {
            var now = Interlocked.Increment(ref under);
            if (page > 2)
            {
                InterlockedMax(ref greatest, now);
            }

            await Task.Delay(latency, cancellationToken);
            Interlocked.Decrement(ref under);
        };
        await server.ReadAsync();
        return greatest;
    }

    [Fact]
    public async Task PagesComeInOrderAlthoughLaterOnesAnswerEarlier()
    {
        var server = new ListServer(1000);
        var answered = Enumerable.Range(0, 12).Select(_ => new TaskCompletionSource()).ToArray();
        var order = new List<int>();
        server.Hold = async (page, _) =>
        {
            // Each second page waits for the next one.
            if (page % 2 == 0 && page < 10)
            {
                await answered[page + 1].Task;
            }

            lock (order)
            {
                order.Add(page);
            }

            answered[page].TrySetResult();
        };

        var read = await server.ReadAsync();

        Assert.Equal(Enumerable.Range(0, 1000), read);
        Assert.Equal([1, 3, 2, 5, 4, 7, 6, 9, 8, 10, 10], order);
    }

    [Fact]
    public async Task CancellationEndsTheReadingAndEveryRequestUnderWay()
    {
        var server = new ListServer(1000);
        using var stop = new CancellationTokenSource();
        using var waiting = new ManualResetEventSlim();
        var begun = 0;
        var ended = 0;
        server.Hold = async (page, cancellationToken) =>
        {
            if (page > 2)
            {
                Interlocked.Increment(ref begun);
                waiting.Set();
                try
                {
                    await Task.Delay(Timeout.Infinite, cancellationToken);
                }
                finally
                {
                    Interlocked.Increment(ref ended);
                }
            }
        };

        var read = new List<int>();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var product in server.Stub.Client.Products.List().WithCancellation(stop.Token))
            {
                read.Add(ListServer.Number(product));
                if (read.Count == Read(2))
                {
                    Assert.True(waiting.Wait(TimeSpan.FromSeconds(20)));
                    await stop.CancelAsync();
                }
            }
        });

        Assert.Equal(Enumerable.Range(0, Read(2)), read);
        Assert.InRange(begun, 1, 13);
        Assert.True(SpinWait.SpinUntil(() => ended == begun, TimeSpan.FromSeconds(20)));
        Assert.Equal(2 + begun, server.Requests.Count);
    }

    [Fact]
    public async Task LeavingEndsEveryRequestUnderWay()
    {
        var server = new ListServer(1000);
        var begun = 0;
        var ended = 0;
        server.Hold = async (page, cancellationToken) =>
        {
            if (page > 2)
            {
                Interlocked.Increment(ref begun);
                try
                {
                    await Task.Delay(Timeout.Infinite, cancellationToken);
                }
                finally
                {
                    Interlocked.Increment(ref ended);
                }
            }
        };
        await using (var enumerator = server.Stub.Client.Products.List().GetAsyncEnumerator())
        {
            for (var count = 0; count < 150; count++)
            {
                await enumerator.MoveNextAsync();
            }
        }

        Assert.InRange(begun, 1, 13);
        Assert.True(SpinWait.SpinUntil(() => ended == begun, TimeSpan.FromSeconds(20)));
        Assert.Equal(2 + begun, server.Requests.Count);
    }

    [Fact]
    public async Task WhoHasCancelledBeforeReadsNothing()
    {
        var server = new ListServer(10);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            server.ReadAsync(cancellationToken: new CancellationToken(canceled: true))
        );
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public async Task AFailingPageSurfacesAfterWhatCameBefore(int failing)
    {
        var server = new ListServer(1000)
        {
            Instead = page => page == failing ? Stub.Answer("""{"error":"Odd","detail":"No."}""", 500) : null,
        };
        var read = new List<int>();

        var error = await Assert.ThrowsAsync<PolarServerException>(async () =>
        {
            await foreach (var product in server.Stub.Client.Products.List())
            {
                read.Add(ListServer.Number(product));
            }
        });

        Assert.Equal(Enumerable.Range(0, Read(failing - 1)), read);
        Assert.Equal("Odd", error.ErrorName);
        Assert.Contains($"page={failing}&", error.Path, StringComparison.Ordinal);
        Assert.False(error.OutcomeUnknown);
    }

    [Fact]
    public async Task ManyFailuresAheadAreNoUnobservedExceptions()
    {
        var unobserved = 0;
        void Observe(object? sender, UnobservedTaskExceptionEventArgs args)
        {
            if (
                args
                    .Exception.Flatten()
                    .InnerExceptions.Any(error => error is PolarServerException { ErrorName: "Ahead" })
            )
            {
                Interlocked.Increment(ref unobserved);
            }
        }

        TaskScheduler.UnobservedTaskException += Observe;
        try
        {
            for (var round = 0; round < 10; round++)
            {
                var server = new ListServer(1000)
                {
                    Instead = page => page > 1 ? Stub.Answer("""{"error":"Ahead","detail":"No."}""", 500) : null,
                };
                await Assert.ThrowsAsync<PolarServerException>(() => server.ReadAsync());
            }

            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            Assert.Equal(0, unobserved);
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Observe;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task APageThatComesAgainAndAgainIsAnError(int repeated)
    {
        var server = new ListServer(1000) { Shown = page => Math.Min(page, repeated), Claimed = _ => (100_000, 1000) };

        var error = await Assert.ThrowsAsync<PolarListException>(() => server.ReadAsync());

        Assert.InRange(error.ItemsRead, Read(repeated), repeated * 100);
        Assert.Contains("of 1000 repeats", error.Message, StringComparison.Ordinal);
        Assert.InRange(server.Requests.Count, repeated + 1, repeated + 20);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(1000)]
    public async Task AnEmptyPageBeforeTheEndIsAnError(int count)
    {
        var server = new ListServer(count) { Claimed = _ => (5000, 50) };

        var error = await Assert.ThrowsAsync<PolarListException>(() => server.ReadAsync());

        Assert.Equal(count, error.ItemsRead);
        Assert.Contains("is empty", error.Message, StringComparison.Ordinal);
        // Twelve may have been read ahead; one overlaps, and a page with fewer rows than its count is looked at three times more.
        Assert.InRange(server.Requests.Count, 1, (count / 100) + 4 + 12);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(-1, false)]
    [InlineData(-1, true)]
    [InlineData(7, true)]
    [InlineData(100, true)]
    [InlineData(1000, true)]
    public async Task NoLoopRunsForEverEvenIfTheCountChangesEachTime(int change, bool repeats)
    {
        // It lies about everything: the count, the number of pages, and what is on them.
        var count = 1_000_000L;
        var server = new ListServer(1000)
        {
            Claimed = _ => (count += change, 1_000_000),
            Shown = page => repeats ? 1 : page,
        };

        var error = await Assert.ThrowsAsync<PolarListException>(() => server.ReadAsync());

        Assert.Equal(repeats ? 100 : 1000, error.ItemsRead);
        Assert.InRange(server.Requests.Count, 2, 2000);
    }

    [Fact]
    public async Task ACountThatChangesWithEveryPageLosesNothing()
    {
        var random = new Random(7);
        var server = new ListServer(2000) { Claimed = counts => (counts.Count - random.Next(0, 50), counts.Pages) };

        var read = await server.ReadAsync();

        Assert.Equal(Enumerable.Range(0, 2000), read);
        Assert.InRange(server.Requests.Count, 20, 20 * 12);
    }

    [Theory]
    [InlineData(350, 350, 2, null)]
    [InlineData(350, 350, 2, "name")]
    [InlineData(200, 350, 2, null)]
    [InlineData(200, 350, 2, "created_at")]
    [InlineData(150, 350, 2, null)]
    [InlineData(99, 100, 1, null)]
    [InlineData(0, 1, 1, null)]
    [InlineData(1000, 2030, 11, null)]
    [InlineData(1000, 1001, 11, "name")]
    [InlineData(100, 350, 9, null)]
    public async Task AListThatStopsBeforeItsOwnCountIsAnError(int count, int claimed, int pages, string? sorting)
    {
        var server = new ListServer(count) { Claimed = _ => (claimed, pages) };
        var read = new List<int>();

        var error = await Assert.ThrowsAsync<PolarListException>(async () =>
        {
            await foreach (
                var product in server.Stub.Client.Products.List(
                    new ProductQuery { Sorting = sorting is null ? null : [sorting] }
                )
            )
            {
                read.Add(ListServer.Number(product));
            }
        });

        // What is there comes nevertheless.
        Assert.Equal(Enumerable.Range(0, read.Count), read);
        Assert.InRange(read.Count, Math.Min(count, 198), count);
        Assert.Equal(read.Count, error.ItemsRead);
        Assert.Contains($"of {claimed} rows", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(3, true)]
    [InlineData(1, false)]
    public async Task APageThatIsShortOnceIsReadAgain(int page, bool isOnce)
    {
        // Polar counts first, and cuts then: a row that is removed between the two is missing from that answer only.
        var server = new ListServer(350);
        var isShort = false;
        server.Before = (asked, _) =>
            server.Hidden = asked == page && (!isOnce || !isShort) && (isShort = true) ? 1 : 0;

        if (isOnce)
        {
            Assert.Equal(Enumerable.Range(0, 350), await server.ReadAsync());
        }
        else
        {
            var error = await Assert.ThrowsAsync<PolarListException>(() => server.ReadAsync());
            Assert.Contains("fewer rows", error.Message, StringComparison.Ordinal);
        }

        Assert.InRange(server.Requests.Count, 5, 8);
    }

    [Fact]
    public async Task RowsThatAreCountedMoreThanOnceAreNoLoss()
    {
        // A product with two of the benefits is counted twice, and comes once on a page.
        var random = new Random(5);
        for (var round = 0; round < 50; round++)
        {
            var server = new ListServer(random.Next(1, 500));
            var rows = server.Rows.ToList();
            server.Rows.Clear();
            server.Rows.AddRange(rows.SelectMany(row => Enumerable.Repeat(row, random.Next(10) == 0 ? 2 : 1)));

            Assert.Equal(rows, await server.ReadAsync(new ProductQuery { BenefitId = ["a", "b"] }));
            Assert.InRange(server.Requests.Count, 1, (server.Rows.Count / 100) + 2);
        }
    }

    [Theory]
    [InlineData(50)]
    [InlineData(20)]
    [InlineData(7)]
    public async Task AServerWithSmallerPagesIsReadToItsEnd(int largest)
    {
        foreach (var skip in new[] { 0, 3, 100, 230 })
        {
            foreach (var isFixed in new[] { false, true })
            {
                var server = new ListServer(350) { Largest = largest, IsFixed = isFixed };

                var read = await server.ReadAsync(new ProductQuery { Skip = skip });

                Assert.Equal(Enumerable.Range(skip, 350 - skip), read);
            }
        }
    }

    [Fact]
    public async Task AServerThatGivesEverythingAtOnceIsOnePage()
    {
        var server = new ListServer(350) { Largest = 1000, IsFixed = true };

        Assert.Equal(Enumerable.Range(0, 350), await server.ReadAsync());
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task AListThatVanishesEnds(int ahead)
    {
        for (var page = 2; page <= 10; page++)
        {
            var server = new ListServer(1000);
            var vanishing = page;
            server.Before = (asked, _) =>
            {
                if (asked >= vanishing)
                {
                    server.Rows.Clear();
                }
            };

            var read = await server.ReadAsync(new ProductQuery { ReadAhead = ahead });

            Assert.Equal(Enumerable.Range(0, Read(page - 1)), read);
            Assert.InRange(server.Requests.Count, page, page + 8);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task AListThatShrinksToWhatWasReadEnds(int ahead)
    {
        var server = new ListServer(1000);
        server.Before = (page, _) =>
        {
            if (page == 4 && server.Rows.Count > 350)
            {
                server.Rows.RemoveRange(350, server.Rows.Count - 350);
            }
        };

        Assert.Equal(Enumerable.Range(0, 350), await server.ReadAsync(new ProductQuery { ReadAhead = ahead }));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(50, 1)]
    [InlineData(100, 1)]
    [InlineData(250, 3)]
    public async Task AListThatOnlyTellsWhetherThereIsMoreIsReadToItsEnd(int count, int requests)
    {
        // What Invoke-PolarRequest meets, for one: no count, and as many pages as have been promised so far.
        var asked = 0;
        var reader = new PageReader<Product>(
            new ProductQuery(),
            InOrder(
                (window, _) =>
                {
                    asked++;
                    var shown = (int)Math.Clamp(count - window.Start, 0, window.Size);
                    var items = Enumerable.Range((int)window.Start, shown);
                    return Task.FromResult(
                        new FetchedPage<Product>(
                            window,
                            "/v1/events/",
                            [.. items.Select(item => new Product { Id = $"{item}" })],
                            -1,
                            window.End < count ? window.Number + 1 : window.Number,
                            default
                        )
                    );
                }
            ),
            null,
            product => product.Id
        );
        var read = new List<string?>();
        await foreach (var page in reader.ReadAsync(CancellationToken.None))
        {
            read.AddRange(page.Items.Select(product => product.Id));
        }

        Assert.Equal(Enumerable.Range(0, count).Select(item => $"{item}"), read);
        Assert.Equal(requests, asked);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AListThatAlwaysPromisesMoreIsAnError(bool repeats)
    {
        var reader = new PageReader<Product>(
            new ProductQuery(),
            InOrder(
                (window, _) =>
                    Task.FromResult(
                        new FetchedPage<Product>(
                            window,
                            "/v1/events/",
                            window.Number == 1 || repeats ? [new Product { Id = "a" }] : [],
                            -1,
                            window.Number + 1,
                            default
                        )
                    )
            ),
            null,
            product => product.Id
        );

        var error = await Assert.ThrowsAsync<PolarListException>(async () =>
        {
            await foreach (var page in reader.ReadAsync(CancellationToken.None))
            {
                Assert.InRange(page.Items.Count, 0, 1);
            }
        });

        Assert.Equal(1, error.ItemsRead);
    }

    [Fact]
    public async Task ItemsWithoutAnIdAllCome()
    {
        var stub = new Stub(
            """{"items":[{"name":"a"},{"name":"a"},{"id":5}],"pagination":{"total_count":3,"max_page":1}}"""
        );
        var names = new List<string?>();
        await foreach (var product in stub.Client.Products.List())
        {
            names.Add(product.Name);
        }

        Assert.Equal(["a", "a", null], names);
    }

    [Fact]
    public async Task ItemsWithoutAnIdAllComeAlthoughTheCountChanges()
    {
        var stub = new Stub(request =>
        {
            var page = int.Parse(
                System.Web.HttpUtility.ParseQueryString(request.RequestUri!.Query)["page"]!,
                System.Globalization.CultureInfo.InvariantCulture
            );
            return Stub.Answer(
                $$"""{"items":[{"name":"{{page}}"}],"pagination":{"total_count":{{page}}0,"max_page":5} }"""
            );
        });
        var names = new List<string?>();

        var error = await Assert.ThrowsAsync<PolarListException>(async () =>
        {
            await foreach (var product in stub.Client.Products.List())
            {
                names.Add(product.Name);
            }
        });

        // Without ids nothing tells whether the list is complete; it must not seem so.
        Assert.Equal(["1", "2", "3", "4", "5"], names);
        Assert.Equal(5, error.ItemsRead);
    }

    [Fact]
    public async Task WhatWasReadIsNotKept()
    {
        var server = new ListServer(3000);
        await using var enumerator = server.Stub.Client.Products.List().GetAsyncEnumerator();

        var early = await Take(enumerator);
        for (var count = 1; count < 2500; count++)
        {
            Assert.True(await enumerator.MoveNextAsync());
        }

        for (var attempt = 0; early.IsAlive && attempt < 20; attempt++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(early.IsAlive);
        Assert.True(await enumerator.MoveNextAsync());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> Take(IAsyncEnumerator<Product> enumerator)
    {
        Assert.True(await enumerator.MoveNextAsync());
        return new WeakReference(enumerator.Current);
    }

    // How many rows the first pages hold together: each begins before the end of the one before.
    private static int Read(int pages) => pages * (101 - pages);

    // The requests that the extent takes: nothing is asked for that is not wanted.
    private static int Needed(ListServer server, int count, long? first, long skip)
    {
        var (page, limit) = server.Requests[0];
        if (first == 0)
        {
            return 1;
        }

        var end = first is long most ? Math.Min(count, Math.Max(skip, 0) + Math.Min(most, count)) : count;
        return (int)Math.Max(1, ((end + limit - 1) / limit) - page + 1);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int before;
        do
        {
            before = target;
        } while (value > before && Interlocked.CompareExchange(ref target, value, before) != before);
    }

    private static PageSource<Product> InOrder(Func<PageWindow, CancellationToken, Task<FetchedPage<Product>>> fetch) =>
        new(RowOrder.Lasting, IsFiltered: true, fetch);
}
