using PolarPS.Client.Tests.Conformance;
using PolarPS.OpenApi;
using Xunit;

namespace PolarPS.Client.Tests.Prism;

/// <summary>One case for Prism, skipped as <see cref="PrismTheoryAttribute"/> says.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PrismFactAttribute : FactAttribute
{
    public PrismFactAttribute() => Skip = DescriptionFile.Missing ?? PrismInstallation.SkipReason!;
}
