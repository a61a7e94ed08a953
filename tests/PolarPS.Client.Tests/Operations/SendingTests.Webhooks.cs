using PolarPS.Client.Models;
using PolarPS.OpenApi;

namespace PolarPS.Client.Tests.Operations;

public sealed partial class SendingTests
{
    private static Row[] WebhooksRows() =>
        [
            new(
                "webhooks:list_webhook_endpoints",
                c => c.Webhooks.ListEndpoints(new WebhookEndpointQuery { OrganizationId = ["o"] }).CountAsync(),
                "GET /v1/webhooks/endpoints?organization_id=o&" + Count
            ),
            new(
                "webhooks:get_webhook_endpoint",
                c => c.Webhooks.GetEndpointAsync(Id),
                $"GET /v1/webhooks/endpoints/{Id}"
            ),
            new(
                "webhooks:create_webhook_endpoint",
                c =>
                    c.Webhooks.CreateEndpointAsync(
                        new WebhookEndpointCreate
                        {
                            Url = "https://shop.example/hook",
                            Name = "shop",
                            Format = "raw",
                            Events = ["order.paid"],
                            ApiVersion = ApiVersion.Tested,
                            OrganizationId = "o",
                        }
                    ),
                "POST /v1/webhooks/endpoints",
                $$"""{"url":"https://shop.example/hook","name":"shop","format":"raw","events":["order.paid"],"api_version":"{{ApiVersion.Tested}}","organization_id":"o"}""",
                Once: true
            ),
            new(
                "webhooks:update_webhook_endpoint",
                c => c.Webhooks.UpdateEndpointAsync(Id, new WebhookEndpointUpdate { Enabled = true, Name = null }),
                $"PATCH /v1/webhooks/endpoints/{Id}",
                """{"enabled":true,"name":null}"""
            ),
            new(
                "webhooks:delete_webhook_endpoint",
                c => c.Webhooks.DeleteEndpointAsync(Id),
                $"DELETE /v1/webhooks/endpoints/{Id}"
            ),
            new(
                "webhooks:reset_webhook_endpoint_secret",
                c => c.Webhooks.ResetEndpointSecretAsync(Id),
                $"PATCH /v1/webhooks/endpoints/{Id}/secret",
                Once: true
            ),
            new(
                "webhooks:list_webhook_deliveries",
                c =>
                    c.Webhooks.ListDeliveries(
                            new WebhookDeliveryQuery
                            {
                                EndpointId = ["e"],
                                StartTimestamp = From,
                                EndTimestamp = To,
                                Succeeded = false,
                                Query = "q",
                                HttpCodeClass = "5xx",
                                EventType = ["order.paid"],
                            }
                        )
                        .CountAsync(),
                "GET /v1/webhooks/deliveries?endpoint_id=e&start_timestamp=2026-11-01T00%3A00%3A00Z&end_timestamp=2026-11-02T00%3A00%3A00.005Z"
                    + "&succeeded=false&query=q&http_code_class=5xx&event_type=order.paid&"
                    + Count
            ),
            new(
                "webhooks:redeliver_webhook_event",
                c => c.Webhooks.RedeliverEventAsync(Id),
                $"POST /v1/webhooks/events/{Id}/redeliver",
                Once: true
            ),
        ];
}
