namespace PolarPS.Client;

/// <summary>How far a batch has got with a key.</summary>
internal enum BatchState
{
    /// <summary>It was begun and not ended, and nothing of it is open.</summary>
    Pending,

    /// <summary>The block ran to its end without an error.</summary>
    Done,

    /// <summary>The block ended with an error. What was sent is known: all of it was answered.</summary>
    Failed,

    /// <summary>Something was sent, and whether it was carried out is not known; or the block cannot be continued.</summary>
    Unknown,
}

/// <summary>How far a request of a batch has got.</summary>
internal enum BatchWriteState
{
    /// <summary>It was about to be sent; there is no answer.</summary>
    Sending,

    /// <summary>It was carried out.</summary>
    Done,

    /// <summary>It was refused, or never sent, or looked for and not found: it has changed nothing.</summary>
    NotDone,
}

/// <summary>A request of a batch that changes something.</summary>
/// <param name="ordinal">Which one of its key, from 1.</param>
/// <param name="operation">Method and path, without values.</param>
/// <param name="print">Tells it from other requests: a hash of method, path and body.</param>
/// <param name="mark">What marks it in its object's metadata; null for none.</param>
/// <param name="sentAt">When it was about to be sent, by this computer's clock.</param>
internal sealed class BatchWrite(int ordinal, string operation, string print, string? mark, DateTimeOffset sentAt)
{
    public int Ordinal { get; } = ordinal;

    public string Operation { get; } = operation;

    public string Print { get; } = print;

    public string? Mark { get; } = mark;

    public DateTimeOffset SentAt { get; } = sentAt;

    public BatchWriteState State { get; set; }

    /// <summary>The object that it made or changed; null for none.</summary>
    public string? Id { get; set; }

    /// <summary>The status of an answer without content; null for others.</summary>
    public int? EmptyStatus { get; set; }

    /// <summary>Why it was refused.</summary>
    public string? Error { get; set; }
}

/// <summary>A key of a batch with what was sent for it.</summary>
/// <param name="key">The key.</param>
internal sealed class BatchKey(string key)
{
    private readonly SortedDictionary<int, BatchWrite> _writes = [];

    public string Key { get; } = key;

    /// <summary>The hash of its input.</summary>
    public string Input { get; set; } = string.Empty;

    /// <summary>How it ended; null while it has not.</summary>
    public BatchState? End { get; set; }

    /// <summary>The id of the error that ended it.</summary>
    public string? Error { get; set; }

    /// <summary>When something last happened.</summary>
    public DateTimeOffset ChangedAt { get; set; }

    public IReadOnlyCollection<BatchWrite> Writes => _writes.Values;

    /// <summary>Whether something was sent without an answer.</summary>
    public bool IsOpen => Writes.Any(static write => write.State == BatchWriteState.Sending);

    /// <summary>Whether nothing was changed: nothing was sent, or all of it was refused.</summary>
    public bool HasDoneNothing => Writes.All(static write => write.State == BatchWriteState.NotDone);

    public BatchState State => End ?? (IsOpen ? BatchState.Unknown : BatchState.Pending);

    public BatchWrite? Find(int ordinal) => _writes.TryGetValue(ordinal, out var write) ? write : null;

    /// <summary>Whether a request after one was carried out, or may have been.</summary>
    public bool IsSettledAfter(int ordinal) =>
        Writes.Any(write => write.Ordinal > ordinal && write.State != BatchWriteState.NotDone);

    public void Put(BatchWrite write) => _writes[write.Ordinal] = write;

    /// <summary>Forgets requests that changed nothing, before the block begins again.</summary>
    public void Clear() => _writes.Clear();
}
