namespace PolarPS.Commands;

/// <summary>
/// Gets whose session it is: the customer, or the member with the role. Operation
/// customer_portal:customer-session:get_authenticated_user.
/// </summary>
[Cmdlet(VerbsCommon.Get, "PolarPortalUser")]
[OutputType(typeof(PortalAuthenticatedUser))]
public sealed class GetPolarPortalUserCommand : PolarModelCmdlet<PortalAuthenticatedUser>, IPortalCmdlet
{
    internal override void ProcessInput() =>
        Try(
            Subject(null),
            () => WriteObject(ModelShaper.Shape(Await(Client.Portal.Session.GetAuthenticatedUserAsync)))
        );
}
