using System.Management.Automation;

namespace PolarPS.Commands;

/// <summary>Ends emulators, closes their ports, and forgets the connections to them. Serves no operation of the API.</summary>
[Cmdlet(VerbsLifecycle.Stop, "PolarEmulator", SupportsShouldProcess = true, DefaultParameterSetName = ConnectionSet)]
[OutputType(typeof(void))]
public sealed class StopPolarEmulatorCommand : EmulatorCmdlet
{
    /// <summary>Stops all that Start-PolarEmulator has started.</summary>
    [Parameter(ParameterSetName = "All", Mandatory = true)]
    public SwitchParameter All { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName != "All")
        {
            if (FindEmulator() is { } one)
            {
                Stop(one);
            }
        }
        else if (All)
        {
            foreach (var emulator in EmulatorStore.All)
            {
                Stop(emulator);
            }
        }
    }

    private void Stop(PolarEmulatorInstance emulator)
    {
        if (!emulator.IsRunning)
        {
            WriteVerbose($"The emulator '{emulator.Name}' has been stopped already.");
        }
        else if (ShouldProcess(Describe(emulator), "Stop"))
        {
            EmulatorStore.Stop(emulator);
        }
    }
}
