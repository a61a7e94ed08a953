using System.Collections;

namespace PolarPS.Client;

/// <summary>A path from the user; the query can be given separately, as names and values.</summary>
internal static class RawPath
{
    // Whose last slash is part of the path. A test holds them against the description of the API.
    private static readonly HashSet<string> WithSlash = new(StringComparer.Ordinal)
    {
        "/v1/benefit-grants",
        "/v1/benefits",
        "/v1/checkout-links",
        "/v1/checkouts",
        "/v1/custom-fields",
        "/v1/customer-meters",
        "/v1/customer-portal/benefit-grants",
        "/v1/customer-portal/downloadables",
        "/v1/customer-portal/license-keys",
        "/v1/customer-portal/meters",
        "/v1/customer-portal/orders",
        "/v1/customer-portal/subscriptions",
        "/v1/customer-portal/wallets",
        "/v1/customer-sessions",
        "/v1/customers",
        "/v1/discounts",
        "/v1/disputes",
        "/v1/event-types",
        "/v1/events",
        "/v1/files",
        "/v1/license-keys",
        "/v1/meters",
        "/v1/metrics",
        "/v1/orders",
        "/v1/organizations",
        "/v1/payments",
        "/v1/products",
        "/v1/refunds",
        "/v1/subscriptions",
    };

    /// <summary>
    /// A path with the last slash as Polar has it: a wrong one would be answered with another address, which is never followed.
    /// </summary>
    public static string Spell(string path)
    {
        var end = path.IndexOf('?');
        var (name, query) = end < 0 ? (path, string.Empty) : (path.Substring(0, end), path.Substring(end));
        var bare = name.TrimEnd('/');
        return WithSlash.Contains(bare) ? bare + "/" + query
            : name.Length - bare.Length == 1 && IsBelowKnown(bare) ? bare + query
            : path;
    }

    // A path that this version does not know stays as it is.
    private static bool IsBelowKnown(string path)
    {
        for (var end = path.LastIndexOf('/'); end > 0; end = path.LastIndexOf('/', end - 1))
        {
            if (WithSlash.Contains(path.Substring(0, end)))
            {
                return true;
            }
        }

        return false;
    }

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
