using System.ComponentModel;

namespace PolarPS.Commands;

/// <summary>What Polar has stored of an event: what was sent, and under which id.</summary>
[TypeConverter(typeof(ReadingConverter))]
public sealed class WebhookPayloadReference
{
    internal WebhookPayloadReference(string id, string? type, string? payload)
    {
        Id = id;
        Type = type;
        Payload = payload;
    }

    /// <summary>The event's id.</summary>
    public string Id { get; }

    /// <summary>What happened, such as order.paid.</summary>
    public string? Type { get; }

    /// <summary>The payload; null once Polar has archived it.</summary>
    public string? Payload { get; }

    /// <summary>The event.</summary>
    /// <returns>Its type and id.</returns>
    public override string ToString() => $"{Type} {Id}";
}

/// <summary>Takes deliveries from Get-PolarWebhookDelivery, their events, and copies of either.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WebhookPayloadAttribute : ReadingAttribute
{
    private protected override bool IsScalar => false;

    private protected override string? Read(object? value, out object? result)
    {
        var items = PSValue.Items(value)?.ToList() ?? [value];
        var read = new WebhookPayloadReference[items.Count];
        result = read;
        for (var i = 0; i < read.Length; i++)
        {
            if (Of(items[i]) is not { } one)
            {
                return $"Expected a delivery from Get-PolarWebhookDelivery, or its event, but this is {ValueText.Given(items[i])}.";
            }

            read[i] = one;
        }

        return null;
    }

    private static WebhookPayloadReference? Of(object? item) =>
        PSValue.ValueOrCustom(item) switch
        {
            WebhookPayloadReference reference => reference,
            WebhookDelivery { WebhookEvent: { } told } => Of(told),
            WebhookDeliveryEvent { Id: { } id } told => new WebhookPayloadReference(id, told.Type, told.Payload),
            PSObject copy when PSValue.IsCopyOf(copy, typeof(WebhookDelivery)) => Of(
                PSValue.Property(copy, nameof(WebhookDelivery.WebhookEvent))
            ),
            PSObject copy
                when PSValue.IsCopyOf(copy, typeof(WebhookDeliveryEvent))
                    && PSValue.Property(copy, "Id") is string id => new WebhookPayloadReference(
                id,
                PSValue.Property(copy, "Type") as string,
                PSValue.Property(copy, "Payload") as string
            ),
            _ => null,
        };
}
