using System;
using System.Collections.Generic;
using System.Linq;

namespace PolarPS;

/// <summary>The emulators that Start-PolarEmulator has started in this process and that are running.</summary>
internal static class EmulatorStore
{
    private static readonly object Gate = new();
    private static readonly Dictionary<string, PolarEmulatorInstance> Named = new(StringComparer.OrdinalIgnoreCase);

    public static IReadOnlyList<PolarEmulatorInstance> All
    {
        get
        {
            lock (Gate)
            {
                return [.. Named.Values];
            }
        }
    }

    public static PolarEmulatorInstance? Find(string name)
    {
        lock (Gate)
        {
            return Named.TryGetValue(name, out var emulator) ? emulator : null;
        }
    }

    /// <summary>The emulator that a connection leads to, in the process or over its port; null when it leads elsewhere.</summary>
    public static PolarEmulatorInstance? Behind(PolarConnection connection) =>
        connection.Emulator ?? All.FirstOrDefault(emulator => emulator.Url == connection.BaseAddress);

    /// <summary>Adds an emulator, in place of one of the same name.</summary>
    /// <returns>The one that was there, which is running still.</returns>
    public static PolarEmulatorInstance? Add(PolarEmulatorInstance emulator)
    {
        lock (Gate)
        {
            Named.TryGetValue(emulator.Name, out var earlier);
            Named[emulator.Name] = emulator;
            return earlier;
        }
    }

    /// <summary>Ends an emulator, and forgets it and its connections.</summary>
    public static void Stop(PolarEmulatorInstance emulator)
    {
        lock (Gate)
        {
            if (ReferenceEquals(Find(emulator.Name), emulator))
            {
                Named.Remove(emulator.Name);
            }
        }

        emulator.Stop();
        ConnectionStore.RemoveStopped(emulator);
    }
}
