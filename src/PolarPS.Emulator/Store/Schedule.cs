namespace PolarPS.Emulator;

/// <summary>What falls due when: renewals, ends of trials, expiries. A document has one appointment of a kind at a time.</summary>
internal sealed class Schedule
{
    private readonly SortedSet<Entry> _entries = new(new ByTime());
    private readonly Dictionary<string, Entry> _byId = new(StringComparer.Ordinal);
    private readonly Store _store;

    public Schedule(Store store) => _store = store;

    /// <summary>What falls due when, in order.</summary>
    public IEnumerable<(string Id, DateTimeOffset At)> Entries =>
        _entries.Select(entry => (entry.Document.Id, entry.At));

    /// <summary>Makes, moves or (with null) cancels a document's appointment.</summary>
    /// <param name="document">Whose appointment it is.</param>
    /// <param name="at">When; null for never.</param>
    /// <param name="due">What is done then.</param>
    /// <param name="kind">Tells the appointments of one document apart.</param>
    public void Set(Document document, string? at, Action<Document> due, string kind = "")
    {
        var key = document.Id + kind;
        _byId.TryGetValue(key, out var earlier);
        Put(key, at is null ? null : new Entry(Timestamps.Parse(at), document, due, key));
        _store.Undo(() => Put(key, earlier));
    }

    private void Put(string key, Entry? entry)
    {
        if (_byId.TryGetValue(key, out var earlier))
        {
            _entries.Remove(earlier);
            _byId.Remove(key);
        }

        if (entry is not null)
        {
            _entries.Add(entry);
            _byId.Add(key, entry);
        }
    }

    /// <summary>Keeps every appointment up to a time, in order, with the clock at the time of each.</summary>
    /// <param name="clock">The clock.</param>
    /// <param name="until">Up to when.</param>
    /// <param name="afterEach">What an appointment leaves to be done.</param>
    public void Run(Clock clock, DateTimeOffset until, Action afterEach)
    {
        while (_entries.Count > 0 && _entries.Min is { } next && next.At <= until)
        {
            _entries.Remove(next);
            _byId.Remove(next.Key);
            if (ReferenceEquals(next.Document.Collection.Find(next.Document.Id), next.Document))
            {
                clock.Set(next.At);
                try
                {
                    next.Due(next.Document);
                    afterEach();
                }
                finally
                {
                    clock.Set(null);
                }
            }
        }
    }

    private sealed class Entry
    {
        public Entry(DateTimeOffset at, Document document, Action<Document> due, string key)
        {
            At = at;
            Document = document;
            Due = due;
            Key = key;
        }

        public DateTimeOffset At { get; }

        public Document Document { get; }

        public Action<Document> Due { get; }

        public string Key { get; }
    }

    private sealed class ByTime : IComparer<Entry>
    {
        public int Compare(Entry? x, Entry? y)
        {
            var result = x!.At.CompareTo(y!.At);
            if (result == 0)
            {
                result = x.Document.Sequence.CompareTo(y.Document.Sequence);
            }

            return result != 0 ? result : string.CompareOrdinal(x.Key, y.Key);
        }
    }
}
