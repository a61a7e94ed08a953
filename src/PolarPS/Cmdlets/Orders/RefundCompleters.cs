namespace PolarPS.Commands;

/// <summary>Completes reasons for refunds.</summary>
public sealed class RefundReasonCompleter()
    : KnownValuesCompleter(
        ("duplicate", "The customer was charged twice"),
        ("fraudulent", "The charge was a fraud"),
        ("customer_request", "The customer asked for it"),
        ("service_disruption", "The service was down"),
        ("satisfaction_guarantee", "The customer was not satisfied"),
        ("other", "Anything else")
    );

/// <summary>Completes orders of refunds.</summary>
public sealed class RefundSortCompleter() : SortCompleter("created_at", "amount");
