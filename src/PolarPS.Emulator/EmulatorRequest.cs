namespace PolarPS.Emulator;

/// <summary>A request as it stands on the wire.</summary>
public sealed class EmulatorRequest
{
    private readonly Func<CancellationToken, Task<byte[]>> _readBody;

    /// <summary>A request whose body is at hand.</summary>
    /// <param name="method">GET, POST …</param>
    /// <param name="path">The path, still percent-encoded.</param>
    /// <param name="query">The query without its question mark, still percent-encoded; null for none.</param>
    /// <param name="headers">The headers; several values of one name are joined by a comma.</param>
    /// <param name="body">The body; null for none.</param>
    public EmulatorRequest(
        string method,
        string path,
        string? query = null,
        IEnumerable<KeyValuePair<string, string>>? headers = null,
        byte[]? body = null
    )
        : this(method, path, query, headers, _ => Task.FromResult(body ?? []))
    {
        if (!Headers.ContainsKey("Content-Length") && !Headers.ContainsKey("Transfer-Encoding"))
        {
            Headers["Content-Length"] = (body?.Length ?? 0).ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>A request whose body is fetched only when it is needed.</summary>
    /// <param name="method">GET, POST …</param>
    /// <param name="path">The path, still percent-encoded.</param>
    /// <param name="query">The query without its question mark, still percent-encoded; null for none.</param>
    /// <param name="headers">The headers; several values of one name are joined by a comma.</param>
    /// <param name="readBody">Reads the body; called at most once.</param>
    public EmulatorRequest(
        string method,
        string path,
        string? query,
        IEnumerable<KeyValuePair<string, string>>? headers,
        Func<CancellationToken, Task<byte[]>> readBody
    )
    {
        Method = (method ?? throw new ArgumentNullException(nameof(method))).ToUpperInvariant();
        Path = path ?? throw new ArgumentNullException(nameof(path));
        Query = query ?? string.Empty;
        _readBody = readBody ?? throw new ArgumentNullException(nameof(readBody));
        Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var header in headers ?? [])
        {
            Headers[header.Key] = Headers.TryGetValue(header.Key, out var earlier)
                ? earlier + ", " + header.Value
                : header.Value;
        }
    }

    /// <summary>The method, in capitals.</summary>
    public string Method { get; }

    /// <summary>The path, still percent-encoded.</summary>
    public string Path { get; }

    /// <summary>The query without its question mark, still percent-encoded; empty for none.</summary>
    public string Query { get; }

    /// <summary>The headers, by name in any case.</summary>
    public IDictionary<string, string> Headers { get; }

    /// <summary>Where the emulator was addressed, such as http://127.0.0.1:8080, for the redirects that it answers.</summary>
    public string Origin { get; set; } = "http://localhost";

    internal string? Header(string name) => Headers.TryGetValue(name, out var value) ? value : null;

    /// <summary>Reads the body; called at most once.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The whole body; empty for none.</returns>
    public Task<byte[]> ReadBodyAsync(CancellationToken cancellationToken) => _readBody(cancellationToken);
}
