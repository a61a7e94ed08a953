using System.Collections.Concurrent;
using System.Reflection;
using System.Text;

namespace PolarPS.Commands;

/// <summary>
/// What Polar refused, in the user's terms: the API's names become parameters with element and member
/// (<c>-Price[0] Amount: at least 50 ($0.50)</c>), keys of the user's own stay as they were typed
/// (<c>-CustomFieldData.company-name</c>), limits of amounts are also money.
/// </summary>
internal static class FieldTexts
{
    // A value that could be of several types is reported once for each; these errors only name the types.
    private static readonly HashSet<string> OtherKinds = new(
        [
            "string_type",
            "int_type",
            "int_parsing",
            "int_from_float",
            "float_type",
            "float_parsing",
            "bool_type",
            "bool_parsing",
            "extra_forbidden",
        ],
        StringComparer.Ordinal
    );

    private static readonly ConcurrentDictionary<Type, IReadOnlyList<Named>> ByType = new();

    /// <summary>All that was refused, one after the other.</summary>
    /// <param name="exception">The refusal.</param>
    /// <param name="cmdlet">Whose parameters were sent.</param>
    /// <param name="target">The id of the object that it is about; null for none.</param>
    public static string Of(PolarValidationException exception, PolarCmdlet cmdlet, string? target)
    {
        var errors = exception.Errors;
        if (errors.Any(error => error.Type == "extra_forbidden"))
        {
            // Where a body can have several forms, Polar says of each what it would need. What was sent has one of them.
            var telling = errors.Where(error => error.Type is not ("extra_forbidden" or "missing")).ToList();
            errors = telling.Count > 0 ? telling : errors;
        }

        var texts = errors
            .GroupBy(error => error.Location, StringComparer.Ordinal)
            .SelectMany(Telling)
            .Select(error => Text(error, cmdlet, target))
            .Distinct();
        return string.Join("; ", texts) + ".";
    }

    private static IEnumerable<PolarFieldError> Telling(IEnumerable<PolarFieldError> ofOneField)
    {
        var errors = ofOneField.ToList();
        return errors.Exists(error => !OtherKinds.Contains(error.Type))
            ? errors.Where(error => !OtherKinds.Contains(error.Type))
            : errors;
    }

    private static string Text(PolarFieldError error, PolarCmdlet cmdlet, string? target)
    {
        var steps = error.Steps;
        if (steps.Count == 0)
        {
            return error.Message.TrimEnd('.');
        }

        if (Find(Named.Of(cmdlet.GetType()), steps, cmdlet) is not { } found)
        {
            // No parameter matches: the API's own words.
            return $"{error.Location}: {Message(error, null)}";
        }

        var rest = steps.Skip(found.End).ToList();
        var name = "-" + found.Name.Property.Name;
        if (rest.Count > 0 && rest[0].Index is { } index)
        {
            rest[0] = Position(cmdlet.ElementOf(found.Name.Property.Name, index));
        }

        var currency = error.Limit?.Currency ?? CurrencyOf(found.Name.Property, rest, cmdlet, target);
        return $"{name}{Within(found.Name.Property, rest)}: {Message(error, currency)}";
    }

    /// <summary>The inner parts of a parameter's value: elements, members, keys.</summary>
    private static string Within(PropertyInfo property, List<LocationStep> steps)
    {
        if (steps.Count == 0)
        {
            return string.Empty;
        }

        var text = new StringBuilder();
        var i = 0;
        var isTyped = !typeof(IDictionary).IsAssignableFrom(property.PropertyType);
        if (!isTyped && property.IsDefined(typeof(SettingsTransformationAttribute)))
        {
            isTyped = true;
        }
        else if (!isTyped)
        {
            // The first step is a key of the user's own; what is within that value may be of a kind again.
            text.Append(steps[0].IsName ? "." : string.Empty).Append(steps[0].Text);
            i = 1;
        }

        for (; i < steps.Count && steps[i].Index is not null; i++)
        {
            text.Append(steps[i].Text);
        }

        var kind =
            property.GetCustomAttributes().OfType<IItemTransformation>().FirstOrDefault()?.Item
            ?? property.PropertyType.GetElementType()
            ?? property.PropertyType;
        if (i < steps.Count && MakesAttribute.Maker(kind, ModuleRoot.Cmdlets) is { } own)
        {
            var inner = steps.Skip(i).ToList();
            return Find(Named.Of(own), inner, null) is { } found
                ? $"{text} {found.Name.Property.Name}{Within(found.Name.Property, inner.Skip(found.End).ToList())}"
                : $"{text}{Members(inner)}";
        }

        return text + (isTyped ? Members(steps.Skip(i)) : Keys(steps.Skip(i)));
    }

    private static string Members(IEnumerable<LocationStep> steps) =>
        string.Concat(steps.Select(step => step.IsName ? " " + JsonSettings.PropertyName(step.Text) : step.Text));

    private static string Keys(IEnumerable<LocationStep> steps) =>
        string.Concat(steps.Select(step => step.IsName ? "." + step.Text : step.Text));

    private static LocationStep Position(long index) => new($"[{index}]", index);

    private static string Message(PolarFieldError error, string? currency)
    {
        var isMoney = error.Steps.Any(step => step.IsName && FieldErrors.IsMoney(step.Text));
        if (error.Limit is { } limit && isMoney && currency is not null)
        {
            // The number is what the parameter takes; the money is what it means.
            return FormattableString.Invariant(
                $"{limit.Bound} {limit.Value:0.############} ({Money.FormatRate(limit.Value, currency)})"
            );
        }

        const string Amount = "Amount must be ";
        var message = error.Message.TrimEnd('.');
        return isMoney && message.StartsWith(Amount, StringComparison.Ordinal)
            ? message.Substring(Amount.Length)
            : message;
    }

    /// <summary>The currency of an amount: of the price that it belongs to, of the key, of -Currency, or of the object.</summary>
    private static string? CurrencyOf(
        PropertyInfo property,
        List<LocationStep> rest,
        PolarCmdlet cmdlet,
        string? target
    )
    {
        object? value = property.GetValue(cmdlet);
        foreach (var step in rest)
        {
            if (value is IDictionary dictionary && step.IsName)
            {
                if (property.IsDefined(typeof(AmountsTransformationAttribute)))
                {
                    return step.Text;
                }

                value = dictionary.Contains(step.Text)
                    ? dictionary[step.Text]
                    : dictionary.Values.Cast<object?>().FirstOrDefault();
            }
            else if (value is IList list && step.Index is { } index && index >= 0 && index < list.Count)
            {
                value = list[(int)index];
            }
            else
            {
                break;
            }
        }

        if (
            value is PriceInput or IList { Count: 1 }
            && (value as PriceInput ?? ((IList)value)[0] as PriceInput) is { } price
        )
        {
            return price.PriceCurrency ?? PriceInput.DefaultCurrency;
        }

        return cmdlet.GivenCurrency is { Length: > 0 } given ? given
            : target is null ? null
            : (cmdlet.UsedConnection.Seen.Find<PolarObject>(target) as IPriced)?.Currency;
    }

    /// <summary>The parameter that a location begins with, and where it ends there.</summary>
    private static (Named Name, int End)? Find(
        IReadOnlyList<Named> names,
        IReadOnlyList<LocationStep> steps,
        PolarCmdlet? cmdlet
    )
    {
        // From the left; before it there may be the branch of a union, such as individual.email or properties.license_keys.
        for (var start = 0; start < steps.Count; start++)
        {
            var best = names
                .Select(name => (Name: name, End: name.Match(steps, start)))
                .Where(match => match.End > 0)
                .OrderByDescending(match => match.Name.Path.Count)
                .ThenByDescending(match => cmdlet is null || cmdlet.IsBound(match.Name.Property.Name))
                .FirstOrDefault();
            if (best.Name is not null)
            {
                return best;
            }

            if (!steps[start].IsName)
            {
                break;
            }
        }

        return null;
    }

    /// <summary>A parameter and the names by which the API knows it.</summary>
    private sealed class Named(PropertyInfo property, IReadOnlyList<string> path)
    {
        public PropertyInfo Property { get; } = property;

        public IReadOnlyList<string> Path { get; } = path;

        public static IReadOnlyList<Named> Of(Type cmdlet) =>
            ByType.GetOrAdd(
                cmdlet,
                static type =>
                {
                    var names = new List<Named>();
                    foreach (var (property, field) in FieldMap.FieldsOf(type))
                    {
                        names.Add(new Named(property, field.Split('.')));
                    }

                    var fields = new HashSet<string>(names.Select(name => name.Property.Name), StringComparer.Ordinal);
                    foreach (var property in type.GetProperties().Where(p => p.IsDefined(typeof(ParameterAttribute))))
                    {
                        // A switch that is no field only chooses among forms, and is called as one of them may be: custom.
                        var isForm = fields.Count > 0 && property.PropertyType == typeof(SwitchParameter);
                        if (!fields.Contains(property.Name) && !isForm)
                        {
                            var name = JsonSettings.FieldName(property.Name);
                            names.Add(new Named(property, [name == "sort" ? "sorting" : name]));
                        }
                    }

                    return names;
                }
            );

        /// <summary>The index behind the path where it stands at a place; 0 for not at all.</summary>
        public int Match(IReadOnlyList<LocationStep> steps, int start)
        {
            if (!steps[start].IsName)
            {
                return 0;
            }

            if (Path.Count == 1)
            {
                return MatchJoined(steps, start);
            }

            var at = start;
            for (var i = 0; i < Path.Count; i++, at++)
            {
                // Between two names there may be one of a branch.
                if (i > 0 && at + 1 < steps.Count && steps[at].Text != Path[i] && steps[at].IsName)
                {
                    at++;
                }

                if (at >= steps.Count || steps[at].Text != Path[i])
                {
                    return 0;
                }
            }

            return at;
        }

        // owner.email may have a parameter of its own, OwnerEmail.
        private int MatchJoined(IReadOnlyList<LocationStep> steps, int start)
        {
            var joined = string.Empty;
            for (var at = start; at < steps.Count && steps[at].IsName && joined.Length < Path[0].Length; at++)
            {
                joined += (at > start ? "_" : string.Empty) + steps[at].Text;
                if (joined == Path[0])
                {
                    return at + 1;
                }
            }

            return 0;
        }
    }
}
