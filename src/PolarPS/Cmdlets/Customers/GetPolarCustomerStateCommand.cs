namespace PolarPS.Commands;

/// <summary>
/// Gets what customers have now: active subscriptions, granted benefits, meters. Operations customers:get_state and
/// customers:get_state_external.
/// </summary>
[Cmdlet(VerbsCommon.Get, "PolarCustomerState", DefaultParameterSetName = IdSet)]
[OutputType(typeof(CustomerState))]
public sealed class GetPolarCustomerStateCommand : PolarCmdlet
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
    [Alias("Id", "Customer")]
    public string[] CustomerId { get; set; } = [];

    /// <summary>Your own ids of customers.</summary>
    [Parameter(ParameterSetName = ExternalIdSet, Mandatory = true, HelpMessage = HelpMessages.ExternalCustomerId)]
    [ExternalId("customer")]
    [ArgumentCompleter(typeof(CustomerExternalIdCompleter))]
    [Alias("ExternalCustomerId", "CustomerExternalId")]
    public string[] ExternalId { get; set; } = [];

    internal override void ProcessInput()
    {
        if (ParameterSetName == IdSet)
        {
            WriteStates(CustomerId, "id", Client.Customers.GetStateAsync);
        }
        else
        {
            WriteStates(ExternalId, "external id", Client.Customers.GetStateExternalAsync);
        }
    }

    private void WriteStates(
        IEnumerable<string> keys,
        string keyName,
        Func<string, CancellationToken, Task<CustomerState>> get
    )
    {
        foreach (var key in keys)
        {
            Try(
                new ErrorSubject("customer", key, Key: keyName),
                () =>
                {
                    var state = Await(token => get(key, token));
                    UsedConnection.Seen.Add(typeof(Customer), state.Id, state.ToString());
                    WriteObject(ModelShaper.Shape(state));
                }
            );
        }
    }
}
