using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace PolarPS.Commands;

/// <summary>Turns each of the values of a parameter into an input of one kind.</summary>
public abstract class ItemTransformationAttribute : ArgumentTransformationAttribute
{
    private protected ItemTransformationAttribute() { }

    /// <summary>The type of the inputs.</summary>
    internal abstract Type Item { get; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = PSValue.Bare(inputData);
        return value switch
        {
            null => null,
            string or IDictionary => ToArray([value]),
            IEnumerable items => ToArray(items.Cast<object?>().Select(PSValue.Bare)),
            _ => ToArray([value]),
        };
    }

    private protected abstract Array ToArray(IEnumerable<object?> items);

    private protected static ArgumentTransformationMetadataException Refuse(string message) => new(message);

    /// <summary>The entries of a hashtable or the properties of a custom object.</summary>
    private protected static Dictionary<string, object?>? Entries(object? item) =>
        item switch
        {
            IDictionary dictionary => PlainValues
                .Entries(dictionary)
                .ToDictionary(entry => entry.Key, entry => PSValue.Bare(entry.Value), StringComparer.OrdinalIgnoreCase),
            PSObject custom => custom.Properties.ToDictionary(
                property => property.Name,
                property => PSValue.Bare(property.Value),
                StringComparer.OrdinalIgnoreCase
            ),
            _ => null,
        };

    private protected static T? Value<T>(Dictionary<string, object?> entries, string name)
        where T : struct =>
        entries.TryGetValue(name, out var value) && value is not null ? ValueOf<T>(value, name + ": ") : null;

    private protected static T ValueOf<T>(object? value, string about = "")
        where T : struct =>
        ValueReader.Read(value, typeof(T), out var read) is { } problem ? throw Refuse(about + problem)
        : read is T result ? result
        : throw Refuse(about + "The value is null.");

    private protected static void OnlyKnown(Dictionary<string, object?> entries, params string[] known)
    {
        foreach (var name in entries.Keys.Where(name => !known.Contains(name, StringComparer.OrdinalIgnoreCase)))
        {
            throw Refuse($"'{name}' is not a known key; the keys are {string.Join(", ", known)}.");
        }
    }
}
