namespace PolarPS.Commands;

/// <summary>Completes states of disputes.</summary>
public sealed class DisputeStatusCompleter() : KnownValuesCompleter(OrderValues.DisputeStatus);

/// <summary>Completes orders of disputes.</summary>
public sealed class DisputeSortCompleter() : SortCompleter(OrderValues.DisputeSort);
