namespace PolarPS.Commands;

/// <summary>
/// Streams the saved payment methods of customers. Operations customers:list_payment_methods and
/// customers:list_payment_methods_external.
/// </summary>
[Cmdlet(VerbsCommon.Get, "PolarPaymentMethod", DefaultParameterSetName = IdSet, SupportsPaging = true)]
[OutputType(typeof(PaymentMethod))]
public sealed class GetPolarPaymentMethodCommand : ListPolarCmdlet<PaymentMethod>
{
    private const string IdSet = "Id";
    private const string ExternalIdSet = "ExternalId";

    /// <summary>The ids of customers, or customers.</summary>
    [Parameter(
        ParameterSetName = IdSet,
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = HelpMessages.Reading.Customer
    )]
    [PolarId(typeof(Customer), Each = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Customer>))]
    [Alias("Customer")]
    public string[] CustomerId { get; set; } = [];

    /// <summary>Your own ids of customers.</summary>
    [Parameter(ParameterSetName = ExternalIdSet, Mandatory = true, HelpMessage = HelpMessages.ExternalCustomerId)]
    [ExternalId("customer")]
    [ArgumentCompleter(typeof(CustomerExternalIdCompleter))]
    [Alias("CustomerExternalId")]
    public string[] ExternalCustomerId { get; set; } = [];

    internal override void ProcessInput()
    {
        if (ParameterSetName == IdSet)
        {
            foreach (var id in CustomerId)
            {
                Try(
                    new ErrorSubject("customer", id),
                    () => WriteList(Client.Customers.ListPaymentMethods(id, Extent(new PaymentMethodQuery())))
                );
            }
        }
        else
        {
            foreach (var externalId in ExternalCustomerId)
            {
                Try(
                    new ErrorSubject("customer", externalId, Key: "external id"),
                    () =>
                        WriteList(
                            Client.Customers.ListPaymentMethodsExternal(externalId, Extent(new PaymentMethodQuery()))
                        )
                );
            }
        }
    }
}
