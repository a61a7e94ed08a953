namespace PolarPS.Commands;

/// <summary>Completes metrics, with their names for people. The names of the properties work too.</summary>
public sealed class MetricCompleter() : KnownValuesCompleter(MetricNaming.Known)
{
    internal override string? Find(string text) => Metric.Find(text)?.Slug;
}

/// <summary>Completes how long a period of metrics is.</summary>
public sealed class MetricIntervalCompleter() : KnownValuesCompleter(UsageValues.TimeInterval);
