namespace PolarPS.Commands;

/// <summary>Completes orders of a customer's own orders.</summary>
public sealed class PortalOrderSortCompleter() : SortCompleter(SalesValues.PortalOrderSort);
