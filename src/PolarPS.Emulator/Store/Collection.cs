namespace PolarPS.Emulator;

/// <summary>All documents of one kind, in the order of their creation.</summary>
internal sealed class Collection
{
    private const int KeptOrders = 32;

    private readonly Dictionary<string, Document> _byId = new(StringComparer.Ordinal);
    private readonly List<Document> _items = [];
    private readonly Dictionary<string, Document[]> _orders = new(StringComparer.Ordinal);

    public Collection(string kind) => Kind = kind;

    public string Kind { get; }

    /// <summary>Names the ids that a row points at.</summary>
    public Func<JsonObject, IEnumerable<string>> References { get; set; } = static _ => [];

    /// <summary>Grows with every change.</summary>
    public long Version { get; private set; }

    public IReadOnlyList<Document> Items => _items;

    public Document? Find(string? id) => id is not null && _byId.TryGetValue(id, out var document) ? document : null;

    /// <summary>
    /// The answer to a filter and an order, remembered until anything in the collection changes: the pages of a long list
    /// are cut from one sorting instead of sorting for each.
    /// </summary>
    public Document[] Ordered(string question, Func<Document[]> answer)
    {
        if (!_orders.TryGetValue(question, out var documents))
        {
            if (_orders.Count >= KeptOrders)
            {
                _orders.Clear();
            }

            documents = answer();
            _orders[question] = documents;
        }

        return documents;
    }

    /// <param name="document">What is added.</param>
    /// <param name="place">Where, if it was there before; at the end otherwise.</param>
    internal void Add(Document document, int? place = null)
    {
        _byId.Add(document.Id, document);
        _items.Insert(place ?? _items.Count, document);
        Changed();
    }

    /// <returns>Where it was.</returns>
    internal int Remove(Document document)
    {
        // What is undone is mostly the newest row.
        var place = _items.LastIndexOf(document);
        _byId.Remove(document.Id);
        _items.RemoveAt(place);
        Changed();
        return place;
    }

    internal void Changed()
    {
        _orders.Clear();
        Version++;
    }
}
