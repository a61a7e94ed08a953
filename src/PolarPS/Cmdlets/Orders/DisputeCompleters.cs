namespace PolarPS.Commands;

/// <summary>Completes states of disputes.</summary>
public sealed class DisputeStatusCompleter()
    : KnownValuesCompleter(
        ("early_warning", "The bank has warned of a dispute"),
        ("needs_response", "Waits for an answer"),
        ("under_review", "The bank looks at the answer"),
        ("won", "Decided for the seller"),
        ("lost", "Decided for the buyer"),
        ("prevented", "Refunded before it became a dispute")
    );

/// <summary>Completes orders of disputes.</summary>
public sealed class DisputeSortCompleter() : SortCompleter("created_at", "amount");
