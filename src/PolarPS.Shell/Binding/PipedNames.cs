namespace PolarPS.Commands;

/// <summary>
/// The names of the objects that were piped or given to a parameter that takes ids. Errors begin with the name; the id alone
/// does not show which of a thousand rows was refused. The last ones of each thread, by id; names only.
/// </summary>
internal static class PipedNames
{
    private const int Most = 500;

    // What a copy is called, where it does not say itself.
    private static readonly string[] NameProperties =
    [
        "Name",
        "Label",
        "Description",
        "Email",
        "InvoiceNumber",
        "DisplayKey",
        "Code",
    ];

    [ThreadStatic]
    private static Dictionary<string, string>? _names;

    /// <summary>Remembers what an object is called.</summary>
    public static void Remember(string id, object item)
    {
        if (NameOf(item) is not { Length: > 0 } name || name == id)
        {
            return;
        }

        _names ??= new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (_names.Count >= Most)
        {
            _names.Clear();
        }

        _names[id] = name;
    }

    /// <summary>What the object with an id was called; null where only the id was given.</summary>
    public static string? Find(string id) => _names is not null && _names.TryGetValue(id, out var name) ? name : null;

    private static string? NameOf(object item)
    {
        var value = PSValue.ValueOrCustom(item);
        switch (value)
        {
            case string or Guid or System.Collections.IDictionary:
                return null;
            case PolarObject model:
                // One without a name of its own is shown by its fields.
                return model.HasText ? model.ToString() : null;
        }

        return NameProperties
            .Select(name => PSValue.Property(item, name) as string)
            .FirstOrDefault(name => !string.IsNullOrWhiteSpace(name));
    }
}
