using System.Text;
using PolarPS.Client.Models;
using Xunit;

namespace PolarPS.Client.Tests.Operations;

/// <summary>Filters as people write them: what is read, what is written, and what is refused, with its place.</summary>
public sealed class MeterFilterTests
{
    [Theory]
    [InlineData("name = 'api.call'", """and[name eq "api.call"]""")]
    [InlineData("name == \"api.call\"", """and[name eq "api.call"]""")]
    [InlineData("name eq 'a' and metadata.tokens > 100", """and[name eq "a", tokens gt 100]""")]
    [InlineData("tokens -ge 5 AND tokens -lt +9", """and[tokens gte 5, tokens lt 9]""")]
    [InlineData("a != 1 or b <> 2 or c <= -3", """or[a ne 1, b ne 2, c lte -3]""")]
    [InlineData("a = 1 and b = 2 or c = 3", """or[and[a eq 1, b eq 2], c eq 3]""")]
    [InlineData("a = 1 and (b = 2 or c = 3)", """and[a eq 1, or[b eq 2, c eq 3]]""")]
    [InlineData("a = 1 and (b = 2 and c = 3)", """and[a eq 1, and[b eq 2, c eq 3]]""")]
    [InlineData("((a = 1))", """and[a eq 1]""")]
    [InlineData("(a = 1 or b = 2)", """or[a eq 1, b eq 2]""")]
    [InlineData("metadata.plan contains 'pro'", """and[plan like "pro"]""")]
    [InlineData("plan not contains 'pro' and plan like 'x'", """and[plan not_like "pro", plan like "x"]""")]
    [InlineData("plan not_like 'a' and plan -notlike 'b'", """and[plan not_like "a", plan not_like "b"]""")]
    [InlineData("_llm.total_tokens >= 100 and cached = true", """and[_llm.total_tokens gte 100, cached eq true]""")]
    [InlineData("metadata._llm.model = 'it''s'", """and[_llm.model eq "it's"]""")]
    [InlineData("'my key' = \"say \"\"hi\"\"\"", """and[my key eq "say "hi""]""")]
    [InlineData("timestamp >= 2026-10-01T00:00:00Z", """and[timestamp gte 1790812800]""")]
    [InlineData("timestamp < 2026-10-01T02:00:00+02:00", """and[timestamp lt 1790812800]""")]
    [InlineData("timestamp < 5", """and[timestamp lt 5]""")]
    [InlineData("source != 'system' and name = ''", """and[source ne "system", name eq ""]""")]
    [InlineData("plan contains '50%'", """and[plan like "50%"]""")]
    [InlineData("every event", "and[]")]
    [InlineData(" Every Event ", "and[]")]
    [InlineData("or()", "or[]")]
    [InlineData("or(a = 1)", "or[a eq 1]")]
    [InlineData("and(or(a = 1, b = 2), c = 3)", "and[or[a eq 1, b eq 2], c eq 3]")]
    [InlineData("order = 1 and android = 2 and nothing = 3", "and[order eq 1, android eq 2, nothing eq 3]")]
    [InlineData("a=1\n  and\tb=2", "and[a eq 1, b eq 2]")]
    public void ATextIsRead(string text, string expected)
    {
        var filter = MeterFilter.Parse(text);

        Assert.Equal(expected, Shape(filter));
        Assert.Equal(expected, Shape(MeterFilter.Parse(filter.ToText())));
    }

    [Theory]
    [InlineData("", 1, "*every event*")]
    [InlineData("name = api.call", 8, "*quotes: 'api.call'*")]
    [InlineData("name = 'a' and", 15, "*found the end*")]
    [InlineData("name = 'a' name = 'b'", 12, "*Expected 'and'*found 'name'*")]
    [InlineData("name ~ 'a'", 6, "*'~' has no meaning*")]
    [InlineData("name is 'a'", 6, "*Expected a comparison*found 'is'*")]
    [InlineData("name = ", 8, "*found the end*")]
    [InlineData("name = 'a", 8, "*not closed*")]
    [InlineData("(name = 'a'", 1, "*parenthesis is not closed*")]
    [InlineData("name = 'a')", 11, "*too many*")]
    [InlineData("tokens > 1.5", 10, "*no whole number*")]
    [InlineData("tokens > 1,5", 11, "*Expected 'and'*")]
    [InlineData("tokens > 2147483648", 10, "*32 bits*")]
    [InlineData("tokens > 1e3", 10, "*no whole number*")]
    [InlineData("not (name = 'a')", 1, "*no 'not'*")]
    [InlineData("name = null", 8, "*cannot ask for null*")]
    [InlineData("Name = 'a'", 1, "*write name, or metadata.Name*")]
    [InlineData("metadata.name = 'a'", 1, "*cannot reach*")]
    [InlineData("metadata. = 'a'", 1, "*lacks a key*")]
    [InlineData("'' = 1", 1, "*empty*")]
    [InlineData("name like 'api.*'", 11, "*mean nothing*contains*")]
    [InlineData("timestamp > '2026-10-01'", 13, "*without quotes*")]
    [InlineData("timestamp > 2026-10-01", 13, "*2026-10-01T00:00:00Z*")]
    [InlineData("timestamp > 2026-10-01T00:00:00", 13, "*offset*")]
    [InlineData("timestamp > 2099-10-01T00:00:00Z", 13, "*too far*")]
    [InlineData("made > 2026-10-01T00:00:00Z", 8, "*Only timestamp*quotes*")]
    [InlineData("and = 1", 1, "*Expected name*")]
    [InlineData("or(a = 1 b = 2)", 10, "*Expected 'and', 'or' or ')'*")]
    [InlineData("name = \u2018a\u2019", 8, "*Typographic quotes*")]
    public void WhatIsNoFilterIsRefusedWithItsPlace(string text, int position, string message)
    {
        var problem = Assert.Throws<MeterFilterException>(() => MeterFilter.Parse(text));

        Assert.Equal(position, problem.Position);
        Assert.Matches("^" + message.Replace("(", "\\(").Replace(")", "\\)").Replace("*", ".*") + "$", problem.Message);
        if (text.Length > 0)
        {
            Assert.Contains($"position {position}", problem.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ParenthesesHaveALimit()
    {
        Assert.Equal("and[a eq 1]", Shape(MeterFilter.Parse(new string('(', 30) + "a = 1" + new string(')', 30))));
        Assert.Throws<MeterFilterException>(() =>
            MeterFilter.Parse(new string('(', 100_000) + "a = 1" + new string(')', 100_000))
        );
    }

    [Fact]
    public void ALongTextIsRefused()
    {
        Assert.NotNull(MeterFilter.Parse($"name = '{new string('x', 1000)}'"));
        Assert.Throws<MeterFilterException>(() => MeterFilter.Parse($"name = '{new string('x', 1001)}'"));
    }

    // Whatever filter there is: its text is read as the same filter, clause by clause.
    [Fact]
    public void WhatIsWrittenIsReadAsTheSame()
    {
        for (var seed = 0; seed < 5000; seed++)
        {
            var random = new Random(seed);
            var clauses = Enumerable.Range(0, random.Next(4)).Select(_ => Clause(random, 3)).ToArray();
            var filter = random.Next(2) == 0 ? MeterFilter.All(clauses) : MeterFilter.Any(clauses);
            var text = filter.ToText();

            var read = MeterFilter.Parse(text);

            Assert.True(Shape(filter) == Shape(read), $"Seed {seed}: {text}");
            Assert.Equal(text, read.ToText());
        }
    }

    [Theory]
    [InlineData("count", "count", null)]
    [InlineData("count()", "count", null)]
    [InlineData("sum(tokens)", "sum", "tokens")]
    [InlineData(" Max( metadata._llm.total_tokens ) ", "max", "_llm.total_tokens")]
    [InlineData("sum", "sum", null)]
    public void AnAggregationIsRead(string text, string function, string? property)
    {
        var read = MeterAggregation.Parse(text);

        Assert.Equal((function, property), (read.Func, read.Property));
    }

    [Theory]
    [InlineData("")]
    [InlineData("count(tokens)")]
    [InlineData("sum tokens")]
    [InlineData("sum(tokens")]
    public void WhatIsNoAggregationIsRefused(string text) =>
        Assert.Throws<FormatException>(() => MeterAggregation.Parse(text));

    private static MeterFilterClause Clause(Random random, int levels)
    {
        if (levels > 0 && random.Next(3) == 0)
        {
            var group = new MeterFilterClause { Conjunction = random.Next(2) == 0 ? "and" : "or", Clauses = [] };
            group.Clauses.AddRange(Enumerable.Range(0, random.Next(4)).Select(_ => Clause(random, levels - 1)));
            return group;
        }

        string[] properties =
        [
            "name",
            "source",
            "timestamp",
            "tokens",
            "_llm.total_tokens",
            "and",
            "or",
            "not",
            "true",
            "Name",
            "metadata.x",
            "metadata.name",
            "a b",
            "it's",
            "\"q\"",
            "ключ",
            "1st",
            "a.",
            "-x",
            "(",
            "every event",
        ];
        string[] operators = ["eq", "ne", "gt", "gte", "lt", "lte", "like", "not_like"];
        string[] texts =
        [
            "",
            "'",
            "''",
            "\"",
            "a' or 'b",
            "*",
            "%x%",
            "true",
            "5",
            "2026-10-01T00:00:00Z",
            "line\nbreak",
            "tab\t",
            "🚀",
            ")",
            "and",
            "\\",
        ];
        return new MeterFilterClause
        {
            Property = properties[random.Next(properties.Length)],
            Operator = operators[random.Next(operators.Length)],
            Value = random.Next(4) switch
            {
                0 => texts[random.Next(texts.Length)],
                1 => (long)random.Next(int.MinValue, int.MaxValue),
                2 => (long)random.Next(-3, 4),
                _ => random.Next(2) == 0,
            },
        };
    }

    private static string Shape(MeterFilter filter) => Shape(filter.Conjunction, filter.Clauses ?? []);

    private static string Shape(string? conjunction, IEnumerable<MeterFilterClause> clauses)
    {
        var text = new StringBuilder(conjunction).Append('[');
        text.AppendJoin(
            ", ",
            clauses.Select(clause =>
                clause.Clauses is { } inner
                    ? Shape(clause.Conjunction, inner)
                    : $"{clause.Property} {clause.Operator} {Value(clause.Value)}"
            )
        );
        return text.Append(']').ToString();
    }

    private static string Value(object? value) =>
        value switch
        {
            string text => $"\"{text}\"",
            long number => FormattableString.Invariant($"{number}"),
            bool flag => flag ? "true" : "false",
            _ => $"{value?.GetType()} {value}",
        };
}
