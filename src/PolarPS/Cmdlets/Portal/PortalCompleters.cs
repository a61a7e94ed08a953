namespace PolarPS.Commands;

/// <summary>Completes orders of a customer's wallets.</summary>
public sealed class WalletSortCompleter() : SortCompleter(CustomerValues.WalletSort);

/// <summary>Completes orders of a customer's own orders.</summary>
public sealed class PortalOrderSortCompleter() : SortCompleter(SalesValues.PortalOrderSort);
