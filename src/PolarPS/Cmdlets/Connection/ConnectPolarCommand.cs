using System;
using System.Management.Automation;
using System.Net;
using System.Security;

namespace PolarPS.Commands;

/// <summary>Makes a connection and selects it. Nothing is sent; Test-PolarConnection tries it.</summary>
[Cmdlet(VerbsCommunications.Connect, "Polar", DefaultParameterSetName = TokenSet)]
[OutputType(typeof(PolarConnection))]
public sealed class ConnectPolarCommand : PSCmdlet
{
    private const string TokenSet = "Token";
    private const string CredentialSet = "Credential";

    /// <summary>The access token. Without it the environment variable POLAR_ACCESS_TOKEN; the emulator needs none.</summary>
    [Parameter(ParameterSetName = TokenSet, Position = 0)]
    [TokenTransformation]
    public SecureString? AccessToken { get; set; }

    /// <summary>A credential whose password is the access token; its user name is of no matter.</summary>
    [Parameter(ParameterSetName = CredentialSet, Mandatory = true)]
    [Credential]
    [ValidateNotNull]
    public PSCredential? Credential { get; set; }

    /// <summary>Production, Sandbox, Emulator, or an address. Without it the environment variable POLAR_ENVIRONMENT, or Production.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(EnvironmentCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Environment { get; set; }

    /// <summary>Narrows a user's token to one organization. Without it the environment variable POLAR_ORGANIZATION_ID.</summary>
    [Parameter]
    [PolarId(typeof(Client.Models.Organization))]
    [ArgumentCompleter(typeof(IdCompleter<Client.Models.Organization>))]
    [ValidateNotNullOrEmpty]
    public string? OrganizationId { get; set; }

    /// <summary>The name by which -Connection finds it; one of the same name is replaced.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "Default";

    /// <summary>How many seconds one attempt of a request may take.</summary>
    [Parameter]
    [WholeNumber]
    [ValidateRange(1, 3600)]
    public int AttemptTimeoutSeconds { get; set; } = (int)TransportLimits.Default.AttemptTimeout.TotalSeconds;

    /// <summary>How many seconds a request may take over all attempts and waits.</summary>
    [Parameter]
    [WholeNumber]
    [ValidateRange(1, 86400)]
    public int TotalTimeoutSeconds { get; set; } = (int)TransportLimits.Default.TotalTimeout.TotalSeconds;

    /// <summary>How often a request may be sent again after a fault; 0 for never.</summary>
    [Parameter]
    [WholeNumber]
    [ValidateRange(0, 20)]
    public int MaximumRetryCount { get; set; } = TransportLimits.Default.MaximumRetryCount;

    /// <summary>Writes the connection.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var environment = Environment ?? System.Environment.GetEnvironmentVariable(EnvironmentVariables.Environment);
        var organization =
            OrganizationId ?? System.Environment.GetEnvironmentVariable(EnvironmentVariables.OrganizationId);
        PolarConnection connection;
        try
        {
            connection = ConnectionFactory.Create(
                Name,
                environment,
                FindToken(environment),
                string.IsNullOrEmpty(organization) ? null : organization,
                new TransportLimits(
                    TimeSpan.FromSeconds(AttemptTimeoutSeconds),
                    TimeSpan.FromSeconds(TotalTimeoutSeconds),
                    MaximumRetryCount
                )
            );
        }
        catch (ArgumentException exception)
        {
            ThrowTerminatingError(ErrorRecords.BadConnection(exception));
            return;
        }

        ConnectionStore.Add(connection);
        WriteVerbose($"Connected: {connection} at {connection.BaseAddress}, with a token: {connection.TokenKind}.");
        if (PassThru)
        {
            WriteObject(connection);
        }
    }

    private string? FindToken(string? environment)
    {
        var given = AccessToken ?? Credential?.Password;
        if (given is not null)
        {
            return new NetworkCredential(string.Empty, given).Password;
        }

        if (ConnectionFactory.Emulator.Equals(environment, StringComparison.OrdinalIgnoreCase))
        {
            // A real token has no business in a shop that is made up.
            return null;
        }

        var token = System.Environment.GetEnvironmentVariable(EnvironmentVariables.AccessToken);
        if (string.IsNullOrEmpty(token))
        {
            ThrowTerminatingError(ErrorRecords.TokenMissing());
        }

        return token;
    }
}

/// <summary>Says what to do with a token that is plain text: it would stay in the history and in logs.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TokenTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            SecureString or null => value,
            PSCredential credential => credential.Password,
            string => throw new ArgumentTransformationMetadataException(
                "The token has to be a SecureString, so that it stays out of history and logs: (Read-Host -AsSecureString), "
                    + "(Get-Secret PolarToken), or ConvertTo-SecureString $text -AsPlainText -Force. Or set POLAR_ACCESS_TOKEN."
            ),
            _ => throw new ArgumentTransformationMetadataException(
                "The token has to be a SecureString or a PSCredential."
            ),
        };
    }
}
