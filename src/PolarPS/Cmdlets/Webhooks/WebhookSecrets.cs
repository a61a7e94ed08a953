namespace PolarPS.Commands;

/// <summary>
/// What the cmdlets write of an endpoint's secret. Polar sends it with every endpoint; at the prompt it would end up in files and
/// logs, wherever endpoints are exported.
/// </summary>
internal static class WebhookSecrets
{
    /// <summary>An endpoint without its secret.</summary>
    public static PSObject Hide(WebhookEndpoint item)
    {
        item.Secret = null;
        return ModelShaper.Shape(item);
    }

    /// <summary>
    /// An endpoint whose secret is a SecureString: neither a table nor ConvertTo-Json nor Export-Csv shows it.
    /// </summary>
    public static PSObject Keep(WebhookEndpoint item)
    {
        var secret = Secrets.Secure(item.Secret);
        secret.MakeReadOnly();
        var shown = Hide(item);
        // Beside the object, and before its own property of that name, which is empty now.
        shown.Properties.Add(new PSNoteProperty(nameof(WebhookEndpoint.Secret), secret), preValidated: true);
        return shown;
    }
}
