namespace PolarPS.Commands;

/// <summary>Completes the types of the events that an endpoint can be told of.</summary>
public sealed class WebhookEventTypeCompleter() : KnownValuesCompleter(WebhookValues.WebhookEventType);

/// <summary>Completes for whom events are written.</summary>
public sealed class WebhookFormatCompleter() : KnownValuesCompleter(WebhookValues.WebhookFormat);

/// <summary>Completes the versions of the API in which events can be written.</summary>
public sealed class WebhookApiVersionCompleter() : KnownValuesCompleter(WebhookValues.ApiVersion);

/// <summary>Completes how endpoints answered, by the first digit.</summary>
public sealed class DeliveryCodeClassCompleter() : KnownValuesCompleter(WebhookValues.DeliveryCodeClass);
