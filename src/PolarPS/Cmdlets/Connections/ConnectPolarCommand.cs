using System.Security;

namespace PolarPS.Commands;

/// <summary>Creates a connection and selects it. Nothing is sent; Test-PolarConnection tests it.</summary>
[Cmdlet(VerbsCommunications.Connect, "Polar", DefaultParameterSetName = TokenSet)]
[OutputType(typeof(PolarConnection), typeof(PolarConnectionTest))]
public sealed class ConnectPolarCommand : ScreenCmdlet, IDisposable
{
    private const string TokenSet = "Token";
    private const string CredentialSet = "Credential";
    private const string CustomerSet = "CustomerSession";
    private const string InteractiveSet = "Interactive";
    private const int UsualPort = 18917;

    // Who it is, and of which organization: enough to connect, and to be told which scope a cmdlet lacks.
    private static readonly string[] LeastScopes = ["openid", "profile", "email", "organizations:read"];

    private readonly CancellationTokenSource _stop = new();

    // Before the parameters below are read, and unselect what is selected.
    private readonly ConnectAttempt _attempt = ConnectionStore.Attempt();

    private bool _isOver;
    private PowerShell? _shell;

    /// <summary>The access token. Without it the environment variable POLAR_ACCESS_TOKEN; the emulator needs none.</summary>
    [Parameter(ParameterSetName = TokenSet, Position = 0)]
    [ConnectAttempt]
    [TokenTransformation]
    [AllowNull]
    public SecureString? AccessToken { get; set; }

    /// <summary>A credential whose password is the access token; its user name does not matter.</summary>
    [Parameter(
        ParameterSetName = CredentialSet,
        Mandatory = true,
        HelpMessage = "The access token as password; the user name does not matter"
    )]
    [ConnectAttempt]
    [Credential]
    [ValidateNotNull]
    public PSCredential? Credential { get; set; }

    /// <summary>The customer's session, or its token, for the cmdlets of the customer portal; the seller's connection stays selected.</summary>
    [Parameter(
        ParameterSetName = CustomerSet,
        Mandatory = true,
        ValueFromPipeline = true,
        HelpMessage = "Not by typing, but with an object from New-PolarCustomerSession"
    )]
    [CustomerSessionTransformation]
    [ValidateNotNull]
    public CustomerSessionReference? CustomerSession { get; set; }

    /// <summary>Signs you in with your browser; the tokens are renewed by themselves.</summary>
    [Parameter(ParameterSetName = InteractiveSet, Mandatory = true, HelpMessage = "true, to sign in with your browser")]
    [ConnectAttempt]
    public SwitchParameter Interactive { get; set; }

    /// <summary>The public id of an OAuth client of your own, such as polar_ci_….</summary>
    [Parameter(
        ParameterSetName = InteractiveSet,
        Mandatory = true,
        HelpMessage = "Public id of an OAuth client of your own, which starts with polar_ci_"
    )]
    [ConnectAttempt]
    [ValidateNotNullOrEmpty]
    public string? ClientId { get; set; }

    /// <summary>The client's secret, for one that has any; a public client has none.</summary>
    [Parameter(ParameterSetName = InteractiveSet)]
    [ConnectAttempt]
    [TokenTransformation]
    [ValidateNotNull]
    public SecureString? ClientSecret { get; set; }

    /// <summary>The scopes to ask for; without it those with which it can tell who you are and for which organization.</summary>
    [Parameter(ParameterSetName = InteractiveSet)]
    [ConnectAttempt]
    [ArgumentCompleter(typeof(ScopeCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Scope { get; set; } = LeastScopes;

    /// <summary>The port of this computer to which the browser comes back; it belongs to the address that the client has registered.</summary>
    [Parameter(ParameterSetName = InteractiveSet)]
    [ConnectAttempt]
    [WholeNumber]
    [ValidateRange(1, 65535)]
    public int Port { get; set; } = UsualPort;

    /// <summary>Opens no browser: shows the address only.</summary>
    [Parameter(ParameterSetName = InteractiveSet)]
    [ConnectAttempt]
    public SwitchParameter NoBrowser { get; set; }

    /// <summary>How many seconds signing in may take.</summary>
    [Parameter(ParameterSetName = InteractiveSet)]
    [ConnectAttempt]
    [WholeNumber]
    [ValidateRange(1, 3600)]
    public int SignInTimeoutSeconds { get; set; } = 300;

    /// <summary>The SecretManagement vault that keeps the sign-in, so that the next session needs no browser; without it it ends with the session.</summary>
    [Parameter(ParameterSetName = InteractiveSet)]
    [ConnectAttempt]
    [ValidateNotNullOrEmpty]
    public string? SaveTo { get; set; }

    /// <summary>Production, Sandbox, Emulator, or an address. Without it the environment variable POLAR_ENVIRONMENT, or Production.</summary>
    [Parameter]
    [ConnectAttempt]
    [ArgumentCompleter(typeof(EnvironmentCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Environment { get; set; }

    /// <summary>Narrows a user's token to one organization. Without it the environment variable POLAR_ORGANIZATION_ID.</summary>
    [Parameter(ParameterSetName = TokenSet)]
    [Parameter(ParameterSetName = CredentialSet)]
    [Parameter(ParameterSetName = InteractiveSet)]
    [ConnectAttempt]
    [PolarId(typeof(Organization), IdOnly = true)]
    [ArgumentCompleter(typeof(IdCompleter<Organization>))]
    [ValidateNotNullOrEmpty]
    public string? OrganizationId { get; set; }

    /// <summary>The name by which -Connection finds it; one of the same name is replaced. Without it Default, for a customer Portal.</summary>
    [Parameter]
    [ConnectAttempt]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>How many seconds one attempt of a request may take.</summary>
    [Parameter]
    [ConnectAttempt]
    [WholeNumber]
    [ValidateRange(1, 3600)]
    public int AttemptTimeoutSeconds { get; set; } = (int)TransportLimits.Default.AttemptTimeout.TotalSeconds;

    /// <summary>How many seconds a request may take over all attempts and waits.</summary>
    [Parameter]
    [ConnectAttempt]
    [WholeNumber]
    [ValidateRange(1, 86400)]
    public int TotalTimeoutSeconds { get; set; } = (int)TransportLimits.Default.TotalTimeout.TotalSeconds;

    /// <summary>How often a request may be sent again after a fault; 0 for never.</summary>
    [Parameter]
    [ConnectAttempt]
    [WholeNumber]
    [ValidateRange(0, 20)]
    public int MaximumRetryCount { get; set; } = TransportLimits.Default.MaximumRetryCount;

    /// <summary>Refuses every request that changes something. The environment variable POLAR_READ_ONLY does the same.</summary>
    [Parameter]
    [ConnectAttempt]
    public SwitchParameter ReadOnly { get; set; }

    /// <summary>The slug or the id of the organization that is meant; with any other all requests are refused.</summary>
    [Parameter(ParameterSetName = TokenSet)]
    [Parameter(ParameterSetName = CredentialSet)]
    [Parameter(ParameterSetName = InteractiveSet)]
    [ConnectAttempt]
    [ValidateNotNullOrEmpty]
    public string? ExpectOrganization { get; set; }

    /// <summary>How much money may be refunded and charged: minor units by currency.</summary>
    [Parameter]
    [ConnectAttempt]
    [MoneyLimitTransformation]
    [ValidateNotNull]
    public IDictionary? MoneyLimit { get; set; }

    /// <summary>How often money may be moved: refunds, finalized orders, charges.</summary>
    [Parameter]
    [ConnectAttempt]
    [WholeNumber]
    [ValidateRange(0, int.MaxValue)]
    public int MoneyCount { get; set; }

    /// <summary>Calls Polar immediately, and writes which environment and organization it is. A connection that does not work is not created.</summary>
    [Parameter]
    [ConnectAttempt]
    public SwitchParameter Test { get; set; }

    /// <summary>Writes the connection.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        // Only a customer's session is piped, and what creates it needs the seller's connection.
        if (MyInvocation.ExpectingInput)
        {
            ConnectionStore.IsForCustomer(_attempt);
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        _isOver = true;
        PolarConnection connection;
        try
        {
            connection =
                CustomerSession is not null ? CreateCustomers(CustomerSession)
                : Interactive ? SignIn()
                : CreateSellers();
        }
        catch (ArgumentException exception)
        {
            ThrowTerminatingError(ErrorRecords.BadConnection(exception));
            return;
        }
        catch (SignInException exception)
        {
            ThrowTerminatingError(
                ErrorRecords.SignInFailed(exception.Message, exception.Advice, exception.InnerException)
            );
            return;
        }
        catch (PolarException exception)
        {
            ThrowTerminatingError(
                ErrorRecords.SignInFailed(exception.Message, "Run the command again to sign in once more.", exception)
            );
            return;
        }

        if (connection.Side == PolarSide.Customer)
        {
            // What sellers' cmdlets use is not what this is about.
            ConnectionStore.BeginConnecting(PolarSide.Customer);
        }

        var result = Test ? Try(connection) : null;
        ConnectionStore.Add(connection);
        if (result is not null)
        {
            WriteObject(result);
        }

        WriteVerbose($"Connected: {connection} at {connection.BaseAddress}; token: {connection.TokenKind}.");
        if (PassThru)
        {
            WriteObject(connection);
        }
    }

    private PolarConnection CreateSellers()
    {
        ConnectionStore.BeginConnecting();
        var environment = Environment ?? EnvironmentVariables.Get(EnvironmentVariables.Environment);
        var token = FindToken(environment);
        var isCustomers = token is not null && PolarPS.TokenKind.Of(token).Side == PolarSide.Customer;
        return ConnectionFactory.Create(
            Name ?? (isCustomers ? "Portal" : "Default"),
            environment,
            token,
            OrganizationId ?? (isCustomers ? null : EnvironmentVariables.Get(EnvironmentVariables.OrganizationId)),
            Limits,
            Rails
        );
    }

    private PolarConnection SignIn()
    {
        ConnectionStore.BeginConnecting();
        var environment = Environment ?? EnvironmentVariables.Get(EnvironmentVariables.Environment);
        var anyone = ConnectionFactory.CreateWithoutToken(environment);
        if (anyone.HasEmulator)
        {
            throw new ArgumentException(
                "No browser reaches the emulator inside this process. Start one with a port, Start-PolarEmulator -Port 0, and connect to its Url with -Environment."
            );
        }

        var clientId = ClientId!.Trim();
        if (Redactor.Redact(clientId) != clientId)
        {
            throw new ArgumentException(
                "-ClientId takes the public id of a client, polar_ci_..., and this is a secret."
            );
        }

        var secret = Secrets.Text(ClientSecret);
        var vault = SaveTo is null ? null : new TokenVault(SaveTo, TokenVault.SecretOf(anyone.Environment, clientId));
        var flow = new SignInFlow(this, _stop.Token)
        {
            WithoutBrowser = NoBrowser,
            Patience = TimeSpan.FromSeconds(SignInTimeoutSeconds),
            Vault = vault,
        };
        var token = flow.Run(anyone, new SignInRequest(clientId, secret, Scope, Port));
        var kind = PolarPS.TokenKind.Of(token.AccessToken ?? string.Empty);
        var source = new OAuth2TokenSource(new PolarClient(anyone.Http).OAuth2, clientId, token, secret);
        var organization =
            OrganizationId
            ?? EnvironmentVariables.Get(EnvironmentVariables.OrganizationId)
            ?? OnlyOrganization(Create(null));
        var connection = Create(organization);
        if (vault is not null)
        {
            source.Renewed += renewed => KeepAside(flow, renewed, connection);
        }

        return connection;

        PolarConnection Create(string? organizationId) =>
            ConnectionFactory.CreateRenewed(
                Name ?? "Default",
                environment,
                kind,
                source,
                organizationId,
                Limits,
                Rails
            );
    }

    // On a thread of its own, where nothing can be shown.
    private static void KeepAside(SignInFlow flow, OAuth2Token renewed, PolarConnection connection)
    {
        try
        {
            flow.Keep(renewed);
        }
        catch (ArgumentException exception)
        {
            connection.Notice =
                $"The renewed sign-in was not kept, so the next session has to sign in again. {exception.Message}";
        }
    }

    // A user's token may reach several; what follows is meant for one.
    private string? OnlyOrganization(PolarConnection connection)
    {
        try
        {
            var list = new PolarClient(connection.Http).Organizations.List(new OrganizationQuery { First = 10 });
            var found = Task.Run(() => list.ReadFirstPageAsync(_stop.Token)).GetAwaiter().GetResult();
            if (found.Count > 1)
            {
                ThrowTerminatingError(
                    ErrorRecords.SeveralOrganizations(found.Select(one => $"{one.Name} ({one.Slug}, {one.Id})"))
                );
            }

            return found.Count == 1 ? found[0].Id : null;
        }
        catch (PolarPermissionException)
        {
            // Without the scope it cannot be told; Polar says so where it matters.
            return null;
        }
    }

    private PolarConnection CreateCustomers(CustomerSessionReference session)
    {
        ConnectionStore.BeginConnecting(PolarSide.Customer);
        // A session is good where it was created; a mere token most likely where this session works.
        var origin = session.Origin ?? (Environment is null ? Selected() : null);
        var connection = ConnectionFactory.CreateForCustomer(
            Name ?? "Portal",
            Environment ?? (origin is null ? EnvironmentVariables.Get(EnvironmentVariables.Environment) : null),
            session.Token,
            origin,
            Limits,
            Rails
        );
        return session.ExpiresAt is { } end && end <= connection.Now
            ? throw new ArgumentException(
                $"The {session} ended at {DateReader.Text(end)}. Create another with New-PolarCustomerSession."
            )
            : connection;
    }

    private static PolarConnection? Selected() =>
        ConnectionStore.Resolve().Connection is { HasEnded: false } selected ? selected : null;

    private TransportLimits Limits =>
        new(TimeSpan.FromSeconds(AttemptTimeoutSeconds), TimeSpan.FromSeconds(TotalTimeoutSeconds), MaximumRetryCount);

    private ConnectionRails Rails =>
        new()
        {
            ReadOnly = ReadOnly || EnvironmentVariables.IsReadOnly,
            ExpectedOrganization = ExpectOrganization?.Trim(),
            MoneyLimits = MoneyLimit as IReadOnlyDictionary<string, long>,
            MoneyCount = IsBound(nameof(MoneyCount)) ? MoneyCount : null,
        };

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        _stop.Cancel();
        _shell?.BeginStop(null, null);
    }

    /// <summary>
    /// Disposes of what the test and the sign-in have used. If no session came through the pipeline, no customer is selected.
    /// </summary>
    public void Dispose()
    {
        if (!_isOver && MyInvocation is { ExpectingInput: true })
        {
            // What follows must not act for the customer before.
            ConnectionStore.BeginConnecting(PolarSide.Customer);
        }

        ConnectionStore.EndAttempt(_attempt);
        _shell?.Dispose();
        _stop.Dispose();
    }

    // The other cmdlet does it, from its type: whatever the session calls it, or hides.
    private PolarConnectionTest? Try(PolarConnection connection)
    {
        _shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        var result = _shell
            .AddCommand(new CmdletInfo("Test-PolarConnection", typeof(TestPolarConnectionCommand)))
            .AddParameter("Connection", connection)
            .Invoke<PolarConnectionTest>()
            .FirstOrDefault();
        if (result is { Works: true })
        {
            return result;
        }

        ThrowTerminatingError(
            result is null && _shell.Streams.Error.Count > 0
                ? _shell.Streams.Error[0]
                : ErrorRecords.TestFailed(connection, result)
        );
        return null;
    }

    private string? FindToken(string? environment)
    {
        if (IsBound(nameof(AccessToken)) || Credential is not null)
        {
            // A variable that holds nothing, such as of a secret that was not found, must not lead to another shop.
            if ((AccessToken ?? Credential?.Password) is not { } given)
            {
                ThrowTerminatingError(ErrorRecords.TokenIsNothing());
                return null;
            }

            return Secrets.Text(given);
        }

        if (ConnectionFactory.Emulator.Equals(environment, StringComparison.OrdinalIgnoreCase))
        {
            // A real token has no business in a shop that is made up.
            return null;
        }

        var token = EnvironmentVariables.Get(EnvironmentVariables.AccessToken);
        if (token is null)
        {
            ThrowTerminatingError(ErrorRecords.TokenMissing());
        }

        return token;
    }
}
