using System.Text;
using Xunit;

namespace PolarPS.Client.Tests;

/// <summary>The file under journals, memories and spools: whole lines, one writer, and nothing of anyone else's is touched.</summary>
public sealed class LineFileTests : IDisposable
{
    private const string Beginning = "lines 1";

    private readonly string _folder = Directory.CreateTempSubdirectory("polarps-").FullName;

    private string FilePath => Path.Combine(_folder, "some.lines");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void WhatWasAddedIsThereAgain()
    {
        using (var file = LineFile.Open(FilePath, Beginning))
        {
            Assert.Empty(file.Lines);
            file.Append(Beginning, toDisk: true);
            file.Append("größer", toDisk: false);
        }

        using var again = LineFile.Open(FilePath, Beginning);
        Assert.Equal([Beginning, "größer"], again.Lines);
    }

    [Theory]
    [InlineData("lines 1\na\nb", "lines 1\na\n")]
    [InlineData("lines 1\na\n", "lines 1\na\n")]
    [InlineData("lines 1", "")]
    [InlineData("lin", "")]
    [InlineData("", "")]
    public void WhatACrashLeftOfTheLastLineIsCut(string before, string after)
    {
        File.WriteAllText(FilePath, before);
        using (var file = LineFile.Open(FilePath, Beginning))
        {
            Assert.Equal(after.Split('\n').SkipLast(1), file.Lines);
        }

        Assert.Equal(after, File.ReadAllText(FilePath));
    }

    [Theory]
    [InlineData("dear diary\n")]
    [InlineData("dear diary")]
    [InlineData("line 1\n")]
    [InlineData("\n")]
    [InlineData("\ufefflines 1\n")]
    public void AnotherFileStaysAsItIs(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        File.WriteAllBytes(FilePath, bytes);
        Assert.Throws<InvalidDataException>(() => LineFile.Open(FilePath, Beginning));
        Assert.Throws<InvalidDataException>(() => LineFile.Read(FilePath, Beginning));
        Assert.Equal(bytes, File.ReadAllBytes(FilePath));
    }

    [Fact]
    public void OneWritesAndOthersRead()
    {
        using var file = LineFile.Open(FilePath, Beginning);
        file.Append(Beginning, toDisk: false);
        Assert.Throws<FileInUseException>(() => LineFile.Open(FilePath, Beginning));
        Assert.Equal([Beginning], LineFile.Read(FilePath, Beginning));
    }

    [Fact]
    public void WhatIsReplacedStaysTheWriters()
    {
        using var file = LineFile.Open(FilePath, Beginning);
        file.Append(Beginning, toDisk: false);
        file.Append("old", toDisk: false);
        file.Replace([Beginning, "new"]);
        file.Append("newer", toDisk: true);
        Assert.Throws<FileInUseException>(() => LineFile.Open(FilePath, Beginning));
        Assert.Equal([Beginning, "new", "newer"], LineFile.Read(FilePath, Beginning));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void WhatCannotBeReplacedIsAsItWas()
    {
        using var file = LineFile.Open(FilePath, Beginning);
        file.Append(Beginning, toDisk: false);
        Assert.Throws<InvalidOperationException>(() =>
            file.Replace(Enumerable.Range(0, 2).Select(i => i == 0 ? "x" : throw new InvalidOperationException()))
        );
        file.Append("more", toDisk: false);
        Assert.Equal([Beginning, "more"], LineFile.Read(FilePath, Beginning));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void WhatIsDeletedIsGone()
    {
        var file = LineFile.Open(FilePath, Beginning);
        file.Append(Beginning, toDisk: false);
        file.Delete();
        Assert.False(File.Exists(FilePath));
        Assert.Throws<FileNotFoundException>(() => LineFile.Read(FilePath, Beginning));
    }

    [Fact]
    public void OnlyItsOwnerCanReadIt()
    {
        if (OperatingSystem.IsWindows())
        {
            // There the folder's rights hold.
            return;
        }

        using var file = LineFile.Open(FilePath, Beginning);
        file.Append(Beginning, toDisk: false);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
        file.Replace([Beginning]);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
    }
}
