using System.Net.Http;

namespace PolarPS.Client;

/// <summary>A request as a resource describes it, before it becomes an HTTP message.</summary>
internal sealed class ApiRequest
{
    /// <summary>The token of a request that carries none.</summary>
    public const string NoToken = "";

    private static readonly HttpMethod Patch = new("PATCH");

    private bool _onlyAsks;
    private RequestEffect? _effect;

    private ApiRequest(HttpMethod method, string path, bool repeatable)
    {
        Method = method;
        Path = path;
        Repeatable = repeatable;
    }

    public HttpMethod Method { get; }

    /// <summary>Path and query, beginning with a slash.</summary>
    public string Path { get; }

    /// <summary>Of the kind that <see cref="MediaType"/> says, or null for none.</summary>
    public byte[]? Body { get; private init; }

    public string MediaType { get; private init; } = "application/json";

    /// <summary>The bearer token in the place of the connection's; empty for none, null for the connection's.</summary>
    public string? Token { get; private set; }

    /// <summary>Whether sending it twice leaves the same state as sending it once.</summary>
    public bool Repeatable { get; }

    /// <summary>Whether it may change something, so that it matters when nobody knows whether it arrived.</summary>
    public bool IsWrite => !_onlyAsks && Method != HttpMethod.Get && Method != HttpMethod.Head;

    /// <summary>What it does, for the guard rails of a connection.</summary>
    public RequestEffect Effect
    {
        get => _effect ?? (IsWrite ? RequestEffect.Writes : RequestEffect.Reads);
        private init => _effect = value;
    }

    public static ApiRequest Get(string path) => new(HttpMethod.Get, path, repeatable: true);

    /// <param name="path">Path and query.</param>
    /// <param name="body">The body; null for none.</param>
    /// <param name="repeatable">Only where the operation itself makes a second call harmless: Polar has no idempotency keys.</param>
    public static ApiRequest Post(string path, RequestBody? body, bool repeatable = false) =>
        new(HttpMethod.Post, path, repeatable) { Body = body?.ToUtf8() };

    /// <summary>A question that is too long, or too secret, for a query.</summary>
    public static ApiRequest Ask(string path, RequestBody body) =>
        new(HttpMethod.Post, path, repeatable: true) { Body = body.ToUtf8(), _onlyAsks = true };

    /// <summary>A body in the form that OAuth asks for.</summary>
    public static ApiRequest PostForm(string path, RequestBody body, bool repeatable = false) =>
        new(HttpMethod.Post, path, repeatable)
        {
            Body = FormBody.Of(body),
            MediaType = "application/x-www-form-urlencoded",
            Token = NoToken,
        };

    /// <summary>Puts a whole new state in the place of the old one.</summary>
    public static ApiRequest Put(string path, RequestBody body) =>
        new(HttpMethod.Put, path, repeatable: true) { Body = body.ToUtf8() };

    /// <param name="path">Path and query.</param>
    /// <param name="body">The fields to change.</param>
    /// <param name="repeatable">
    /// false where the update does more than set values (makes new prices, charges, cancels), or is refused where they are set
    /// already. RepeatingTests has the verdict for each operation.
    /// </param>
    public static ApiRequest Update(string path, RequestBody body, bool repeatable = true) =>
        new(Patch, path, repeatable) { Body = body.ToUtf8() };

    /// <param name="path">Path and query.</param>
    /// <param name="repeatable">false where a second call is refused in another way than by 404.</param>
    public static ApiRequest Delete(string path, bool repeatable = true) => new(HttpMethod.Delete, path, repeatable);

    public static ApiRequest Raw(HttpMethod method, string path, byte[]? body)
    {
        // What an arbitrary path does is not known, so only methods that are idempotent by definition are sent again.
        var name = method.Method;
        return new(method, path, repeatable: name is "GET" or "HEAD" or "PUT" or "DELETE" or "OPTIONS")
        {
            Body = body,
            Effect = RawEffects.Of(name, path, body),
        };
    }

    /// <summary>The same request, declared to charge or refund, or, where it depends on the request, not to.</summary>
    public ApiRequest MovingMoney(bool moves = true)
    {
        _effect = moves ? RequestEffect.MovesMoney : null;
        return this;
    }

    /// <summary>The same request, declared to change nothing of the shop: it checks, looks up, or renews a token.</summary>
    public ApiRequest Reading(bool reads = true)
    {
        _effect = reads ? RequestEffect.Reads : null;
        return this;
    }

    /// <summary>The same request with a token of its own; null leaves the connection's.</summary>
    public ApiRequest With(string? token)
    {
        Token = token;
        return this;
    }
}
