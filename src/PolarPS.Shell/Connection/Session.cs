using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace PolarPS;

/// <summary>
/// One life of a runspace, and which connection was chosen in it. ResetRunspaceState, by which pools make a used runspace
/// new, begins another life: it gives the runspace a new event manager, by which a session is therefore known. Neither
/// Remove-Variable nor Get-Variable reaches it, as they would a session variable.
/// </summary>
/// <remarks>Changed under the lock of <see cref="ConnectionStore"/> only.</remarks>
internal sealed class Session
{
    private static readonly ConditionalWeakTable<object, Session> Known = new();

    // Travels to the threads of runspaces that are started from here: thread jobs, ForEach-Object -Parallel, BeginInvoke.
    private static readonly AsyncLocal<Heritage?> Flow = new();

    // For code that runs on a thread without a runspace.
    private static readonly Session Outside = new(null);

    private readonly WeakReference<Runspace>? _runspace;
    private readonly WeakReference<object>? _life;
    private Heritage? _started;
    private bool _follows;

    private Session(Runspace? runspace)
    {
        _runspace = runspace is null ? null : new WeakReference<Runspace>(runspace);
        _life = runspace is null ? null : new WeakReference<object>(runspace.Events);
    }

    /// <summary>The session of the runspace that this thread works for.</summary>
    public static Session Current
    {
        get
        {
            var runspace = Runspace.DefaultRunspace;
            return runspace?.Events is { } life ? Known.GetValue(life, _ => Begin(runspace)) : Outside;
        }
    }

    /// <summary>Whether a connection was made, selected or disconnected here.</summary>
    public bool HasChosen { get; private set; }

    /// <summary>What was chosen; null for none, or where nothing was.</summary>
    public PolarConnection? Chosen { get; private set; }

    /// <summary>Why there is none where none was chosen.</summary>
    public NoConnection Reason { get; private set; }

    /// <summary>The customer's side of the same, which is chosen apart; null where nothing was chosen.</summary>
    public PortalChoice? Portal { get; private set; }

    /// <summary>Whether the environment variables are no longer used automatically.</summary>
    public bool IgnoresVariables { get; private set; }

    /// <summary>Whether there were connections already when it began, of which none was handed down to it.</summary>
    public bool BeganAmongOthers { get; private set; }

    /// <summary>Connections of other sessions that this one has disconnected from.</summary>
    public HashSet<PolarConnection> Left { get; } = [];

    /// <summary>Whether its runspace was closed or reset.</summary>
    public bool HasEnded =>
        _runspace is not null
        && !(
            _runspace.TryGetTarget(out var runspace)
            && runspace.RunspaceStateInfo.State == RunspaceState.Opened
            && _life!.TryGetTarget(out var life)
            && ReferenceEquals(runspace.Events, life)
        );

    /// <summary>What the session that started this one handed down; null for one that nobody here has started.</summary>
    public Heritage? Inherited
    {
        get
        {
            var heritage = Flow.Value;
            while (heritage is not null && IsOfSameRunspace(heritage.Owner))
            {
                heritage = heritage.Outer;
            }

            return heritage;
        }
    }

    /// <summary>The sessions whose connections can be named here: this one, then those that started it, the nearest first.</summary>
    public IEnumerable<Session> Line
    {
        get
        {
            yield return this;
            for (var heritage = Inherited; heritage is not null; heritage = heritage.Outer)
            {
                yield return heritage.Owner;
            }
        }
    }

    /// <summary>Whether this session, or one that started it, has chosen anything.</summary>
    public bool LineHasChosen => HasChosen || Inherited is { HasChosen: true };

    /// <summary>Notes the session of this thread's runspace as early as possible: with the module's import.</summary>
    public static void Note() => _ = Current;

    /// <summary>Whether another session was started by this one, directly or not.</summary>
    public bool Started(Session other)
    {
        for (var heritage = other._started; heritage is not null; heritage = heritage.Outer)
        {
            if (ReferenceEquals(heritage.Owner, this))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Chooses a connection, or none, for this session and for those that it starts from now on.</summary>
    public void Choose(PolarConnection? connection, NoConnection reason)
    {
        if (connection is not null)
        {
            Left.Remove(connection);
        }

        (HasChosen, Chosen, Reason) = (true, connection, reason);
        IgnoreVariables();
    }

    /// <summary>Chooses a customer's connection, or none, for this session and for those that it starts from now on.</summary>
    public void ChoosePortal(PolarConnection? connection, NoConnection reason)
    {
        if (connection is not null)
        {
            Left.Remove(connection);
        }

        Portal = new PortalChoice(connection, reason);
        Follow();
        HandDown();
    }

    /// <summary>The Connect-Polar that is under way here; null for none.</summary>
    public ConnectAttempt? Attempt { get; set; }

    /// <summary>What is chosen now on the seller's side, to go back to.</summary>
    public SellerChoice Keep() => new(HasChosen, Chosen, Reason, IgnoresVariables);

    /// <summary>Goes back to what was chosen on the seller's side.</summary>
    public void Restore(SellerChoice choice)
    {
        (HasChosen, Chosen, Reason, IgnoresVariables) = choice;
        HandDown();
    }

    /// <summary>From now on the environment variables are not used automatically.</summary>
    public void IgnoreVariables()
    {
        IgnoresVariables = true;
        Follow();
        HandDown();
    }

    private void Follow()
    {
        if (_follows)
        {
            return;
        }

        _follows = true;
        _started = Inherited;
        if (_runspace is not null && _runspace.TryGetTarget(out var runspace))
        {
            runspace.AvailabilityChanged += FollowThread;
        }
    }

    private static Session Begin(Runspace runspace)
    {
        var session = new Session(runspace);
        session._started = session.Inherited;
        session.BeganAmongOthers = session._started?.Owner.BeganAmongOthers ?? ConnectionStore.HasConnections;
        if (session._started is null)
        {
            // So that those it starts know that they have been started by a session that had chosen nothing.
            Flow.Value = new Heritage(session, false, null, NoConnection.NeverChosen, false, null, null);
        }

        return session;
    }

    private void HandDown() =>
        Flow.Value =
            !HasChosen && _started is { HasChosen: true } inherited
                ? inherited with
                {
                    Owner = this,
                    Outer = inherited,
                    Portal = Portal ?? inherited.Portal,
                }
                : new Heritage(this, HasChosen, Chosen, Reason, IgnoresVariables, Portal ?? _started?.Portal, _started);

    // Each pipeline may have a thread of its own, and what is started from it inherits from that thread.
    private void FollowThread(object? sender, RunspaceAvailabilityEventArgs change)
    {
        if (sender is not Runspace runspace)
        {
            return;
        }

        if (_life is null || !_life.TryGetTarget(out var life) || !ReferenceEquals(runspace.Events, life))
        {
            runspace.AvailabilityChanged -= FollowThread;
            TakeBack();
        }
        else if (change.RunspaceAvailability == RunspaceAvailability.Busy)
        {
            HandDown();
        }
        else if (
            change.RunspaceAvailability == RunspaceAvailability.Available
            && runspace.ThreadOptions == PSThreadOptions.UseCurrentThread
        )
        {
            // The thread continues with other work, which was not started from here.
            TakeBack();
        }
    }

    private void TakeBack()
    {
        if (ReferenceEquals(Flow.Value?.Owner, this))
        {
            Flow.Value = _started;
        }
    }

    private bool IsOfSameRunspace(Session other) =>
        ReferenceEquals(other, this)
        || (
            _runspace is not null
            && other._runspace is not null
            && _runspace.TryGetTarget(out var mine)
            && other._runspace.TryGetTarget(out var its)
            && ReferenceEquals(mine, its)
        );
}

/// <summary>
/// What a session hands down to those that it starts. It does not change: what the session chooses later is for those that
/// it starts later.
/// </summary>
/// <param name="Owner">The session.</param>
/// <param name="HasChosen">Whether it, or one that started it, has chosen anything.</param>
/// <param name="Chosen">The connection that it has chosen.</param>
/// <param name="Reason">Why there is none where it has chosen none.</param>
/// <param name="IgnoresVariables">Whether the environment variables are no longer used automatically.</param>
/// <param name="Portal">What it has chosen on the customer's side; null for nothing.</param>
/// <param name="Outer">What it has inherited itself.</param>
internal sealed record Heritage(
    Session Owner,
    bool HasChosen,
    PolarConnection? Chosen,
    NoConnection Reason,
    bool IgnoresVariables,
    PortalChoice? Portal,
    Heritage? Outer
);

/// <summary>What was chosen on the seller's side.</summary>
/// <param name="HasChosen">Whether anything was.</param>
/// <param name="Chosen">The connection; null for none.</param>
/// <param name="Reason">Why there is none.</param>
/// <param name="IgnoresVariables">Whether the environment variables are no longer used automatically.</param>
internal readonly record struct SellerChoice(
    bool HasChosen,
    PolarConnection? Chosen,
    NoConnection Reason,
    bool IgnoresVariables
);

/// <summary>
/// A Connect-Polar from its first parameter on. Which side it is for shows only when the token is there, and until then the
/// seller's side counts as unselected: for a customer it then goes back to what it was.
/// </summary>
/// <remarks>Changed under the lock of <see cref="ConnectionStore"/> only.</remarks>
internal sealed class ConnectAttempt
{
    private readonly Session _session;
    private readonly SellerChoice _before;

    internal ConnectAttempt(Session session)
    {
        _session = session;
        _before = session.Keep();
    }

    /// <summary>Whether it is known to be for a customer.</summary>
    public bool IsCustomers { get; private set; }

    internal void RestoreSeller()
    {
        // Once: what is selected afterwards, before a session comes through the pipeline, is meant.
        if (!IsCustomers)
        {
            IsCustomers = true;
            _session.Restore(_before);
        }
    }

    internal void End()
    {
        if (ReferenceEquals(_session.Attempt, this))
        {
            _session.Attempt = null;
        }
    }
}

/// <summary>What was chosen on the customer's side.</summary>
/// <param name="Chosen">The connection; null for none.</param>
/// <param name="Reason">Why there is none.</param>
internal sealed record PortalChoice(PolarConnection? Chosen, NoConnection Reason);

/// <summary>Why a cmdlet finds no connection.</summary>
internal enum NoConnection
{
    /// <summary>There was no connection.</summary>
    NeverChosen,

    /// <summary>The selected one was disconnected.</summary>
    Disconnected,

    /// <summary>The last Connect-Polar failed.</summary>
    ConnectFailed,

    /// <summary>Several are possible.</summary>
    Ambiguous,
}
