namespace PolarPS.Commands;

/// <summary>
/// Changes members of a customer: what is given, and nothing else. Operations customers:members:update and
/// customers:members:update_external.
/// </summary>
[Cmdlet(
    VerbsCommon.Set,
    "PolarMember",
    DefaultParameterSetName = MemberSet,
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium
)]
[OutputType(typeof(Member))]
public sealed class SetPolarMemberCommand : PolarWriteCmdlet<Member>
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
    [PolarId(typeof(Customer))]
    [ArgumentCompleter(typeof(IdCompleter<Customer>))]
    [Alias("Customer")]
    public string CustomerId { get; set; } = string.Empty;

    /// <summary>The ids of members, or members, of that customer.</summary>
    [Parameter(ParameterSetName = IdSet, Mandatory = true, HelpMessage = HelpMessages.Member)]
    [PolarId(typeof(Member), Each = true, Within = nameof(CustomerId))]
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

    /// <summary>The email address.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Field]
    public string? Email { get; set; }

    /// <summary>The name. Polar keeps the old one where it is told of none.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Field]
    public string? Name { get; set; }

    /// <summary>What the member may do; owner takes it from the present owner.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(MemberRoleCompleter))]
    [ValidateNotNullOrEmpty]
    [Field]
    public string? Role { get; set; }

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
            Try(place.Subject, () => Update(place));
        }
    }

    private static Task<Member> SendAsync(
        PolarClient client,
        MemberPlace place,
        MemberUpdate body,
        CancellationToken token
    ) =>
        place.IsExternal
            ? client.Members.UpdateExternalAsync(place.Customer, place.Key, body, token)
            : client.Members.UpdateAsync(place.Customer, place.Key, body, token);

    private void Update(MemberPlace place)
    {
        var body = Fill(new MemberUpdate());
        if (body.IsEmpty())
        {
            ThrowTerminatingError(ErrorRecords.NothingToChange(place.Subject));
        }

        if (place.IsExternal)
        {
            place.CheckExternal();
        }

        var name = place.IsExternal ? NameOfExternal(place) : NameOf(place.Key);
        if (Confirm(name, Changes(), (client, token) => SendAsync(client, place, body, token)))
        {
            WriteModel(Await(token => SendAsync(Client, place, body, token)));
        }
    }

    private string NameOfExternal(MemberPlace place)
    {
        var known = IsShown ? Await(token => Client.Members.GetExternalAsync(place.Customer, place.Key, token)) : null;
        return known is null
            ? $"{Kind} with the external id '{place.Key}' of the customer with the external id '{place.Customer}'"
            : $"{Kind} '{known}' (external id '{place.Key}', {known.Id}) of the customer with the external id '{place.Customer}'";
    }
}
