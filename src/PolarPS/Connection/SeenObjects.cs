using System;
using System.Collections.Generic;
using System.Linq;
using PolarPS.Client.Models;

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

    public void Add(Type kind, string? id, string? label, PolarObject? item = null)
    {
        if (string.IsNullOrEmpty(id))
        {
            return;
        }

        lock (_gate)
        {
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

    /// <summary>Remembers a name, unless the object is already known.</summary>
    public void Name(Type kind, string? id, string label)
    {
        lock (_gate)
        {
            if (string.IsNullOrEmpty(id) || _byId.ContainsKey(id!))
            {
                return;
            }
        }

        Add(kind, id, label);
    }

    /// <summary>The name under which an object was last seen; null when it has not been.</summary>
    public string? LabelOf(string id)
    {
        lock (_gate)
        {
            return _byId.TryGetValue(id, out var known) && known.Value.Label.Length > 0 ? known.Value.Label : null;
        }
    }

    /// <summary>An object as last seen; null when it has not been.</summary>
    public T? Find<T>(string id)
        where T : PolarObject
    {
        lock (_gate)
        {
            return _byId.TryGetValue(id, out var known) ? known.Value.Item as T : null;
        }
    }

    /// <summary>Forgets an object's content, because it has changed; its name stays.</summary>
    public void Outdate(string id)
    {
        lock (_gate)
        {
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
        }
    }

    public IReadOnlyList<SeenObject> OfKind(Type kind)
    {
        lock (_gate)
        {
            return [.. _newestFirst.Where(seen => seen.Kind == kind)];
        }
    }
}

/// <summary>An id, the name that goes with it, what it is the id of, and, where it was complete, the object itself.</summary>
internal sealed record SeenObject(Type Kind, string Id, string Label, PolarObject? Item);
