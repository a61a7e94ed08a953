namespace PolarPS.Commands;

/// <summary>
/// Reads subscriptions and makes the change that each one's state calls for. Where there is none to make, nothing is sent: Polar
/// would refuse it.
/// </summary>
public abstract class SubscriptionStateCmdlet : PolarWriteCmdlet<Subscription>
{
    internal abstract string[] Ids { get; }

    internal override RowColumns Columns => RowColumns.All;

    /// <summary>The change; null for none.</summary>
    internal abstract SubscriptionUpdate? ChangeOf(Subscription current);

    /// <summary>What a question says about the change.</summary>
    internal abstract string TextOf(SubscriptionUpdate change, Subscription current);

    /// <summary>Why nothing can be done; null where nothing has to be.</summary>
    internal abstract ErrorRecord? Refuse(Subscription current);

    /// <summary>Why nothing has to be done.</summary>
    internal abstract string Nothing(Subscription current);

    /// <summary>What is to be said after the change; by default nothing.</summary>
    internal virtual string? Afterwards(Subscription changed) => null;

    /// <inheritdoc/>
    internal override void ProcessInput()
    {
        foreach (var id in Ids)
        {
            Try(Subject(id), () => Change(id));
        }
    }

    private void Change(string id)
    {
        var current = Await(token => Client.Subscriptions.GetAsync(id, token));
        Remember(current);
        if (ChangeOf(current) is not { } change)
        {
            LeaveAsIs(id, current);
        }
        else if (
            Confirm(
                NameOf(id),
                TextOf(change, current),
                (client, token) => client.Subscriptions.UpdateAsync(id, change, token)
            )
        )
        {
            UsedConnection.Seen.Outdate(id);
            var changed = Await(token => Client.Subscriptions.UpdateAsync(id, change, token));
            WriteModel(changed);
            if (Afterwards(changed) is { } rest)
            {
                WriteWarning($"{NameOf(id)} in {UsedConnection}: {rest}");
            }
        }
    }

    private void LeaveAsIs(string id, Subscription current)
    {
        if (Refuse(current) is { } refusal)
        {
            WriteError(refusal.About(Subject(id), this));
            return;
        }

        var reason = Nothing(current);
        if (!ShowNoChange($"{NameOf(id)} in {UsedConnection}", reason))
        {
            WriteWarning($"{NameOf(id)} in {UsedConnection}: {reason} Nothing was sent.");
            WriteModel(current);
        }
    }
}
