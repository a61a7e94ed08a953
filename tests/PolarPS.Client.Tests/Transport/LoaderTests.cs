using System.Net.Http;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using PolarPS.Loader;
using Xunit;
using static PolarPS.Client.Tests.Transport.Replies;

namespace PolarPS.Client.Tests.Transport;

public class LoaderTests
{
    [Fact]
    public async Task RequestWorksThroughAContextOfItsOwn()
    {
        await using var server = new LoopbackServer(Status(500), Ok);
        var create = TransportLoader.Load(LibFolder());
        using var client = create(
            new Dictionary<string, object?>
            {
                [Words.BaseAddress] = server.Address,
                [Words.Token] = (Func<string>)(static () => Probe.Secret),
            }
        );

        var probe = await new Probe(HttpMethod.Get, "/v1/things/").SendAsync(client);

        Assert.Equal(("200", 2), (probe.Outcome, probe.Attempts));
        var context = AssemblyLoadContext.All.Single(static context => context.Name == "PolarPS");
        Assert.Same(context, AssemblyLoadContext.GetLoadContext(create.Method.Module.Assembly));
        Assert.All(
            context.Assemblies.Select(static assembly => assembly.GetName().Name!),
            static name =>
                Assert.True(
                    name == "PolarPS.Http"
                        || name == "Polly.Core"
                        || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal),
                    $"{name} belongs to the shared framework."
                )
        );
        // This process has a newer version of its own, which has to stay out of it.
        Assert.NotEqual(
            typeof(Microsoft.Extensions.Logging.ILogger).Assembly.GetName().Version,
            context
                .Assemblies.Single(static a => a.GetName().Name == "Microsoft.Extensions.Logging.Abstractions")
                .GetName()
                .Version
        );
    }

    [Fact]
    public async Task PollyIsLoadedAfterAFirstFailure()
    {
        // A folder of its own gives a context of its own.
        var folder = Directory.CreateTempSubdirectory("polarps-lib-").FullName;
        foreach (var file in Directory.GetFiles(LibFolder(), "*.dll"))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        await using var server = new LoopbackServer(Ok, Status(404), Status(500), Ok);
        var create = TransportLoader.Load(folder);
        using var client = create(new Dictionary<string, object?> { [Words.BaseAddress] = server.Address });
        var context = AssemblyLoadContext.GetLoadContext(create.Method.Module.Assembly)!;

        await new Probe(HttpMethod.Get, "/v1/fine").SendAsync(client);
        await new Probe(HttpMethod.Post, "/v1/refused").SendAsync(client);
        Assert.DoesNotContain("Polly.Core", Names());

        var probe = await new Probe(HttpMethod.Get, "/v1/failing").SendAsync(client);
        Assert.Equal(("200", 2), (probe.Outcome, probe.Attempts));
        Assert.Contains("Polly.Core", Names());

        IEnumerable<string?> Names() => context.Assemblies.Select(static assembly => assembly.GetName().Name);
    }

    [Fact]
    public void SameFolderIsLoadedOnce()
    {
        var folder = LibFolder();
        Assert.Same(
            TransportLoader.Load(folder),
            TransportLoader.Load(Path.Combine(folder, ".") + Path.DirectorySeparatorChar)
        );
    }

    [Fact]
    public void MissingTransportIsNamed()
    {
        var folder = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
        var exception = Assert.Throws<FileNotFoundException>(() => TransportLoader.Load(folder));
        Assert.Contains("PolarPS.Http.dll", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WrongSettingsAreSaidInFrameworkTypes()
    {
        var create = TransportLoader.Load(LibFolder());
        Assert.Throws<ArgumentException>(() =>
            create(new Dictionary<string, object?> { [Words.BaseAddress] = new Uri("http://api.polar.sh") })
        );
    }

    /// <summary>The transport's own build folder: beside the tests its dependencies are replaced by the framework's.</summary>
    private static string LibFolder([CallerFilePath] string here = "")
    {
        var configuration = AppContext.BaseDirectory.Contains("Release", StringComparison.Ordinal)
            ? "Release"
            : "Debug";
        foreach (var start in new[] { AppContext.BaseDirectory, Path.GetDirectoryName(here)! })
        {
            for (var folder = start; folder is not null; folder = Path.GetDirectoryName(folder))
            {
                var lib = Path.Combine(folder, "src", "PolarPS.Http", "bin", configuration, "net8.0");
                if (File.Exists(Path.Combine(lib, "PolarPS.Http.dll")))
                {
                    return lib;
                }
            }
        }

        throw new DirectoryNotFoundException("The build folder of src/PolarPS.Http was not found.");
    }
}
