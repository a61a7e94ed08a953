namespace PolarPS;

/// <summary>
/// The emulators that Start-PolarEmulator has started in this process and that are running, each the property of the session
/// that started it.
/// </summary>
internal static class EmulatorStore
{
    private static readonly object Gate = new();
    private static readonly List<PolarEmulatorInstance> Running = [];

    /// <summary>The names of those that <see cref="Visible"/> gives; starts none.</summary>
    public static IEnumerable<string> Names =>
        Started()
            .Select(emulator => emulator.Name)
            .Concat(Connected().Select(connection => connection.Name))
            .Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>Those that clearing up after this session includes: its own, and those of ended sessions that it started.</summary>
    public static IReadOnlyList<PolarEmulatorInstance> LeftToClear
    {
        get
        {
            var session = Session.Current;
            lock (Gate)
            {
                return [.. Running.Where(emulator => ConnectionStore.IsLeftTo(session, emulator.Owner))];
            }
        }
    }

    /// <summary>
    /// Those that can be named here, as connections can: this session's own and those of the sessions that started it; if none of
    /// these has chosen a connection, all of the process. Then those behind connections of Connect-Polar, which start now if they
    /// have not been used yet.
    /// </summary>
    /// <param name="isWanted">Which names are wanted.</param>
    public static IReadOnlyList<PolarEmulatorInstance> Visible(Func<string, bool> isWanted) =>
        [
            .. Started()
                .Where(emulator => isWanted(emulator.Name))
                .Concat(
                    Connected()
                        .Where(connection => isWanted(connection.Name))
                        .Select(connection => connection.Emulator!)
                )
                .Where(emulator => emulator.IsRunning)
                .Distinct(),
        ];

    /// <summary>The one that a name means here: the nearest that was started under it, else the one behind the connection of that name.</summary>
    public static PolarEmulatorInstance? Find(string name)
    {
        var found = Visible(other => other.Equals(name, StringComparison.OrdinalIgnoreCase));
        return found.Count > 0 ? found[0] : null;
    }

    /// <summary>The one that this session has started under a name.</summary>
    public static PolarEmulatorInstance? FindOwn(string name)
    {
        var session = Session.Current;
        lock (Gate)
        {
            return Running.FirstOrDefault(emulator =>
                ReferenceEquals(emulator.Owner, session)
                && emulator.Name.Equals(name, StringComparison.OrdinalIgnoreCase)
            );
        }
    }

    /// <summary>The emulator that a connection leads to, in the process or over its port; null when it leads elsewhere.</summary>
    public static PolarEmulatorInstance? Behind(PolarConnection connection)
    {
        if (connection.Emulator is { } inside)
        {
            return inside;
        }

        lock (Gate)
        {
            return Running.FirstOrDefault(emulator => emulator.Url == connection.BaseAddress);
        }
    }

    /// <summary>Adds an emulator of this session.</summary>
    public static void Add(PolarEmulatorInstance emulator)
    {
        lock (Gate)
        {
            emulator.Owner = Session.Current;
            Running.Add(emulator);
        }
    }

    /// <summary>Ends an emulator, and forgets it and its connections.</summary>
    public static void Stop(PolarEmulatorInstance emulator)
    {
        lock (Gate)
        {
            Running.Remove(emulator);
        }

        emulator.Stop();
        ConnectionStore.EndStopped(emulator);
    }

    // The nearest of a name hides those of sessions further away.
    private static IReadOnlyList<PolarEmulatorInstance> Started()
    {
        var session = Session.Current;
        var line = session.Line.ToList();
        lock (Gate)
        {
            var owners = new Dictionary<string, Session?>(StringComparer.OrdinalIgnoreCase);
            return
            [
                .. Running
                    .Where(emulator => !session.LineHasChosen || line.Contains(emulator.Owner!))
                    .OrderBy(emulator => (uint)line.IndexOf(emulator.Owner!))
                    .Where(emulator => IsNearest(owners, emulator)),
            ];
        }
    }

    private static bool IsNearest(Dictionary<string, Session?> owners, PolarEmulatorInstance emulator)
    {
        if (owners.TryGetValue(emulator.Name, out var owner))
        {
            return ReferenceEquals(owner, emulator.Owner);
        }

        owners.Add(emulator.Name, emulator.Owner);
        return true;
    }

    private static IEnumerable<PolarConnection> Connected()
    {
        var visible = ConnectionStore.Visible;
        return (Selected() is { } selected && !visible.Contains(selected) ? [.. visible, selected] : visible).Where(
            connection => connection is { HasEmulator: true, HasEnded: false }
        );
    }

    // The environment variables may make a connection to one, which has no name of its own.
    private static PolarConnection? Selected()
    {
        try
        {
            return ConnectionStore.Resolve().Connection;
        }
        catch (ArgumentException)
        {
            // They make no connection.
            return null;
        }
    }
}
