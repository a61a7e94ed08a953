using System.Security;
using System.Text;

namespace PolarPS.Commands;

/// <summary>What the cmdlets share that look at a delivery which has arrived. They need no connection, and send nothing.</summary>
public abstract class WebhookRequestCmdlet : ScreenCmdlet
{
    /// <summary>The raw body of the request: its text, or its bytes.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = "Raw body of the request, exactly as it arrived"
    )]
    [WebhookBody]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [ValidateNotNull]
    [Alias("RawBody")]
    public object Body { get; set; } = string.Empty;

    /// <summary>The headers of the request, their names in any case.</summary>
    [Parameter(
        Mandatory = true,
        Position = 1,
        HelpMessage = "Not by typing, but on the command line: the headers of the request"
    )]
    [WebhookHeader]
    [ValidateNotNull]
    [Alias("Headers")]
    public IDictionary Header { get; set; } = null!;

    /// <summary>The secret of the endpoint, or several of which one has to be right.</summary>
    [Parameter(
        Mandatory = true,
        Position = 2,
        HelpMessage = "Secret of the endpoint, which starts with whsec_ or polar_whs_"
    )]
    [WebhookSecret]
    [ValidateNotNullOrEmpty]
    public SecureString[] Secret { get; set; } = [];

    /// <summary>How many seconds ago a delivery can have been signed at most, or how many seconds in the future.</summary>
    [Parameter]
    [WholeNumber]
    [ValidateRange(1, int.MaxValue)]
    public int ToleranceSeconds { get; set; } = 300;

    /// <summary>Verifies with the secrets that were given. A secret that is none ends the cmdlet.</summary>
    internal WebhookVerifier Verifier()
    {
        try
        {
            return new WebhookVerifier(WebhookSecretAttribute.Texts(Secret), TimeSpan.FromSeconds(ToleranceSeconds));
        }
        catch (ArgumentException exception)
        {
            ThrowTerminatingError(ErrorRecords.BadWebhookSecret(exception));
            throw;
        }
    }

    /// <summary>The headers, each value on its own.</summary>
    internal IEnumerable<KeyValuePair<string, string>> Headers() => WebhookHeaderAttribute.Pairs(Header);

    /// <summary>The bytes that were signed.</summary>
    internal byte[] Bytes() =>
        PSValue.ValueOnly(Body) as byte[] ?? Encoding.UTF8.GetBytes((string)PSValue.ValueOnly(Body)!);
}
