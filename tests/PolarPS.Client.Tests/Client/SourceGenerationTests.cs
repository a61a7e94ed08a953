using System.Text.Json;
using Xunit;

namespace PolarPS.Client.Tests.Client;

/// <summary>
/// The client reads and writes JSON by generated code alone. All its tests run where serialisation by reflection is switched
/// off, in the project file: whatever needs it throws.
/// </summary>
public sealed class SourceGenerationTests
{
    [Fact]
    public void SerialisationByReflectionIsSwitchedOffHere()
    {
        Assert.False(JsonSerializer.IsReflectionEnabledByDefault);
        Assert.Throws<InvalidOperationException>(() => JsonSerializer.Serialize(new Version(1, 2)));
    }
}
