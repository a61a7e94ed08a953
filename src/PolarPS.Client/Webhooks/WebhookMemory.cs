namespace PolarPS.Client;

/// <summary>
/// Which events were handled, so that none is handled twice: bounded, and, where it has a file, also across restarts. The file has
/// ids and times, and nothing of what the events say; only its owner can read it. A line is on the disk before the event counts as
/// handled. Safe to share between threads; a file belongs to one memory at a time.
/// </summary>
public sealed class WebhookMemory : IDisposable
{
    private const string Head = "PolarPS webhooks 1";
    private const char Begun = 'B';
    private const char Handled = 'H';
    private const char Failed = 'F';
    private const char Position = 'P';
    private const int LongestId = 200;

    /// <summary>So many ids are remembered at most, unless it is said otherwise; the oldest are forgotten first.</summary>
    public const int DefaultCapacity = 100_000;

    private readonly object _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Queue<Entry> _order = new();
    private readonly int _capacity;
    private readonly string? _path;
    private LineFile? _file;
    private int _lines;
    private bool _isClosed;
    private DateTimeOffset? _position;

    /// <summary>A memory that is gone with the process.</summary>
    /// <param name="capacity">How many ids it remembers at most.</param>
    public WebhookMemory(int capacity = DefaultCapacity) =>
        _capacity = capacity > 0 ? capacity : throw new ArgumentOutOfRangeException(nameof(capacity));

    private WebhookMemory(string path, int capacity)
        : this(capacity)
    {
        _path = path;
    }

    /// <summary>
    /// The events that were begun when the process that had the file ended: whether they were handled is not known. They are
    /// handled again if they come again.
    /// </summary>
    public IReadOnlyList<string> Unfinished { get; private set; } = [];

    /// <summary>How far a list of deliveries has been read, where one is; null where that is not known.</summary>
    public DateTimeOffset? ReadUntil
    {
        get
        {
            lock (_gate)
            {
                return _position;
            }
        }
    }

    /// <summary>Opens a file, or makes it.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="capacity">How many ids are remembered at most.</param>
    /// <returns>The memory; the file is closed by disposing of it.</returns>
    /// <exception cref="IOException">It cannot be opened: it is in use by another receiver, or there is no such folder.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    /// <exception cref="InvalidDataException">There is a file of something else.</exception>
    public static WebhookMemory Open(string path, int capacity = DefaultCapacity)
    {
        var memory = new WebhookMemory(path ?? throw new ArgumentNullException(nameof(path)), capacity);
        try
        {
            memory.Load();
            return memory;
        }
        catch
        {
            memory.Dispose();
            throw;
        }
    }

    /// <summary>Whether an event was handled.</summary>
    /// <param name="id">The event's id.</param>
    /// <returns>Whether it was, as far as is remembered.</returns>
    public bool IsHandled(string id)
    {
        lock (_gate)
        {
            return _entries.TryGetValue(id, out var entry) && entry.IsHandled;
        }
    }

    /// <summary>Notes that an event is about to be handled.</summary>
    /// <param name="id">The event's id.</param>
    /// <returns>Which attempt this is; 1 for the first.</returns>
    public int Begin(string id)
    {
        Check(id);
        lock (_gate)
        {
            var entry = Find(id);
            entry.Attempts++;
            Write(Begun, id);
            return entry.Attempts;
        }
    }

    /// <summary>Notes that an event was handled. Once this returns, it is on the disk where there is a file.</summary>
    /// <param name="id">The event's id.</param>
    public void Complete(string id)
    {
        Check(id);
        lock (_gate)
        {
            Write(Handled, id);
            Find(id).IsHandled = true;
        }
    }

    /// <summary>Notes that an event was not handled after all: the next time it is begun again.</summary>
    /// <param name="id">The event's id.</param>
    public void Fail(string id)
    {
        Check(id);
        lock (_gate)
        {
            Write(Failed, id);
        }
    }

    /// <summary>Notes how far a list of deliveries was read, and everything in it handled.</summary>
    /// <param name="time">The time of the last delivery.</param>
    public void MoveTo(DateTimeOffset time)
    {
        lock (_gate)
        {
            if (_position != time)
            {
                _position = time;
                Write(Position, Text(time));
            }
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
            _file?.Dispose();
            _file = null;
        }
    }

    private static void Check(string id)
    {
        if (!IsId(id))
        {
            throw new ArgumentException("This is not the id of an event.", nameof(id));
        }
    }

    // What is written into a line has no end of line in it, nor a blank.
    private static bool IsId(string id) =>
        id is { Length: > 0 and <= LongestId } && id.All(letter => letter is > ' ' and < '\x7F');

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private Entry Find(string id)
    {
        if (!_entries.TryGetValue(id, out var entry))
        {
            entry = new Entry(id);
            _entries.Add(id, entry);
            _order.Enqueue(entry);
            while (_order.Count > _capacity)
            {
                _entries.Remove(_order.Dequeue().Id);
            }
        }

        return entry;
    }

    private void Load()
    {
        _file = OpenFile(_path!);
        _lines = _file.Lines.Count;
        if (_lines == 0)
        {
            WriteLine(Head);
            return;
        }

        // The beginning was right, but there may be more behind it: another format.
        if (_file.Lines[0] != Head)
        {
            throw Foreign(_path!);
        }

        var begun = new List<string>();
        foreach (var line in _file.Lines.Skip(1))
        {
            Replay(line, begun);
        }

        Unfinished = begun;
        Rewrite();
    }

    private static LineFile OpenFile(string path)
    {
        try
        {
            return LineFile.Open(path, Head);
        }
        catch (FileInUseException exception)
        {
            throw new IOException($"'{path}' is in use by another receiver.", exception);
        }
        catch (InvalidDataException exception)
        {
            throw Foreign(path, exception);
        }
    }

    private static InvalidDataException Foreign(string path, Exception? inner = null) =>
        new($"'{path}' is another file, and no memory of webhooks. Nothing was written.", inner);

    private void Replay(string line, List<string> begun)
    {
        var id = line.Length > 2 ? line.Substring(2) : string.Empty;
        if (!IsId(id))
        {
            return;
        }

        switch (line[0])
        {
            case Begun:
                Find(id).Attempts++;
                begun.Remove(id);
                begun.Add(id);
                break;
            case Failed:
                begun.Remove(id);
                break;
            case Handled:
                begun.Remove(id);
                Find(id).IsHandled = true;
                break;
            case Position
                when DateTimeOffset.TryParse(
                    id,
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal,
                    out var time
                ):
                _position = time;
                break;
        }
    }

    private void Write(char what, string text)
    {
        if (_isClosed)
        {
            throw new ObjectDisposedException(nameof(WebhookMemory));
        }

        if (_file is null)
        {
            return;
        }

        WriteLine($"{what} {text}");
        // Each event takes a few lines: once most of them no longer say anything, they are left out.
        if (_lines > (4L * _capacity) + 1000)
        {
            try
            {
                Rewrite();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // The line is there, and that is what counts; it is tried again with the next.
            }
        }
    }

    private void WriteLine(string line)
    {
        _file!.Append(line, toDisk: true);
        _lines++;
    }

    private void Rewrite()
    {
        var lines = new List<string> { Head };
        if (_position is { } position)
        {
            lines.Add($"{Position} {Text(position)}");
        }

        lines.AddRange(_order.Where(static entry => entry.IsHandled).Select(static entry => $"{Handled} {entry.Id}"));
        // Named again by the next receiver as well, until it is clear what became of them.
        lines.AddRange(Unfinished.Where(id => !IsHandled(id)).Select(static id => $"{Begun} {id}"));
        _file!.Replace(lines);
        _lines = lines.Count;
    }

    private sealed class Entry(string id)
    {
        public string Id { get; } = id;

        public int Attempts { get; set; }

        public bool IsHandled { get; set; }
    }
}
