namespace PolarPS.Commands;

/// <summary>
/// Gets the seats of subscriptions or orders that were ever assigned, or how many there are. Polar gives them in one answer.
/// </summary>
public abstract class SeatListCmdlet : PolarModelCmdlet<CustomerSeat>
{
    internal const string SubscriptionSet = "Subscription";
    internal const string OrderSet = "Order";
    internal const string InputSet = "Input";

    /// <summary>Subscriptions or orders.</summary>
    [Parameter(
        ParameterSetName = InputSet,
        Mandatory = true,
        ValueFromPipeline = true,
        HelpMessage = "Not by typing, but with a subscription or an order, or with -SubscriptionId"
    )]
    [SeatSourceTransformation]
    public SeatSource? InputObject { get; set; }

    /// <summary>Writes how many seats there are and how many can be given, with the seats inside.</summary>
    [Parameter]
    public SwitchParameter Summary { get; set; }

    internal abstract string[] Subscriptions { get; }

    internal abstract string[] Orders { get; }

    internal abstract Task<CustomerSeatList> ListAsync(CustomerSeatQuery query, CancellationToken cancellationToken);

    internal override void ProcessInput()
    {
        if (InputObject is { } source)
        {
            WriteSeats(source);
            return;
        }

        foreach (var id in Subscriptions)
        {
            WriteSeats(new SeatSource(id, null));
        }

        foreach (var id in Orders)
        {
            WriteSeats(new SeatSource(null, id));
        }
    }

    private void WriteSeats(SeatSource source)
    {
        var (kind, id) = source.SubscriptionId is { } subscription
            ? ("subscription", subscription)
            : ("order", source.OrderId);
        Try(
            new ErrorSubject(kind, id),
            () =>
            {
                var list = Await(token =>
                    ListAsync(
                        new CustomerSeatQuery { SubscriptionId = source.SubscriptionId, OrderId = source.OrderId },
                        token
                    )
                );
                WriteVerbose($"Seats of {source}: {list}.");
                foreach (var seat in list.Seats ?? [])
                {
                    Remember(seat);
                    if (!Summary)
                    {
                        WriteObject(ModelShaper.Shape(seat));
                    }
                }

                if (Summary)
                {
                    WriteObject(ModelShaper.Shape(list));
                }
            }
        );
    }
}
