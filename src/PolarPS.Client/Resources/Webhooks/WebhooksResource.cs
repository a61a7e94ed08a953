using System.Net.Http;

namespace PolarPS.Client;

/// <summary>Webhook endpoints and their deliveries. <see cref="WebhookVerifier"/> reads what arrives there.</summary>
public class WebhooksResource
{
    private const string Root = "/v1/webhooks/";
    private const string Endpoints = Root + "endpoints";

    private readonly ApiConnection _connection;

    /// <summary>For a stand-in in tests, which overrides what it needs; everything else throws.</summary>
    protected WebhooksResource() => _connection = ApiConnection.StandIn;

    internal WebhooksResource(ApiConnection connection) => _connection = connection;

    /// <summary>All endpoints, or those that match. Operation <c>webhooks:list_webhook_endpoints</c>.</summary>
    /// <param name="query">Filters, order and extent; null for everything.</param>
    /// <returns>A list that is read while it is enumerated.</returns>
    public virtual PagedList<WebhookEndpoint> ListEndpoints(WebhookEndpointQuery? query = null) =>
        new(
            _connection,
            Endpoints,
            query ?? new WebhookEndpointQuery(),
            ModelReaders.ListEnvelopeWebhookEndpoint,
            item => item.Id
        );

    /// <summary>One endpoint. Operation <c>webhooks:get_webhook_endpoint</c>.</summary>
    /// <param name="id">The endpoint's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="PolarNotFoundException">There is no such endpoint.</exception>
    public virtual Task<WebhookEndpoint> GetEndpointAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(
            ApiRequest.Get(ApiPath.Of(Endpoints + "/", id)),
            ModelReaders.WebhookEndpoint,
            cancellationToken
        );

    /// <summary>Makes an endpoint. Operation <c>webhooks:create_webhook_endpoint</c>; never sent twice.</summary>
    /// <param name="body">What it is made of.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The new endpoint with its secret.</returns>
    public virtual Task<WebhookEndpoint> CreateEndpointAsync(
        WebhookEndpointCreate body,
        CancellationToken cancellationToken = default
    ) => _connection.SendAsync(ApiRequest.Post(Endpoints, body), ModelReaders.WebhookEndpoint, cancellationToken);

    /// <summary>Changes an endpoint; what waits for delivery stays as it was written. Operation <c>webhooks:update_webhook_endpoint</c>.</summary>
    /// <param name="id">The endpoint's id.</param>
    /// <param name="body">The fields to change.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The endpoint after the change.</returns>
    public virtual Task<WebhookEndpoint> UpdateEndpointAsync(
        string id,
        WebhookEndpointUpdate body,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Update(ApiPath.Of(Endpoints + "/", id), body),
            ModelReaders.WebhookEndpoint,
            cancellationToken
        );

    /// <summary>Deletes an endpoint. Operation <c>webhooks:delete_webhook_endpoint</c>.</summary>
    /// <param name="id">The endpoint's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>When it is done.</returns>
    public virtual Task DeleteEndpointAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.DeleteAsync(ApiPath.Of(Endpoints + "/", id), cancellationToken);

    /// <summary>
    /// Rotates the secret of an endpoint; the old one stops working immediately. Operation <c>webhooks:reset_webhook_endpoint_secret</c>; never
    /// sent twice, as each time makes another.
    /// </summary>
    /// <param name="id">The endpoint's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The endpoint with its new secret, which may be used in another way than the old one.</returns>
    public virtual Task<WebhookEndpoint> ResetEndpointSecretAsync(
        string id,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest
                .Raw(new HttpMethod("PATCH"), ApiPath.Of(Endpoints + "/", id, "/secret"), body: null)
                .MovingMoney(false),
            ModelReaders.WebhookEndpoint,
            cancellationToken
        );

    /// <summary>All deliveries, or those that match. Operation <c>webhooks:list_webhook_deliveries</c>.</summary>
    /// <param name="query">Filters, order and extent; null for everything.</param>
    /// <returns>A list that is read while it is enumerated.</returns>
    public virtual PagedList<WebhookDelivery> ListDeliveries(WebhookDeliveryQuery? query = null) =>
        new(
            _connection,
            Root + "deliveries",
            query ?? new WebhookDeliveryQuery(),
            ModelReaders.ListEnvelopeWebhookDelivery,
            item => item.Id
        );

    /// <summary>
    /// Has an event delivered again, soon. Operation <c>webhooks:redeliver_webhook_event</c>; never sent twice, as each time is a
    /// delivery.
    /// </summary>
    /// <param name="id">The event's id, which is <see cref="WebhookDeliveryEvent.Id"/> and the receiver's <c>webhook-id</c>; not the delivery's.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>When Polar has accepted the task.</returns>
    /// <exception cref="PolarNotFoundException">There is no such event.</exception>
    public virtual Task RedeliverEventAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(
            ApiRequest.Post(ApiPath.Of(Root + "events/", id, "/redeliver"), body: null),
            cancellationToken
        );

    /// <summary>
    /// An event by its id, as its deliveries tell it: Polar shows events only with them. Operation
    /// <c>webhooks:list_webhook_deliveries</c>.
    /// </summary>
    /// <param name="id">The event's id.</param>
    /// <param name="endpointId">The endpoints at which to look; null for all.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The event; null if there was no attempt to deliver it there.</returns>
    internal async Task<WebhookDeliveryEvent?> FindEventAsync(
        string id,
        IReadOnlyList<string>? endpointId,
        CancellationToken cancellationToken
    )
    {
        // What occurs in a delivery is a wider question than which event it is of.
        var query = new WebhookDeliveryQuery { Query = id, EndpointId = endpointId };
        await foreach (var found in ListDeliveries(query).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (string.Equals(found.WebhookEvent?.Id, id, StringComparison.OrdinalIgnoreCase))
            {
                return found.WebhookEvent;
            }
        }

        return null;
    }

    /// <summary>
    /// The endpoint to which an event was sent. Polar does not say it of an event, but lists the deliveries to one. Operations
    /// <c>webhooks:list_webhook_endpoints</c> and <c>webhooks:list_webhook_deliveries</c>.
    /// </summary>
    /// <param name="eventId">The event's id; null for the only endpoint there is.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The endpoint with its secret; null where it cannot be told.</returns>
    internal async Task<WebhookEndpoint?> FindEndpointAsync(string? eventId, CancellationToken cancellationToken)
    {
        var endpoints = new List<WebhookEndpoint>();
        await foreach (var endpoint in ListEndpoints().WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            endpoints.Add(endpoint);
        }

        if (endpoints.Count <= 1)
        {
            return endpoints.Count == 1 ? endpoints[0] : null;
        }

        foreach (var endpoint in eventId is null ? [] : endpoints)
        {
            if (await FindEventAsync(eventId!, [endpoint.Id!], cancellationToken).ConfigureAwait(false) is not null)
            {
                return endpoint;
            }
        }

        return null;
    }
}
