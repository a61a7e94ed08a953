namespace PolarPS.Commands;

/// <summary>Ends a connection and forgets its token. Connections of other runspaces stay open there.</summary>
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

    /// <summary>Ends all connections of this runspace, and selects none.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (All)
        {
            ConnectionStore.DisconnectAll();
        }
        else if (Connection is null)
        {
            DisconnectSelected();
        }
        else if (Connection.Problem is { } problem)
        {
            ConnectionStore.DisconnectNothing();
            WriteError(problem);
        }
        else
        {
            Disconnect(Connection);
        }
    }

    private void DisconnectSelected()
    {
        Resolution resolution;
        try
        {
            resolution = ConnectionStore.Resolve();
        }
        catch (ArgumentException exception)
        {
            ConnectionStore.DisconnectNothing();
            WriteError(ErrorRecords.BadVariables(exception));
            return;
        }

        if (resolution.Connection is { HasEnded: false } selected)
        {
            Disconnect(selected);
        }
        else
        {
            ConnectionStore.DisconnectNothing();
            WriteError(ErrorRecords.NotConnected(resolution));
        }
    }

    private void Disconnect(PolarConnection connection)
    {
        var result = ConnectionStore.Disconnect(connection);
        WriteVerbose(
            result.BelongsToOther
                ? $"{connection} belongs to another runspace and stays open there. This runspace no longer uses it."
                : $"Disconnected: {connection}."
        );
        if (!result.WasUsed)
        {
            return;
        }

        if (connection.Side == PolarSide.Customer)
        {
            WriteVerbose("No customer's connection is selected now.");
            return;
        }

        const string NoneSelected = "No connection is selected now.";
        if (ConnectionStore.Visible.Any(other => other.Side == PolarSide.Seller))
        {
            WriteWarning($"{NoneSelected} Select one with Select-PolarConnection, or use -Connection.");
        }
        else if (EnvironmentVariables.MakeConnection)
        {
            WriteWarning(
                $"{NoneSelected} The environment variables are not used automatically; Connect-Polar reads them."
            );
        }
        else
        {
            WriteVerbose(NoneSelected);
        }
    }
}
