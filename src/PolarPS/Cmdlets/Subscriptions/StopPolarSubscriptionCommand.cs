namespace PolarPS.Commands;

/// <summary>
/// Ends subscriptions: with the current period, or immediately. Operations subscriptions:update and subscriptions:revoke.
/// </summary>
[Cmdlet(VerbsLifecycle.Stop, "PolarSubscription", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(Subscription))]
public sealed class StopPolarSubscriptionCommand : PolarActionCmdlet<Subscription>
{
    /// <summary>The ids of subscriptions, or subscriptions.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Subscription)]
    [PolarId(typeof(Subscription), Strict = true)]
    [ArgumentCompleter(typeof(IdCompleter<Subscription>))]
    [Alias("SubscriptionId")]
    public string[] Id { get; set; } = [];

    /// <summary>Ends it immediately, which cannot be undone; without it the subscription runs to the end of its period.</summary>
    [Parameter]
    public SwitchParameter Immediate { get; set; }

    /// <summary>Why the customer leaves.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CancellationReasonCompleter))]
    [ValidateNotNullOrEmpty]
    [Field("customer_cancellation_reason")]
    public string? Reason { get; set; }

    /// <summary>What the customer said about it; the customer can read it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Field("customer_cancellation_comment")]
    public string? Comment { get; set; }

    internal override string[] Ids => Id;

    internal override string Action(Subscription? item) =>
        Immediate ? SubscriptionText.Revoke(item) : SubscriptionText.Cancel(item);

    internal override Task<Subscription> SendAsync(
        PolarClient client,
        string id,
        CancellationToken cancellationToken
    ) =>
        !Immediate ? client.Subscriptions.UpdateAsync(id, SubscriptionUpdate.Cancel(Reason, Comment), cancellationToken)
        // Only the update says why.
        : Reason is not null || Comment is not null
            ? client.Subscriptions.UpdateAsync(id, SubscriptionUpdate.RevokeNow(Reason, Comment), cancellationToken)
        : client.Subscriptions.RevokeAsync(id, cancellationToken);

    internal override Task<Subscription>? ReadAsync(
        PolarClient client,
        string id,
        CancellationToken cancellationToken
    ) => client.Subscriptions.GetAsync(id, cancellationToken);
}
