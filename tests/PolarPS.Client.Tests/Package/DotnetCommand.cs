using System.Diagnostics;

namespace PolarPS.Client.Tests.Package;

/// <summary>Runs programs to their end.</summary>
internal static class DotnetCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <returns>What it printed.</returns>
    /// <exception cref="InvalidOperationException">It failed; with what it printed.</exception>
    public static Task<string> BuildAsync(string folder, params string[] arguments) =>
        // What stays behind for the next build would hold the output open.
        RunAsync(
            folder,
            "dotnet",
            [.. arguments, "-nologo", "-v:q", "-nodeReuse:false", "-p:UseSharedCompilation=false"]
        );

    /// <returns>What it printed.</returns>
    /// <exception cref="InvalidOperationException">It failed; with what it printed.</exception>
    public static async Task<string> RunAsync(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder };
        // What the tests themselves were started with is not for what they start.
        foreach (
            var inherited in new[]
            {
                "MSBuildSDKsPath",
                "MSBUILD_EXE_PATH",
                "MSBuildExtensionsPath",
                "VSTEST_HOST_DEBUG",
            }
        )
        {
            start.Environment.Remove(inherited);
        }

        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        var run = await ProgramRun.ToEndAsync(start, Patience);
        return run.Code == 0
            ? run.Text
            : throw new InvalidOperationException(
                $"{Path.GetFileName(program)} {string.Join(' ', arguments)} ended with {run.Code}:\n{run.Text}"
            );
    }
}
