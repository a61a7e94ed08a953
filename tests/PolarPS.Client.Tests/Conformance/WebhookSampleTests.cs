using System.Text.Json.Nodes;
using PolarPS.Client.Tests.Emulator;
using PolarPS.Emulator;
using Xunit;

namespace PolarPS.Client.Tests.Conformance;

/// <summary>The samples that can be sent to a handler, against the description of what Polar sends.</summary>
public class WebhookSampleTests
{
    private static readonly Lazy<SchemaValidator> Validator = new(() =>
        new SchemaValidator(ApiDescription.Instance.Document)
    );

    public static TheoryData<string> Types => [.. WebhookEvent.Types.Order(StringComparer.Ordinal)];

    [DescribedTheory]
    [MemberData(nameof(Types))]
    public void EachSampleIsAsDescribed(string type)
    {
        var payload = new PolarEmulator().SampleWebhook(type);
        var differences = Validator.Value.Validate(JsonNode.Parse(payload), ApiDescription.Instance.Webhooks[type]);
        Assert.True(differences.Count == 0, $"{type}: {string.Join("; ", differences)}");
        Assert.Equal(type, WebhookEvent.Parse(payload).Type);
    }

    [Fact]
    public void ThereIsNoSampleOfWhatIsNoType() =>
        Assert.Throws<ArgumentException>(() => new PolarEmulator().SampleWebhook("moon.risen"));
}
