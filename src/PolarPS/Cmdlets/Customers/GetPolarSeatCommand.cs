using System.Management.Automation;
using PolarPS.Client;
using PolarPS.Client.Models;

namespace PolarPS.Commands;

/// <summary>
/// Gets the seats of subscriptions or orders that were ever assigned, or how many there are. Polar gives them in one
/// answer. Operation customer-seats:list_seats.
/// </summary>
[Cmdlet(VerbsCommon.Get, "PolarSeat", DefaultParameterSetName = SubscriptionSet)]
[OutputType(typeof(CustomerSeat), typeof(CustomerSeatList))]
public sealed class GetPolarSeatCommand : PolarModelCmdlet<CustomerSeat>
{
    private const string SubscriptionSet = "Subscription";
    private const string OrderSet = "Order";
    private const string InputSet = "Input";

    /// <summary>The subscriptions whose seats to get, or their ids.</summary>
    [Parameter(
        ParameterSetName = SubscriptionSet,
        Mandatory = true,
        Position = 0,
        HelpMessage = HelpMessages.Subscription
    )]
    [PolarId(typeof(Subscription))]
    [ArgumentCompleter(typeof(IdCompleter<Subscription>))]
    [Alias("Subscription")]
    public string[] SubscriptionId { get; set; } = [];

    /// <summary>The orders whose seats to get, or their ids.</summary>
    [Parameter(ParameterSetName = OrderSet, Mandatory = true, HelpMessage = HelpMessages.Reading.Order)]
    [PolarId(typeof(Order), Each = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Order>))]
    [Alias("Order")]
    public string[] OrderId { get; set; } = [];

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

    internal override void ProcessInput()
    {
        if (InputObject is { } source)
        {
            WriteSeats(source);
            return;
        }

        foreach (var id in SubscriptionId)
        {
            WriteSeats(new SeatSource(id, null));
        }

        foreach (var id in OrderId)
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
                    Client.CustomerSeats.ListSeatsAsync(
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
