namespace PolarPS.Commands;

/// <summary>Where files are to be written.</summary>
internal static class FilePaths
{
    /// <summary>The whole path of a file or folder, which need not exist.</summary>
    /// <returns>Null for one that is not of the file system.</returns>
    public static string? FullPathOf(PSCmdlet cmdlet, string path)
    {
        try
        {
            var full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            return provider.Name == "FileSystem" ? full : null;
        }
        catch (Exception exception) when (exception is SessionStateException or NotSupportedException)
        {
            return null;
        }
    }
}
