namespace PolarPS.Emulator;

/// <summary>One query parameter that narrows a list.</summary>
internal sealed class ListFilter
{
    private readonly Func<QueryReader, Func<Document, bool>?> _read;

    private ListFilter(Func<QueryReader, Func<Document, bool>?> read) => _read = read;

    /// <summary>The test that a request asks for; null when it does not mention the parameter.</summary>
    public Func<Document, bool>? Read(QueryReader query) => _read(query);

    /// <summary>Documents of which one of the given values is the, or one of the, values.</summary>
    public static ListFilter Any(
        string name,
        Schema schema,
        Func<Document, IEnumerable<string?>> values,
        StringComparer? comparer = null
    ) =>
        new(query =>
        {
            if (query.Many(name, schema) is not { } wanted)
            {
                return null;
            }

            var set = new HashSet<string?>(wanted, comparer ?? StringComparer.Ordinal);
            return document => values(document).Any(set.Contains);
        });

    /// <summary>Documents of which a field has one of the given values.</summary>
    public static ListFilter Field(string name, Schema schema, string? field = null) =>
        Any(name, schema, document => [document.Row.Text(field ?? name)]);

    /// <summary>Documents of the given organizations.</summary>
    public static ListFilter Organization() =>
        Any("organization_id", Form.Uuid, static document => [document.OrganizationId]);

    /// <summary>Documents without the given values.</summary>
    public static ListFilter Except(string name, Schema schema, string field) =>
        new(query =>
        {
            if (query.Many(name, schema) is not { } unwanted)
            {
                return null;
            }

            var set = new HashSet<string?>(unwanted, StringComparer.Ordinal);
            return document => !set.Contains(document.Row.Text(field));
        });

    /// <summary>Documents that are, or are not, something.</summary>
    public static ListFilter Flag(string name, Func<JsonObject, bool> test) =>
        new(query => query.One(name, Form.Boolean) is { } wanted ? Same(test, wanted.GetValue<bool>()) : null);

    /// <summary>Documents that are something, or that are something else.</summary>
    public static ListFilter Flag(string name, Func<JsonObject, bool> ifTrue, Func<JsonObject, bool> ifFalse) =>
        new(query =>
            query.One(name, Form.Boolean) is { } wanted
                ? Same(wanted.GetValue<bool>() ? ifTrue : ifFalse, wanted: true)
                : null
        );

    /// <summary>Documents that have the text in one of these fields, in any case.</summary>
    public static ListFilter Search(string name, params string[] fields) =>
        new(query =>
        {
            if (query.One(name, Form.AnyText)?.GetValue<string>() is not { Length: > 0 } text)
            {
                return null;
            }

            return document =>
                fields.Any(field => document.Row.Text(field)?.IndexOf(text, StringComparison.OrdinalIgnoreCase) >= 0);
        });

    /// <summary>Documents that have the text in one of these fields, in any case or as it is written.</summary>
    public static ListFilter Search(string name, params (string Field, StringComparison Comparison)[] fields) =>
        new(query =>
            query.One(name, Form.AnyText)?.GetValue<string>() is { Length: > 0 } text
                ? document =>
                    Array.Exists(fields, field => document.Row.Text(field.Field)?.IndexOf(text, field.Comparison) >= 0)
                : null
        );

    /// <summary>Documents that have the text, in any case, in something that is worked out.</summary>
    public static ListFilter Search(string name, Func<Document, string?> value) =>
        new(query =>
            query.One(name, Form.AnyText)?.GetValue<string>() is { Length: > 0 } text
                ? document => value(document)?.IndexOf(text, StringComparison.OrdinalIgnoreCase) >= 0
                : null
        );

    /// <summary>Documents of which a field is the text, in any case.</summary>
    public static ListFilter SameText(string name, string field) =>
        Where(
            name,
            Form.AnyText,
            (document, text) => string.Equals(document.Row.Text(field), text, StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>Documents of which something is true for the text.</summary>
    public static ListFilter Where(string name, Schema schema, Func<Document, string, bool> test) =>
        new(query =>
            query.One(name, schema) is JsonValue value && value.TryGetValue<string>(out var text)
                ? document => test(document, text)
                : null
        );

    /// <summary>Documents of which a time is after the given one.</summary>
    public static ListFilter After(string name, string field) =>
        new(query =>
            query.One(name, Form.Time) is JsonValue time && time.TryGetValue<string>(out var text)
                ? document => document.Row.Text(field) is { } own && string.CompareOrdinal(own, text) > 0
                : null
        );

    /// <summary>Documents of which a time is before the given one.</summary>
    public static ListFilter Before(string name, string field) =>
        new(query =>
            query.One(name, Form.Time) is JsonValue time && time.TryGetValue<string>(out var text)
                ? document => document.Row.Text(field) is { } own && string.CompareOrdinal(own, text) < 0
                : null
        );

    private static Func<Document, bool> Same(Func<JsonObject, bool> test, bool wanted) =>
        document => test(document.Row) == wanted;
}
