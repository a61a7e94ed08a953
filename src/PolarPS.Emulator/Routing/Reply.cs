namespace PolarPS.Emulator;

/// <summary>What an operation answers.</summary>
internal sealed class Reply
{
    private Reply(int status, byte[] body)
    {
        Status = status;
        Body = body;
    }

    public static Reply NoContent { get; } = new(204, []);

    public int Status { get; }

    public byte[] Body { get; }

    public string ContentType { get; init; } = "application/json";

    /// <summary>Headers besides the usual ones.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Taken up, to be done later: the body is null.</summary>
    public static Reply Accepted { get; } = new(202, Emulator.Json.FromText("null"));

    /// <summary>Not ready yet: no body at all.</summary>
    public static Reply Pending { get; } = new(202, []);

    /// <summary>Bytes that are no JSON, such as a table or a file.</summary>
    public static Reply Content(byte[] body, string contentType, string? fileName = null) =>
        new(200, body)
        {
            ContentType = contentType,
            Headers = fileName is null
                ? new Dictionary<string, string>()
                : new Dictionary<string, string>
                {
                    ["Content-Disposition"] = "attachment; filename=\"" + fileName + "\"",
                },
        };

    public static Reply Ok(byte[] body) => new(200, body);

    public static Reply Created(byte[] body) => new(201, body);

    public static Reply Json(int status, JsonNode? body) =>
        new(status, body is null ? [] : Emulator.Json.ToBytes(body));
}
