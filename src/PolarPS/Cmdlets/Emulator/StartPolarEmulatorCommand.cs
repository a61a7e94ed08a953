namespace PolarPS.Commands;

/// <summary>
/// Starts a local Polar in this process and connects to it. Serves no operation of the API; the emulator serves them all.
/// </summary>
[Cmdlet(VerbsLifecycle.Start, "PolarEmulator", SupportsShouldProcess = true)]
[OutputType(typeof(PolarEmulatorInstance))]
public sealed class StartPolarEmulatorCommand : ScreenCmdlet
{
    /// <summary>The emulator's name, and that of the connection to it; those of the same name are replaced.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = ConnectionFactory.Emulator;

    /// <summary>Ids, token and data follow from it: the same number gives the same shop. Without it, the token differs each time.</summary>
    [Parameter]
    [WholeNumber(CanBeNegative = true)]
    public int Seed { get; set; } = 1;

    /// <summary>Starts with an organization and nothing else.</summary>
    [Parameter]
    public SwitchParameter Empty { get; set; }

    /// <summary>How many generated products there are besides, for long lists.</summary>
    [Parameter]
    [WholeNumber]
    [ValidateRange(0, 1000000)]
    public int ProductCount { get; set; }

    /// <summary>What its clock shows at first; without it the computer's time. 1 August 2025 or later.</summary>
    [Parameter]
    [Instant]
    public DateTimeOffset StartTime { get; set; }

    /// <summary>Freezes its clock until Set-PolarEmulator moves it.</summary>
    [Parameter]
    public SwitchParameter FreezeClock { get; set; }

    /// <summary>What the token may do, such as products:read; without it everything.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ScopeCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Scope { get; set; } = [];

    /// <summary>What goes wrong on purpose: hashtables, each a rule.</summary>
    [Parameter]
    [EntriesList]
    [ValidateNotNull]
    public IDictionary[] Fault { get; set; } = [];

    /// <summary>The minimum duration of each response.</summary>
    [Parameter]
    [WholeNumber]
    [ValidateRange(0, 600000)]
    public int LatencyMilliseconds { get; set; }

    /// <summary>How many requests a caller may send a minute before it is told to wait.</summary>
    [Parameter]
    [WholeNumber]
    [ValidateRange(1, int.MaxValue)]
    public int RateLimitPerMinute { get; set; }

    /// <summary>Limits requests as Polar does: some operations more strictly, and tokens that it has not seen before.</summary>
    [Parameter]
    public SwitchParameter PolarRateLimit { get; set; }

    /// <summary>A port of this computer on which other programs reach it; 0 for any that is free.</summary>
    [Parameter]
    [WholeNumber]
    [ValidateRange(0, 65535)]
    public int Port { get; set; }

    /// <summary>Creates no connection to it.</summary>
    [Parameter]
    public SwitchParameter NoConnect { get; set; }

    /// <summary>How many seconds one attempt of a request may take.</summary>
    [Parameter]
    [WholeNumber]
    [ValidateRange(1, 3600)]
    public int AttemptTimeoutSeconds { get; set; } = (int)TransportLimits.Default.AttemptTimeout.TotalSeconds;

    /// <summary>How many seconds a request may take over all attempts and waits.</summary>
    [Parameter]
    [WholeNumber]
    [ValidateRange(1, 86400)]
    public int TotalTimeoutSeconds { get; set; } = (int)TransportLimits.Default.TotalTimeout.TotalSeconds;

    /// <summary>How often a request may be sent again after a fault; 0 for never.</summary>
    [Parameter]
    [WholeNumber]
    [ValidateRange(0, 20)]
    public int MaximumRetryCount { get; set; } = TransportLimits.Default.MaximumRetryCount;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!ShouldProcess($"emulator '{Name}'", "Start"))
        {
            return;
        }

        PolarEmulatorInstance emulator;
        try
        {
            emulator = PolarEmulatorInstance.Start(Name, Settings());
            // Only now, when there is nothing wrong with the new one; the one before may have the port that is wanted.
            if (EmulatorStore.FindOwn(Name) is { } earlier)
            {
                EmulatorStore.Stop(earlier);
                WriteVerbose($"Stopped the previous emulator named '{Name}'.");
            }

            if (IsBound(nameof(Port)))
            {
                emulator.Open(Port);
            }
        }
        catch (ArgumentException exception)
        {
            ThrowTerminatingError(ErrorRecords.InvalidArgument(exception, new ErrorSubject("emulator", Name)));
            return;
        }

        EmulatorStore.Add(emulator);
        if (!NoConnect)
        {
            var limits = new TransportLimits(
                TimeSpan.FromSeconds(AttemptTimeoutSeconds),
                TimeSpan.FromSeconds(TotalTimeoutSeconds),
                MaximumRetryCount
            );
            ConnectionStore.Add(ConnectionFactory.Create(emulator, limits));
        }

        WriteObject(emulator);
    }

    private EmulatorSettings Settings() =>
        new()
        {
            Seed = IsBound(nameof(Seed)) ? Seed : null,
            Empty = Empty,
            ProductCount = ProductCount,
            StartTime = IsBound(nameof(StartTime)) ? StartTime : null,
            FreezeClock = FreezeClock,
            Scopes = Scope,
            Faults = Fault,
            LatencyMilliseconds = LatencyMilliseconds,
            RateLimitPerMinute = IsBound(nameof(RateLimitPerMinute)) ? RateLimitPerMinute : null,
            PolarRateLimit = PolarRateLimit,
        };
}
