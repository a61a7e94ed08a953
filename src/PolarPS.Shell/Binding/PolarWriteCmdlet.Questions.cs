namespace PolarPS.Commands;

// Whether a question is asked, and about what.
public abstract partial class PolarWriteCmdlet<T>
{
    /// <summary>Asks whether to continue, naming the object, the environment and the change.</summary>
    /// <param name="target">The object, as <see cref="NameOf"/> names it.</param>
    /// <param name="action">The change, such as "Set Description to null".</param>
    /// <param name="send">What would be sent; for -WhatIf -Verbose.</param>
    internal bool Confirm(string target, string action, Func<PolarClient, CancellationToken, Task> send)
    {
        if (IsForced)
        {
            // As ShouldProcess says it where it does not ask.
            WriteVerbose($"Performing the operation \"{action}\" on target \"{target} in {UsedConnection}\".");
            return true;
        }

        if (ShouldProcess($"{target} in {UsedConnection}", action + Names.Unsaid($"{target} {action}")))
        {
            return true;
        }

        if (IsWhatIf)
        {
            WriteVerbose(PreviewHandler.Describe(send));
        }

        return false;
    }

    /// <summary>
    /// Reads an object that the session has not seen, where a question or -WhatIf is going to name it: no one can tell from an
    /// id alone whether it is the right one. One that does not exist is an error before anything is asked.
    /// </summary>
    /// <returns>The object; null where nothing will be shown, or it cannot be read alone.</returns>
    internal T? Introduce(string id, Func<CancellationToken, Task<T>?> read)
    {
        if (UsedConnection.Seen.Find<T>(id) is { } seen)
        {
            return seen;
        }

        if (!IsShown || read(StopToken) is not { } reading)
        {
            return null;
        }

        var item = Await(_ => reading);
        Remember(item);
        return item;
    }

    /// <summary>Does something to each of several objects, after a question that names the object and the change.</summary>
    /// <param name="ids">The ids of the objects.</param>
    /// <param name="read">Reads one, for the question; may give null.</param>
    /// <param name="action">The change in words, such as "Delete permanently", for an object that may not be known.</param>
    /// <param name="send">Does it, over the client that it is given: the real one, or one that only describes.</param>
    /// <param name="done">What happens with the answer.</param>
    internal void ForEachConfirmed<TAnswer>(
        IEnumerable<string> ids,
        Func<PolarClient, string, CancellationToken, Task<T>?> read,
        Func<T?, string> action,
        Func<PolarClient, string, CancellationToken, Task<TAnswer>> send,
        Action<TAnswer> done
    )
    {
        foreach (var id in ids)
        {
            Try(
                Subject(id),
                () =>
                {
                    var known = Introduce(id, token => read(Client, id, token));
                    if (Confirm(NameOf(id), action(known), (client, token) => send(client, id, token)))
                    {
                        UsedConnection.Seen.Outdate(id);
                        done(Await(token => send(Client, id, token)));
                    }
                }
            );
        }
    }

    /// <summary>Whether a question or -WhatIf is going to say what goes with a change, and anything can.</summary>
    internal virtual bool SaysWhatGoes(RequestBody body) => IsShown && UpdateComparison.ReplacesParts(typeof(T), body);

    /// <summary>Whether -WhatIf shows a change of what the session has seen: that needs no request.</summary>
    internal bool IsSeenPreview(string id) => IsWhatIf && UsedConnection.Seen.Find<T>(id) is not null;

    /// <summary>Leaves an object that is already up to date: it is written as if it had been set.</summary>
    /// <param name="name">The object, as <see cref="NameOf"/> names it.</param>
    /// <param name="current">The object, read just now.</param>
    internal void Leave(string name, T current)
    {
        if (ShowNoChange($"{name} in {UsedConnection}", "already up to date"))
        {
            return;
        }

        WriteVerbose($"{name} in {UsedConnection} is already up to date; nothing was sent.");
        WriteModel(current);
    }

    /// <summary>Says with -WhatIf that nothing would be changed, and why.</summary>
    /// <returns>Whether -WhatIf was given.</returns>
    internal bool ShowNoChange(string target, string reason)
    {
        if (IsWhatIf)
        {
            ShouldProcess(target, $"No change: {reason}");
        }

        return IsWhatIf;
    }

    /// <summary>Whether a question will be asked, or -WhatIf shows what would be done.</summary>
    internal bool IsShown => IsWhatIf || (!IsForced && Preferences.IsAsked(this));

    /// <summary>Whether -Force is given, for cmdlets that have it.</summary>
    internal virtual bool HasForce => false;

    // -Force answers the question, and nothing else: -WhatIf still only shows, and -Confirm asks all the same.
    private bool IsForced => HasForce && !IsWhatIf && !MyInvocation.BoundParameters.ContainsKey("Confirm");
}
