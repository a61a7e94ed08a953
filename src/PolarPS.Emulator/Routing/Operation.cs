namespace PolarPS.Emulator;

/// <summary>One operation of the API: where it is, who may use it, what it takes, and what it does.</summary>
internal sealed class Operation
{
    public Operation(
        string id,
        string method,
        string path,
        IReadOnlyList<string> scopes,
        Subjects subjects,
        Func<OperationContext, Reply> handle
    )
    {
        Id = id;
        Method = method;
        Path = path;
        Scopes = scopes;
        Subjects = subjects;
        Handle = handle;
    }

    /// <summary>Its name in the API description, such as products:list.</summary>
    public string Id { get; }

    public string Method { get; }

    /// <summary>Its path; {id} matches a UUID, {name:text} any one segment.</summary>
    public string Path { get; }

    /// <summary>Any one of them is enough.</summary>
    public IReadOnlyList<string> Scopes { get; }

    public Subjects Subjects { get; }

    public Func<OperationContext, Reply> Handle { get; private set; }

    /// <summary>The same operation, with something done after it succeeded.</summary>
    /// <param name="after">Is given what the operation answered.</param>
    public Operation Then(Action<JsonObject> after)
    {
        var handle = Handle;
        Handle = context =>
        {
            var reply = handle(context);
            after((JsonObject)JsonNode.Parse(reply.Body)!);
            return reply;
        };
        return this;
    }

    /// <summary>The form of its body; null when it takes none.</summary>
    public Schema? Body { get; init; }

    /// <summary>Whether the body may be left out.</summary>
    public bool BodyIsOptional { get; init; }

    /// <summary>Whether the body is a form, as OAuth wants it, instead of JSON.</summary>
    public bool IsForm { get; init; }
}
