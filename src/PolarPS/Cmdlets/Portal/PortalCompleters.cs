namespace PolarPS.Commands;

/// <summary>Completes orders of a customer's wallets.</summary>
public sealed class WalletSortCompleter() : SortCompleter(CustomerValues.WalletSort);

/// <summary>Completes orders of a customer's own orders.</summary>
public sealed class PortalOrderSortCompleter() : SortCompleter(PortalValues.PortalOrderSort);

/// <summary>Completes orders of a customer's own benefit grants.</summary>
public sealed class PortalBenefitGrantSortCompleter() : SortCompleter(BenefitValues.PortalGrantSort);

/// <summary>Completes orders of a customer's own balances on meters.</summary>
public sealed class PortalMeterSortCompleter() : SortCompleter(UsageValues.PortalMeterSort);

/// <summary>Completes orders of a customer's own subscriptions.</summary>
public sealed class PortalSubscriptionSortCompleter() : SortCompleter(SubscriptionValues.PortalSort);
