using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using PolarPS.Client;
using PolarPS.Client.Models;

namespace PolarPS.Commands;

/// <summary>
/// Undoes what is scheduled for a subscription: its cancellation, a pause, or another change. Operation
/// subscriptions:update.
/// </summary>
[Cmdlet(
    VerbsData.Restore,
    "PolarSubscription",
    DefaultParameterSetName = CancellationSet,
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium
)]
[OutputType(typeof(Subscription))]
public sealed class RestorePolarSubscriptionCommand : PolarActionCmdlet<Subscription>
{
    private const string CancellationSet = "Cancellation";
    private const string PauseSet = "Pause";
    private const string UpdateSet = "Update";

    /// <summary>The ids of subscriptions, or subscriptions.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [PolarId(typeof(Subscription))]
    [ArgumentCompleter(typeof(IdCompleter<Subscription>))]
    [Alias("SubscriptionId")]
    public string[] Id { get; set; } = [];

    /// <summary>Undoes a scheduled pause, not a cancellation.</summary>
    [Parameter(ParameterSetName = PauseSet, Mandatory = true)]
    public SwitchParameter ScheduledPause { get; set; }

    /// <summary>Drops the change that waits for the next period, and takes no cancellation back.</summary>
    [Parameter(ParameterSetName = UpdateSet, Mandatory = true)]
    public SwitchParameter PendingUpdate { get; set; }

    internal override string[] Ids => Id;

    internal override string Action(Subscription? item) =>
        ScheduledPause ? SubscriptionText.Unpause(item)
        : PendingUpdate ? SubscriptionText.ClearPending(item, UsedConnection.Seen.LabelOf)
        : SubscriptionText.Uncancel(item);

    internal override Task<Subscription> SendAsync(
        PolarClient client,
        string id,
        CancellationToken cancellationToken
    ) =>
        client.Subscriptions.UpdateAsync(
            id,
            ScheduledPause ? SubscriptionUpdate.Unpause()
                : PendingUpdate ? SubscriptionUpdate.ClearPending()
                : SubscriptionUpdate.Uncancel(),
            cancellationToken
        );

    internal override Task<Subscription>? ReadAsync(
        PolarClient client,
        string id,
        CancellationToken cancellationToken
    ) => client.Subscriptions.GetAsync(id, cancellationToken);
}
