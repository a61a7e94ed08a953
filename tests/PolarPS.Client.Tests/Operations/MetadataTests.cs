using System.Text.Json;
using PolarPS.Client.Models;
using Xunit;

namespace PolarPS.Client.Tests.Operations;

public class MetadataTests
{
    private static readonly Dictionary<string, object?> Nested = new()
    {
        ["a"] = new List<object?> { 1L, null },
    };

    public static TheoryData<string, object?> Good { get; } =
        new()
        {
            { "nothing", new Dictionary<string, object?>() },
            { "as many keys as may be", Keys(50) },
            { "the longest key", One(new string('k', 40), 1) },
            { "the longest text", One("k", new string('v', 500)) },
            { "the longest text in emoji, which are one character each", One("k", Emoji(500)) },
            { "the longest key in emoji", One(Emoji(40), 1) },
            { "numbers", Values(1, 2L, (short)3, (byte)4, 1.5, 2.5f, 3.5m, ulong.MaxValue) },
            { "booleans", Values(true, false) },
            {
                "what is sent as text",
                Values('c', Guid.Empty, DateTime.UnixEpoch, new Uri("https://a.example/"), DayOfWeek.Friday)
            },
            { "read from JSON", Json("""{"a":"x","b":1.5,"c":true}""") },
            { "of JSON values", Values(Json("1"), Json("\"x\""), Json("false")) },
            {
                "what another thing has",
                new PolarMetadata { ["tier"] = "gold", ["n"] = 5L }
            },
            { "null, where it clears", null },
        };

    public static TheoryData<string, object?, string> Bad { get; } =
        new()
        {
            { "too many keys", Keys(51), "at most 50 keys; this has 51" },
            { "an empty key", One("", 1), "key '' has 0 characters" },
            { "a long key", One(new string('k', 41), 1), "has 41 characters; 1 to 40" },
            { "a long key in emoji", One(Emoji(41), 1), "has 41 characters; 1 to 40" },
            { "an empty text", One("k", ""), "value of 'k' has 0 characters" },
            { "a long text", One("k", new string('v', 501)), "value of 'k' has 501 characters; 1 to 500" },
            { "a long address", One("k", new Uri("https://a.example/" + new string('v', 500))), "has 518 characters" },
            { "null", One("k", null), "value of 'k' is null" },
            { "a list", One("k", new[] { 1 }), "value of 'k' is a Int32[]" },
            { "a dictionary", One("k", Keys(1)), "value of 'k' is a Dictionary" },
            { "a body", One("k", new EventCost()), "value of 'k' is a EventCost" },
            { "null as JSON", One("k", Json("null")), "value of 'k' is null" },
            { "an empty text as JSON", One("k", Json("\"\"")), "value of 'k' has 0 characters" },
            { "an object as JSON", One("k", Json("{}")), "value of 'k' is a JSON Object" },
            { "nested JSON", Json("""{"k":[1]}"""), "value of 'k' is a List" },
            { "a list in its place", new[] { 1 }, "this is a Int32[]" },
            { "a text in its place", "k=1", "this is a String" },
            { "a JSON list in its place", Json("[1]"), "this is a JSON Array" },
        };

    public static TheoryData<string, RequestBody, string> Bodies { get; } =
        new()
        {
            {
                "an event's cost and model are free",
                Event(One("_cost", new EventCost { Amount = 1 }), "_llm", Keys(60)),
                ""
            },
            { "the rest of an event's is flat", Event(Nested), "value of 'a' is a List" },
            { "the rest of an event's is short", Event(One("k", new string('v', 501))), "has 501 characters" },
            { "an event has 50 keys", Event(Keys(51)), "at most 50 keys" },
            {
                "of several events each is looked at",
                new EventsIngest { Events = [new EventCreate { Name = "e" }, Event(Nested)] },
                "'a' is a List"
            },
            {
                "a seat's may be nested",
                new SeatAssign { Metadata = Nested },
                ""
            },
            {
                "a seat's may be null",
                new SeatAssign { Metadata = null },
                ""
            },
            {
                "a seat's keys may be long",
                new SeatAssign { Metadata = One(new string('k', 100), null) },
                ""
            },
            {
                "a seat has 10 keys",
                new SeatAssign { Metadata = Keys(10) },
                ""
            },
            {
                "and not 11",
                new SeatAssign { Metadata = Keys(11) },
                "at most 10 keys; this has 11"
            },
            {
                "a seat has 1 KB",
                new SeatAssign { Metadata = One("k", new string('v', 1024 - 8)) },
                ""
            },
            {
                "and not a byte more",
                new SeatAssign { Metadata = One("k", new string('v', 1024 - 7)) },
                "at most 1024 bytes as JSON; this has 1025"
            },
            {
                "what goes to the new customer is looked at",
                new CheckoutCreate { CustomerMetadata = Nested },
                "'a' is a List"
            },
            {
                "an activation's is looked at",
                new LicenseKeyActivate { Meta = Nested },
                "'a' is a List"
            },
            {
                "and so are its conditions",
                new LicenseKeyActivate { Conditions = Nested },
                "'a' is a List"
            },
            {
                "those of a test too",
                new LicenseKeyValidate { Conditions = Nested },
                "'a' is a List"
            },
            {
                "conditions may be good",
                new LicenseKeyValidate { Conditions = One("k", 1) },
                ""
            },
            {
                "custom fields are the seller's own",
                new CheckoutCreate { CustomFieldData = Nested },
                ""
            },
        };

    [Theory]
    [MemberData(nameof(Good))]
    public void IsSent(string what, object? metadata)
    {
        var body = new ProductUpdate();
        body.SetField("metadata", metadata);
        Assert.True(body.ToJson().StartsWith("""{"metadata":""", StringComparison.Ordinal), what);
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void IsRefusedWithTheReason(string what, object? metadata, string reason)
    {
        var body = new ProductUpdate();
        body.SetField("metadata", metadata);
        var exception = Assert.Throws<ArgumentException>(() => body.ToJson());
        Assert.True(exception.Message.Contains(reason, StringComparison.Ordinal), $"{what}: {exception.Message}");
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public void SomeBodiesHaveTheirOwnRule(string what, RequestBody body, string reason)
    {
        var exception = Record.Exception(() => body.ToJson());
        if (reason.Length == 0)
        {
            Assert.True(exception is null, $"{what}: {exception?.Message}");
            return;
        }

        Assert.IsType<ArgumentException>(exception);
        Assert.True(exception.Message.Contains(reason, StringComparison.Ordinal), $"{what}: {exception.Message}");
    }

    [Fact]
    public async Task NothingIsSentThen()
    {
        var call = new Stub("{}");
        await Assert.ThrowsAsync<ArgumentException>(() =>
            call.Client.Products.UpdateAsync("id", new ProductUpdate { Metadata = Nested })
        );
        Assert.Empty(call.Lines);
    }

    private static EventCreate Event(Dictionary<string, object?> metadata, string? key = null, object? value = null)
    {
        if (key is not null)
        {
            metadata[key] = value;
        }

        return new EventCreate { Name = "call", Metadata = metadata };
    }

    private static string Emoji(int count) => string.Concat(Enumerable.Repeat("🛶", count));

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    private static Dictionary<string, object?> One(string key, object? value) => new() { [key] = value };

    private static Dictionary<string, object?> Keys(int count) => Values([.. Enumerable.Repeat<object?>(1, count)]);

    private static Dictionary<string, object?> Values(params object?[] values) =>
        values
            .Select(static (value, index) => (value, index))
            .ToDictionary(pair => $"k{pair.index}", pair => pair.value);
}
