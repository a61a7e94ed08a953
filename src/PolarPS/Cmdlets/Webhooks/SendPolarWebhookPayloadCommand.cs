using System.Security;

namespace PolarPS.Commands;

/// <summary>
/// Sends stored events, or samples, to a handler of one's own, signed again. Polar's token is never in it. Operations
/// webhooks:list_webhook_endpoints and webhooks:list_webhook_deliveries, where no secret is given.
/// </summary>
[Cmdlet(
    VerbsCommunications.Send,
    "PolarWebhookPayload",
    DefaultParameterSetName = StoredSet,
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium
)]
[OutputType(typeof(WebhookSendResult))]
public sealed class SendPolarWebhookPayloadCommand : PolarCmdlet
{
    private const string StoredSet = "Stored";
    private const string SampleSet = "Sample";

    private readonly HashSet<string> _done = new(StringComparer.OrdinalIgnoreCase);

    private WebhookDispatch? _dispatch;

    /// <summary>Deliveries, or events of deliveries.</summary>
    [Parameter(
        ParameterSetName = StoredSet,
        Mandatory = true,
        ValueFromPipeline = true,
        HelpMessage = "Not by typing, but from the pipeline: deliveries"
    )]
    [WebhookPayload]
    [ValidateNotNullOrEmpty]
    public WebhookPayloadReference[] InputObject { get; set; } = [];

    /// <summary>The types of events of which samples are sent; wildcards work.</summary>
    [Parameter(
        ParameterSetName = SampleSet,
        Mandatory = true,
        HelpMessage = "Types of events, such as order.paid or subscription.*"
    )]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(WebhookEventTypeCompleter))]
    [ValidateNotNullOrEmpty]
    [Alias("Event")]
    public string[] EventType { get; set; } = [];

    /// <summary>The address of the handler: https, or http on this computer.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = HelpMessages.WebhookHandler)]
    [WebhookTarget]
    [ValidateNotNullOrEmpty]
    [Alias("Url")]
    public string Uri { get; set; } = string.Empty;

    /// <summary>What payloads are signed with; without it the secret of the event's own endpoint is read from Polar.</summary>
    [Parameter]
    [WebhookSecret]
    [ValidateCount(1, 1)]
    public SecureString[]? Secret { get; set; }

    /// <summary>How many seconds to wait for an answer.</summary>
    [Parameter]
    [WholeNumber]
    [ValidateRange(1, 600)]
    public int TimeoutSeconds { get; set; } = 10;

    internal override void ProcessInput()
    {
        foreach (var stored in InputObject)
        {
            // Of one event there may be ten deliveries.
            if (!_done.Add(stored.Id))
            {
                WriteVerbose($"{stored} was sent already.");
            }
            else if (stored.Payload is null)
            {
                WriteError(ErrorRecords.WebhookEventArchived(new ErrorSubject("event", stored.Id)));
            }
            else
            {
                Send(stored.Id, stored.ToString(), () => stored.Payload, isStored: true);
            }
        }

        if (EventType.Length > 0)
        {
            Try(new ErrorSubject("event", null), SendSamples);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _dispatch?.Dispose();
        }

        base.Dispose(disposing);
    }

    private void SendSamples()
    {
        var types = WebhookEventTypes.Expand(EventType)!;
        if (types.FirstOrDefault(type => !WebhookEvent.Types.Contains(type)) is { } unknown)
        {
            throw new ArgumentException($"There is no sample of '{unknown}': this version does not know the type.");
        }

        foreach (var type in types)
        {
            Send(Guid.NewGuid().ToString(), $"sample of {type}", () => WebhookSamples.Create(type), isStored: false);
        }
    }

    private void Send(string id, string name, Func<string> payload, bool isStored) =>
        Try(
            new ErrorSubject("event", id),
            () =>
            {
                if (!ShouldProcess(Uri, $"Send {name}"))
                {
                    if (IsWhatIf)
                    {
                        // As everywhere, though it does not go to Polar.
                        WriteVerbose($"Would send POST {Redactor.Redact(Uri)} {name}");
                    }

                    return;
                }

                _dispatch ??= new WebhookDispatch(
                    this,
                    Uri,
                    Secret is null ? null : WebhookSecretAttribute.Texts(Secret).Single(),
                    TimeSpan.FromSeconds(TimeoutSeconds)
                );
                if (_dispatch.Send(id, payload(), isStored) is { } result)
                {
                    WriteObject(result);
                }
                else
                {
                    WriteError(ErrorRecords.WebhookNoSecret(name));
                }
            }
        );
}
