namespace PolarPS.Commands;

/// <summary>
/// Accepts options as texts, which are then stored as they are shown, hashtables with Value and Label, or the
/// options that a field has.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CustomFieldOptionTransformationAttribute : ItemTransformationAttribute
{
    private protected override Type Item => typeof(CustomFieldOption);

    private protected override Array ToArray(IEnumerable<object?> items) => items.Select(ToOption).ToArray();

    // A number in its wrapper, which knows how it was typed: the option 007 is not 7.
    private protected override object? ItemOf(object? given) =>
        PSValue.ValueOrCustom(given) is IFormattable and not PSObject ? given : base.ItemOf(given);

    private static CustomFieldOption ToOption(object? item)
    {
        switch (item)
        {
            case CustomFieldOption option:
                return option;
            case null or "":
                throw new RefusedArgumentException("An option must not be empty.");
        }

        if (Entries(item) is not { } entries)
        {
            var text = LanguagePrimitives.ConvertTo<string>(item);
            return new CustomFieldOption { Value = text, Label = text };
        }

        OnlyKnown(entries, "Value", "Label");
        var value = Text(entries, "Value") ?? Text(entries, "Label");
        return value is null
            ? throw new RefusedArgumentException("An option needs a Value: @{ Value = 's'; Label = 'Small' }.")
            : new CustomFieldOption { Value = value, Label = Text(entries, "Label") ?? value };
    }

    private static string? Text(Dictionary<string, object?> entries, string name) =>
        entries.TryGetValue(name, out var value) && LanguagePrimitives.ConvertTo<string>(value) is { Length: > 0 } text
            ? text
            : null;
}
