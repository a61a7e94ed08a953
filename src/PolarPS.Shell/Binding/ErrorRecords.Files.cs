namespace PolarPS.Commands;

// What concerns files that are uploaded, and files that have no address.
internal static partial class ErrorRecords
{
    /// <summary>A file of this computer that cannot be uploaded, because it cannot be read, or changed meanwhile.</summary>
    public static ErrorRecord FileUnreadable(Exception exception, string path) =>
        Create(
            exception,
            "PolarFileUnreadable",
            exception is FileNotFoundException or DirectoryNotFoundException
                ? ErrorCategory.ObjectNotFound
                : ErrorCategory.ReadError,
            path,
            "Nothing was added to Polar. Check the path and the permissions, and that no program is writing to the file."
        );

    /// <summary>A path that leads to no file.</summary>
    public static ErrorRecord NoFileAt(string path, string why) =>
        FileUnreadable(new FileNotFoundException($"'{path}' {why}."), path);

    /// <summary>One name for several files.</summary>
    public static ErrorRecord NameForSeveral(string name) =>
        Create(
            new ArgumentException($"-Name '{name}' is for one file, and there are several."),
            "PolarInvalidArgument",
            ErrorCategory.InvalidArgument,
            name,
            "Omit -Name, so that each file has its own name, or upload one file at a time."
        );

    /// <summary>A file that Polar gives no address for.</summary>
    public static ErrorRecord NotDownloadable(ErrorSubject subject, string? service) =>
        Create(
            new InvalidOperationException(
                $"Polar gives no address to download the {subject.Kind} '{subject.Target}' from."
            ),
            "PolarFileNotDownloadable",
            ErrorCategory.InvalidOperation,
            subject.Target,
            service == "downloadable"
                ? "Only customers download it, in the customer portal: pipe what Get-PolarPortalDownloadable gives to Save-PolarFile."
                : "Only images of products and organizations have a public address."
        );
}
