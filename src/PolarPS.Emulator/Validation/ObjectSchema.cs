namespace PolarPS.Emulator;

/// <summary>A member of an object: its name, its form, and what happens when it is absent.</summary>
internal sealed class Field
{
    private Field(string name, Schema schema, bool required, Func<JsonNode?>? ifAbsent)
    {
        Name = name;
        Schema = schema;
        IsRequired = required;
        IfAbsent = ifAbsent;
    }

    public string Name { get; }

    public Schema Schema { get; }

    public bool IsRequired { get; }

    public Func<JsonNode?>? IfAbsent { get; }

    /// <summary>Must be there.</summary>
    public static Field Required(string name, Schema schema) => new(name, schema, true, null);

    /// <summary>May be absent, and then stays absent: what an update does not mention it does not change.</summary>
    public static Field Optional(string name, Schema schema) => new(name, schema, false, null);

    /// <summary>May be absent or null, and then is null.</summary>
    public static Field Nullable(string name, Schema schema) =>
        new(name, new NullableSchema(schema), false, static () => null);

    /// <summary>May be absent, and then has this value.</summary>
    public static Field Default(string name, Schema schema, Func<JsonNode?> value) => new(name, schema, false, value);

    /// <summary>May be absent or null, and null clears it.</summary>
    public static Field Clearable(string name, Schema schema) => new(name, new NullableSchema(schema), false, null);
}

/// <summary>An object with known members; others are ignored.</summary>
internal sealed class ObjectSchema : Schema
{
    private readonly IReadOnlyList<Field> _fields;
    private readonly List<Action<JsonObject, Location, Problems>> _rules = [];
    private readonly Dictionary<string, string> _aliases = [];
    private bool _strict;

    public ObjectSchema(string name, params Field[] fields)
    {
        Name = name;
        _fields = fields;
    }

    /// <summary>The name by which the API knows it, and which appears where a union reports a problem.</summary>
    public string Name { get; }

    /// <summary>Makes it refuse members that it does not know.</summary>
    public ObjectSchema Strict()
    {
        _strict = true;
        return this;
    }

    /// <summary>Lets a member be given under an older name as well.</summary>
    public ObjectSchema Alias(string older, string name)
    {
        _aliases.Add(name, older);
        return this;
    }

    /// <summary>Adds a rule over several members, asked only when each of them is as it should be.</summary>
    public ObjectSchema Rule(Action<JsonObject, Location, Problems> rule)
    {
        _rules.Add(rule);
        return this;
    }

    public override JsonNode? Check(JsonNode? input, Location at, Problems problems)
    {
        if (input is not JsonObject given)
        {
            problems.Add("model_attributes_type", at, "An object is expected.", input);
            return null;
        }

        var before = problems.Count;
        var result = new JsonObject();
        foreach (var field in _fields)
        {
            if (
                given.TryGetPropertyValue(field.Name, out var value)
                || (_aliases.TryGetValue(field.Name, out var older) && given.TryGetPropertyValue(older, out value))
            )
            {
                result[field.Name] = field.Schema.Check(value, at[field.Name], problems);
            }
            else if (field.IsRequired)
            {
                problems.Add("missing", at[field.Name], "This field is required.", given);
            }
            else if (field.IfAbsent is not null)
            {
                result[field.Name] = field.IfAbsent();
            }
        }

        if (_strict)
        {
            foreach (var member in given)
            {
                if (!_fields.Any(field => field.Name == member.Key))
                {
                    problems.Add("extra_forbidden", at[member.Key], "This field is not allowed here.", member.Value);
                }
            }
        }

        if (problems.Count == before)
        {
            foreach (var rule in _rules)
            {
                rule(result, at, problems);
                if (problems.Count > before)
                {
                    // The next one may count on this.
                    break;
                }
            }
        }

        return result;
    }
}

/// <summary>
/// An object that may have one of several forms. When it has none, each form tells what it misses, unless something in the
/// object makes clear which form was meant.
/// </summary>
internal sealed class UnionSchema : Schema
{
    private readonly Func<JsonObject, string?> _meant;
    private readonly IReadOnlyList<ObjectSchema> _forms;

    public UnionSchema(Func<JsonObject, string?> meant, params ObjectSchema[] forms)
    {
        _meant = meant;
        _forms = forms;
    }

    public override JsonNode? Check(JsonNode? input, Location at, Problems problems)
    {
        var meant = input is JsonObject given ? _meant(given) : null;
        var tried = meant is null ? _forms : _forms.Where(form => form.Name == meant).ToArray();
        var all = new Problems();
        foreach (var form in tried)
        {
            var own = new Problems();
            var result = form.Check(input, at[form.Name], own);
            if (own.Count == 0)
            {
                return result;
            }

            all.AddRange(own);
        }

        problems.AddRange(all);
        return null;
    }
}

/// <summary>An object whose form is told by one of its members.</summary>
internal sealed class TaggedSchema : Schema
{
    private readonly string _member;
    private readonly IReadOnlyDictionary<string, ObjectSchema> _forms;
    private readonly Func<JsonObject, string?>? _ifAbsent;

    /// <param name="member">The member that tells.</param>
    /// <param name="forms">The form for each of its values.</param>
    /// <param name="ifAbsent">Guesses its value where it may be left out.</param>
    public TaggedSchema(
        string member,
        IReadOnlyDictionary<string, ObjectSchema> forms,
        Func<JsonObject, string?>? ifAbsent = null
    )
    {
        _member = member;
        _forms = forms;
        _ifAbsent = ifAbsent;
    }

    public override JsonNode? Check(JsonNode? input, Location at, Problems problems)
    {
        if (input is not JsonObject given)
        {
            problems.Add("model_attributes_type", at, "An object is expected.", input);
            return null;
        }

        var tag = given.ContainsKey(_member) ? given.Text(_member) : _ifAbsent?.Invoke(given);
        if (tag is null && !given.ContainsKey(_member))
        {
            problems.Add(
                "union_tag_not_found",
                at,
                $"'{_member}' is needed to tell what this is.",
                input,
                new JsonObject { ["discriminator"] = "'" + _member + "'" }
            );
            return null;
        }

        if (tag is null || !_forms.TryGetValue(tag, out var form))
        {
            var expected = string.Join(", ", _forms.Keys.Select(key => "'" + key + "'"));
            problems.Add(
                "union_tag_invalid",
                at,
                $"'{_member}' must be one of: {expected}.",
                input,
                new JsonObject
                {
                    ["discriminator"] = "'" + _member + "'",
                    ["tag"] = tag ?? given[_member]?.ToJsonString() ?? "null",
                    ["expected_tags"] = expected,
                }
            );
            return null;
        }

        var result = form.Check(input, at[tag], problems);
        if (result is JsonObject complete && !complete.ContainsKey(_member))
        {
            complete[_member] = tag;
        }

        return result;
    }
}
