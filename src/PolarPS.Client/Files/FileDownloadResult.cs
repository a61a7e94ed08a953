namespace PolarPS.Client;

/// <summary>A file that arrived whole.</summary>
public sealed class FileDownloadResult
{
    internal FileDownloadResult(string path, long size, string checksum, bool checksumVerified)
    {
        Path = path;
        Size = size;
        ChecksumSha256Base64 = checksum;
        ChecksumVerified = checksumVerified;
    }

    /// <summary>Where it is now, as a full path.</summary>
    public string Path { get; }

    /// <summary>How many bytes it has.</summary>
    public long Size { get; }

    /// <summary>SHA-256 of what arrived, in base 64.</summary>
    public string ChecksumSha256Base64 { get; }

    /// <summary>Whether that was compared with the checksum that Polar has; false when none is known.</summary>
    public bool ChecksumVerified { get; }

    /// <summary>The path.</summary>
    /// <returns>The full path.</returns>
    public override string ToString() => Path;
}
