using System.Management.Automation;

namespace PolarPS.Commands;

/// <summary>Forgets a connection and its token.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "Polar")]
[OutputType(typeof(void))]
public sealed class DisconnectPolarCommand : ScreenCmdlet
{
    /// <summary>The connection, or its name; without it the one selected.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [PolarConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [Alias("Name")]
    [ValidateNotNull]
    public PolarConnection? Connection { get; set; }

    /// <summary>Forgets all connections.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (All)
        {
            ConnectionStore.Clear();
            return;
        }

        if ((Connection ?? ConnectionStore.Default) is PolarConnection known)
        {
            ConnectionStore.Remove(known);
        }
        else
        {
            WriteError(ErrorRecords.NotConnected());
        }
    }
}
