namespace PolarPS;

/// <summary>Where Polar is.</summary>
internal static class PolarAddresses
{
    public static readonly Uri Production = new("https://api.polar.sh/");

    public static readonly Uri Sandbox = new("https://sandbox-api.polar.sh/");
}
