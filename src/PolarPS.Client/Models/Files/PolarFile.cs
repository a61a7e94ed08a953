namespace PolarPS.Client.Models;

/// <summary>A file that Polar stores, such as a product's image.</summary>
public sealed class PolarFile : PolarObject
{
    /// <summary>The file's id, a UUID.</summary>
    public string? Id { get; set; }

    /// <summary>The file's name.</summary>
    public string? Name { get; set; }

    /// <summary>What it is for: <c>product_media</c>, <c>downloadable</c>, <c>organization_avatar</c>, <c>support_case_attachment</c>.</summary>
    public string? Service { get; set; }

    /// <summary>Its media type, such as <c>image/webp</c>.</summary>
    public string? MimeType { get; set; }

    /// <summary>Its size in bytes.</summary>
    public long? Size { get; set; }

    /// <summary>Its size for people, such as <c>184.3 KB</c>.</summary>
    public string? SizeReadable { get; set; }

    /// <summary>The public address; null for files that are not public.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>Its path in the store.</summary>
    public string? Path { get; set; }

    /// <summary>The version that the store gave it; null if none.</summary>
    public string? StorageVersion { get; set; }

    /// <summary>The store's own checksum; null if none.</summary>
    public string? ChecksumEtag { get; set; }

    /// <summary>SHA-256 of the content, in base 64; null if not known.</summary>
    public string? ChecksumSha256Base64 { get; set; }

    /// <summary>SHA-256 of the content, in hexadecimal; null if not known.</summary>
    public string? ChecksumSha256Hex { get; set; }

    /// <summary>When the content last changed; null if not known.</summary>
    public DateTimeOffset? LastModifiedAt { get; set; }

    /// <summary>A version name given by the uploader; null for none.</summary>
    public string? Version { get; set; }

    /// <summary>Whether the upload was completed.</summary>
    public bool? IsUploaded { get; set; }

    /// <summary>When it was found to be harmful; null if it was not, or for files that customers do not download.</summary>
    public DateTimeOffset? FlaggedMaliciousAt { get; set; }

    /// <summary>How many customers or members have loaded it. Among a benefit's files only; else null.</summary>
    public int? Downloaders { get; set; }

    /// <summary>How often it was loaded. Among a benefit's files only; else null.</summary>
    public int? Downloads { get; set; }

    /// <summary>Where its parts go. Only right after creating it; else null.</summary>
    public FileUpload? Upload { get; set; }

    /// <summary>Where it can be downloaded. Among the files of the customer portal only; else null.</summary>
    public FileDownload? Download { get; set; }

    /// <summary>The id of the organization that owns it.</summary>
    public string? OrganizationId { get; set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>The file's name.</summary>
    /// <returns>The name, or the id where there is none.</returns>
    private protected override string Describe() => Name ?? Id ?? string.Empty;
}
