namespace PolarPS.Commands;

/// <summary>
/// Makes a parameter take the user's own ids of one kind of object: text, whole numbers or UUIDs. Anything else, above all an
/// object, is refused before a request is sent: as text it would be a name or an email address, and that may be someone's id.
/// </summary>
/// <param name="kind">What the objects are called, such as "customer".</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ExternalIdAttribute(string kind) : ArgumentTransformationAttribute
{
    /// <summary>Whether columns of rows are bound to it, which are empty where another column says what is meant.</summary>
    public bool InRows { get; set; }

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        InRows && ValueReader.IsEmpty(inputData) ? new UnreadText()
        : PSValue.Items(inputData) is { } items ? items.Select(IdOf).ToArray()
        : IdOf(inputData);

    private string IdOf(object? item) =>
        PSValue.ValueOrCustom(item) switch
        {
            null => throw new RefusedArgumentException($"Expected the external id of a {kind}, but the value is null."),
            string text when string.IsNullOrWhiteSpace(text) => throw new RefusedArgumentException(
                $"The external id of a {kind} must not be empty."
            ),
            string text => text,
            Guid id => id.ToString("D"),
            _ when PSValue.NumberAsTyped(item) is { } number => number,
            PolarObject other => throw new RefusedArgumentException(
                $"Expected the external id of a {kind}, but this is {Kinds.OneOf(other.GetType())}. Did you mean its ExternalId property?"
            ),
            var other => throw new RefusedArgumentException(
                $"Expected the external id of a {kind} as text, but this is a {other.GetType().Name}."
            ),
        };
}

/// <summary>Completes the user's own ids of customers, by name, from what the session has seen and a short look at the server.</summary>
public sealed class CustomerExternalIdCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public System.Collections.Generic.IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        System.Management.Automation.Language.CommandAst commandAst,
        IDictionary fakeBoundParameters
    )
    {
        if (TypedConnection.Find(commandName, commandAst, fakeBoundParameters) is not { } connection)
        {
            return [];
        }

        IdCompleter<Customer>.LookAtServer(connection);
        return Completions.Matching(
            wordToComplete,
            connection
                .Seen.OfKind(typeof(Customer))
                .Select(seen => seen.Item as Customer)
                .Where(customer => !string.IsNullOrEmpty(customer?.ExternalId))
                .Select(customer => new Candidate(
                    customer!.ExternalId!,
                    $"{customer} {customer.ExternalId}",
                    customer.ToString()
                ))
        );
    }
}
