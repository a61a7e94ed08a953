namespace PolarPS.Client;

/// <summary>How many requests a minute Polar allows an organization, by environment.</summary>
internal static class RateLimits
{
    private const int Production = 500;
    private const int Sandbox = 100;

    /// <summary>How many requests a minute an environment allows; null for an address that is not Polar's.</summary>
    public static int? PerMinute(Uri address) =>
        address.Host == PolarAddresses.Production.Host ? Production
        : address.Host == PolarAddresses.Sandbox.Host ? Sandbox
        : null;

    /// <summary>
    /// Whether half of what an environment allows has been sent in the last minute. The rest is for those who are not reading
    /// ahead.
    /// </summary>
    /// <param name="address">Any address of the environment; one that is not Polar's has no limit that is known beforehand.</param>
    /// <param name="sentLately">How many requests were sent in the last minute.</param>
    public static bool IsClose(Uri? address, int sentLately) =>
        address is { IsAbsoluteUri: true }
        && (
            address.Host == PolarAddresses.Production.Host
                ? sentLately >= Production / 2
                : address.Host == PolarAddresses.Sandbox.Host && sentLately >= Sandbox / 2
        );
}
