namespace PolarPS.Commands;

/// <summary>
/// Deletes customers permanently, by Polar's id or by your own; subscriptions end and benefits are revoked immediately.
/// Operations customers:delete and customers:delete_external.
/// </summary>
[Cmdlet(
    VerbsCommon.Remove,
    "PolarCustomer",
    DefaultParameterSetName = IdSet,
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.High
)]
[OutputType(typeof(void))]
public sealed class RemovePolarCustomerCommand : RemovePolarCmdlet<Customer>
{
    private const string IdSet = "Id";
    private const string ExternalIdSet = "ExternalId";

    /// <summary>The ids of customers, or customers.</summary>
    [Parameter(
        ParameterSetName = IdSet,
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = HelpMessages.Customer
    )]
    [PolarId(typeof(Customer), Strict = true, Each = true)]
    [ArgumentCompleter(typeof(IdCompleter<Customer>))]
    [Alias("CustomerId")]
    public string[] Id { get; set; } = [];

    /// <summary>Your own ids of customers.</summary>
    [Parameter(ParameterSetName = ExternalIdSet, Mandatory = true, HelpMessage = HelpMessages.ExternalCustomerId)]
    [ExternalId("customer")]
    [ArgumentCompleter(typeof(CustomerExternalIdCompleter))]
    [Alias("ExternalCustomerId", "CustomerExternalId")]
    public string[] ExternalId { get; set; } = [];

    /// <summary>Also anonymizes personal data: names, addresses, the tax number.</summary>
    [Parameter]
    public SwitchParameter Anonymize { get; set; }

    internal override string[] Ids => Id;

    internal override string Deletion(Customer? item) =>
        Anonymize
            ? "Delete permanently and anonymize; all subscriptions end and all benefits are revoked immediately"
            : "Delete permanently; all subscriptions end and all benefits are revoked immediately";

    internal override Task DeleteAsync(PolarClient client, string id, CancellationToken cancellationToken) =>
        client.Customers.DeleteAsync(id, Anonymize, cancellationToken);

    internal override Task<Customer>? ReadAsync(PolarClient client, string id, CancellationToken cancellationToken) =>
        client.Customers.GetAsync(id, cancellationToken);

    /// <inheritdoc/>
    internal override void ProcessInput()
    {
        if (ParameterSetName == IdSet)
        {
            base.ProcessInput();
            return;
        }

        foreach (var externalId in ExternalId)
        {
            Try(Subject(externalId) with { Key = "external id" }, () => Delete(externalId));
        }
    }

    private void Delete(string externalId)
    {
        ExternalIds.Check(externalId);

        // Always read again for a question: when a customer is deleted, its external id may go to another one.
        var known = IsShown ? Await(token => Client.Customers.GetExternalAsync(externalId, token)) : null;
        var name = known is null
            ? $"{Kind} with the external id '{externalId}'"
            : $"{Kind} '{known}' (external id '{externalId}', {known.Id})";
        if (
            Confirm(
                name,
                Deletion(known),
                (client, token) => client.Customers.DeleteExternalAsync(externalId, Anonymize, token)
            )
        )
        {
            UsedConnection.Seen.Outdate(known?.Id ?? externalId);
            Await(token => Client.Customers.DeleteExternalAsync(externalId, Anonymize, token));
        }
    }
}
