namespace PolarPS.Commands;

/// <summary>The base of the cmdlets that work on an existing emulator.</summary>
public abstract class EmulatorCmdlet : PolarCmdlet
{
    /// <summary>The parameter set that names an emulator.</summary>
    protected const string EmulatorSet = "Emulator";

    /// <summary>The parameter set that names a connection, or nothing.</summary>
    protected const string ConnectionSet = "Connection";

    /// <summary>The emulator, its name, or a connection to it.</summary>
    [Parameter(
        ParameterSetName = EmulatorSet,
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = "Name of an emulator, or of a connection to it"
    )]
    [PolarEmulatorTransformation]
    [ArgumentCompleter(typeof(EmulatorCompleter))]
    [Alias("Name")]
    [ValidateNotNull]
    public PolarEmulatorInstance? Emulator { get; set; }

    /// <summary>A connection to the emulator, or its name; without it the one selected.</summary>
    [Parameter(ParameterSetName = ConnectionSet)]
    [PolarConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNull]
    public override PolarConnection? Connection { get; set; }

    /// <summary>The emulator. Null, with an error written, if the connection leads elsewhere.</summary>
    internal PolarEmulatorInstance? FindEmulator()
    {
        if (Emulator is not null)
        {
            return Emulator;
        }

        ForgetConnection();
        if (EmulatorStore.Behind(UsedConnection) is { } emulator)
        {
            return emulator;
        }

        WriteError(
            ErrorRecords.InvalidArgument(
                new ArgumentException(
                    $"The connection {UsedConnection} does not belong to an emulator in this process."
                ),
                new ErrorSubject("connection", UsedConnection.Name)
            )
        );
        return null;
    }

    internal static string Describe(PolarEmulatorInstance emulator) =>
        emulator.Url is { } url ? $"emulator '{emulator.Name}' at {url}" : $"emulator '{emulator.Name}'";
}
