namespace PolarPS.Commands;

/// <summary>
/// Removes members from a customer. Operations customers:members:delete and customers:members:delete_external.
/// </summary>
[Cmdlet(
    VerbsCommon.Remove,
    "PolarMember",
    DefaultParameterSetName = MemberSet,
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.High
)]
[OutputType(typeof(void))]
public sealed class RemovePolarMemberCommand : ForcePolarCmdlet<Member>
{
    private const string MemberSet = "Member";
    private const string IdSet = "Id";
    private const string ExternalIdSet = "ExternalId";

    /// <summary>Members, as Get-PolarMember gives them.</summary>
    [Parameter(
        ParameterSetName = MemberSet,
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = HelpMessages.MemberObject
    )]
    [MemberTransformation]
    public Member[] Member { get; set; } = [];

    /// <summary>The id of the customer, or the customer.</summary>
    [Parameter(ParameterSetName = IdSet, Mandatory = true, HelpMessage = HelpMessages.Customer)]
    [PolarId(typeof(Customer), Strict = true)]
    [ArgumentCompleter(typeof(IdCompleter<Customer>))]
    [Alias("Customer")]
    public string CustomerId { get; set; } = string.Empty;

    /// <summary>The ids of members, or members, of that customer.</summary>
    [Parameter(ParameterSetName = IdSet, Mandatory = true, HelpMessage = HelpMessages.Member)]
    [PolarId(typeof(Member), Strict = true, Each = true, Within = nameof(CustomerId))]
    public string[] MemberId { get; set; } = [];

    /// <summary>Your own id of the customer.</summary>
    [Parameter(ParameterSetName = ExternalIdSet, Mandatory = true, HelpMessage = HelpMessages.ExternalCustomerId)]
    [ExternalId("customer")]
    [ArgumentCompleter(typeof(CustomerExternalIdCompleter))]
    [Alias("CustomerExternalId")]
    public string ExternalCustomerId { get; set; } = string.Empty;

    /// <summary>Your own ids of members of that customer.</summary>
    [Parameter(ParameterSetName = ExternalIdSet, Mandatory = true, HelpMessage = HelpMessages.ExternalMemberId)]
    [ExternalId("member")]
    [Alias("MemberExternalId")]
    public string[] ExternalMemberId { get; set; } = [];

    /// <inheritdoc/>
    internal override void ProcessInput()
    {
        var places = ParameterSetName switch
        {
            MemberSet => MemberPlace.Of(Member),
            IdSet => MemberPlace.Of(CustomerId, MemberId, isExternal: false),
            _ => MemberPlace.Of(ExternalCustomerId, ExternalMemberId, isExternal: true),
        };
        foreach (var place in places)
        {
            Try(place.Subject, () => Delete(place));
        }
    }

    private static Task SendAsync(PolarClient client, MemberPlace place, CancellationToken token) =>
        place.IsExternal
            ? client.Members.DeleteExternalAsync(place.Customer, place.Key, token)
            : client.Members.DeleteAsync(place.Customer, place.Key, token);

    private void Delete(MemberPlace place)
    {
        if (Confirm(NameOf(place), "Remove from the customer", (client, token) => SendAsync(client, place, token)))
        {
            Await(token => SendAsync(Client, place, token));
        }
    }

    // The name for the question: read where it is not known, and an error where there is no such member.
    private string NameOf(MemberPlace place)
    {
        if (!place.IsExternal)
        {
            Introduce(place.Key, token => Client.Members.GetAsync(place.Customer, place.Key, token));
            var team = UsedConnection.Seen.LabelOf(place.Customer) is { } label ? $"'{label}'" : place.Customer;
            return $"{NameOf(place.Key)} of the customer {team}";
        }

        place.CheckExternal();
        var known = IsShown
            ? Await(token => Client.Members.GetExternalAsync(place.Customer, place.Key, token)).ToString()
            : string.Empty;
        return $"{Kind} '{known}' (external id '{place.Key}') of the customer with the external id '{place.Customer}'";
    }
}
