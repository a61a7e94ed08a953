using System.Text.Json;
using System.Text.Json.Nodes;
using PolarPS.Client.Models;
using PolarPS.Client.Tests.Client;
using Xunit;
using static PolarPS.Client.Tests.Operations.Wire;

namespace PolarPS.Client.Tests.Operations;

/// <summary>The examples come out whole: every value is where its name says, and nothing is left over.</summary>
public class ExampleTests
{
    private static readonly Dictionary<string, Func<PolarClient, Task<PolarObject>>> Calls = new()
    {
        ["customer.json"] = async polar => await polar.Customers.GetAsync(Id),
        ["customer-state.json"] = async polar => await polar.Customers.GetStateAsync(Id),
        ["license-key.json"] = async polar => await polar.LicenseKeys.GetAsync(Id),
        ["discount-fixed.json"] = async polar => await polar.Discounts.GetAsync(Id),
        ["discount-percentage.json"] = async polar => await polar.Discounts.GetAsync(Id),
        ["discount-percentage-repeating.json"] = async polar => await polar.Discounts.GetAsync(Id),
        ["benefits-all-types.json"] = async polar => await polar.Benefits.GetAsync(Id),
    };

    public static TheoryData<string> Names => [.. Calls.Keys];

    [ExampleTheory]
    [MemberData(nameof(Names))]
    public async Task ComesOutWhole(string name)
    {
        using var document = JsonDocument.Parse(ExampleFiles.Read(name));
        var examples =
            document.RootElement.ValueKind == JsonValueKind.Array
                ? [.. document.RootElement.EnumerateArray()]
                : new[] { document.RootElement };
        foreach (var example in examples)
        {
            var read = await Calls[name](Answering(example.GetRawText()));

            Assert.Empty(read.UnknownFields());
            Assert.NotEqual(read.GetType().FullName, read.ToString());
            Compare(example, PlainJsonOf(read.ToFields()), name);
        }
    }

    private static JsonElement PlainJsonOf(Dictionary<string, object?> fields)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            PlainJson.Write(writer, fields);
        }

        return JsonDocument.Parse(buffer.ToArray()).RootElement;
    }

    private static void Compare(JsonElement expected, JsonElement actual, string path)
    {
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                var names = expected
                    .EnumerateObject()
                    .Where(static field => field.Value.ValueKind != JsonValueKind.Null)
                    .Select(static field => field.Name);
                var present = actual
                    .EnumerateObject()
                    .Where(static field => field.Value.ValueKind != JsonValueKind.Null);
                Assert.Equal(names.Order(), present.Select(static field => field.Name).Order());
                foreach (var field in expected.EnumerateObject())
                {
                    if (field.Value.ValueKind != JsonValueKind.Null)
                    {
                        Compare(field.Value, actual.GetProperty(field.Name), $"{path}.{field.Name}");
                    }
                }

                break;
            case JsonValueKind.Array:
                Assert.Equal(expected.GetArrayLength(), actual.GetArrayLength());
                foreach (var (first, second) in expected.EnumerateArray().Zip(actual.EnumerateArray()))
                {
                    Compare(first, second, path + "[]");
                }

                break;
            default:
                Assert.True(Plain(expected) == Plain(actual), $"{path}: {expected} became {actual}");
                break;
        }
    }

    // The same moment and the same number may be written in several ways.
    private static string Plain(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number
            ? value.GetDecimal().ToString("0.############", CultureInfo.InvariantCulture)
        : value.TryGetTime(out var time) ? time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)
        : value.ToString();

    [ExampleFact]
    public void ExamplesComeOutWhole()
    {
        Assert.Empty(Mirror.Losses(ExampleFiles.Read("subscription.json"), PolarJson.Default.Subscription));
        Assert.Empty(Mirror.Losses(ExampleFiles.Read("order.json"), PolarJson.Default.Order));
        Assert.Empty(Mirror.Losses(ExampleFiles.Read("event.json"), PolarJson.Default.PolarEvent));
        Assert.Empty(Mirror.Losses(ExampleFiles.Read("meter.json"), PolarJson.Default.Meter));
        Assert.Empty(Mirror.Losses(ExampleFiles.Read("customer.json"), PolarJson.Default.Customer));
    }

    [ExampleFact]
    public void TheComparisonSeesWhatIsLost()
    {
        var changed = JsonNode.Parse(ExampleFiles.Read("order.json"))!;
        changed["new_field"] = 1;
        changed["customer"]!["email_verified"] = "perhaps";

        var differences = Mirror.Losses(changed.ToJsonString(), PolarJson.Default.Order);

        Assert.Contains(differences, difference => difference.StartsWith("$.new_field", StringComparison.Ordinal));
        Assert.Contains(differences, difference => difference.Contains("email_verified", StringComparison.Ordinal));
    }
}

file static class JsonTimes
{
    public static bool TryGetTime(this JsonElement value, out DateTimeOffset time)
    {
        time = default;
        return value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out time);
    }
}
