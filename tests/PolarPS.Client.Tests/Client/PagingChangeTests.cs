using Xunit;

namespace PolarPS.Client.Tests.Client;

/// <summary>
/// Lists that change while they are read, by offset and without a snapshot: what is there from beginning to end comes
/// exactly once and in order; what comes or goes meanwhile may come, but not twice.
/// </summary>
/// <remarks>
/// Exempt, because nothing in the answers tells: with an order in which new rows come at the end, a row that is added behind
/// and one that is removed before the boundary, both between the same two requests. The count stands still, and the row at
/// the boundary has moved to the page before. With the newest first a new row pushes the others the other way.
/// </remarks>
public sealed class PagingChangeTests
{
    private const int PageSize = 10;

    public static TheoryData<int> Amounts { get; } = [1, 2, 50, 99, 100, 101, 150, 199, 200, 201, 250];

    [Theory]
    [MemberData(nameof(Amounts))]
    public async Task WhatIsAddedBetweenTwoPagesRepeatsAndLosesNothing(int added)
    {
        for (var boundary = 2; boundary <= 7; boundary++)
        {
            foreach (var ahead in new[] { 0, 3 })
            {
                var server = new ListServer(650);
                var page = boundary;
                Once(server, asked => asked == page, () => server.Insert(added));

                await AssertComplete(server, ahead, 100, 650 / 100 + 8 + added / 100, $"{added} before {boundary}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Amounts))]
    public async Task WhatIsRemovedBetweenTwoPagesLosesNothingElse(int removed)
    {
        for (var boundary = 2; boundary <= 7; boundary++)
        {
            // Of what had been read the first, the last, and any.
            foreach (var where in new[] { "first", "last", "any" })
            {
                foreach (var ahead in new[] { 0, 3 })
                {
                    var server = new ListServer(650);
                    var read = Math.Min((boundary - 1) * 100, 650);
                    var count = Math.Min(removed, read);
                    var page = boundary;
                    Once(server, asked => asked == page, () => Remove(server, where, count, read));

                    await AssertComplete(
                        server,
                        ahead,
                        100,
                        7 + 8 + (2 * removed / 100),
                        $"{removed} ({where}) before {boundary}, {ahead} ahead"
                    );
                }
            }
        }
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 3)]
    [InlineData(3, 0)]
    [InlineData(3, 3)]
    [InlineData(9, 0)]
    [InlineData(10, 3)]
    public async Task WhatIsRemovedBeforeEveryRequestLosesNothingElse(int removed, int ahead)
    {
        var server = new ListServer(300);
        server.Before = (page, _) =>
        {
            // Nothing is removed that may not have been read.
            if (page > 1)
            {
                Remove(server, "first", Math.Min(removed, (page - 1) * PageSize), 0);
            }
        };

        await AssertComplete(server, ahead, PageSize, 400, $"{removed} each time, {ahead} ahead");
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 3)]
    [InlineData(9, 0)]
    [InlineData(9, 3)]
    public async Task WhatIsAddedBeforeEveryRequestRepeatsAndLosesNothing(int added, int ahead)
    {
        var server = new ListServer(300);
        server.Before = (page, _) =>
        {
            if (page > 1)
            {
                server.Insert(added);
            }
        };

        await AssertComplete(server, ahead, PageSize, 3000, $"{added} each time, {ahead} ahead");
    }

    [Fact]
    public async Task AdditionsAloneCostNoRequestMoreThanTheirRows()
    {
        // What comes on top pushes known rows onto the next page, which proves by itself that nothing slipped through.
        var server = new ListServer(500);
        server.Before = (page, _) =>
        {
            if (page is 2 or 4)
            {
                server.Insert(1);
            }
        };

        await AssertComplete(server, 0, 100, 6, "one, twice");
    }

    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(3, 0.1)]
    [InlineData(0, 0.5)]
    [InlineData(3, 0.5)]
    [InlineData(8, 0.3)]
    public async Task MixedChangesLoseNothing(int ahead, double likelihood)
    {
        for (var seed = 0; seed < 150; seed++)
        {
            var random = new Random((seed * 100) + ahead);
            var server = new ListServer(random.Next(0, 160));
            server.Before = (_, _) =>
            {
                if (random.NextDouble() >= likelihood)
                {
                    return;
                }

                for (var changes = random.Next(1, 4); changes > 0; changes--)
                {
                    if (random.Next(2) == 0)
                    {
                        server.Insert(random.Next(1, 6));
                    }
                    else
                    {
                        for (var count = random.Next(1, 6); count > 0 && server.Rows.Count > 0; count--)
                        {
                            server.Rows.RemoveAt(random.Next(server.Rows.Count));
                        }
                    }
                }
            };

            await AssertComplete(server, ahead, PageSize, 2000, $"seed {seed}, {ahead} ahead, {likelihood}");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task MixedChangesOfAListWithTheOldestFirstLoseNothingThatTheCountTells(int ahead)
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var server = new ListServer(random.Next(0, 160));
            server.Before = (_, _) =>
            {
                if (random.NextDouble() >= 0.2)
                {
                    return;
                }

                // Either or: both at once is the case that nothing tells.
                if (random.Next(2) == 0)
                {
                    server.Insert(random.Next(1, 6), at: int.MaxValue);
                }
                else
                {
                    for (var count = random.Next(1, 6); count > 0 && server.Rows.Count > 0; count--)
                    {
                        server.Rows.RemoveAt(random.Next(server.Rows.Count));
                    }
                }
            };

            await AssertComplete(server, ahead, PageSize, 1000, $"seed {seed}, {ahead} ahead");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task ChangesInTheMiddleOfAListThatIsSortedOtherwiseLoseNothing(int ahead)
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var server = new ListServer(random.Next(20, 160));
            var last = 0;
            server.Before = (_, number) =>
            {
                if (random.NextDouble() < 0.2 && number > last + 6)
                {
                    last = number;
                    if (random.Next(2) == 0)
                    {
                        server.Insert(random.Next(1, 6), random.Next(server.Rows.Count + 1));
                    }
                    else
                    {
                        server.Rows.RemoveAt(random.Next(server.Rows.Count));
                    }
                }
            };

            await AssertComplete(server, ahead, PageSize, 1000, $"seed {seed}, {ahead} ahead");
        }
    }

    [Theory]
    [InlineData(20)]
    [InlineData(25)]
    [InlineData(95)]
    public async Task AnExtentOfAListThatChangesHasNoGap(int first)
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            var server = new ListServer(150);
            var begin = random.Next(0, 40);
            var done = false;
            server.Before = (_, number) =>
            {
                if (number > 1 && !done)
                {
                    done = true;
                    Remove(server, "any", random.Next(1, 12), begin);
                }
            };

            var query = new ProductQuery
            {
                First = first,
                Skip = begin,
                PageSize = PageSize,
                ReadAhead = random.Next(4),
            };
            var read = await server.ReadAsync(query);

            // Whatever the beginning became: from there on nothing that stayed is missing up to the last one.
            Assert.Equal(first, read.Count);
            Assert.Equal(read.Distinct(), read);
            Assert.Equal(begin, read[0]);
            var stayed = server.Rows.Where(row => row >= begin && row <= read.Max()).ToList();
            Assert.True(
                !stayed.Except(read).Any(),
                $"seed {seed}: {string.Join(" ", stayed.Except(read))} of {string.Join(" ", read)}"
            );
        }
    }

    private static void Once(ListServer server, Func<int, bool> when, Action change)
    {
        var done = false;
        server.Before = (page, _) =>
        {
            if (!done && when(page))
            {
                done = true;
                change();
            }
        };
    }

    private static void Remove(ListServer server, string where, int count, int read)
    {
        var random = new Random(count);
        for (; count > 0 && server.Rows.Count > 0; count--)
        {
            server.Rows.RemoveAt(
                where switch
                {
                    "first" => 0,
                    "last" => --read,
                    _ => random.Next(Math.Max(1, Math.Min(read--, server.Rows.Count))),
                }
            );
        }
    }

    private static async Task AssertComplete(ListServer server, int ahead, int size, int mostRequests, string context)
    {
        var before = server.Rows.ToList();

        var read = await server.ReadAsync(new ProductQuery { PageSize = size, ReadAhead = ahead });

        var stayed = before.Where(server.Rows.ToHashSet().Contains).ToList();
        var originals = before.ToHashSet();
        Assert.True(
            read.Count == read.Distinct().Count(),
            $"{context}: {read.Count - read.Distinct().Count()} came twice"
        );
        var lost = stayed.Except(read).ToList();
        Assert.True(lost.Count == 0, $"{context}: lost {string.Join(", ", lost.Take(10))} ({lost.Count})");
        var kept = stayed.ToHashSet();
        Assert.True(stayed.SequenceEqual(read.Where(kept.Contains)), $"{context}: not in order");
        Assert.True(
            server.Requests.Count <= mostRequests,
            $"{context}: {server.Requests.Count} requests for {originals.Count} rows"
        );
    }
}
