using PolarPS.Client.Tests.Conformance;
using PolarPS.OpenApi;
using Xunit;

namespace PolarPS.Client.Tests.Prism;

/// <summary>
/// Cases for Prism, skipped with the reason where the API description, node or the package is out of reach. That is decided
/// before any test runs, since xunit cannot skip later; what fails after that is a failure.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PrismTheoryAttribute : TheoryAttribute
{
    public PrismTheoryAttribute() => Skip = DescriptionFile.Missing ?? PrismInstallation.SkipReason!;
}
