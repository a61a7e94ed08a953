namespace PolarPS.Emulator;

/// <summary>Where in a request something is: <c>body</c>, <c>prices</c>, <c>0</c> …</summary>
internal sealed class Location
{
    private readonly Location? _parent;
    private readonly string? _name;
    private readonly int _index;

    private Location(Location? parent, string? name, int index)
    {
        _parent = parent;
        _name = name;
        _index = index;
    }

    public static Location Body { get; } = new(null, "body", 0);

    public static Location Query { get; } = new(null, "query", 0);

    public static Location Path { get; } = new(null, "path", 0);

    public Location this[string name] => new(this, name, 0);

    public Location this[int index] => new(this, null, index);

    public JsonArray ToArray()
    {
        var array = _parent?.ToArray() ?? [];
        array.Add(_name is null ? JsonValue.Create(_index) : (JsonNode)JsonValue.Create(_name)!);
        return array;
    }
}
