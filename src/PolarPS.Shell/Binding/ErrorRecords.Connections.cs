namespace PolarPS.Commands;

// Those for a connection that is not there, is for the other side of Polar, or could not be signed in for.
internal static partial class ErrorRecords
{
    private const string Choosing =
        "Select one of Get-PolarConnection with Select-PolarConnection, or use -Connection. The environment variables are not used automatically.";

    private const string ChoosingCustomer =
        "Connect with a session of the customer: New-PolarCustomerSession <customer> | Connect-Polar. To go back to one of Get-PolarConnection, use Select-PolarConnection.";

    /// <summary>There is no connection to use, and why.</summary>
    public static ErrorRecord NotConnected(Resolution resolution, PolarSide side = PolarSide.Seller)
    {
        if (resolution.Connection is { } ended)
        {
            return ended.IsStopped
                ? EmulatorStopped(ended.Name)
                : Create(
                    new InvalidOperationException(
                        $"The selected connection '{Redactor.Redact(ended.Name)}' has been disconnected."
                    ),
                    "PolarNotConnected",
                    ErrorCategory.ConnectionError,
                    ended.Name,
                    side == PolarSide.Customer ? ChoosingCustomer : Choosing
                );
        }

        if (side == PolarSide.Customer)
        {
            return Create(
                new InvalidOperationException(
                    resolution.Reason == NoConnection.ConnectFailed
                        ? "No customer's connection is selected, because the last Connect-Polar failed."
                        : "No customer's connection is selected, and cmdlets of the customer portal use no other."
                ),
                "PolarNotConnected",
                ErrorCategory.ConnectionError,
                null,
                ChoosingCustomer
            );
        }

        if (resolution.Reason == NoConnection.Ambiguous)
        {
            return SeveralConnections(resolution.Candidates);
        }

        var others = ConnectionStore.Visible.Any(connection => connection.Side == PolarSide.Seller);
        var message =
            resolution.Reason == NoConnection.ConnectFailed
                ? "No connection is selected, because the last Connect-Polar failed."
            : others ? "No connection is selected."
            : "There is no connection to Polar.";
        return Create(
            new InvalidOperationException(message),
            "PolarNotConnected",
            ErrorCategory.ConnectionError,
            null,
            resolution.Reason == NoConnection.NeverChosen
                    ? "Run Connect-Polar -AccessToken (Read-Host -AsSecureString), or set the environment variable POLAR_ACCESS_TOKEN. To try PolarPS without an account: Connect-Polar -Environment Emulator."
                : others ? Choosing
                : "Run Connect-Polar, which reads the environment variable POLAR_ACCESS_TOKEN, or use -AccessToken (Read-Host -AsSecureString). After Connect-Polar, Select-PolarConnection or Disconnect-Polar, the variables are not used automatically."
        );
    }

    /// <summary>The connection's token is of a kind that Polar would refuse.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="cmdlet">The cmdlet's name.</param>
    /// <param name="side">Which side of Polar the cmdlet is for.</param>
    public static ErrorRecord WrongSide(PolarConnection connection, string cmdlet, PolarSide side)
    {
        var name = Redactor.Redact(connection.Name);
        var (message, action) =
            side == PolarSide.Seller
                ? (
                    $"{cmdlet} needs a seller's token; the connection '{name}' has a {connection.TokenKind}.",
                    "Use a connection with an organization's token, or the cmdlet of the same name with PolarPortal in it."
                )
            : connection.Side == PolarSide.Customer
                ? (
                    $"{cmdlet} is for members of a team; the connection '{name}' has a {connection.TokenKind}.",
                    "Connect with a session of a member: New-PolarCustomerSession -Member <member> | Connect-Polar."
                )
            : (
                $"{cmdlet} is for customers; the connection '{name}' has a seller's token ({connection.TokenKind}).",
                "Connect with a session of the customer: New-PolarCustomerSession <customer> | Connect-Polar. Or use the cmdlet of the same name without Portal in it."
            );
        return Create(
            new InvalidOperationException(message),
            "PolarWrongTokenKind",
            ErrorCategory.ConnectionError,
            connection.Name,
            "Nothing was sent. " + action
        );
    }

    /// <summary>Signing in did not work.</summary>
    /// <param name="reason">Why, as a sentence.</param>
    /// <param name="advice">What to do about it.</param>
    /// <param name="exception">What was behind it; null for nothing.</param>
    public static ErrorRecord SignInFailed(string reason, string? advice, Exception? exception = null) =>
        Create(
            new InvalidOperationException(reason, exception),
            "PolarSignInFailed",
            ErrorCategory.AuthenticationError,
            null,
            advice
        );

    /// <summary>Who signed in has several organizations, and none was named.</summary>
    public static ErrorRecord SeveralOrganizations(IEnumerable<string> organizations) =>
        Create(
            new InvalidOperationException(
                "The sign-in gives access to several organizations, and -OrganizationId names none: "
                    + string.Join(", ", organizations)
                    + "."
            ),
            "PolarOrganizationAmbiguous",
            ErrorCategory.InvalidArgument,
            null,
            "Nothing is connected. Repeat the command with -OrganizationId and one of these ids."
        );
}
