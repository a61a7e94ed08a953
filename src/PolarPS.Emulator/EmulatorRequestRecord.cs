namespace PolarPS.Emulator;

/// <summary>What was asked of an emulator, without tokens and other secrets.</summary>
public sealed class EmulatorRequestRecord
{
    internal EmulatorRequestRecord(
        DateTimeOffset time,
        string method,
        string path,
        string query,
        IReadOnlyList<string> headerNames,
        IReadOnlyDictionary<string, string> headers
    )
    {
        Time = time;
        Method = method;
        Path = path;
        Query = query;
        HeaderNames = headerNames;
        Headers = headers;
    }

    /// <summary>When it came.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>The method.</summary>
    public string Method { get; }

    /// <summary>The path as it was sent.</summary>
    public string Path { get; }

    /// <summary>The query as it was sent, without its question mark.</summary>
    public string Query { get; }

    /// <summary>Path and query.</summary>
    public string PathAndQuery => Query.Length == 0 ? Path : Path + "?" + Query;

    /// <summary>The names of all headers.</summary>
    public IReadOnlyList<string> HeaderNames { get; }

    /// <summary>The values of those headers that hold no secret, such as Polar-Version and Content-Type.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>The body as text; empty when there was none or it was not read.</summary>
    public string Body { get; internal set; } = string.Empty;

    /// <summary>The status that was answered; 0 while there is no answer, or when the connection was closed instead.</summary>
    public int StatusCode { get; internal set; }
}
