using System.Collections;
using System.Reflection;
using PolarPS.Client.Models;

namespace PolarPS.Client.Tests.Conformance;

/// <summary>Arguments for any method of the client: every property of every object set, lists with two items, no value twice.</summary>
internal sealed class SampleArguments
{
    private readonly HashSet<Type> _open = [];
    private readonly HashSet<DateTimeOffset> _times = [];
    private int _number;

    /// <summary>All times that were made.</summary>
    public IReadOnlySet<DateTimeOffset> Times => _times;

    /// <summary>A value for a parameter or a property.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="name">Its name, from which texts take their form.</param>
    /// <param name="owner">The type it is a property of; null for a parameter.</param>
    public object? Make(Type type, string name, Type? owner = null)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
        {
            return Text(name);
        }

        if (type.IsEnum)
        {
            var values = Enum.GetValues(type);
            return values.GetValue(_number++ % values.Length);
        }

        if (type == typeof(PolarMetadata) || BodyBuilder.DictionaryValue(type) == typeof(object))
        {
            // In a query a list stands for alternatives; in a body values are plain.
            var isFilter = owner is not null && !typeof(RequestBody).IsAssignableFrom(owner);
            return new PolarMetadata
            {
                ["tier"] = isFilter ? new List<string> { $"gold {_number++}", "silver" } : $"gold {_number++}",
                ["a [b]&c=d"] = "e&f=[g]",
            };
        }

        if (BodyBuilder.DictionaryValue(type) is { } valueType)
        {
            var map = (IDictionary)
                Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), valueType))!;
            map[Uuid()] = Make(valueType, name);
            return map;
        }

        if (typeof(Stream).IsAssignableFrom(type))
        {
            return new MemoryStream([1, 2, 3, 4]);
        }

        if (type == typeof(byte[]))
        {
            return new byte[] { 1, 2, 3, 4 };
        }

        if (BodyBuilder.ItemType(type) is { } itemType)
        {
            return BodyBuilder.MakeList(
                type,
                itemType,
                new[] { Make(itemType, name), Make(itemType, name) }.Where(static item => item is not null)
            );
        }

        return MakeSimple(type) ?? MakeObject(type);
    }

    private object? MakeSimple(Type type) =>
        type == typeof(bool) ? true
        : type == typeof(int) ? 10 + (_number++ % 80)
        : type == typeof(long) ? 10L + (_number++ % 80)
        : type == typeof(double) ? 10.5 + _number++
        : type == typeof(decimal) ? 10.125m + _number++
        : type == typeof(DateTimeOffset) ? Time()
        : type == typeof(DateTime) ? new DateTime(2026, 1, 2, 0, 0, 0, DateTimeKind.Utc).AddDays(_number++)
        : type == typeof(Guid) ? Guid.Parse(Uuid())
        : type == typeof(Uri) ? new Uri($"https://example.com/{_number++}")
        : type == typeof(TimeSpan) ? TimeSpan.FromMilliseconds(1)
        : type == typeof(object) ? $"plain {_number++}"
        : type == typeof(CancellationToken) ? CancellationToken.None
        : null;

    private object? MakeObject(Type type)
    {
        if (type.IsInterface || typeof(Delegate).IsAssignableFrom(type))
        {
            return null;
        }

        var kind = type.IsAbstract
            ? type.Assembly.GetTypes().First(candidate => !candidate.IsAbstract && type.IsAssignableFrom(candidate))
            : type;
        if (kind.GetConstructor(BindingFlags.Instance | BindingFlags.Public, []) is null)
        {
            // Some things are made by a method of their own.
            return kind.GetMethod("Create", BindingFlags.Static | BindingFlags.Public, []) is { } create
                ? create.Invoke(null, null)
                : null;
        }

        if (!_open.Add(kind))
        {
            // What contains itself ends here.
            return null;
        }

        var made = Activator.CreateInstance(kind)!;
        foreach (var property in kind.GetProperties(BindingFlags.Instance | BindingFlags.Public))
        {
            // Extent and paging are the list reader's own business; only the order is a parameter of the operation.
            var isExtent = property.DeclaringType == typeof(ListQuery);
            if (property.CanWrite && !isExtent)
            {
                property.SetValue(made, Make(property.PropertyType, property.Name, kind));
            }
        }

        _open.Remove(kind);
        return made;
    }

    private string Text(string name) =>
        name.EndsWith("Url", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("Uri", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("Uris", StringComparison.OrdinalIgnoreCase)
            ? $"https://example.com/{_number++}"
        : name.EndsWith("Email", StringComparison.OrdinalIgnoreCase) ? $"person{_number++}@example.com"
        : name.EndsWith("Verifier", StringComparison.OrdinalIgnoreCase) ? $"verifier-{_number++:d40}"
        : name.EndsWith("Date", StringComparison.OrdinalIgnoreCase) ? $"2026-01-{10 + (_number++ % 19)}"
        : Uuid();

    private DateTimeOffset Time()
    {
        var time = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)).AddHours(_number++);
        _times.Add(time);
        return time;
    }

    private string Uuid() => $"{_number++:x8}-0a5b-4c0f-8e1d-ba9876543210";
}
