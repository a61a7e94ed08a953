using System.Text;
using PolarPS.Client.Tests.Emulator;
using Xunit;
using Xunit.Abstractions;

namespace PolarPS.Client.Tests.Prism;

/// <summary>What runs when everything else has run.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AtTheEnd
{
    public const string Name = "at the end";
}

/// <summary>
/// The traffic of the emulator's tests before a judge who knows nothing of this project: Prism as a proxy, which holds
/// requests and answers to the description. What it needs was recorded while the other tests ran; alone, these find little.
/// </summary>
[Collection(AtTheEnd.Name)]
public sealed class ProxiedTrafficTests(ITestOutputHelper output)
{
    // An answer that any operation can give, and the description leaves out of most.
    private static readonly int[] Anywhere = [401, 403, 404, 405, 409, 411, 413, 429];

    // The description wants a token for these as for all others; they are for those who have none yet.
    private static readonly string[] Public =
    [
        "checkouts:client_confirm",
        "oauth2:authorize",
        "oauth2:clients:oauth2:create_client",
    ];

    // What Polar takes although the description does not speak of it: a price of an older kind; and a field that nobody knows,
    // in a body of tests whose numbers are text, too.
    private static readonly string[] Unspoken = ["\"amount_type\":\"free\"", "\"surprise\":"];

    [PrismFact]
    public async Task NothingIsAgainstTheDescription()
    {
        var exchanges = Traffic.All;
        var objections = new List<string>();
        var happy = exchanges
            .Where(static exchange => exchange.IsHappy && !IsUnspoken(exchange))
            .Select(WithToken)
            .ToList();
        await using (var strict = await PrismProxy.StartAsync(refuses: true))
        {
            objections.AddRange(await JudgeAsync(strict, happy, answersOnly: false));
        }

        // Refusals are mostly answers to what is wrong on purpose: there only the answer is judged.
        var refusals = exchanges
            .Where(static exchange => IsUnspoken(exchange) || (!exchange.IsHappy && IsDescribed(exchange)))
            .ToList();
        await using (var lenient = await PrismProxy.StartAsync(refuses: false))
        {
            objections.AddRange(await JudgeAsync(lenient, refusals, answersOnly: true));
        }

        var left = exchanges.Count - happy.Count - refusals.Count;
        output.WriteLine(
            $"{happy.Count} exchanges of {happy.Select(static e => e.Operation).Distinct().Count()} operations that went well, and "
                + $"{refusals.Count} refusals; {left} refusals are of a status or a form that the description does not have."
        );
        Assert.True(
            objections.Count == 0,
            $"{objections.Count} objections:{Environment.NewLine}{string.Join(Environment.NewLine, objections.Take(40))}"
        );
    }

    private static async Task<List<string>> JudgeAsync(
        PrismProxy prism,
        IReadOnlyList<Exchange> exchanges,
        bool answersOnly
    )
    {
        var objections = new List<string>();
        await Parallel.ForEachAsync(
            exchanges,
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (exchange, _) =>
            {
                var found = await prism.JudgeAsync(exchange, answersOnly);
                lock (objections)
                {
                    objections.AddRange(found.Select(objection => $"{exchange}{Environment.NewLine}    {objection}"));
                }
            }
        );
        return objections;
    }

    private static bool IsUnspoken(Exchange exchange) =>
        exchange.Body is { } body
        && Array.Exists(Unspoken, mark => Encoding.UTF8.GetString(body).Contains(mark, StringComparison.Ordinal));

    private static Exchange WithToken(Exchange exchange) =>
        Public.Contains(exchange.Operation)
            ? exchange with
            {
                Headers = [.. exchange.Headers, KeyValuePair.Create("Authorization", "Bearer x")],
            }
            : exchange;

    // The rest has a form that the API's description does not know: see Conformance.Check.
    private static bool IsDescribed(Exchange exchange)
    {
        var schema = ApiDescription.Instance[exchange.Operation].AnswerWith(exchange.Status)?.Schema;
        return exchange.Error is not null
            && schema is not null
            && !Emulator.Conformance.Undescribed.Contains(exchange.Error)
            && !(Anywhere.Contains(exchange.Status) && exchange.Error is "invalid_token" or "insufficient_scope")
            // Where a 422 is described as something else, this one can happen all the same.
            && (
                exchange.Error != "RequestValidationError"
                || schema.ToJsonString().Contains("HTTPValidationError", StringComparison.Ordinal)
            );
    }
}
