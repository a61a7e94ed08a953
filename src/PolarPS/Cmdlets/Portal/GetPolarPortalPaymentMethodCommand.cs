namespace PolarPS.Commands;

/// <summary>Streams the customer's own saved payment methods. Operation customer_portal:customers:list_payment_methods.</summary>
[Cmdlet(VerbsCommon.Get, "PolarPortalPaymentMethod", SupportsPaging = true)]
[OutputType(typeof(PaymentMethod))]
public sealed class GetPolarPortalPaymentMethodCommand : ListPolarCmdlet<PaymentMethod>, IPortalCmdlet
{
    internal override void ProcessInput() =>
        Try(
            Subject(null),
            () => WriteList(Client.Portal.Customer.ListPaymentMethods(Extent(new PaymentMethodQuery())))
        );
}
