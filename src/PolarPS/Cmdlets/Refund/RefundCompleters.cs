namespace PolarPS.Commands;

/// <summary>Completes reasons for refunds.</summary>
public sealed class RefundReasonCompleter()
    : KnownValuesCompleter(
        "duplicate",
        "fraudulent",
        "customer_request",
        "service_disruption",
        "satisfaction_guarantee",
        "other"
    );

/// <summary>Completes orders of refunds.</summary>
public sealed class RefundSortCompleter() : SortCompleter("created_at", "amount");
