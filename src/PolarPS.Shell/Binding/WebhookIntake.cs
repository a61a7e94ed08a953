namespace PolarPS.Commands;

/// <summary>
/// Takes events, which arrive on any thread, over to the pipeline's: writes them there, or has a script block handle them.
/// </summary>
/// <param name="cmdlet">The cmdlet that receives.</param>
/// <param name="process">Handles an event; null where events are written.</param>
/// <param name="sourceIdentifier">Under which name each event is also told to Register-EngineEvent; null for none.</param>
/// <param name="first">After so many events it ends; null for never.</param>
internal sealed class WebhookIntake(PolarCmdlet cmdlet, ScriptBlock? process, string? sourceIdentifier, long? first)
{
    // The block's own errors come out with its output, so that it is known whether there were any. Everything runs in the caller's
    // scope, as with ForEach-Object, and leaves no variable there.
    private static readonly ScriptBlock Runner = ScriptBlock.Create(
        ". { $args[0] | ForEach-Object -Process $args[1] } $args[0] $args[1] 2>&1"
    );

    // How long it may take until a pipeline that is being stopped has told this cmdlet.
    private static readonly TimeSpan TimeToBeStopped = TimeSpan.FromMilliseconds(250);

    private readonly HashSet<TaskCompletionSource<bool>> _pending = [];
    private readonly TaskCompletionSource<bool> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _taken;
    private bool _isOver;

    /// <summary>Completes when enough has been taken.</summary>
    public Task End => _end.Task;

    /// <summary>Hands over an event, and waits until it was handled.</summary>
    public Task HandleAsync(WebhookEvent told, CancellationToken cancellationToken)
    {
        // What follows on it, above all that the event counts as handled, happens before the pipeline's thread goes on.
        var done = new TaskCompletionSource<bool>();
        lock (_pending)
        {
            if (_isOver)
            {
                done.SetCanceled();
                return done.Task;
            }

            _pending.Add(done);
        }

        cmdlet.Post(() => Take(told, done));
        return done.Task;
    }

    /// <summary>Takes nothing more; what still waits was not handled.</summary>
    public void Close()
    {
        TaskCompletionSource<bool>[] left;
        lock (_pending)
        {
            _isOver = true;
            left = [.. _pending];
            _pending.Clear();
        }

        foreach (var one in left)
        {
            one.TrySetCanceled();
        }
    }

    private void Take(WebhookEvent told, TaskCompletionSource<bool> done)
    {
        lock (_pending)
        {
            // Closed meanwhile, and told so.
            if (!_pending.Remove(done))
            {
                return;
            }
        }

        bool isHandled;
        try
        {
            var shown = Show(told);
            isHandled = process is null ? Write(told, shown) : Run(shown);
        }
        catch (PipelineStoppedException) when (!IsBeingStopped())
        {
            // A later command has enough, such as Select-Object -First, or has failed. Which of the two nobody can see from here: the
            // pipeline has taken the event.
            done.TrySetResult(true);
            Close();
            throw;
        }
        catch (Exception exception)
        {
            if (exception is PipelineStoppedException)
            {
                done.TrySetCanceled();
            }
            else
            {
                done.TrySetException(exception);
            }

            Close();
            throw;
        }

        if (!isHandled)
        {
            done.TrySetException(new InvalidOperationException("The handler has failed."));
            return;
        }

        done.TrySetResult(true);
        if (++_taken >= first)
        {
            Close();
            _end.TrySetResult(true);
        }
    }

    // PowerShell stops what a later command runs first, and where that command's end comes through here before its own turn, this
    // cmdlet is never told. Then only the pipeline knows why it ends.
    private bool IsBeingStopped() =>
        PipelineEnd.Of(cmdlet) is { } reason
            ? reason is PipelineStoppedException
            : cmdlet.StopToken.WaitHandle.WaitOne(TimeToBeStopped);

    private static PSObject Show(WebhookEvent told)
    {
        if (told.Data is PolarObject data)
        {
            // PowerShell keeps what is added with the object itself.
            ModelShaper.Shape(data);
        }

        return ModelShaper.Shape(told);
    }

    private bool Write(WebhookEvent told, PSObject shown)
    {
        Tell(told, shown);
        cmdlet.WriteObject(shown);
        return true;
    }

    private void Tell(WebhookEvent told, PSObject shown)
    {
        if (sourceIdentifier is not null)
        {
            // Here and now: while the cmdlet waits, PowerShell runs no action of its own accord.
            cmdlet.Events.GenerateEvent(
                sourceIdentifier,
                told,
                [shown],
                shown,
                processInCurrentThread: true,
                waitForCompletionInCurrentThread: true
            );
        }
    }

    private bool Run(PSObject told)
    {
        IEnumerable<PSObject> output;
        try
        {
            output = cmdlet.InvokeCommand.InvokeScript(false, Runner, null, told, process!);
        }
        catch (RuntimeException exception) when (exception is not PipelineStoppedException)
        {
            cmdlet.WriteError(exception.ErrorRecord);
            return false;
        }
        catch (FlowControlException exception)
            when (exception.GetType().Name is "BreakException" or "ContinueException")
        {
            cmdlet.WriteError(ErrorRecords.WebhookLoopLeft());
            return false;
        }

        var hasFailed = false;
        foreach (var item in output)
        {
            if (item?.BaseObject is ErrorRecord record)
            {
                hasFailed = true;
                cmdlet.WriteError(record);
            }
            else
            {
                cmdlet.WriteObject(item);
            }
        }

        if (!hasFailed && told.BaseObject is WebhookEvent handled)
        {
            Tell(handled, told);
        }

        return !hasFailed;
    }
}
