using System.Collections.Concurrent;
using System.Reflection;

namespace PolarPS.Commands;

/// <summary>
/// The parameter is a field of the request's body. It is sent when it was given, as $null too; errors about the field name
/// the parameter.
/// </summary>
/// <param name="name">
/// The field's name in the API, or the path to it, such as <c>properties.prefix</c>; null when it is the parameter's name in
/// snake case.
/// </param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FieldAttribute(string? name = null) : Attribute
{
    public string? Name { get; } = name;
}

/// <summary>The parameter says how much: the question before something is created names it.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SumAttribute : Attribute;

/// <summary>Maps the parameters of a cmdlet to fields of the API.</summary>
internal static class FieldMap
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<(PropertyInfo Property, string Field)>> Fields =
        new();

    private static readonly ConcurrentDictionary<Type, IReadOnlyDictionary<string, string>> Parameters = new();

    /// <summary>The parameters that go into the body.</summary>
    public static IReadOnlyList<(PropertyInfo Property, string Field)> FieldsOf(Type cmdlet) =>
        Fields.GetOrAdd(
            cmdlet,
            static type =>
                [
                    .. type.GetProperties()
                        .Select(property => (property, attribute: property.GetCustomAttribute<FieldAttribute>()))
                        .Where(pair => pair.attribute is not null)
                        .Select(pair =>
                            (pair.property, pair.attribute!.Name ?? JsonSettings.FieldName(pair.property.Name))
                        ),
                ]
        );

    /// <summary>The parameters that say how much.</summary>
    public static IEnumerable<PropertyInfo> SumsOf(Type cmdlet) =>
        cmdlet.GetProperties().Where(property => property.IsDefined(typeof(SumAttribute)));

    /// <summary>The same for one call: if several parameters map to one field, the one that was given.</summary>
    public static IReadOnlyDictionary<string, string> ParametersOf(PolarCmdlet cmdlet)
    {
        var map = ParametersOf(cmdlet.GetType()).ToDictionary(pair => pair.Key, pair => pair.Value);
        foreach (var (property, field) in FieldsOf(cmdlet.GetType()).Where(pair => cmdlet.IsBound(pair.Property.Name)))
        {
            map[FieldPath.LastName(field)] = property.Name;
        }

        return map;
    }

    /// <summary>Parameter names by the names that the API has for them: fields of the body, and filters.</summary>
    public static IReadOnlyDictionary<string, string> ParametersOf(Type cmdlet) =>
        Parameters.GetOrAdd(
            cmdlet,
            static type =>
            {
                var map = new Dictionary<string, string>(StringComparer.Ordinal);
                foreach (var property in type.GetProperties().Where(p => p.IsDefined(typeof(ParameterAttribute))))
                {
                    map[JsonSettings.FieldName(property.Name)] = property.Name;
                }

                foreach (var (property, field) in FieldsOf(type))
                {
                    map[FieldPath.LastName(field)] = property.Name;
                }

                if (map.TryGetValue("sort", out var sort))
                {
                    map["sorting"] = sort;
                }

                return map;
            }
        );
}

/// <summary>Values from PowerShell as the client expects them.</summary>
internal static class PlainValues
{
    /// <summary>Without PowerShell's wrapping: a hashtable, list or value within a PSObject as itself, custom objects as dictionaries.</summary>
    public static object? Of(object? value)
    {
        var bare = PSValue.ValueOrCustom(value);
        return bare switch
        {
            SwitchParameter flag => flag.IsPresent,
            RequestBody or string => bare,
            Client.Models.PolarObject model => model.ToFields(),
            _ when PSValue.Items(bare) is { } items && HoldsAnything(bare!.GetType()) => items.Select(Of).ToArray(),
            _ when EntriesOf(bare) is { } entries => OfEntries(entries),
            _ => bare,
        };
    }

    /// <summary>The entries of any dictionary; a cast of a generic one would meet pairs of another type.</summary>
    public static IEnumerable<KeyValuePair<string, object?>> Entries(IDictionary dictionary)
    {
        foreach (DictionaryEntry entry in dictionary)
        {
            yield return new(LanguagePrimitives.ConvertTo<string>(entry.Key), entry.Value);
        }
    }

    /// <summary>The entries of a hashtable, or the properties of a custom object, with their values as they are.</summary>
    /// <returns>null for anything else.</returns>
    public static IEnumerable<KeyValuePair<string, object?>>? EntriesOf(object? value) =>
        PSValue.ValueOrCustom(value) switch
        {
            IDictionary dictionary => Entries(dictionary),
            PSObject custom => custom.Properties.Select(property => new KeyValuePair<string, object?>(
                property.Name,
                property.Value
            )),
            _ => null,
        };

    // What PowerShell puts values into, with or without their wrappers. Others hold one type, which is not a wrapper.
    private static bool HoldsAnything(Type list) =>
        list == typeof(ArrayList)
        || list.GetInterfaces()
            .Any(known => known == typeof(IEnumerable<object>) || known == typeof(IEnumerable<PSObject>));

    private static Dictionary<string, object?> OfEntries(IEnumerable<KeyValuePair<string, object?>> entries)
    {
        var plain = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            plain[entry.Key] = Of(entry.Value);
        }

        return plain;
    }
}
