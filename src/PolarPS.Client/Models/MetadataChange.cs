using System.Collections;

namespace PolarPS.Client.Models;

/// <summary>
/// Changes some keys of metadata and keeps the others. Polar replaces metadata as a whole: what an update does not send is
/// gone, so the whole has to be read, changed and sent.
/// </summary>
public static class MetadataChange
{
    /// <summary>Metadata as it is after a change.</summary>
    /// <param name="current">The metadata that the object has now; null for none. It stays as it is.</param>
    /// <param name="add">Keys and values to add, or to put in the place of those with the same key; null for none.</param>
    /// <param name="remove">
    /// Keys to remove: the one that is written in the same way, or the only one that differs in case. One that is not there is
    /// no error. Null for none.
    /// </param>
    /// <returns>All keys and values, to be sent as the whole.</returns>
    public static Dictionary<string, object?> Apply(
        IEnumerable<KeyValuePair<string, object?>>? current,
        IDictionary? add,
        IEnumerable<string>? remove
    )
    {
        var result = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var entry in current ?? [])
        {
            result[entry.Key] = entry.Value;
        }

        foreach (var key in remove ?? [])
        {
            if (!result.Remove(key))
            {
                var similar = result
                    .Keys.Where(known => known.Equals(key, StringComparison.OrdinalIgnoreCase))
                    .ToList();
                if (similar.Count == 1)
                {
                    result.Remove(similar[0]);
                }
            }
        }

        foreach (DictionaryEntry entry in add ?? new Hashtable())
        {
            result[PlainJson.KeyText(entry.Key)] = entry.Value;
        }

        return result;
    }
}
