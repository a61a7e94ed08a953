using System.ComponentModel;

namespace PolarPS.Commands;

/// <summary>An object whose children are to be listed, such as the customer whose orders are wanted.</summary>
[TypeConverter(typeof(ReadingConverter))]
public sealed class ParentReference
{
    internal ParentReference(Type kind, string id)
    {
        Kind = kind;
        Id = id;
    }

    private ParentReference(string problem, object item)
    {
        Problem = problem;
        Item = item;
    }

    /// <summary>The object's id, a UUID; null for an object that has no such children.</summary>
    public string? Id { get; }

    internal Type? Kind { get; }

    /// <summary>Why there is nothing to list; null where there is.</summary>
    internal string? Problem { get; }

    internal object? Item { get; }

    /// <summary>For any object from Polar or copy of one; the cmdlet that lists says whether there are children of such.</summary>
    internal static ParentReference Of(object item) =>
        item as ParentReference
        ?? (
            Kinds.KindOf(item) is { } kind && Kinds.OwnIdOf(item) is { } id
                ? new ParentReference(kind, id)
                : throw new PSInvalidCastException($"{ValueText.Given(item)} is not an object from Polar with an id.")
        );

    internal static ParentReference Refused(string problem, object item) => new(problem, item);

    /// <summary>The kind and the id.</summary>
    /// <returns>Such as <c>customer 722d…</c>.</returns>
    public override string ToString() => Kind is null ? "nothing" : $"{Kinds.NameOf(Kind)} {Id}";
}

/// <summary>
/// Takes from the pipeline the objects by which a list can be filtered, such as customers for orders, and tells them apart by
/// their kind, as an id cannot. Text and whatever stands for one of the list's own objects is left to -Id. Any other object is
/// taken too, and the cmdlet then says what to do with it: an error of PowerShell's could not.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ParentTransformationAttribute : ArgumentTransformationAttribute
{
    private readonly PolarIdAttribute _own;

    /// <summary>For a list.</summary>
    /// <param name="child">What is listed.</param>
    /// <param name="parents">The kinds by which it can be filtered; each has a parameter named after it, such as CustomerId.</param>
    public ParentTransformationAttribute(Type child, params Type[] parents)
    {
        Child = child;
        Parents = parents;
        _own = new PolarIdAttribute(child);
    }

    internal Type Child { get; }

    internal IReadOnlyList<Type> Parents { get; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        PSValue.ValueOrCustom(inputData) switch
        {
            null => throw RefusedArgumentException.ForNext("The value is null."),
            string or Guid => throw RefusedArgumentException.ForNext("An id does not say what it is the id of."),
            var value when PSValue.Items(value) is { } items => items
                .Select(item => ParentOf(engineIntrinsics, item))
                .ToArray(),
            _ => new[] { ParentOf(engineIntrinsics, inputData) },
        };

    private ParentReference ParentOf(EngineIntrinsics engine, object? item)
    {
        var value = PSValue.ValueOrCustom(item);
        if (value is null or string or Guid or ValueType)
        {
            throw RefusedArgumentException.ForNext("A value of a list is no object.");
        }

        if (value is ParentReference reference)
        {
            // A proxy has read it without knowing what the list can be filtered by.
            return reference.Kind is null || Parents.Contains(reference.Kind)
                ? reference
                : ParentReference.Refused(
                    $"Expected {Kinds.OneOf(Child)}, but this is {Kinds.OneOf(reference.Kind)}. {Advise(reference)}",
                    reference
                );
        }

        string problem;
        try
        {
            _ = _own.Transform(engine, new[] { item });
            throw RefusedArgumentException.ForNext($"This stands for {Kinds.OneOf(Child)}.");
        }
        catch (RefusedArgumentException exception) when (exception.InnerException is null)
        {
            problem = exception.Message;
        }

        var kind = Kinds.KindOf(item!);
        if (Parents.FirstOrDefault(parent => parent == kind) is { } found)
        {
            return Kinds.OwnIdOf(item!) is { } id
                ? new ParentReference(found, id)
                : ParentReference.Refused($"This {Kinds.NameOf(found)} lacks its Id.", item!);
        }

        return ParentReference.Refused($"{problem} {Advise(item!)}", item!);
    }

    private string Advise(object item)
    {
        var named = Parents.Where(parent => Kinds.ReferenceIn(item, parent) is not null).ToList();
        return named.Count > 0
            ? $"If you mean what it refers to, use {Join(named.Select(parent => $"-{Kinds.ReferenceTo(parent)} $_.{Kinds.ReferenceTo(parent)}"))}."
            : $"Lists by other objects are got by {Join(Parents.Select(parent => "-" + Kinds.ReferenceTo(parent)))}.";
    }

    private static string Join(IEnumerable<string> words)
    {
        var all = words.ToList();
        return all.Count < 2
            ? string.Concat(all)
            : string.Join(", ", all.Take(all.Count - 1)) + " or " + all[all.Count - 1];
    }
}
