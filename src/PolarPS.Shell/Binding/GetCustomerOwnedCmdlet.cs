namespace PolarPS.Commands;

/// <summary>Gets objects that belong to customers of organizations.</summary>
/// <typeparam name="T">The kind.</typeparam>
public abstract class GetCustomerOwnedCmdlet<T> : GetOwnedCmdlet<T>
    where T : PolarObject
{
    /// <summary>Only those of these customers.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarId(typeof(Customer))]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Customer>))]
    [ValidateNotNullOrEmpty]
    [Alias("Customer")]
    public string[]? CustomerId { get; set; }

    /// <summary>Only those of customers with one of these ids of your own.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ExternalId("customer")]
    [ArgumentCompleter(typeof(CustomerExternalIdCompleter))]
    [ValidateNotNullOrEmpty]
    [Alias("CustomerExternalId")]
    public string[]? ExternalCustomerId { get; set; }
}
