namespace PolarPS.Commands;

/// <summary>The spool of a cmdlet that sends events: what cannot be done with the file ends the cmdlet.</summary>
internal sealed class SpoolOfEvents : IDisposable
{
    private readonly PolarCmdlet _cmdlet;
    private readonly string _path;
    private readonly EventSpool _spool;

    private SpoolOfEvents(PolarCmdlet cmdlet, string path, EventSpool spool)
    {
        _cmdlet = cmdlet;
        _path = path;
        _spool = spool;
        HadEvents = spool.Count > 0;
    }

    /// <summary>Whether an earlier run has left something.</summary>
    public bool HadEvents { get; }

    /// <summary>Opens or creates the file; with -WhatIf it is only read.</summary>
    public static SpoolOfEvents Open(PolarCmdlet cmdlet, string path)
    {
        var full = FilePaths.FullPathOf(cmdlet, path);
        if (full is null)
        {
            cmdlet.End(ErrorRecords.NoFilePath(path));
        }

        var (environment, organization) = Shop.Of(cmdlet);
        return Do(
            cmdlet,
            path,
            () =>
                new SpoolOfEvents(
                    cmdlet,
                    path,
                    cmdlet.IsWhatIf
                        ? EventSpool.Read(full!, environment, organization)
                        : EventSpool.Open(full!, environment, organization)
                )
        );
    }

    /// <summary>An event as the object that it could have been made of: for the errors about it, of which a user makes others.</summary>
    public static PSObject Show(EventCreate item)
    {
        var shown = new PSObject();
        foreach (var field in item.ToFields())
        {
            var value = field.Value is IDictionary metadata ? new Hashtable(metadata) : field.Value;
            shown.Properties.Add(new PSNoteProperty(JsonSettings.PropertyName(field.Key), value));
        }

        return shown;
    }

    /// <summary>What an earlier run has left, oldest first.</summary>
    public IReadOnlyList<SpooledEvent> Left() => _spool.Left();

    /// <summary>Keeps an event.</summary>
    public long Add(EventCreate item) => Do(() => _spool.Add(item));

    /// <summary>Puts what is kept on the disk; called on any thread, within <see cref="Do"/> on the pipeline's.</summary>
    public void Flush() => _spool.Flush();

    /// <summary>Does something for which the file is needed: what cannot be done with it ends the cmdlet.</summary>
    public T Do<T>(Func<T> work) => Do(_cmdlet, _path, work);

    /// <summary>Notes that events need not be kept any longer.</summary>
    public void Settle(IEnumerable<long?> numbers) =>
        Do(
            _cmdlet,
            _path,
            () =>
            {
                _spool.Settle([.. numbers.OfType<long>()]);
                return true;
            }
        );

    /// <summary>Warns where something is left for another run.</summary>
    public void TellWhatIsLeft()
    {
        if (_spool.Count > 0 && !_cmdlet.IsWhatIf)
        {
            var count = _spool.Count == 1 ? "1 event is" : $"{_spool.Count} events are";
            _cmdlet.WriteWarning($"{count} still in '{_path}'. Send-PolarEvent -Spool '{_path}' sends them.");
        }
    }

    /// <summary>Closes the file, and removes it where nothing is left in it.</summary>
    public void Dispose() => _spool.Dispose();

    private static T Do<T>(PolarCmdlet cmdlet, string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            cmdlet.End(ErrorRecords.SpoolUnusable(exception, path));
            throw;
        }
    }
}
