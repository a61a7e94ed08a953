using System.Collections;
using System.Text;

namespace PolarPS.Client.Models;

/// <summary>
/// What an update would change of an object, field by field, compared with the object as it was read. Nothing is sent. A value
/// whose comparison is not certain counts as a change.
/// </summary>
public sealed class UpdateComparison
{
    private readonly PolarObject _current;
    private readonly RequestBody _update;

    private UpdateComparison(
        PolarObject current,
        RequestBody update,
        IReadOnlyList<FieldComparison> fields,
        PriceChange? prices
    )
    {
        _current = current;
        _update = update;
        Fields = fields;
        Prices = prices;
    }

    /// <summary>The fields that the update sets, in order.</summary>
    public IReadOnlyList<FieldComparison> Fields { get; }

    /// <summary>What would happen to the prices of a product; null where the update sets none.</summary>
    public PriceChange? Prices { get; }

    /// <summary>Whether the object would stay as it is. Polar still reviews the organization, or grants benefits again, when such an update is sent.</summary>
    public bool ChangesNothing => Fields.All(static comparison => !comparison.IsChanged);

    /// <summary>Compares an update with the object as it is.</summary>
    /// <param name="current">The object, read just now.</param>
    /// <param name="update">The update's body.</param>
    /// <returns>The comparison.</returns>
    public static UpdateComparison Of(PolarObject current, RequestBody update)
    {
        if (current is null)
        {
            throw new ArgumentNullException(nameof(current));
        }

        if (update is null)
        {
            throw new ArgumentNullException(nameof(update));
        }

        PriceChange? prices = null;
        var fields = new List<FieldComparison>();
        foreach (var field in update.ToFields())
        {
            if (field.Key == "prices" && current is Product product && field.Value is IEnumerable<PriceInput> inputs)
            {
                prices = PriceChange.Replace(product, inputs);
                fields.Add(new FieldComparison(field.Key, !prices.ChangesNothing, [.. prices.Archived]));
                continue;
            }

            if (!TryGet(current, field.Key, out var value))
            {
                fields.Add(new FieldComparison(field.Key, true, []));
                continue;
            }

            var sent = field.Value;
            if (current is OAuth2Client && field.Key == "scope")
            {
                (sent, value) = (Scopes(sent), Scopes(value));
            }

            fields.Add(
                new FieldComparison(
                    field.Key,
                    !Values.AreSame(sent, value) && !IsClearedText(current, field.Key, sent, value),
                    Values.Lost(sent, value)
                )
            );
        }

        return new UpdateComparison(current, update, fields, prices);
    }

    /// <summary>
    /// What is there now and would go with the update, because it is replaced as a whole: the keys of metadata, the items of a
    /// list, the names of an object's properties.
    /// </summary>
    /// <param name="path">A field as the API spells it, or one within it, such as <c>properties.files</c>.</param>
    /// <returns>Keys and names as text, items as they were read; empty where nothing goes.</returns>
    public IReadOnlyList<object> Lost(string path)
    {
        var names = (path ?? throw new ArgumentNullException(nameof(path))).Split('.');
        object? sent = _update;
        object? current = _current;
        foreach (var name in names)
        {
            if (!Values.TryGetField(sent, name, out sent))
            {
                return [];
            }

            current = current switch
            {
                PolarObject model => TryGet(model, name, out var value) ? value : null,
                IDictionary dictionary => Values.TryGetField(dictionary, name, out var value) ? value : null,
                _ => null,
            };
        }

        return Fields.FirstOrDefault(field => field.Field == path)?.Lost ?? Values.Lost(sent, current);
    }

    /// <summary>Whether an update replaces something that has parts: a list, keys and values, an object within the object.</summary>
    internal static bool ReplacesParts(Type model, RequestBody update)
    {
        var properties = PolarJson.Default.GetTypeInfo(model)?.Properties;
        return properties is not null
            && update
                .FieldNames()
                .Any(name =>
                    properties.FirstOrDefault(property => property.Name == name) is { } property
                    && property.PropertyType != typeof(string)
                    && (
                        typeof(IEnumerable).IsAssignableFrom(property.PropertyType)
                        || typeof(PolarObject).IsAssignableFrom(property.PropertyType)
                    )
                );
    }

    // A client's scopes are one text with blanks between them, in any order; null for the same as none.
    private static List<string> Scopes(object? text) =>
        [
            .. ((text as string) ?? string.Empty)
                .Split([' '], StringSplitOptions.RemoveEmptyEntries)
                .OrderBy(static scope => scope, StringComparer.Ordinal),
        ];

    // Polar stores no empty description.
    private static bool IsClearedText(PolarObject current, string field, object? sent, object? value) =>
        current is Product && field == "description" && sent is "" && value is null;

    private static bool TryGet(PolarObject current, string field, out object? value)
    {
        var property = PolarJson
            .Default.GetTypeInfo(current.GetType())
            ?.Properties.FirstOrDefault(property => property.Name == field && !property.IsExtensionData);
        var unknown = current.UnknownFields();
        if (unknown.TryGetValue(field, out value))
        {
            return true;
        }

        value = property?.Get?.Invoke(current);
        return property is not null;
    }

    /// <summary>Values as they are sent against values as they were read.</summary>
    private static class Values
    {
        public static bool AreSame(object? sent, object? current)
        {
            switch (sent)
            {
                case null:
                    return current is null or ICollection { Count: 0 };
                case string text:
                    return current switch
                    {
                        string other => IsSameText(text, other),
                        PolarObject model => IdOf(model) is { } id && IsSameText(text, id),
                        _ => false,
                    };
                case bool flag:
                    return current is bool other2 && flag == other2;
                case DateTimeOffset time:
                    return current switch
                    {
                        DateTimeOffset other => time == other,
                        string other => DateTimeOffset.TryParse(
                            other,
                            CultureInfo.InvariantCulture,
                            DateTimeStyles.AssumeUniversal,
                            out var read
                        )
                            && time == read,
                        _ => false,
                    };
                case RequestBody body:
                    return AreSameFields(body.ToFields(), Declared(body), current);
                case PolarObject model:
                    return AreSameFields(model.ToFields(), null, current);
                case IDictionary dictionary:
                    return AreSameFields(Entries(dictionary), null, current);
                case IEnumerable items:
                    return current is IEnumerable others and not string && AreSameItems(items, others);
                default:
                    return AreSameNumbers(sent, current);
            }
        }

        /// <summary>What exists now and would be lost: keys, items, or parts of an object.</summary>
        public static IReadOnlyList<object> Lost(object? sent, object? current)
        {
            switch (current)
            {
                case null or string:
                    return [];
                case IDictionary dictionary:
                    var kept = sent is IDictionary given ? Entries(given) : [];
                    return [.. Entries(dictionary).Keys.Where(key => !kept.ContainsKey(key)).Cast<object>()];
                case PolarObject model:
                    // A text is the id of the object, null means none: neither leaves a part behind.
                    var parts =
                        sent is RequestBody body ? body.ToFields()
                        : sent is IDictionary fields ? Entries(fields)
                        : null;
                    return parts is null
                        ? []
                        :
                        [
                            .. model
                                .ToFields()
                                .Where(field => field.Value is not null && !parts.ContainsKey(field.Key))
                                .Select(field => (object)JsonSettings.PropertyName(field.Key)),
                        ];
                case IEnumerable items:
                    var wanted = sent is IEnumerable list and not string ? list.Cast<object?>().ToList() : [];
                    return
                    [
                        .. items
                            .Cast<object?>()
                            .Where(item => item is not null && !wanted.Any(want => IsSameItem(want, item)))
                            .Select(item => item!),
                    ];
                default:
                    return [];
            }
        }

        private static bool AreSameItems(IEnumerable items, IEnumerable others)
        {
            var left = items.Cast<object?>().ToList();
            var right = others.Cast<object?>().ToList();
            return left.Count == right.Count && left.Zip(right, AreSame).All(static same => same);
        }

        /// <param name="sent">The fields of the new object.</param>
        /// <param name="declared">The only fields that the new object can have; null for any.</param>
        /// <param name="current">The present object.</param>
        private static bool AreSameFields(Dictionary<string, object?> sent, HashSet<string>? declared, object? current)
        {
            var known = current switch
            {
                PolarObject model => model.ToFields(),
                IDictionary dictionary => Entries(dictionary),
                _ => null,
            };
            if (known is null)
            {
                return sent.Count == 0 && current is null;
            }

            // An object is replaced as a whole: what is not sent again is lost, as far as it can be sent.
            return sent.All(field =>
                    AreSameField(field.Key, field.Value, known.TryGetValue(field.Key, out var value) ? value : null)
                )
                && known.All(field =>
                    field.Value is null || sent.ContainsKey(field.Key) || declared?.Contains(field.Key) == false
                );
        }

        // A benefit says of each file whether it is withheld; one that it says nothing of is not.
        private static bool AreSameField(string name, object? sent, object? current) =>
            name == "archived" && sent is IDictionary files && current is IDictionary others
                ? AreSame(Withheld(files), Withheld(others))
                : AreSame(sent, current);

        private static Dictionary<string, object?> Withheld(IDictionary files) =>
            Entries(files).Where(file => file.Value is not false).ToDictionary(file => file.Key, file => file.Value);

        /// <summary>Whether an item of a new list is the same one as an item of the present list, be it changed or not.</summary>
        private static bool IsSameItem(object? sent, object item)
        {
            if (AreSame(sent, item))
            {
                return true;
            }

            var fields = sent switch
            {
                RequestBody body => body.ToFields(),
                PolarObject model => model.ToFields(),
                IDictionary dictionary => Entries(dictionary),
                _ => null,
            };
            if (fields is null || item is not PolarObject current)
            {
                return false;
            }

            var known = current.ToFields();
            foreach (var key in Keys)
            {
                if (known.TryGetValue(key, out var id) && id is not null)
                {
                    return fields.TryGetValue(key, out var other) && AreSame(other, id);
                }
            }

            return false;
        }

        // What tells the items of a list apart.
        private static readonly string[] Keys = ["id", "custom_field_id", "value", "platform"];

        private static string? IdOf(PolarObject model) =>
            model.ToFields().TryGetValue("id", out var id) ? id as string : null;

        // An id is the same one in capitals.
        private static bool IsSameText(string left, string right) =>
            left == right
            || (
                Guid.TryParseExact(left, "D", out var id)
                && Guid.TryParseExact(right, "D", out var other)
                && id == other
            );

        private static bool AreSameNumbers(object sent, object? current)
        {
            if (sent is float or double || current is float or double)
            {
                // Digit by digit as JSON has them: a decimal would round, and hide a difference.
                return current is not null
                    && IsNumber(sent)
                    && IsNumber(current)
                    && JsonText(sent) == JsonText(current);
            }

            return Number(sent) is { } number && Number(current) is { } known && number == known;
        }

        private static bool IsNumber(object value) =>
            value is sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal;

        private static string JsonText(object value) => Encoding.UTF8.GetString(PlainJson.ToUtf8(value));

        private static decimal? Number(object? value) =>
            value is DecimalText text ? decimal.Parse(text.ToString(), CultureInfo.InvariantCulture)
            : value is not null && IsNumber(value) ? Convert.ToDecimal(value, CultureInfo.InvariantCulture)
            : null;

        private static HashSet<string> Declared(RequestBody body) =>
            [.. body.GetType().GetProperties().Select(property => JsonSettings.FieldName(property.Name))];

        public static bool TryGetField(object? value, string name, out object? field)
        {
            field = null;
            return value switch
            {
                RequestBody body => body.ToFields().TryGetValue(name, out field),
                IDictionary dictionary => Entries(dictionary).TryGetValue(name, out field),
                _ => false,
            };
        }

        private static Dictionary<string, object?> Entries(IDictionary dictionary)
        {
            var entries = new Dictionary<string, object?>(StringComparer.Ordinal);
            foreach (DictionaryEntry entry in dictionary)
            {
                entries[PlainJson.KeyText(entry.Key)] = entry.Value;
            }

            return entries;
        }
    }
}

/// <summary>What an update would do to one field.</summary>
public sealed class FieldComparison
{
    internal FieldComparison(string field, bool isChanged, IReadOnlyList<object> lost)
    {
        Field = field;
        IsChanged = isChanged;
        Lost = lost;
    }

    /// <summary>The field, as the API spells it.</summary>
    public string Field { get; }

    /// <summary>Whether its value would be another one.</summary>
    public bool IsChanged { get; }

    /// <summary>
    /// What the field would lose because it is replaced as a whole: the keys of metadata, the items of a list, the names of an
    /// object's properties. Empty where nothing goes.
    /// </summary>
    public IReadOnlyList<object> Lost { get; }
}
