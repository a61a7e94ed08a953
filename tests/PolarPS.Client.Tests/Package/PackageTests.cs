using System.Net.Http;
using PolarPS.Client.Tests.Emulator;
using Xunit;

namespace PolarPS.Client.Tests.Package;

/// <summary>The packages, in a program that has nothing else of this repository.</summary>
public sealed class PackageTests(PackageProject project) : IClassFixture<PackageProject>
{
    [RuntimeFact(8)]
    public Task OnNet8WithTheOldestFactory() => RunAsync(8, factory: 7);

    [RuntimeFact(9)]
    public Task OnNet9WithItsFactory() => RunAsync(9, factory: 9);

    [RuntimeFact(10)]
    public Task OnNet10WithItsFactory() => RunAsync(10, factory: 10);

    [Fact]
    public void ForNetFrameworkItCompiles() => Assert.True(project.IsBuiltForNetFramework);

    private async Task RunAsync(int major, int factory)
    {
        await using var host = await HostProcess.StartAsync();
        var before = await CountAsync(host);
        await host.ControlAsync(
            HttpMethod.Post,
            "faults",
            """[{"operation": "products:create", "perform": true, "status": 502}, {"method": "GET", "times": 1, "status": 503}]"""
        );

        var lines = await project.RunAsync(major, (string)host.Ready["url"]!, (string)host.Ready["accessToken"]!);

        Assert.Equal(
            [
                $"runtime {major}",
                $"factory {factory}",
                $"products {before}",
                "unknown True",
                // One, and not three.
                $"injected {before + 1}",
            ],
            lines
        );
    }

    private static async Task<int> CountAsync(HostProcess host) =>
        (int)(await host.GetAsync("/v1/products/?limit=1"))["pagination"]!["total_count"]!;
}
