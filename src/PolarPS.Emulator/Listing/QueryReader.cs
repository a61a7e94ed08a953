namespace PolarPS.Emulator;

/// <summary>Reads the parameters of a query by their form and collects what is wrong with them.</summary>
internal sealed class QueryReader
{
    private readonly QueryString _query;
    private readonly Problems _problems = new();

    public QueryReader(QueryString query) => _query = query;

    /// <summary>A parameter that may be given once; null when it was not given.</summary>
    public JsonNode? One(string name, Schema schema) =>
        _query.Last(name) is { } text ? schema.Check(text, Location.Query[name], _problems) : null;

    /// <summary>A parameter that has to be given.</summary>
    public JsonNode? Needed(string name, Schema schema)
    {
        if (_query.Last(name) is null)
        {
            _problems.Add("missing", Location.Query[name], "This parameter is required.", null);
        }

        return One(name, schema);
    }

    /// <summary>The time zone of a question about days; UTC when none is named.</summary>
    /// <param name="type">What a wrong name is called: exports have another word for it.</param>
    public TimeZoneInfo TimeZone(string type = "TimeZoneName")
    {
        var name = _query.Last("timezone") ?? "UTC";
        var zone = TimeZones.Find(name);
        if (zone is null)
        {
            Refuse(type, "timezone", "There is no time zone of this name in the tz database.", name);
        }

        return zone ?? TimeZoneInfo.Utc;
    }

    /// <summary>A parameter that may be repeated; null when it was not given.</summary>
    public IReadOnlyList<string>? Many(string name, Schema schema)
    {
        var texts = _query.All(name);
        if (texts.Count == 0)
        {
            return null;
        }

        return texts
            .Select(text => schema.Check(text, Location.Query[name], _problems)?.GetValue<string>() ?? string.Empty)
            .ToArray();
    }

    public void Refuse(string type, string name, string message, JsonNode? input) =>
        _problems.Add(type, Location.Query[name], message, input);

    public void ThrowIfAny() => _problems.ThrowIfAny();
}
