using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace PolarPS.Client.Tests.Prism;

/// <summary>
/// Prism as npm gives it, in a folder of the user's own that outlives the tests and is no part of the repository. The
/// version is fixed, so that what is accepted changes only when somebody says so here.
/// </summary>
internal static class PrismInstallation
{
    private const string Package = "@stoplight/prism-cli";
    private const string Version = "5.16.0";

    private static readonly TimeSpan InstallTime = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan AskTime = TimeSpan.FromSeconds(15);
    private static readonly Lazy<string?> Reason = new(FindSkipReason);

    /// <summary>Why there is no Prism to ask; null when it is installed, or can be.</summary>
    public static string? SkipReason => Reason.Value;

    public static string? Node { get; } = FindOnPath("node");

    private static string? Npm { get; } = FindOnPath("npm");

    private static string Folder { get; } = Path.Combine(CacheFolder(), "PolarPS", "tests", $"prism-{Version}");

    /// <summary>What node runs.</summary>
    private static string Script => ScriptIn(Folder);

    /// <summary>Installs it where it is not yet.</summary>
    /// <returns>The script for node to run.</returns>
    public static async Task<string> EnsureAsync()
    {
        if (File.Exists(Script))
        {
            return Script;
        }

        // Under its final name only when whole.
        var partial = $"{Folder}.{Guid.NewGuid():N}";
        Directory.CreateDirectory(partial);
        try
        {
            string[] arguments =
            [
                "install",
                "--no-save",
                "--no-audit",
                "--no-fund",
                "--ignore-scripts",
                "--prefix",
                partial,
                $"{Package}@{Version}",
            ];
            var (code, output) = await RunNpmAsync(InstallTime, arguments);
            if (code != 0 || !File.Exists(ScriptIn(partial)))
            {
                throw new InvalidOperationException(
                    $"npm could not install {Package} {Version} (code {code}):{Environment.NewLine}{output}"
                );
            }

            Directory.Move(partial, Folder);
        }
        catch (IOException) when (File.Exists(Script))
        {
            // Somebody else was faster.
        }
        finally
        {
            if (Directory.Exists(partial))
            {
                Directory.Delete(partial, recursive: true);
            }
        }

        return Script;
    }

    private static string ScriptIn(string folder) =>
        Path.Combine(folder, "node_modules", "@stoplight", "prism-cli", "dist", "index.js");

    private static string? FindSkipReason()
    {
        if (Node is null)
        {
            return "node is not on the PATH; Prism needs it.";
        }

        if (File.Exists(Script))
        {
            return null;
        }

        if (Npm is null)
        {
            return $"npm is not on the PATH; {Package} cannot be installed.";
        }

        try
        {
            var (code, output) = RunNpmAsync(AskTime, "view", $"{Package}@{Version}", "version", "--fetch-retries=0")
                .GetAwaiter()
                .GetResult();
            return code == 0 ? null : $"npm does not give {Package} {Version}: {output.Trim().ReplaceLineEndings(" ")}";
        }
        catch (Exception exception) when (exception is TimeoutException or Win32Exception)
        {
            return $"npm does not give {Package} {Version}: {exception.Message}";
        }
    }

    private static async Task<(int Code, string Output)> RunNpmAsync(TimeSpan time, params string[] arguments)
    {
        var start = new ProcessStartInfo(Npm!, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        using var process = Process.Start(start)!;
        using var clock = new CancellationTokenSource(time);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(clock.Token);
            var errors = process.StandardError.ReadToEndAsync(clock.Token);
            await process.WaitForExitAsync(clock.Token).ConfigureAwait(false);
            return (process.ExitCode, await output.ConfigureAwait(false) + await errors.ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"'npm {arguments[0]}' took longer than {time.TotalSeconds:0} seconds.");
        }
    }

    private static string CacheFolder() =>
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } named ? named
        : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } home
        && !OperatingSystem.IsWindows()
            ? Path.Combine(home, ".cache")
        : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData) is { Length: > 0 } local ? local
        : Path.GetTempPath();

    private static string? FindOnPath(string name)
    {
        string[] files = OperatingSystem.IsWindows() ? [$"{name}.exe", $"{name}.cmd"] : [name];
        IEnumerable<string> folders = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(
            Path.PathSeparator,
            StringSplitOptions.RemoveEmptyEntries
        );
        return folders
            .SelectMany(folder => files.Select(file => Path.Combine(folder, file)))
            .FirstOrDefault(static file => File.Exists(file));
    }
}
