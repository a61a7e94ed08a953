using System.Reflection;
using System.Text;
using PolarPS.Commands;
using PolarPS.Emulator;

namespace PolarPS;

/// <summary>Reads fault rules from hashtables: names are checked against what there is, values against their types.</summary>
internal static class FaultReader
{
    /// <exception cref="ArgumentException">A name is unknown, or a value is invalid.</exception>
    public static IReadOnlyList<FaultRule> Read(IEnumerable<IDictionary> rules) => [.. rules.Select(Read)];

    private static FaultRule Read(IDictionary entries)
    {
        var rule = new FaultRule();
        foreach (DictionaryEntry entry in entries)
        {
            var name = Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? string.Empty;
            var property =
                Properties()
                    .FirstOrDefault(known =>
                        known.Name.Equals(name.Replace("_", ""), StringComparison.OrdinalIgnoreCase)
                    )
                ?? throw new ArgumentException(
                    $"A fault rule has no '{name}'; its properties are {string.Join(", ", Properties().Select(known => known.Name))}."
                );
            if (PlainValues.Of(entry.Value) is { } value)
            {
                property.SetValue(rule, Fit(property, value));
            }
        }

        return rule;
    }

    private static object? Fit(PropertyInfo property, object value)
    {
        switch (property.Name)
        {
            case nameof(FaultRule.Body) when value is not string:
                return Encoding.UTF8.GetString(PlainJson.ToUtf8(value));
            case nameof(FaultRule.RetryAfter):
                return value switch
                {
                    TimeSpan wait => global::PolarPS.RetryAfter.Write(wait),
                    DateTime time => time.ToUniversalTime().ToString("R", CultureInfo.InvariantCulture),
                    DateTimeOffset time => time.ToString("R", CultureInfo.InvariantCulture),
                    _ => Convert.ToString(value, CultureInfo.InvariantCulture),
                };
        }

        return ValueReader.Read(value, property.PropertyType, out var read) is { } problem
            ? throw new ArgumentException(ValueText.Misfit(value, property.Name, problem))
            : read;
    }

    private static IEnumerable<PropertyInfo> Properties() =>
        typeof(FaultRule)
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite);
}
