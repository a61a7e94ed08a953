namespace PolarPS.Commands;

/// <summary>Completes states of disputes.</summary>
public sealed class DisputeStatusCompleter()
    : KnownValuesCompleter("early_warning", "needs_response", "under_review", "won", "lost", "prevented");

/// <summary>Completes orders of disputes.</summary>
public sealed class DisputeSortCompleter() : SortCompleter("created_at", "amount");
