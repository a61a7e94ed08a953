namespace PolarPS.Client;

/// <summary>
/// The journal of a batch: which keys it has, and what was sent for each. It holds keys, hashes, operations, ids, states and times; no
/// input, no body, no link, no secret.
/// </summary>
internal sealed class BatchJournal : IDisposable
{
    // What happened, in each line but the first.
    private const string EventField = "event";
    private const string KeyField = "key";
    private const string OrdinalField = "n";
    private const string TimeField = "time";
    private const string IdField = "id";
    private const string StatusField = "status";
    private const string ErrorField = "error";

    private readonly Dictionary<string, BatchKey> _keys = new(StringComparer.Ordinal);
    private readonly List<BatchKey> _order = [];
    private readonly JournalFile? _file;

    private BatchJournal(BatchHeader header, JournalFile? file)
    {
        Header = header;
        _file = file;
    }

    /// <summary>What it belongs to.</summary>
    public BatchHeader Header { get; private set; }

    /// <summary>The keys, in the order in which they were begun.</summary>
    public IReadOnlyList<BatchKey> Keys => _order;

    /// <summary>Opens a journal to go on with it, or creates it.</summary>
    /// <param name="path">A full path.</param>
    /// <param name="wanted">What it has to belong to; its id is used for a new one only.</param>
    /// <param name="force">Whether another block may go on with it.</param>
    /// <exception cref="JournalException">It is in use, damaged, or belongs to something else.</exception>
    public static BatchJournal Open(string path, BatchHeader wanted, bool force)
    {
        var file = JournalFile.Open(path, JournalKind.Batch);
        try
        {
            if (file.Lines.Count == 0)
            {
                file.Append(wanted.ToLine(), toDisk: true);
                return new BatchJournal(wanted, file);
            }

            var journal = new BatchJournal(BatchHeader.Of(file.Lines[0], path), file);
            journal.Replay(file.Lines, path);
            journal.Check(wanted, path, force);
            return journal;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads a journal, be it in use or not.</summary>
    /// <param name="path">A full path.</param>
    /// <exception cref="JournalException">It is damaged, or none.</exception>
    public static BatchJournal Read(string path)
    {
        var lines = JournalFile.Read(path, JournalKind.Batch);
        if (lines.Count == 0)
        {
            throw JournalKind.Batch.Foreign(path);
        }

        var journal = new BatchJournal(BatchHeader.Of(lines[0], path), null);
        journal.Replay(lines, path);
        return journal;
    }

    public BatchKey? Find(string key) => _keys.TryGetValue(key, out var found) ? found : null;

    /// <summary>A run begins with a key, or goes on with it.</summary>
    public BatchKey Begin(string key, string input)
    {
        var line = Line("key", key);
        line["input"] = input;
        // On the disk with the first request at the latest.
        Add(line, toDisk: false);
        return _keys[key];
    }

    /// <summary>A request is about to be sent.</summary>
    public void Sending(BatchKey key, BatchWrite write)
    {
        var line = Line("sending", key.Key, write.Ordinal);
        line["operation"] = write.Operation;
        line["print"] = write.Print;
        line["mark"] = write.Mark;
        Add(line, toDisk: true);
    }

    /// <summary>A request was carried out.</summary>
    public void Done(BatchKey key, int ordinal, string? id, int? emptyStatus)
    {
        var line = Line("done", key.Key, ordinal);
        line[IdField] = id;
        line[StatusField] = emptyStatus;
        Add(line, toDisk: true);
    }

    /// <summary>A request has changed nothing.</summary>
    public void NotDone(BatchKey key, int ordinal, string error)
    {
        var line = Line("failed", key.Key, ordinal);
        line[ErrorField] = error;
        Add(line, toDisk: true);
    }

    /// <summary>A key has ended.</summary>
    public void End(BatchKey key, BatchState state, string? error)
    {
        var line = Line("end", key.Key);
        line["state"] = state.ToString();
        line[ErrorField] = error;
        Add(line, toDisk: state != BatchState.Done);
    }

    /// <summary>Puts everything on the disk that is not there yet, and closes the file.</summary>
    public void Dispose() => _file?.Dispose();

    private void Check(BatchHeader wanted, string path, bool force)
    {
        JournalKind.Batch.CheckShop(
            path,
            (Header.Environment, Header.Organization),
            (wanted.Environment, wanted.Organization)
        );
        if (Header.Block == wanted.Block && Header.Marker == wanted.Marker)
        {
            return;
        }

        if (!force)
        {
            throw new JournalException(
                JournalProblem.OtherBlock,
                Header.Block == wanted.Block
                    ? $"The journal '{path}' was begun with {TextOf(Header.Marker)}, and not with {TextOf(wanted.Marker)}."
                    : $"The journal '{path}' was begun with another block for -Process or -Key."
            );
        }

        Add(
            new Dictionary<string, object?>
            {
                [EventField] = "block",
                ["block"] = wanted.Block,
                ["marker"] = wanted.Marker,
                [TimeField] = DateTimeOffset.UtcNow,
            },
            toDisk: true
        );
    }

    private static string TextOf(string? marker) => marker is null ? "no marker" : $"the marker '{marker}'";

    private static Dictionary<string, object?> Line(string happened, string key, int? ordinal = null)
    {
        var line = new Dictionary<string, object?> { [EventField] = happened, [KeyField] = key };
        if (ordinal is { } number)
        {
            line[OrdinalField] = (long)number;
        }

        line[TimeField] = DateTimeOffset.UtcNow;
        return line;
    }

    // First written, and only then believed.
    private void Add(Dictionary<string, object?> line, bool toDisk)
    {
        _file!.Append(line, toDisk);
        Apply(line);
    }

    private void Replay(IReadOnlyList<Dictionary<string, object?>> lines, string path)
    {
        for (var index = 1; index < lines.Count; index++)
        {
            if (!Apply(lines[index]))
            {
                throw JournalKind.Batch.Damaged(path, index + 1);
            }
        }
    }

    private bool Apply(Dictionary<string, object?> line)
    {
        string? Text(string name) => line.TryGetValue(name, out var value) ? value as string : null;
        int? Number(string name) =>
            line.TryGetValue(name, out var value) && value is long or int
                ? Convert.ToInt32(value, CultureInfo.InvariantCulture)
                : null;
        var happened = Text(EventField);
        if (happened == "block")
        {
            Header = Header with { Block = Text("block") ?? string.Empty, Marker = Text("marker") };
            return true;
        }

        if (Text(KeyField) is not { } name)
        {
            return false;
        }

        var time = TimeOf(line);
        if (happened == "key")
        {
            Entry(name).Input = Text("input") ?? string.Empty;
            if (Entry(name).HasDoneNothing)
            {
                Entry(name).Clear();
            }

            (Entry(name).End, Entry(name).Error, Entry(name).ChangedAt) = (null, null, time);
            return true;
        }

        if (!_keys.TryGetValue(name, out var key))
        {
            return false;
        }

        key.ChangedAt = time;
        if (happened == "end")
        {
            (key.End, key.Error) = (
                Enum.TryParse<BatchState>(Text("state"), out var state) ? state : null,
                Text(ErrorField)
            );
            return key.End is not null;
        }

        if (Number(OrdinalField) is not { } ordinal)
        {
            return false;
        }

        if (happened == "sending")
        {
            key.End = null;
            key.Put(
                new BatchWrite(
                    ordinal,
                    Text("operation") ?? string.Empty,
                    Text("print") ?? string.Empty,
                    Text("mark"),
                    time
                )
            );
            return true;
        }

        if (key.Find(ordinal) is not { } write)
        {
            return false;
        }

        switch (happened)
        {
            case "done":
                (write.State, write.Id, write.EmptyStatus) = (BatchWriteState.Done, Text(IdField), Number(StatusField));
                return true;
            case "failed":
                (write.State, write.Error) = (BatchWriteState.NotDone, Text(ErrorField));
                return true;
            default:
                return false;
        }
    }

    private BatchKey Entry(string name)
    {
        if (!_keys.TryGetValue(name, out var key))
        {
            key = new BatchKey(name);
            _keys.Add(name, key);
            _order.Add(key);
        }

        return key;
    }

    private static DateTimeOffset TimeOf(Dictionary<string, object?> line) =>
        line.TryGetValue(TimeField, out var value) switch
        {
            true when value is DateTimeOffset time => time,
            true
                when value is string text
                    && DateTimeOffset.TryParse(
                        text,
                        CultureInfo.InvariantCulture,
                        DateTimeStyles.AssumeUniversal,
                        out var time
                    ) => time,
            _ => default,
        };
}
