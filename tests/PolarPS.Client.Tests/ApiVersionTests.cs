using System.Text.RegularExpressions;
using PolarPS.OpenApi;
using Xunit;

namespace PolarPS.Client.Tests;

/// <summary>The version of the API has one place in the sources and one in the tests, so that the next one is a change of two lines.</summary>
public sealed class ApiVersionTests
{
    private static readonly string[] Kinds = [".cs", ".csproj", ".ps1", ".psm1", ".mjs"];

    [Fact]
    public void TheSourcesSpeakTheVersionThatIsTestedAndDescribed()
    {
        Assert.Equal(ApiVersion.Tested, PolarClient.ApiVersion);
        Assert.EndsWith($"/{ApiVersion.Tested}.openapi.json", Amendments.Load().Path, StringComparison.Ordinal);
    }

    [Fact]
    public void TheSourcesNameItOnce() =>
        Assert.Equal([Repository.PathOf("src", "Shared", "PolarApi.cs")], FilesNamingIt("src", "tools"));

    [Fact]
    public void TheTestsNameItOnce() =>
        Assert.Equal([Repository.PathOf("tests", "PolarPS.OpenApi", "ApiVersion.cs")], FilesNamingIt("tests"));

    // Comments may, and a date may begin with it.
    private static IEnumerable<string> FilesNamingIt(params string[] folders)
    {
        var version = new Regex(Regex.Escape(ApiVersion.Tested) + @"(?![-\d])");
        return folders
            .SelectMany(static folder =>
                Directory.EnumerateFiles(Repository.PathOf(folder), "*", SearchOption.AllDirectories)
            )
            .Where(static file => Kinds.Contains(Path.GetExtension(file)))
            .Where(static file => !file.Split(Path.DirectorySeparatorChar).Any(static part => part is "obj" or "bin"))
            .Where(file =>
                File.ReadLines(file)
                    .Any(line => version.IsMatch(line) && !line.TrimStart().StartsWith("//", StringComparison.Ordinal))
            )
            .Order(StringComparer.Ordinal);
    }
}
