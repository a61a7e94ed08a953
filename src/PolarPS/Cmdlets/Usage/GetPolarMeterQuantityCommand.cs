namespace PolarPS.Commands;

/// <summary>Gets what meters counted, period by period. Operation meters:quantities.</summary>
[Cmdlet(VerbsCommon.Get, "PolarMeterQuantity")]
[OutputType(typeof(MeterQuantity))]
public sealed class GetPolarMeterQuantityCommand : PolarModelCmdlet<MeterQuantity>
{
    private static readonly TimeSpan UsualTime = TimeSpan.FromDays(30);

    /// <summary>The ids of meters, or meters.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Reading.Meter)]
    [PolarId(typeof(Meter), Each = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Meter>))]
    [Alias("Meter", "Id")]
    public string[] MeterId { get; set; } = [];

    /// <summary>When the time begins; without it 30 days before its end.</summary>
    [Parameter]
    [Instant]
    [Alias("After")]
    public DateTimeOffset StartTimestamp { get; set; }

    /// <summary>When the time ends; without it now.</summary>
    [Parameter]
    [Instant]
    [Alias("Before")]
    public DateTimeOffset EndTimestamp { get; set; }

    /// <summary>How long a period is: hour, day, week, month or year; without it a day.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TimeIntervalCompleter))]
    [ValidateNotNullOrEmpty]
    public string Interval { get; set; } = "day";

    /// <summary>The time zone in which periods begin, by its IANA name such as Europe/Paris; without it UTC.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TimeZone { get; set; }

    /// <summary>Only events of these customers.</summary>
    [Parameter]
    [PolarId(typeof(Customer))]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Customer>))]
    [ValidateNotNullOrEmpty]
    [Alias("Customer")]
    public string[]? CustomerId { get; set; }

    /// <summary>Only events of customers with one of these ids of your own.</summary>
    [Parameter]
    [ExternalId("customer")]
    [ArgumentCompleter(typeof(CustomerExternalIdCompleter))]
    [ValidateNotNullOrEmpty]
    [Alias("CustomerExternalId")]
    public string[]? ExternalCustomerId { get; set; }

    /// <summary>Counts for each customer first, and puts the customers together by this function, such as max.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(AggregationCompleter))]
    [ValidateNotNullOrEmpty]
    public string? CustomerAggregationFunction { get; set; }

    /// <summary>Only events with these metadata; a list as value gives alternatives.</summary>
    [Parameter]
    [Entries(IsFilter = true)]
    [ValidateNotNullOrEmpty]
    public IDictionary? Metadata { get; set; }

    /// <summary>Writes what was counted over all of the time, in place of its periods.</summary>
    [Parameter]
    public SwitchParameter Total { get; set; }

    internal override void ProcessInput()
    {
        foreach (var id in MeterId)
        {
            Try(new ErrorSubject(Kinds.NameOf(typeof(Meter)), id), () => Write(id));
        }
    }

    private void Write(string id)
    {
        var end = IsBound(nameof(EndTimestamp)) ? EndTimestamp : DateTimeOffset.UtcNow;
        var query = new MeterQuantitiesQuery
        {
            StartTimestamp = IsBound(nameof(StartTimestamp)) ? StartTimestamp : end - UsualTime,
            EndTimestamp = end,
            Interval = Interval,
            Timezone = TimeZone,
            CustomerId = CustomerId,
            ExternalCustomerId = ExternalCustomerId,
            CustomerAggregationFunction = CustomerAggregationFunction,
            Metadata = (Dictionary<string, object?>?)PlainValues.Of(Metadata),
        };
        var counted = Await(token => Client.Meters.GetQuantitiesAsync(id, query, token));
        if (Total)
        {
            WriteModel(
                new MeterQuantity
                {
                    MeterId = id,
                    Timestamp = query.StartTimestamp,
                    Quantity = counted.Total,
                }
            );
            return;
        }

        foreach (var quantity in counted.Quantities ?? [])
        {
            WriteModel(quantity);
        }
    }
}
