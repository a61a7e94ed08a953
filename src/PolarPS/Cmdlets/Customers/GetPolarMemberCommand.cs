namespace PolarPS.Commands;

/// <summary>
/// Gets members of a customer by their ids, or streams the members of customers. Operations customers:members:get,
/// customers:members:get_external, customers:members:list and customers:members:list_external.
/// </summary>
[Cmdlet(VerbsCommon.Get, "PolarMember", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(Member))]
public sealed class GetPolarMemberCommand : ListPolarCmdlet<Member>
{
    private const string ListSet = "List";
    private const string ExternalListSet = "ExternalList";
    private const string IdSet = "Id";
    private const string ExternalIdSet = "ExternalId";

    /// <summary>The ids of customers, or customers.</summary>
    [Parameter(
        ParameterSetName = ListSet,
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = HelpMessages.Reading.Customer
    )]
    [Parameter(ParameterSetName = IdSet, Mandatory = true, Position = 0, HelpMessage = HelpMessages.Reading.Customer)]
    [PolarId(typeof(Customer), Each = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Customer>))]
    [Alias("Customer")]
    public string[] CustomerId { get; set; } = [];

    /// <summary>Your own ids of customers.</summary>
    [Parameter(ParameterSetName = ExternalListSet, Mandatory = true, HelpMessage = HelpMessages.ExternalCustomerId)]
    [Parameter(ParameterSetName = ExternalIdSet, Mandatory = true, HelpMessage = HelpMessages.ExternalCustomerId)]
    [ExternalId("customer")]
    [ArgumentCompleter(typeof(CustomerExternalIdCompleter))]
    [Alias("CustomerExternalId")]
    public string[] ExternalCustomerId { get; set; } = [];

    /// <summary>The ids of members, or members, of one customer.</summary>
    [Parameter(ParameterSetName = IdSet, Mandatory = true, Position = 1, HelpMessage = HelpMessages.Reading.Member)]
    [PolarId(typeof(Member), Each = true, Within = nameof(CustomerId))]
    [SupportsWildcards]
    public string[] MemberId { get; set; } = [];

    /// <summary>Your own ids of members of one customer.</summary>
    [Parameter(ParameterSetName = ExternalIdSet, Mandatory = true, HelpMessage = HelpMessages.ExternalMemberId)]
    [ExternalId("member")]
    [Alias("MemberExternalId")]
    public string[] ExternalMemberId { get; set; } = [];

    /// <summary>Only members with this role.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Parameter(ParameterSetName = ExternalListSet)]
    [ArgumentCompleter(typeof(MemberRoleCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Role { get; set; }

    /// <summary>The fields to sort by; a leading dash sorts downwards.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Parameter(ParameterSetName = ExternalListSet)]
    [ArgumentCompleter(typeof(MemberSortCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Sort { get; set; }

    internal override void ProcessInput()
    {
        switch (ParameterSetName)
        {
            case ListSet:
                ListEach(CustomerId, "id", id => Client.Members.List(id, Query()));
                break;
            case ExternalListSet:
                ListEach(ExternalCustomerId, "external id", id => Client.Members.ListExternal(id, Query()));
                break;
            case IdSet:
                GetEach(CustomerId, MemberId, isExternal: false, Client.Members.GetAsync);
                break;
            default:
                GetEach(ExternalCustomerId, ExternalMemberId, isExternal: true, Client.Members.GetExternalAsync);
                break;
        }
    }

    private MemberQuery Query() => Extent(new MemberQuery { Role = Role }, Sort);

    private void ListEach(IEnumerable<string> customers, string keyName, Func<string, PagedList<Member>> list)
    {
        foreach (var customer in customers)
        {
            Try(new ErrorSubject("customer", customer, Key: keyName), () => WriteList(list(customer)));
        }
    }

    private void GetEach(
        IEnumerable<string> customers,
        IEnumerable<string> members,
        bool isExternal,
        Func<string, string, CancellationToken, Task<Member>> get
    )
    {
        RefuseExtent();
        foreach (var customer in customers)
        {
            foreach (var member in members)
            {
                Try(
                    new MemberPlace(customer, member, isExternal).Subject,
                    () => WriteModel(Await(token => get(customer, member, token)))
                );
            }
        }
    }
}
