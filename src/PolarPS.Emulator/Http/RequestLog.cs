namespace PolarPS.Emulator;

/// <summary>The newest requests, for tests that use an emulator.</summary>
internal sealed class RequestLog
{
    private const int Capacity = 1000;
    private const int MaximumBody = 64 * 1024;

    private static readonly HashSet<string> Harmless = new(StringComparer.OrdinalIgnoreCase)
    {
        "Accept",
        "Accept-Encoding",
        "Connection",
        "Content-Length",
        "Content-Type",
        "Expect",
        "Host",
        "Polar-Organization",
        "Polar-Version",
        "Transfer-Encoding",
        "User-Agent",
    };

    private static readonly string[] Suspicious =
    [
        "polar_",
        "whsec_",
        "token",
        "secret",
        "password",
        "key",
        "verifier",
        "authorization",
        "portal_url",
        "input",
        "bearer",
        "basic",
        "amz",
        "sig",
        "intent",
        "invite",
        "slack",
        "discord",
        "code=",
    ];

    private readonly object _gate = new();
    private readonly Queue<EmulatorRequestRecord> _records = new();
    private int _count;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    public EmulatorRequestRecord Add(EmulatorRequest request)
    {
        var record = new EmulatorRequestRecord(
            DateTimeOffset.UtcNow,
            request.Method,
            Clean(request.Path),
            Clean(request.Query),
            request.Headers.Keys.ToArray(),
            request
                .Headers.Where(header => Harmless.Contains(header.Key))
                .ToDictionary(header => header.Key, header => header.Value, StringComparer.OrdinalIgnoreCase)
        );
        lock (_gate)
        {
            _count++;
            _records.Enqueue(record);
            if (_records.Count > Capacity)
            {
                _records.Dequeue();
            }
        }

        return record;
    }

    public static void SetBody(EmulatorRequestRecord record, byte[] body)
    {
        if (body.Length > 0)
        {
            var text = Json.ToText(body);
            record.Body = Clean(text.Length > MaximumBody ? text.Substring(0, MaximumBody) : text);
        }
    }

    // The redactor is thorough and not cheap: what has none of the words that it looks for needs no thoroughness.
    private static string Clean(string text) =>
        Array.Exists(Suspicious, word => text.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0)
            ? Redactor.Redact(text)
            : text;

    public IReadOnlyList<EmulatorRequestRecord> ToList()
    {
        lock (_gate)
        {
            return _records.ToArray();
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _count = 0;
            _records.Clear();
        }
    }
}
