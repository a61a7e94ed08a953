namespace PolarPS.Emulator;

/// <summary>A request on its way through an operation: known caller, valid path, valid body.</summary>
internal sealed class OperationContext
{
    private readonly IReadOnlyDictionary<string, string> _path;
    private readonly JsonObject? _body;

    public OperationContext(
        Operation operation,
        Caller caller,
        IReadOnlyDictionary<string, string> path,
        QueryString query,
        JsonObject? body,
        IReadOnlyList<FaultRule> faults
    )
    {
        Operation = operation;
        Caller = caller;
        _path = path;
        Query = query;
        _body = body;
        Faults = faults;
    }

    public Operation Operation { get; }

    public Caller Caller { get; }

    public QueryString Query { get; }

    /// <summary>The body as its schema left it.</summary>
    public JsonObject Body => _body ?? [];

    /// <summary>Faults in what a list shows, if any are meant for this request.</summary>
    public IReadOnlyList<FaultRule> Faults { get; }

    /// <summary>The values of the path's parameters.</summary>
    public IEnumerable<string> PathValues => _path.Values;

    /// <summary>The id in the path.</summary>
    public string Id => _path["id"];

    public string this[string pathParameter] => _path[pathParameter];
}
