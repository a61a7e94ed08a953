namespace PolarPS.Commands;

/// <summary>Gets disputes by id, or streams those that match. Operations disputes:get and disputes:list.</summary>
[Cmdlet(VerbsCommon.Get, "PolarDispute", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(Dispute))]
public sealed class GetPolarDisputeCommand : GetOwnedCmdlet<Dispute>
{
    /// <summary>The ids of disputes, or disputes.</summary>
    [Parameter(
        ParameterSetName = IdSet,
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = HelpMessages.Dispute
    )]
    [PolarId(typeof(Dispute), OneOfSeveral = true)]
    [ArgumentCompleter(typeof(IdCompleter<Dispute>))]
    [Alias("DisputeId")]
    public string[]? Id { get; set; }

    /// <summary>What to list the disputes of: orders or organizations.</summary>
    [Parameter(ParameterSetName = ListSet, ValueFromPipeline = true)]
    [ParentTransformation(typeof(Dispute), typeof(Order), typeof(Organization))]
    [ValidateNotNullOrEmpty]
    public ParentReference[]? InputObject { get; set; }

    /// <summary>Only disputes over these orders.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarId(typeof(Order))]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Order>))]
    [ValidateNotNullOrEmpty]
    [Alias("Order")]
    public string[]? OrderId { get; set; }

    /// <summary>Only disputes with these statuses, such as needs_response.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(DisputeStatusCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Status { get; set; }

    /// <summary>The fields to sort by; a leading dash sorts downwards.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(DisputeSortCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Sort { get; set; }

    internal override string[]? Ids => Id;

    internal override ParentReference[]? Parents => InputObject;

    internal override Task<Dispute> GetAsync(string id, CancellationToken cancellationToken) =>
        Client.Disputes.GetAsync(id, cancellationToken);

    internal override PagedList<Dispute> List() =>
        Client.Disputes.List(
            Extent(
                new DisputeQuery
                {
                    OrderId = OrderId,
                    Status = Status,
                    OrganizationId = OrganizationId,
                },
                Sort
            )
        );
}
