using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using PolarPS.Client;
using PolarPS.Client.Models;

namespace PolarPS.Commands;

/// <summary>Ends the pause of subscriptions; a new period starts and is charged immediately. Operation subscriptions:update.</summary>
[Cmdlet(VerbsLifecycle.Resume, "PolarSubscription", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(Subscription))]
public sealed class ResumePolarSubscriptionCommand : PolarActionCmdlet<Subscription>
{
    /// <summary>The ids of subscriptions, or subscriptions.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [PolarId(typeof(Subscription), Strict = true)]
    [ArgumentCompleter(typeof(IdCompleter<Subscription>))]
    [Alias("SubscriptionId")]
    public string[] Id { get; set; } = [];

    internal override string[] Ids => Id;

    internal override string Action(Subscription? item) => SubscriptionText.Resume(item);

    internal override Task<Subscription> SendAsync(
        PolarClient client,
        string id,
        CancellationToken cancellationToken
    ) => client.Subscriptions.UpdateAsync(id, SubscriptionUpdate.ResumeNow(), cancellationToken);

    internal override Task<Subscription>? ReadAsync(
        PolarClient client,
        string id,
        CancellationToken cancellationToken
    ) => client.Subscriptions.GetAsync(id, cancellationToken);
}
