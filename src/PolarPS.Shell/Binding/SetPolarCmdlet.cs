namespace PolarPS.Commands;

/// <summary>Changes objects by id, each in the same way.</summary>
/// <typeparam name="T">The kind.</typeparam>
/// <typeparam name="TBody">The body of the update.</typeparam>
public abstract class SetPolarCmdlet<T, TBody> : PolarWriteCmdlet<T>
    where T : PolarObject
    where TBody : RequestBody, new()
{
    internal abstract string[] Ids { get; }

    internal abstract Task<T> UpdateAsync(
        PolarClient client,
        string id,
        TBody body,
        CancellationToken cancellationToken
    );

    /// <summary>Reads one: to say what goes when something is replaced as a whole, and to complete or hold back a change.</summary>
    internal abstract Task<T> ReadAsync(PolarClient client, string id, CancellationToken cancellationToken);

    /// <summary>Whether a change that changes nothing is not sent, because sending it has effects of its own.</summary>
    internal virtual bool HoldsBack => false;

    /// <summary>Whether the body can only be completed with the object as it is now.</summary>
    internal virtual bool NeedsCurrent(string id, TBody body) => false;

    /// <summary>Completes the body with what depends on the object as it is; by default nothing.</summary>
    /// <exception cref="ArgumentException">What was given makes no sense for the object as it is.</exception>
    internal virtual void Complete(T current, TBody body) { }

    /// <inheritdoc/>
    internal override void ProcessInput()
    {
        foreach (var id in Ids)
        {
            Try(Subject(id), () => Update(id));
        }
    }

    private void Update(string id)
    {
        var body = Fill(new TBody());
        if (IsNothing(body))
        {
            Fail(ErrorRecords.NothingToChange(Subject(id)));
            return;
        }

        UpdateComparison? comparison = null;
        if ((HoldsBack && !IsSeenPreview(id)) || MetadataEdit.IsWanted || SaysWhatGoes(body))
        {
            var current = Read(id, body);
            comparison = Compare(current, body);
            if (HoldsBack && comparison.ChangesNothing)
            {
                Leave(NameOf(id), current);
                return;
            }
        }

        if (Confirm(NameOf(id), Changes(comparison), (client, token) => UpdateAsync(client, id, body, token)))
        {
            if (comparison is null && NeedsCurrent(id, body))
            {
                Read(id, body);
            }

            UsedConnection.Seen.Outdate(id);
            WriteModel(Await(token => UpdateAsync(Client, id, body, token)));
        }
    }

    private T Read(string id, TBody body)
    {
        var current = Await(token => ReadAsync(Client, id, token));
        Remember(current);
        Complete(current, body);
        return current;
    }
}
