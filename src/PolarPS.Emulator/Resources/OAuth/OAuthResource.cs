namespace PolarPS.Emulator;

/// <summary>
/// OAuth: clients that register themselves, codes that are exchanged for tokens, tokens that are refreshed, looked at and
/// revoked. Consent, which a person gives in a browser, is given with PolarEmulator.GrantConsent.
/// </summary>
internal sealed partial class OAuthResource : Resource
{
    private const int AccessSeconds = 864_000;
    private const string Issuer = "https://polar.sh";
    private const string UsualScope = "openid profile email user:read user:write organizations:read";

    private static readonly TimeSpan CodeLength = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan RefreshLength = TimeSpan.FromDays(30);

    // An update replaces a client as a whole, so that it takes these as a registration does.
    private static readonly OptionalFields Addresses = new(
        ("client_uri", Form.OptionalText),
        ("logo_uri", Form.Address),
        ("tos_uri", Form.Address),
        ("policy_uri", Form.Address)
    );

    private static readonly string[] Members =
    [
        "client_id",
        "client_secret",
        "client_id_issued_at",
        "client_secret_expires_at",
        "registration_access_token",
        "registration_client_uri",
        "redirect_uris",
        "token_endpoint_auth_method",
        "grant_types",
        "response_types",
        "scope",
        "client_name",
        .. Addresses.Names,
    ];

    private static readonly View InConsent = View.Members([
        "created_at",
        "modified_at",
        "client_id",
        "client_name",
        .. Addresses.Names,
    ]);

    private static readonly Schema Create = new ObjectSchema("OAuth2ClientConfiguration", Fields());

    private static readonly Schema Update = new ObjectSchema(
        "OAuth2ClientConfigurationUpdate",
        [.. Fields(), Field.Required("client_id", Form.AnyText)]
    );

    // Forms are looked at by the rules of OAuth, which has refusals of its own.
    private static readonly Schema AnyForm = Form.AnyObject;

    private readonly Dictionary<string, Grant> _codes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Grant> _access = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Grant> _refresh = new(StringComparer.Ordinal);
    private readonly string _userId;

    public OAuthResource(EmulatorCore core)
        : base(core, "oauth2", "user") => _userId = new IdGenerator(core.Options.ShopSeed, stream: 6).NextId();

    public override View View { get; } = View.Members(Members);

    public override IEnumerable<Operation> Operations =>
        [
            Public("clients:oauth2:create_client", "POST", "/v1/oauth2/register", Create, Register),
            Public(
                "clients:oauth2:get_client",
                "GET",
                "/v1/oauth2/register/{client_id:text}",
                null,
                context => Shown(Managed(context))
            ),
            Public("clients:oauth2:update_client", "PUT", "/v1/oauth2/register/{client_id:text}", Update, ChangeClient),
            Public(
                "clients:oauth2:delete_client",
                "DELETE",
                "/v1/oauth2/register/{client_id:text}",
                null,
                context =>
                {
                    Core.Store.Remove(Managed(context));
                    return Reply.NoContent;
                }
            ),
            Public("authorize", "GET", "/v1/oauth2/authorize", null, Authorize),
            FormOperation("request_token", "/v1/oauth2/token", Exchange),
            FormOperation("revoke_token", "/v1/oauth2/revoke", Revoke),
            FormOperation("introspect_token", "/v1/oauth2/introspect", Introspect),
            new(
                "oauth2:userinfo",
                "GET",
                "/v1/oauth2/userinfo",
                ["openid"],
                Subjects.User,
                _ =>
                    Reply.Json(
                        200,
                        new JsonObject
                        {
                            ["sub"] = _userId,
                            ["name"] = "Sailor",
                            ["email"] = "sailor@northwind.example",
                            ["email_verified"] = true,
                        }
                    )
            ),
        ];

    /// <summary>Consents to what a client asks for.</summary>
    /// <returns>The code that the client exchanges for tokens.</returns>
    public string Consent(string clientId, string redirectUri, string scope, string? challenge, string? method)
    {
        var client = FindClient(clientId) ?? throw new ArgumentException("There is no such client.", nameof(clientId));
        if (!client.Row.Texts("redirect_uris").Contains(redirectUri))
        {
            throw new ArgumentException("The client has not registered this address.", nameof(redirectUri));
        }

        var code = Core.Ids.NextToken("polar_ac_");
        _codes.Add(
            code,
            new Grant(clientId, scope, Core.Clock.Now + CodeLength)
            {
                RedirectUri = redirectUri,
                Challenge = challenge,
                ChallengeMethod = method ?? "plain",
            }
        );
        return code;
    }

    private static Field[] Fields() =>
        [
            Field.Required("redirect_uris", Form.List(Form.Address, 1)),
            Field.Default(
                "token_endpoint_auth_method",
                Form.Literal(OAuthValues.ClientAuthentication),
                static () => "client_secret_post"
            ),
            Field.Default(
                "grant_types",
                Form.List(Form.Literal(OAuthValues.ClientGrantType)),
                static () => new JsonArray("authorization_code", "refresh_token")
            ),
            Field.Default("response_types", Form.List(Form.Literal("code")), static () => new JsonArray("code")),
            Field.Default("scope", Form.AnyText, static () => UsualScope),
            Field.Required("client_name", Form.Text(1, int.MaxValue)),
            .. Addresses.ForCreation,
            Field.Default("default_sub_type", Form.OneOf(OAuthValues.TokenSubject), static () => "user"),
        ];

    private static Operation Public(
        string name,
        string method,
        string path,
        Schema? body,
        Func<OperationContext, Reply> handle
    ) => new("oauth2:" + name, method, path, [], Subjects.User | Subjects.Anonymous, handle) { Body = body };

    private static Operation FormOperation(string name, string path, Func<OperationContext, Reply> handle) =>
        new("oauth2:" + name, "POST", path, [], Subjects.Anonymous, handle) { Body = AnyForm, IsForm = true };

    private static ApiException Refused(string error, string description, int status = 400) =>
        new(status, new JsonObject { ["error"] = error, ["error_description"] = description });

    private Document? FindClient(string? id) =>
        Documents.Items.FirstOrDefault(client => client.Row.Text("client_id") == id);

    /// <summary>What a client asks for, checked as Polar checks it before it asks anyone.</summary>
    internal ConsentRequest Requested(QueryString query)
    {
        var client =
            FindClient(query.Last("client_id")) ?? throw Refused("invalid_client", "There is no such client.", 401);
        if (query.Last("response_type") != "code")
        {
            throw Refused("unsupported_response_type", "Only the response type code is supported.");
        }

        if (!client.Row.Texts("redirect_uris").Contains(query.Last("redirect_uri")))
        {
            throw Refused("invalid_request", "The client has not registered this redirect_uri.");
        }

        var asked = (query.Last("scope") ?? client.Row.Text("scope")!).Split(
            [' '],
            StringSplitOptions.RemoveEmptyEntries
        );
        if (asked.Any(scope => !client.Row.Text("scope")!.Split(' ').Contains(scope)))
        {
            throw Refused("invalid_scope", "The client has not registered all of these scopes.");
        }

        if (client.Row.Text("token_endpoint_auth_method") == "none" && query.Last("code_challenge") is null)
        {
            throw Refused("invalid_request", "A client without a secret needs a code_challenge.");
        }

        return new ConsentRequest(client, query.Last("redirect_uri")!, asked, query);
    }

    private Reply Authorize(OperationContext context)
    {
        var query = context.Query;
        var (client, _, asked, _) = Requested(query);
        var organizations = new JsonArray();
        foreach (var organization in Core.Organizations.Documents.Items)
        {
            organizations.Add(
                (JsonNode)
                    new JsonObject
                    {
                        ["id"] = organization.Id,
                        ["slug"] = organization.Row.Text("slug"),
                        ["name"] = organization.Row.Text("name"),
                        ["avatar_url"] = organization.Row.Text("avatar_url"),
                    }
            );
        }

        var isUser = (query.Last("sub_type") ?? "user") == "user";
        JsonNode? subject =
            isUser && context.Caller.Subject == Subjects.User
                ? new JsonObject
                {
                    ["id"] = _userId,
                    ["email"] = "sailor@northwind.example",
                    ["avatar_url"] = null,
                }
                : null;
        return Reply.Json(
            200,
            new JsonObject
            {
                ["client"] = client.ToObject(InConsent),
                ["sub_type"] = isUser ? "user" : "organization",
                ["sub"] = subject,
                ["scopes"] = Json.ToArray(asked),
                ["organizations"] = organizations,
            }
        );
    }

    private Document Client(JsonObject form, bool mayBePublic = false)
    {
        var client = FindClient(form.Text("client_id"));
        return
            client is not null
            && (IsPublic(client) ? mayBePublic : form.Text("client_secret") == client.Row.Text("client_secret"))
            ? client
            : throw Refused("invalid_client", "The client is unknown, or its secret is wrong.", 401);
    }

    private Reply Exchange(OperationContext context)
    {
        var form = context.Body;
        var client = Client(form, mayBePublic: true);
        var clientId = client.Row.Text("client_id")!;
        Grant? grant;
        switch (form.Text("grant_type"))
        {
            case "authorization_code":
                var code = form.Text("code") ?? string.Empty;
                if (!_codes.TryGetValue(code, out grant))
                {
                    throw Refused("invalid_grant", "The code is unknown or was already used.");
                }

                _codes.Remove(code);
                CheckCode(grant, form);
                break;
            case "refresh_token":
                var token = form.Text("refresh_token") ?? string.Empty;
                if (!_refresh.TryGetValue(token, out grant))
                {
                    throw Refused("invalid_grant", "The refresh token is unknown or was already used.");
                }

                // Each is single use.
                _refresh.Remove(token);
                break;
            default:
                throw Refused("unsupported_grant_type", "Only codes and refresh tokens can be exchanged.");
        }

        if (grant.ClientId != clientId || grant.End <= Core.Clock.Now)
        {
            throw Refused("invalid_grant", "This was issued to another client, or has expired.");
        }

        return Reply.Json(200, Issue(clientId, grant.Scope));
    }

    private static void CheckCode(Grant grant, JsonObject form)
    {
        if (grant.RedirectUri != form.Text("redirect_uri"))
        {
            throw Refused("invalid_grant", "The redirect_uri is not the one that the code was issued for.");
        }

        if (grant.Challenge is not { } challenge)
        {
            return;
        }

        var verifier = form.Text("code_verifier") ?? string.Empty;
        var answer =
            grant.ChallengeMethod == "S256"
                ? Convert
                    .ToBase64String(Hashes.Sha256(Json.FromText(verifier)))
                    .TrimEnd('=')
                    .Replace('+', '-')
                    .Replace('/', '_')
                : verifier;
        if (answer != challenge)
        {
            throw Refused("invalid_grant", "The code_verifier does not match the challenge.");
        }
    }

    private JsonObject Issue(string clientId, string scope)
    {
        var end = Core.Clock.Now.AddSeconds(AccessSeconds);
        var access = Core.Tokens.Create(
            "polar_at_u_",
            new Caller(Subjects.User, null, scope.Split(' ')) { SessionId = clientId, ExpiresAt = end }
        );
        var refresh = Core.Ids.NextToken("polar_rt_u_");
        _access.Add(access, new Grant(clientId, scope, end) { Partner = refresh });
        _refresh.Add(refresh, new Grant(clientId, scope, Core.Clock.Now + RefreshLength) { Partner = access });
        return new JsonObject
        {
            ["access_token"] = access,
            ["token_type"] = "Bearer",
            ["expires_in"] = AccessSeconds,
            ["refresh_token"] = refresh,
            ["scope"] = scope,
            ["id_token"] = null,
        };
    }

    private Reply Revoke(OperationContext context)
    {
        var clientId = Client(context.Body).Row.Text("client_id");
        var token = context.Body.Text("token") ?? throw Refused("invalid_request", "A token is required.");
        var grant = _access.TryGetValue(token, out var found) || _refresh.TryGetValue(token, out found) ? found : null;
        if (grant?.ClientId == clientId)
        {
            // Only one who asks for the access token alone keeps the other.
            var tokens =
                context.Body.Text("token_type_hint") == "access_token"
                    ? new HashSet<string> { token }
                    : new HashSet<string> { token, grant!.Partner! };
            foreach (var gone in tokens)
            {
                _access.Remove(gone);
                _refresh.Remove(gone);
            }

            Core.Tokens.Revoke((text, _) => tokens.Contains(text));
        }

        // An unknown one counts as revoked.
        return Reply.Json(200, new JsonObject());
    }

    private Reply Introspect(OperationContext context)
    {
        var clientId = Client(context.Body).Row.Text("client_id")!;
        var token = context.Body.Text("token") ?? throw Refused("invalid_request", "A token is required.");
        var isAccess = _access.TryGetValue(token, out var grant);
        var isKnown = isAccess || _refresh.TryGetValue(token, out grant);
        var active = isKnown && grant!.ClientId == clientId && grant.End > Core.Clock.Now;
        return Reply.Json(
            200,
            new JsonObject
            {
                ["active"] = active,
                ["client_id"] = clientId,
                ["token_type"] = isAccess || !isKnown ? "access_token" : "refresh_token",
                ["scope"] = active ? grant!.Scope : string.Empty,
                ["sub_type"] = "user",
                ["sub"] = _userId,
                ["organizations"] = new JsonArray(),
                ["aud"] = clientId,
                ["iss"] = Issuer,
                ["exp"] = active ? grant!.End.ToUnixTimeSeconds() : 0,
                ["iat"] = active ? grant!.End.AddSeconds(-AccessSeconds).ToUnixTimeSeconds() : 0,
            }
        );
    }

    /// <summary>What a client asks a person for.</summary>
    internal sealed record ConsentRequest(
        Document Client,
        string RedirectUri,
        IReadOnlyList<string> Scopes,
        QueryString Query
    );

    // Something that was given to a client.
    private sealed class Grant
    {
        public Grant(string clientId, string scope, DateTimeOffset end)
        {
            ClientId = clientId;
            Scope = scope;
            End = end;
        }

        public string ClientId { get; }

        public string Scope { get; }

        public DateTimeOffset End { get; }

        public string? RedirectUri { get; init; }

        public string? Challenge { get; init; }

        public string? ChallengeMethod { get; init; }

        public string? Partner { get; init; }
    }
}
