namespace PolarPS.Commands;

/// <summary>Sends payloads to one address, each signed with the secret of its endpoint, or with the one that was given.</summary>
internal sealed class WebhookDispatch(PolarCmdlet cmdlet, string address, string? secret, TimeSpan timeout)
    : IDisposable
{
    private readonly Dictionary<string, WebhookSender> _senders = new(StringComparer.Ordinal);

    /// <summary>Sends one.</summary>
    /// <param name="id">The event's id.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="isStored">Whether Polar knows the event.</param>
    /// <returns>How it was answered; null where there is no secret to sign it with.</returns>
    public WebhookSendResult? Send(string id, string payload, bool isStored) =>
        Find(id, isStored) is { } sender ? cmdlet.Await(token => sender.SendAsync(id, payload, token)) : null;

    public void Dispose()
    {
        foreach (var sender in _senders.Values)
        {
            sender.Dispose();
        }
    }

    private WebhookSender? Find(string id, bool isStored)
    {
        if (secret is not null)
        {
            return Sender(string.Empty, () => new WebhookSigner(secret));
        }

        var endpoint = cmdlet.Await(token => cmdlet.Client.Webhooks.FindEndpointAsync(isStored ? id : null, token));
        return endpoint is { Id: { } own, Secret: { Length: > 0 } known }
            ? Sender(own, () => new WebhookSigner(known, endpoint.UsesStandardWebhookSignature))
            : null;
    }

    private WebhookSender Sender(string key, Func<WebhookSigner> sign)
    {
        if (!_senders.TryGetValue(key, out var sender))
        {
            _senders.Add(key, sender = new WebhookSender(new Uri(address), sign(), timeout));
        }

        return sender;
    }
}
