namespace PolarPS.Commands;

/// <summary>
/// Moves an emulator's clock, sets faults, or resets everything. Serves no operation of the API.
/// </summary>
[Cmdlet(VerbsCommon.Set, "PolarEmulator", SupportsShouldProcess = true, DefaultParameterSetName = ConnectionSet)]
[OutputType(typeof(PolarEmulatorInstance))]
public sealed class SetPolarEmulatorCommand : EmulatorCmdlet
{
    private readonly List<(string Text, Action<PolarEmulatorInstance> Do)> _changes = [];

    /// <summary>Resets everything to the start: shop, ids, time, faults and limits. Applied before all else.</summary>
    [Parameter]
    public SwitchParameter Reset { get; set; }

    /// <summary>Moves the clock forward by this much; whatever is due in between happens.</summary>
    [Parameter]
    [DurationTransformation]
    public TimeSpan Advance { get; set; }

    /// <summary>Moves the clock forward to this time; what falls due on the way happens.</summary>
    [Parameter]
    [Instant]
    public DateTimeOffset Now { get; set; }

    /// <summary>Freezes the clock until it is moved; with :$false it runs again.</summary>
    [Parameter]
    public SwitchParameter FreezeClock { get; set; }

    /// <summary>What goes wrong on purpose from now on, in place of what did: hashtables, each a rule.</summary>
    [Parameter]
    [EntriesList]
    [ValidateNotNull]
    public IDictionary[] Fault { get; set; } = [];

    /// <summary>What goes wrong besides.</summary>
    [Parameter]
    [EntriesList]
    [ValidateNotNull]
    public IDictionary[] AddFault { get; set; } = [];

    /// <summary>Removes all fault rules.</summary>
    [Parameter]
    public SwitchParameter ClearFault { get; set; }

    /// <summary>The minimum duration of each response.</summary>
    [Parameter]
    [WholeNumber]
    [ValidateRange(0, 600000)]
    public int LatencyMilliseconds { get; set; }

    /// <summary>How many requests a caller may send a minute; $null for no limit. Restarts the count.</summary>
    [Parameter]
    [WholeNumber(OrNull = true)]
    [AllowNull]
    public int? RateLimitPerMinute { get; set; }

    /// <summary>Clears the request log.</summary>
    [Parameter]
    public SwitchParameter ClearRequest { get; set; }

    /// <summary>Waits until every webhook that is due was delivered, or was tried to.</summary>
    [Parameter]
    public SwitchParameter WaitForWebhook { get; set; }

    /// <summary>Writes the emulator.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (IsBound(nameof(Advance)) && IsBound(nameof(Now)))
        {
            throw Contradiction("-Advance and -Now both move the clock: use only one of them.");
        }

        if (IsBound(nameof(Fault)) && (IsBound(nameof(AddFault)) || ClearFault))
        {
            throw Contradiction("-Fault replaces all rules: do not combine it with -AddFault or -ClearFault.");
        }

        if (RateLimitPerMinute < 1)
        {
            throw Contradiction("-RateLimitPerMinute must be 1 or more; $null removes the limit.");
        }

        When(Reset, "Reset", ResetShop);
        When(ClearFault, "Clear faults", emulator => emulator.ReplaceFaults([]));
        When(
            IsBound(nameof(Fault)),
            $"Replace all faults with {Fault.Length}",
            emulator => emulator.ReplaceFaults(Fault)
        );
        When(IsBound(nameof(AddFault)), $"Add {AddFault.Length} faults", emulator => emulator.AddFaults(AddFault));
        When(
            IsBound(nameof(LatencyMilliseconds)),
            $"Delay each answer by {LatencyMilliseconds} ms",
            emulator => emulator.SetLatency(LatencyMilliseconds)
        );
        When(
            IsBound(nameof(RateLimitPerMinute)),
            RateLimitPerMinute is { } limit ? $"Limit to {limit} requests a minute" : "Remove the rate limit",
            emulator => emulator.SetRateLimit(RateLimitPerMinute)
        );
        When(
            IsBound(nameof(FreezeClock)),
            FreezeClock ? "Freeze the clock" : "Let the clock run",
            emulator => emulator.Freeze(FreezeClock)
        );
        When(
            IsBound(nameof(Advance)),
            $"Advance the clock by {Advance}",
            emulator => Move(emulator, () => emulator.Advance(Advance))
        );
        When(
            IsBound(nameof(Now)),
            $"Advance the clock to {DateReader.Text(Now)}",
            emulator => Move(emulator, () => emulator.AdvanceTo(Now))
        );
        When(
            WaitForWebhook,
            "Wait for webhooks",
            emulator =>
                Await(async token =>
                {
                    var delivered = emulator.DeliverWebhooksAsync();
                    await Task.WhenAny(delivered, Task.Delay(-1, token)).ConfigureAwait(false);
                    token.ThrowIfCancellationRequested();
                })
        );
        When(ClearRequest, "Clear the request log", emulator => emulator.ForgetRequests());
    }

    internal override void ProcessInput()
    {
        if (FindEmulator() is not { } emulator)
        {
            return;
        }

        var subject = new ErrorSubject("emulator", emulator.Name);
        if (!emulator.IsRunning)
        {
            WriteError(ErrorRecords.EmulatorStopped(emulator.Name));
            return;
        }

        if (_changes.Count == 0 && !PassThru)
        {
            WriteError(ErrorRecords.NothingToChange(subject));
            return;
        }

        if (
            _changes.Count > 0
            && !ShouldProcess(Describe(emulator), string.Join("; ", _changes.Select(change => change.Text)))
        )
        {
            return;
        }

        Try(
            subject,
            () =>
            {
                foreach (var (_, change) in _changes)
                {
                    change(emulator);
                }

                if (PassThru)
                {
                    WriteObject(emulator);
                }
            }
        );
    }

    private static void ResetShop(PolarEmulatorInstance emulator)
    {
        emulator.Reset();
        foreach (var connection in ConnectionsTo(emulator))
        {
            connection.Seen.Clear();
        }
    }

    private static IEnumerable<PolarConnection> ConnectionsTo(PolarEmulatorInstance emulator) =>
        ConnectionStore.All.Where(connection => connection.LeadsTo(emulator));

    private void Move(PolarEmulatorInstance emulator, Action move)
    {
        Await(token => Task.Run(move, token));
        foreach (var connection in ConnectionsTo(emulator))
        {
            connection.Seen.Outdate();
        }
    }

    private void When(bool wanted, string text, Action<PolarEmulatorInstance> change)
    {
        if (wanted)
        {
            _changes.Add((text, change));
        }
    }

    private PipelineStoppedException Contradiction(string message)
    {
        ThrowTerminatingError(
            ErrorRecords.InvalidArgument(new ArgumentException(message), new ErrorSubject("emulator"))
        );
        return new PipelineStoppedException();
    }
}
