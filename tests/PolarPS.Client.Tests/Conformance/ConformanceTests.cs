using Xunit;
using Xunit.Abstractions;

namespace PolarPS.Client.Tests.Conformance;

/// <summary>Finds out once, for all tests of the class, which method serves which operation.</summary>
public sealed class DiscoveryFixture : IAsyncLifetime
{
    internal OperationChecks? Checks { get; private set; }

    public async Task InitializeAsync() =>
        Checks = ApiDescription.IsThere ? await OperationChecks.DiscoverAsync() : null;

    public Task DisposeAsync() => Task.CompletedTask;
}

/// <summary>
/// The client against the API's description: each operation has a method, each parameter and field can be set, each field
/// of each answer arrives. What is tried is generated from the description, so that a change of it is noticed.
/// </summary>
public class ConformanceTests(DiscoveryFixture discovery, ITestOutputHelper output) : IClassFixture<DiscoveryFixture>
{
    public static TheoryData<string> CoveredOperations =>
        [
            .. ApiDescription
                .Instance.Operations.Where(static operation => IsCovered(operation))
                .Select(static operation => operation.Id),
        ];

    [DescribedFact]
    public async Task EachOperationHasAMethod()
    {
        var checks = discovery.Checks!;
        var table = await DescribeAsync(checks);
        output.WriteLine(table);
        await File.WriteAllTextAsync(ReportFile(), table);

        var missing = ApiDescription
            .Instance.Operations.Where(operation => IsCovered(operation) && !checks.HasMethod(operation))
            .Select(static operation => $"{operation.Id}: no method sends {operation}")
            .Concat(checks.Strays)
            .ToList();
        Assert.True(missing.Count == 0, string.Join(Environment.NewLine, missing));
    }

    [DescribedFact]
    public void CoveredGroupsExist()
    {
        var groups = ApiDescription.Instance.Operations.Select(static operation => operation.Group);
        Assert.Empty(CoveredGroups.All.Except(groups));
        Assert.Equal(CoveredGroups.All.Order(StringComparer.Ordinal).Distinct(), CoveredGroups.All);
    }

    [DescribedFact]
    public async Task DeliberateExceptionsAreNeeded()
    {
        var idle = DeliberateExceptions.All.ToList();
        foreach (var operation in discovery.Checks!.Operations)
        {
            var problems = (await discovery.Checks.CheckAllAsync(operation)).All;
            idle.RemoveAll(item => problems.Any(problem => item.Excuses(operation, problem)));
        }

        Assert.Empty(idle);
    }

    [DescribedTheory]
    [MemberData(nameof(CoveredOperations))]
    public void EachQueryParameterIsSent(string id) =>
        AssertNone(id, discovery.Checks!.CheckQuery(ApiDescription.Instance[id]));

    [DescribedTheory]
    [MemberData(nameof(CoveredOperations))]
    public async Task EachBodyFieldIsSent(string id) =>
        AssertNone(id, await discovery.Checks!.CheckBodyAsync(ApiDescription.Instance[id]));

    [DescribedTheory]
    [MemberData(nameof(CoveredOperations))]
    public async Task EachAnswerComesOutWhole(string id) =>
        AssertNone(id, await discovery.Checks!.CheckAnswersAsync(ApiDescription.Instance[id], strange: false));

    [DescribedTheory]
    [MemberData(nameof(CoveredOperations))]
    public async Task TomorrowsAnswerLosesNothing(string id) =>
        AssertNone(id, await discovery.Checks!.CheckAnswersAsync(ApiDescription.Instance[id], strange: true));

    [DescribedTheory]
    [MemberData(nameof(CoveredOperations))]
    public async Task EachErrorHasItsException(string id) =>
        AssertNone(id, await discovery.Checks!.CheckErrorsAsync(ApiDescription.Instance[id]));

    private static bool IsCovered(ApiOperation operation) => CoveredGroups.All.Contains(operation.Group);

    private static void AssertNone(string id, Problems problems)
    {
        var operation = ApiDescription.Instance[id];
        var left = problems.All.Where(problem => !DeliberateExceptions.Excuse(operation, problem)).ToList();
        Assert.True(left.Count == 0, $"{id}: {operation}{Environment.NewLine}{string.Join(Environment.NewLine, left)}");
    }

    private static async Task<string> DescribeAsync(OperationChecks checks)
    {
        var operations = ApiDescription.Instance.Operations;
        var text = new List<string>
        {
            "# The client and the description of the API",
            string.Empty,
            "| group | operations | with a method | differences | held to it |",
            "|---|--:|--:|--:|---|",
        };
        var details = new List<string>();
        foreach (var group in operations.GroupBy(static operation => operation.Group))
        {
            var differences = 0;
            foreach (var operation in group.Where(checks.HasMethod))
            {
                var problems = (await checks.CheckAllAsync(operation)).All;
                var left = problems.Where(problem => !DeliberateExceptions.Excuse(operation, problem)).ToList();
                differences += left.Count;
                details.Add($"{operation.Id} -> {checks.MethodsOf(operation)}");
                left.ForEach(problem => details.Add($"    {problem}"));
            }

            foreach (var operation in group.Where(operation => !checks.HasMethod(operation)))
            {
                details.Add($"{operation.Id} -> no method sends {operation}");
            }

            var held = CoveredGroups.All.Contains(group.Key) ? "yes" : "no";
            text.Add($"| {group.Key} | {group.Count()} | {group.Count(checks.HasMethod)} | {differences} | {held} |");
        }

        text.AddRange([$"| all | {operations.Count} | {checks.Operations.Count} | | |", string.Empty, .. details]);
        text.AddRange([string.Empty, $"Deliberate exceptions: {DeliberateExceptions.All.Length}"]);
        text.AddRange(
            DeliberateExceptions.All.Select(static item => $"    {item.Operation} {item.Where}: {item.Reason}")
        );
        text.AddRange([string.Empty, "Methods that are not one operation:", .. checks.Others]);
        return string.Join(Environment.NewLine, text);
    }

    private static string ReportFile()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder.Parent is not null && folder.GetFiles("*.csproj").Length == 0)
        {
            folder = folder.Parent;
        }

        var results = Directory.CreateDirectory(
            Path.Combine(folder.Parent is null ? AppContext.BaseDirectory : folder.FullName, "TestResults")
        );
        return Path.Combine(results.FullName, "conformance.md");
    }
}
