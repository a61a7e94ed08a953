namespace PolarPS.Commands;

/// <summary>Streams the members of the customer's team. Operation customer_portal:members:list_members.</summary>
[Cmdlet(VerbsCommon.Get, "PolarPortalMember", SupportsPaging = true)]
[OutputType(typeof(Member))]
public sealed class GetPolarPortalMemberCommand : ListPolarCmdlet<Member>, IMemberCmdlet
{
    internal override void ProcessInput() =>
        Try(Subject(null), () => WriteList(Client.Portal.Members.ListMembers(Extent(new MemberOfCustomerQuery()))));
}
