namespace PolarPS.Client.Tests;

/// <summary>The clone in which the tests were built.</summary>
internal static class Repository
{
    /// <summary>The folder with the solution.</summary>
    public static string Root { get; } = Find();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PolarPS.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"There is no PolarPS.sln above {AppContext.BaseDirectory}.");
    }
}
