namespace PolarPS.Emulator;

/// <summary>The vocabulary in which resources say what their requests look like.</summary>
internal static class Form
{
    private const int Int32Maximum = int.MaxValue;

    public static Schema Uuid { get; } = new UuidSchema();

    public static Schema Boolean { get; } = new BooleanSchema();

    public static Schema Time { get; } = new TimeSchema();

    public static Schema Address { get; } = new AddressSchema();

    public static Schema Email { get; } = new EmailSchema();

    public static Schema AnyText { get; } = new TextSchema(0, int.MaxValue, null, false);

    /// <summary>Text where an empty string means nothing at all.</summary>
    public static Schema OptionalText { get; } = new TextSchema(0, int.MaxValue, null, true);

    public static Schema Uuids { get; } = List(Uuid);

    public static Schema Currency { get; } = OneOf(Currencies.Codes);

    public static Schema TaxBehavior { get; } = OneOf(CatalogueValues.TaxBehavior);

    public static Schema Interval { get; } = OneOf(CatalogueValues.Interval);

    /// <summary>The trial that what is sold begins with; <see cref="CheckTrial"/> is the rule about it.</summary>
    public static OptionalFields Trial { get; } =
        new(("trial_interval", Interval), ("trial_interval_count", Integer(1, 1000)));

    /// <summary>50 keys of 1 to 40 characters, with plain values.</summary>
    public static Schema Metadata { get; } = new MapSchema(Text(1, 40), new MetadataValueSchema(), 0, 50);

    /// <summary>The name of a person, 256 characters at most; an empty one is none.</summary>
    public static Schema PersonName { get; } = new TextSchema(0, 256, null, true);

    public static Schema Country { get; } = OneOf(CountryValues.All);

    public static Schema PostalAddress { get; } =
        new ObjectSchema(
            "AddressInput",
            Field.Nullable("line1", OptionalText),
            Field.Nullable("line2", OptionalText),
            Field.Nullable("postal_code", OptionalText),
            Field.Nullable("city", OptionalText),
            Field.Nullable("state", OptionalText),
            Field.Required("country", Country)
        ).Rule(CheckState);

    /// <summary>What a buyer answered to a shop's own questions: by slug, a text, a number, yes or no, or nothing.</summary>
    public static Schema Answers { get; } = new MapSchema(AnyText, new AnswerSchema());

    /// <summary>Any object, kept as it is.</summary>
    public static Schema AnyObject { get; } = new MapSchema(AnyText, new AnythingSchema());

    // States are known of two countries, by codes that begin with the country's; that beginning may be left out.
    private static void CheckState(JsonObject address, Location at, Problems problems)
    {
        var country = address.Text("country");
        if (address.Text("state") is not { } state || !Countries.States.TryGetValue(country!, out var states))
        {
            return;
        }

        var code = state.StartsWith(country + "-", StringComparison.Ordinal) ? state : country + "-" + state;
        address["state"] = code;
        if (!states.Contains(code.Substring(3)))
        {
            problems.Add("value_error", at, "The country has no such state.", address);
        }
    }

    /// <summary>The rule that a trial has a length and a unit, or neither.</summary>
    public static void CheckTrial(JsonObject body, Location at, Problems problems)
    {
        if (body.Has("trial_interval") != body.Has("trial_interval_count"))
        {
            problems.Add("missing", at, "A trial needs both its unit and the number of units.", body);
        }
    }

    public static Schema Text(int minimum, int maximum, string? pattern = null) =>
        new TextSchema(minimum, maximum, pattern, false);

    public static Schema Integer(long minimum, long maximum = Int32Maximum) =>
        new IntegerSchema(minimum, maximum, false);

    public static Schema Positive(long maximum = Int32Maximum) => new IntegerSchema(0, maximum, true);

    public static Schema OneOf(params string[] choices) => new ChoiceSchema("enum", choices);

    public static Schema OneOf(IReadOnlyCollection<string> choices) => new ChoiceSchema("enum", choices);

    public static Schema Literal(params string[] choices) => new ChoiceSchema("literal_error", choices);

    public static Schema Literal(KnownList choices) => new ChoiceSchema("literal_error", choices);

    public static Schema List(Schema item, int minimum = 0, int maximum = int.MaxValue) =>
        new ListSchema(item, minimum, maximum);

    public static Schema OrNull(Schema schema) => new NullableSchema(schema);

    /// <summary>The metadata of something new.</summary>
    public static Field NewMetadata() => Field.Default("metadata", Metadata, static () => new JsonObject());

    public static Field[] Fields(params Field[][] groups)
    {
        var all = new List<Field>();
        foreach (var group in groups)
        {
            all.AddRange(group);
        }

        return all.ToArray();
    }
}
