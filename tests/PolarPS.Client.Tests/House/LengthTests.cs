using Xunit;

namespace PolarPS.Client.Tests.House;

/// <summary>A file that is longer than others says at its top why.</summary>
public sealed class LengthTests
{
    private const int Most = 500;
    private const int Top = 12;

    [Fact]
    public void NoFileIsLongWithoutASentenceThatSaysWhy()
    {
        var files = Sources().ToList();
        Assert.True(files.Count > 500, $"Only {files.Count} files were found.");
        var silent = files.Where(file =>
        {
            var lines = File.ReadAllLines(file);
            return lines.Length > Most && !lines.Take(Top).Any(SaysWhy);
        });
        Assert.Equal([], silent.Select(file => Path.GetRelativePath(Repository.Root, file)));
    }

    [Fact]
    public void NoFileSaysWhyItIsLongThatIsNot()
    {
        var wordy = Sources()
            .Where(file => File.ReadAllLines(file) is { Length: <= Most } lines && lines.Take(Top).Any(SaysWhy));
        Assert.Equal([], wordy.Select(file => Path.GetRelativePath(Repository.Root, file)));
    }

    private static bool SaysWhy(string line) =>
        line.StartsWith("// Long because ", StringComparison.Ordinal)
        || line.StartsWith("# Long because ", StringComparison.Ordinal);

    private static IEnumerable<string> Sources()
    {
        foreach (var folder in new[] { "src", "tests", "tools" })
        {
            foreach (var file in Directory.EnumerateFiles(Repository.PathOf(folder), "*", SearchOption.AllDirectories))
            {
                var path = file.Replace('\\', '/');
                if (
                    Path.GetExtension(file) is ".cs" or ".ps1" or ".psm1" or ".mjs"
                    && !path.Contains("/obj/", StringComparison.Ordinal)
                    && !path.Contains("/bin/", StringComparison.Ordinal)
                    && !path.Contains("/node_modules/", StringComparison.Ordinal)
                )
                {
                    yield return file;
                }
            }
        }

        yield return Repository.PathOf("build.ps1");
    }
}
