using System.Collections.Concurrent;
using System.Reflection;

namespace PolarPS.Commands;

/// <summary>
/// Turns the names, codes, numbers and email addresses that were given in the place of ids into ids, input by input: not
/// while parameters are bound, because only then the connection is known. Each text is looked up once a cmdlet.
/// </summary>
internal sealed class NameBinder(PolarCmdlet cmdlet)
{
    // Each becomes a part of the address.
    private const int MostFilterValues = 100;

    private readonly Dictionary<string, PolarObject> _found = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(NamedParameter Parameter, string Id)> _present = [];
    private NameResolver? _resolver;

    /// <summary>Replaces names by ids in all parameters of the present input. What cannot be found is an error by itself.</summary>
    /// <returns>Whether there is anything left to do for the input.</returns>
    public bool Resolve()
    {
        _present.Clear();
        if (FindAmbiguous() is { } ambiguous)
        {
            cmdlet.Try(ambiguous.Subject, () => throw ambiguous.Problem);
            return false;
        }

        foreach (var parameter in NamedParameter.Of(cmdlet.GetType()))
        {
            if (!Resolve(parameter))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>An object that was found by a name, as its list gave it; null for any other id.</summary>
    public T? Found<T>(string id)
        where T : PolarObject => _found.TryGetValue(id, out var item) ? item as T : null;

    /// <summary>Says which objects the names of the present input mean, as far as a question does not say so already.</summary>
    /// <param name="text">The question.</param>
    /// <returns>Such as <c>; Product 'Pro' (8cab…)</c>; empty where there is nothing to add.</returns>
    public string Unsaid(string text) =>
        string.Concat(
            _present
                .Where(named => text.IndexOf(named.Id, StringComparison.OrdinalIgnoreCase) < 0)
                .Select(named => $"; {named.Parameter.Name} '{_found[named.Id]}' ({named.Id})")
        );

    // A text from the pipeline that two parameters have taken, each for one of its own kind.
    private (ErrorSubject Subject, ArgumentException Problem)? FindAmbiguous()
    {
        NamedParameter? one = null;
        NamedParameter? other = null;
        foreach (var parameter in NamedParameter.Of(cmdlet.GetType()))
        {
            if (
                other is null
                && parameter.Reference.OneOfSeveral
                && !cmdlet.Rows.IsOnCommandLine(parameter.Name)
                && parameter.Read(cmdlet) is { Count: 1 }
            )
            {
                (one, other) = one is null ? (parameter, null) : (one, parameter);
            }
        }

        if (one is null || other is null)
        {
            return null;
        }

        var text = one.Read(cmdlet)![0];
        if (text != other.Read(cmdlet)![0])
        {
            return null;
        }

        return (
            new ErrorSubject(Kinds.NameOf(one.Reference.Model), text, IsNew: true),
            new ArgumentException(
                $"Text alone does not tell whether it is {Kinds.OneOf(one.Reference.Model)} or {Kinds.OneOf(other.Reference.Model)}: give it with -{one.Name} or -{other.Name}, or pipe the object."
            )
        );
    }

    private bool Resolve(NamedParameter parameter)
    {
        if (parameter.Read(cmdlet) is not { Count: > 0 } texts || texts.All(parameter.IsId))
        {
            return true;
        }

        var ids = new List<string>();
        var isComplete = true;
        foreach (var text in texts)
        {
            if (parameter.IsId(text))
            {
                ids.Add(text);
            }
            else if (LookUp(parameter, text) is { } found)
            {
                ids.AddRange(found.Where(id => !ids.Contains(id, StringComparer.OrdinalIgnoreCase)));
            }
            else
            {
                isComplete = false;
            }
        }

        if (ids.Count > MostFilterValues && !parameter.Reference.Each)
        {
            cmdlet.WriteError(
                ErrorRecords.TooManyNames(parameter.Name, Kinds.NamesOf(parameter.Reference.Model), ids.Count)
            );
            return false;
        }

        // A list with one name too few would be another list, and one without any would be everything.
        if (ids.Count == 0 || !(isComplete || parameter.Reference.Each))
        {
            return false;
        }

        parameter.Write(cmdlet, ids);
        return true;
    }

    // Null where there is an error.
    private IReadOnlyList<string>? LookUp(NamedParameter parameter, string text)
    {
        IReadOnlyList<string>? ids = null;
        var question = new NameResolver.Question(parameter.Reference.Model, text, cmdlet.NameUse)
        {
            Wildcards = cmdlet.NameUse == NameUse.Read && parameter.IsList,
            Only = parameter.Reference.Only,
            Within = parameter.Within(cmdlet),
        };
        cmdlet.Try(
            SubjectOf(parameter, question),
            () =>
            {
                _resolver ??= new NameResolver(cmdlet.Client);
                var items = cmdlet.Await(token => _resolver.FindAsync(question, token));
                ids = [.. items.Select(item => Remember(parameter, item))];
            }
        );
        return ids;
    }

    private string Remember(NamedParameter parameter, PolarObject item)
    {
        var id = Kinds.IdOf(item) ?? throw new InvalidOperationException("An object without an id.");
        _found[id] = item;
        _present.Add((parameter, id));
        cmdlet.UsedConnection.Seen.Add(item.GetType(), id, item.ToString(), item);
        return id;
    }

    private static ErrorSubject SubjectOf(NamedParameter parameter, NameResolver.Question question)
    {
        var kind = NamedKind.Find(question.Model)!;
        return new ErrorSubject(
            kind.Words,
            question.Text,
            Key: question.KeyWords(kind),
            IfMissing: Advise(question, kind),
            Parameter: parameter.Reference.Each ? null : parameter.Name
        );
    }

    private static string Advise(NameResolver.Question question, NamedKind kind)
    {
        var command = CmdletTypes.GetterOf(Kinds.NameOf(question.Model), PolarSide.Seller);
        if (question.Use == NameUse.Write && command is not null && question.Within is null)
        {
            if (WildcardPattern.ContainsWildcardCharacters(question.Text))
            {
                return $"Wildcards are for what reads: pipe what {command} finds with them.";
            }

            if (kind.Keys.Any(key => key.IsBuyers))
            {
                return $"A {kind.Words}'s name does not count here, because customers choose it themselves. {command} shows whom it fits.";
            }
        }

        return command is null || question.Within is not null
            ? "Check the spelling, and whether it belongs to this environment and organization: Get-PolarConnection."
            : $"Check the spelling, and the connection. {command} takes wildcards, such as *pro*.";
    }
}

/// <summary>A parameter that takes ids, and names in their place where the kind has some.</summary>
internal sealed class NamedParameter
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<NamedParameter>> Known = new();

    private readonly PropertyInfo _property;
    private readonly PropertyInfo? _within;

    private NamedParameter(PropertyInfo property, INameTransformation reference)
    {
        _property = property;
        Reference = reference;
        _within = reference.Within is null ? null : property.ReflectedType!.GetProperty(reference.Within);
    }

    public string Name => _property.Name;

    /// <summary>What it takes.</summary>
    public INameTransformation Reference { get; }

    /// <summary>Whether it takes several.</summary>
    public bool IsList => _property.PropertyType.IsArray;

    /// <summary>
    /// Those of a cmdlet, in the order in which they can be resolved: what is found within another object comes behind it.
    /// </summary>
    public static IReadOnlyList<NamedParameter> Of(Type cmdlet) => Known.GetOrAdd(cmdlet, Find);

    private static List<NamedParameter> Find(Type cmdlet)
    {
        var found = new List<NamedParameter>();
        var within = new List<NamedParameter>();
        foreach (var property in cmdlet.GetProperties(BindingFlags.Instance | BindingFlags.Public))
        {
            foreach (var attribute in property.GetCustomAttributes<ArgumentTransformationAttribute>())
            {
                if (attribute is INameTransformation reference)
                {
                    (reference.Within is null ? found : within).Add(new NamedParameter(property, reference));
                    break;
                }
            }
        }

        found.AddRange(within);
        return found;
    }

    /// <summary>What was given; null for nothing, and for kinds that have no names.</summary>
    public IReadOnlyList<string>? Read(PolarCmdlet cmdlet)
    {
        // In this order: most calls give none, and need not know what has names.
        if (_property.GetValue(cmdlet) is not { } value || !Reference.TakesNames)
        {
            return null;
        }

        return value switch
        {
            string { Length: > 0 } text => [text],
            string[] texts => texts,
            IReference[] references => Array.ConvertAll(references, reference => reference.Id),
            _ => null,
        };
    }

    /// <summary>Whether a text is an id and no name.</summary>
    public bool IsId(string text) => Reference.Only is null && NameResolver.IsId(text);

    /// <summary>Gives the parameter ids, for the present input.</summary>
    public void Write(PolarCmdlet cmdlet, IReadOnlyList<string> ids) =>
        cmdlet.Rows.Replace(
            _property,
            _property.GetValue(cmdlet) switch
            {
                IReference[] references => ToArray(
                    _property.PropertyType.GetElementType()!,
                    ids.Select(id => Array.Find(references, one => one.Id == id) ?? references[0].To(id))
                ),
                string[] => ids.ToArray(),
                _ => ids[0],
            }
        );

    private static Array ToArray(Type type, IEnumerable<IReference> references)
    {
        var all = references.ToArray();
        var array = Array.CreateInstance(type, all.Length);
        Array.Copy(all, array, all.Length);
        return array;
    }

    /// <summary>The id of the customer within which to look for a member; null for other kinds.</summary>
    public string? Within(PolarCmdlet cmdlet) =>
        _within?.GetValue(cmdlet) switch
        {
            string { Length: > 0 } id => id,
            string[] { Length: 1 } ids => ids[0],
            _ => null,
        };
}

/// <summary>What a parameter keeps of an object or an id, where the id alone is not enough.</summary>
internal interface IReference
{
    /// <summary>The object's id, or the name in its place.</summary>
    string Id { get; }

    /// <summary>The same for another id, of which nothing else is known.</summary>
    IReference To(string id);
}

/// <summary>A transformation by which a parameter takes ids of a kind, and names in their place.</summary>
internal interface INameTransformation
{
    /// <summary>The class of the kind.</summary>
    Type Model { get; }

    /// <summary>Whether objects of the kind have names, and they count here.</summary>
    bool TakesNames { get; }

    /// <summary>Whether each value stands for itself, so that one that cannot be found leaves the others as they are.</summary>
    bool Each { get; }

    /// <summary>Whether another parameter takes other kinds from the same pipeline.</summary>
    bool OneOfSeveral { get; }

    /// <summary>The only key that counts, in the resolver's words; null for ids and all keys.</summary>
    string? Only { get; }

    /// <summary>The parameter with the customer within which to look; null for kinds with a list of their own.</summary>
    string? Within { get; }
}
