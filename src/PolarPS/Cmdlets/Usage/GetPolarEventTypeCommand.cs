namespace PolarPS.Commands;

/// <summary>Gets kinds of events by name or id, or streams those that match. Operation event-types:list, which also finds single ones.</summary>
[Cmdlet(VerbsCommon.Get, "PolarEventType", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(EventType))]
public sealed class GetPolarEventTypeCommand : GetCustomerOwnedCmdlet<EventType>
{
    /// <summary>The names or ids of kinds of events, or kinds of events.</summary>
    [Parameter(
        ParameterSetName = IdSet,
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = HelpMessages.Reading.EventType
    )]
    [PolarId(typeof(EventType), Each = true, OneOfSeveral = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<EventType>))]
    [Alias("EventTypeId")]
    public string[]? Id { get; set; }

    /// <summary>What to list the kinds of events of: customers or organizations.</summary>
    [Parameter(ParameterSetName = ListSet, ValueFromPipeline = true)]
    [ParentTransformation(typeof(EventType), typeof(Customer), typeof(Organization))]
    [ValidateNotNullOrEmpty]
    public ParentReference[]? InputObject { get; set; }

    /// <summary>Only kinds of events whose name or label contains this.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateNotNullOrEmpty]
    public string? Query { get; set; }

    /// <summary>Only kinds of your own (user), or only those of Polar (system).</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(EventSourceCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Source { get; set; }

    /// <summary>Omits kinds of events that only occur as parts of others.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public SwitchParameter RootEvents { get; set; }

    /// <summary>Only kinds of events that are parts of this one.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarId(typeof(PolarEvent))]
    [ArgumentCompleter(typeof(IdCompleter<PolarEvent>))]
    [ValidateNotNullOrEmpty]
    public string? ParentId { get; set; }

    /// <summary>The fields to sort by; a leading dash sorts downwards.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(EventTypeSortCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Sort { get; set; }

    internal override string[]? Ids => Id;

    internal override ParentReference[]? Parents => InputObject;

    internal override Task<EventType> GetAsync(string id, CancellationToken cancellationToken) =>
        Client.EventTypes.GetAsync(id, cancellationToken);

    internal override PagedList<EventType> List() =>
        Client.EventTypes.List(
            Extent(
                new EventTypeQuery
                {
                    Query = Query,
                    Source = Source,
                    RootEvents = IsBound(nameof(RootEvents)) ? RootEvents.IsPresent : null,
                    ParentId = ParentId,
                    CustomerId = CustomerId,
                    ExternalCustomerId = ExternalCustomerId,
                    OrganizationId = OrganizationId,
                },
                Sort
            )
        );
}
