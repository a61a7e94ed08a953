using System.Collections;

namespace PolarPS.Emulator;

/// <summary>The faults of an emulator; may be changed at any time, also while requests are answered.</summary>
public sealed class FaultRuleCollection : ICollection<FaultRule>
{
    private readonly object _gate = new();
    private readonly List<FaultRule> _rules = [];

    private readonly Func<EmulatorRequest, string?> _operationOf;
    private readonly Func<IEnumerable<string>> _operations;

    /// <param name="operationOf">Tells which operation a request is for.</param>
    /// <param name="operations">The names of all operations.</param>
    internal FaultRuleCollection(Func<EmulatorRequest, string?> operationOf, Func<IEnumerable<string>> operations)
    {
        _operationOf = operationOf;
        _operations = operations;
    }

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

    /// <summary>Adds a rule.</summary>
    /// <param name="item">The rule.</param>
    /// <exception cref="ArgumentException">The rule contradicts itself, does nothing, or is for an operation that there is not.</exception>
    public void Add(FaultRule item) => AddRange([item]);

    /// <summary>Adds rules: all of them, or none.</summary>
    /// <param name="rules">The rules.</param>
    /// <exception cref="ArgumentException">One contradicts itself, does nothing, or is for an operation that there is not.</exception>
    public void AddRange(IEnumerable<FaultRule> rules)
    {
        var added = Checked(rules);
        lock (_gate)
        {
            _rules.AddRange(added);
        }
    }

    /// <summary>Puts rules in the place of those there are; no request comes between.</summary>
    /// <param name="rules">The rules.</param>
    /// <exception cref="ArgumentException">One contradicts itself, does nothing, or is for an operation that there is not.</exception>
    public void Replace(IEnumerable<FaultRule> rules)
    {
        var added = Checked(rules);
        lock (_gate)
        {
            _rules.Clear();
            _rules.AddRange(added);
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
            if (_rules.Count == 0)
            {
                return [];
            }

            var operation = _rules.Exists(rule => rule.Operation is not null) ? _operationOf(request) : null;
            return _rules.Where(rule => rule.Befalls(request, operation)).ToArray();
        }
    }

    private FaultRule[] Checked(IEnumerable<FaultRule> rules)
    {
        var all = (rules ?? throw new ArgumentNullException(nameof(rules))).ToArray();
        foreach (var rule in all)
        {
            (rule ?? throw new ArgumentNullException(nameof(rules))).Check();
            if (rule.Operation is { } name && !_operations().Contains(name))
            {
                throw new ArgumentException(Unknown(name));
            }
        }

        return all;
    }

    private string Unknown(string name)
    {
        var group = name.Split(':')[0];
        var near = _operations()
            .Where(known => known.StartsWith(group + ":", StringComparison.Ordinal))
            .OrderBy(known => known);
        var listed = string.Join(", ", near);
        return $"There is no operation '{name}'"
            + (
                listed.Length > 0
                    ? $"; the operations of {group} are {listed}."
                    : "; operation names look like refunds:create."
            );
    }

    private FaultRule[] Snapshot()
    {
        lock (_gate)
        {
            return _rules.ToArray();
        }
    }
}
