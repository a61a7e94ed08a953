using Xunit;

namespace PolarPS.Client.Tests.Sdk;

/// <summary>A test with Polar's SDK, skipped with the reason where node or the package is out of reach.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SdkFactAttribute : FactAttribute
{
    public SdkFactAttribute() => Skip = Package.SkipReason!;

    public static NpmPackage Package { get; } = new("@polar-sh/sdk", "1.0.1", "sdk", "package.json");
}
