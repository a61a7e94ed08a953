using Xunit;

namespace PolarPS.Client.Tests;

/// <summary>Says in the output of a bare <c>dotnet test</c> what it leaves out.</summary>
public sealed class PesterSuites
{
    /// <summary>build.ps1 runs them itself, and does not run this.</summary>
    [Fact(Skip = "The Pester suites (tests/*.Tests.ps1) need PowerShell: pwsh ./build.ps1 -Task Test runs them.")]
    [Trait("Category", "Reminder")]
    public void RunInPowerShell() => Assert.Fail("Not for xunit.");
}
