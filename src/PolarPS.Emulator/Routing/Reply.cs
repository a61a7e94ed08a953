using System.Text.Json.Nodes;

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

    public static Reply Ok(byte[] body) => new(200, body);

    public static Reply Created(byte[] body) => new(201, body);

    public static Reply Json(int status, JsonNode? body) =>
        new(status, body is null ? [] : Emulator.Json.ToBytes(body));
}
