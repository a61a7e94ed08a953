using System.Net;
using System.Net.Http;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PolarPS;

/// <summary>Creates connections from the user's environment, token and organization.</summary>
internal static class ConnectionFactory
{
    /// <summary>The name of the environment inside the process.</summary>
    public const string Emulator = EnvironmentAddress.Emulator;

    /// <summary>Creates a connection; nothing is loaded and nothing sent before its first request.</summary>
    /// <exception cref="ArgumentException">The environment, the token or the organization cannot be right.</exception>
    public static PolarConnection Create(
        string name,
        string? environment,
        string? token,
        string? organizationId,
        TransportLimits limits,
        ConnectionRails rails
    )
    {
        var (label, address) = EnvironmentAddress.Of(environment);
        var isEmulator = label == Emulator;
        if (!isEmulator)
        {
            AccessTokens.Check(token);
        }

        if (organizationId is not null && TokenKind.Of(token ?? string.Empty).Side == PolarSide.Customer)
        {
            throw new ArgumentException("A customer's session belongs to one organization: leave out -OrganizationId.");
        }

        if (organizationId is not null && !Guid.TryParseExact(organizationId, "D", out _))
        {
            throw new ArgumentException(
                $"'{Redactor.Redact(organizationId)}' is not the id of an organization: ids are UUIDs."
            );
        }

        if (isEmulator)
        {
            var owner = Session.Current;
            var emulator = new Lazy<PolarEmulatorInstance>(() => StartEmulator(name, owner));
            return Create(name, address, token, organizationId, limits, rails, emulator);
        }

        return new PolarConnection(
            name,
            label,
            address,
            organizationId,
            TokenKind.Of(token!),
            limits,
            rails,
            () => CreateClients(address, token!, organizationId, limits, rails, null),
            other => other == token
        );
    }

    /// <summary>Creates a connection that sends no token.</summary>
    /// <exception cref="ArgumentException">The environment cannot be right.</exception>
    public static PolarConnection CreateWithoutToken(string? environment)
    {
        var (label, address) = EnvironmentAddress.Of(environment);
        if (label == Emulator)
        {
            return Create("(no token)", environment, null, null, TransportLimits.Default, ConnectionRails.None);
        }

        return new PolarConnection(
            "(no token)",
            label,
            address,
            null,
            TokenKind.None,
            TransportLimits.Default,
            ConnectionRails.None,
            () => CreateClients(address, string.Empty, null, TransportLimits.Default, ConnectionRails.None, null),
            _ => false
        );
    }

    /// <summary>Creates a connection with the token of a customer's session.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="environment">The environment; null where <paramref name="origin"/> says it.</param>
    /// <param name="token">The session's token.</param>
    /// <param name="origin">The connection over which the session was created; null if unknown.</param>
    /// <param name="limits">The time-outs and retries.</param>
    /// <param name="rails">The limits of what may be done.</param>
    /// <exception cref="ArgumentException">The environment or the token cannot be right.</exception>
    public static PolarConnection CreateForCustomer(
        string name,
        string? environment,
        string token,
        PolarConnection? origin,
        TransportLimits limits,
        ConnectionRails rails
    )
    {
        AccessTokens.Check(token);
        var kind = TokenKind.Of(token);
        if (kind.Side != PolarSide.Customer)
        {
            throw new ArgumentException(
                $"-CustomerSession takes the token of a customer's session; this is of another kind: {kind.Text}."
            );
        }

        if (
            environment is not null
            && origin is not null
            && EnvironmentAddress.Of(environment).Label != origin.Environment
        )
        {
            throw new ArgumentException(
                $"The session was created over {origin}, which is another environment than {EnvironmentAddress.Of(environment).Label}. Leave out -Environment."
            );
        }

        if (origin is null || !origin.HasEmulator)
        {
            return Create(name, environment ?? origin?.BaseAddress.ToString(), token, null, limits, rails);
        }

        return Create(name, origin.BaseAddress, token, null, limits, rails, origin.EmulatorSource!);
    }

    /// <summary>Creates a connection whose tokens are renewed.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="environment">The environment; null for Production.</param>
    /// <param name="kind">The kind of the tokens.</param>
    /// <param name="source">Gives the tokens.</param>
    /// <param name="organizationId">The organization to which it is limited; null for none.</param>
    /// <param name="limits">The time-outs and retries.</param>
    /// <param name="rails">The limits of what may be done.</param>
    public static PolarConnection CreateRenewed(
        string name,
        string? environment,
        TokenKind kind,
        OAuth2TokenSource source,
        string? organizationId,
        TransportLimits limits,
        ConnectionRails rails
    )
    {
        var (label, address) = EnvironmentAddress.Of(environment);
        return new PolarConnection(
            name,
            label,
            address,
            organizationId,
            kind,
            limits,
            rails,
            () => CreateClients(address, string.Empty, organizationId, limits, rails, null, source),
            _ => false
        );
    }

    /// <summary>Creates a connection to an emulator of this process. With a port, addresses in its responses point there.</summary>
    public static PolarConnection Create(PolarEmulatorInstance emulator, TransportLimits limits)
    {
        var started = new Lazy<PolarEmulatorInstance>(() => emulator);
        _ = started.Value;
        return Create(
            emulator.Name,
            emulator.Url ?? EnvironmentAddress.OfEmulator,
            null,
            null,
            limits,
            ConnectionRails.None,
            started
        );
    }

    private static PolarConnection Create(
        string name,
        Uri address,
        string? token,
        string? organizationId,
        TransportLimits limits,
        ConnectionRails rails,
        Lazy<PolarEmulatorInstance> emulator
    ) =>
        new(
            name,
            Emulator,
            address,
            organizationId,
            token is null ? TokenKind.Emulator : TokenKind.Of(token),
            limits,
            rails,
            () => CreateClients(address, token ?? emulator.Value.Token, organizationId, limits, rails, emulator.Value),
            _ => false,
            emulator
        );

    private static ConnectionClients CreateClients(
        Uri address,
        string token,
        string? organizationId,
        TransportLimits limits,
        ConnectionRails rails,
        PolarEmulatorInstance? emulator,
        OAuth2TokenSource? source = null
    )
    {
        // At a prompt, properties, views and the dates that are typed are all in one zone.
        TimeConverter.IsLocal = true;
        Func<HttpMessageHandler, CancellationToken, Task<string?>>? check = rails.ExpectedOrganization is { } expected
            ? (handler, stop) => OrganizationCheck.RunAsync(handler, address, expected, organizationId, stop)
            : null;
        var api = TransportFactory.Create(
            new Dictionary<string, object?>
            {
                [TransportKeys.BaseAddress] = address,
                [TransportKeys.Token] = (Func<string>)(() => token),
                [TransportKeys.FetchToken] = source is null
                    ? null
                    : (Func<CancellationToken, Task<string>>)source.GetAccessTokenAsync,
                [TransportKeys.RenewToken] = source is null
                    ? null
                    : (Func<string, CancellationToken, Task<string?>>)source.RenewAsync,
                [TransportKeys.OrganizationId] = organizationId,
                [TransportKeys.ApiVersion] = PolarClient.ApiVersion,
                [TransportKeys.UserAgent] = UserAgent(),
                [TransportKeys.AttemptTimeout] = limits.AttemptTimeout,
                [TransportKeys.TotalTimeout] = limits.TotalTimeout,
                [TransportKeys.MaximumRetries] = limits.MaximumRetryCount,
                [TransportKeys.InnermostHandler] = emulator?.CreateHandler(),
                [TransportKeys.ReadOnly] = rails.ReadOnly,
                [TransportKeys.MoneyLimits] = rails.MoneyLimits,
                [TransportKeys.MoneyCount] = rails.MoneyCount,
                [TransportKeys.LimitsUsed] = rails.Used,
                [TransportKeys.Check] = check,
            }
        );
        var store = new Lazy<HttpClient>(() =>
            TransportFactory.Create(
                new Dictionary<string, object?>
                {
                    [TransportKeys.Store] = true,
                    [TransportKeys.InnermostHandler] = emulator?.CreateHandler(),
                }
            )
        );
        return new ConnectionClients(api, store);
    }

    // Kept apart so that the emulator's assembly is loaded only by those who ask for it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static PolarEmulatorInstance StartEmulator(string name, Session owner)
    {
        var emulator = PolarEmulatorInstance.Start(name, new EmulatorSettings());
        emulator.Owner = owner;
        return emulator;
    }

    private static string UserAgent()
    {
        var version = typeof(ConnectionFactory).Assembly.GetName().Version!;
        // Only the runtime's name and version; the machine's name and the user stay private.
        var runtime = RuntimeInformation
            .FrameworkDescription.Replace(".NET Framework ", "netfx/")
            .Replace(".NET ", "dotnet/");
        return $"PolarPS/{version.ToString(3)} ({runtime.Split(' ')[0]})";
    }
}
