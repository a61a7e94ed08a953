namespace PolarPS.Commands;

/// <summary>Completes states of orders.</summary>
public sealed class OrderStatusCompleter() : KnownValuesCompleter(OrderValues.OrderStatus);

/// <summary>Completes how products are paid for.</summary>
public sealed class BillingTypeCompleter() : KnownValuesCompleter(CatalogueValues.BillingType);

/// <summary>Completes orders of orders.</summary>
public sealed class OrderSortCompleter() : SortCompleter(OrderValues.OrderSort);

/// <summary>Completes columns of exported orders.</summary>
public sealed class OrderColumnCompleter() : KnownValuesCompleter(OrderValues.OrderColumn);
