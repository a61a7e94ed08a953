namespace PolarPS.Commands;

/// <summary>
/// Runs a block for each input and keeps a journal of what it sends, so that the same command goes on where it was after a crash or
/// Ctrl+C: nothing is done twice, and nothing is left out. Serves every operation that the block calls, and organizations:list.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "PolarBatch", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PSObject))]
public sealed class InvokePolarBatchCommand : PolarCmdlet
{
    private readonly List<PSObject> _inputs = [];
    private readonly HashSet<string> _ran = new(StringComparer.Ordinal);
    private BatchTally? _tally;
    private BlockRunner? _runner;

    /// <summary>The file of the journal; it is created if it is missing, and continued if it exists.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "Path of the journal, in a folder that exists")]
    [ValidateNotNullOrEmpty]
    public string Journal { get; set; } = string.Empty;

    /// <summary>Gives the key of an input, which is $_: a text or number that no other input has.</summary>
    [Parameter(Mandatory = true, HelpMessage = "Block that gives the key of $_, such as { $_.id }")]
    [ValidateNotNull]
    public ScriptBlock Key { get; set; } = ScriptBlock.Create(string.Empty);

    /// <summary>What to do for an input, which is $_.</summary>
    [Parameter(Mandatory = true, HelpMessage = "Block to run for $_")]
    [ValidateNotNull]
    public ScriptBlock Process { get; set; } = ScriptBlock.Create(string.Empty);

    /// <summary>The inputs.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, HelpMessage = "Object to run the block for")]
    [ValidateNotNull]
    public PSObject InputObject { get; set; } = new();

    /// <summary>The key of metadata that carries the marks by which requests without an answer are found.</summary>
    [Parameter]
    [ValidateLength(1, 40)]
    public string MarkerName { get; set; } = "polarps_batch";

    /// <summary>Marks nothing.</summary>
    [Parameter]
    public SwitchParameter NoMarker { get; set; }

    /// <summary>How many seconds after a request without an answer something that is not found is not there.</summary>
    [Parameter]
    [WholeNumber]
    [ValidateRange(0, 3600)]
    public int SettleSeconds { get; set; } = 30;

    /// <summary>Goes on with a journal that another block has begun.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    internal override void ProcessInput() => _inputs.Add(InputObject);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        try
        {
            RunAll();
        }
        catch (CmdletEndedException) { }

        base.EndProcessing();
    }

    private void RunAll()
    {
        if (OpenBatch.Look().Open is not null)
        {
            End(ErrorRecords.BatchWithinBatch());
        }

        var path = FilePaths.FullPathOf(this, Journal);
        if (path is null)
        {
            End(ErrorRecords.NoFilePath(Journal));
        }

        _runner = new BlockRunner(this);
        try
        {
            if (IsWhatIf)
            {
                var journal = File.Exists(path) ? BatchJournal.Read(path!) : null;
                _inputs.ForEach(input => Do(input, journal, null, path!));
                return;
            }

            using (var journal = BatchJournal.Open(path!, Header(), Force))
            {
                using var run = new BatchRun(journal, TimeSpan.FromSeconds(SettleSeconds));
                _tally = new BatchTally(this, UsedConnection.BaseAddress, _inputs.Count);
                foreach (var input in _inputs)
                {
                    _tally.Show(run.Sent);
                    Do(input, journal, run, path!);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            End(ErrorRecords.JournalUnusable(exception, Journal));
        }
        finally
        {
            _tally?.Hide();
        }
    }

    private BatchHeader Header()
    {
        var (environment, organization) = Shop.Of(this);
        return new BatchHeader(
            BatchHeader.NewId(),
            environment,
            organization,
            // Other keys would be other work, too.
            Prints.Of(Text(Key) + "\0" + Text(Process)),
            NoMarker ? null : MarkerName
        );
    }

    // As it is in the script, but for what editors change by themselves.
    private static string Text(ScriptBlock block) => block.ToString().Replace("\r\n", "\n").Trim();

    private void Do(PSObject input, BatchJournal? journal, BatchRun? run, string path)
    {
        if (KeyOf(input) is not { } key)
        {
            _tally?.Count(BatchState.Failed);
            return;
        }

        var print = journal is null ? string.Empty : InputPrints.Of(journal.Header.Id, input);
        var known = journal?.Find(key);
        if (known is not null && known.Input != print && (known.State == BatchState.Done || !known.HasDoneNothing))
        {
            WriteError(ErrorRecords.OtherBatchInput(key));
            _tally?.Count(BatchState.Failed);
        }
        else if (known?.State == BatchState.Done || !_ran.Add(key))
        {
            _tally?.Skip(known?.State);
        }
        else if (
            ShouldProcess(
                $"key '{Redactor.Redact(key)}' of '{path}' in {UsedConnection}",
                known is null ? "Run the block" : $"Go on with the block ({known.State})"
            ) && run is not null
        )
        {
            Run(input, key, print, run, path);
        }
    }

    private void Run(PSObject input, string key, string print, BatchRun run, string path)
    {
        run.Begin(key, print);
        BlockOutcome outcome;
        using (new OpenBatch(UsedConnection, run))
        {
            outcome = _runner!.Run(Process, input);
        }

        if (run.Failure is { } failure)
        {
            End(ErrorRecords.JournalUnusable(failure, Journal));
        }

        var state = run.End(outcome.ErrorId, out var reason);
        _tally!.Count(state);
        outcome.Output.ForEach(WriteObject);
        var ending = outcome.Errors.Find(static record =>
            record.Exception is PolarException exception && ErrorRecords.ConcernsEverything(exception)
        );
        foreach (var error in outcome.Errors)
        {
            if (!ReferenceEquals(error, ending))
            {
                WriteError(error);
            }
        }

        if (reason is not null)
        {
            WriteError(ErrorRecords.BatchUnknown(key, reason, path));
        }

        if (ending is not null)
        {
            // It would meet every other input, too.
            End(ending);
        }
    }

    private string? KeyOf(PSObject input)
    {
        var outcome = _runner!.Run(Key, input);
        var problem =
            outcome.Errors.Count > 0 ? outcome.Errors[0].Exception.Message
            : outcome.Output.Count != 1 ? $"it gives {outcome.Output.Count} values."
            : null;
        var key = problem is null
            ? PSValue.NumberAsTyped(outcome.Output[0])
                ?? PSValue.ValueOrCustom(outcome.Output[0]) as string
                ?? GuidText(outcome.Output[0])
            : null;
        if (string.IsNullOrWhiteSpace(key))
        {
            WriteError(ErrorRecords.NoBatchKey(problem ?? "it gives neither a text nor a number.", input));
            return null;
        }

        return key;
    }

    private static string? GuidText(object? value) => PSValue.ValueOnly(value) is Guid id ? id.ToString("D") : null;
}
