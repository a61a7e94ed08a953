namespace PolarPS.Commands;

/// <summary>Stops emulators, closes their ports, and removes the connections to them. Serves no operation of the API.</summary>
[Cmdlet(VerbsLifecycle.Stop, "PolarEmulator", SupportsShouldProcess = true, DefaultParameterSetName = ConnectionSet)]
[OutputType(typeof(void))]
public sealed class StopPolarEmulatorCommand : EmulatorCmdlet
{
    /// <summary>Stops all that were started in this runspace, or in one that it started and that has ended.</summary>
    [Parameter(ParameterSetName = "All", Mandatory = true, HelpMessage = HelpMessages.Switch)]
    public SwitchParameter All { get; set; }

    internal override void ProcessInput()
    {
        if (ParameterSetName != "All")
        {
            Try(
                new ErrorSubject("emulator"),
                () =>
                {
                    if (FindEmulator() is { } one)
                    {
                        Stop(one);
                    }
                }
            );
        }
        else if (All)
        {
            foreach (var emulator in EmulatorStore.LeftToClear)
            {
                Stop(emulator);
            }
        }
    }

    private void Stop(PolarEmulatorInstance emulator)
    {
        if (!emulator.IsRunning)
        {
            WriteVerbose($"The emulator '{emulator.Name}' is already stopped.");
        }
        else if (!ShouldProcess(Describe(emulator), "Stop"))
        {
            return;
        }
        else if (ConnectionStore.BelongsToOther(emulator.Owner))
        {
            ConnectionStore.Leave(emulator);
            WriteWarning(
                $"The emulator '{emulator.Name}' belongs to another runspace and keeps running there. This runspace no longer uses it."
            );
        }
        else
        {
            EmulatorStore.Stop(emulator);
        }
    }
}
