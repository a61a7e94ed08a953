namespace PolarPS.Emulator;

/// <summary>All events, in the order in which they came. Nothing is ever changed or removed.</summary>
internal sealed class EventLog
{
    private static readonly List<EventEntry> None = [];

    private readonly List<EventEntry> _entries = [];
    private readonly Dictionary<Guid, int> _byId = [];
    private readonly Dictionary<(string Organization, string Id), int> _byExternalId = [];
    private readonly Dictionary<(string Organization, string Customer), List<EventEntry>> _byCustomer = [];
    private readonly Dictionary<string, int> _children = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    public IReadOnlyList<EventEntry> Entries => _entries;

    /// <summary>One copy of each text that comes again and again.</summary>
    public string Share(string text)
    {
        if (!_names.TryGetValue(text, out var shared))
        {
            shared = text;
            _names.Add(text, text);
        }

        return shared;
    }

    public bool Has(string organizationId, string externalId) =>
        _byExternalId.ContainsKey((organizationId, externalId));

    public EventEntry? Find(Guid id) => _byId.TryGetValue(id, out var index) ? _entries[index] : null;

    /// <summary>The event that another one names as its parent, by either kind of id.</summary>
    public EventEntry? FindParent(EventEntry entry)
    {
        if (entry.Parent is not { } parent)
        {
            return null;
        }

        return (Guid.TryParse(parent, out var id) ? Find(id) : null)
            ?? (_byExternalId.TryGetValue((entry.OrganizationId, parent), out var index) ? _entries[index] : null);
    }

    /// <summary>How many events name this as their parent.</summary>
    public int Children(string parent) => _children.TryGetValue(parent, out var count) ? count : 0;

    public void Add(EventEntry entry)
    {
        entry.Index = _entries.Count;
        _byId.Add(entry.Id, _entries.Count);
        if (entry.ExternalId is { } externalId)
        {
            _byExternalId.Add((entry.OrganizationId, externalId), _entries.Count);
        }

        if (entry.Parent is { } parent)
        {
            _children[parent] = Children(parent) + 1;
        }

        foreach (var customer in new[] { entry.CustomerId, entry.ExternalCustomerId })
        {
            if (customer is not null)
            {
                var key = (entry.OrganizationId, customer);
                if (!_byCustomer.TryGetValue(key, out var list))
                {
                    list = [];
                    _byCustomer.Add(key, list);
                }

                list.Add(entry);
            }
        }

        _entries.Add(entry);
    }

    /// <summary>Forgets the newest event, because what caused it was refused after all.</summary>
    public void RemoveLast()
    {
        var entry = _entries[_entries.Count - 1];
        _entries.RemoveAt(_entries.Count - 1);
        _byId.Remove(entry.Id);
        if (entry.ExternalId is { } externalId)
        {
            _byExternalId.Remove((entry.OrganizationId, externalId));
        }

        if (entry.Parent is { } parent)
        {
            _children[parent] = Children(parent) - 1;
        }

        foreach (var customer in new[] { entry.CustomerId, entry.ExternalCustomerId })
        {
            if (customer is not null && _byCustomer.TryGetValue((entry.OrganizationId, customer), out var list))
            {
                list.RemoveAt(list.Count - 1);
            }
        }
    }

    /// <summary>The events of a customer, whichever of its ids they name.</summary>
    public IEnumerable<EventEntry> Of(Document customer)
    {
        List<EventEntry> By(string? id) =>
            id is not null && _byCustomer.TryGetValue((customer.OrganizationId, id), out var list) ? list : None;

        var externalId = customer.Row.Text("external_id");
        var own = By(customer.Id);
        return externalId is null ? own : own.Concat(By(externalId));
    }
}
