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
    private const int FewKeys = 16;

    // Most objects have metadata, and most metadata has a key or two: two arrays take half of what a Dictionary does.
    private string[] _keys = [];
    private TValue[] _values = [];
    private int _version;

    // Where each key is; only for many of them.
    private Dictionary<string, int>? _places;

    /// <summary>How many keys there are.</summary>
    public int Count { get; private set; }

    /// <summary>The keys, as they are spelled; a copy.</summary>
    public ICollection<string> Keys => _keys.AsSpan(0, Count).ToArray();

    /// <summary>The values; a copy.</summary>
    public ICollection<TValue> Values => _values.AsSpan(0, Count).ToArray();

    bool ICollection<KeyValuePair<string, TValue>>.IsReadOnly => false;

    bool IDictionary.IsReadOnly => false;

    bool IDictionary.IsFixedSize => false;

    ICollection IDictionary.Keys => (ICollection)Keys;

    ICollection IDictionary.Values => (ICollection)Values;

    bool ICollection.IsSynchronized => false;

    object ICollection.SyncRoot => this;

    IEnumerable<string> IReadOnlyDictionary<string, TValue>.Keys => Keys;

    IEnumerable<TValue> IReadOnlyDictionary<string, TValue>.Values => Values;

    /// <summary>The value of a key: of the exact one, else of one in another case. Setting replaces that value, or adds the key.</summary>
    /// <param name="key">The key.</param>
    /// <exception cref="KeyNotFoundException">There is no such key, in any case.</exception>
    public TValue this[string key]
    {
        get =>
            TryGetValue(key, out var value)
                ? value
                : throw new KeyNotFoundException($"There is no key '{VisibleText.Of(key)}'.");
        set => Set(Find(key), key, value);
    }

    object? IDictionary.this[object key]
    {
        get => key is string text && TryGetValue(text, out var value) ? value : null;
        set => this[Text(key)] = (TValue)value!;
    }

    /// <summary>Whether there is such a key, in any case.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Whether the indexer finds it.</returns>
    public bool ContainsKey(string key) => Find(key) >= 0;

    /// <summary>Finds the value of a key: of the exact one, else of one in another case.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">Its value.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryGetValue(string key, out TValue value)
    {
        var place = Find(key);
        value = place >= 0 ? _values[place] : default!;
        return place >= 0;
    }

    /// <summary>Adds a key as it is spelled, also beside one that differs in case only.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">Its value.</param>
    /// <exception cref="ArgumentException">Exactly this key is there.</exception>
    public void Add(string key, TValue value)
    {
        if (PlaceOf(key) >= 0)
        {
            throw new ArgumentException($"There is a key '{VisibleText.Of(key)}' already.", nameof(key));
        }

        Set(-1, key, value);
    }

    /// <summary>Sets exactly this key, as what is read from JSON has it.</summary>
    internal void Put(string key, TValue value) => Set(PlaceOf(key), key, value);

    /// <summary>Removes a key: the exact one, else one in another case.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Whether there was one.</returns>
    public bool Remove(string key)
    {
        var place = Find(key);
        if (place < 0)
        {
            return false;
        }

        Count--;
        Array.Copy(_keys, place + 1, _keys, place, Count - place);
        Array.Copy(_values, place + 1, _values, place, Count - place);
        _keys[Count] = null!;
        _values[Count] = default!;
        _places = null;
        _version++;
        return true;
    }

    /// <summary>Removes everything.</summary>
    public void Clear()
    {
        (_keys, _values, _places, Count) = ([], [], null, 0);
        _version++;
    }

    /// <summary>The keys, as they are spelled, with their values.</summary>
    /// <returns>An enumerator over them, which ends with an error where keys are added or removed meanwhile.</returns>
    public IEnumerator<KeyValuePair<string, TValue>> GetEnumerator()
    {
        var version = _version;
        for (var place = 0; place < Count; place++)
        {
            yield return new KeyValuePair<string, TValue>(_keys[place], _values[place]);
            if (version != _version)
            {
                throw new InvalidOperationException("Keys were added or removed while they were enumerated.");
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    IDictionaryEnumerator IDictionary.GetEnumerator() => new Entries(GetEnumerator());

    void IDictionary.Add(object key, object? value) => Add(Text(key), (TValue)value!);

    bool IDictionary.Contains(object key) => key is string text && ContainsKey(text);

    void IDictionary.Remove(object key)
    {
        if (key is string text)
        {
            Remove(text);
        }
    }

    void ICollection.CopyTo(Array array, int index)
    {
        foreach (var entry in this)
        {
            array.SetValue(array is DictionaryEntry[] ? new DictionaryEntry(entry.Key, entry.Value) : entry, index++);
        }
    }

    void ICollection<KeyValuePair<string, TValue>>.Add(KeyValuePair<string, TValue> item) => Add(item.Key, item.Value);

    bool ICollection<KeyValuePair<string, TValue>>.Contains(KeyValuePair<string, TValue> item) =>
        TryGetValue(item.Key, out var value) && EqualityComparer<TValue>.Default.Equals(value, item.Value);

    void ICollection<KeyValuePair<string, TValue>>.CopyTo(KeyValuePair<string, TValue>[] array, int arrayIndex) =>
        ((ICollection)this).CopyTo(array, arrayIndex);

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

    private void Set(int place, string key, TValue value)
    {
        if (place >= 0)
        {
            _values[place] = value;
            return;
        }

        if (Count == _keys.Length)
        {
            var size = Math.Max(2, 2 * Count);
            Array.Resize(ref _keys, size);
            Array.Resize(ref _values, size);
        }

        (_keys[Count], _values[Count]) = (key, value);
        _places?.Add(key, Count);
        Count++;
        _version++;
    }

    private int PlaceOf(string key)
    {
        _ = key ?? throw new ArgumentNullException(nameof(key));
        if (Count <= FewKeys)
        {
            return Array.IndexOf(_keys, key, 0, Count);
        }

        // Complete before others see it: several threads may read at once.
        var places = _places ??= Places();
        return places.TryGetValue(key, out var found) ? found : -1;
    }

    private Dictionary<string, int> Places()
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var place = 0; place < Count; place++)
        {
            places.Add(_keys[place], place);
        }

        return places;
    }

    private int Find(string key)
    {
        var exact = PlaceOf(key);
        for (var place = 0; exact < 0 && place < Count; place++)
        {
            if (string.Equals(_keys[place], key, StringComparison.OrdinalIgnoreCase))
            {
                return place;
            }
        }

        return exact;
    }

    private sealed class Entries(IEnumerator<KeyValuePair<string, TValue>> entries) : IDictionaryEnumerator
    {
        public DictionaryEntry Entry => new(entries.Current.Key, entries.Current.Value);

        public object Key => entries.Current.Key;

        public object? Value => entries.Current.Value;

        public object Current => Entry;

        public bool MoveNext() => entries.MoveNext();

        public void Reset() => throw new NotSupportedException();
    }
}
