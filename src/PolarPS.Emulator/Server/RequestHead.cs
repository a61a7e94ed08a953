namespace PolarPS.Emulator;

/// <summary>The head of a request: its first line and its headers, and what they say about its body.</summary>
internal sealed class RequestHead
{
    private const int MaximumHeaders = 200;

    private readonly List<KeyValuePair<string, string>> _headers = [];

    public RequestHead(string line)
    {
        var parts = line.Split(' ');
        if (parts.Length != 3 || !IsToken(parts[0]) || parts[1].Length == 0 || parts[1].Any(char.IsControl))
        {
            throw new WireException(400, "The first line is not a request line.");
        }

        if (parts[2] is not ("HTTP/1.1" or "HTTP/1.0"))
        {
            throw new WireException(505, "Only HTTP/1.1 is supported.");
        }

        Method = parts[0];
        IsOld = parts[2] == "HTTP/1.0";
        var target = Relative(parts[1]);
        var question = target.IndexOf('?');
        Path = question < 0 ? target : target.Substring(0, question);
        Query = question < 0 ? string.Empty : target.Substring(question + 1);
    }

    public string Method { get; }

    /// <summary>The path as it was sent.</summary>
    public string Path { get; }

    /// <summary>The query as it was sent, without its question mark.</summary>
    public string Query { get; }

    public bool IsOld { get; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers => _headers;

    public string? Host { get; private set; }

    /// <summary>How long the body is; null where nothing says so.</summary>
    public long? Length { get; private set; }

    public bool IsChunked { get; private set; }

    /// <summary>Whether the client waits for a word before it sends the body.</summary>
    public bool AsksFirst { get; private set; }

    /// <summary>Whether the connection may be used again.</summary>
    public bool KeepsAlive { get; private set; }

    public bool HasBody => IsChunked || Length > 0;

    public void AddHeader(string line)
    {
        var colon = line.IndexOf(':');
        if (colon <= 0 || !IsToken(line.Substring(0, colon)))
        {
            throw new WireException(400, "A header is not a name, a colon and a value.");
        }

        var value = line.Substring(colon + 1).Trim(' ', '\t');
        if (value.Any(letter => letter != '\t' && (letter < ' ' || letter == '\x7F')))
        {
            throw new WireException(400, "A header contains an invalid character.");
        }

        if (_headers.Count == MaximumHeaders)
        {
            throw new WireException(431, "There are too many headers.");
        }

        _headers.Add(new KeyValuePair<string, string>(line.Substring(0, colon), value));
    }

    /// <summary>Draws the conclusions from the headers, when all are there.</summary>
    public void Complete()
    {
        var hosts = Values("Host");
        if (hosts.Count > 1 || (hosts.Count == 0 && !IsOld))
        {
            throw new WireException(400, "A request must have exactly one Host header.");
        }

        Host = hosts.FirstOrDefault() is { Length: > 0 } host ? host : null;
        ReadFraming();

        var expected = Values("Expect");
        AsksFirst = expected.Count > 0 && !IsOld;
        if (expected.Any(value => !value.Equals("100-continue", StringComparison.OrdinalIgnoreCase)))
        {
            throw new WireException(417, "Only the expectation 100-continue is supported.");
        }

        var wishes = Words("Connection");
        KeepsAlive = IsOld
            ? wishes.Contains("keep-alive", StringComparer.OrdinalIgnoreCase)
            : !wishes.Contains("close", StringComparer.OrdinalIgnoreCase);
    }

    // Where a body ends must be beyond doubt.
    private void ReadFraming()
    {
        var lengths = Words("Content-Length").Distinct().ToList();
        var codings = Words("Transfer-Encoding");
        if (codings.Count > 0)
        {
            if (lengths.Count > 0)
            {
                throw new WireException(400, "A body has either a length or chunks, not both.");
            }

            if (codings.Count > 1 || !codings[0].Equals("chunked", StringComparison.OrdinalIgnoreCase))
            {
                throw new WireException(501, "The only transfer encoding is chunked.");
            }

            IsChunked = true;
        }
        else if (lengths.Count > 0)
        {
            Length =
                lengths.Count == 1
                && lengths[0].Length <= 18
                && long.TryParse(lengths[0], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                    ? length
                    : throw new WireException(400, "Content-Length is not a number.");
        }
    }

    private List<string> Values(string name) =>
        _headers
            .Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
            .Select(header => header.Value)
            .ToList();

    private List<string> Words(string name) =>
        Values(name).SelectMany(value => value.Split(',')).Select(word => word.Trim()).ToList();

    // A target may be written out with the host, as for a proxy.
    private static string Relative(string target)
    {
        if (target[0] == '/' || target == "*")
        {
            return target;
        }

        const string separator = "://";
        var start = target.IndexOf(separator, StringComparison.Ordinal);
        if (start <= 0)
        {
            throw new WireException(400, "The target is not a path.");
        }

        var path = target.IndexOfAny(['/', '?'], start + separator.Length);
        return path < 0 ? "/"
            : target[path] == '?' ? "/" + target.Substring(path)
            : target.Substring(path);
    }

    private static bool IsToken(string text) =>
        text.Length > 0
        && text.All(letter =>
            letter is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9')
            || "!#$%&'*+-.^_`|~".IndexOf(letter) >= 0
        );
}
