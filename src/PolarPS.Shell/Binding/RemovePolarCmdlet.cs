namespace PolarPS.Commands;

/// <summary>Deletes objects permanently.</summary>
/// <typeparam name="T">The kind.</typeparam>
public abstract class RemovePolarCmdlet<T> : ForcePolarCmdlet<T>
    where T : PolarObject
{
    internal abstract string[] Ids { get; }

    internal abstract Task DeleteAsync(PolarClient client, string id, CancellationToken cancellationToken);

    /// <summary>Reads one, so that the question can name it; null where Polar cannot give one alone.</summary>
    internal abstract Task<T>? ReadAsync(PolarClient client, string id, CancellationToken cancellationToken);

    /// <summary>What the question says will happen.</summary>
    internal virtual string Deletion(T? item) => "Delete permanently";

    /// <inheritdoc/>
    internal override void ProcessInput() =>
        ForEachConfirmed(
            Ids,
            ReadAsync,
            Deletion,
            async (client, id, token) =>
            {
                await DeleteAsync(client, id, token).ConfigureAwait(false);
                return true;
            },
            static _ => { }
        );
}
