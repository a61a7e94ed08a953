namespace PolarPS;

/// <summary>
/// The connections of the process, each owned by the session that created it, and the one place that decides which of
/// them a cmdlet, a completer or a view means.
/// </summary>
internal static class ConnectionStore
{
    private static readonly object Gate = new();
    private static readonly List<PolarConnection> Made = [];
    private static (string? Token, string? Environment, string? Organization, bool ReadOnly) _fromVariables;
    private static PolarConnection? _variables;
    private static (string? Environment, PolarConnection Connection)? _withoutToken;

    /// <summary>All connections of the process, the oldest first.</summary>
    public static IReadOnlyList<PolarConnection> All
    {
        get
        {
            lock (Gate)
            {
                return [.. Made];
            }
        }
    }

    /// <summary>Whether anything in the process has connected as a seller and not disconnected.</summary>
    public static bool HasConnections
    {
        get
        {
            lock (Gate)
            {
                return Made.Any(IsSellers);
            }
        }
    }

    /// <summary>
    /// The connections that have a name here, the oldest first: this session's own and those of the sessions that started it;
    /// of one name only the nearest. If none of these has selected any, all of the process.
    /// </summary>
    public static IReadOnlyList<PolarConnection> Visible
    {
        get
        {
            lock (Gate)
            {
                return VisibleTo(Session.Current);
            }
        }
    }

    /// <summary>Whether cmdlets without -Connection use it in this session.</summary>
    public static bool IsUsedByDefault(PolarConnection connection)
    {
        try
        {
            return ReferenceEquals(Resolve(connection.Side).Connection, connection);
        }
        catch (ArgumentException)
        {
            // The environment variables make no connection.
            return false;
        }
    }

    /// <summary>The connections that a name means in this session: one, none, or, without a selection, several.</summary>
    public static IReadOnlyList<PolarConnection> Find(string name) =>
        [.. Visible.Where(connection => connection.Name.Equals(name, StringComparison.OrdinalIgnoreCase))];

    /// <summary>
    /// A connection without a token, to the environment that POLAR_ENVIRONMENT names: for what anyone may ask. It has no name and
    /// is never selected.
    /// </summary>
    /// <exception cref="ArgumentException">The variable is wrong.</exception>
    public static PolarConnection WithoutToken()
    {
        lock (Gate)
        {
            var environment = EnvironmentVariables.Get(EnvironmentVariables.Environment);
            if (_withoutToken is null || _withoutToken.Value.Environment != environment)
            {
                _withoutToken = (environment, ConnectionFactory.CreateWithoutToken(environment));
            }

            return _withoutToken.Value.Connection;
        }
    }

    /// <summary>Adds a connection of this session, in place of its own of the same name, and selects it.</summary>
    public static void Add(PolarConnection connection)
    {
        lock (Gate)
        {
            var session = Session.Current;
            connection.Owner = session;
            Made.RemoveAll(other =>
                ReferenceEquals(other.Owner, session)
                && other.Name.Equals(connection.Name, StringComparison.OrdinalIgnoreCase)
            );
            Made.Add(connection);
            Choose(session, connection);
        }
    }

    /// <summary>Notes that Connect-Polar begins: until it succeeds, nothing is selected, the connection before included.</summary>
    public static void BeginConnecting(PolarSide side = PolarSide.Seller)
    {
        lock (Gate)
        {
            var session = Session.Current;
            if (side == PolarSide.Customer)
            {
                session.Attempt?.RestoreSeller();
                session.ChoosePortal(null, NoConnection.ConnectFailed);
            }
            else if (session.Attempt is not { IsCustomers: true })
            {
                session.Choose(null, NoConnection.ConnectFailed);
            }
        }
    }

    /// <summary>Notes that a Connect-Polar is there, whose side is not known yet.</summary>
    public static ConnectAttempt Attempt()
    {
        lock (Gate)
        {
            var session = Session.Current;
            return session.Attempt = new ConnectAttempt(session);
        }
    }

    /// <summary>Notes that the attempt is for a customer: what is selected on the seller's side is as it was before.</summary>
    public static void IsForCustomer(ConnectAttempt attempt)
    {
        lock (Gate)
        {
            attempt.RestoreSeller();
        }
    }

    /// <summary>Notes that an attempt is over.</summary>
    public static void EndAttempt(ConnectAttempt attempt)
    {
        lock (Gate)
        {
            attempt.End();
        }
    }

    /// <summary>Selects a connection for this session.</summary>
    /// <returns>false when it has been disconnected, or replaced by another of the same name.</returns>
    public static bool Select(PolarConnection connection)
    {
        lock (Gate)
        {
            if (!Made.Contains(connection))
            {
                return false;
            }

            Choose(Session.Current, connection);
            return true;
        }
    }

    /// <summary>
    /// Disconnects from a connection. One that this session made, or one whose session has ended, is ended; another's goes
    /// on there, and only this session no longer uses it. If it was the one selected, none is selected then.
    /// </summary>
    public static Disconnection Disconnect(PolarConnection connection)
    {
        lock (Gate)
        {
            var session = Session.Current;
            var wasUsed = IsUsedByDefault(connection);
            var belongsToOther = BelongsToOther(connection.Owner);
            if (belongsToOther)
            {
                session.Left.Add(connection);
            }
            else if (connection.Owner is null)
            {
                // The variables stay, and so does what other sessions do with them; here they no longer apply.
                session.Left.Add(connection);
                ForgetVariables();
            }
            else
            {
                Made.Remove(connection);
                connection.End();
            }

            Unselect(session, connection.Side, wasUsed);
            return new Disconnection(wasUsed, belongsToOther);
        }
    }

    /// <summary>
    /// Disconnects from everything: ends the connections of this session and those of ended sessions that it started, and
    /// selects none.
    /// </summary>
    public static void DisconnectAll()
    {
        lock (Gate)
        {
            var session = Session.Current;
            var visible = VisibleTo(session);
            foreach (var connection in Made.Where(made => IsLeftTo(session, made.Owner)).ToList())
            {
                Made.Remove(connection);
                connection.End();
            }

            session.Left.UnionWith(visible.Where(connection => !connection.HasEnded));
            if (!session.LineHasChosen && _variables is not null)
            {
                session.Left.Add(_variables);
                ForgetVariables();
            }

            session.Choose(null, NoConnection.Disconnected);
            if (session.Portal is not null)
            {
                session.ChoosePortal(null, NoConnection.Disconnected);
            }
        }
    }

    /// <summary>Disconnects without a selected connection: at least the environment variables are no longer used.</summary>
    public static void DisconnectNothing()
    {
        lock (Gate)
        {
            Session.Current.IgnoreVariables();
        }
    }

    /// <summary>
    /// Ends the connections to an emulator that has been stopped. A session that had selected one has none then, and no other
    /// takes its place: what was meant for an emulated shop must not reach a real one.
    /// </summary>
    public static void EndStopped(PolarEmulatorInstance emulator)
    {
        lock (Gate)
        {
            foreach (var connection in Made.Where(connection => connection.LeadsTo(emulator)).ToList())
            {
                Made.Remove(connection);
                connection.End(emulatorStopped: true);
            }

            if (_variables?.LeadsTo(emulator) == true)
            {
                _variables.End(emulatorStopped: true);
            }
        }
    }

    /// <summary>Stops using, in this session, an emulator that belongs to another.</summary>
    public static void Leave(PolarEmulatorInstance emulator)
    {
        foreach (var connection in Visible.Where(connection => connection.LeadsTo(emulator)))
        {
            Disconnect(connection);
        }
    }

    /// <summary>Whether something belongs to another existing session.</summary>
    public static bool BelongsToOther(Session? owner) =>
        owner is not null && !ReferenceEquals(owner, Session.Current) && !owner.HasEnded;

    /// <summary>Whether clearing up after this session includes what belongs to another: one that it has started, and that has ended.</summary>
    public static bool IsLeftTo(Session session, Session? owner) =>
        owner is not null && (ReferenceEquals(owner, session) || (owner.HasEnded && session.Started(owner)));

    /// <summary>The connection that cmdlets of this session use when none is given, or why there is none.</summary>
    /// <param name="side">The side that the cmdlets are for.</param>
    /// <exception cref="ArgumentException">The environment variables are wrong.</exception>
    public static Resolution Resolve(PolarSide side = PolarSide.Seller)
    {
        lock (Gate)
        {
            var session = Session.Current;
            if (side == PolarSide.Customer)
            {
                return ResolvePortal(session);
            }

            if (session.HasChosen)
            {
                return Resolution.Of(session.Chosen, session.Reason);
            }

            var inherited = session.Inherited;
            if (inherited is { HasChosen: true })
            {
                return inherited.Chosen is { } handed && session.Left.Contains(handed)
                    ? Resolution.Of(null, NoConnection.Disconnected)
                    : Resolution.Of(inherited.Chosen, inherited.Reason);
            }

            var others = Made.Where(connection => IsSellers(connection) && !session.Left.Contains(connection)).ToList();
            var ignoresVariables = session.IgnoresVariables || inherited is { IgnoresVariables: true };
            return !ignoresVariables && FromVariables() is { } fromVariables
                ? BesideOthers(session, fromVariables, others)
                : others.Count switch
                {
                    0 => Resolution.Of(null, NoConnection.NeverChosen),
                    1 => Resolution.Of(others[0], default),
                    _ => Resolution.Several(others),
                };
        }
    }

    // A customer is meant explicitly: nobody's session is used because it happens to be there. The variables count where the
    // token in them is a customer's.
    private static Resolution ResolvePortal(Session session)
    {
        var choice = session.Portal ?? session.Inherited?.Portal;
        if (choice is { Chosen: { } chosen })
        {
            return session.Left.Contains(chosen)
                ? Resolution.Of(null, NoConnection.Disconnected)
                : Resolution.Of(chosen, choice.Reason);
        }

        var ignoresVariables = session.IgnoresVariables || session.Inherited is { IgnoresVariables: true };
        return
            choice is null
            && !ignoresVariables
            && FromVariables() is { Side: PolarSide.Customer } fromVariables
            && !session.Left.Contains(fromVariables)
            ? Resolution.Of(fromVariables, default)
            : Resolution.Of(null, choice?.Reason ?? NoConnection.NeverChosen);
    }

    private static bool IsSellers(PolarConnection connection) => connection.Side == PolarSide.Seller;

    private static void Choose(Session session, PolarConnection connection)
    {
        if (connection.Side == PolarSide.Customer)
        {
            session.ChoosePortal(connection, default);
        }
        else
        {
            session.Choose(connection, default);
        }
    }

    // The variables apply to a session that never selected a connection. Where an earlier selection may be unknown to it, because other
    // connections existed before it began, the intended one is unknown: the variables may well be for production.
    private static Resolution BesideOthers(
        Session session,
        PolarConnection fromVariables,
        IReadOnlyList<PolarConnection> others
    ) =>
        session.BeganAmongOthers && others.Any(other => !IsFromVariables(other))
            ? Resolution.Several([.. others, fromVariables])
            : Resolution.Of(fromVariables, default);

    private static bool IsFromVariables(PolarConnection connection) =>
        _variables is not null
        && connection.IsSameAs(
            _variables.BaseAddress,
            _fromVariables.Token ?? string.Empty,
            _fromVariables.Organization
        );

    private static PolarConnection? FromVariables()
    {
        var token = EnvironmentVariables.Get(EnvironmentVariables.AccessToken);
        var environment = EnvironmentVariables.Get(EnvironmentVariables.Environment);
        if (ConnectionFactory.Emulator.Equals(environment, StringComparison.OrdinalIgnoreCase))
        {
            // It needs no token, and a real one does not belong in an emulated shop.
            token = null;
        }
        else if (token is null)
        {
            ForgetVariables();
            return null;
        }

        var now = (
            token,
            environment,
            EnvironmentVariables.Get(EnvironmentVariables.OrganizationId),
            EnvironmentVariables.IsReadOnly
        );
        if (_variables is null || now != _fromVariables)
        {
            _variables = ConnectionFactory.Create(
                EnvironmentVariables.ConnectionName,
                now.Item2,
                token,
                now.Item3,
                TransportLimits.Default,
                ConnectionRails.None
            );
            _fromVariables = now;
        }

        return _variables;
    }

    private static void ForgetVariables() => (_variables, _fromVariables) = (null, default);

    private static List<PolarConnection> VisibleTo(Session session)
    {
        if (!session.LineHasChosen)
        {
            return [.. Made.Where(connection => !session.Left.Contains(connection))];
        }

        var line = session.Line.ToList();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. line.SelectMany(owner => Made.Where(connection => ReferenceEquals(connection.Owner, owner)))
                .Where(connection => !session.Left.Contains(connection) && names.Add(connection.Name))
                .OrderBy(connection => connection.CreatedAt),
        ];
    }

    private static void Unselect(Session session, PolarSide side, bool wasUsed)
    {
        if (side == PolarSide.Customer)
        {
            if (wasUsed)
            {
                session.ChoosePortal(null, NoConnection.Disconnected);
            }
        }
        else if (wasUsed)
        {
            session.Choose(null, NoConnection.Disconnected);
        }
        else
        {
            session.IgnoreVariables();
        }
    }
}

/// <summary>Which connection is used where none is given.</summary>
/// <param name="Connection">The connection; null for none. It may have been disconnected, or its emulator stopped, since it was chosen.</param>
/// <param name="Reason">Why there is none.</param>
/// <param name="Candidates">The possible ones, if there are several.</param>
internal sealed record Resolution(
    PolarConnection? Connection,
    NoConnection Reason,
    IReadOnlyList<PolarConnection> Candidates
)
{
    public static Resolution Of(PolarConnection? connection, NoConnection reason) => new(connection, reason, []);

    public static Resolution Several(IReadOnlyList<PolarConnection> candidates) =>
        new(null, NoConnection.Ambiguous, candidates);
}

/// <summary>The result of a disconnection.</summary>
/// <param name="WasUsed">Whether it was the one selected, so that none is selected now.</param>
/// <param name="BelongsToOther">Whether it stays open in the session it belongs to.</param>
internal readonly record struct Disconnection(bool WasUsed, bool BelongsToOther);
