using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace PolarPS;

/// <summary>The user's browser.</summary>
internal static class Browser
{
    /// <summary>Opens a page in it.</summary>
    /// <param name="address">An address of http or https.</param>
    /// <returns>false where there is none, as on a server, or where it could not be started.</returns>
    public static bool Open(Uri address)
    {
        if (address.Scheme is not ("https" or "http") || !HasScreen())
        {
            return false;
        }

        try
        {
            // Percent-encoded, an address has no space and no quote in it.
            using var process = Process.Start(
                RuntimeInformation.IsOSPlatform(OSPlatform.Windows)
                    ? new ProcessStartInfo(address.AbsoluteUri) { UseShellExecute = true }
                    : new ProcessStartInfo(
                        RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? "open" : "xdg-open",
                        address.AbsoluteUri
                    )
                    {
                        UseShellExecute = false,
                        RedirectStandardOutput = true,
                        RedirectStandardError = true,
                    }
            );
            return true;
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException)
        {
            // No such program.
            return false;
        }
    }

    private static bool HasScreen()
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            return Environment.UserInteractive;
        }

        return RuntimeInformation.IsOSPlatform(OSPlatform.OSX)
            ? Environment.GetEnvironmentVariable("SSH_CONNECTION") is null
            : !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("DISPLAY"))
                || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("WAYLAND_DISPLAY"));
    }
}
