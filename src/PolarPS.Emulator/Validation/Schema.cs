namespace PolarPS.Emulator;

/// <summary>
/// The form that a value must have. Checking gives the value as it will be stored: converted where the API converts, with
/// defaults filled in, without unknown members. When something is wrong a problem is added and the result means nothing.
/// </summary>
internal abstract class Schema
{
    public abstract JsonNode? Check(JsonNode? input, Location at, Problems problems);

    /// <summary>Checks the body of a request by itself.</summary>
    /// <returns>What will be stored.</returns>
    /// <exception cref="ApiException">Something is wrong with it.</exception>
    public JsonObject Valid(JsonObject body)
    {
        var problems = new Problems();
        var valid = Check(body, Location.Body, problems);
        problems.ThrowIfAny();
        return (JsonObject)valid!;
    }
}

/// <summary>A value that may be null.</summary>
internal sealed class NullableSchema : Schema
{
    private readonly Schema _inner;

    public NullableSchema(Schema inner) => _inner = inner;

    public override JsonNode? Check(JsonNode? input, Location at, Problems problems) =>
        input is null ? null : _inner.Check(input, at, problems);
}
