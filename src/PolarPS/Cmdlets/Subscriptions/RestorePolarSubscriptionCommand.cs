namespace PolarPS.Commands;

/// <summary>
/// Undoes what is scheduled for a subscription: its cancellation, else a pause, else another change. Operations
/// subscriptions:get and subscriptions:update.
/// </summary>
[Cmdlet(
    VerbsData.Restore,
    "PolarSubscription",
    DefaultParameterSetName = AnySet,
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium
)]
[OutputType(typeof(Subscription))]
public sealed class RestorePolarSubscriptionCommand : SubscriptionStateCmdlet
{
    private const string AnySet = "Any";
    private const string CancellationSet = "Cancellation";
    private const string PauseSet = "Pause";
    private const string UpdateSet = "Update";

    /// <summary>The ids of subscriptions, or subscriptions.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Subscription)]
    [PolarId(typeof(Subscription))]
    [ArgumentCompleter(typeof(IdCompleter<Subscription>))]
    [Alias("SubscriptionId")]
    public string[] Id { get; set; } = [];

    /// <summary>Undoes a scheduled cancellation, and nothing else.</summary>
    [Parameter(ParameterSetName = CancellationSet, Mandatory = true, HelpMessage = HelpMessages.Switch)]
    public SwitchParameter ScheduledCancellation { get; set; }

    /// <summary>Undoes a scheduled pause, and nothing else.</summary>
    [Parameter(ParameterSetName = PauseSet, Mandatory = true, HelpMessage = HelpMessages.Switch)]
    public SwitchParameter ScheduledPause { get; set; }

    /// <summary>Drops the change that waits for the next period, and nothing else.</summary>
    [Parameter(ParameterSetName = UpdateSet, Mandatory = true, HelpMessage = HelpMessages.Switch)]
    public SwitchParameter PendingUpdate { get; set; }

    internal override string[] Ids => Id;

    internal override SubscriptionUpdate? ChangeOf(Subscription current) =>
        SubscriptionUpdate.UndoScheduled(current).FirstOrDefault(IsMeant);

    internal override string TextOf(SubscriptionUpdate change, Subscription current)
    {
        var text = SubscriptionText.Of(change, current, UsedConnection.Seen.LabelOf);
        var rest =
            current.PendingUpdate is { } pending && change is not SubscriptionUpdateClear
                ? $"; still scheduled: {SubscriptionText.Pending(pending, UsedConnection.Seen.LabelOf)}"
                : string.Empty;
        return text + rest;
    }

    internal override ErrorRecord? Refuse(Subscription current) =>
        SubscriptionUpdate.HasEnded(current)
            ? ErrorRecords.NotRestorable(SubscriptionText.Ended(current, "restored"), current.Id!)
            : null;

    internal override string Nothing(Subscription current) =>
        (
            ScheduledCancellation ? "No cancellation is scheduled"
            : ScheduledPause ? "No pause is scheduled"
            : PendingUpdate ? "No change is scheduled"
            : "Nothing is scheduled"
        )
        + (
            current.Status == "paused"
                ? ". It is paused: Resume-PolarSubscription resumes it."
                : SubscriptionText.Next(current)
        );

    internal override string? Afterwards(Subscription changed) =>
        changed.PendingUpdate is { } pending
            ? $"Still scheduled: {SubscriptionText.Pending(pending, UsedConnection.Seen.LabelOf)}. Restore-PolarSubscription -PendingUpdate discards it."
            : null;

    private bool IsMeant(SubscriptionUpdate change) =>
        ParameterSetName switch
        {
            CancellationSet => change is SubscriptionCancel,
            PauseSet => change is SubscriptionPause,
            UpdateSet => change is SubscriptionUpdateClear,
            _ => true,
        };
}
