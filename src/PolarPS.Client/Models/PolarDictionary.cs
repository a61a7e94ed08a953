using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace PolarPS.Client.Models;

/// <summary>
/// Keys and values in the order in which Polar sent them. A key is found in any case, as PowerShell's own dictionaries do it;
/// where keys differ in nothing but case, the exact one comes first. What is sent keeps each key as it is spelled.
/// </summary>
/// <typeparam name="TValue">The type of the values.</typeparam>
[SuppressMessage("Naming", "CA1710", Justification = "It is a dictionary, and named like the other collections here.")]
public class PolarDictionary<TValue> : IDictionary<string, TValue>, IReadOnlyDictionary<string, TValue>, IDictionary
{
    private readonly Dictionary<string, TValue> _entries = new(StringComparer.Ordinal);

    /// <summary>How many keys there are.</summary>
    public int Count => _entries.Count;

    /// <summary>The keys, as they are spelled.</summary>
    public ICollection<string> Keys => _entries.Keys;

    /// <summary>The values.</summary>
    public ICollection<TValue> Values => _entries.Values;

    bool ICollection<KeyValuePair<string, TValue>>.IsReadOnly => false;

    bool IDictionary.IsReadOnly => false;

    bool IDictionary.IsFixedSize => false;

    ICollection IDictionary.Keys => _entries.Keys;

    ICollection IDictionary.Values => _entries.Values;

    bool ICollection.IsSynchronized => false;

    object ICollection.SyncRoot => _entries;

    IEnumerable<string> IReadOnlyDictionary<string, TValue>.Keys => _entries.Keys;

    IEnumerable<TValue> IReadOnlyDictionary<string, TValue>.Values => _entries.Values;

    /// <summary>The value of a key: of the exact one, else of one in another case. Setting replaces that value, or adds the key.</summary>
    /// <param name="key">The key.</param>
    /// <exception cref="KeyNotFoundException">There is no such key, in any case.</exception>
    public TValue this[string key]
    {
        get =>
            TryGetValue(key, out var value)
                ? value
                : throw new KeyNotFoundException($"There is no key '{VisibleText.Of(key)}'.");
        set => _entries[Find(key) ?? key] = value;
    }

    object? IDictionary.this[object key]
    {
        get => key is string text && TryGetValue(text, out var value) ? value : null;
        set => this[Text(key)] = (TValue)value!;
    }

    /// <summary>Whether there is such a key, in any case.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Whether the indexer finds it.</returns>
    public bool ContainsKey(string key) => Find(key) is not null;

    /// <summary>Finds the value of a key: of the exact one, else of one in another case.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">Its value.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryGetValue(string key, out TValue value)
    {
        if (Find(key) is { } found)
        {
            value = _entries[found];
            return true;
        }

        value = default!;
        return false;
    }

    /// <summary>Adds a key as it is spelled, also beside one that differs in case only.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">Its value.</param>
    /// <exception cref="ArgumentException">Exactly this key is there.</exception>
    public void Add(string key, TValue value) => _entries.Add(key, value);

    /// <summary>Sets exactly this key, as what is read from JSON has it.</summary>
    internal void Put(string key, TValue value) => _entries[key] = value;

    /// <summary>Removes a key: the exact one, else one in another case.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Whether there was one.</returns>
    public bool Remove(string key) => Find(key) is { } found && _entries.Remove(found);

    /// <summary>Removes everything.</summary>
    public void Clear() => _entries.Clear();

    /// <summary>The keys, as they are spelled, with their values.</summary>
    /// <returns>An enumerator over them.</returns>
    public IEnumerator<KeyValuePair<string, TValue>> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    IDictionaryEnumerator IDictionary.GetEnumerator() => ((IDictionary)_entries).GetEnumerator();

    void IDictionary.Add(object key, object? value) => Add(Text(key), (TValue)value!);

    bool IDictionary.Contains(object key) => key is string text && ContainsKey(text);

    void IDictionary.Remove(object key)
    {
        if (key is string text)
        {
            Remove(text);
        }
    }

    void ICollection.CopyTo(Array array, int index) => ((ICollection)_entries).CopyTo(array, index);

    void ICollection<KeyValuePair<string, TValue>>.Add(KeyValuePair<string, TValue> item) => Add(item.Key, item.Value);

    bool ICollection<KeyValuePair<string, TValue>>.Contains(KeyValuePair<string, TValue> item) =>
        TryGetValue(item.Key, out var value) && EqualityComparer<TValue>.Default.Equals(value, item.Value);

    void ICollection<KeyValuePair<string, TValue>>.CopyTo(KeyValuePair<string, TValue>[] array, int arrayIndex) =>
        ((ICollection<KeyValuePair<string, TValue>>)_entries).CopyTo(array, arrayIndex);

    bool ICollection<KeyValuePair<string, TValue>>.Remove(KeyValuePair<string, TValue> item) =>
        ((ICollection<KeyValuePair<string, TValue>>)this).Contains(item) && Remove(item.Key);

    /// <summary>The keys and values, separated by semicolons.</summary>
    /// <returns>One line of text, the same in every culture.</returns>
    public override string ToString() =>
        string.Join(
            "; ",
            this.Select(entry => entry.Key + "=" + Convert.ToString(entry.Value, CultureInfo.InvariantCulture))
        );

    private static string Text(object key) =>
        key as string
        ?? throw new ArgumentException($"A key is text; this is {key?.GetType().ToString() ?? "null"}.", nameof(key));

    private string? Find(string key) =>
        _entries.ContainsKey(key)
            ? key
            : _entries.Keys.FirstOrDefault(known => string.Equals(known, key, StringComparison.OrdinalIgnoreCase));
}
