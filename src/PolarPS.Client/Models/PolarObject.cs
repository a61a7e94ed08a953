using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PolarPS.Client.Models;

/// <summary>
/// What every object from Polar has in common: it keeps the fields that this version of the client does not know.
/// </summary>
/// <remarks>
/// Value-type properties of the models are nullable throughout: null says that the API did not send the field, or sent null.
/// Objects compare by their texts, as a reader sorts them; two that read alike are the same only if their ids, or without ids
/// their contents, are. Equality stays that of the reference.
/// </remarks>
[SuppressMessage(
    "Design",
    "CA1036",
    Justification = "The order is for sorting; what equals what is the reference's business."
)]
public abstract class PolarObject : IComparable
{
    private const int MostSwitches = 4;

    private static readonly ConcurrentDictionary<Type, Func<PolarObject, string?>> IdReaders = new();

    private Dictionary<string, JsonElement>? _unknown;

    // Not public: a bag among the properties would show up at every prompt. The cmdlets turn its content into properties.
    [JsonExtensionData]
    [JsonInclude]
    internal Dictionary<string, JsonElement>? Unknown
    {
        get => _unknown;
        set
        {
            _unknown = value;
            AnyUnknown = true;
        }
    }

    /// <summary>The object whose list or property this one was read into; null for one on its own.</summary>
    internal PolarObject? Holder { get; private set; }

    /// <summary>Whether any object of this process has unknown fields; spares everybody the search while none has.</summary>
    internal static bool AnyUnknown { get; private set; }

    /// <summary>
    /// Fields of the response that have no property here, or whose value did not fit the property's type, by the API's names.
    /// </summary>
    /// <returns>Plain values (string, long, double, bool, list, dictionary, null); empty when there are none.</returns>
    public IReadOnlyDictionary<string, object?> UnknownFields()
    {
        var fields = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (Unknown is not null)
        {
            foreach (var field in Unknown)
            {
                fields[field.Key.TrimStart(TolerantJson.Misfit)] = PlainJson.ReadForUsers(field.Value);
            }
        }

        return fields;
    }

    /// <summary>
    /// A short text to show: a name, an email or what else tells one from another. Control characters in it are visible; the
    /// properties have the text as Polar gave it.
    /// </summary>
    /// <returns>One line of text.</returns>
    public sealed override string ToString() => VisibleText.Of(Describe());

    /// <summary>The object's own id; null for those that have none.</summary>
    internal string? OwnId => IdReaders.GetOrAdd(GetType(), FindId)(this);

    // PowerShell's Sort-Object, Compare-Object and -Unique ask this, and would take objects of one text for one object.
    int IComparable.CompareTo(object? obj)
    {
        if (obj is null)
        {
            return 1;
        }

        if (obj is not PolarObject other)
        {
            throw new ArgumentException($"{GetType().Name} does not compare with {obj.GetType().Name}.", nameof(obj));
        }

        if (ReferenceEquals(this, other))
        {
            return 0;
        }

        var isOfOneKind = GetType() == other.GetType();
        var (id, otherId) = (OwnId, other.OwnId);
        if (isOfOneKind && id is not null && id == otherId)
        {
            return 0;
        }

        var (text, otherText) = (ToString(), other.ToString());
        var order = CultureInfo.CurrentCulture.CompareInfo.Compare(text, otherText, CompareOptions.IgnoreCase);
        order = order != 0 ? order : string.CompareOrdinal(text, otherText);
        order = order != 0 ? order : string.CompareOrdinal(GetType().FullName, other.GetType().FullName);
        order = order != 0 ? order : string.CompareOrdinal(id, otherId);
        return order != 0 ? order : string.CompareOrdinal(Content(), other.Content());
    }

    /// <summary>Whether the kind has a text of its own, and is not shown by its fields.</summary>
    internal bool HasText =>
        GetType().GetMethod(nameof(Describe), BindingFlags.Instance | BindingFlags.NonPublic)!.DeclaringType
        != typeof(PolarObject);

    /// <summary>Tells parts that have amounts but no currency of their own what they are part of.</summary>
    /// <returns>The same list.</returns>
    private protected PolarList<T>? Hold<T>(PolarList<T>? parts)
        where T : PolarObject
    {
        foreach (var part in parts ?? [])
        {
            Hold(part);
        }

        return parts;
    }

    /// <summary>Tells one part what it is part of.</summary>
    /// <returns>The same object.</returns>
    private protected T? Hold<T>(T? part)
        where T : PolarObject
    {
        if (part is not null)
        {
            part.Holder = this;
        }

        return part;
    }

    /// <summary>What is set, as <c>Name=value</c>, for objects that have no name of their own; many switches are counted.</summary>
    /// <returns>The text, with whatever characters Polar gave; the same in every culture.</returns>
    private protected virtual string Describe()
    {
        var set = ToFields().Where(field => field.Value is not null).ToList();
        var switches = set.Where(field => field.Value is bool).ToList();
        var texts = new List<string>();
        if (switches.Count > MostSwitches)
        {
            var on = switches.Count(field => field.Value is true);
            texts.Add($"{on} on, {switches.Count - on} off");
            set.RemoveAll(field => field.Value is bool);
        }

        texts.AddRange(set.Select(field => JsonSettings.PropertyName(field.Key) + "=" + Text(field.Value)));
        return texts.Count > 0 ? string.Join("; ", texts) : "nothing set";
    }

    /// <summary>The fields that are set, under the API's names, as they would be sent.</summary>
    internal Dictionary<string, object?> ToFields()
    {
        var type =
            PolarJson.Default.GetTypeInfo(GetType())
            ?? throw new NotSupportedException($"{GetType().Name} cannot be sent.");
        return (Dictionary<string, object?>)PlainJson.Read(JsonSerializer.SerializeToElement(this, type))!;
    }

    private string Content() => System.Text.Encoding.UTF8.GetString(PlainJson.ToUtf8(this));

    private static Func<PolarObject, string?> FindId(Type type) =>
        type.GetProperty("Id") is { } property && property.PropertyType == typeof(string)
            ? (Func<PolarObject, string?>)
                typeof(PolarObject)
                    .GetMethod(nameof(ReaderOf), BindingFlags.Static | BindingFlags.NonPublic)!
                    .MakeGenericMethod(type)
                    .Invoke(null, [property.GetMethod])!
            : static _ => null;

    private static Func<PolarObject, string?> ReaderOf<T>(MethodInfo getter)
        where T : PolarObject
    {
        var read = (Func<T, string?>)getter.CreateDelegate(typeof(Func<T, string?>));
        return item => read((T)item);
    }

    private static string Text(object? value) =>
        value switch
        {
            Dictionary<string, object?> => "{…}",
            List<object?> list => $"[{list.Count}]",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty,
        };
}

/// <summary>A list that reads as its items where only text fits, such as a column of a CSV file.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
public sealed class PolarList<T> : List<T>
{
    /// <summary>The items' texts, separated by semicolons.</summary>
    /// <returns>One line of text.</returns>
    public override string ToString() => string.Join("; ", this);
}
