using PolarPS.Client.Models;
using Xunit;

namespace PolarPS.Client.Tests;

/// <summary>Events that are kept until Polar has them.</summary>
public sealed class EventSpoolTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("polarps-").FullName;

    private string FilePath => Path.Combine(_folder, "events.jsonl");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void WhatIsNotSettledIsThereAgainAsItWas()
    {
        var time = new DateTimeOffset(2026, 10, 1, 12, 30, 0, TimeSpan.FromHours(2));
        using (var spool = Open())
        {
            var first = spool.Add(Event("first"));
            spool.Add(
                new EventCreate
                {
                    Name = "second",
                    CustomerId = "c",
                    ExternalId = "own",
                    Timestamp = time,
                    Metadata = new Dictionary<string, object?>
                    {
                        ["whole"] = 12L,
                        ["half"] = 0.5,
                        ["text"] = "größer",
                        ["yes"] = true,
                        ["_cost"] = new EventCost { Amount = 1.25m, Currency = "usd" },
                    },
                }
            );
            spool.Settle([first]);
        }

        using var again = Open();
        var left = Assert.Single(again.Left());
        Assert.Equal(2, left.Number);
        Assert.Equal(
            """{"name":"second","customer_id":"c","external_id":"own","timestamp":"2026-10-01T10:30:00Z","metadata":{"whole":12,"half":0.5,"text":"größer","yes":true,"_cost":{"amount":"1.25","currency":"usd"}}}""",
            Unescaped(left.Event.ToJson())
        );
        Assert.Equal(3, again.Add(Event("third")));
    }

    [Fact]
    public void AnEventWithoutAnIdGetsOneAndKeepsIt()
    {
        var item = Event("a");
        using (var spool = Open())
        {
            spool.Add(item);
        }

        Assert.StartsWith("polarps-", item.ExternalId, StringComparison.Ordinal);
        using var again = Open();
        Assert.Equal(item.ExternalId, Assert.Single(again.Left()).Event.ExternalId);
    }

    [Fact]
    public void AnEventWithoutATimeHasTheOneAtWhichItWasTakenInALaterRunOnly()
    {
        var item = Event("a");
        var before = DateTimeOffset.UtcNow;
        using (var spool = Open())
        {
            spool.Add(item);
            Assert.Null(spool.Left().Single().Event.Timestamp);
        }

        var after = DateTimeOffset.UtcNow;
        using var again = Open();
        Assert.InRange(again.Left().Single().Event.Timestamp!.Value, before, after);
    }

    [Fact]
    public void AnEmptyOneIsGone()
    {
        using (var spool = Open())
        {
            spool.Settle([spool.Add(Event("a")), spool.Add(Event("b"))]);
            Assert.Equal(0, spool.Count);
            Assert.True(File.Exists(FilePath));
        }

        Assert.False(File.Exists(FilePath));
    }

    [Fact]
    public void ItDoesNotGrowWithWhatIsSent()
    {
        using var spool = Open();
        var kept = spool.Add(Event("kept"));
        for (var round = 0; round < 30; round++)
        {
            spool.Settle([.. Enumerable.Range(0, 500).Select(_ => spool.Add(Event("sent")))]);
        }

        spool.Dispose();
        Assert.InRange(File.ReadLines(FilePath).Count(), 2, 6_000);
        using var again = Open();
        Assert.Equal(kept, Assert.Single(again.Left()).Number);
        Assert.Equal("kept", again.Left()[0].Event.Name);
    }

    [Theory]
    [InlineData("production", "other", "organization")]
    [InlineData("sandbox", "org", "environment")]
    public void ThatOfAnotherShopIsRefused(string environment, string organization, string named)
    {
        using (var spool = Open())
        {
            spool.Add(Event("a"));
        }

        var text = File.ReadAllText(FilePath);
        var problem = Assert.Throws<JournalException>(() => EventSpool.Open(FilePath, environment, organization));
        Assert.Equal(JournalProblem.OtherShop, problem.Problem);
        Assert.Contains(named, problem.Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(FilePath));
    }

    [Theory]
    [InlineData("dear diary", JournalProblem.NotAJournal)]
    [InlineData("{\"polarps\":\"batch\",\"format\":1}\n", JournalProblem.NotAJournal)]
    [InlineData(
        "{\"polarps\":\"events\",\"format\":2,\"environment\":\"production\",\"organization\":\"org\"}\n",
        JournalProblem.NotAJournal
    )]
    [InlineData(
        "{\"polarps\":\"events\",\"format\":1,\"environment\":\"production\",\"organization\":\"org\"}\n{\"what\":1}\n",
        JournalProblem.Damaged
    )]
    [InlineData(
        "{\"polarps\":\"events\",\"format\":1,\"environment\":\"production\",\"organization\":\"org\"}\n{\"n\":1,\n",
        JournalProblem.Damaged
    )]
    public void AnotherFileStaysAsItIs(string text, object problem)
    {
        File.WriteAllText(FilePath, text);
        Assert.Equal(problem, Assert.Throws<JournalException>(Open).Problem);
        Assert.Equal(text, File.ReadAllText(FilePath));
    }

    [Fact]
    public void OneRunAtATimeHasIt()
    {
        using var spool = Open();
        Assert.Equal(JournalProblem.InUse, Assert.Throws<JournalException>(Open).Problem);
    }

    [Fact]
    public void ReadingChangesNothing()
    {
        using (var none = EventSpool.Read(FilePath, "production", "org"))
        {
            none.Add(Event("a"));
        }

        Assert.False(File.Exists(FilePath));
        using (var spool = Open())
        {
            spool.Add(Event("a"));
        }

        var text = File.ReadAllText(FilePath);
        using (var read = EventSpool.Read(FilePath, "production", "org"))
        {
            read.Settle([read.Left().Single().Number]);
        }

        Assert.Equal(text, File.ReadAllText(FilePath));
    }

    [Fact]
    public void WhatPolarWouldRefuseIsNotKept()
    {
        using var spool = Open();
        var item = Event("a");
        item.Metadata = new Dictionary<string, object?> { ["when"] = new Version(1, 0) };
        Assert.ThrowsAny<ArgumentException>(() => spool.Add(item));
        Assert.Equal(0, spool.Count);
    }

    private EventSpool Open() => EventSpool.Open(FilePath, "production", "org");

    private static EventCreate Event(string name) => new() { Name = name, ExternalCustomerId = "u" };

    private static string Unescaped(string json) => System.Text.RegularExpressions.Regex.Unescape(json);
}
