namespace PolarPS.Commands;

/// <summary>
/// Enables endpoints and has delivered again what never got through, oldest first. Operations webhooks:get_webhook_endpoint,
/// webhooks:list_webhook_deliveries, webhooks:update_webhook_endpoint and webhooks:redeliver_webhook_event.
/// </summary>
[Cmdlet(VerbsDiagnostic.Repair, "PolarWebhook", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(WebhookBacklogItem))]
public sealed class RepairPolarWebhookCommand : PolarWriteCmdlet<WebhookEndpoint>
{
    private const int MostNamed = 10;

    /// <summary>The ids of endpoints, or endpoints.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Endpoint)]
    [PolarId(typeof(WebhookEndpoint), Each = true)]
    [ArgumentCompleter(typeof(IdCompleter<WebhookEndpoint>))]
    [Alias("Id", "Endpoint")]
    public string[] EndpointId { get; set; } = [];

    /// <summary>Only deliveries of this time or later; a time without a zone is the computer's own.</summary>
    [Parameter]
    [Instant]
    public DateTimeOffset Since { get; set; }

    /// <summary>So many events of an endpoint are delivered again without a question.</summary>
    [Parameter]
    [WholeNumber]
    [ValidateRange(0, int.MaxValue)]
    public int Max { get; set; } = 100;

    /// <summary>Asks nothing; -Confirm asks nevertheless.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    internal override bool HasForce => Force;

    internal override void ProcessInput()
    {
        foreach (var id in EndpointId)
        {
            Try(Subject(id), () => Repair(id));
        }
    }

    private void Repair(string id)
    {
        var endpoint = Await(token => Client.Webhooks.GetEndpointAsync(id, token));
        Remember(endpoint);
        DateTimeOffset? since = IsBound(nameof(Since)) ? Since : null;
        var backlog = Await(token => WebhookBacklog.ReadAsync(Client.Webhooks, id, since, token));
        if (endpoint.Enabled == false)
        {
            WriteWarning(
                $"{NameOf(id)} is disabled. Polar makes no deliveries of what happens meanwhile, so nothing lists it: this cannot be brought back. "
                    + "Look at the objects themselves, such as Get-PolarOrder -Sort -CreatedAt."
            );
            if (!Enable(id))
            {
                return;
            }
        }

        TellLost(backlog);
        var failed = backlog.Items.Where(item => item.State == WebhookBacklogState.Failed).ToList();
        WriteVerbose(
            $"{NameOf(id)}: {failed.Count} of {backlog.Items.Count} events that did not get through can be delivered again."
        );
        if (
            failed.Count > Max
            && !Agrees(
                $"Deliver {failed.Count} events again to {NameOf(id)} in {UsedConnection}, which is more than -Max {Max}?"
            )
        )
        {
            return;
        }

        foreach (var item in backlog.Items)
        {
            Try(new ErrorSubject("event", item.EventId), () => Deliver(item, id));
        }
    }

    // A disabled one would accept everything, and get nothing.
    private bool Enable(string id)
    {
        const string Question = "Enable";
        var body = new WebhookEndpointUpdate { Enabled = true };
        if (IsWhatIf)
        {
            return ShowEnabling(id, body);
        }

        if (
            !Agrees(
                $"Enable {NameOf(id)} in {UsedConnection}? Polar then delivers to it what happens from now on.",
                Question
            )
        )
        {
            WriteWarning($"{NameOf(id)} stays disabled, and nothing was delivered again.");
            return false;
        }

        Remember(Await(token => Client.Webhooks.UpdateEndpointAsync(id, body, token)));
        return true;
    }

    private bool ShowEnabling(string id, WebhookEndpointUpdate body)
    {
        Confirm(NameOf(id), "Enable", (client, token) => client.Webhooks.UpdateEndpointAsync(id, body, token));
        return true;
    }

    // A question of its own, which -Confirm:$false and -Force answer.
    private bool Agrees(string question, string caption = "Confirm") =>
        IsWhatIf
        || Force
        || (MyInvocation.BoundParameters.TryGetValue("Confirm", out var confirm) && !LanguagePrimitives.IsTrue(confirm))
        || ShouldContinue(question, caption);

    private void Deliver(WebhookBacklogItem item, string endpointId)
    {
        if (item.State != WebhookBacklogState.Failed)
        {
            if (!IsWhatIf)
            {
                WriteObject(item);
            }

            return;
        }

        if (item.NewerEventId is not null)
        {
            WriteWarning(
                $"{item} is older than {item.NewerEventType} {item.NewerEventId} of the same object, which got through already: a handler that takes an event "
                    + "for the present state goes back in time."
            );
        }

        if (
            Confirm(
                FormattableString.Invariant($"event {item} of {item.CreatedAt:u}"),
                $"Deliver again to {NameOf(endpointId)}",
                (client, token) => client.Webhooks.RedeliverEventAsync(item.EventId, token)
            )
        )
        {
            Await(token => Client.Webhooks.RedeliverEventAsync(item.EventId, token));
            item.IsRequested = true;
            WriteObject(item);
        }
    }

    private void TellLost(WebhookBacklog backlog)
    {
        var archived = backlog.Items.Where(item => item.State == WebhookBacklogState.Archived).ToList();
        if (archived.Count > 0)
        {
            WriteWarning(
                $"{archived.Count} {(archived.Count == 1 ? "event is" : "events are")} over 90 days old: Polar no longer has the content, and cannot deliver again {Named(archived)}."
            );
        }
    }

    private static string Named(List<WebhookBacklogItem> items) =>
        string.Join(", ", items.Take(MostNamed))
        + (items.Count > MostNamed ? $" and {items.Count - MostNamed} more" : string.Empty);
}
