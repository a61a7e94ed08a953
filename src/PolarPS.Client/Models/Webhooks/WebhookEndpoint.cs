namespace PolarPS.Client.Models;

/// <summary>An address to which Polar sends events.</summary>
public sealed class WebhookEndpoint : PolarObject, IDated
{
    /// <summary>The endpoint's id, a UUID.</summary>
    public string? Id { get; set; }

    /// <summary>The address.</summary>
    public string? Url { get; set; }

    /// <summary>A name for yourself; null for none.</summary>
    public string? Name { get; set; }

    /// <summary>Whether Polar delivers to it; off after ten events in a row that could not be delivered.</summary>
    public bool? Enabled { get; set; }

    /// <summary>What is sent: <c>raw</c> (the event itself), or a message for <c>discord</c> or <c>slack</c>.</summary>
    public string? Format { get; set; }

    /// <summary>The types of the events that are sent, such as <c>order.paid</c>.</summary>
    public PolarList<string>? Events { get; set; }

    /// <summary>The version of the API in which events are written, such as <c>2026-10</c>.</summary>
    public string? ApiVersion { get; set; }

    /// <summary>What deliveries are signed with. Anyone who has it can forge them.</summary>
    public string? Secret { get; set; }

    /// <summary>How the secret is used: true as Standard Webhooks has it, false in Polar's older way. <see cref="WebhookVerifier"/> knows both.</summary>
    public bool? UsesStandardWebhookSignature { get; set; }

    /// <summary>The id of the organization.</summary>
    public string? OrganizationId { get; set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it was last changed; null if never.</summary>
    public DateTimeOffset? ModifiedAt { get; set; }

    /// <summary>The endpoint's name.</summary>
    /// <returns>The name, or the address where there is none; never the secret.</returns>
    private protected override string Describe() => Name ?? Url ?? Id ?? string.Empty;
}

/// <summary>One attempt to tell an endpoint of an event.</summary>
public sealed class WebhookDelivery : PolarObject, IDated
{
    /// <summary>The attempt's id, a UUID.</summary>
    public string? Id { get; set; }

    /// <summary>Whether the endpoint accepted it.</summary>
    public bool? Succeeded { get; set; }

    /// <summary>The status with which the endpoint answered; null if it did not answer.</summary>
    public int? HttpCode { get; set; }

    /// <summary>The endpoint's response, or why it could not be reached; null for none.</summary>
    public string? Response { get; set; }

    /// <summary>The event that was sent.</summary>
    public WebhookDeliveryEvent? WebhookEvent { get; set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it was last changed; null if never.</summary>
    public DateTimeOffset? ModifiedAt { get; set; }

    /// <summary>The attempt in short.</summary>
    /// <returns>Such as <c>order.paid: 200</c>.</returns>
    private protected override string Describe() =>
        $"{WebhookEvent?.Type}: {(HttpCode is int code ? code.ToString(CultureInfo.InvariantCulture) : Response)}";
}

/// <summary>An event that is sent to an endpoint.</summary>
public sealed class WebhookDeliveryEvent : PolarObject, IDated
{
    /// <summary>The event's id, a UUID; receivers read it as <c>webhook-id</c>.</summary>
    public string? Id { get; set; }

    /// <summary>What happened, such as <c>order.paid</c>.</summary>
    public string? Type { get; set; }

    /// <summary>What is sent, as JSON text, which <see cref="WebhookEvent.Parse"/> reads; null once it is archived.</summary>
    public string? Payload { get; set; }

    /// <summary>The version of the API in which it is written.</summary>
    public string? ApiVersion { get; set; }

    /// <summary>Whether the endpoint has accepted it; null before the first attempt.</summary>
    public bool? Succeeded { get; set; }

    /// <summary>The status of the endpoint's last response; null if there was none.</summary>
    public int? LastHttpCode { get; set; }

    /// <summary>Whether it was left out because the endpoint was switched off.</summary>
    public bool? Skipped { get; set; }

    /// <summary>Whether it is archived: it can no longer be read or delivered.</summary>
    public bool? IsArchived { get; set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it was last changed; null if never.</summary>
    public DateTimeOffset? ModifiedAt { get; set; }

    /// <summary>What happened.</summary>
    /// <returns>The type, or the id where there is none.</returns>
    private protected override string Describe() => Type ?? Id ?? string.Empty;
}
