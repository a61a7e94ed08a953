namespace PolarPS.Commands;

/// <summary>Turns each of the values of a parameter into an input of one kind.</summary>
public abstract class ItemTransformationAttribute : ArgumentTransformationAttribute, IItemTransformation
{
    private protected ItemTransformationAttribute() { }

    Type IItemTransformation.Item => Item;

    private protected abstract Type Item { get; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        return PSValue.ValueOrCustom(inputData) is null
            ? null
            : ToArray((PSValue.Items(inputData) ?? [inputData]).Select(ItemOf));
    }

    private protected abstract Array ToArray(IEnumerable<object?> items);

    /// <summary>What there is to read of one of the values.</summary>
    private protected virtual object? ItemOf(object? given) => PSValue.ValueOrCustom(given);

    /// <summary>The entries of a hashtable or the properties of a custom object.</summary>
    private protected static Dictionary<string, object?>? Entries(object? item) =>
        PlainValues
            .EntriesOf(item)
            ?.ToDictionary(
                entry => entry.Key,
                entry => PSValue.ValueOrCustom(entry.Value),
                StringComparer.OrdinalIgnoreCase
            );

    private protected static T? Value<T>(Dictionary<string, object?> entries, string name)
        where T : struct =>
        entries.TryGetValue(name, out var value) && value is not null ? ValueOf<T>(value, name + ": ") : null;

    private protected static T ValueOf<T>(object? value, string about = "")
        where T : struct =>
        ValueReader.Read(value, typeof(T), out var read) is { } problem
            ? throw new RefusedArgumentException(about + problem)
        : read is T result ? result
        : throw new RefusedArgumentException(about + "The value is null.");

    private protected static void OnlyKnown(Dictionary<string, object?> entries, params string[] known)
    {
        foreach (var name in entries.Keys.Where(name => !known.Contains(name, StringComparer.OrdinalIgnoreCase)))
        {
            throw new RefusedArgumentException(
                $"'{name}' is not a known key; the keys are {string.Join(", ", known)}."
            );
        }
    }
}

/// <summary>A transformation whose parameter holds inputs of one kind: as its values, or as the values of its keys.</summary>
internal interface IItemTransformation
{
    /// <summary>The type of the inputs.</summary>
    Type Item { get; }
}
