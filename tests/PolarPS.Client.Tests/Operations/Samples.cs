using System;
using System.IO;
using Xunit;

namespace PolarPS.Client.Tests.Operations;

/// <summary>Valid answers of Polar, where they are at hand: they are no part of the project.</summary>
internal static class Samples
{
    private const string Variable = "POLARPS_SHARED";

    private static readonly string? Folder = Locate();

    /// <summary>Why what needs them is not tested; null when they are at hand.</summary>
    public static string? Missing =>
        Folder is null
            ? $"The examples were not found: set {Variable}, or put them into ../shared/api/examples beside the repository."
            : null;

    public static string Read(string name) =>
        File.ReadAllText(Path.Combine(Folder ?? throw new InvalidOperationException(Missing), name));

    private static string? Locate()
    {
        var given = Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrEmpty(given))
        {
            return Existing(given);
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props")) && folder.Parent is { } above)
            {
                return Existing(Path.Combine(above.FullName, "shared"));
            }
        }

        return null;
    }

    private static string? Existing(string shared)
    {
        var folder = Path.Combine(shared, "api", "examples");
        return Directory.Exists(folder) ? folder : null;
    }
}

/// <summary>A test that needs the examples, and is reported as skipped where they are not at hand.</summary>
public sealed class SampleFactAttribute : FactAttribute
{
    public SampleFactAttribute() => Skip = Samples.Missing;
}

/// <summary>The same for a test with cases.</summary>
public sealed class SampleTheoryAttribute : TheoryAttribute
{
    public SampleTheoryAttribute() => Skip = Samples.Missing;
}
