namespace PolarPS.Emulator;

/// <summary>What becomes of the connection that an answer is for.</summary>
public enum EmulatorConnection
{
    /// <summary>The answer is sent.</summary>
    Normal,

    /// <summary>The connection is closed without an answer.</summary>
    Dropped,

    /// <summary>The answer's head and its first <see cref="EmulatorResponse.SentBytes"/> bytes are sent, then the connection is closed.</summary>
    Truncated,
}

/// <summary>An answer as it stands on the wire.</summary>
public sealed class EmulatorResponse
{
    /// <summary>An answer.</summary>
    /// <param name="statusCode">The status.</param>
    /// <param name="body">The whole body; empty for none.</param>
    public EmulatorResponse(int statusCode, byte[] body)
    {
        StatusCode = statusCode;
        _ = body ?? throw new ArgumentNullException(nameof(body));
        Body = body;
        SentBytes = body.Length;
        Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The status; 0 where there is no answer.</summary>
    public int StatusCode { get; }

    /// <summary>The headers, without Content-Length, which follows from the body.</summary>
    public IDictionary<string, string> Headers { get; }

    /// <summary>The whole body; empty for none.</summary>
    public byte[] Body { get; }

    /// <summary>What becomes of the connection.</summary>
    public EmulatorConnection Connection { get; internal set; }

    /// <summary>How many bytes of the body are sent; fewer than there are where the answer is truncated.</summary>
    public int SentBytes { get; internal set; }
}
