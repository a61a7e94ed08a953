namespace PolarPS.Commands;

// What a question says.
public abstract partial class PolarWriteCmdlet<T>
{
    private const int MostNames = 10;

    /// <summary>The object in a prompt: kind, name where it is known, id.</summary>
    internal string NameOf(string id) =>
        UsedConnection.Seen.LabelOf(id) is { } label ? $"{Kind} '{label}' ({id})" : $"{Kind} {id}";

    /// <summary>
    /// The change in a prompt: "Set Name to 'Pro', Description to null", with what goes where something is replaced as a whole.
    /// </summary>
    /// <param name="comparison">The change against the object as it is now; null where that was not read.</param>
    internal string Changes(UpdateComparison? comparison = null)
    {
        var usual = new List<string>();
        var own = new List<string>();
        if (MetadataEdit.IsWanted)
        {
            own.Add(MetadataEdit.ToString());
        }

        foreach (
            var (property, field) in FieldMap
                .FieldsOf(GetType())
                .Where(field => field.Property.Name != MetadataEdit<T>.Add && IsGiven(field.Property.Name))
        )
        {
            if (ChangeText(property.Name, comparison) is { } text)
            {
                own.Add(text);
            }
            else
            {
                usual.Add(
                    $"{property.Name} to {TextOf(property.Name, property.GetValue(this))}"
                        + LossText(comparison?.Lost(field))
                );
            }
        }

        if (usual.Count > 0)
        {
            own.Insert(0, "Set " + string.Join(", ", usual));
        }

        var changes = string.Join("; ", own.Distinct());
        return changes.Length > 0 ? char.ToUpperInvariant(changes[0]) + changes.Substring(1) : changes;
    }

    /// <summary>What a parameter changes, in words of its own, beginning with a verb; null for the usual "Set … to …".</summary>
    internal virtual string? ChangeText(string parameter, UpdateComparison? comparison) => null;

    /// <summary>What goes with a change, in brackets: " (removes 'plan', 'tier')"; empty where nothing does.</summary>
    internal string LossText(IReadOnlyList<object>? lost) =>
        lost is null or { Count: 0 } ? string.Empty : $" (removes {NamesOf(lost)})";

    /// <summary>Several objects in a prompt, briefly.</summary>
    internal string NamesOf(IReadOnlyList<object> items) =>
        string.Join(
            ", ",
            items.Take(MostNames).Select(item => ValueText.Of(item is string id ? LabelOf(id) : item.ToString()))
        ) + (items.Count > MostNames ? $" and {items.Count - MostNames} more" : string.Empty);

    /// <summary>A value in a prompt, as people read it: an id as the name that goes with it, where that is known.</summary>
    internal virtual string TextOf(string parameter, object? value) =>
        ValueText.Of(
            value switch
            {
                string text => LabelOf(text),
                string[] texts => Array.ConvertAll(texts, LabelOf),
                _ => value,
            }
        );

    /// <summary>An amount in a prompt: as money of the currency that was given with it.</summary>
    internal string MoneyText(long amount) => Money.Format(amount, GivenCurrency);

    /// <summary>The name that goes with an id; the id itself where it is not known.</summary>
    internal string LabelOf(string id) => UsedConnection.Seen.LabelOf(id) ?? id;
}
