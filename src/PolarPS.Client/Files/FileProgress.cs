namespace PolarPS.Client;

/// <summary>What a transfer is busy with.</summary>
public enum FileTransferStage
{
    /// <summary>The file is read for its checksums, before anything is sent.</summary>
    Hashing,

    /// <summary>The content travels.</summary>
    Transferring,
}

/// <summary>How far a transfer has got.</summary>
public sealed class FileProgress
{
    internal FileProgress(FileTransferStage stage, long bytes, long? totalBytes, int parts, int totalParts)
    {
        Stage = stage;
        Bytes = bytes;
        TotalBytes = totalBytes;
        Parts = parts;
        TotalParts = totalParts;
    }

    /// <summary>What it is busy with.</summary>
    public FileTransferStage Stage { get; }

    /// <summary>The bytes that are done in this stage. What had to be sent again counts once.</summary>
    public long Bytes { get; }

    /// <summary>The total size; null for a download of unknown size.</summary>
    public long? TotalBytes { get; }

    /// <summary>The parts that are done in this stage; a download is a single one.</summary>
    public int Parts { get; }

    /// <summary>All parts.</summary>
    public int TotalParts { get; }

    /// <summary>Stage and bytes.</summary>
    /// <returns>Such as <c>Transferring 5242880 of 10485760</c>.</returns>
    public override string ToString() =>
        TotalBytes is { } total
            ? string.Format(CultureInfo.InvariantCulture, "{0} {1} of {2}", Stage, Bytes, total)
            : string.Format(CultureInfo.InvariantCulture, "{0} {1}", Stage, Bytes);
}
