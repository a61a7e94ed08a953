namespace PolarPS.Client.Models;

/// <summary>
/// What a new file is. All is needed but <see cref="ChecksumSha256Base64"/>, <see cref="Version"/> and, mostly, <see
/// cref="OrganizationId"/>.
/// </summary>
public sealed class FileCreate : RequestBody
{
    /// <summary>
    /// What it is for: <c>downloadable</c>, <c>product_media</c> (images up to 10 MB), <c>organization_avatar</c> (images
    /// up to 1 MB), <c>support_case_attachment</c>.
    /// </summary>
    public string? Service
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The file's name.</summary>
    public string? Name
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>Its media type, such as <c>application/zip</c>.</summary>
    public string? MimeType
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>Its size in bytes.</summary>
    public long? Size
    {
        get => Get<long?>();
        set => Set(value);
    }

    /// <summary>SHA-256 of the whole content, in base 64; null for none.</summary>
    public string? ChecksumSha256Base64
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>A version name for yourself; null for none.</summary>
    public string? Version
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>How it is cut into parts.</summary>
    public FileUploadInput? Upload
    {
        get => Get<FileUploadInput?>();
        set => Set(value);
    }

    /// <summary>The organization that owns it. Needed with a user's token, refused with an organization's.</summary>
    public string? OrganizationId
    {
        get => Get<string?>();
        set => Set(value);
    }
}

/// <summary>How a new file is cut into parts.</summary>
public sealed class FileUploadInput : RequestBody
{
    /// <summary>The parts in order, at most 10,000. All but the last have at least 5 MiB.</summary>
    public IReadOnlyList<FileUploadPartInput>? Parts
    {
        get => Get<IReadOnlyList<FileUploadPartInput>?>();
        set => Set(value);
    }
}

/// <summary>One part of a new file.</summary>
public sealed class FileUploadPartInput : RequestBody
{
    /// <summary>Its number, from 1.</summary>
    public int? Number
    {
        get => Get<int?>();
        set => Set(value);
    }

    /// <summary>Its first byte, from 0.</summary>
    public long? ChunkStart
    {
        get => Get<long?>();
        set => Set(value);
    }

    /// <summary>The byte after its last.</summary>
    public long? ChunkEnd
    {
        get => Get<long?>();
        set => Set(value);
    }

    /// <summary>SHA-256 of its content, in base 64; null for none.</summary>
    public string? ChecksumSha256Base64
    {
        get => Get<string?>();
        set => Set(value);
    }
}

/// <summary>What to change of a file; only what is set is changed.</summary>
public sealed class FileUpdate : RequestBody
{
    /// <summary>The file's name.</summary>
    public string? Name
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>A version name for yourself.</summary>
    public string? Version
    {
        get => Get<string?>();
        set => Set(value);
    }
}

/// <summary>What was uploaded.</summary>
public sealed class FileUploadCompleted : RequestBody
{
    /// <summary>The upload's id, as it was given.</summary>
    public string? Id
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The file's path, as it was given.</summary>
    public string? Path
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>All parts, in order.</summary>
    public IReadOnlyList<FileUploadCompletedPart>? Parts
    {
        get => Get<IReadOnlyList<FileUploadCompletedPart>?>();
        set => Set(value);
    }
}

/// <summary>One part that was uploaded.</summary>
public sealed class FileUploadCompletedPart : RequestBody
{
    /// <summary>Its number, from 1.</summary>
    public int? Number
    {
        get => Get<int?>();
        set => Set(value);
    }

    /// <summary>The ETag that the store answered with.</summary>
    public string? ChecksumEtag
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>SHA-256 of the part, in base 64. For all parts or for none, where it is null.</summary>
    public string? ChecksumSha256Base64
    {
        get => Get<string?>();
        set => Set(value);
    }
}
