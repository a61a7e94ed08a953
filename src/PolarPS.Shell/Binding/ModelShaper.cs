using System.Collections.Concurrent;
using System.Reflection;

namespace PolarPS.Commands;

/// <summary>
/// Adds the fields that this version has no property for, as ordinary properties: on the object and on everything
/// inside it.
/// </summary>
internal static class ModelShaper
{
    private static readonly ConcurrentDictionary<
        Type,
        IReadOnlyList<(string Name, Func<object, object?> Read)>
    > Children = new();

    /// <summary>The object as PowerShell shows it.</summary>
    public static PSObject Shape(object item)
    {
        var shown = PSObject.AsPSObject(item);

        // Most answers have no such fields; then nothing is walked.
        if (item is PolarObject model && PolarObject.AnyUnknown)
        {
            foreach (var (path, value) in AddUnknown(model))
            {
                // ConvertTo-Json reads what is inside by reflection alone. So that it loses nothing, the outermost object has
                // such fields too, by their paths.
                Add(shown, path, value);
            }
        }

        return shown;
    }

    // Returns what was found further inside, by its path.
    private static List<(string Path, object? Value)> AddUnknown(PolarObject model)
    {
        var shown = PSObject.AsPSObject(model);
        foreach (var field in model.UnknownFields())
        {
            // PowerShell keeps such properties with the object itself, so they are there wherever it turns up.
            Add(shown, JsonSettings.PropertyName(field.Key), field.Value);
        }

        var inside = new List<(string, object?)>();
        foreach (var (name, read) in Children.GetOrAdd(model.GetType(), FindChildren))
        {
            var before = inside.Count;
            var child = read(model);
            switch (child)
            {
                case PolarObject inner:
                    AddFrom(inner, name);
                    break;
                case IEnumerable list:
                    var index = 0;
                    foreach (var inner in list)
                    {
                        if (inner is PolarObject found)
                        {
                            AddFrom(found, FormattableString.Invariant($"{name}[{index}]"));
                        }

                        index++;
                    }

                    break;
            }

            if (inside.Count > before)
            {
                // Select-Object -ExpandProperty drops what was added to a bare object, and keeps what stands in a PSObject.
                Add(shown, name, Wrapped(child!));
            }
        }

        return inside;

        void AddFrom(PolarObject inner, string path)
        {
            var deeper = AddUnknown(inner);
            inside.AddRange(
                inner.UnknownFields().Select(field => ($"{path}.{JsonSettings.PropertyName(field.Key)}", field.Value))
            );
            inside.AddRange(deeper.Select(field => ($"{path}.{field.Path}", field.Value)));
        }
    }

    // What Polar sends goes before what this version computes under the same name; PowerShell would refuse it.
    private static void Add(PSObject shown, string name, object? value) =>
        shown.Properties.Add(new PSNoteProperty(name, value), preValidated: true);

    private static object Wrapped(object child)
    {
        if (child is PolarObject)
        {
            return PSObject.AsPSObject(child);
        }

        var items = new PolarList<object?>();
        items.AddRange(
            ((IEnumerable)child).Cast<object?>().Select(item => item is null ? null : PSObject.AsPSObject(item))
        );
        return items;
    }

    private static IReadOnlyList<(string Name, Func<object, object?> Read)> FindChildren(Type type) =>
        [
            .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.GetIndexParameters().Length == 0 && HoldsModels(property.PropertyType))
                .Select(property => (property.Name, (Func<object, object?>)property.GetValue)),
        ];

    private static bool HoldsModels(Type type) =>
        typeof(PolarObject).IsAssignableFrom(type)
        || (
            type.IsGenericType
            && type.GetGenericTypeDefinition() == typeof(PolarList<>)
            && typeof(PolarObject).IsAssignableFrom(type.GetGenericArguments()[0])
        );
}
