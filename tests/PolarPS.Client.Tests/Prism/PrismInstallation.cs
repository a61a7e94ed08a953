namespace PolarPS.Client.Tests.Prism;

/// <summary>Prism as npm gives it.</summary>
internal static class PrismInstallation
{
    private static readonly NpmPackage Package = new("@stoplight/prism-cli", "5.16.0", "prism", "dist/index.js");

    /// <summary>Why there is no Prism to ask; null when it is installed, or can be.</summary>
    public static string? SkipReason => Package.SkipReason;

    public static string? Node => NpmPackage.Node;

    /// <summary>Installs it where it is not yet.</summary>
    /// <returns>The script for node to run.</returns>
    public static Task<string> EnsureAsync() => Package.EnsureAsync();
}
