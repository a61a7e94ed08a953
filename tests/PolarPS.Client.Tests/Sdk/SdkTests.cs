using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
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
        var start = new ProcessStartInfo(NpmPackage.Node!, command)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["POLAR_URL"] = (string)host.Ready["url"]!;
        start.Environment["POLAR_TOKEN"] = (string)host.Ready["accessToken"]!;
        using var node = Process.Start(start)!;
        using var clock = new CancellationTokenSource(Time);
        try
        {
            var steps = node.StandardOutput.ReadToEndAsync(clock.Token);
            var errors = node.StandardError.ReadToEndAsync(clock.Token);
            await node.WaitForExitAsync(clock.Token);
            output.WriteLine(await steps);
            Assert.True(node.ExitCode == 0, await steps + await errors);
            Assert.DoesNotContain("FAILED", await steps, StringComparison.Ordinal);
            Assert.Contains("ok      everything was told, and is genuine", await steps, StringComparison.Ordinal);
        }
        catch (OperationCanceledException)
        {
            node.Kill(entireProcessTree: true);
            Assert.Fail($"The shop's life takes longer than {Time.TotalMinutes:0} minutes.");
        }
    }
}
