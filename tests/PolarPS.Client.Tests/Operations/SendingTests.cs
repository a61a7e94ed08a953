using PolarPS.Client.Models;
using Xunit;

namespace PolarPS.Client.Tests.Operations;

/// <summary>What each operation of sales, usage and webhooks sends: method, address, body, and whether it may be sent twice.</summary>
public sealed partial class SendingTests
{
    private const string Id = "a4b638df-dae6-430f-ac24-39517283824b";
    private const string Count = "page=1&limit=1";

    private static readonly DateTimeOffset From = new(2026, 11, 1, 1, 0, 0, TimeSpan.FromHours(1));
    private static readonly DateTimeOffset To = new(2026, 11, 2, 0, 0, 0, 5, TimeSpan.Zero);
    private static readonly MeterFilter Filter = MeterFilter.All(
        MeterFilterClause.Where("name", "eq", "call"),
        MeterFilterClause.Group(
            MeterFilter.Any(MeterFilterClause.Where("cached", "ne", true), MeterFilterClause.Where("ms", "gte", 100))
        )
    );

    private const string FilterJson =
        """{"conjunction":"and","clauses":[{"property":"name","operator":"eq","value":"call"},{"conjunction":"or","clauses":[{"property":"cached","operator":"ne","value":true},{"property":"ms","operator":"gte","value":100}]}]}""";

    private static readonly Dictionary<string, object?> Metadata = new() { ["tier"] = "gold", ["n"] = 5L };

    private static readonly Row[] Rows =
    [
        .. SubscriptionsRows(),
        .. OrdersRows(),
        .. UsageRows(),
        .. MetricsRows(),
        .. WebhooksRows(),
    ];

    public static TheoryData<int, string> Cases
    {
        get
        {
            var cases = new TheoryData<int, string>();
            for (var index = 0; index < Rows.Length; index++)
            {
                cases.Add(index, Rows[index].Operation);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task SendsWhatTheOperationTakes(int index, string operation)
    {
        var row = Rows[index];
        var call = new Stub(
            row.Answer
                ?? (
                    row.Line.EndsWith(Count, StringComparison.Ordinal)
                        ? """{"items":[],"pagination":{"total_count":0,"max_page":0}}"""
                        : "{}"
                )
        );

        await row.Act(call.Client);

        Assert.Equal(operation, row.Operation);
        Assert.Equal(row.Line, call.Request.Line);
        Assert.Equal(row.Body, call.Request.Body);
        Assert.Equal(!row.Once, call.Request.Repeatable);
    }

    [DescribedFact]
    public void EveryOperationOfTheseGroupsHasARow()
    {
        string[] tags =
        [
            "subscriptions",
            "orders",
            "refunds",
            "disputes",
            "payments",
            "events",
            "event-types",
            "meters",
            "customer_meters",
            "metrics",
            "webhooks",
        ];
        var described = ApiDescription
            .Instance.Operations.Select(operation => operation.Id)
            .Where(id => tags.Contains(id.Split(':')[0]))
            .Order(StringComparer.Ordinal);

        Assert.Equal(described, Rows.Select(row => row.Operation).Distinct().Order(StringComparer.Ordinal));
    }

    /// <param name="Operation">The operation's id.</param>
    /// <param name="Act">The call of the client.</param>
    /// <param name="Line">Method, path and query that it has to send.</param>
    /// <param name="Body">The body that it has to send; null for none.</param>
    /// <param name="Once">Whether it must never be sent twice.</param>
    /// <param name="Answer">What comes back, where an empty object or list does not do.</param>
    private sealed record Row(
        string Operation,
        Func<PolarClient, Task> Act,
        string Line,
        string? Body = null,
        bool Once = false,
        string? Answer = null
    );
}
