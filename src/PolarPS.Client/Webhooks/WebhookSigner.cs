namespace PolarPS.Client;

/// <summary>
/// Signs payloads as Polar does, so that a handler can be tried with them. It makes nothing that Polar has not given the secret
/// for. Safe to share between threads.
/// </summary>
public sealed class WebhookSigner
{
    private readonly byte[][] _keys;
    private readonly Func<DateTimeOffset> _clock;

    /// <summary>A signer with the secret of an endpoint.</summary>
    /// <param name="secret">The endpoint's secret, whole, as Polar shows it.</param>
    /// <param name="usesStandardSignature">
    /// How the secret is used, which <see cref="Models.WebhookEndpoint.UsesStandardWebhookSignature"/> tells: true as Standard
    /// Webhooks has it, false in Polar's older way; null for a signature of either kind, of which a receiver needs one.
    /// </param>
    /// <param name="clock">Tells the time; null for the computer's own clock.</param>
    /// <exception cref="ArgumentException">There is no secret in it, or it is none of Standard Webhooks where that is asked for.</exception>
    public WebhookSigner(string secret, bool? usesStandardSignature = null, Func<DateTimeOffset>? clock = null)
    {
        _keys = WebhookKeys.Of(secret, usesStandardSignature).ToArray();
        _clock = clock ?? (() => DateTimeOffset.UtcNow);
    }

    /// <summary>The headers that go with a payload, signed now.</summary>
    /// <param name="id">The event's id.</param>
    /// <param name="body">The payload, byte for byte as it is going to be sent.</param>
    /// <returns><c>webhook-id</c>, <c>webhook-timestamp</c> and <c>webhook-signature</c>.</returns>
    public IReadOnlyList<KeyValuePair<string, string>> Sign(string id, byte[] body)
    {
        if (string.IsNullOrWhiteSpace(id))
        {
            throw new ArgumentException("The event has no id.", nameof(id));
        }

        var time = _clock().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signed = WebhookKeys.Signed(id, time, body ?? throw new ArgumentNullException(nameof(body)));
        return
        [
            new("webhook-id", id),
            new("webhook-timestamp", time),
            new("webhook-signature", string.Join(" ", _keys.Select(key => WebhookKeys.Sign(key, signed)))),
        ];
    }

    /// <summary>What this is, without the secret.</summary>
    /// <returns>The name of the class.</returns>
    public override string ToString() => nameof(WebhookSigner);
}
