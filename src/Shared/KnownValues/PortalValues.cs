namespace PolarPS;

/// <summary>Known values of the customer portal.</summary>
internal static class PortalValues
{
    /// <summary>What customers sort their orders by.</summary>
    public static KnownList PortalOrderSort { get; } =
        new() { "created_at", "amount", "net_amount", "product", "subscription" };
}
