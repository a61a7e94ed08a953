namespace PolarPS.Commands;

/// <summary>
/// Ends the pause of subscriptions, after which a new period starts and is charged, or undoes a pause or cancellation
/// that is scheduled. Operations subscriptions:get and subscriptions:update.
/// </summary>
[Cmdlet(VerbsLifecycle.Resume, "PolarSubscription", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(Subscription))]
public sealed class ResumePolarSubscriptionCommand : SubscriptionStateCmdlet
{
    /// <summary>The ids of subscriptions, or subscriptions.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Subscription)]
    [PolarId(typeof(Subscription), Strict = true)]
    [ArgumentCompleter(typeof(IdCompleter<Subscription>))]
    [Alias("SubscriptionId")]
    public string[] Id { get; set; } = [];

    internal override string[] Ids => Id;

    internal override SubscriptionUpdate? ChangeOf(Subscription current) => SubscriptionUpdate.Continue(current);

    internal override string TextOf(SubscriptionUpdate change, Subscription current) =>
        SubscriptionText.Of(change, current, UsedConnection.Seen.LabelOf);

    internal override ErrorRecord? Refuse(Subscription current) =>
        SubscriptionUpdate.HasEnded(current)
            ? ErrorRecords.NotResumable(SubscriptionText.Ended(current, "resumed"), current.Id!)
        : current.Status is "active" or "trialing" ? null
        : ErrorRecords.NotResumable($"It is {current.Status}, not paused: there is nothing to resume.", current.Id!);

    internal override string Nothing(Subscription current) =>
        $"It is {current.Status}, not paused" + SubscriptionText.Next(current);
}
