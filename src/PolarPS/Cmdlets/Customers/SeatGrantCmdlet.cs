namespace PolarPS.Commands;

/// <summary>Assigns a seat, as the seller or as the customer who bought it. There is a parameter set for each way to name the person.</summary>
public abstract class SeatGrantCmdlet : PolarWriteCmdlet<CustomerSeat>
{
    internal const string EmailSet = "Email";
    internal const string CustomerSet = "Customer";
    internal const string ExternalCustomerSet = "ExternalCustomer";
    internal const string MemberSet = "Member";
    internal const string ExternalMemberSet = "ExternalMember";

    /// <summary>The subscription of which to give a seat, or its id.</summary>
    [Parameter(Position = 0)]
    [PolarId(typeof(Subscription))]
    [ArgumentCompleter(typeof(IdCompleter<Subscription>))]
    [ValidateNotNullOrEmpty]
    [Alias("Subscription")]
    [Field]
    public string? SubscriptionId { get; set; }

    /// <summary>The email address to invite; beside a member, the member's.</summary>
    [Parameter(
        ParameterSetName = EmailSet,
        Mandatory = true,
        Position = 1,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = HelpMessages.Email
    )]
    [Parameter(ParameterSetName = MemberSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ExternalMemberSet, ValueFromPipelineByPropertyName = true)]
    [Text(OrEmpty = true)]
    [ValidateNotNullOrEmpty]
    [Field]
    public string? Email { get; set; }

    /// <summary>The seller's own id of the customer who gets it.</summary>
    [Parameter(
        ParameterSetName = ExternalCustomerSet,
        Mandatory = true,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = HelpMessages.ExternalCustomerId
    )]
    [Text(OrEmpty = true)]
    [FromRow]
    [ArgumentCompleter(typeof(CustomerExternalIdCompleter))]
    [ValidateNotNullOrEmpty]
    [Alias("CustomerExternalId")]
    [Field]
    public string? ExternalCustomerId { get; set; }

    /// <summary>The member of the customer's team who gets it, or the member's id.</summary>
    [Parameter(
        ParameterSetName = MemberSet,
        Mandatory = true,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = HelpMessages.Ids.Member
    )]
    [PolarId(typeof(Member), InRows = true)]
    [FromRow]
    [ArgumentCompleter(typeof(IdCompleter<Member>))]
    [ValidateNotNullOrEmpty]
    [Alias("Member")]
    [Field]
    public string? MemberId { get; set; }

    /// <summary>The seller's own id of the member who gets it; with -Email one who is not there yet is added.</summary>
    [Parameter(
        ParameterSetName = ExternalMemberSet,
        Mandatory = true,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = HelpMessages.ExternalMemberId
    )]
    [Text(OrEmpty = true)]
    [FromRow]
    [ValidateNotNullOrEmpty]
    [Alias("MemberExternalId")]
    [Field]
    public string? ExternalMemberId { get; set; }

    /// <summary>Assigns the seat immediately, without an email invitation.</summary>
    [Parameter]
    [Field]
    public SwitchParameter ImmediateClaim { get; set; }

    /// <summary>What to store with the seat.</summary>
    [Parameter]
    [Entries(OrNull = true)]
    [AllowNull]
    [Field]
    public IDictionary? Metadata { get; set; }

    internal override RowColumns Columns => RowColumns.All;

    /// <summary>What the seat can come from: each kind with the parameter's name and the id, if one is given.</summary>
    internal abstract (string Kind, string Parameter, string? Id)[] Sources { get; }

    /// <summary>The customer who gets it; null for another way to name the person.</summary>
    internal abstract string? Customer { get; }

    internal abstract Task<CustomerSeat> AssignAsync(PolarClient client, SeatAssign body, CancellationToken token);

    // A row with an address beside a member has latched on to the address alone: PowerShell looks at the default set first.
    internal override bool GoesWith(string parameter) =>
        base.GoesWith(parameter)
        || (ParameterSetName == EmailSet && parameter is nameof(MemberId) or nameof(ExternalMemberId));

    /// <inheritdoc/>
    internal override void ProcessInput()
    {
        var person = Email ?? ExternalCustomerId ?? ExternalMemberId ?? Label(Customer ?? MemberId!);
        var given = Sources.Where(source => source.Id is not null).ToList();
        if (given.Count != 1)
        {
            var names = Sources.Select(source => "-" + source.Parameter).ToList();
            Fail(
                ErrorRecords.InvalidArgument(
                    new ArgumentException(
                        $"Give the source of the seat: either {string.Join(", ", names.Take(names.Count - 1))} or {names[names.Count - 1]}."
                    ),
                    Subject(person)
                )
            );
            return;
        }

        var from = $"{given[0].Kind} {Label(given[0].Id!)}";
        Try(
            new ErrorSubject(Kind, $"{person}, {from}", IsNew: true),
            () =>
            {
                var body = Fill(new SeatAssign());
                var action = ImmediateClaim
                    ? $"Assign a seat to {person} immediately, without an invitation"
                    : $"Assign a seat to {person}, with an invitation by email";
                if (Confirm(from, action, (client, token) => AssignAsync(client, body, token)))
                {
                    WriteModel(Await(token => AssignAsync(Client, body, token)));
                }
            }
        );
    }

    private string Label(string id) => UsedConnection.Seen.LabelOf(id) is { } label ? $"'{label}' ({id})" : id;
}
