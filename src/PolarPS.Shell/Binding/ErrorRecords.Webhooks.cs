using System;
using System.Management.Automation;
using PolarPS.Client;

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
}
