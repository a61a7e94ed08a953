using System.Collections;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using PolarPS.Client.Models;

namespace PolarPS.Client.Tests.Client;

/// <summary>
/// Holds an object up against the JSON it was read from: every value has to be on the property of its name, or among the
/// unknown fields of the same object, unchanged; and nothing may be there that the JSON does not have.
/// </summary>
internal sealed class Mirror
{
    private readonly List<string> _differences = [];
    private readonly List<string> _unknown = [];
    private readonly List<string> _misfits = [];

    private Mirror() { }

    /// <summary>How many values were compared.</summary>
    public int Leaves { get; private set; }

    /// <summary>How many there are.</summary>
    public int Expected { get; private set; }

    /// <summary>Where the two differ, and how.</summary>
    public IReadOnlyList<string> Differences => _differences;

    /// <summary>The paths of fields for which the object has no property.</summary>
    public IReadOnlyList<string> Unknown => _unknown;

    /// <summary>The paths of fields whose value does not fit their property, and which are kept as unknown ones.</summary>
    public IReadOnlyList<string> Misfits => _misfits;

    /// <summary>How many values there are to compare: what is neither object nor array.</summary>
    public static int Count(JsonElement json) =>
        json.ValueKind switch
        {
            JsonValueKind.Object => json.EnumerateObject().Sum(field => Count(field.Value)),
            JsonValueKind.Array => json.EnumerateArray().Sum(Count),
            _ => 1,
        };

    public static Mirror Hold(string json, object? model)
    {
        using var document = JsonDocument.Parse(json);
        return Hold(document.RootElement, model);
    }

    public static Mirror Hold(JsonElement json, object? model)
    {
        var mirror = new Mirror();
        mirror.Compare(json, model, "$");
        mirror.Expected = Count(json);
        return mirror;
    }

    /// <summary>What was lost, changed, or found no property when it is read; empty when the model holds the whole document.</summary>
    public static IReadOnlyList<string> Losses<T>(string json, JsonTypeInfo<T> type)
        where T : class
    {
        var mirror = Hold(json, TolerantJson.Read(json, type));
        return
        [
            .. mirror.Differences,
            .. mirror.Unknown.Select(static place => place + ": has no property"),
            .. mirror.Misfits.Select(static place => place + ": does not fit its property"),
        ];
    }

    private static string PascalCase(string field)
    {
        var name = new StringBuilder();
        foreach (var word in field.Split('_'))
        {
            name.Append(word.Length == 0 ? "_" : char.ToUpperInvariant(word[0]) + word[1..]);
        }

        return name.ToString();
    }

    // Dictionaries are none of the other kinds, although every one of them is enumerable.
    private void Compare(JsonElement json, object? model, string path)
    {
        switch (json.ValueKind, model)
        {
            case (JsonValueKind.Object, PolarObject item):
                CompareFields(json, item, path);
                break;
            case (JsonValueKind.Object, IDictionary dictionary):
                CompareEntries(json, dictionary, path);
                break;
            case (JsonValueKind.Array, IList list and not IDictionary):
                CompareItems(json, list, path);
                break;
            default:
                Leaves++;
                if (!IsSame(json, model))
                {
                    _differences.Add($"{path}: {json.GetRawText()} became {Show(model)}");
                }

                break;
        }
    }

    private void CompareFields(JsonElement json, PolarObject model, string path)
    {
        var unknown = model.UnknownFields();
        var left = new HashSet<string>(unknown.Keys);
        var properties = model
            .GetType()
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .ToDictionary(property => property.Name);
        foreach (var field in json.EnumerateObject())
        {
            var place = path + "." + field.Name;
            if (!properties.Remove(PascalCase(field.Name), out var property))
            {
                _unknown.Add(place);
                Take(field.Value, place);
                continue;
            }

            var value = property.GetValue(model);
            if (value is null && field.Value.ValueKind != JsonValueKind.Null)
            {
                _misfits.Add(place);
                Take(field.Value, place);
                continue;
            }

            Compare(field.Value, value, place);
        }

        foreach (var property in properties.Values.Where(property => property.GetValue(model) is not null))
        {
            _differences.Add($"{path}.{property.Name}: is {Show(property.GetValue(model))} out of nothing");
        }

        _differences.AddRange(left.Select(name => $"{path}.{name}: is among the unknown fields for no reason"));

        void Take(JsonElement value, string place)
        {
            var name = place[(path.Length + 1)..];
            if (left.Remove(name))
            {
                Compare(value, unknown[name], place);
            }
            else
            {
                _differences.Add($"{place}: {value.GetRawText()} is lost");
            }
        }
    }

    private void CompareEntries(JsonElement json, IDictionary dictionary, string path)
    {
        var left = dictionary.Keys.Cast<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var field in json.EnumerateObject())
        {
            var place = $"{path}.{field.Name}";
            if (left.Remove(field.Name))
            {
                Compare(field.Value, dictionary[field.Name], place);
            }
            else
            {
                _differences.Add($"{place}: {field.Value.GetRawText()} is lost");
            }
        }

        _differences.AddRange(left.Select(name => $"{path}.{name}: came out of nothing"));
    }

    private void CompareItems(JsonElement json, IList list, string path)
    {
        if (json.GetArrayLength() != list.Count)
        {
            _differences.Add($"{path}: {json.GetArrayLength()} items became {list.Count}");
            return;
        }

        var index = 0;
        foreach (var item in json.EnumerateArray())
        {
            Compare(item, list[index], $"{path}[{index}]");
            index++;
        }
    }

    private static bool IsSame(JsonElement json, object? model) =>
        (json.ValueKind, model) switch
        {
            (JsonValueKind.Null, null) => true,
            (JsonValueKind.True, true) or (JsonValueKind.False, false) => true,
            (JsonValueKind.String, string text) => string.Equals(json.GetString(), text, StringComparison.Ordinal),
            (JsonValueKind.String, DateTimeOffset time) => DateTimeOffset.Parse(
                json.GetString()!,
                CultureInfo.InvariantCulture
            ) == time,
            // As text: 0.10 has a digit that 0.1 has not.
            (JsonValueKind.String, decimal number) => json.GetString() == number.ToString(CultureInfo.InvariantCulture),
            (JsonValueKind.Number, int or long or decimal) => json.GetRawText()
                == Convert.ToString(model, CultureInfo.InvariantCulture),
            (JsonValueKind.Number, double number) => json.GetDouble().Equals(number),
            _ => false,
        };

    private static string Show(object? value) =>
        value is null ? "null" : $"{Convert.ToString(value, CultureInfo.InvariantCulture)} ({value.GetType().Name})";
}
