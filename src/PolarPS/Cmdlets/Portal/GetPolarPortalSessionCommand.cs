namespace PolarPS.Commands;

/// <summary>
/// Gets how long the customer's session lasts. Operation customer_portal:customer-session:introspect.
/// </summary>
[Cmdlet(VerbsCommon.Get, "PolarPortalSession")]
[OutputType(typeof(PortalSession))]
public sealed class GetPolarPortalSessionCommand : PolarModelCmdlet<PortalSession>, IPortalCmdlet
{
    internal override void ProcessInput() =>
        Try(Subject(null), () => WriteObject(ModelShaper.Shape(Await(Client.Portal.Session.IntrospectAsync))));
}
