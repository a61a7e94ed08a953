namespace PolarPS.Commands;

/// <summary>
/// Adds members to a customer that is a team, also from the rows of a CSV file. Operations customers:members:create and
/// customers:members:create_external.
/// </summary>
[Cmdlet(VerbsCommon.New, "PolarMember", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(Member))]
// No parameter set is the default: PowerShell would bind rows to that one first, and look at no other.
public sealed class NewPolarMemberCommand : NewMemberCmdlet<MemberCreate>
{
    private const string IdSet = "Id";
    private const string ExternalIdSet = "ExternalId";

    // Not from the pipeline by value: what is piped describes the member, and a customer would give it its own name.

    /// <summary>The id of the customer, or the customer.</summary>
    [Parameter(
        ParameterSetName = IdSet,
        Mandatory = true,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = HelpMessages.Customer
    )]
    [PolarId(typeof(Customer), InRows = true)]
    [ArgumentCompleter(typeof(IdCompleter<Customer>))]
    [Alias("Customer")]
    public string CustomerId { get; set; } = string.Empty;

    /// <summary>Your own id of the customer.</summary>
    [Parameter(
        ParameterSetName = ExternalIdSet,
        Mandatory = true,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = HelpMessages.ExternalCustomerId
    )]
    [ExternalId("customer", InRows = true)]
    [ArgumentCompleter(typeof(CustomerExternalIdCompleter))]
    [Alias("CustomerExternalId")]
    public string ExternalCustomerId { get; set; } = string.Empty;

    /// <summary>Your own id of the member.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [Field]
    public string? ExternalId { get; set; }

    internal override Task<Member> CreateAsync(
        PolarClient client,
        MemberCreate body,
        CancellationToken cancellationToken
    ) =>
        ParameterSetName == IdSet
            ? client.Members.CreateAsync(CustomerId, body, cancellationToken)
            : client.Members.CreateExternalAsync(ExternalCustomerId, body, cancellationToken);
}
