using PolarPS.TestSupport;
using Xunit;
using Xunit.Abstractions;

namespace PolarPS.Client.Tests.Client;

/// <summary>
/// Many lists that change while they are read, of every kind: what was there all the time is never lost in silence. The
/// campaign tests/soak/lists.soak.ps1 reads some thousands more, from other seeds.
/// </summary>
public sealed class ListMoveTests(ITestOutputHelper output)
{
    public static TheoryData<ListLife> Lives { get; } = [.. Enum.GetValues<ListLife>()];

    [Theory]
    [MemberData(nameof(Lives))]
    public void WhatIsThereAllTheTimeComesOnceOrTheListIsIncomplete(ListLife life)
    {
        var count = int.TryParse(Environment.GetEnvironmentVariable("POLARPS_TEST_LISTS"), out var many) ? many : 60;

        var outcome = MovingList.Run(life, count, seed: 1);

        output.WriteLine(
            $"{life}: {outcome.Lists} lists, {outcome.Rows} rows; {outcome.LostInSilence} lost, {outcome.Twice} twice, {outcome.Incomplete} incomplete, {outcome.FalseAlarms} of them without loss; {outcome.Requests} requests for at least {outcome.LeastRequests}"
        );
        var details = string.Join(Environment.NewLine, outcome.Details);
        // What is called impossible is so for a reason: it is here to see how far one is from relying on that.
        Assert.True(outcome.LostInSilence <= (life == ListLife.Impossible ? outcome.Rows / 20_000 : 0), details);
        Assert.True(outcome.Twice == 0, details);
        if (life != ListLife.Impossible)
        {
            // Here nothing can get lost, and so nothing is said to be.
            Assert.True(outcome.Incomplete == 0, details);
        }

        if (life is ListLife.Quiet or ListLife.QuietByName)
        {
            Assert.InRange(outcome.Requests, outcome.LeastRequests, outcome.LeastRequests * 106 / 100);
        }
    }
}
