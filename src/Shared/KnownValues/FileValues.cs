namespace PolarPS;

/// <summary>Known values of files.</summary>
internal static class FileValues
{
    /// <summary>What a file is for.</summary>
    public static KnownList FileService { get; } =
        new()
        {
            { "downloadable", "Customers download it, with a benefit" },
            { "product_media", "An image of a product, up to 10 MB" },
            { "organization_avatar", "The image of an organization, up to 1 MB" },
            { "support_case_attachment", "Belongs to a support case" },
        };
}
