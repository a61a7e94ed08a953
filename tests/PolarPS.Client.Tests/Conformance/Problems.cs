using System.Text.RegularExpressions;

namespace PolarPS.Client.Tests.Conformance;

/// <summary>Something in which the client and the description differ.</summary>
/// <param name="Where">The place, such as <c>response.items[].prices[].unit_amount</c> or <c>query.metadata</c>.</param>
/// <param name="What">What is wrong there.</param>
internal sealed record Problem(string Where, string What)
{
    public override string ToString() => $"{Where}: {What}";
}

/// <summary>The problems of one operation, each place and kind once.</summary>
internal sealed partial class Problems
{
    private readonly Dictionary<string, Problem> _problems = new(StringComparer.Ordinal);

    public IReadOnlyCollection<Problem> All => _problems.Values;

    public void Add(string where, string what)
    {
        where = Position().Replace(where, "[]");
        _problems.TryAdd(where + "|" + Detail().Replace(what, "…"), new Problem(where, what));
    }

    public void AddRange(Problems others)
    {
        foreach (var problem in others.All)
        {
            Add(problem.Where, problem.What);
        }
    }

    public override string ToString() => string.Join(Environment.NewLine, All.Select(static problem => $"  {problem}"));

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex Position();

    // The same fault with another value is the same fault.
    [GeneratedRegex("'[^']*'")]
    private static partial Regex Detail();
}
