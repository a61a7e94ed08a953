using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace PolarPS.Emulator;

/// <summary>The faults of an emulator; may be changed at any time, also while requests are answered.</summary>
public sealed class FaultRuleCollection : ICollection<FaultRule>
{
    private readonly object _gate = new();
    private readonly List<FaultRule> _rules = [];

    internal FaultRuleCollection() { }

    /// <inheritdoc/>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _rules.Count;
            }
        }
    }

    /// <inheritdoc/>
    public bool IsReadOnly => false;

    /// <inheritdoc/>
    public void Add(FaultRule item)
    {
        lock (_gate)
        {
            _rules.Add(item ?? throw new ArgumentNullException(nameof(item)));
        }
    }

    /// <summary>Adds rules.</summary>
    /// <param name="rules">The rules.</param>
    public void AddRange(IEnumerable<FaultRule> rules)
    {
        foreach (var rule in rules ?? throw new ArgumentNullException(nameof(rules)))
        {
            Add(rule);
        }
    }

    /// <inheritdoc/>
    public void Clear()
    {
        lock (_gate)
        {
            _rules.Clear();
        }
    }

    /// <inheritdoc/>
    public bool Contains(FaultRule item) => Snapshot().Contains(item);

    /// <inheritdoc/>
    public void CopyTo(FaultRule[] array, int arrayIndex) => Snapshot().CopyTo(array, arrayIndex);

    /// <inheritdoc/>
    public bool Remove(FaultRule item)
    {
        lock (_gate)
        {
            return _rules.Remove(item);
        }
    }

    /// <inheritdoc/>
    public IEnumerator<FaultRule> GetEnumerator() => ((IEnumerable<FaultRule>)Snapshot()).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The rules that befall a request.</summary>
    internal IReadOnlyList<FaultRule> For(EmulatorRequest request)
    {
        lock (_gate)
        {
            return _rules.Count == 0 ? [] : _rules.Where(rule => rule.Befalls(request)).ToArray();
        }
    }

    private FaultRule[] Snapshot()
    {
        lock (_gate)
        {
            return _rules.ToArray();
        }
    }
}
