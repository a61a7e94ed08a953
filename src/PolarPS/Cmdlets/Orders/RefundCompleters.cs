namespace PolarPS.Commands;

/// <summary>Completes reasons for refunds.</summary>
public sealed class RefundReasonCompleter() : KnownValuesCompleter(SalesValues.RefundReason);

/// <summary>Completes orders of refunds.</summary>
public sealed class RefundSortCompleter() : SortCompleter(SalesValues.RefundSort);
