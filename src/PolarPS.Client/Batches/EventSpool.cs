namespace PolarPS.Client;

/// <summary>An event of a spool.</summary>
/// <param name="Number">Its number in the spool.</param>
/// <param name="Event">The event.</param>
internal sealed record SpooledEvent(long Number, EventCreate Event);

/// <summary>
/// A file that keeps events until Polar has them, so that neither a crash nor an outage loses one. It holds what the events say, which
/// only its owner can read. Each has an external id in it, so that sending it again counts nothing twice. Safe to share between threads.
/// </summary>
internal sealed class EventSpool : IDisposable
{
    /// <summary>The format that this version writes and reads.</summary>
    public const long Format = 1;

    // So many lines that no longer say anything are worth another file.
    private const int Waste = 5_000;

    private const string NumberField = "n";
    private const string TimeField = "time";
    private const string EventField = "event";
    private const string SettledField = "settled";
    private const string TimestampField = "timestamp";

    private readonly object _gate = new();
    private readonly SortedDictionary<long, IReadOnlyDictionary<string, object?>> _left = [];
    private readonly JournalFile? _file;
    private IReadOnlyDictionary<string, object?> _header;
    private int _lines;
    private long _last;
    private bool _isClosed;

    private EventSpool(JournalFile? file, IReadOnlyDictionary<string, object?> header)
    {
        _file = file;
        _header = header;
    }

    /// <summary>How many events are left.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _left.Count;
            }
        }
    }

    /// <summary>Opens a spool to go on with it, or creates it.</summary>
    /// <param name="path">A full path.</param>
    /// <param name="environment">The environment, or its base address.</param>
    /// <param name="organization">The organization's id.</param>
    /// <exception cref="JournalException">It is in use, damaged, or belongs to another shop.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">Not permitted.</exception>
    public static EventSpool Open(string path, string environment, string organization)
    {
        var file = JournalFile.Open(path, JournalKind.Events);
        try
        {
            var spool = new EventSpool(file, Header(environment, organization));
            if (file.Lines.Count == 0)
            {
                file.Append(spool._header, toDisk: true);
                spool._lines = 1;
            }
            else
            {
                spool.Replay(file.Lines, path);
            }

            return spool;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads a spool, be it in use or not, and changes nothing; an empty one where there is none.</summary>
    /// <param name="path">A full path.</param>
    /// <param name="environment">The environment, or its base address.</param>
    /// <param name="organization">The organization's id.</param>
    /// <exception cref="JournalException">It is damaged, or belongs to another shop.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static EventSpool Read(string path, string environment, string organization)
    {
        var spool = new EventSpool(null, Header(environment, organization));
        if (File.Exists(path) && JournalFile.Read(path, JournalKind.Events) is { Count: > 0 } lines)
        {
            spool.Replay(lines, path);
        }

        return spool;
    }

    /// <summary>What an earlier run has left, oldest first. An event without a time has the one at which it was taken.</summary>
    public IReadOnlyList<SpooledEvent> Left()
    {
        lock (_gate)
        {
            return [.. _left.Select(entry => new SpooledEvent(entry.Key, Restore(entry.Value)))];
        }
    }

    /// <summary>Keeps an event, which gets an external id if it has none. It survives the process once this returns.</summary>
    /// <param name="item">The event.</param>
    /// <returns>Its number.</returns>
    /// <exception cref="JournalException">It could not be written.</exception>
    /// <exception cref="ArgumentException">Metadata that Polar would refuse.</exception>
    public long Add(EventCreate item)
    {
        if (string.IsNullOrEmpty(item.ExternalId))
        {
            item.ExternalId = $"polarps-{Guid.NewGuid():N}";
        }

        lock (_gate)
        {
            var line = new Dictionary<string, object?>
            {
                [NumberField] = _last + 1,
                [TimeField] = DateTimeOffset.UtcNow,
                [EventField] = item,
            };
            _file?.Append(line, toDisk: false);
            _lines++;
            _left.Add(++_last, line);
            return _last;
        }
    }

    /// <summary>Puts what was kept on the disk, so that it survives a power cut: to be called before anything of it is sent.</summary>
    /// <exception cref="JournalException">It could not be written.</exception>
    public void Flush()
    {
        lock (_gate)
        {
            _file?.Flush();
        }
    }

    /// <summary>Notes that events need not be kept any longer: Polar has them, or has refused them.</summary>
    /// <param name="numbers">Their numbers.</param>
    /// <exception cref="JournalException">It could not be written.</exception>
    public void Settle(IReadOnlyCollection<long> numbers)
    {
        if (numbers.Count == 0)
        {
            return;
        }

        lock (_gate)
        {
            // Lost with a crash, it costs no more than sending them again.
            _file?.Append(new Dictionary<string, object?> { [SettledField] = numbers.ToList() }, toDisk: false);
            _lines++;
            foreach (var number in numbers)
            {
                _left.Remove(number);
            }

            if (_lines - _left.Count > Waste + _left.Count)
            {
                Shorten();
            }
        }
    }

    private void Shorten()
    {
        try
        {
            _file?.Replace(new[] { _header }.Concat(_left.Values));
            _lines = _left.Count + 1;
        }
        catch (JournalException)
        {
            // It is as it was, only longer than it need be; it is tried again with the next.
        }
    }

    /// <summary>Closes the file, and removes it where nothing is left in it.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            _isClosed = true;
            if (_left.Count > 0)
            {
                _file?.Dispose();
                return;
            }

            try
            {
                _file?.Delete();
            }
            catch (JournalException)
            {
                // It is closed, and nothing is in it that the next run would send.
            }
        }
    }

    private static Dictionary<string, object?> Header(string environment, string organization) =>
        new()
        {
            [JournalKind.Field] = JournalKind.Events.Name,
            ["format"] = Format,
            ["environment"] = environment,
            ["organization"] = organization,
            [TimeField] = DateTimeOffset.UtcNow,
        };

    private void Replay(IReadOnlyList<IReadOnlyDictionary<string, object?>> lines, string path)
    {
        var header = lines[0];
        if (Text(header, JournalKind.Field) != JournalKind.Events.Name)
        {
            throw JournalKind.Events.Foreign(path);
        }

        JournalKind.Events.CheckFormat(header, Format, path);
        JournalKind.Events.CheckShop(path, ShopOf(header), ShopOf(_header));
        _header = header;
        for (var index = 1; index < lines.Count; index++)
        {
            if (!Apply(lines[index]))
            {
                throw JournalKind.Events.Damaged(path, index + 1);
            }
        }

        _lines = lines.Count;
    }

    private bool Apply(IReadOnlyDictionary<string, object?> line)
    {
        if (line.TryGetValue(SettledField, out var settled))
        {
            foreach (var number in (settled as IEnumerable<object?>)?.OfType<long>() ?? [])
            {
                _left.Remove(number);
            }

            return settled is IEnumerable<object?>;
        }

        if (
            !line.TryGetValue(NumberField, out var value)
            || value is not long own
            || !line.TryGetValue(EventField, out var item)
            || item is not Dictionary<string, object?>
        )
        {
            return false;
        }

        _left[own] = line;
        _last = Math.Max(_last, own);
        return true;
    }

    private static EventCreate Restore(IReadOnlyDictionary<string, object?> line)
    {
        if (line[EventField] is EventCreate kept)
        {
            return kept;
        }

        var item = new EventCreate();
        foreach (var field in (Dictionary<string, object?>)line[EventField]!)
        {
            item.SetField(field.Key, field.Value);
        }

        // Else it would get the time of a run that may be days later.
        if (
            !item.FieldNames().Contains(TimestampField)
            && DateTimeOffset.TryParse(
                Text(line, TimeField),
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var taken
            )
        )
        {
            item.Timestamp = taken;
        }

        return item;
    }

    private static (string Environment, string Organization) ShopOf(IReadOnlyDictionary<string, object?> header) =>
        (Text(header, "environment") ?? string.Empty, Text(header, "organization") ?? string.Empty);

    private static string? Text(IReadOnlyDictionary<string, object?> line, string name) =>
        line.TryGetValue(name, out var value) ? value as string : null;
}
