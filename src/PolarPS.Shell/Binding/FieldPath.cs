namespace PolarPS.Commands;

/// <summary>Fields within fields: <c>properties.activations.limit</c> is a field of an object within an object of a body.</summary>
internal static class FieldPath
{
    /// <summary>Sets a field of a body, or one within the objects that the path names; missing ones are created.</summary>
    public static void Set(RequestBody body, string path, object? value)
    {
        var names = path.Split('.');
        if (names.Length == 1)
        {
            body.SetField(path, value);
            return;
        }

        var group = Group(body, names[0]);
        foreach (var name in names.Skip(1).Take(names.Length - 2))
        {
            if (group.TryGetValue(name, out var known) && known is Dictionary<string, object?> inner)
            {
                group = inner;
            }
            else
            {
                var made = new Dictionary<string, object?>(StringComparer.Ordinal);
                group[name] = made;
                group = made;
            }
        }

        group[names[names.Length - 1]] = value;
    }

    /// <summary>The object in a field of a body; created if missing.</summary>
    public static Dictionary<string, object?> Group(RequestBody body, string name)
    {
        if (body.ToFields().TryGetValue(name, out var known) && known is Dictionary<string, object?> group)
        {
            return group;
        }

        group = new Dictionary<string, object?>(StringComparer.Ordinal);
        body.SetField(name, group);
        return group;
    }

    /// <summary>The name at a path's end, by which errors name the field.</summary>
    public static string LastName(string path) => path.Substring(path.LastIndexOf('.') + 1);

    /// <summary>The parameter that the first known name of an error's location belongs to; null for none.</summary>
    public static string? ParameterIn(string location, IReadOnlyDictionary<string, string> parameters) =>
        location
            .Split('.', '[')
            .Select(name => parameters.TryGetValue(name, out var parameter) ? parameter : null)
            .FirstOrDefault(parameter => parameter is not null);
}
