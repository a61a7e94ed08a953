using System;
using System.Collections.Generic;
using System.Linq;

namespace PolarPS;

/// <summary>The connections of the process. Shared by its runspaces, so that ForEach-Object -Parallel finds them.</summary>
internal static class ConnectionStore
{
    private static readonly object Gate = new();
    private static readonly Dictionary<string, PolarConnection> Named = new(StringComparer.OrdinalIgnoreCase);
    private static PolarConnection? _default;
    private static (string? Token, string? Environment, string? Organization) _fromVariables;
    private static PolarConnection? _variables;
    private static string? _stopped;

    /// <summary>The connection that cmdlets use when none is given; null when nobody has connected.</summary>
    public static PolarConnection? Default
    {
        get
        {
            lock (Gate)
            {
                return _default;
            }
        }
    }

    /// <summary>The selected connection's name, when the emulator that it led to has been stopped and nothing was chosen since.</summary>
    public static string? Stopped
    {
        get
        {
            lock (Gate)
            {
                return _stopped;
            }
        }
    }

    public static IReadOnlyList<PolarConnection> All
    {
        get
        {
            lock (Gate)
            {
                return [.. Named.Values.OrderBy(connection => connection.CreatedAt)];
            }
        }
    }

    /// <summary>Whether cmdlets without -Connection use it: it is selected, or the variables' own while nobody has connected.</summary>
    public static bool IsUsedByDefault(PolarConnection connection)
    {
        lock (Gate)
        {
            return ReferenceEquals(_default ?? (Named.Count == 0 && _stopped is null ? _variables : null), connection);
        }
    }

    public static PolarConnection? Find(string name)
    {
        lock (Gate)
        {
            return Named.TryGetValue(name, out var connection) ? connection : null;
        }
    }

    /// <summary>Adds a connection, in place of one with the same name, and makes it the default.</summary>
    public static void Add(PolarConnection connection)
    {
        lock (Gate)
        {
            Named[connection.Name] = connection;
            _default = connection;
            _stopped = null;
        }
    }

    /// <summary>Makes a connection the default.</summary>
    /// <returns>false when it has been forgotten.</returns>
    public static bool Select(PolarConnection connection)
    {
        lock (Gate)
        {
            if (!Named.TryGetValue(connection.Name, out var known) || !ReferenceEquals(known, connection))
            {
                return false;
            }

            _default = connection;
            _stopped = null;
            return true;
        }
    }

    /// <summary>Forgets a connection. If it was the default, the newest of the others takes its place only when it is the only one.</summary>
    public static void Remove(PolarConnection connection)
    {
        lock (Gate)
        {
            if (Named.TryGetValue(connection.Name, out var known) && ReferenceEquals(known, connection))
            {
                Named.Remove(connection.Name);
            }

            // With several left, guessing which shop is meant next could hit the wrong one.
            if (ReferenceEquals(_default, connection))
            {
                _default = Named.Count == 1 ? Named.Values.First() : null;
            }
        }
    }

    /// <summary>Forgets all connections, and that any was selected.</summary>
    public static void Clear()
    {
        lock (Gate)
        {
            Named.Clear();
            _default = null;
            _stopped = null;
        }
    }

    /// <summary>
    /// Forgets the connections to an emulator that has been stopped. If one of them was the default, nothing takes its place
    /// before somebody chooses: what was meant for a shop that is made up must not reach a real one.
    /// </summary>
    public static void RemoveStopped(PolarEmulatorInstance emulator)
    {
        lock (Gate)
        {
            var current = _default ?? _variables;
            if (current is not null && current.LeadsTo(emulator))
            {
                _stopped = current.Name;
                _default = null;
                _variables = null;
            }

            foreach (var connection in Named.Values.Where(connection => connection.LeadsTo(emulator)).ToList())
            {
                Named.Remove(connection.Name);
            }
        }
    }

    /// <summary>
    /// The default, or the one that the environment variables describe, made anew when they change; null when there is
    /// neither.
    /// </summary>
    public static PolarConnection? Resolve()
    {
        lock (Gate)
        {
            if (_default is not null)
            {
                return _default;
            }

            // Several connections and none selected: the variables do not step in for a choice.
            if (Named.Count > 0 || _stopped is not null)
            {
                return null;
            }

            var token = System.Environment.GetEnvironmentVariable(EnvironmentVariables.AccessToken);
            var environment = System.Environment.GetEnvironmentVariable(EnvironmentVariables.Environment);
            if (ConnectionFactory.Emulator.Equals(environment, StringComparison.OrdinalIgnoreCase))
            {
                // It needs no token, and a real one has no business in a shop that is made up.
                token = null;
            }
            else if (string.IsNullOrEmpty(token))
            {
                _variables = null;
                _fromVariables = default;
                return null;
            }

            var now = (
                token,
                environment,
                NullIfEmpty(System.Environment.GetEnvironmentVariable(EnvironmentVariables.OrganizationId))
            );
            if (_variables is null || now != _fromVariables)
            {
                _variables = ConnectionFactory.Create(
                    "(environment variables)",
                    now.Item2,
                    token,
                    now.Item3,
                    TransportLimits.Default
                );
                _fromVariables = now;
            }

            return _variables;
        }
    }

    // A pipeline that has no value for a variable sets it to nothing.
    private static string? NullIfEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;
}

/// <summary>The environment variables that stand in for Connect-Polar.</summary>
internal static class EnvironmentVariables
{
    public const string AccessToken = "POLAR_ACCESS_TOKEN";
    public const string Environment = "POLAR_ENVIRONMENT";
    public const string OrganizationId = "POLAR_ORGANIZATION_ID";

    /// <summary>Set to 0, it keeps completers from asking the server.</summary>
    public const string LiveCompletion = "POLARPS_LIVE_COMPLETION";
}
