namespace PolarPS.Commands;

/// <summary>
/// Makes a parameter take ids of one kind of object: as text, as an object of that kind, or as an object with a property that
/// names it (<c>ProductId</c>). Anything else, above all an object of another kind, is refused before a request is sent.
/// Where objects of the kind have names, text that is no id stays as it is, and <see cref="NameBinder"/> finds what it means.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PolarIdAttribute : ArgumentTransformationAttribute, IReferenceTransformation, INameTransformation
{
    private readonly Type _model;

    /// <summary>For ids of a kind of object.</summary>
    /// <param name="model">The model's class, such as Product.</param>
    public PolarIdAttribute(Type model) => _model = model;

    /// <summary>
    /// Whether an object of another kind that merely refers to one is refused too: what is deleted must be what was piped.
    /// </summary>
    public bool Strict { get; set; }

    /// <summary>
    /// Whether another parameter takes other kinds from the same pipeline: what is refused here is offered to that one.
    /// </summary>
    public bool OneOfSeveral { get; set; }

    /// <summary>
    /// The kind of object that another parameter takes from the same pipeline; null for none. Only objects of that kind are offered to
    /// it, so that what is wrong with all others is still said here.
    /// </summary>
    public Type? LeavesTo { get; set; }

    /// <summary>Whether columns of rows are bound to it, which are empty where another column says what is meant.</summary>
    public bool InRows { get; set; }

    /// <summary>Whether each value stands for itself, so that one name that cannot be found leaves the others as they are.</summary>
    public bool Each { get; set; }

    /// <summary>The column by which another parameter takes rows that do not name one.</summary>
    public string? OrColumn { get; set; }

    /// <summary>Whether names do not count, because there is no connection by which to find them.</summary>
    public bool IdOnly { get; set; }

    /// <summary>The parameter with the customer within which members are found by name.</summary>
    public string? Within { get; set; }

    Type IReferenceTransformation.Model => _model;

    Type INameTransformation.Model => _model;

    bool INameTransformation.TakesNames => TakesNames;

    string? INameTransformation.Only => null;

    private bool TakesNames =>
        !IdOnly && NamedKind.Find(_model) is { } kind && (kind.List is not null || Within is not null);

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = PSValue.ValueOrCustom(inputData);
        return value switch
        {
            // $null is the parameter's own business: mandatory ones refuse it, others clear a field with it.
            null when !InRows => null,
            null or "" when InRows => new UnreadText(),
            _ when PSValue.Items(value) is { } items => items.Select(IdOf).ToArray(),
            _ => IdOf(inputData!),
        };
    }

    private string IdOf(object? item)
    {
        var value = PSValue.ValueOrCustom(item);
        switch (value)
        {
            case null:
                throw Refused($"Expected the id of {Kinds.OneOf(_model)}, but the value is null.");
            case string text:
                return CheckText(text);
            case var _ when TakesNames && Each && !Strict && PSValue.NumberAsTyped(item) is { } number:
                return number;
            case Guid id:
                return id.ToString("D");
            case PriceInput { Id: { } priceId } when _model == typeof(ProductPrice):
                return priceId;
        }

        if (LeavesTo is not null && Kinds.KindOf(item!) == LeavesTo)
        {
            throw RefusedArgumentException.ForNext($"This is {Kinds.OneOf(LeavesTo)}.");
        }

        if (Strict ? _model.IsInstanceOfType(value) : Kinds.Is(value, _model))
        {
            var id = CheckId(Kinds.IdOf((PolarObject)value) ?? string.Empty);
            PipedNames.Remember(id, value);
            return id;
        }

        if (value is PolarObject other)
        {
            // An object that refers to one works like the id, unless it refers to several.
            return (Strict ? null : ReferenceIn(item!))
                ?? throw Refused($"Expected {Kinds.OneOf(_model)}, but this is {Kinds.OneOf(other.GetType())}.");
        }

        if (Strict && Kinds.NameOfCopied(item!) is { } kind && kind != _model.Name)
        {
            // As with the object itself: what is deleted is not what a copy of something else refers to.
            throw Refused($"Expected {Kinds.OneOf(_model)}, but this is a copy of a {kind}.");
        }

        if (Strict && OwnIdOfCopy(item!) is null && IsThingOfItsOwn(item!))
        {
            throw Refused(
                $"Expected {Kinds.OneOf(_model)}, but this is a {TypeName(item!)} with its own Id that only refers to one. Use $_.{Kinds.ReferenceTo(_model)} if you mean the {Kinds.NameOf(_model)} it refers to."
            );
        }

        if (
            OrColumn is not null
            && ReferenceIn(item!) is null
            && Kinds.KindOf(item!) is null
            && HasColumn(item!, OrColumn)
        )
        {
            throw RefusedArgumentException.ForNext("The row has no id.");
        }

        return ReferenceIn(item!)
            ?? OwnIdOfCopy(item!)
            ?? throw Refused(
                $"Expected {Kinds.OneOf(_model)}, its id, or an object with a {Kinds.ReferenceTo(_model)} property, but this is a {TypeName(item!)}."
            );
    }

    private string? ReferenceIn(object item) => Kinds.ReferenceIn(item, _model) is { } text ? CheckText(text) : null;

    // A row of orders names their products, too; a user who pipes it to a cmdlet that deletes products does not mean that.
    private static bool IsThingOfItsOwn(object item) =>
        item is IDictionary dictionary
            ? PlainValues.Entries(dictionary).Any(entry => "Id".Equals(entry.Key, StringComparison.OrdinalIgnoreCase))
            : PSObject.AsPSObject(item) is var copy
                && (copy.Properties["Id"] is not null || copy.TypeNames.Any(name => name.Contains(".PolarPS.Client.")));

    // Select-Object, Import-Clixml and jobs make copies that remember in their type names what they were.
    private string? OwnIdOfCopy(object item)
    {
        if (!PSValue.IsCopyOf(item, _model) || PSValue.Property(item, "Id")?.ToString() is not { Length: > 0 } text)
        {
            return null;
        }

        var id = CheckId(text);
        PipedNames.Remember(id, item);
        return id;
    }

    private string CheckText(string text) =>
        // A secret that was pasted in the wrong place must not become a part of an address.
        TakesNames && !string.IsNullOrWhiteSpace(text) && Redactor.Redact(text) == text
            ? NameResolver.IsId(text)
                ? text.Trim()
                : text
            : CheckId(text);

    private string CheckId(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw Refused($"The id of {Kinds.OneOf(_model)} must not be empty.");
        }

        // With an id of any other form the request could only fail, or mean another address.
        return Guid.TryParseExact(text.Trim(), "D", out _)
            ? text.Trim()
            : throw Refused(
                $"'{PolarPS.Redactor.Redact(text)}' is not the id of {Kinds.OneOf(_model)}: ids are UUIDs, such as 8cabdca5-cf97-4f4e-851c-fddffa691a55."
            );
    }

    private static bool HasColumn(object item, string name) =>
        item is not IDictionary && !ValueReader.IsEmpty(PSValue.Property(item, name));

    private static string TypeName(object item) =>
        PSObject.AsPSObject(item).TypeNames.FirstOrDefault() ?? item.GetType().Name;

    private RefusedArgumentException Refused(string message) =>
        OneOfSeveral ? RefusedArgumentException.ForNext(message) : new(message);
}
