namespace PolarPS.Commands;

/// <summary>
/// Takes files that know where they can be downloaded: files, what a customer may download, or ids of files that are public.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FileToSaveAttribute : ArgumentTransformationAttribute
{
    private static readonly PolarIdAttribute Id = new(typeof(PolarFile)) { IdOnly = true };

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = PSValue.ValueOrCustom(inputData);
        return value is null ? null
            : PSValue.Items(value) is { } items ? items.Select(item => FileOf(engineIntrinsics, item)).ToArray()
            : new[] { FileOf(engineIntrinsics, inputData) };
    }

    private static PolarFile FileOf(EngineIntrinsics engine, object? item) =>
        PSValue.ValueOnly(item) switch
        {
            PolarFile file => file,
            Downloadable { File: { } file } => file,
            // Without an address, which is looked for later.
            _ => new PolarFile { Id = (string)Id.Transform(engine, item)! },
        };
}
