namespace PolarPS.Commands;

/// <summary>
/// For paths as text, which may have wildcards, and for what Get-ChildItem and Get-Item give, whose names may have brackets in them
/// that are none. Other objects are refused, and do not become paths.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FilePathAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = PSValue.ValueOrCustom(inputData);
        return value is null ? null
            : PSValue.Items(value) is { } items ? items.Select(PathOf).ToArray()
            : PathOf(inputData);
    }

    private static string PathOf(object? item) =>
        PSValue.ValueOrCustom(item) switch
        {
            string text => text,
            FileSystemInfo file => WildcardPattern.Escape(file.FullName),
            // A copy of one, as Select-Object makes it.
            PSObject copy when PSValue.Property(copy, nameof(FileSystemInfo.FullName)) is string full =>
                WildcardPattern.Escape(full),
            _ => throw new RefusedArgumentException(
                $"{ValueText.Given(item)} is not the path of a file, and no file from Get-ChildItem or Get-Item."
            ),
        };
}
