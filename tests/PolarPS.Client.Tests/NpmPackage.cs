using System.ComponentModel;
using System.Diagnostics;

namespace PolarPS.Client.Tests;

/// <summary>
/// A package as npm gives it, in a folder of the user's own that outlives the tests and is no part of the repository. The
/// version is fixed, so that what is accepted changes only on purpose.
/// </summary>
internal sealed class NpmPackage
{
    private static readonly TimeSpan InstallTime = TimeSpan.FromMinutes(4);

    private readonly string _package;
    private readonly string _folder;
    private readonly string _file;
    private readonly Lazy<string?> _reason;

    /// <param name="name">The package.</param>
    /// <param name="version">Its version.</param>
    /// <param name="folder">A name for its folder, such as prism.</param>
    /// <param name="file">A file of the package that is there when it is installed.</param>
    public NpmPackage(string name, string version, string folder, string file)
    {
        _package = $"{name}@{version}";
        _folder = Path.Combine(CacheFolder(), "PolarPS", "tests", $"{folder}-{version}");
        _file = Path.Combine(["node_modules", .. name.Split('/'), .. file.Split('/')]);
        _reason = new Lazy<string?>(FindSkipReason);
    }

    /// <summary>What runs its scripts; null where there is none.</summary>
    public static string? Node { get; } = FindOnPath("node");

    /// <summary>Why it is not available; null when it is installed, or can be.</summary>
    public string? SkipReason => _reason.Value;

    /// <summary>The folder into which it is installed.</summary>
    public string Folder => _folder;

    /// <summary>The file that was named for it.</summary>
    private string File => Path.Combine(_folder, _file);

    private static string? Npm { get; } = FindOnPath("npm");

    private static string? SystemCertificates { get; } =
        new[]
        {
            "/etc/ssl/certs/ca-certificates.crt",
            "/etc/pki/tls/certs/ca-bundle.crt",
            "/etc/ssl/cert.pem",
        }.FirstOrDefault(System.IO.File.Exists);

    /// <summary>Installs it where it is not yet.</summary>
    /// <returns>The file that was named for it.</returns>
    public async Task<string> EnsureAsync()
    {
        if (IsInstalled)
        {
            return File;
        }

        // Under its final name only when whole.
        var partial = $"{_folder}.{Guid.NewGuid():N}";
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
                _package,
            ];
            var run = await RunNpmAsync(arguments);
            if (run.Code != 0 || !System.IO.File.Exists(Path.Combine(partial, _file)))
            {
                throw new InvalidOperationException(
                    $"npm could not install {_package} (code {run.Code}):{Environment.NewLine}{run.Text}"
                );
            }

            Directory.Move(partial, _folder);
        }
        catch (IOException) when (IsInstalled)
        {
            // Another process was faster.
        }
        finally
        {
            if (Directory.Exists(partial))
            {
                Directory.Delete(partial, recursive: true);
            }
        }

        return File;
    }

    private bool IsInstalled => System.IO.File.Exists(File);

    private string? FindSkipReason()
    {
        if (Node is null)
        {
            return "node is not on the PATH; what npm installs needs it.";
        }

        if (IsInstalled)
        {
            return null;
        }

        if (Npm is null)
        {
            return $"npm is not on the PATH; {_package} cannot be installed.";
        }

        // Only when it is there is it certain: a registry may know a package and yet not give it.
        try
        {
            EnsureAsync().GetAwaiter().GetResult();
            return null;
        }
        catch (Exception exception)
            when (exception is InvalidOperationException or TimeoutException or Win32Exception or IOException)
        {
            return $"npm does not give {_package}: {exception.Message.Trim().ReplaceLineEndings(" ")}";
        }
    }

    private static Task<ProgramRun> RunNpmAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Npm!, arguments) { WorkingDirectory = Path.GetTempPath() };
        // node has certificates of its own; where a proxy has one that only the system trusts, npm is to trust it too.
        if (SystemCertificates is { } certificates)
        {
            start.Environment.TryAdd("NODE_EXTRA_CA_CERTS", certificates);
        }

        return ProgramRun.ToEndAsync(start, InstallTime);
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
            .FirstOrDefault(System.IO.File.Exists);
    }
}
