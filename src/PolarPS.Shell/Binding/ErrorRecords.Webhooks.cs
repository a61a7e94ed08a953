namespace PolarPS.Commands;

// What concerns webhooks.
internal static partial class ErrorRecords
{
    /// <summary>A delivery that is not to be trusted, or cannot be read.</summary>
    public static ErrorRecord From(WebhookVerificationException exception)
    {
        var (id, category, advice) = exception.Fault switch
        {
            WebhookFault.MissingHeader => (
                "PolarWebhookHeaderMissing",
                ErrorCategory.InvalidData,
                "Pass all headers of the request. Polar sends webhook-id, webhook-timestamp and webhook-signature with every delivery."
            ),
            WebhookFault.RepeatedHeader => (
                "PolarWebhookHeaderRepeated",
                ErrorCategory.InvalidData,
                "Refuse the request: Polar sends each header once."
            ),
            WebhookFault.BadTimestamp => (
                "PolarWebhookTimestampInvalid",
                ErrorCategory.InvalidData,
                "Refuse the request: Polar sends the time in whole seconds."
            ),
            WebhookFault.OutsideTolerance => (
                "PolarWebhookTimestampOutsideTolerance",
                ErrorCategory.SecurityError,
                "Refuse the request, and check the clock of this computer. If deliveries wait in a queue before they are verified, use -ToleranceSeconds."
            ),
            WebhookFault.WrongSignature => (
                "PolarWebhookSignatureInvalid",
                ErrorCategory.SecurityError,
                "Refuse the request. If it is from Polar, check that -Secret is the endpoint's own, and that -Body is the raw body as it arrived: JSON that was parsed and written again does not verify."
            ),
            _ => (
                "PolarWebhookNotAnEvent",
                ErrorCategory.InvalidData,
                "Set the format of the endpoint to raw: Set-PolarWebhookEndpoint -Format raw."
            ),
        };
        return Create(exception, id, category, null, advice);
    }

    /// <summary>A secret with which nothing can be verified.</summary>
    public static ErrorRecord BadWebhookSecret(ArgumentException exception) =>
        Create(
            new ArgumentException(WithoutParameter(exception)),
            "PolarInvalidArgument",
            ErrorCategory.InvalidArgument,
            null,
            "New-PolarWebhookEndpoint, Reset-PolarWebhookSecret and Get-PolarWebhookEndpoint -IncludeSecret give the secret of an endpoint."
        );

    /// <summary>An event whose content Polar no longer has. Nothing was sent.</summary>
    public static ErrorRecord WebhookEventArchived(ErrorSubject subject) =>
        Create(
            new InvalidOperationException(
                $"The {subject.Kind} '{subject.Target}' is archived: Polar would accept the request and deliver nothing."
            ),
            "PolarWebhookEventArchived",
            ErrorCategory.InvalidOperation,
            subject.Target,
            "Nothing was sent. Polar keeps events for 90 days; read the object that it was about instead."
        );

    /// <summary>A port on which nothing can listen.</summary>
    public static ErrorRecord WebhookPort(Exception exception, int port) =>
        Create(
            exception,
            "PolarPortUnavailable",
            ErrorCategory.ResourceUnavailable,
            port,
            "End the program that uses the port, or take another one; 0 takes any that is free. Ports below 1024 may need rights."
        );

    /// <summary>An address on which it would not be safe to listen, or which is none.</summary>
    public static ErrorRecord WebhookListen(string? address, bool isAddress) =>
        Create(
            new ArgumentException(
                isAddress
                    ? $"-Listen {address} can be reached by other computers, and no name is allowed."
                    : $"-Listen '{address}' is not an IP address."
            ),
            "PolarInvalidArgument",
            ErrorCategory.InvalidArgument,
            address,
            isAddress
                ? "Say with -AllowedHost under which names Polar's deliveries come, such as hooks.example.com."
                : "Use an address of this computer, such as 127.0.0.1, or 0.0.0.0 for all of them."
        );

    /// <summary>A file that cannot be used to remember which events were handled.</summary>
    public static ErrorRecord WebhookState(Exception exception, string path) =>
        Create(
            exception,
            "PolarWebhookStateUnavailable",
            ErrorCategory.OpenError,
            path,
            "A file belongs to one receiver at a time. Check that no other one runs with it, that the folder exists, and the permissions."
        );

    /// <summary>A script block that was left by way of a loop that it is not in.</summary>
    public static ErrorRecord WebhookLoopLeft() =>
        Create(
            new InvalidOperationException(
                "The script block of -Process was left with break or continue, which belong to a loop."
            ),
            "PolarWebhookProcessLeft",
            ErrorCategory.InvalidOperation,
            null,
            "Use return. The event counts as failed, and is handled again when Polar delivers it again."
        );

    /// <summary>An event that the address of -ForwardTo did not accept.</summary>
    public static ErrorRecord WebhookNotForwarded(WebhookSendResult result) =>
        Create(
            new InvalidOperationException(
                $"{result.Uri} did not accept {result.EventType} {result.EventId}: {(result.HttpCode is { } code ? $"status {code}" : result.Response)}."
            ),
            "PolarWebhookNotAccepted",
            ErrorCategory.InvalidResult,
            result.EventId,
            "Check the handler at that address, and its secret."
        );

    /// <summary>An endpoint whose deliveries are messages, and no events.</summary>
    public static ErrorRecord WebhookFormat(string name, string? format) =>
        Create(
            new InvalidOperationException(
                $"The endpoint '{name}' has the format {format}: what it receives are messages, and no events."
            ),
            "PolarWebhookNotAnEvent",
            ErrorCategory.InvalidData,
            name,
            "Set the format to raw, Set-PolarWebhookEndpoint -Format raw, or name another endpoint with -EndpointId."
        );

    /// <summary>A payload that cannot be signed, as nobody knows with what.</summary>
    public static ErrorRecord WebhookNoSecret(string what) =>
        Create(
            new InvalidOperationException($"There is no secret to sign {what} with."),
            "PolarWebhookSecretMissing",
            ErrorCategory.InvalidArgument,
            null,
            "Give the secret that the handler verifies with: -Secret."
        );
}
