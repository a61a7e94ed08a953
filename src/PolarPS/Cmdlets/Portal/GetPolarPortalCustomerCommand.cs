namespace PolarPS.Commands;

/// <summary>Gets the customer whose session it is. Operation customer_portal:customers:get.</summary>
[Cmdlet(VerbsCommon.Get, "PolarPortalCustomer")]
[OutputType(typeof(Customer))]
public sealed class GetPolarPortalCustomerCommand : PolarModelCmdlet<Customer>, IPortalCmdlet
{
    internal override void ProcessInput() =>
        Try(Subject(null), () => WriteModel(Await(Client.Portal.Customer.GetAsync)));
}
