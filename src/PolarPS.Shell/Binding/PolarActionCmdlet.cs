namespace PolarPS.Commands;

/// <summary>Runs one action on objects by id, and writes the results.</summary>
/// <typeparam name="T">The kind.</typeparam>
public abstract class PolarActionCmdlet<T> : PolarWriteCmdlet<T>
    where T : PolarObject
{
    internal abstract string[] Ids { get; }

    internal override RowColumns Columns => RowColumns.All;

    /// <summary>What the question says will happen, as far as it is known: what will be charged, or lost.</summary>
    /// <param name="item">The object as last seen; null if not known.</param>
    internal abstract string Action(T? item);

    internal abstract Task<T> SendAsync(PolarClient client, string id, CancellationToken cancellationToken);

    /// <summary>Reads one, so that the question can name it; null where Polar cannot give one alone.</summary>
    internal abstract Task<T>? ReadAsync(PolarClient client, string id, CancellationToken cancellationToken);

    /// <inheritdoc/>
    internal override void ProcessInput() => ForEachConfirmed(Ids, ReadAsync, Action, SendAsync, WriteModel);
}
