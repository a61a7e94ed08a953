using System.Collections.Concurrent;
using System.Net;
using System.Net.Http;

namespace PolarPS.Http;

/// <summary>The settings of one client, checked: errors in them are reported before the first request.</summary>
internal sealed class TransportOptions
{
    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(1);

    // The most that a timer takes on .NET Framework.
    private static readonly TimeSpan NoLimit = TimeSpan.FromDays(24);
    private static readonly TimeSpan LongestRefusal = TimeSpan.FromSeconds(5);

    public TransportOptions(Uri baseAddress)
    {
        IsLoopback = Check(baseAddress);
        BaseAddress = baseAddress;
        UseProxy = !IsLoopback;
    }

    public Uri BaseAddress { get; }

    public bool IsLoopback { get; }

    public Func<string?> Token { get; init; } = static () => null;

    /// <summary>Fetches the bearer token for an attempt, where that takes time, in the place of <see cref="Token"/>; null for none.</summary>
    public Func<CancellationToken, Task<string>>? FetchToken { get; init; }

    /// <summary>Gets a token in the place of one of <see cref="FetchToken"/> that was refused, where there may be one; null for none.</summary>
    public Func<string, CancellationToken, Task<string?>>? RenewToken { get; init; }

    public string? OrganizationId { get; init; }

    public string ApiVersion { get; init; } = PolarApi.Version;

    public string UserAgent { get; init; } =
        "PolarPS/" + typeof(TransportOptions).Assembly.GetName().Version?.ToString(3);

    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromSeconds(100);

    public int MaximumRetries { get; init; } = 4;

    public HttpMessageHandler? InnermostHandler { get; init; }

    public GuardRails Rails { get; init; } = new();

    /// <summary>Whether it is not for the API but for the store beside it.</summary>
    public bool IsStore { get; init; }

    public int MaximumConnections { get; init; } = PrimaryHandler.MaximumConnections;

    // Users cannot set these; tests make them small.

    public TimeSpan BackoffBase { get; init; } = TimeSpan.FromSeconds(0.5);

    public TimeSpan BackoffCap { get; init; } = TimeSpan.FromSeconds(8);

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The most bytes of an answer that is read whole, as they are after decompression.</summary>
    public int BodyLimit { get; init; } = 64 * 1024 * 1024;

    /// <summary>The most bytes that are read of a refusal: an error in Polar's form has a few hundred.</summary>
    public int RefusalLimit { get; init; } = 1024 * 1024;

    /// <summary>How long the body of a refusal is waited for, within the limit of the attempt.</summary>
    public TimeSpan RefusalTimeout => TimeSpan.FromTicks(Math.Min(AttemptTimeout.Ticks / 2, LongestRefusal.Ticks));

    /// <summary>Never for a loopback address: a proxy would send the token off this computer, over plain http.</summary>
    public bool UseProxy { get; init; }

    /// <summary>For the store: whatever address a request has, and however long it takes. Who asks watches it.</summary>
    public static TransportOptions ForStore(
        HttpMessageHandler? innermostHandler = null,
        TimeSpan? backoffBase = null
    ) =>
        new(new Uri("https://store.polar.invalid/"))
        {
            IsStore = true,
            ApiVersion = string.Empty,
            UserAgent = string.Empty,
            AttemptTimeout = NoLimit,
            TotalTimeout = NoLimit,
            // A request says itself when its last attempt has come.
            MaximumRetries = int.MaxValue,
            // As many as there may be parts of a file on their way.
            MaximumConnections = 64,
            InnermostHandler = innermostHandler,
            BackoffBase = backoffBase ?? TimeSpan.FromSeconds(0.5),
        };

    public static TransportOptions Read(IReadOnlyDictionary<string, object?> settings)
    {
        _ = settings ?? throw new ArgumentNullException(nameof(settings));
        if (Get(settings, TransportKeys.Store, false))
        {
            return ForStore(Get<HttpMessageHandler?>(settings, TransportKeys.InnermostHandler, null));
        }

        var baseAddress =
            Get<Uri?>(settings, TransportKeys.BaseAddress, null)
            ?? throw new ArgumentException("The base address is missing.", nameof(settings));
        var defaults = new TransportOptions(baseAddress);
        var options = new TransportOptions(baseAddress)
        {
            Token = Get(settings, TransportKeys.Token, defaults.Token),
            FetchToken = Get(settings, TransportKeys.FetchToken, defaults.FetchToken),
            RenewToken = Get(settings, TransportKeys.RenewToken, defaults.RenewToken),
            OrganizationId = Get(settings, TransportKeys.OrganizationId, defaults.OrganizationId),
            ApiVersion = Get(settings, TransportKeys.ApiVersion, defaults.ApiVersion),
            UserAgent = Get(settings, TransportKeys.UserAgent, defaults.UserAgent),
            AttemptTimeout = Get(settings, TransportKeys.AttemptTimeout, defaults.AttemptTimeout),
            TotalTimeout = Get(settings, TransportKeys.TotalTimeout, defaults.TotalTimeout),
            MaximumRetries = Get(settings, TransportKeys.MaximumRetries, defaults.MaximumRetries),
            InnermostHandler = Get(settings, TransportKeys.InnermostHandler, defaults.InnermostHandler),
            Rails = new GuardRails
            {
                ReadOnly = Get(settings, TransportKeys.ReadOnly, false),
                MoneyLimits = Get<IReadOnlyDictionary<string, long>?>(settings, TransportKeys.MoneyLimits, null),
                MoneyCount = Get<int?>(settings, TransportKeys.MoneyCount, null),
                Used = Get(settings, TransportKeys.LimitsUsed, new ConcurrentDictionary<string, long>()),
                Check = Get<Func<HttpMessageHandler, CancellationToken, Task<string?>>?>(
                    settings,
                    TransportKeys.Check,
                    null
                ),
            },
        };

        CheckHeader(options.OrganizationId, TransportKeys.OrganizationId);
        CheckHeader(options.ApiVersion, TransportKeys.ApiVersion);
        CheckHeader(options.UserAgent, TransportKeys.UserAgent);
        CheckTimeout(options.AttemptTimeout, TransportKeys.AttemptTimeout);
        CheckTimeout(options.TotalTimeout, TransportKeys.TotalTimeout);
        if (options.MaximumRetries < 0)
        {
            throw new ArgumentException($"{TransportKeys.MaximumRetries} must not be negative; 0 means no retries.");
        }

        return options;
    }

    /// <summary>Scheme, host and port: what may be shown of an address whatever else it holds.</summary>
    public static string Origin(Uri address) =>
        address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    private static T Get<T>(IReadOnlyDictionary<string, object?> settings, string key, T fallback) =>
        !settings.TryGetValue(key, out var value) || value is null ? fallback
        : value is T typed ? typed
        : throw new ArgumentException($"{key} must be a {typeof(T).Name}, but is a {value.GetType().Name}.");

    private static bool Check(Uri address)
    {
        if (!address.IsAbsoluteUri)
        {
            throw new ArgumentException(
                "The base address must be complete, with scheme and host, such as https://api.polar.sh."
            );
        }

        if (address.UserInfo.Length > 0)
        {
            throw new ArgumentException(
                $"The base address {Origin(address)} must not contain a user name or password. Use the access token instead."
            );
        }

        var loopback =
            string.Equals(address.Host, "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(address.DnsSafeHost, out var number) && IPAddress.IsLoopback(number));
        if (address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && loopback))
        {
            throw new ArgumentException(
                $"The base address {Origin(address)} is not allowed, because it would send the access token unencrypted. "
                    + "Use https; http is for this computer only (localhost, 127.0.0.1 or [::1])."
            );
        }

        if (address.AbsolutePath != "/" || address.Query.Length > 0 || address.Fragment.Length > 0)
        {
            throw new ArgumentException(
                $"The base address {Origin(address)} must not have a path, a query or a fragment: they would not be sent."
            );
        }

        return loopback;
    }

    private static void CheckHeader(string? value, string key)
    {
        if (value is not null && value.Any(static c => c is < ' ' or > '~'))
        {
            throw new ArgumentException($"{key} contains a character that cannot be sent, such as a line break.");
        }
    }

    private static void CheckTimeout(TimeSpan value, string key)
    {
        if (value < ShortestTimeout || value > LongestTimeout)
        {
            throw new ArgumentException(
                string.Format(
                    CultureInfo.InvariantCulture,
                    "{0} must be between {1} ms and {2} h.",
                    key,
                    ShortestTimeout.TotalMilliseconds,
                    LongestTimeout.TotalHours
                )
            );
        }
    }
}
