namespace PolarPS.Commands;

/// <summary>
/// Changes members of the customer's team: what is given, and nothing else. Operation customer_portal:members:update_member.
/// </summary>
[Cmdlet(VerbsCommon.Set, "PolarPortalMember", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(Member))]
public sealed class SetPolarPortalMemberCommand : SetPolarCmdlet<Member, PortalMemberUpdate>, IMemberCmdlet
{
    /// <summary>The ids of members, or members.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Ids.Member)]
    [PolarId(typeof(Member), IdOnly = true)]
    [ArgumentCompleter(typeof(IdCompleter<Member>))]
    [Alias("MemberId")]
    public string[] Id { get; set; } = [];

    /// <summary>The name. Polar keeps the old one where it is told of none.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Field]
    public string? Name { get; set; }

    /// <summary>What the member may do; owner takes it from the present owner, whose session it must be.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(MemberRoleCompleter))]
    [ValidateNotNullOrEmpty]
    [Field]
    public string? Role { get; set; }

    internal override string[] Ids => Id;

    internal override string? ChangeText(string parameter, UpdateComparison? comparison) =>
        parameter == nameof(Role) && Role == "owner"
            ? "Make this member the owner of the team, and the present owner a billing manager"
            : null;

    internal override Task<Member> UpdateAsync(
        PolarClient client,
        string id,
        PortalMemberUpdate body,
        CancellationToken cancellationToken
    ) => client.Portal.Members.UpdateMemberAsync(id, body, cancellationToken);

    internal override Task<Member> ReadAsync(PolarClient client, string id, CancellationToken cancellationToken) =>
        client.Portal.Members.GetAsync(id, cancellationToken);
}
