using PolarPS.Commands;

namespace PolarPS;

/// <summary>
/// What a connection has shown: ids and names, by kind. Prompts show them, completion offers them. Bounded; the
/// oldest go first.
/// </summary>
internal sealed class SeenObjects
{
    private const int Most = 2000;

    private readonly object _gate = new();
    private readonly Dictionary<string, LinkedListNode<SeenObject>> _byId = new(StringComparer.OrdinalIgnoreCase);
    private readonly LinkedList<SeenObject> _newestFirst = new();
    private readonly Dictionary<Type, DateTime> _asked = [];

    // What has been shown and not been asked for yet: the newest, in a ring. Most of what a list shows never is asked for.
    private (PolarObject Item, string? Label)[] _ring = [];
    private long _shown;

    /// <summary>Remembers an object, and the names of others in it. What that takes is done when it is asked for.</summary>
    public void Add(PolarObject item)
    {
        // The name as it is now; the object belongs to the user, who may change it.
        var label = item.ToString();
        lock (_gate)
        {
            if (_shown == _ring.Length && _ring.Length < Most)
            {
                Array.Resize(ref _ring, Math.Min(Most, Math.Max(16, _ring.Length * 2)));
            }

            _ring[_shown++ % _ring.Length] = (item, label);
        }
    }

    /// <summary>Remembers an id and what goes with it.</summary>
    public void Add(Type kind, string? id, string? label, PolarObject? item = null)
    {
        lock (_gate)
        {
            Settle();
            Put(kind, id, label, item);
        }
    }

    /// <summary>The name under which an object was last seen; null when it has not been.</summary>
    public string? LabelOf(string id)
    {
        lock (_gate)
        {
            Settle();
            return _byId.TryGetValue(id, out var known) && known.Value.Label.Length > 0 ? known.Value.Label : null;
        }
    }

    /// <summary>An object as last seen; null when it has not been.</summary>
    public T? Find<T>(string id)
        where T : PolarObject
    {
        lock (_gate)
        {
            Settle();
            return _byId.TryGetValue(id, out var known) ? known.Value.Item as T : null;
        }
    }

    /// <summary>Forgets an object's content, because it has changed; its name stays.</summary>
    public void Outdate(string id)
    {
        lock (_gate)
        {
            Settle();
            if (_byId.TryGetValue(id, out var known))
            {
                known.Value = known.Value with { Item = null };
            }
        }
    }

    /// <summary>Forgets the content of all objects; their names stay.</summary>
    public void Outdate()
    {
        lock (_gate)
        {
            Settle();
            foreach (var known in _byId.Values)
            {
                known.Value = known.Value with { Item = null };
            }
        }
    }

    /// <summary>Whether the server has not been asked for a kind for this long. Asking counts as having asked.</summary>
    public bool IsDue(Type kind, TimeSpan freshness)
    {
        lock (_gate)
        {
            if (_asked.TryGetValue(kind, out var last) && DateTime.UtcNow - last < freshness)
            {
                return false;
            }

            _asked[kind] = DateTime.UtcNow;
            return true;
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _asked.Clear();
            _byId.Clear();
            _newestFirst.Clear();
            _ring = [];
            _shown = 0;
        }
    }

    public IReadOnlyList<SeenObject> OfKind(Type kind)
    {
        lock (_gate)
        {
            Settle();
            return [.. _newestFirst.Where(seen => seen.Kind == kind)];
        }
    }

    // Only with the gate held.
    private void Settle()
    {
        var (ring, end) = (_ring, _shown);
        (_ring, _shown) = ([], 0);
        for (var i = Math.Max(0, end - ring.Length); i < end; i++)
        {
            var (item, label) = ring[i % ring.Length];
            Put(item.GetType(), Kinds.IdOf(item), label, item);
            foreach (var nested in Kinds.NestedIn(item))
            {
                if (!nested.IfUnknown || (nested.Id is { Length: > 0 } known && !_byId.ContainsKey(known)))
                {
                    Put(nested.Kind, nested.Id, nested.Label);
                }
            }
        }
    }

    private void Put(Type kind, string? id, string? label, PolarObject? item = null)
    {
        if (string.IsNullOrEmpty(id))
        {
            return;
        }

        if (_byId.TryGetValue(id!, out var known))
        {
            _newestFirst.Remove(known);
        }

        _byId[id!] = _newestFirst.AddFirst(new SeenObject(kind, id!, label ?? string.Empty, item));
        if (_byId.Count > Most)
        {
            _byId.Remove(_newestFirst.Last!.Value.Id);
            _newestFirst.RemoveLast();
        }
    }
}

/// <summary>An id, the name that goes with it, what it is the id of, and, where it was complete, the object itself.</summary>
internal sealed record SeenObject(Type Kind, string Id, string Label, PolarObject? Item);
