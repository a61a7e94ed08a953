namespace PolarPS.Commands;

/// <summary>
/// Gets webhook endpoints by id or name, or streams all of them. Operations webhooks:get_webhook_endpoint and
/// webhooks:list_webhook_endpoints.
/// </summary>
[Cmdlet(VerbsCommon.Get, "PolarWebhookEndpoint", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(WebhookEndpoint))]
public sealed class GetPolarWebhookEndpointCommand : GetOwnedCmdlet<WebhookEndpoint>
{
    /// <summary>The ids of endpoints, or endpoints.</summary>
    [Parameter(
        ParameterSetName = IdSet,
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = HelpMessages.Reading.Endpoint
    )]
    [PolarId(typeof(WebhookEndpoint), Each = true, OneOfSeveral = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<WebhookEndpoint>))]
    [Alias("EndpointId")]
    public string[]? Id { get; set; }

    /// <summary>What to list the endpoints of: organizations.</summary>
    [Parameter(ParameterSetName = ListSet, ValueFromPipeline = true)]
    [ParentTransformation(typeof(WebhookEndpoint), typeof(Organization))]
    [ValidateNotNullOrEmpty]
    public ParentReference[]? InputObject { get; set; }

    /// <summary>Gives the secrets too, as SecureStrings.</summary>
    [Parameter]
    public SwitchParameter IncludeSecret { get; set; }

    internal override string[]? Ids => Id;

    internal override ParentReference[]? Parents => InputObject;

    internal override PSObject Show(WebhookEndpoint item) =>
        IncludeSecret ? WebhookSecrets.Keep(item) : WebhookSecrets.Hide(item);

    internal override Task<WebhookEndpoint> GetAsync(string id, CancellationToken cancellationToken) =>
        Client.Webhooks.GetEndpointAsync(id, cancellationToken);

    internal override PagedList<WebhookEndpoint> List() =>
        Client.Webhooks.ListEndpoints(Extent(new WebhookEndpointQuery { OrganizationId = OrganizationId }));
}
