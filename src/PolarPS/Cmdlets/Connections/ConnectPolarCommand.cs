using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Net;
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

    /// <summary>Production, Sandbox, Emulator, or an address. Without it the environment variable POLAR_ENVIRONMENT, or Production.</summary>
    [Parameter]
    [ConnectAttempt]
    [ArgumentCompleter(typeof(EnvironmentCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Environment { get; set; }

    /// <summary>Narrows a user's token to one organization. Without it the environment variable POLAR_ORGANIZATION_ID.</summary>
    [Parameter(ParameterSetName = TokenSet)]
    [Parameter(ParameterSetName = CredentialSet)]
    [ConnectAttempt]
    [PolarId(typeof(Client.Models.Organization), IdOnly = true)]
    [ArgumentCompleter(typeof(IdCompleter<Client.Models.Organization>))]
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
            connection = CustomerSession is null ? CreateSellers() : CreateCustomers(CustomerSession);
        }
        catch (ArgumentException exception)
        {
            ThrowTerminatingError(ErrorRecords.BadConnection(exception));
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
        return session.ExpiresAt is { } end && end <= NowAt(connection)
            ? throw new ArgumentException(
                $"The {session} ended at {DateReader.Text(end)}. Create another with New-PolarCustomerSession."
            )
            : connection;
    }

    // An emulator has a clock of its own; that of one behind a port is not known.
    private static DateTimeOffset NowAt(PolarConnection connection) =>
        connection.Emulator is { } emulator ? emulator.Now
        : connection.BaseAddress.IsLoopback ? DateTimeOffset.MinValue
        : DateTimeOffset.Now;

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
    protected override void StopProcessing() => _shell?.BeginStop(null, null);

    /// <summary>Disposes of what the test has used. If no session came through the pipeline, no customer is selected.</summary>
    public void Dispose()
    {
        if (!_isOver && MyInvocation is { ExpectingInput: true })
        {
            // What follows must not act for the customer before.
            ConnectionStore.BeginConnecting(PolarSide.Customer);
        }

        ConnectionStore.EndAttempt(_attempt);
        _shell?.Dispose();
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

            return new NetworkCredential(string.Empty, given).Password;
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

/// <summary>
/// Notes, with the first parameter that is read, that a connection is being made: where it is not, because this parameter or
/// the next is refused, what follows in the script must not run against the connection before.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ConnectAttemptAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        ConnectionStore.BeginConnecting();
        return inputData;
    }
}

/// <summary>Explains how to pass a token that is plain text: it would stay in the history and in logs.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TokenTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = PSValue.ValueOrCustom(inputData);
        return value switch
        {
            SecureString or null => value,
            PSCredential credential => credential.Password,
            string => throw new RefusedArgumentException(
                "The token must be a SecureString, to stay out of history and logs: (Read-Host -AsSecureString), "
                    + "(Get-Secret PolarToken), or ConvertTo-SecureString $text -AsPlainText -Force. Or set POLAR_ACCESS_TOKEN."
            ),
            _ => throw new RefusedArgumentException("The token must be a SecureString or a PSCredential."),
        };
    }
}
