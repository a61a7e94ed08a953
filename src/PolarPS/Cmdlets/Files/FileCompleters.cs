namespace PolarPS.Commands;

/// <summary>Completes what files are for.</summary>
public sealed class FileServiceCompleter() : KnownValuesCompleter(FileValues.FileService);
