namespace PolarPS.Commands;

/// <summary>Gets events by id, streams those that match, or waits for new ones. Operations events:get and events:list.</summary>
[Cmdlet(VerbsCommon.Get, "PolarEvent", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(PolarEvent))]
public sealed class GetPolarEventCommand : GetCustomerOwnedCmdlet<PolarEvent>
{
    /// <summary>The ids of events, or events.</summary>
    [Parameter(
        ParameterSetName = IdSet,
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = "UUID of an event"
    )]
    [PolarId(typeof(PolarEvent), OneOfSeveral = true)]
    [ArgumentCompleter(typeof(IdCompleter<PolarEvent>))]
    [Alias("EventId")]
    public string[]? Id { get; set; }

    /// <summary>What to list the events of: customers, meters or organizations.</summary>
    [Parameter(ParameterSetName = ListSet, ValueFromPipeline = true)]
    [ParentTransformation(typeof(PolarEvent), typeof(Customer), typeof(Meter), typeof(Organization))]
    [ValidateNotNullOrEmpty]
    public ParentReference[]? InputObject { get; set; }

    /// <summary>Only events with these names.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(EventNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Only events of this time or later.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Instant]
    [Alias("After")]
    public DateTimeOffset StartTimestamp { get; set; }

    /// <summary>Only events of this time or earlier.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Instant]
    [Alias("Before")]
    public DateTimeOffset EndTimestamp { get; set; }

    /// <summary>Only events that pass this filter: name = 'api.call' and metadata.tokens > 100.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [MeterFilterTransformation]
    [ValidateNotNull]
    public MeterFilter? Filter { get; set; }

    /// <summary>Only events that this meter counts.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarId(typeof(Meter))]
    [ArgumentCompleter(typeof(IdCompleter<Meter>))]
    [ValidateNotNullOrEmpty]
    [Alias("Meter")]
    public string? MeterId { get; set; }

    /// <summary>Only events of your own (user), or only those of Polar (system).</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(EventSourceCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Source { get; set; }

    /// <summary>Only events in which this occurs, 3 characters or more.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateNotNullOrEmpty]
    public string? Query { get; set; }

    /// <summary>Only events with these metadata; a list as value gives alternatives.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Entries(IsFilter = true)]
    [ValidateNotNullOrEmpty]
    public IDictionary? Metadata { get; set; }

    /// <summary>Only parts of this event.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarId(typeof(PolarEvent))]
    [ArgumentCompleter(typeof(IdCompleter<PolarEvent>))]
    [ValidateNotNullOrEmpty]
    public string? ParentId { get; set; }

    /// <summary>How many levels of parts to list, 0 to 5; 0 is events that are no parts.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [WholeNumber]
    [ValidateRange(0, 5)]
    public int Depth { get; set; }

    /// <summary>The fields to sort by; a leading dash sorts downwards.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(EventSortCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Sort { get; set; }

    /// <summary>Reads pages without a count, which is faster for long lists.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("NoCount")]
    public SwitchParameter CursorPagination { get; set; }

    /// <summary>Waits for new events and writes them as they come, until Ctrl+C.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("Wait")]
    public SwitchParameter Follow { get; set; }

    /// <summary>The pause between two looks for new events, in seconds.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [WholeNumber]
    [ValidateRange(1, 3600)]
    public int PauseSeconds { get; set; } = 5;

    internal override string[]? Ids => Id;

    internal override ParentReference[]? Parents => InputObject;

    internal override Task<PolarEvent> GetAsync(string id, CancellationToken cancellationToken) =>
        Client.Events.GetAsync(id, cancellationToken);

    internal override PagedList<PolarEvent> List() => Client.Events.List(Extent(Filters(), Sort));

    internal override void WriteAll()
    {
        if (!Follow)
        {
            base.WriteAll();
            return;
        }

        if (
            Array.Find([nameof(EndTimestamp), nameof(Sort), "Skip", "IncludeTotalCount"], IsBound) is { } unfit
            && !Rows.HasDefaultValue(unfit)
        )
        {
            throw new ArgumentException($"-Follow writes events as they come: it does not go with -{unfit}.");
        }

        var query = Extent(Filters());
        ForEachPage(Client.Events.FollowAsync(query, TimeSpan.FromSeconds(PauseSeconds), StopToken), WriteModel);
    }

    private EventQuery Filters() =>
        new()
        {
            Name = Name,
            CustomerId = CustomerId,
            ExternalCustomerId = ExternalCustomerId,
            StartTimestamp = IsBound(nameof(StartTimestamp)) ? StartTimestamp : null,
            EndTimestamp = IsBound(nameof(EndTimestamp)) ? EndTimestamp : null,
            Filter = Filter,
            MeterId = MeterId,
            Source = Source,
            Query = Query,
            Metadata = (Dictionary<string, object?>?)PlainValues.Of(Metadata),
            ParentId = ParentId,
            Depth = IsBound(nameof(Depth)) ? Depth : null,
            // A search needs it, also with a token that reaches one organization only.
            OrganizationId = OrganizationId ?? (Query is null ? null : OwnOrganization()),
            CursorPagination = IsBound(nameof(CursorPagination)) ? CursorPagination.IsPresent : null,
        };

    private string[]? OwnOrganization() =>
        (UsedConnection.OrganizationId ?? Await(token => Client.Organizations.FindOnlyAsync(token))?.Id) is { } id
            ? [id]
            : null;
}
