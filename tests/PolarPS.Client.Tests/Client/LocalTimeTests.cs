using System.Text.RegularExpressions;
using PolarPS.Client.Models;
using PolarPS.Client.Tests.Conformance;
using Xunit;

namespace PolarPS.Client.Tests.Client;

/// <summary>A time is sent as the instant that it is, in UTC or with its offset: never as a local one that nobody else can read.</summary>
public partial class LocalTimeTests
{
    private const string EmptyList = """{"items":[],"pagination":{"total_count":0,"max_page":0}}""";

    private static readonly DateTime Clock = new(2026, 1, 2, 3, 4, 5);
    private static readonly DateTime Instant = TimeZoneInfo.ConvertTimeToUtc(Clock);
    private static readonly string InUtc = Text(Instant);

    /// <summary>How a program may have the time that the clock on the wall shows.</summary>
    public static TheoryData<string> Forms { get; } =
        new() { "of no zone", "local", "in UTC", "with offset", "elsewhere" };

    [LocalZoneFact]
    public void TheTestsRunInAZoneThatIsNotThatOfUtc()
    {
        Assert.NotEqual(TimeSpan.Zero, TimeZoneInfo.Local.GetUtcOffset(Clock));
        Assert.NotEqual(Clock, Instant);
        Assert.NotEqual(DateTimeOffset.Now.DateTime, DateTimeOffset.Now.UtcDateTime);
    }

    [LocalZoneTheory]
    [MemberData(nameof(Forms))]
    public async Task ATimeOfAnyKindIsSentAsItsInstant(string form)
    {
        var time = TimeOf(form);
        var stub = new Stub(EmptyList);

        // In a body and the metadata in it, in a filter by metadata, and in a query that a user writes.
        var body = new ProductCreate { Name = "a" };
        body.SetField("at", time);
        body.Metadata = new PolarMetadata { ["at"] = time };
        await stub.Client.Products.CreateAsync(body);
        await foreach (
            var _ in stub.Client.Products.List(
                new ProductQuery { Metadata = new PolarMetadata { ["at"] = new[] { time } } }
            )
        ) { }

        var escaped = Uri.EscapeDataString(InUtc);
        Assert.Equal($$$"""{"name":"a","at":"{{{InUtc}}}","metadata":{"at":"{{{InUtc}}}"}}""", stub.Requests[0].Body);
        Assert.Contains(KeyValuePair.Create("metadata[at]", InUtc), stub.Requests[1].Query);
        Assert.Equal(
            $"/v1/products/?at={escaped}&all={escaped}",
            RawPath.Of("/v1/products/", new Dictionary<string, object?> { ["at"] = time, ["all"] = new[] { time } })
        );
    }

    /// <summary>Every operation that takes a time, in its query or its body.</summary>
    [LocalZoneFact]
    public async Task EveryOperationSendsItsTimesAsInstants()
    {
        var operations = new HashSet<string>();
        foreach (var method in ClientMethod.FindAll())
        {
            var samples = new SampleArguments();
            var result = await method.CallAsync(
                method.MakeArguments(samples),
                static _ => new StubAnswer(200, EmptyList)
            );
            foreach (var request in result.Requests)
            {
                var sent = TimePattern().Matches(Uri.UnescapeDataString(request.Address.Query) + "\n" + request.Body);
                foreach (var text in sent.Select(static match => match.Value))
                {
                    Assert.True(ZonePattern().IsMatch(text), $"{method}: {text}");
                    var instant = DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
                    Assert.True(samples.Times.Contains(instant), $"{method}: {text} is none of those given.");
                    operations.Add(method.Name);
                }
            }
        }

        Assert.Superset(
            new HashSet<string>
            {
                "Discounts.CreateAsync",
                "Events.List",
                "Orders.ExportAsync",
                "Orders.List",
                "Subscriptions.List",
            },
            operations
        );
    }

    /// <summary>Every body and every part of one, also those that a method takes in the place of another.</summary>
    [LocalZoneFact]
    public void EveryBodyWritesItsTimesAsInstants()
    {
        var time = new DateTimeOffset(Clock);
        var written = 0;
        foreach (
            var type in typeof(RequestBody)
                .Assembly.GetTypes()
                .Where(static type => !type.IsAbstract && typeof(RequestBody).IsAssignableFrom(type))
        )
        {
            foreach (
                var property in type.GetProperties()
                    .Where(static item => Nullable.GetUnderlyingType(item.PropertyType) == typeof(DateTimeOffset))
            )
            {
                var body = (RequestBody)Activator.CreateInstance(type, nonPublic: true)!;
                property.SetValue(body, time);
                Assert.Contains($"\"{InUtc}\"", body.ToJson(), StringComparison.Ordinal);
                written++;
            }
        }

        Assert.InRange(written, 8, int.MaxValue);
    }

    // A day is one on the calendar, whatever the zone: just after midnight here it is the day before in UTC, or just before it the
    // day after.
    [LocalZoneFact]
    public async Task ADayStaysTheDayThatWasGiven()
    {
        foreach (var kind in new[] { DateTimeKind.Unspecified, DateTimeKind.Local, DateTimeKind.Utc })
        {
            var stub = new Stub("{}");
            await stub.Client.Metrics.GetAsync(
                new MetricsQuery
                {
                    StartDate = new DateTime(2026, 11, 1, 0, 5, 0, kind),
                    EndDate = new DateTime(2026, 11, 30, 23, 55, 0, kind),
                    Interval = "day",
                }
            );
            Assert.Contains("start_date=2026-11-01&end_date=2026-11-30", stub.Request.Target, StringComparison.Ordinal);
        }
    }

    private static object TimeOf(string form) =>
        form switch
        {
            // Each of its own type: of all these C# would make a DateTimeOffset.
            "of no zone" => (object)Clock,
            "local" => DateTime.SpecifyKind(Clock, DateTimeKind.Local),
            "in UTC" => Instant,
            "with offset" => new DateTimeOffset(Clock),
            _ => new DateTimeOffset(Instant).ToOffset(TimeSpan.FromHours(-9.5)),
        };

    private static string Text(DateTime instant) =>
        instant.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\d{4}-\d\d-\d\d[T ]\d\d:[^""&\s]*")]
    private static partial Regex TimePattern();

    [GeneratedRegex(@"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)\z")]
    private static partial Regex ZonePattern();
}
