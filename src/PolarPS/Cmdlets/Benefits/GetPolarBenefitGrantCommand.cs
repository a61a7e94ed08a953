namespace PolarPS.Commands;

/// <summary>
/// Streams who has which benefit, or had it: all grants, or those of some benefits. Operations benefit-grants:list and
/// benefits:grants.
/// </summary>
[Cmdlet(VerbsCommon.Get, "PolarBenefitGrant", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(BenefitGrant))]
public sealed class GetPolarBenefitGrantCommand : ListPolarCmdlet<BenefitGrant>
{
    private const string ListSet = "List";
    private const string BenefitSet = "Benefit";

    /// <summary>The ids of benefits, or benefits.</summary>
    [Parameter(
        ParameterSetName = BenefitSet,
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = HelpMessages.Reading.Benefit
    )]
    [PolarId(typeof(Benefit), Each = true, OneOfSeveral = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Benefit>))]
    [Alias("Benefit")]
    public string[]? BenefitId { get; set; }

    /// <summary>What to list the grants of: customers or organizations.</summary>
    [Parameter(ParameterSetName = ListSet, ValueFromPipeline = true)]
    [ParentTransformation(typeof(Benefit), typeof(Customer), typeof(Organization))]
    [ValidateNotNullOrEmpty]
    public ParentReference[]? InputObject { get; set; }

    /// <summary>Only grants to these customers.</summary>
    [Parameter]
    [PolarId(typeof(Customer))]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Customer>))]
    [ValidateNotNullOrEmpty]
    [Alias("Customer")]
    public string[]? CustomerId { get; set; }

    /// <summary>Only grants to the customers with these ids of your own.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ExternalId("customer")]
    [ArgumentCompleter(typeof(CustomerExternalIdCompleter))]
    [ValidateNotNullOrEmpty]
    [Alias("CustomerExternalId")]
    public string[]? ExternalCustomerId { get; set; }

    /// <summary>Only grants to these members of customers.</summary>
    [Parameter(ParameterSetName = BenefitSet)]
    [PolarId(typeof(Member))]
    [ValidateNotNullOrEmpty]
    [Alias("Member")]
    public string[]? MemberId { get; set; }

    /// <summary>Only grants in force; with :$false only those revoked or waiting.</summary>
    [Parameter]
    public SwitchParameter IsGranted { get; set; }

    /// <summary>Only grants of these organizations; matters with a user's token.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarId(typeof(Organization))]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Organization>))]
    [ValidateNotNullOrEmpty]
    public string[]? OrganizationId { get; set; }

    /// <summary>The fields to sort by; a leading dash sorts downwards.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(BenefitGrantSortCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Sort { get; set; }

    private bool? GrantedFilter => IsBound(nameof(IsGranted)) ? IsGranted.IsPresent : null;

    internal override void ProcessInput()
    {
        if (InputObject is not null)
        {
            ListEach(InputObject, () => Try(Subject(null), () => WriteList(ListAll())));
            return;
        }

        if (ParameterSetName == ListSet)
        {
            Try(Subject(null), () => WriteList(ListAll()));
            return;
        }

        foreach (var id in BenefitId!)
        {
            Try(new ErrorSubject(Kinds.NameOf(typeof(Benefit)), id), () => WriteList(ListOf(id)));
        }
    }

    private PagedList<BenefitGrant> ListAll() =>
        Client.BenefitGrants.List(
            Extent(
                new BenefitGrantQuery
                {
                    CustomerId = CustomerId,
                    ExternalCustomerId = ExternalCustomerId,
                    IsGranted = GrantedFilter,
                    OrganizationId = OrganizationId,
                },
                Sort
            )
        );

    private PagedList<BenefitGrant> ListOf(string id) =>
        Client.Benefits.ListGrants(
            id,
            Extent(
                new BenefitGrantOfBenefitQuery
                {
                    CustomerId = CustomerId,
                    MemberId = MemberId,
                    IsGranted = GrantedFilter,
                }
            )
        );
}
