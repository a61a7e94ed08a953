using System.Text.Json;
using System.Text.Json.Serialization;

namespace PolarPS.Client;

/// <summary>An event that Polar sends to an endpoint: what happened, and to which object.</summary>
public sealed class WebhookEvent : PolarObject
{
    // Boxed, because the types of its fields are loaded with a class: System.Text.Json would be, for the syntax of a cmdlet.
    private object? _writtenData;

    /// <summary>The types of events that this version knows; each has a class for its data.</summary>
    public static IReadOnlyCollection<string> Types => WebhookData.Types;

    /// <summary>The event's id, the same however often it is delivered; null where only the body was read.</summary>
    [JsonIgnore]
    public string? Id { get; internal set; }

    /// <summary>What happened, such as <c>order.paid</c>.</summary>
    public string? Type { get; set; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset? Timestamp { get; set; }

    /// <summary>The version of the API in which it is written, such as <c>2026-10</c>.</summary>
    public string? ApiVersion { get; set; }

    /// <summary>
    /// What it happened to, as it was then: an <see cref="Order"/>, a <see cref="Subscription"/> and so on, by the type; of a
    /// type that came after this version, plain values by name.
    /// </summary>
    [JsonIgnore]
    public object? Data { get; internal set; }

    /// <summary>Where it came from: <c>Port</c> or <c>Delivery</c> (Polar's list of them); null where something else read it.</summary>
    [JsonIgnore]
    public string? Source { get; internal set; }

    /// <summary>
    /// How often a receiver has begun to handle it, this time included; null where something else read it. More than 1 where an earlier
    /// attempt failed.
    /// </summary>
    [JsonIgnore]
    public int? Attempt { get; internal set; }

    /// <summary>
    /// Whether its signature was verified; false for what has none, such as an event from Polar's list of deliveries; null where
    /// nobody asked.
    /// </summary>
    [JsonIgnore]
    public bool? Verified { get; internal set; }

    /// <summary>Of <c>subscription.migrated</c>: where the subscription was before; else null.</summary>
    public string? Provider { get; set; }

    /// <summary>Of <c>subscription.migrated</c>: its id there; else null.</summary>
    public string? ProviderSubscriptionId { get; set; }

    /// <summary>The text that it was read from, where it may be sent on.</summary>
    [JsonIgnore]
    internal string? Payload { get; set; }

    /// <summary>The endpoint whose deliveries it was found among.</summary>
    [JsonIgnore]
    internal string? EndpointId { get; set; }

    [JsonInclude]
    [JsonPropertyName("data")]
    internal JsonElement? WrittenData
    {
        get => (JsonElement?)_writtenData;
        set => _writtenData = value;
    }

    /// <summary>Reads an event without asking where it comes from: from one's own archive, say. See <see cref="WebhookVerifier"/>.</summary>
    /// <param name="json">The body of a delivery.</param>
    /// <returns>The event.</returns>
    /// <exception cref="WebhookVerificationException">It is not an event.</exception>
    public static WebhookEvent Parse(string json)
    {
        try
        {
            var read = ModelReaders.WebhookEvent.Read(json ?? throw new ArgumentNullException(nameof(json)));
            if (read is { Type.Length: > 0, WrittenData.ValueKind: JsonValueKind.Object })
            {
                read.Data = WebhookData.Read(read.Type, read.WrittenData.Value.GetRawText());
                return read;
            }
        }
        catch (JsonException exception)
        {
            throw NotAnEvent(exception);
        }

        throw NotAnEvent(null);
    }

    /// <summary>What happened, and to what.</summary>
    /// <returns>Such as <c>order.paid: NWND-0002: $44.10 (paid)</c>.</returns>
    private protected override string Describe() => $"{Type}: {Data}";

    private static WebhookVerificationException NotAnEvent(Exception? cause) =>
        new(
            WebhookFault.NotAnEvent,
            "The body is not an event: expected JSON with a type and data. Endpoints with the format discord or slack receive messages instead.",
            cause
        );
}
