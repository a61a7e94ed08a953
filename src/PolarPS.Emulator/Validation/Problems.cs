namespace PolarPS.Emulator;

/// <summary>What is wrong with a request, in the shape in which the API tells it.</summary>
internal sealed class Problems
{
    private readonly List<JsonObject> _entries = [];

    public int Count => _entries.Count;

    public void Add(string type, Location at, string message, JsonNode? input, JsonObject? context = null)
    {
        var entry = new JsonObject
        {
            ["type"] = type,
            ["loc"] = at.ToArray(),
            ["msg"] = message,
            ["input"] = input?.DeepClone(),
        };
        if (context is not null)
        {
            entry["ctx"] = context;
        }

        _entries.Add(entry);
    }

    public void AddRange(Problems others) => _entries.AddRange(others._entries);

    /// <summary>Refuses the request if it does not have the form that the operation asks for.</summary>
    public void ThrowIfAny()
    {
        if (_entries.Count > 0)
        {
            throw new ApiException(422, Body("RequestValidationError"));
        }
    }

    /// <summary>Refuses a well-formed request that asks for something that cannot be.</summary>
    public void ThrowDomainIfAny()
    {
        if (_entries.Count > 0)
        {
            throw new ApiException(422, Body("PolarRequestValidationError"));
        }
    }

    /// <summary>The refusal for a single value that cannot be.</summary>
    public static ApiException Value(Location at, string message, JsonNode? input, string type = "value_error")
    {
        var problems = new Problems();
        problems.Add(type, at, message, input);
        return new ApiException(422, problems.Body("PolarRequestValidationError"));
    }

    private JsonObject Body(string error)
    {
        var detail = new JsonArray();
        foreach (var entry in _entries)
        {
            detail.Add((JsonNode)entry);
        }

        return new JsonObject { ["error"] = error, ["detail"] = detail };
    }
}
