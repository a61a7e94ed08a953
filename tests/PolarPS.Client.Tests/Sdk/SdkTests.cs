using System.Diagnostics;
using PolarPS.Client.Tests.Emulator;
using PolarPS.OpenApi;
using Xunit;
using Xunit.Abstractions;

namespace PolarPS.Client.Tests.Sdk;

/// <summary>The emulator's host as Polar's own SDK for TypeScript finds it, in a shop's life from its first product on.</summary>
public class SdkTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Time = TimeSpan.FromMinutes(2);

    [SdkFact]
    public Task AShopLivesByTheOfficialSdk() => LiveAsync();

    [SdkFact]
    public Task AnEmptyShopDoesToo() => LiveAsync("--empty");

    private async Task LiveAsync(params string[] arguments)
    {
        await SdkFactAttribute.Package.EnsureAsync();
        await using var host = await HostProcess.StartAsync(arguments);
        string[] command =
        [
            Repository.PathOf("tests", "PolarPS.Client.Tests", "Sdk", "shop-life.mjs"),
            SdkFactAttribute.Package.Folder,
            ApiVersion.Tested,
        ];
        var start = new ProcessStartInfo(NpmPackage.Node!, command);
        start.Environment["POLAR_URL"] = (string)host.Ready["url"]!;
        start.Environment["POLAR_TOKEN"] = (string)host.Ready["accessToken"]!;
        var run = await ProgramRun.ToEndAsync(start, Time);
        output.WriteLine(run.Output);
        Assert.True(run.Code == 0, run.Text);
        Assert.DoesNotContain("FAILED", run.Output, StringComparison.Ordinal);
        Assert.Contains("ok      everything was told, and is genuine", run.Output, StringComparison.Ordinal);
    }
}
