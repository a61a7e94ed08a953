namespace PolarPS.Commands;

/// <summary>Accepts a filter over events: as text, as an object, or as a hashtable with Conjunction and Clauses.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MeterFilterTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        PSValue.ValueOrCustom(inputData) is null ? null : FilterOf(inputData);

    internal static MeterFilter FilterOf(object? given)
    {
        var value = PSValue.ValueOrCustom(given);
        switch (value)
        {
            case MeterFilter filter:
                return filter;
            case MeterFilterClause clause:
                return MeterFilter.All(clause);
            case string text:
                try
                {
                    return MeterFilter.Parse(text);
                }
                catch (MeterFilterException problem)
                {
                    throw new RefusedArgumentException(problem.Message);
                }

            default:
                return ClauseOf(value) is { Conjunction: { } conjunction, Clauses: { } clauses }
                    ? new MeterFilter { Conjunction = conjunction, Clauses = clauses }
                    : throw new RefusedArgumentException(
                        $"{ValueText.Given(given)} is not a filter. Write one as text, such as \"name = 'api.call'\", or use New-PolarMeterFilter."
                    );
        }
    }

    // A hashtable, or what ConvertFrom-Json and Import-Clixml make.
    private static MeterFilterClause? ClauseOf(object? given)
    {
        if (PSValue.ValueOrCustom(given) is MeterFilterClause known)
        {
            return known;
        }

        if (
            PlainValues
                .EntriesOf(given)
                ?.ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.OrdinalIgnoreCase)
            is not { } entries
        )
        {
            return null;
        }

        object? Value(string name) => entries.TryGetValue(name, out var value) ? PSValue.ValueOrCustom(value) : null;
        if (Value("Clauses") is { } parts)
        {
            var group = new MeterFilterClause { Conjunction = Value("Conjunction") as string ?? "and", Clauses = [] };
            foreach (var part in PSValue.Items(parts) ?? [parts])
            {
                group.Clauses.Add(
                    ClauseOf(part)
                        ?? throw new RefusedArgumentException($"{ValueText.Given(part)} is not a clause of a filter.")
                );
            }

            return group;
        }

        return Value("Property") is string property && Value("Operator") is string comparison
            ? Comparison(property, comparison, Value("Value"))
            : null;
    }

    /// <summary>A comparison, with a value that Polar's filters can have.</summary>
    /// <exception cref="RefusedArgumentException">They cannot.</exception>
    internal static MeterFilterClause Comparison(string property, string comparison, object? value)
    {
        var operation = UsageValues.FilterOperator.Find(comparison) ?? comparison;
        switch (PSValue.ValueOrCustom(value))
        {
            case string text:
                return MeterFilterClause.Where(property, operation, text);
            case bool flag:
                return MeterFilterClause.Where(property, operation, flag);
            case DateTime or DateTimeOffset when property == "timestamp":
                return DateReader.Instant(value, out var time) is { } problem
                    ? throw new RefusedArgumentException(problem)
                    : MeterFilterClause.Where(property, operation, checked((int)time.ToUnixTimeSeconds()));
            case var other:
                return NumberReader.Whole(other, int.MinValue, int.MaxValue, out var number) is { } wrong
                    ? throw new RefusedArgumentException(
                        $"A filter compares with text, whole numbers and booleans. {wrong}"
                    )
                    : MeterFilterClause.Where(property, operation, (int)number);
        }
    }
}

/// <summary>Accepts how a meter counts: a function, one with its property such as sum(tokens), an aggregation, or a hashtable.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AggregationTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        switch (PSValue.ValueOrCustom(inputData))
        {
            case null:
                return null;
            case MeterAggregation aggregation:
                return aggregation;
            case string text:
                try
                {
                    return MeterAggregation.Parse(text);
                }
                catch (FormatException problem)
                {
                    throw new RefusedArgumentException(problem.Message);
                }

            case var value:
                var entries = PlainValues
                    .EntriesOf(value)
                    ?.ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.OrdinalIgnoreCase);
                return
                    entries is not null
                    && entries.TryGetValue("Func", out var function)
                    && PSValue.ValueOrCustom(function) is string name
                    ? new MeterAggregation
                    {
                        Func = name,
                        Property = entries.TryGetValue("Property", out var property)
                            ? PSValue.ValueOrCustom(property) as string
                            : null,
                    }
                    : throw new RefusedArgumentException(
                        $"{ValueText.Given(inputData)} is not an aggregation. Use count, sum, max, min, avg or unique."
                    );
        }
    }

    /// <summary>The aggregation, with a property that was given beside it.</summary>
    /// <exception cref="ArgumentException">The two do not go together.</exception>
    internal static MeterAggregation Complete(MeterAggregation aggregation, string? property)
    {
        if (property?.StartsWith("metadata.", StringComparison.Ordinal) == true)
        {
            property = property.Substring("metadata.".Length);
        }

        return aggregation.Func == "count"
            ? property is null
                ? MeterAggregation.Count()
                : throw new ArgumentException("count counts events: it has no -Property.")
            : aggregation.Property is not null && property is not null && aggregation.Property != property
                ? throw new ArgumentException(
                    $"-Aggregation has the property '{aggregation.Property}', and -Property is '{property}'."
                )
                : (property ?? aggregation.Property) is { Length: > 0 } of
                    ? new MeterAggregation { Func = aggregation.Func, Property = of }
                    : throw new ArgumentException(
                        $"{aggregation.Func} needs -Property, the metadata whose values it takes, such as tokens."
                    );
    }
}
