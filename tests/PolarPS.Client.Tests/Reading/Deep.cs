using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using PolarPS.Client.Models;

namespace PolarPS.Client.Tests.Reading;

/// <summary>Compares two objects down to their last field, private ones included.</summary>
internal static class Deep
{
    private static readonly ConcurrentDictionary<Type, FieldInfo[]> Fields = new();

    /// <summary>Where the two differ first, and how; null where they do not.</summary>
    public static string? Difference(object? expected, object? actual) =>
        Difference(expected, actual, "$", new HashSet<(object, object)>(new ByReference()));

    /// <summary>The fields that have no property, at any depth, by the names of their types.</summary>
    public static IEnumerable<string> Unknown(object? value) =>
        value switch
        {
            PolarObject model => (model.Unknown?.Keys ?? Enumerable.Empty<string>())
                .Select(name => $"{model.GetType().Name}.{name}")
                .Concat(
                    FieldsOf(model.GetType())
                        .Where(field => field.FieldType != typeof(PolarObject))
                        .SelectMany(field => Unknown(field.GetValue(model)))
                ),
            null or string or PolarMetadata or Dictionary<string, JsonElement> => [],
            IDictionary dictionary => dictionary.Values.Cast<object?>().SelectMany(Unknown),
            IEnumerable items => items.Cast<object?>().SelectMany(Unknown),
            _ when value.GetType().Assembly == typeof(PolarObject).Assembly => FieldsOf(value.GetType())
                .SelectMany(field => Unknown(field.GetValue(value))),
            _ => [],
        };

    private static string? Difference(object? expected, object? actual, string path, HashSet<(object, object)> seen)
    {
        if (expected is null || actual is null || expected.GetType() != actual.GetType())
        {
            return expected is null && actual is null ? null : $"{path}: {Show(expected)} became {Show(actual)}";
        }

        switch (expected)
        {
            case decimal number when !decimal.GetBits(number).SequenceEqual(decimal.GetBits((decimal)actual)):
            case DateTimeOffset time when !time.EqualsExact((DateTimeOffset)actual):
            case double real
                when !BitConverter.DoubleToInt64Bits(real).Equals(BitConverter.DoubleToInt64Bits((double)actual)):
            // As bytes: they need not be text.
            case JsonElement element
                when !JsonMarshal
                    .GetRawUtf8Value(element)
                    .SequenceEqual(JsonMarshal.GetRawUtf8Value((JsonElement)actual)):
                return $"{path}: {Show(expected)} became {Show(actual)}";
            case decimal or DateTimeOffset or double or JsonElement:
                return null;
            case string or bool or int or long:
                return expected.Equals(actual) ? null : $"{path}: {Show(expected)} became {Show(actual)}";
        }

        if (!seen.Add((expected, actual)))
        {
            return null;
        }

        switch (expected)
        {
            // In their order, too.
            case Dictionary<string, JsonElement> or IDictionary and not PolarObject:
                return ForEntries((IDictionary)expected, (IDictionary)actual, path, seen);
            case IList list:
                return ForItems(list, (IList)actual, path, seen);
        }

        if (expected.GetType().Assembly != typeof(PolarObject).Assembly)
        {
            throw new NotSupportedException($"{path}: {expected.GetType()}");
        }

        return FieldsOf(expected.GetType())
            .Select(field => Difference(field.GetValue(expected), field.GetValue(actual), $"{path}.{field.Name}", seen))
            .FirstOrDefault(difference => difference is not null);
    }

    private static string? ForEntries(
        IDictionary expected,
        IDictionary actual,
        string path,
        HashSet<(object, object)> seen
    )
    {
        var keys = expected.Keys.Cast<string>().ToList();
        var others = actual.Keys.Cast<string>().ToList();
        if (!keys.SequenceEqual(others, StringComparer.Ordinal))
        {
            return $"{path}: {string.Join(',', keys)} became {string.Join(',', others)}";
        }

        return keys.Select(key => Difference(expected[key], actual[key], $"{path}[{key}]", seen))
            .FirstOrDefault(difference => difference is not null);
    }

    private static string? ForItems(IList expected, IList actual, string path, HashSet<(object, object)> seen)
    {
        if (expected.Count != actual.Count)
        {
            return $"{path}: {expected.Count} items became {actual.Count}";
        }

        return Enumerable
            .Range(0, expected.Count)
            .Select(index => Difference(expected[index], actual[index], $"{path}[{index}]", seen))
            .FirstOrDefault(difference => difference is not null);
    }

    private static FieldInfo[] FieldsOf(Type type) => Fields.GetOrAdd(type, static type => [.. Find(type)]);

    private static IEnumerable<FieldInfo> Find(Type? type)
    {
        for (; type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (
                var field in type.GetFields(
                    BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly
                )
            )
            {
                yield return field;
            }
        }
    }

    private static string Show(object? value) =>
        value is null ? "null" : $"{Convert.ToString(value, CultureInfo.InvariantCulture)} ({value.GetType().Name})";

    private sealed class ByReference : IEqualityComparer<(object, object)>
    {
        public bool Equals((object, object) first, (object, object) second) =>
            ReferenceEquals(first.Item1, second.Item1) && ReferenceEquals(first.Item2, second.Item2);

        public int GetHashCode((object, object) pair) =>
            HashCode.Combine(
                System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(pair.Item1),
                System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(pair.Item2)
            );
    }
}
