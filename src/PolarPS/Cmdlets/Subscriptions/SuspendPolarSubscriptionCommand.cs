namespace PolarPS.Commands;

/// <summary>Pauses subscriptions when their period ends. Operation subscriptions:update.</summary>
[Cmdlet(
    VerbsLifecycle.Suspend,
    "PolarSubscription",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium
)]
[OutputType(typeof(Subscription))]
public sealed class SuspendPolarSubscriptionCommand : PolarActionCmdlet<Subscription>
{
    /// <summary>The ids of subscriptions, or subscriptions.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Subscription)]
    [PolarId(typeof(Subscription))]
    [ArgumentCompleter(typeof(IdCompleter<Subscription>))]
    [Alias("SubscriptionId")]
    public string[] Id { get; set; } = [];

    /// <summary>When the pause ends automatically, after the end of the period; $null for until it is resumed.</summary>
    [Parameter]
    [Instant(OrNull = true)]
    [AllowNull]
    [Field]
    public DateTimeOffset? ResumesAt { get; set; }

    internal override string[] Ids => Id;

    internal override string Action(Subscription? item) => SubscriptionText.Suspend(item, ResumesAt);

    internal override Task<Subscription> SendAsync(
        PolarClient client,
        string id,
        CancellationToken cancellationToken
    ) =>
        client.Subscriptions.UpdateAsync(
            id,
            Fill(new SubscriptionPause { PauseAtPeriodEnd = true }),
            cancellationToken
        );

    internal override Task<Subscription>? ReadAsync(
        PolarClient client,
        string id,
        CancellationToken cancellationToken
    ) => client.Subscriptions.GetAsync(id, cancellationToken);
}
