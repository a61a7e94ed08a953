namespace PolarPS.Commands;

/// <summary>Streams the names that events have, with how often each came. Operation events:list_names.</summary>
[Cmdlet(VerbsCommon.Get, "PolarEventName", SupportsPaging = true)]
[OutputType(typeof(EventName))]
public sealed class GetPolarEventNameCommand : ListPolarCmdlet<EventName>
{
    /// <summary>What to list the names of events of: customers or organizations.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ParentTransformation(typeof(EventName), typeof(Customer), typeof(Organization))]
    [ValidateNotNullOrEmpty]
    public ParentReference[]? InputObject { get; set; }

    /// <summary>Only names that contain this.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Query { get; set; }

    /// <summary>Only names of events of your own (user), or only those of Polar (system).</summary>
    [Parameter]
    [ArgumentCompleter(typeof(EventSourceCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Source { get; set; }

    /// <summary>Only names of events of these customers.</summary>
    [Parameter]
    [PolarId(typeof(Customer))]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Customer>))]
    [ValidateNotNullOrEmpty]
    [Alias("Customer")]
    public string[]? CustomerId { get; set; }

    /// <summary>Only names of events of customers with one of these ids of your own.</summary>
    [Parameter]
    [ExternalId("customer")]
    [ArgumentCompleter(typeof(CustomerExternalIdCompleter))]
    [ValidateNotNullOrEmpty]
    [Alias("CustomerExternalId")]
    public string[]? ExternalCustomerId { get; set; }

    /// <summary>Only names of events of these organizations; matters with a user's token.</summary>
    [Parameter]
    [PolarId(typeof(Organization))]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Organization>))]
    [ValidateNotNullOrEmpty]
    public string[]? OrganizationId { get; set; }

    /// <summary>The fields to sort by; a leading dash sorts downwards.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(EventNameSortCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Sort { get; set; }

    internal override void ProcessInput()
    {
        if (InputObject is { } parents)
        {
            ListEach(parents, WriteAll);
        }
        else
        {
            WriteAll();
        }
    }

    private void WriteAll() =>
        Try(
            Subject(null),
            () =>
                WriteList(
                    Client.Events.ListNames(
                        Extent(
                            new EventNameQuery
                            {
                                Query = Query,
                                Source = Source,
                                CustomerId = CustomerId,
                                ExternalCustomerId = ExternalCustomerId,
                                OrganizationId = OrganizationId,
                            },
                            Sort
                        )
                    )
                )
        );
}
