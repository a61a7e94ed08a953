namespace PolarPS.Commands;

/// <summary>
/// Ends the customer's own subscriptions with the current period. Operations customer_portal:subscriptions:cancel and, with a reason
/// or a comment, customer_portal:subscriptions:update.
/// </summary>
[Cmdlet(
    VerbsLifecycle.Stop,
    "PolarPortalSubscription",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.High
)]
[OutputType(typeof(Subscription))]
public sealed class StopPolarPortalSubscriptionCommand : PolarActionCmdlet<Subscription>, IPortalCmdlet
{
    /// <summary>The ids of subscriptions, or subscriptions.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Subscription)]
    [PolarId(typeof(Subscription), Strict = true, IdOnly = true)]
    [ArgumentCompleter(typeof(IdCompleter<Subscription>))]
    [Alias("SubscriptionId")]
    public string[] Id { get; set; } = [];

    /// <summary>Why the customer leaves.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CancellationReasonCompleter))]
    [ValidateNotNullOrEmpty]
    [Field("cancellation_reason")]
    public string? Reason { get; set; }

    /// <summary>What the customer says about it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Field("cancellation_comment")]
    public string? Comment { get; set; }

    internal override string[] Ids => Id;

    internal override string Action(Subscription? item) => SubscriptionText.Cancel(item);

    // Only the update says why.
    internal override Task<Subscription> SendAsync(
        PolarClient client,
        string id,
        CancellationToken cancellationToken
    ) =>
        Reason is null && Comment is null
            ? client.Portal.Subscriptions.CancelAsync(id, cancellationToken)
            : client.Portal.Subscriptions.UpdateAsync(
                id,
                Fill(new PortalSubscriptionUpdate { CancelAtPeriodEnd = true }),
                cancellationToken
            );

    internal override Task<Subscription>? ReadAsync(
        PolarClient client,
        string id,
        CancellationToken cancellationToken
    ) => client.Portal.Subscriptions.GetAsync(id, cancellationToken);
}
