using System.Collections.ObjectModel;

namespace PolarPS.Commands;

/// <summary>
/// Makes an event of a piped object. What is given on the command line, as a value or as a script block that is run for each
/// object, comes first, then the object's property of that name. Nothing is guessed: what is empty or cannot be read is a problem.
/// </summary>
/// <param name="given">What the command line gives for a parameter; null for nothing.</param>
/// <param name="warn">Takes a warning that is worth giving once.</param>
internal sealed class EventReader(Func<string, object?> given, Action<string> warn)
{
    private static readonly PolarIdAttribute CustomerIds = new(typeof(Customer)) { IdOnly = true };
    private static readonly ExternalIdAttribute CustomerExternalIds = new("customer");
    private static readonly ExternalIdAttribute EventExternalIds = new("event");

    /// <summary>What the parameters take, and so is no metadata where all other properties are.</summary>
    public static IReadOnlyList<string> Parameters { get; } =
    [
        "Name",
        "CustomerId",
        "ExternalCustomerId",
        "Timestamp",
        "ExternalId",
        "ParentId",
        "MemberId",
        "ExternalMemberId",
        "Metadata",
    ];

    private readonly HashSet<string> _warned = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The property that holds the external id; null for the parameter or the property ExternalId.</summary>
    public string? ExternalIdProperty { get; set; }

    /// <summary>The properties, with wildcards, that become metadata as they are.</summary>
    public string[] MetadataProperty { get; set; } = [];

    /// <summary>The properties that become metadata as numbers.</summary>
    public string[] NumericProperty { get; set; } = [];

    /// <summary>The properties that become metadata as text.</summary>
    public string[] TextProperty { get; set; } = [];

    /// <summary>Reads an object.</summary>
    /// <param name="row">The object; null where the command line gives everything.</param>
    /// <param name="problems">Takes what is wrong, as sentences.</param>
    public EventCreate Read(PSObject? row, List<string> problems)
    {
        var item = new EventCreate();
        Put(Required("Name", row, problems, Text), value => item.Name = value);
        ReadCustomer(row, item, problems);
        if (Find("Timestamp", row, problems) is { IsThere: true } time)
        {
            if (time.IsEmpty)
            {
                problems.Add("Timestamp is empty. Leave it out for the time of arrival.");
            }
            else if (DateReader.Instant(time.Value, out var instant) is { } problem)
            {
                problems.Add($"Timestamp: {problem}");
            }
            else
            {
                item.Timestamp = instant;
            }
        }

        Put(ReadExternalId(row, problems), value => item.ExternalId = value);
        Put(
            Optional("ParentId", row, problems, value => Id(new PolarIdAttribute(typeof(PolarEvent)), value, true)),
            value => item.ParentId = value
        );
        Put(
            Optional(
                "MemberId",
                row,
                problems,
                value => Id(new PolarIdAttribute(typeof(Member)) { IdOnly = true }, value, false)
            ),
            value => item.MemberId = value
        );
        Put(
            Optional("ExternalMemberId", row, problems, value => Id(new ExternalIdAttribute("member"), value, false)),
            value => item.ExternalMemberId = value
        );
        ReadMetadata(row, item, problems);
        return item;
    }

    private static void Put(string? value, Action<string> set)
    {
        if (value is not null)
        {
            set(value);
        }
    }

    // One of the two, and what the command line says before what the row has.
    private void ReadCustomer(PSObject? row, EventCreate item, List<string> problems)
    {
        var (id, external) = (Find("CustomerId", row, problems), Find("ExternalCustomerId", row, problems));
        if (id.IsGiven != external.IsGiven)
        {
            (id, external) = id.IsGiven ? (id, default(Found)) : (default(Found), external);
        }

        if (id is { IsThere: true, IsEmpty: false } && external is { IsThere: true, IsEmpty: false })
        {
            problems.Add(
                "CustomerId and ExternalCustomerId both say whose event it is. Choose one: -ExternalCustomerId { $_.ExternalCustomerId }."
            );
        }
        else if (id is { IsThere: true, IsEmpty: false })
        {
            Put(
                Take("CustomerId", id, problems, value => Id(CustomerIds, value, false)),
                value => item.CustomerId = value
            );
        }
        else if (external is { IsThere: true, IsEmpty: false })
        {
            Put(
                Take("ExternalCustomerId", external, problems, value => Id(CustomerExternalIds, value, false)),
                value => item.ExternalCustomerId = value
            );
        }
        else if (problems.Count == 0 || id.IsThere || external.IsThere)
        {
            problems.Add(
                id.IsThere || external.IsThere
                    ? $"{(external.IsThere ? "ExternalCustomerId" : "CustomerId")} is empty: nobody could be billed for the event."
                    : "There is no customer: give -CustomerId or -ExternalCustomerId."
            );
        }
    }

    private string? ReadExternalId(PSObject? row, List<string> problems)
    {
        if (ExternalIdProperty is not { } property)
        {
            return Find("ExternalId", row, problems) is not { IsThere: true } found ? null
                : found.IsEmpty
                    ? Problem(problems, "ExternalId is empty, so that sending it again would count it twice.")
                : Take("ExternalId", found, problems, value => Id(EventExternalIds, value, false));
        }

        return !TryRead(row, property, out var value, problems) ? Problem(problems, NoProperty(property, row))
            : ValueReader.IsEmpty(value)
                ? Problem(problems, $"{property} is empty, so that sending it again would count it twice.")
            : Take(
                property,
                new Found(value, IsThere: true, IsGiven: false),
                problems,
                id => Id(EventExternalIds, id, false)
            );
    }

    private void ReadMetadata(PSObject? row, EventCreate item, List<string> problems)
    {
        var metadata = new Dictionary<string, object?>(StringComparer.Ordinal);
        var named = new HashSet<string>(
            MetadataProperty.Concat(NumericProperty).Concat(TextProperty),
            StringComparer.OrdinalIgnoreCase
        );
        if (Find("Metadata", row, problems) is { IsThere: true, IsEmpty: false } found)
        {
            if (PlainValues.EntriesOf(found.Value) is { } entries)
            {
                foreach (var entry in entries)
                {
                    metadata[entry.Key] = PlainValues.Of(entry.Value);
                }
            }
            else
            {
                problems.Add($"Metadata: {ValueText.Given(found.Value)} has no keys and values. Use a hashtable.");
            }
        }

        foreach (var name in named)
        {
            if (WildcardPattern.ContainsWildcardCharacters(name))
            {
                var pattern = new WildcardPattern(name, WildcardOptions.IgnoreCase);
                foreach (var property in NamesOf(row).Where(pattern.IsMatch).Where(property => !IsUsed(property)))
                {
                    Add(metadata, property, row, problems);
                }
            }
            else if (!metadata.Keys.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                Add(metadata, name, row, problems);
            }
        }

        foreach (var key in metadata.Keys.ToList())
        {
            metadata[key] = ValueOf(key, metadata[key], problems);
        }

        if (metadata.Count == 0)
        {
            return;
        }

        try
        {
            item.CheckField("metadata", metadata);
            item.Metadata = metadata;
        }
        catch (ArgumentException problem)
        {
            problems.Add(problem.Message);
        }
    }

    private void Add(Dictionary<string, object?> metadata, string name, PSObject? row, List<string> problems)
    {
        if (!TryRead(row, name, out var value, problems))
        {
            problems.Add(NoProperty(name, row));
        }
        else if (!ValueReader.IsEmpty(value))
        {
            metadata[name] = PlainValues.Of(value);
        }
        else if (Contains(NumericProperty, name))
        {
            problems.Add($"{name} is empty, and should be a number.");
        }
    }

    // A meter sums numbers, and passes over text without a word: the difference is money.
    private object? ValueOf(string key, object? value, List<string> problems)
    {
        if (Contains(NumericProperty, key))
        {
            if (value is bool || NumberReader.Decimal(value, out var number) is not null)
            {
                problems.Add(
                    $"{key}: {(value is bool ? $"{ValueText.Given(value)} is not a number." : NumberReader.Decimal(value, out _))}"
                );
                return value;
            }

            return number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue
                ? (long)number
                : number;
        }

        if (Contains(TextProperty, key))
        {
            return ValueReader.Read(value, typeof(string), out var text) is { } problem
                ? Problem(problems, $"{key}: {problem}")
                : text;
        }

        if (value is string given && IsLikeNumber(given) && _warned.Add(key))
        {
            warn(
                $"The metadata {key} is text, such as '{VisibleText.Of(given)}': a meter does not sum text. "
                    + $"Use -NumericProperty {key} to send numbers, or -TextProperty {key} if text is meant."
            );
        }

        return value;
    }

    // Also one that only some reader somewhere takes for a number, such as 1,5 or 1.000.
    private static bool IsLikeNumber(string text) =>
        text.Any(letter => letter is >= '0' and <= '9')
        && text.Trim()
            .All(letter => letter is (>= '0' and <= '9') or '.' or ',' or '-' or '+' or '\'' or ' ' or '\u00A0');

    private string? Required(string parameter, PSObject? row, List<string> problems, Func<object?, string> read)
    {
        var found = Find(parameter, row, problems);
        return found is { IsThere: true, IsEmpty: false }
            ? Take(parameter, found, problems, read)
            : Problem(
                problems,
                found.IsThere ? $"{parameter} is empty." : $"There is no {parameter}: give -{parameter}."
            );
    }

    private string? Optional(string parameter, PSObject? row, List<string> problems, Func<object?, string> read) =>
        Find(parameter, row, problems) is { IsThere: true, IsEmpty: false } found
            ? Take(parameter, found, problems, read)
            : null;

    private static string? Take(string name, Found found, List<string> problems, Func<object?, string> read)
    {
        try
        {
            return read(found.Value);
        }
        catch (RefusedArgumentException refused)
        {
            return Problem(problems, $"{name}: {refused.Message}");
        }
    }

    private static string Text(object? value) =>
        ValueReader.Read(value, typeof(string), out var text) is { } problem
            ? throw new RefusedArgumentException(problem)
            : (string)text!;

    // Where Polar takes an id of the user's own as well, any text will do.
    private static string Id(ArgumentTransformationAttribute reader, object? value, bool orText) =>
        orText && PSValue.ValueOrCustom(value) is not PolarObject
            ? Text(value)
            : reader.Transform(null!, value) as string
                ?? throw new RefusedArgumentException("Expected one id, not a list.");

    private Found Find(string parameter, PSObject? row, List<string> problems)
    {
        if (given(parameter) is { } value)
        {
            return new Found(value is ScriptBlock block ? Run(block, parameter, row, problems) : value, true, true);
        }

        return TryRead(row, parameter, out var column, problems) ? new Found(column, true, false) : default;
    }

    private static object? Run(ScriptBlock block, string parameter, PSObject? row, List<string> problems)
    {
        try
        {
            Collection<PSObject> results = block.InvokeWithContext(null, [new PSVariable("_", row)]);
            return results.Count == 1 ? results[0]
                : results.Count == 0 ? null
                : results.ToArray();
        }
        catch (RuntimeException exception)
        {
            problems.Add($"-{parameter}: the script block failed: {exception.Message}");
            return null;
        }
    }

    private static IEnumerable<string> NamesOf(PSObject? row) =>
        row is null ? []
        : PSValue.ValueOrCustom(row) is IDictionary entries ? PlainValues.Entries(entries).Select(entry => entry.Key)
        : row.Properties.Select(property => property.Name);

    private bool IsUsed(string property) =>
        Parameters.Contains(property, StringComparer.OrdinalIgnoreCase)
        || property.Equals(ExternalIdProperty, StringComparison.OrdinalIgnoreCase);

    private static bool TryRead(PSObject? row, string name, out object? value, List<string> problems)
    {
        value = null;
        if (row is null)
        {
            return false;
        }

        if (PSValue.ValueOrCustom(row) is IDictionary entries)
        {
            foreach (var entry in PlainValues.Entries(entries))
            {
                if (name.Equals(entry.Key, StringComparison.OrdinalIgnoreCase))
                {
                    value = entry.Value;
                    return true;
                }
            }

            return false;
        }

        try
        {
            var property = row.Properties[name];
            value = property?.Value;
            return property is not null;
        }
        catch (GetValueException exception)
        {
            problems.Add($"{name}: {exception.Message}");
            return false;
        }
    }

    private static string NoProperty(string name, PSObject? row) =>
        row is null ? $"There is no object with a property {name}: pipe one." : $"There is no property {name}.";

    private static bool Contains(string[] names, string name) =>
        Array.Exists(names, known => known.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static string? Problem(List<string> problems, string problem)
    {
        problems.Add(problem);
        return null;
    }

    /// <summary>What there is for a parameter.</summary>
    /// <param name="Value">The value, in its wrapper.</param>
    /// <param name="IsThere">Whether the command line or the object has it, be it empty.</param>
    /// <param name="IsGiven">Whether the command line has it.</param>
    private readonly record struct Found(object? Value, bool IsThere, bool IsGiven)
    {
        public bool IsEmpty =>
            ValueReader.IsEmpty(Value)
            || (PSValue.ValueOrCustom(Value) is string text && string.IsNullOrWhiteSpace(text));
    }
}
