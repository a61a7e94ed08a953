using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace PolarPS.Client.Tests.Client;

/// <summary>The folder of reference data that lies beside the checkout: it is no part of the project.</summary>
internal static class SharedFolder
{
    public const string Variable = "POLARPS_SHARED";

    /// <summary>Why what needs the folder is not tested; null when it is there.</summary>
    public static string? Missing { get; } =
        Locate() is null
            ? $"The reference data was not found: set {Variable}, or put it into ../shared beside the checkout."
            : null;

    private static string Root => Locate() ?? throw new InvalidOperationException(Missing);

    /// <summary>The text of an example, such as <c>product.json</c>.</summary>
    public static string Example(string name) => File.ReadAllText(Path.Combine(Root, "api", "examples", name));

    /// <summary>The names of all examples.</summary>
    public static IEnumerable<string> Examples() =>
        Directory.GetFiles(Path.Combine(Root, "api", "examples"), "*.json").Select(file => Path.GetFileName(file));

    /// <summary>The text of the older page whose name begins so.</summary>
    public static string Seed(string beginning) =>
        File.ReadAllText(Assert.Single(Directory.GetFiles(Path.Combine(Root, "seeds"), beginning + "*.txt")));

    private static string? Locate()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
        {
            return Directory.Exists(Path.Combine(given, "api", "examples")) ? given : null;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder.Parent is { } above; folder = above)
        {
            var shared = Path.Combine(above.FullName, "shared");
            if (Directory.Exists(Path.Combine(shared, "api", "examples")))
            {
                return shared;
            }
        }

        return null;
    }
}

/// <summary>A test that needs the reference data, and is reported as skipped where it is not at hand.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute() => Skip = SharedFolder.Missing;
}

/// <summary>A table of such tests.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedTheoryAttribute : TheoryAttribute
{
    public SharedTheoryAttribute() => Skip = SharedFolder.Missing;
}
