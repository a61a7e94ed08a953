using System;
using System.Collections.Generic;
using System.Linq;

namespace PolarPS;

/// <summary>
/// The emulators that Start-PolarEmulator has started in this process and that are running, each the property of the session
/// that started it.
/// </summary>
internal static class EmulatorStore
{
    private static readonly object Gate = new();
    private static readonly List<PolarEmulatorInstance> Running = [];

    /// <summary>
    /// Those that have a name here: this session's own and those of the sessions that started it, of one name the nearest;
    /// then the others of the process, whose names are still free.
    /// </summary>
    public static IReadOnlyList<PolarEmulatorInstance> All
    {
        get
        {
            var line = Session.Current.Line.ToList();
            lock (Gate)
            {
                var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
                return
                [
                    .. Running
                        .OrderBy(emulator => emulator.Owner is { } owner ? (uint)line.IndexOf(owner) : uint.MaxValue)
                        .Where(emulator => names.Add(emulator.Name)),
                ];
            }
        }
    }

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

    public static PolarEmulatorInstance? Find(string name) =>
        All.FirstOrDefault(emulator => emulator.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

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
}
