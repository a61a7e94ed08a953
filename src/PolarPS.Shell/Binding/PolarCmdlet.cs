using System.Management.Automation.Host;

namespace PolarPS.Commands;

/// <summary>
/// The base of the cmdlets that call Polar: the connection, waiting for asynchronous work, stopping immediately, and
/// uniform errors.
/// </summary>
public abstract class PolarCmdlet : ScreenCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PipelinePump _pump = new();
    private static readonly TimeSpan TimeToWindDown = TimeSpan.FromMilliseconds(500);

    private readonly PolarClientOptions _options = new();

    // Now, as clients are also made on other threads.
    private readonly BatchSight _batch = OpenBatch.Look();
    private PolarClient? _client;
    private ErrorSubject? _subject;
    private PolarConnection? _connection;
    private RowBinder? _rows;
    private NameBinder? _names;
    private CmdletProgress? _progress;
    private bool _ended;

    private protected PolarCmdlet() => FirstRequest.Rehearse();

    /// <summary>The connection to use, or its name; without it the one selected, or the environment variables.</summary>
    [Parameter]
    [PolarConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNull]
    public virtual PolarConnection? Connection { get; set; }

    /// <summary>The client over the cmdlet's connection.</summary>
    internal PolarClient Client => _client ??= CreateClient();

    /// <summary>The connection that this cmdlet uses. Ends the cmdlet when there is none.</summary>
    internal PolarConnection UsedConnection => _connection ??= FindConnection();

    /// <summary>The same; null where none was needed yet.</summary>
    internal PolarConnection? KnownConnection => _connection;

    /// <summary>Cancelled when the pipeline is stopped, and when the cmdlet ends.</summary>
    internal CancellationToken StopToken => _stop.Token;

    /// <summary>Whether -WhatIf only shows what would be done.</summary>
    internal bool IsWhatIf => Preferences.IsWhatIf(this);

    /// <summary>Allows another connection for the next input.</summary>
    internal void ForgetConnection()
    {
        _connection = null;
        _client = null;
        _names = null;
    }

    /// <summary>The bars of progress that it shows.</summary>
    internal CmdletProgress Progress => _progress ??= new CmdletProgress(this, _pump, _stop.Token);

    /// <summary>What the command line gives, and what the present input does.</summary>
    internal RowBinder Rows => _rows ??= new RowBinder(this);

    /// <summary>What the names mean that were given in the place of ids.</summary>
    internal NameBinder Names => _names ??= new NameBinder(this);

    /// <summary>What names are looked up for. Where something is changed, given or deleted, only some of them count.</summary>
    internal virtual NameUse NameUse => NameUse.Read;

    /// <summary>Whether a parameter was given, on the command line or by the present input, be it as $null.</summary>
    internal override bool IsBound(string parameter) => Rows.Gives(parameter);

    /// <summary>The currency that was given for amounts, in lower case; null for none.</summary>
    internal virtual string? GivenCurrency => null;

    /// <summary>What to do about fields that Polar refused.</summary>
    internal virtual string FieldAdvice =>
        $"Fix the parameters named above. Get-Help {MyInvocation.MyCommand?.Name} -Parameter * shows what each takes.";

    /// <summary>Which element of a parameter's list is at a place of the list that was sent; by default the same.</summary>
    internal virtual long ElementOf(string parameter, long index) => index;

    /// <summary>Waits for asynchronous work; verbose and debug lines appear meanwhile, and Ctrl+C ends it.</summary>
    internal T Await<T>(Func<CancellationToken, Task<T>> work)
    {
        _options.LastWrite = null;
        try
        {
            return _pump.Run(() => work(_stop.Token), _stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            TellOfInterruptedWrite();
            throw new PipelineStoppedException();
        }
        finally
        {
            _progress?.HideWait();
        }
    }

    /// <summary>Hands something over to the pipeline's thread, where <see cref="Await{T}"/> waits. From any thread.</summary>
    internal void Post(Action action) => _pump.Post(action);

    /// <summary>Reads pages and hands over their items; stops reading when the consumer stops.</summary>
    internal void ForEachPage<T>(IAsyncEnumerable<T> source, Action<T> action)
    {
        var pages = source.GetAsyncEnumerator(StopToken);
        try
        {
            for (var isFirst = true; MoveNext(pages, isFirst); isFirst = false)
            {
                action(pages.Current);
            }
        }
        finally
        {
            _pump.EndAfterwards(pages);
        }
    }

    // A page that has arrived already, because lists are read ahead, is taken without a detour over another thread. The detour is for
    // what would hold up this one, and Ctrl+C with it: a first request may look for its proxy and its server's address without
    // giving way, on Windows PowerShell every one; and in a thread with a context, a continuation that wants it back would wait forever.
    private bool MoveNext<T>(IAsyncEnumerator<T> pages, bool isFirst)
    {
        if (isFirst || ModuleRoot.IsWindowsPowerShell || SynchronizationContext.Current is not null)
        {
            return Await(_ => pages.MoveNextAsync().AsTask());
        }

        var next = pages.MoveNextAsync();
        if (!next.IsCompletedSuccessfully)
        {
            return Await(_ => next.AsTask());
        }

        _pump.Drain();
        return next.Result;
    }

    /// <summary>Waits for asynchronous work without a result.</summary>
    internal void Await(Func<CancellationToken, Task> work) =>
        Await(async cancellationToken =>
        {
            await work(cancellationToken).ConfigureAwait(false);
            return true;
        });

    /// <summary>
    /// Does something for one input. A failure that concerns this input is written and the next one continues; one that would
    /// meet every input, such as no connection or a refused token, ends the cmdlet.
    /// </summary>
    /// <param name="subject">What the error is about.</param>
    /// <param name="action">What to do.</param>
    internal void Try(ErrorSubject subject, Action action)
    {
        if (_ended)
        {
            return;
        }

        _subject = subject;
        try
        {
            TryUnlessStopped(subject, action);
        }
        catch (PipelineStoppedException) when (_stop.IsCancellationRequested)
        {
            // Also one that came between the answer to a write and its output.
            TellOfInterruptedWrite();
            throw;
        }

        if (_stop.IsCancellationRequested)
        {
            TellOfInterruptedWrite();
        }
    }

    private void TryUnlessStopped(ErrorSubject subject, Action action)
    {
        try
        {
            action();
        }
        catch (CmdletEndedException) { }
        catch (PolarException exception)
        {
            Report(ErrorRecords.From(exception, subject, this), ErrorRecords.ConcernsEverything(exception, subject));
        }
        catch (ArgumentException exception)
        {
            Report(ErrorRecords.InvalidArgument(exception, subject, this), terminating: false);
        }
    }

    /// <summary>Ends the cmdlet, before anything is sent, if -Connection does not exist.</summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        // Done while this thread waits for the first answer, and not when the first object has to wait for it.
        _pump.Post(SessionSetup.Ensure);
        // Now, because no input has been bound yet.
        _rows = new RowBinder(this);
        TellInstants();

        try
        {
            CheckConnection();
        }
        catch (CmdletEndedException) { }
    }

    /// <summary>Checks -Connection before the first input.</summary>
    internal virtual void CheckConnection()
    {
        if (Connection?.Problem is { } problem)
        {
            End(problem);
        }

        if (Connection is not null)
        {
            _ = Fitting(Connection);
        }
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        try
        {
            if (BindInput() && Names.Resolve())
            {
                KnownValues.Spell(this);
                ProcessInput();
            }
        }
        finally
        {
            Rows.Release();
        }
    }

    /// <summary>Binds what PowerShell has left of the present input, and says what is wrong with it.</summary>
    /// <returns>Whether to go on with the input.</returns>
    internal virtual bool BindInput() => true;

    /// <summary>Does what is asked for, for one input. It has been bound whole by then, and names have become ids.</summary>
    internal abstract void ProcessInput();

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    /// <inheritdoc/>
    protected override void EndProcessing() => _pump.Drain();

    /// <summary>Cancels what is still in progress.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Cancels what is still in progress.</summary>
    /// <param name="disposing">false on the finalizer's thread.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _pump.Dispose();
            try
            {
                _stop.Cancel();
            }
            catch (AggregateException)
            {
                // A callback of something that is ending anyway.
            }

            _stop.Dispose();
        }
    }

    /// <summary>
    /// Ends the cmdlet with an error. During clean-up, where -ErrorAction says to be quiet, the error is written
    /// and nothing more is done: a terminating one would not obey.
    /// </summary>
    internal void End(ErrorRecord record)
    {
        if (!Preferences.IsQuietCleanUp(this))
        {
            ThrowTerminatingError(record);
        }

        _ended = true;
        WriteError(record);
        throw new CmdletEndedException();
    }

    // A date that was given as text is an instant by the computer's zone; -Verbose shows which.
    private void TellInstants()
    {
        foreach (var bound in MyInvocation.BoundParameters)
        {
            if (bound.Value is DateTimeOffset instant)
            {
                Trace(TransportKeys.TraceVerbose, $"-{bound.Key} is {DateReader.Text(instant)}");
            }
        }
    }

    private PolarClient CreateClient()
    {
        _options.Trace = Trace;
        _options.TraceBodies = Preferences.IsOn(this, "Debug");
        _options.TraceWaitsOnly = !_options.TraceBodies && !Preferences.IsOn(this, "Verbose");
        _options.WriteScope = _batch.ScopeOf(UsedConnection);
        return new PolarClient(UsedConnection.Http, _options);
    }

    // PowerShell shows no error and no warning that is written once the pipeline is stopping; what goes to the host directly
    // is shown, in the host's own way of showing warnings.
    private void TellOfInterruptedWrite()
    {
        _pump.WindDown(TimeToWindDown);
        if (_options.LastWrite is not { Stage: not WriteStage.NotDone } write || !Preferences.ShowsWarnings(this))
        {
            return;
        }

        // Once is enough.
        _options.LastWrite = null;
        var told =
            write.Stage == WriteStage.Done
                ? $"Stopped after {write} completed: the change was made."
                : $"Stopped during {write}. Whether the change was made is not known: check before repeating it. "
                    + ErrorRecords.IfUnknown(_subject ?? default, this);
        try
        {
            ShowWarning(told.TrimEnd());
        }
        catch (Exception exception)
            when (exception is InvalidOperationException or HostException or NotImplementedException)
        {
            // A host that shows nothing.
        }
    }

    private PolarConnection FindConnection()
    {
        if (Connection is { } given)
        {
            if (given.Problem is { } problem)
            {
                End(problem);
            }

            return Fitting(given);
        }

        if (_batch.Connection is { } used && Sides.Fits(this, used))
        {
            return Fitting(used);
        }

        try
        {
            var side = Sides.Of(GetType());
            var resolution = ConnectionStore.Resolve(side);
            if (this is ITokenlessCmdlet && resolution.Connection is null)
            {
                // Any connection will do, unless the last Connect-Polar was to lead elsewhere.
                var sellers = ConnectionStore.Resolve();
                if (
                    (resolution.Reason, sellers.Reason) is (NoConnection.NeverChosen, NoConnection.NeverChosen)
                    && sellers.Connection is null
                )
                {
                    return ConnectionStore.WithoutToken();
                }

                if (resolution.Reason != NoConnection.ConnectFailed)
                {
                    (side, resolution) = (PolarSide.Seller, sellers);
                }
            }

            if (resolution.Connection is { HasEnded: false } found)
            {
                return Fitting(found);
            }

            End(ErrorRecords.NotConnected(resolution, side));
        }
        catch (ArgumentException exception)
        {
            End(ErrorRecords.BadVariables(exception));
        }

        throw new InvalidOperationException("Not reached.");
    }

    private PolarConnection Fitting(PolarConnection connection)
    {
        if (!Sides.Fits(this, connection))
        {
            End(ErrorRecords.WrongSide(connection, MyInvocation.MyCommand?.Name ?? string.Empty, Sides.Of(GetType())));
        }

        if (connection.Notice is { } notice)
        {
            connection.Notice = null;
            WriteWarning(notice);
        }

        return connection;
    }

    private void Report(ErrorRecord record, bool terminating)
    {
        if (!terminating)
        {
            WriteError(record);
            return;
        }

        try
        {
            End(record);
        }
        catch (CmdletEndedException) { }
    }

    // Called on any thread.
    private void Trace(string kind, string text)
    {
        switch (kind)
        {
            case TransportKeys.TraceVerbose when IsBound("Debug") && !IsBound("Verbose"):
                // With -Debug alone PowerShell would stop and ask at every verbose line.
                _pump.Post(() => WriteDebug(text));
                break;
            case TransportKeys.TraceVerbose:
                _pump.Post(() => WriteVerbose(text));
                break;
            case TransportKeys.TraceDebug:
                _pump.Post(() => WriteDebug(text));
                break;
            case TransportKeys.TraceWait:
                Progress.ShowWait(text);
                break;
        }
    }
}

/// <summary>Leaves a cmdlet whose error has been written already.</summary>
internal sealed class CmdletEndedException : Exception;
