namespace PolarPS.Client.Models;

/// <summary>Where the parts of a new file go.</summary>
public sealed class FileUpload : PolarObject
{
    /// <summary>The upload's id, in the store's own form.</summary>
    public string? Id { get; set; }

    /// <summary>The file's path in the store.</summary>
    public string? Path { get; set; }

    /// <summary>The parts, in order.</summary>
    public PolarList<FileUploadPart>? Parts { get; set; }

    /// <summary>The path.</summary>
    /// <returns>The path, or the id where there is none.</returns>
    private protected override string Describe() => Path ?? Id ?? string.Empty;
}

/// <summary>Where one part of a new file goes.</summary>
public sealed class FileUploadPart : PolarObject
{
    /// <summary>Its number, from 1.</summary>
    public int? Number { get; set; }

    /// <summary>Its first byte, from 0.</summary>
    public long? ChunkStart { get; set; }

    /// <summary>The byte after its last.</summary>
    public long? ChunkEnd { get; set; }

    /// <summary>SHA-256 of its content, in base 64; null for none.</summary>
    public string? ChecksumSha256Base64 { get; set; }

    /// <summary>Where to upload it, without the token. A secret while it works.</summary>
    public string? Url { get; set; }

    /// <summary>When the address ceases to work.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>The headers to send with it, exactly these.</summary>
    public PolarDictionary<string>? Headers { get; set; }

    /// <summary>Which part it is; never the address.</summary>
    /// <returns>Such as <c>part 1</c>.</returns>
    private protected override string Describe() => $"part {Number}";
}
