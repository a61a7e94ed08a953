namespace PolarPS.Commands;

/// <summary>Completes who records events.</summary>
public sealed class EventSourceCompleter() : KnownValuesCompleter(UsageValues.EventSource);

/// <summary>Completes sort fields of events.</summary>
public sealed class EventSortCompleter() : SortCompleter(UsageValues.EventSort);

/// <summary>Completes sort fields of names of events.</summary>
public sealed class EventNameSortCompleter() : SortCompleter(UsageValues.EventNameSort);

/// <summary>Completes sort fields of kinds of events.</summary>
public sealed class EventTypeSortCompleter() : SortCompleter(UsageValues.EventTypeSort);

/// <summary>Completes sort fields of meters.</summary>
public sealed class MeterSortCompleter() : SortCompleter(UsageValues.MeterSort);

/// <summary>Completes sort fields of customer meters.</summary>
public sealed class CustomerMeterSortCompleter() : SortCompleter(UsageValues.CustomerMeterSort);

/// <summary>Completes what a meter counts in.</summary>
public sealed class MeterUnitCompleter() : KnownValuesCompleter(UsageValues.MeterUnit);

/// <summary>Completes how a meter counts.</summary>
public sealed class AggregationCompleter() : KnownValuesCompleter(UsageValues.Aggregation);

/// <summary>Completes how a clause of a filter compares.</summary>
public sealed class FilterOperatorCompleter() : KnownValuesCompleter(UsageValues.FilterOperator);

/// <summary>Completes how long a period is.</summary>
public sealed class TimeIntervalCompleter() : KnownValuesCompleter(UsageValues.TimeInterval);
