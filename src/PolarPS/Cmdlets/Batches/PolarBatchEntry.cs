namespace PolarPS;

/// <summary>A key of a batch, as its journal has it.</summary>
public sealed class PolarBatchEntry
{
    internal PolarBatchEntry(BatchKey key, string journal)
    {
        Key = key.Key;
        State = key.State.ToString();
        Ids = [.. key.Writes.Select(static write => write.Id).OfType<string>()];
        Operations = [.. key.Writes.Select(static write => write.Operation)];
        Unanswered =
        [
            .. key
                .Writes.Where(static write => write.State == BatchWriteState.Sending)
                .Select(static write => write.Operation),
        ];
        Error = key.Error;
        ChangedAt = key.ChangedAt;
        Journal = journal;
    }

    /// <summary>The key.</summary>
    public string Key { get; }

    /// <summary>
    /// <c>Done</c>; <c>Failed</c>, where all requests were answered; <c>Unknown</c>, where one was sent without an answer or the block could not go on;
    /// <c>Pending</c>, where it was begun and not ended.
    /// </summary>
    public string State { get; }

    /// <summary>The object that was made or changed last; null for none.</summary>
    public string? Id => Ids.Count > 0 ? Ids[Ids.Count - 1] : null;

    /// <summary>The objects that were made or changed, in order.</summary>
    public IReadOnlyList<string> Ids { get; }

    /// <summary>What was sent: methods and paths, with {} for each value.</summary>
    public IReadOnlyList<string> Operations { get; }

    /// <summary>What of it got no answer.</summary>
    public IReadOnlyList<string> Unanswered { get; }

    /// <summary>The id of the error that ended the block; null for none.</summary>
    public string? Error { get; }

    /// <summary>When something last happened.</summary>
    public DateTimeOffset ChangedAt { get; }

    /// <summary>The journal's path.</summary>
    public string Journal { get; }

    /// <summary>Key and state.</summary>
    /// <returns>Such as <c>C-17: Done</c>.</returns>
    public override string ToString() => $"{Key}: {State}";
}
