namespace PolarPS.Emulator;

/// <summary>
/// Everything an emulator knows. Code that uses it holds <see cref="Gate"/>, so that a request sees and leaves the store
/// whole. It keeps who points at whom: a change reaches the written form of everything that shows the changed object.
/// </summary>
internal sealed class Store
{
    private readonly Dictionary<string, Collection> _collections = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Document> _all = new(StringComparer.Ordinal);

    // Who points at an id, by the kind of the one that points.
    private readonly Dictionary<string, Dictionary<string, HashSet<Document>>> _referrers = new(StringComparer.Ordinal);
    private long _sequence;

    // What undoes what the current change has done so far; null while nothing is tried.
    private Stack<Action>? _undo;

    public object Gate { get; } = new();

    /// <summary>Makes a change as a whole: if it is refused half way, everything is as it was before it began.</summary>
    public T Try<T>(Func<T> change)
    {
        var outer = _undo;
        var undo = _undo = new Stack<Action>();
        var done = false;
        try
        {
            var result = change();
            done = true;
            return result;
        }
        finally
        {
            _undo = null;
            if (done)
            {
                foreach (var step in outer is null ? [] : undo.Reverse())
                {
                    outer!.Push(step);
                }
            }
            else
            {
                while (undo.Count > 0)
                {
                    undo.Pop()();
                }
            }

            _undo = outer;
        }
    }

    /// <summary>Notes how to undo something that is kept outside of the store, should the change be refused.</summary>
    public void Undo(Action step) => _undo?.Push(step);

    public Collection this[string kind]
    {
        get
        {
            if (!_collections.TryGetValue(kind, out var collection))
            {
                collection = new Collection(kind);
                _collections.Add(kind, collection);
            }

            return collection;
        }
    }

    /// <summary>Everything there is, by kind.</summary>
    public IEnumerable<Collection> Collections => _collections.Values;

    public Document Insert(string kind, JsonObject row)
    {
        var id = row.Text("id") ?? throw new ArgumentException("A row needs an id.", nameof(row));
        var collection = this[kind];
        var document = new Document(collection, id, row.Text("organization_id") ?? id, ++_sequence, row);
        collection.Add(document);
        _all.Add(id, document);
        Point(document, collection.References(row));
        Undo(() => Remove(document));
        return document;
    }

    public void Replace(Document document, JsonObject row)
    {
        var before = document.Row;
        Undo(() => Replace(document, before));
        document.Row = row;
        document.Collection.Changed();
        Point(document, document.Collection.References(row));
        Refresh(document, []);
    }

    /// <summary>Forgets how a document is written, because something that it shows without pointing at it has changed.</summary>
    public void Touch(Document document)
    {
        document.Collection.Changed();
        Refresh(document, []);
    }

    public void Remove(Document document)
    {
        var place = document.Collection.Remove(document);
        _all.Remove(document.Id);
        Point(document, []);
        Refresh(document, []);
        _referrers.TryGetValue(document.Id, out var referrers);
        _referrers.Remove(document.Id);
        Undo(() =>
        {
            document.Collection.Add(document, place);
            _all.Add(document.Id, document);
            if (referrers is not null)
            {
                _referrers[document.Id] = referrers;
            }

            Point(document, document.Collection.References(document.Row));
            Refresh(document, []);
        });
    }

    /// <summary>The documents of the named kinds that point at an id, oldest first.</summary>
    public IReadOnlyList<Document> Referrers(string id, params string[] kinds)
    {
        var found = new List<Document>();
        if (_referrers.TryGetValue(id, out var byKind))
        {
            foreach (var kind in kinds)
            {
                if (byKind.TryGetValue(kind, out var referrers))
                {
                    found.AddRange(referrers);
                }
            }
        }

        found.Sort(static (left, right) => left.Sequence.CompareTo(right.Sequence));
        return found;
    }

    /// <summary>Whether a document of one of the named kinds points at an id.</summary>
    public bool IsReferenced(string id, params string[] kinds) =>
        _referrers.TryGetValue(id, out var byKind)
        && kinds.Any(kind => byKind.TryGetValue(kind, out var referrers) && referrers.Count > 0);

    /// <summary>The documents with these ids, in this order, without those that are gone.</summary>
    public IEnumerable<Document> Find(string kind, IEnumerable<string> ids)
    {
        var collection = this[kind];
        foreach (var id in ids)
        {
            if (collection.Find(id) is { } document)
            {
                yield return document;
            }
        }
    }

    private void Point(Document document, IEnumerable<string> targets)
    {
        var before = document.Targets;
        var after = new HashSet<string>(targets, StringComparer.Ordinal);
        document.Targets = after;
        foreach (var target in before)
        {
            if (!after.Contains(target) && ReferrersOf(target, document) is var gone && gone.Remove(document))
            {
                TellPointedAt(target, gone.Count == 0);
            }
        }

        foreach (var target in after)
        {
            if (!before.Contains(target) && ReferrersOf(target, document) is var joined && joined.Add(document))
            {
                TellPointedAt(target, joined.Count == 1);
            }
        }
    }

    private HashSet<Document> ReferrersOf(string target, Document document)
    {
        if (!_referrers.TryGetValue(target, out var byKind))
        {
            byKind = new Dictionary<string, HashSet<Document>>(StringComparer.Ordinal);
            _referrers.Add(target, byKind);
        }

        if (!byKind.TryGetValue(document.Collection.Kind, out var referrers))
        {
            referrers = [];
            byKind.Add(document.Collection.Kind, referrers);
        }

        return referrers;
    }

    // What a document shows may depend on whether anything of a kind points at it (a product tells if it may be deleted),
    // but not on how many do.
    private void TellPointedAt(string target, bool firstOrLast)
    {
        if (firstOrLast && _all.TryGetValue(target, out var document))
        {
            Refresh(document, []);
        }
    }

    // Forgets the bytes of a document and of all that show it.
    private void Refresh(Document document, HashSet<Document> seen)
    {
        if (!seen.Add(document))
        {
            return;
        }

        document.Forget();
        if (_referrers.TryGetValue(document.Id, out var byKind))
        {
            foreach (var referrer in byKind.Values.SelectMany(referrers => referrers))
            {
                Refresh(referrer, seen);
            }
        }
    }
}
