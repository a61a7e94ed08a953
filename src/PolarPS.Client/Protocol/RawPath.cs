using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace PolarPS.Client;

/// <summary>A path from the user; the query can be given separately, as names and values.</summary>
internal static class RawPath
{
    /// <summary>Puts names and values into a path's query.</summary>
    /// <param name="path">The path, encoded; a query may follow.</param>
    /// <param name="query">The names and values; null for none.</param>
    /// <exception cref="ArgumentException">A name or a value has no form in a query, or would leave no trace in it.</exception>
    public static string Of(string path, IDictionary? query)
    {
        var builder = new QueryBuilder();
        foreach (DictionaryEntry entry in query ?? new Hashtable())
        {
            var name = PlainJson.KeyText(entry.Key);
            if (string.IsNullOrWhiteSpace(name))
            {
                throw new ArgumentException("A name in the query is empty.");
            }

            Add(builder, name, entry.Value);
        }

        return With(path, builder);
    }

    /// <summary>Appends a query to a path that may have one.</summary>
    public static string With(string path, QueryBuilder query)
    {
        var text = query.ToString();
        return path.IndexOf('?') >= 0 && text.Length > 0 ? path.TrimEnd('&') + "&" + text.Substring(1) : path + text;
    }

    /// <summary>The names and values of a path's query, decoded.</summary>
    public static IEnumerable<KeyValuePair<string, string>> QueryOf(string path)
    {
        var start = path.IndexOf('?');
        foreach (var pair in start < 0 ? [] : path.Substring(start + 1).Split('&'))
        {
            var end = pair.IndexOf('=');
            yield return new(
                Decode(end < 0 ? pair : pair.Substring(0, end)),
                end < 0 ? "" : Decode(pair.Substring(end + 1))
            );
        }

        static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
    }

    private static void Add(QueryBuilder builder, string name, object? value)
    {
        switch (value)
        {
            case string text:
                AddText(builder, name, text);
                break;
            case IDictionary { Count: > 0 } fields when name.IndexOf('[') < 0:
                // The form in which Polar reads metadata: metadata[plan]=pro.
                foreach (DictionaryEntry field in fields)
                {
                    Add(builder, $"{name}[{PlainJson.KeyText(field.Key)}]", field.Value);
                }

                break;
            case IDictionary { Count: > 0 }:
                throw new ArgumentException($"The value of '{name}' in the query is nested too deep.");
            case IEnumerable values and not IDictionary:
                var all = values.Cast<object?>().ToList();
                if (all.Count == 0)
                {
                    throw Empty(name);
                }

                foreach (var item in all)
                {
                    if (item is IEnumerable and not string)
                    {
                        throw new ArgumentException($"The value of '{name}' in the query is nested too deep.");
                    }

                    Add(builder, name, item);
                }

                break;
            default:
                AddText(builder, name, TextOf(name, value));
                break;
        }
    }

    private static void AddText(QueryBuilder builder, string name, string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw Empty(name);
        }

        builder.Add(name, text);
    }

    private static ArgumentException Empty(string name) =>
        new(
            $"The value of '{name}' in the query is empty, which would not filter. Omit it to list without the filter."
        );

    private static string TextOf(string name, object? value) =>
        value switch
        {
            null or IDictionary => throw Empty(name),
            bool flag => flag ? "true" : "false",
            DateTime time => PlainJson.TimeText(new DateTimeOffset(time)),
            DateTimeOffset time => PlainJson.TimeText(time),
            Uri address => address.OriginalString,
            sbyte
            or byte
            or short
            or ushort
            or int
            or uint
            or long
            or ulong
            or float
            or double
            or decimal
            or char
            or Guid
            or Enum => Convert.ToString(value, CultureInfo.InvariantCulture)!,
            _ => throw new ArgumentException(
                $"The value of '{name}' in the query is of type {value.GetType().Name}, which cannot be part of an address."
            ),
        };
}
