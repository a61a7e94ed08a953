using Xunit;

namespace PolarPS.Client.Tests.Files;

public class FileNamesTests
{
    [Theory]
    [InlineData(@"C:\a\orders.csv", null)]
    [InlineData(@"C:\a\", null)]
    [InlineData(@"C:\a\CON", "device")]
    [InlineData(@"C:\a\con.csv", "device")]
    [InlineData(@"C:\a\NUL .csv", "device")]
    [InlineData(@"C:\a\com¹.txt", "device")]
    [InlineData(@"C:\a\CONIN$", "device")]
    [InlineData(@"C:\a\COM10", null)]
    [InlineData(@"C:\a\console.csv", null)]
    [InlineData(@"C:\a\x:y.csv", "allow: :")]
    [InlineData("C:\\a\\x\ty.csv", "U+0009")]
    [InlineData(@"C:\a\x.", "dot")]
    [InlineData("", "empty")]
    [InlineData("/a\0b", "U+0000")]
    public void NamesOnWindows(string path, string? problem) => Check(FileNames.ProblemOf(path, true, false), problem);

    [Theory]
    [InlineData("/a/CON", null)]
    [InlineData("/a/x:y?", null)]
    [InlineData("/a/", null)]
    public void NamesElsewhere(string path, string? problem) => Check(FileNames.ProblemOf(path, false, false), problem);

    [Fact]
    public void LengthsCountAsTheSystemCountsThem()
    {
        var umlauts = new string('ü', 200);
        Check(FileNames.ProblemOf(@"C:\" + umlauts, true, false), null);
        Check(FileNames.ProblemOf("/" + umlauts, false, false), "400 bytes");
        Check(FileNames.ProblemOf(@"C:\" + new string('n', 256), true, false), "256 characters");
        var deep = @"C:\" + string.Join('\\', new string('d', 100), new string('d', 100), new string('d', 100));
        Check(FileNames.ProblemOf(deep, true, false), null);
        Check(FileNames.ProblemOf(deep, true, true), "path is too long");
    }

    [Theory]
    [InlineData("\uD800", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    [InlineData("...", null)]
    [InlineData("a.tar.gz", "a.tar.gz")]
    [InlineData("nul.txt", "_nul.txt")]
    public void NamesFromData(string? text, string? name) => Assert.Equal(name, FileNames.Plain(text));

    private static void Check(string? actual, string? expected)
    {
        if (expected is null)
        {
            Assert.Null(actual);
        }
        else
        {
            Assert.Contains(expected, actual, System.StringComparison.Ordinal);
        }
    }
}
