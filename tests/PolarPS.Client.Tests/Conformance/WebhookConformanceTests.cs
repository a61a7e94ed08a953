using PolarPS.Client.Models;
using Xunit;

namespace PolarPS.Client.Tests.Conformance;

/// <summary>The events that Polar delivers, generated from the description as the answers of operations are.</summary>
public class WebhookConformanceTests
{
    public static TheoryData<string> Types => [.. ApiDescription.Instance.Webhooks.Keys];

    [DescribedFact]
    public void EachTypeIsKnown() =>
        Assert.Equal(
            ApiDescription.Instance.Webhooks.Keys.Order(StringComparer.Ordinal),
            WebhookEvent.Types.Order(StringComparer.Ordinal)
        );

    [DescribedTheory]
    [MemberData(nameof(Types))]
    public void EachEventComesOutWhole(string type) => Check(type, strange: false);

    [DescribedTheory]
    [MemberData(nameof(Types))]
    public void TomorrowsEventLosesNothing(string type) => Check(type, strange: true);

    private static void Check(string type, bool strange)
    {
        var problems = new Problems();
        var schema = ApiDescription.Instance.Webhooks[type];
        var samples = new SchemaSamples(ApiDescription.Instance, strange);
        for (var index = 0; index < samples.Count(schema); index++)
        {
            var expected = samples.Make(schema, index)!;

            // Its type is what tells which class the data has; another type is another test's.
            expected["type"] = type;
            var read = WebhookEvent.Parse(expected.ToJsonString());
            Comparison.Model(expected, read, type, problems);
            Assert.IsNotType<PolarMetadata>(read.Data);
        }

        Assert.True(problems.All.Count == 0, problems.ToString());
    }
}
