using System.Diagnostics;

namespace PolarPS.Commands;

/// <summary>Sends events, one for each piped object, in batches. Operation events:ingest.</summary>
[Cmdlet(VerbsCommunications.Send, "PolarEvent", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(EventSendResult))]
public sealed class SendPolarEventCommand : PolarWriteCmdlet<EventSendResult>
{
    private const string Activity = "Sending events";

    private readonly object _gate = new();
    private readonly EventSendResult _result = new();
    private EventReader? _reader;
    private EventBatch _batch = new();
    private Task<EventBatchResult>? _sending;
    private EventBatch? _sent;
    private SpoolOfEvents? _spool;
    private ErrorRecord? _ending;
    private Timer? _timer;
    private Stopwatch? _clock;
    private long _inputs;
    private bool _isOver;
    private bool _isTold;

    /// <summary>What the events are made of: objects, rows of a CSV file, hashtables.</summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>What happened, such as api.call; or a script block that says so of each object.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(EventNameCompleter))]
    [ValidateNotNullOrEmpty]
    public object? Name { get; set; }

    /// <summary>Polar's id of the customer, or a customer; or a script block that gives one for each object.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(IdCompleter<Customer>))]
    [ValidateNotNullOrEmpty]
    [Alias("Customer")]
    public object? CustomerId { get; set; }

    /// <summary>Your own id of the customer, who need not exist yet; or a script block that gives one for each object.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CustomerExternalIdCompleter))]
    [ValidateNotNullOrEmpty]
    [Alias("CustomerExternalId")]
    public object? ExternalCustomerId { get; set; }

    /// <summary>When it happened, not in the future; or a script block that says so of each object. Without it now.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object? Timestamp { get; set; }

    /// <summary>The property with your own id of each event, by which Polar knows it again, so that sending it twice does no harm.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ExternalIdProperty { get; set; }

    /// <summary>Your own id of the event; or a script block that gives one for each object.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object? ExternalId { get; set; }

    /// <summary>Keys and values of the events, a hashtable; or a script block that gives one for each object.</summary>
    [Parameter]
    [ValidateNotNull]
    public object? Metadata { get; set; }

    /// <summary>Properties that become metadata as they are; wildcards work.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] MetadataProperty { get; set; } = [];

    /// <summary>Properties that become metadata as numbers, read strictly: 1.5, and never 1,5.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] NumericProperty { get; set; } = [];

    /// <summary>Properties that become metadata as text, also where they look like numbers.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] TextProperty { get; set; } = [];

    /// <summary>The event that they are parts of: its id, or your own; or a script block that gives one for each object.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object? ParentId { get; set; }

    /// <summary>The id of the member of the customer's team who did it; or a script block that gives one for each object.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object? MemberId { get; set; }

    /// <summary>Your own id of that member; or a script block that gives one for each object.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Alias("MemberExternalId")]
    public object? ExternalMemberId { get; set; }

    /// <summary>The organization that they belong to; needed with a user's token only.</summary>
    [Parameter]
    [PolarId(typeof(Organization))]
    [ArgumentCompleter(typeof(IdCompleter<Organization>))]
    [ValidateNotNullOrEmpty]
    public string? OrganizationId { get; set; }

    /// <summary>A file that keeps the events until Polar has them; what an earlier run has left there is sent first.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Spool { get; set; }

    // Without anything to make an event of, what is in the spool is meant, and nothing else.
    private bool HasInput =>
        MyInvocation.ExpectingInput
        || Spool is null
        || EventReader.Parameters.Any(MyInvocation.BoundParameters.ContainsKey);

    private EventReader Reader =>
        _reader ??= new EventReader(
            parameter =>
                MyInvocation.BoundParameters.ContainsKey(parameter)
                    ? GetType().GetProperty(parameter)!.GetValue(this)
                    : null,
            WriteWarning
        )
        {
            ExternalIdProperty = ExternalIdProperty,
            MetadataProperty = MetadataProperty,
            NumericProperty = NumericProperty,
            TextProperty = TextProperty,
        };

    internal override void ProcessInput()
    {
        OpenSpool();
        Collect();
        if ((_isOver && _spool is null) || !HasInput)
        {
            return;
        }

        _inputs++;
        var problems = new List<string>();
        var input = MyInvocation.ExpectingInput ? InputObject : null;
        if (MyInvocation.ExpectingInput && input is null)
        {
            problems.Add("The object is $null.");
        }

        var item = problems.Count == 0 ? Reader.Read(input, problems) : new EventCreate();
        if (problems.Count > 0)
        {
            _result.AddRefused();
            WriteError(ErrorRecords.BadRow(input, problems, "event", NameOf(_inputs)));
            return;
        }

        if (OrganizationId is not null)
        {
            item.OrganizationId = OrganizationId;
        }

        Try(
            new ErrorSubject("event", NameOf(_inputs), IsNew: true),
            () => Take(item, new Source(NameOf(_inputs), input) { Number = _spool?.Add(item) })
        );
    }

    /// <summary>Sends what is left, and writes the counts.</summary>
    protected override void EndProcessing()
    {
        // Also where nothing was piped.
        OpenSpool();
        Finish();
        base.EndProcessing();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _timer?.Dispose();
            _spool?.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Finish()
    {
        // Once it is over, a last batch is counted only: with a spool it is kept.
        Flush();
        WriteResult();
        Progress.HideTask(Activity);
        _spool?.TellWhatIsLeft();
        if (_ending is { } ending)
        {
            End(ending);
        }
    }

    private void WriteResult()
    {
        _isOver = true;
        if (!_isTold && !IsWhatIf && (_inputs > 0 || _spool?.HadEvents == true))
        {
            WriteObject(_result);
        }

        _isTold = true;
    }

    // Once, before the first input.
    private void OpenSpool()
    {
        if (Spool is null || _spool is not null || _isOver)
        {
            return;
        }

        try
        {
            _spool = SpoolOfEvents.Open(this, Spool);
        }
        catch (CmdletEndedException)
        {
            // Nothing is sent that is not kept.
            _isOver = _isTold = true;
            return;
        }

        foreach (var (number, item) in _spool.Left())
        {
            var name = FormattableString.Invariant($"spooled event {number}");
            Try(
                new ErrorSubject("event", name, IsNew: true),
                () => Take(item, new Source(name, SpoolOfEvents.Show(item)) { Number = number })
            );
        }
    }

    private void Take(EventCreate item, Source source)
    {
        if (_isOver)
        {
            // It is in the spool, and goes with the next run.
            _result.AddUnsent(1);
            return;
        }

        Add(item, source);
    }

    private void Add(EventCreate item, Source source)
    {
        bool fits;
        bool isFull;
        lock (_gate)
        {
            fits = _batch.TryAdd(item, source);
            isFull = !fits || _batch.IsFull;
            if (fits && _batch.Entries.Count == 1)
            {
                WaitForMore();
            }
        }

        if (isFull)
        {
            Flush();
        }

        if (!fits)
        {
            lock (_gate)
            {
                _batch.TryAdd(item, source);
                WaitForMore();
            }
        }
    }

    // Where the next object keeps one waiting, what is there is sent meanwhile. A question is asked on the pipeline's thread only.
    private void WaitForMore()
    {
        if (IsShown || _isOver)
        {
            return;
        }

        _ = Client;
        _timer ??= new Timer(_ => SendMeanwhile());
        _timer.Change(EventsResource.UsualDelay, Timeout.InfiniteTimeSpan);
    }

    private void SendMeanwhile()
    {
        lock (_gate)
        {
            if (_batch.Entries.Count == 0 || _sending is not null || StopToken.IsCancellationRequested)
            {
                return;
            }

            var batch = Take();
            (_sending, _sent) = (Task.Run(() => SendAsync(batch, StopToken)), batch);
        }
    }

    private EventBatch Take()
    {
        var batch = _batch;
        _batch = new EventBatch();
        _timer?.Change(Timeout.Infinite, Timeout.Infinite);
        return batch;
    }

    // What was sent meanwhile, if it has an answer.
    private void Collect(bool wait = false)
    {
        Task<EventBatchResult>? sending;
        EventBatch? batch;
        lock (_gate)
        {
            (sending, batch) = (_sending, _sent);
            if (sending is null || batch is null || !(wait || sending.IsCompleted))
            {
                return;
            }
        }

        Tell(batch, Wait(_ => sending));
        lock (_gate)
        {
            _sending = null;
        }
    }

    private void Flush()
    {
        EventBatch batch;
        lock (_gate)
        {
            batch = Take();
        }

        Collect(wait: true);
        if (batch.Entries.Count == 0)
        {
            return;
        }

        if (_isOver)
        {
            _result.AddUnsent(batch.Entries.Count);
            return;
        }

        Try(
            SubjectOf(batch.Entries),
            () =>
            {
                var body = new EventsIngest { Events = [.. batch.Entries.Select(entry => entry.Event)] };
                if (Confirm(TextOf(batch), "Send", (client, token) => client.Events.IngestAsync(body, token)))
                {
                    Tell(batch, Wait(token => SendAsync(batch, token)));
                }
                else
                {
                    _result.AddUnsent(batch.Entries.Count);
                }
            }
        );
    }

    // What is sent is on the disk first, where there is a spool.
    private async Task<EventBatchResult> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        _spool?.Flush();
        return await Client.Events.SendAsync(batch, cancellationToken).ConfigureAwait(false);
    }

    private EventBatchResult Wait(Func<CancellationToken, Task<EventBatchResult>> work) =>
        _spool is null ? Await(work) : _spool.Do(() => Await(work));

    private void Tell(EventBatch batch, EventBatchResult result)
    {
        _result.Add(result);
        _spool?.Settle(batch.Entries.Except(result.Failed).Select(static entry => SourceOf(entry).Number));
        foreach (var refused in result.Refused)
        {
            WriteError(
                ErrorRecords.RefusedInput(
                    refused.Refusal,
                    new ErrorSubject("event", SourceOf(refused.Entry).Name, IsNew: true),
                    SourceOf(refused.Entry).Input,
                    this
                )
            );
        }

        if (result.Failure is { } failure)
        {
            if (ErrorRecords.ConcernsEverything(failure))
            {
                if (_spool is not null)
                {
                    // What is still to come is kept, and the error is written behind it.
                    _isOver = true;
                    _ending = ErrorRecords.From(failure, SubjectOf(result.Failed), this);
                    return;
                }

                // Before the error, which lets nothing through from then on.
                WriteResult();
            }

            Try(SubjectOf(result.Failed), () => throw failure);
        }
        else
        {
            ShowProgress();
        }
    }

    private void ShowProgress()
    {
        _clock ??= Stopwatch.StartNew();
        if (_clock.Elapsed >= TimeSpan.FromSeconds(1))
        {
            Progress.ShowTask(Activity, FormattableString.Invariant($"{_result.Sent:N0} sent"));
        }
    }

    private static ErrorSubject SubjectOf(IReadOnlyList<EventEntry> entries) =>
        new(
            "batch of events",
            TextOf(entries),
            IsNew: true,
            IfUnknown: entries.All(entry => !string.IsNullOrEmpty(entry.Event.ExternalId))
                ? "Every event of it has an external id: sending them again counts none twice."
                : "Its events have no external ids, so that sending them again may count them twice. Get-PolarEvent shows which arrived."
        );

    // The events of one input have its number, several those of the first and the last.
    private static string TextOf(IReadOnlyList<EventEntry> entries)
    {
        var (first, last) = (SourceOf(entries[0]), SourceOf(entries[entries.Count - 1]));
        return entries.Count == 1
            ? first.Name
            : FormattableString.Invariant($"{entries.Count} events, from {first.Name} to {last.Name}");
    }

    private static string TextOf(EventBatch batch)
    {
        var names = batch.Entries.Select(entry => entry.Event.Name!).Distinct().Take(3).ToList();
        var text = string.Join(", ", names.Take(2)) + (names.Count > 2 ? ", …" : string.Empty);
        var count = batch.Entries.Count == 1 ? "1 event" : $"{batch.Entries.Count} events";
        return $"{count} ({VisibleText.Of(text)})";
    }

    private static string NameOf(long number) => FormattableString.Invariant($"input {number}");

    private static Source SourceOf(EventEntry entry) => (Source)entry.Source!;

    private sealed class Source(string name, PSObject? input)
    {
        public string Name => name;

        public PSObject? Input => input;

        /// <summary>The event's number in the spool; null where there is none.</summary>
        public long? Number { get; init; }
    }
}
