using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

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
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
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
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        using var clock = new CancellationTokenSource(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(clock.Token);
            var errors = process.StandardError.ReadToEndAsync(clock.Token);
            await process.WaitForExitAsync(clock.Token).ConfigureAwait(false);
            var text = await output.ConfigureAwait(false) + await errors.ConfigureAwait(false);
            return process.ExitCode == 0
                ? text
                : throw new InvalidOperationException(
                    $"{Path.GetFileName(program)} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{text}"
                );
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} took longer than {Patience.TotalMinutes:0} minutes.");
        }
    }
}
