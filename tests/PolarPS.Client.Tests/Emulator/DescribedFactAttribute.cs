using Xunit;

namespace PolarPS.Client.Tests.Emulator;

/// <summary>A test that needs the API description, and is reported as skipped where it is not at hand.</summary>
public sealed class DescribedFactAttribute : FactAttribute
{
    public DescribedFactAttribute() => Skip = ApiDescription.Missing;
}
