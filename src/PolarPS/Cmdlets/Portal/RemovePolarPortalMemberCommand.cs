namespace PolarPS.Commands;

/// <summary>Removes members from the customer's team. Operation customer_portal:members:remove_member.</summary>
[Cmdlet(VerbsCommon.Remove, "PolarPortalMember", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemovePolarPortalMemberCommand : RemovePolarCmdlet<Member>, IMemberCmdlet
{
    /// <summary>The ids of members, or members.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Ids.Member)]
    [PolarId(typeof(Member), IdOnly = true, Strict = true)]
    [ArgumentCompleter(typeof(IdCompleter<Member>))]
    [Alias("MemberId")]
    public string[] Id { get; set; } = [];

    internal override string[] Ids => Id;

    internal override string Deletion(Member? item) => "Remove from the team, with seats and benefits";

    internal override Task DeleteAsync(PolarClient client, string id, CancellationToken cancellationToken) =>
        client.Portal.Members.RemoveMemberAsync(id, cancellationToken);

    internal override Task<Member> ReadAsync(PolarClient client, string id, CancellationToken cancellationToken) =>
        client.Portal.Members.GetAsync(id, cancellationToken);
}
