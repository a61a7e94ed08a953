namespace PolarPS.Commands;

/// <summary>Opens the customer portal for a customer, or for a member of one. Operation customer-sessions:create.</summary>
[Cmdlet(
    VerbsCommon.New,
    "PolarCustomerSession",
    DefaultParameterSetName = IdSet,
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium
)]
[OutputType(typeof(CustomerSession))]
public sealed class NewPolarCustomerSessionCommand : PolarWriteCmdlet<CustomerSession>, IPortalOpener
{
    private const string IdSet = "Id";
    private const string ExternalIdSet = "ExternalId";
    private const string MemberSet = "Member";

    /// <summary>The id of the customer, or the customer.</summary>
    [Parameter(
        ParameterSetName = IdSet,
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = HelpMessages.Customer
    )]
    [PolarId(typeof(Customer))]
    [ArgumentCompleter(typeof(IdCompleter<Customer>))]
    [Alias("Customer")]
    [Field]
    public string? CustomerId { get; set; }

    /// <summary>Your own id of the customer.</summary>
    [Parameter(ParameterSetName = ExternalIdSet, Mandatory = true, HelpMessage = HelpMessages.ExternalCustomerId)]
    [ExternalId("customer")]
    [ArgumentCompleter(typeof(CustomerExternalIdCompleter))]
    [Alias("CustomerExternalId")]
    [Field("external_customer_id")]
    public string? ExternalCustomerId { get; set; }

    /// <summary>The member to create the session for.</summary>
    [Parameter(ParameterSetName = MemberSet, Mandatory = true, HelpMessage = HelpMessages.MemberObject)]
    [MemberTransformation]
    [ValidateNotNull]
    public Member? Member { get; set; }

    /// <summary>The id of the member who gets the session, or the member; needed for a team.</summary>
    [Parameter(ParameterSetName = IdSet)]
    [Parameter(ParameterSetName = ExternalIdSet)]
    [PolarId(typeof(Member), Strict = true, Within = nameof(CustomerId))]
    [ValidateNotNullOrEmpty]
    [Field]
    public string? MemberId { get; set; }

    /// <summary>Your own id of the member, instead of -MemberId.</summary>
    [Parameter(ParameterSetName = IdSet)]
    [Parameter(ParameterSetName = ExternalIdSet)]
    [ExternalId("member")]
    [Alias("MemberExternalId")]
    [Field("external_member_id")]
    public string? ExternalMemberId { get; set; }

    /// <summary>The target of the portal's back button.</summary>
    [Parameter]
    [AllowNull]
    [Field]
    public string? ReturnUrl { get; set; }

    internal override RowColumns Columns => RowColumns.All;

    /// <inheritdoc/>
    internal override void ProcessInput()
    {
        var customer = CustomerId ?? ExternalCustomerId ?? Member?.CustomerId;
        Try(
            new ErrorSubject(Kind, customer, IsNew: true),
            () =>
            {
                var body = Fill(new CustomerSessionCreate());
                if (Member is not null)
                {
                    body.CustomerId = Member.CustomerId;
                    body.MemberId = Member.Id;
                }

                var whose = Member is not null ? $"'{Member}' ({Member.Id})" : NameOfCustomer();
                if (
                    Confirm(
                        $"{Kind} for {whose}",
                        "Create",
                        (client, token) => client.CustomerSessions.CreateAsync(body, token)
                    )
                )
                {
                    // Not remembered: a session that has passed by is of no use, and its token is a secret.
                    var session = Await(token => Client.CustomerSessions.CreateAsync(body, token));
                    SessionOrigins.Note(session, UsedConnection);
                    WriteObject(ModelShaper.Shape(session));
                }
            }
        );
    }

    // Who it is, for anyone who is asked.
    private string NameOfCustomer()
    {
        var known =
            ExternalCustomerId is { } externalId && IsShown
                ? Await(token => Client.Customers.FindExternalAsync(externalId, token))
                : null;
        return known is not null ? $"'{known}' (external id '{ExternalCustomerId}', {known.Id})"
            : CustomerId is not { } id ? $"'{ExternalCustomerId}'"
            : UsedConnection.Seen.LabelOf(id) is { } label ? $"'{label}' ({id})"
            : id;
    }
}
