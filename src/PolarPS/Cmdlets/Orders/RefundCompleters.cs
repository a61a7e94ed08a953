namespace PolarPS.Commands;

/// <summary>Completes reasons for refunds.</summary>
public sealed class RefundReasonCompleter() : KnownValuesCompleter(OrderValues.RefundReason);

/// <summary>Completes orders of refunds.</summary>
public sealed class RefundSortCompleter() : SortCompleter(OrderValues.RefundSort);
