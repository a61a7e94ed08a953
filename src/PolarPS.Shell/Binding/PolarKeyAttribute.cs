namespace PolarPS.Commands;

/// <summary>
/// Makes a parameter take one kind of key, such as codes of discounts or email addresses of customers, with wildcards where
/// something is read. <see cref="NameBinder"/> replaces them by ids.
/// </summary>
/// <param name="model">The class of what has the key, such as Discount.</param>
/// <param name="key">The key, in the resolver's words.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PolarKeyAttribute(Type model, string key) : ArgumentTransformationAttribute, INameTransformation
{
    /// <summary>Whether each value stands for itself, so that one that cannot be found leaves the others as they are.</summary>
    public bool Each { get; set; }

    Type INameTransformation.Model => model;

    bool INameTransformation.TakesNames => true;

    bool INameTransformation.OneOfSeveral => false;

    string? INameTransformation.Only => key;

    string? INameTransformation.Within => null;

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        PSValue.Items(inputData) is { } items ? items.Select(TextOf).ToArray() : new[] { TextOf(inputData) };

    private string TextOf(object? item) =>
        PSValue.ValueOrCustom(item) switch
        {
            string text when string.IsNullOrWhiteSpace(text) => throw new RefusedArgumentException(
                $"The {key} must not be empty."
            ),
            string text when Redactor.Redact(text) != text => throw new RefusedArgumentException(
                $"'{Redactor.Redact(text)}' is a secret, and no {key}."
            ),
            string text => text.Trim(),
            _ when PSValue.NumberAsTyped(item) is { } number => number,
            var other => throw new RefusedArgumentException($"{ValueText.Given(other)} is no {key}, which is text."),
        };
}
