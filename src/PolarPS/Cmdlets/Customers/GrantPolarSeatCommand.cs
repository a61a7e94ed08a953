using System;
using System.Collections;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using PolarPS.Client;
using PolarPS.Client.Models;

namespace PolarPS.Commands;

/// <summary>
/// Assigns a seat of a subscription or an order. There is a parameter set for each way to identify the person. Operation
/// customer-seats:assign_seat.
/// </summary>
[Cmdlet(
    VerbsSecurity.Grant,
    "PolarSeat",
    DefaultParameterSetName = EmailSet,
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium
)]
[OutputType(typeof(CustomerSeat))]
public sealed class GrantPolarSeatCommand : PolarWriteCmdlet<CustomerSeat>
{
    private const string EmailSet = "Email";
    private const string CustomerSet = "Customer";
    private const string ExternalCustomerSet = "ExternalCustomer";
    private const string MemberSet = "Member";
    private const string ExternalMemberSet = "ExternalMember";

    /// <summary>The subscription of which to give a seat, or its id.</summary>
    [Parameter(Position = 0)]
    [PolarId(typeof(Subscription))]
    [ArgumentCompleter(typeof(IdCompleter<Subscription>))]
    [ValidateNotNullOrEmpty]
    [Alias("Subscription")]
    [Field]
    public string? SubscriptionId { get; set; }

    /// <summary>The order of which to give a seat, or its id.</summary>
    [Parameter]
    [PolarId(typeof(Order))]
    [ArgumentCompleter(typeof(IdCompleter<Order>))]
    [ValidateNotNullOrEmpty]
    [Alias("Order")]
    [Field]
    public string? OrderId { get; set; }

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

    /// <summary>The customer who gets it, or the customer's id.</summary>
    [Parameter(
        ParameterSetName = CustomerSet,
        Mandatory = true,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = HelpMessages.Customer
    )]
    [PolarId(typeof(Customer), InRows = true)]
    [FromRow]
    [ArgumentCompleter(typeof(IdCompleter<Customer>))]
    [ValidateNotNullOrEmpty]
    [Alias("Customer")]
    [Field]
    public string? CustomerId { get; set; }

    /// <summary>Your own id of the customer who gets it.</summary>
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
        HelpMessage = "UUID of a member"
    )]
    [PolarId(typeof(Member), InRows = true)]
    [FromRow]
    [ValidateNotNullOrEmpty]
    [Alias("Member")]
    [Field]
    public string? MemberId { get; set; }

    /// <summary>Your own id of the member who gets it; with -Email one who is not there yet is added.</summary>
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

    // A row with an address beside a member has latched on to the address alone: PowerShell looks at the default set first.
    internal override bool GoesWith(string parameter) =>
        base.GoesWith(parameter)
        || (ParameterSetName == EmailSet && parameter is nameof(MemberId) or nameof(ExternalMemberId));

    /// <inheritdoc/>
    internal override void ProcessInput()
    {
        var person = Email ?? ExternalCustomerId ?? ExternalMemberId ?? Label(CustomerId ?? MemberId!);
        if (SubscriptionId is null == OrderId is null)
        {
            Fail(
                ErrorRecords.InvalidArgument(
                    new ArgumentException("Give the source of the seat: either -SubscriptionId or -OrderId."),
                    Subject(person)
                )
            );
            return;
        }

        var source = SubscriptionId is { } id ? $"subscription {Label(id)}" : $"order {Label(OrderId!)}";
        Try(
            new ErrorSubject(Kind, $"{person}, {source}", IsNew: true),
            () =>
            {
                var body = Fill(new SeatAssign());
                var action = ImmediateClaim
                    ? $"Assign a seat to {person} immediately, without an invitation"
                    : $"Assign a seat to {person}, with an invitation by email";
                if (Confirm(source, action, (client, token) => AssignAsync(client, body, token)))
                {
                    WriteModel(Await(token => AssignAsync(Client, body, token)));
                }
            }
        );
    }

    private static Task<CustomerSeat> AssignAsync(
        PolarClient client,
        SeatAssign body,
        CancellationToken cancellationToken
    ) => client.CustomerSeats.AssignSeatAsync(body, cancellationToken);

    private string Label(string id) => UsedConnection.Seen.LabelOf(id) is { } label ? $"'{label}' ({id})" : id;
}
