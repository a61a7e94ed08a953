namespace PolarPS.Commands;

/// <summary>Adds members to the customer's team, also from the rows of a CSV file. Operation customer_portal:members:add_member.</summary>
[Cmdlet(VerbsCommon.New, "PolarPortalMember", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(Member))]
public sealed class NewPolarPortalMemberCommand : NewMemberCmdlet<PortalMemberCreate>, IMemberCmdlet
{
    internal override Task<Member> CreateAsync(
        PolarClient client,
        PortalMemberCreate body,
        CancellationToken cancellationToken
    ) => client.Portal.Members.AddMemberAsync(body, cancellationToken);
}
