using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace PolarPS;

/// <summary>
/// What a session gets from its first cmdlet, or with the first object of Polar's that a file delivers, and loses with the module: the
/// views, and the conversion of times. An import would take twice as long with it; a first cmdlet does it while it waits for Polar's
/// answer.
/// </summary>
internal static class SessionSetup
{
    // Each session has views and types of its own.
    private static readonly ConditionalWeakTable<Runspace, SessionSetupState> Sessions = new();

    /// <summary>Does it for the session that runs this, once. On a thread without a session it does nothing.</summary>
    public static void Ensure()
    {
        if (Runspace.DefaultRunspace is { } session)
        {
            var state = Sessions.GetOrCreateValue(session);
            if (!state.IsDone)
            {
                state.Complete(session);
            }
        }
    }

    /// <summary>Undoes it in the session that runs this.</summary>
    public static void Remove()
    {
        if (Runspace.DefaultRunspace is { } session && Sessions.TryGetValue(session, out var state))
        {
            Sessions.Remove(session);
            state.Undo(session);
        }
    }
}

/// <summary>What of it a session has.</summary>
internal sealed class SessionSetupState
{
    // The sessions of a pool share lists, which PowerShell empties and fills again for this: one of them at a time.
    private static readonly ConditionalWeakTable<InitialSessionState, object> Locks = new();

    private bool _hasTimes;
    private bool? _hasViews;
    private bool _isAtWork;

    /// <summary>Whether there is nothing left to do, or this is the work itself that asks.</summary>
    public bool IsDone => _isAtWork || _hasViews.HasValue;

    /// <summary>Does what is not done yet.</summary>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped; the next cmdlet does the rest.</exception>
    public void Complete(Runspace session)
    {
        _isAtWork = true;
        try
        {
            lock (LockOf(session))
            {
                SessionTypes.Ensure();
                if (!_hasTimes)
                {
                    TimeConversion.Add(session);
                    _hasTimes = true;
                }

                _hasViews = SessionViews.Add(session);
            }
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentOutOfRangeException)
        {
            // PowerShell changed a shared list meanwhile, or the session is busy on another thread, which a host can bring about that reads
            // properties on its own. The next cmdlet tries again.
        }
        finally
        {
            _isAtWork = false;
        }
    }

    /// <summary>Undoes what was done.</summary>
    public void Undo(Runspace session)
    {
        lock (LockOf(session))
        {
            TimeConversion.Remove(session);
            if (_hasViews is true)
            {
                SessionViews.Remove(session);
            }
        }
    }

    private static object LockOf(Runspace session) =>
        session.InitialSessionState is { } state ? Locks.GetOrCreateValue(state) : session;
}
