using System.Reflection;

namespace PolarPS.Commands;

/// <summary>
/// Accepts a group of settings as a hashtable, or as the settings object from Polar. Names are checked against what
/// there is, values against their types; $null stays, because it is sent.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SettingsTransformationAttribute : ArgumentTransformationAttribute
{
    private readonly Type _settings;

    /// <summary>
    /// The class in which Polar gives such settings, where it is not the one that takes them; fields that cannot be sent and
    /// those that are not set are left out.
    /// </summary>
    public Type? From { get; set; }

    /// <summary>For settings of a kind.</summary>
    /// <param name="settings">The class whose properties are the settings.</param>
    public SettingsTransformationAttribute(Type settings) => _settings = settings;

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = PSValue.ValueOrCustom(inputData);
        return value is null ? null
            : value is PolarObject model && From?.IsInstanceOfType(model) == true ? Sendable(model)
            : Read(value, _settings);
    }

    private Dictionary<string, object?> Sendable(PolarObject model)
    {
        var names = new HashSet<string>(Names(_settings).Select(JsonSettings.FieldName), StringComparer.Ordinal);
        return model
            .ToFields()
            .Where(field => field.Value is not null && names.Contains(field.Key))
            .ToDictionary(field => field.Key, field => field.Value, StringComparer.Ordinal);
    }

    private static Dictionary<string, object?> Read(object input, Type settings)
    {
        var value = PSValue.ValueOrCustom(input);
        if (settings.IsInstanceOfType(value))
        {
            return value is PolarObject model ? model.ToFields() : ((RequestBody)value!).ToFields();
        }

        var entries =
            PlainValues.EntriesOf(value)
            ?? throw new RefusedArgumentException(
                $"{ValueText.Given(input)} is not a hashtable. Use one, such as @{{ {Names(settings).First()} = ... }}."
            );
        var fields = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var property = Find(settings, entry.Key);
            fields[JsonSettings.FieldName(property.Name)] = Convert(property, entry.Value);
        }

        return fields;
    }

    private static object? Convert(PropertyInfo property, object? value)
    {
        if (value is null)
        {
            return null;
        }

        if (typeof(PolarObject).IsAssignableFrom(property.PropertyType) && !IsList(property.PropertyType))
        {
            return Read(value, property.PropertyType);
        }

        var type = IsList(property.PropertyType) ? typeof(string[]) : property.PropertyType;
        if (ValueReader.Read(value, type, out var read) is { } problem)
        {
            throw new RefusedArgumentException(ValueText.Misfit(value, property.Name, problem));
        }

        return read;
    }

    private static PropertyInfo Find(Type settings, string name) =>
        Properties(settings)
            .FirstOrDefault(property => property.Name.Equals(name.Replace("_", ""), StringComparison.OrdinalIgnoreCase))
        ?? throw new RefusedArgumentException(
            $"There is no setting '{name}'; the settings are {string.Join(", ", Names(settings))}."
        );

    private static IEnumerable<string> Names(Type settings) => Properties(settings).Select(property => property.Name);

    private static IEnumerable<PropertyInfo> Properties(Type settings) =>
        settings.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite);

    private static bool IsList(Type type) => type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type);
}
