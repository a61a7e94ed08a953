namespace PolarPS.Commands;

/// <summary>Selects the connection that cmdlets use when -Connection is not given.</summary>
[Cmdlet(VerbsCommon.Select, "PolarConnection")]
[OutputType(typeof(PolarConnection))]
public sealed class SelectPolarConnectionCommand : ScreenCmdlet
{
    /// <summary>The connection, or its name.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = "Name of a connection, as Get-PolarConnection shows it"
    )]
    [PolarConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [Alias("Name")]
    public PolarConnection Connection { get; set; } = null!;

    /// <summary>Writes the connection.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Connection.Problem is { } problem)
        {
            WriteError(problem);
            return;
        }

        if (!ConnectionStore.Select(Connection))
        {
            WriteError(ErrorRecords.UnknownConnection(Connection.Name));
            return;
        }

        if (PassThru)
        {
            WriteObject(Connection);
        }
    }
}
