using System.Security;

namespace PolarPS;

/// <summary>
/// Keeps the refresh token of a sign-in in a vault of the SecretManagement module, from one session to the next. A token is renewed on
/// any thread, so that each call has a session of its own, in which vaults are known as everywhere: they belong to the user.
/// </summary>
/// <param name="vault">The name of the vault.</param>
/// <param name="secret">The name of the secret.</param>
internal sealed class TokenVault(string vault, string secret)
{
    private const string Module = "Microsoft.PowerShell.SecretManagement";

    /// <summary>The name of the secret.</summary>
    public string Secret => secret;

    /// <summary>What the secret of a client is called: one for each client and place.</summary>
    public static string SecretOf(string environment, string clientId) => $"PolarPS {environment} {clientId}";

    /// <summary>The token that is kept; null for none.</summary>
    /// <exception cref="ArgumentException">There is no such vault, or it is locked.</exception>
    public string? Read()
    {
        using var shell = PowerShell.Create(RunspaceMode.NewRunspace);
        shell
            .AddCommand(Module + "\\Get-SecretInfo")
            .AddParameter("Vault", vault)
            .AddParameter("Name", WildcardPattern.Escape(secret));
        if (Run(shell).Length == 0)
        {
            return null;
        }

        using var reader = PowerShell.Create(RunspaceMode.NewRunspace);
        reader.AddCommand(Module + "\\Get-Secret").AddParameter("Vault", vault).AddParameter("Name", secret);
        return Run(reader).FirstOrDefault()?.BaseObject is SecureString token ? Secrets.Text(token) : null;
    }

    /// <summary>Keeps a token in the place of the one before.</summary>
    /// <exception cref="ArgumentException">There is no such vault, or it is locked.</exception>
    public void Write(string token)
    {
        using var shell = PowerShell.Create(RunspaceMode.NewRunspace);
        shell
            .AddCommand(Module + "\\Set-Secret")
            .AddParameter("Vault", vault)
            .AddParameter("Name", secret)
            .AddParameter("SecureStringSecret", Secrets.Secure(token));
        _ = Run(shell);
    }

    private PSObject[] Run(PowerShell shell)
    {
        shell.AddParameter("ErrorAction", ActionPreference.Stop);
        try
        {
            return [.. shell.Invoke()];
        }
        catch (CommandNotFoundException exception)
        {
            throw new ArgumentException(
                $"-SaveTo needs the module {Module}, which is not installed: Install-PSResource {Module}.",
                exception
            );
        }
        catch (RuntimeException exception)
        {
            throw new ArgumentException(
                $"The vault '{vault}' refused: {Redactor.Redact(exception.Message)}",
                exception
            );
        }
    }
}
