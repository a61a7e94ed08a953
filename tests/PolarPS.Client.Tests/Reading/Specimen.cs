using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace PolarPS.Client.Tests.Reading;

/// <summary>
/// A document made of a type's metadata, in which every property has a value that fits; one of them can be changed. It is
/// text and not a tree, because what is of interest is what no tree can have: names that come twice, or are no text.
/// </summary>
internal sealed class Specimen
{
    private const int Depth = 5;

    private readonly (Type Type, string Name)? _changed;
    private readonly Func<string, string, string>? _change;
    private readonly HashSet<(Type, string, Type)> _places = [];
    private bool _isChanged;

    private Specimen((Type, string)? changed, Func<string, string, string>? change)
    {
        _changed = changed;
        _change = change;
    }

    /// <summary>The document, and all its properties with the types that they belong to.</summary>
    public static string Of(
        JsonTypeInfo type,
        out IReadOnlyCollection<(Type Type, string Name, Type PropertyType)> places
    )
    {
        var specimen = new Specimen(null, null);
        var text = specimen.Value(type, 0);
        places = specimen._places;
        return text;
    }

    /// <summary>The same with one property changed, where it comes first.</summary>
    /// <param name="type">The type.</param>
    /// <param name="place">The property.</param>
    /// <param name="change">Makes of its name, and its value as JSON, what is to stand there.</param>
    public static string Changed(
        JsonTypeInfo type,
        (Type Type, string Name) place,
        Func<string, string, string> change
    ) => new Specimen(place, change).Value(type, 0);

    private string Value(JsonTypeInfo type, int depth) =>
        type.Kind switch
        {
            JsonTypeInfoKind.Object => depth > Depth ? "null" : Object(type, depth),
            JsonTypeInfoKind.Enumerable => depth > Depth ? "[]" : $"[{Value(Item(type), depth + 1)}]",
            JsonTypeInfoKind.Dictionary => depth > Depth
                ? "{}"
                : $"{{\"one\":{Value(Item(type), depth + 1)},\"Two\":{Value(Item(type), depth + 1)}}}",
            _ => Plain(Nullable.GetUnderlyingType(type.Type) ?? type.Type),
        };

    private string Object(JsonTypeInfo type, int depth)
    {
        var members = new List<string>();
        foreach (var property in type.Properties.Where(property => !property.IsExtensionData))
        {
            var place = (type.Type, property.Name);
            _places.Add((type.Type, property.Name, property.PropertyType));
            var value = Value(type.Options.GetTypeInfo(property.PropertyType), depth + 1);
            if (!_isChanged && place == _changed)
            {
                _isChanged = true;
                members.Add(_change!(property.Name, value));
            }
            else
            {
                members.Add($"\"{property.Name}\":{value}");
            }
        }

        return "{" + string.Join(',', members) + "}";
    }

    private static JsonTypeInfo Item(JsonTypeInfo type) =>
        type.Options.GetTypeInfo(type.Type.GenericTypeArguments.Last());

    private static string Plain(Type type) =>
        type == typeof(string) ? "\"some text\""
        : type == typeof(bool) ? "true"
        : type == typeof(int) ? int.MaxValue.ToString(CultureInfo.InvariantCulture)
        : type == typeof(long) ? long.MaxValue.ToString(CultureInfo.InvariantCulture)
        : type == typeof(double) ? "0.25"
        : type == typeof(decimal) ? "\"12.50\""
        : type == typeof(DateTimeOffset) ? "\"2026-10-01T12:30:00.123456Z\""
        : type == typeof(PolarPS.Client.Models.PolarMetadata)
            ? """{"tier":"pro","rank":2,"on":true,"rate":1.5,"no":null,"in":{"a":[1,"b",{}]}}"""
        : type == typeof(object) ? "\"value\""
        : type == typeof(JsonElement) ? """{"kept":[1]}"""
        : throw new NotSupportedException(type.FullName);
}
