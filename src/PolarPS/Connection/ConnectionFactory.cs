using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using PolarPS.Client;

namespace PolarPS;

/// <summary>Makes connections from what a user says: environment, token, organization.</summary>
internal static class ConnectionFactory
{
    public const string Production = "Production";
    public const string Sandbox = "Sandbox";
    public const string Emulator = "Emulator";

    /// <summary>What -Environment completes to.</summary>
    public static readonly IReadOnlyList<string> KnownEnvironments = [Production, Sandbox, Emulator];

    private static readonly Uri EmulatorAddress = new("https://emulator.polar.invalid/");

    /// <summary>Makes a connection; nothing is loaded and nothing sent before its first request.</summary>
    /// <exception cref="ArgumentException">The environment, the token or the organization cannot be right.</exception>
    public static PolarConnection Create(
        string name,
        string? environment,
        string? token,
        string? organizationId,
        TransportLimits limits
    )
    {
        var (label, address) = ResolveEnvironment(environment);
        var isEmulator = label == Emulator;
        if (!isEmulator)
        {
            CheckToken(token);
        }

        if (organizationId is not null && !Guid.TryParseExact(organizationId, "D", out _))
        {
            throw new ArgumentException(
                $"'{Redactor.Redact(organizationId)}' is not the id of an organization: ids are UUIDs."
            );
        }

        if (isEmulator)
        {
            var emulator = new Lazy<PolarEmulatorInstance>(() => StartEmulator(name));
            return Create(name, address, token, organizationId, limits, emulator);
        }

        return new PolarConnection(
            name,
            label,
            address,
            organizationId,
            KindOf(token!),
            limits,
            () => CreateClients(address, token!, organizationId, limits, null)
        );
    }

    /// <summary>Makes a connection to an emulator of this process. With a port, what it answers points there.</summary>
    public static PolarConnection Create(PolarEmulatorInstance emulator, TransportLimits limits)
    {
        var started = new Lazy<PolarEmulatorInstance>(() => emulator);
        _ = started.Value;
        return Create(emulator.Name, emulator.Url ?? EmulatorAddress, null, null, limits, started);
    }

    private static PolarConnection Create(
        string name,
        Uri address,
        string? token,
        string? organizationId,
        TransportLimits limits,
        Lazy<PolarEmulatorInstance> emulator
    ) =>
        new(
            name,
            Emulator,
            address,
            organizationId,
            token is null ? "token of the emulator" : KindOf(token),
            limits,
            () => CreateClients(address, token ?? emulator.Value.Token, organizationId, limits, emulator.Value),
            emulator
        );

    private static (string Label, Uri Address) ResolveEnvironment(string? environment)
    {
        if (string.IsNullOrWhiteSpace(environment))
        {
            return (Production, new Uri("https://api.polar.sh/"));
        }

        var known = KnownEnvironments.FirstOrDefault(name =>
            name.Equals(environment, StringComparison.OrdinalIgnoreCase)
        );
        switch (known)
        {
            case Production:
                return (Production, new Uri("https://api.polar.sh/"));
            case Sandbox:
                return (Sandbox, new Uri("https://sandbox-api.polar.sh/"));
            case Emulator:
                return (Emulator, EmulatorAddress);
        }

        if (!Uri.TryCreate(environment, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http"))
        {
            throw new ArgumentException(
                $"{Printable(environment!)} is not an environment. Say Production, Sandbox, Emulator, or an address such as https://polar.example.com."
            );
        }

        if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.AbsolutePath != "/")
        {
            throw new ArgumentException(
                "The address of an environment is scheme, host and port only, such as https://polar.example.com."
            );
        }

        if (address.Scheme == "http" && !address.IsLoopback)
        {
            throw new ArgumentException(
                $"'{address}' is not encrypted, and the token would travel in the open. Use https; http is for this computer only."
            );
        }

        return (address.GetLeftPart(UriPartial.Authority), address);
    }

    private static void CheckToken(string? token)
    {
        if (string.IsNullOrWhiteSpace(token))
        {
            throw new ArgumentException("The access token is empty.");
        }

        if (token!.Any(letter => letter <= ' ' || letter > '~'))
        {
            throw new ArgumentException(
                "The access token contains a blank, a line break or another character that no token has. Was it cut or copied with something around it?"
            );
        }

        if (
            token!.StartsWith("polar_ci_", StringComparison.Ordinal)
            || token.StartsWith("polar_cs_", StringComparison.Ordinal)
        )
        {
            throw new ArgumentException(
                "This is the id or secret of an OAuth client, not an access token. Make an organization access token in the organization's settings."
            );
        }

        if (
            token.StartsWith("whsec_", StringComparison.Ordinal)
            || token.StartsWith("polar_whs_", StringComparison.Ordinal)
        )
        {
            throw new ArgumentException("This is the secret of a webhook endpoint, not an access token.");
        }
    }

    private static string KindOf(string token)
    {
        (string Prefix, string Kind)[] kinds =
        [
            ("polar_oat_", "organization access token"),
            ("polar_pat_", "personal access token"),
            ("polar_at_u_", "OAuth access token of a user"),
            ("polar_at_o_", "OAuth access token of an organization"),
            ("polar_cst_", "customer session"),
            ("polar_mst_", "member session"),
        ];
        var found = kinds.FirstOrDefault(kind => token.StartsWith(kind.Prefix, StringComparison.Ordinal));
        return found.Kind ?? "token of unknown kind";
    }

    private static ConnectionClients CreateClients(
        Uri address,
        string token,
        string? organizationId,
        TransportLimits limits,
        PolarEmulatorInstance? emulator
    )
    {
        var api = TransportFactory.Create(
            new Dictionary<string, object?>
            {
                [TransportKeys.BaseAddress] = address,
                [TransportKeys.Token] = (Func<string>)(() => token),
                [TransportKeys.OrganizationId] = organizationId,
                [TransportKeys.ApiVersion] = PolarClient.ApiVersion,
                [TransportKeys.UserAgent] = UserAgent(),
                [TransportKeys.AttemptTimeout] = limits.AttemptTimeout,
                [TransportKeys.TotalTimeout] = limits.TotalTimeout,
                [TransportKeys.MaximumRetries] = limits.MaximumRetryCount,
                [TransportKeys.InnermostHandler] = emulator?.CreateHandler(),
            }
        );
        return new ConnectionClients(api, emulator is null ? null : new HttpClient(emulator.CreateHandler()));
    }

    // Kept apart so that the emulator's assembly is loaded only by those who ask for it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static PolarEmulatorInstance StartEmulator(string name) =>
        PolarEmulatorInstance.Start(name, new EmulatorSettings());

    private static string UserAgent()
    {
        var version = typeof(ConnectionFactory).Assembly.GetName().Version!;
        // Only the runtime's name and version; the machine's name and the user are nobody's business.
        var runtime = RuntimeInformation
            .FrameworkDescription.Replace(".NET Framework ", "netfx/")
            .Replace(".NET ", "dotnet/");
        return $"PolarPS/{version.ToString(3)} ({runtime.Split(' ')[0]})";
    }

    // Where an address holds a name and password, or a query, it may hold a secret of any shape.
    private static string Printable(string environment) =>
        environment.IndexOfAny(['@', '?']) >= 0 ? "What was given" : $"'{Redactor.Redact(environment)}'";
}
