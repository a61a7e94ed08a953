namespace PolarPS.Commands;

/// <summary>
/// Reads the journal of a batch, be it in use or not: one object for each key, with its state. Needs no connection and sends nothing.
/// </summary>
[Cmdlet(VerbsCommon.Get, "PolarBatch")]
[OutputType(typeof(PolarBatchEntry))]
public sealed class GetPolarBatchCommand : ScreenCmdlet
{
    /// <summary>The journals.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Path of the journal that Invoke-PolarBatch wrote"
    )]
    [FilePath]
    [ValidateNotNullOrEmpty]
    [Alias("Path", "FullName")]
    public string[] Journal { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var path in Journal)
        {
            try
            {
                foreach (var file in SessionState.Path.GetResolvedProviderPathFromPSPath(path, out _))
                {
                    Write(file);
                }
            }
            catch (Exception exception)
                when (exception is IOException or UnauthorizedAccessException or SessionStateException)
            {
                WriteError(ErrorRecords.JournalUnreadable(exception, path));
            }
        }
    }

    private void Write(string file)
    {
        foreach (var key in BatchJournal.Read(file).Keys)
        {
            WriteObject(new PolarBatchEntry(key, file));
        }
    }
}
