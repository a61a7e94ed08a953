namespace PolarPS.Commands;

/// <summary>
/// Streams the subscriptions in which the customer, or the member, has a seat. Operation
/// customer_portal:seats:list_claimed_subscriptions.
/// </summary>
[Cmdlet(VerbsCommon.Get, "PolarPortalSeatSubscription", SupportsPaging = true)]
[OutputType(typeof(Subscription))]
public sealed class GetPolarPortalSeatSubscriptionCommand : ListPolarCmdlet<Subscription>, IPortalCmdlet
{
    internal override void ProcessInput() =>
        Try(
            Subject(null),
            () => WriteList(Client.Portal.Seats.ListClaimedSubscriptions(Extent(new ClaimedSubscriptionQuery())))
        );
}
