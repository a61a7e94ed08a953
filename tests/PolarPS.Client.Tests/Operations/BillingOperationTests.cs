using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using PolarPS.Client.Models;
using PolarPS.Client.Tests.Emulator;
using Xunit;

namespace PolarPS.Client.Tests.Operations;

/// <summary>What each operation of sales, usage and webhooks sends: method, address, body, and whether it may be sent twice.</summary>
public sealed class BillingOperationTests
{
    private const string Id = "a4b638df-dae6-430f-ac24-39517283824b";
    private const string Count = "page=1&limit=1";

    private static readonly DateTimeOffset From = new(2026, 11, 1, 1, 0, 0, TimeSpan.FromHours(1));
    private static readonly DateTimeOffset To = new(2026, 11, 2, 0, 0, 0, 5, TimeSpan.Zero);
    private static readonly MeterFilter Filter = MeterFilter.All(
        MeterFilterClause.Where("name", "eq", "call"),
        MeterFilterClause.Group(
            MeterFilter.Any(MeterFilterClause.Where("cached", "ne", true), MeterFilterClause.Where("ms", "gte", 100))
        )
    );

    private const string FilterJson =
        """{"conjunction":"and","clauses":[{"property":"name","operator":"eq","value":"call"},{"conjunction":"or","clauses":[{"property":"cached","operator":"ne","value":true},{"property":"ms","operator":"gte","value":100}]}]}""";

    private static readonly Dictionary<string, object?> Metadata = new() { ["tier"] = "gold", ["n"] = 5L };

    private static readonly Row[] Rows =
    [
        new(
            "subscriptions:list",
            c =>
                c.Subscriptions.List(
                        new SubscriptionQuery
                        {
                            OrganizationId = ["o"],
                            ProductId = ["p1", "p2"],
                            CustomerId = ["c"],
                            ExternalCustomerId = ["x&y"],
                            DiscountId = ["d"],
                            Active = true,
                            Status = ["active", "trialing"],
                            CancelAtPeriodEnd = false,
                            CustomerCancellationReason = ["unused"],
                            CanceledAtAfter = From,
                            CanceledAtBefore = To,
                            StartedAfter = From,
                            StartedBefore = To,
                            Metadata = new Dictionary<string, object?> { ["a b"] = new[] { "1", "2" } },
                            Sorting = ["-started_at", "status"],
                        }
                    )
                    .CountAsync(),
            "GET /v1/subscriptions/?organization_id=o&product_id=p1&product_id=p2&customer_id=c&external_customer_id=x%26y&discount_id=d"
                + "&active=true&status=active&status=trialing&cancel_at_period_end=false&customer_cancellation_reason=unused"
                + "&canceled_at_after=2026-11-01T00%3A00%3A00Z&canceled_at_before=2026-11-02T00%3A00%3A00.005Z"
                + "&started_after=2026-11-01T00%3A00%3A00Z&started_before=2026-11-02T00%3A00%3A00.005Z"
                + "&metadata%5Ba%20b%5D=1&metadata%5Ba%20b%5D=2&sorting=-started_at&sorting=status&"
                + Count
        ),
        new("subscriptions:get", c => c.Subscriptions.GetAsync(Id), $"GET /v1/subscriptions/{Id}"),
        new(
            "subscriptions:create",
            c =>
                c.Subscriptions.CreateAsync(
                    new SubscriptionCreate
                    {
                        ProductId = "p",
                        CustomerId = "c",
                        Metadata = Metadata,
                    }
                ),
            "POST /v1/subscriptions/",
            """{"product_id":"p","customer_id":"c","metadata":{"tier":"gold","n":5}}""",
            Once: true
        ),
        new(
            "subscriptions:create",
            c => c.Subscriptions.CreateAsync(new SubscriptionCreate { ProductId = "p", ExternalCustomerId = "x" }),
            "POST /v1/subscriptions/",
            """{"product_id":"p","external_customer_id":"x"}""",
            Once: true
        ),
        Change(
            new SubscriptionUpdateDetails
            {
                ProductId = "p",
                ProrationBehavior = "invoice",
                DiscountId = null,
                TrialEnd = From,
                Metadata = Metadata,
            },
            """{"product_id":"p","proration_behavior":"invoice","discount_id":null,"trial_end":"2026-11-01T00:00:00Z","metadata":{"tier":"gold","n":5}}"""
        ),
        Change(TrialEndedNow(), """{"trial_end":"now"}"""),
        Change(
            new SubscriptionUpdateDetails { Metadata = Metadata, DiscountId = "d" },
            """{"metadata":{"tier":"gold","n":5},"discount_id":"d"}"""
        ),
        Change(
            new SubscriptionUpdateDetails { Metadata = Metadata },
            """{"metadata":{"tier":"gold","n":5}}""",
            once: false
        ),
        Change(
            new SubscriptionUpdateSeats { Seats = 7, ProrationBehavior = "prorate" },
            """{"seats":7,"proration_behavior":"prorate"}"""
        ),
        Change(
            new SubscriptionUpdateUnits { Units = 3, ProrationBehavior = null },
            """{"units":3,"proration_behavior":null}"""
        ),
        Change(
            new SubscriptionUpdateBillingPeriod { CurrentBillingPeriodEnd = To },
            """{"current_billing_period_end":"2026-11-02T00:00:00.005Z"}"""
        ),
        Change(SubscriptionUpdate.Cancel(), """{"cancel_at_period_end":true}"""),
        Change(
            SubscriptionUpdate.Cancel("unused", "never logged in"),
            """{"cancel_at_period_end":true,"customer_cancellation_reason":"unused","customer_cancellation_comment":"never logged in"}"""
        ),
        Change(SubscriptionUpdate.Uncancel(), """{"cancel_at_period_end":false}"""),
        Change(SubscriptionUpdate.RevokeNow(), """{"revoke":true}"""),
        Change(
            SubscriptionUpdate.RevokeNow("other", "fraud"),
            """{"revoke":true,"customer_cancellation_reason":"other","customer_cancellation_comment":"fraud"}"""
        ),
        Change(SubscriptionUpdate.Pause(), """{"pause_at_period_end":true}"""),
        Change(SubscriptionUpdate.Pause(From), """{"pause_at_period_end":true,"resumes_at":"2026-11-01T00:00:00Z"}"""),
        Change(SubscriptionUpdate.Unpause(), """{"pause_at_period_end":false}"""),
        Change(SubscriptionUpdate.ResumeNow(), """{"resume":true}"""),
        Change(SubscriptionUpdate.ClearPending(), """{"pending_update":null}"""),
        new("subscriptions:revoke", c => c.Subscriptions.RevokeAsync(Id), $"DELETE /v1/subscriptions/{Id}", Once: true),
        new(
            "subscriptions:export",
            c =>
                c.Subscriptions.ExportAsync(
                    new SubscriptionExportQuery
                    {
                        OrganizationId = ["o"],
                        ProductId = ["p"],
                        Status = ["active"],
                        CancelAtPeriodEnd = true,
                        StartedAfter = From,
                        StartedBefore = To,
                        Timezone = "Europe/Paris",
                        Columns = ["email", "amount"],
                    }
                ),
            "GET /v1/subscriptions/export?organization_id=o&product_id=p&status=active&cancel_at_period_end=true"
                + "&started_after=2026-11-01T00%3A00%3A00Z&started_before=2026-11-02T00%3A00%3A00.005Z"
                + "&timezone=Europe%2FParis&columns=email&columns=amount"
        ),
        new(
            "orders:list",
            c =>
                c.Orders.List(
                        new OrderQuery
                        {
                            OrganizationId = ["o"],
                            ProductId = ["p"],
                            ProductBillingType = ["one_time"],
                            DiscountId = ["d"],
                            CustomerId = ["c"],
                            ExternalCustomerId = ["x"],
                            CheckoutId = ["k"],
                            SubscriptionId = ["s"],
                            Status = ["paid"],
                            CreatedAfter = From,
                            CreatedBefore = To,
                            Metadata = Metadata,
                            Sorting = ["-created_at"],
                        }
                    )
                    .CountAsync(),
            "GET /v1/orders/?organization_id=o&product_id=p&product_billing_type=one_time&discount_id=d&customer_id=c&external_customer_id=x"
                + "&checkout_id=k&subscription_id=s&status=paid&created_after=2026-11-01T00%3A00%3A00Z"
                + "&created_before=2026-11-02T00%3A00%3A00.005Z&metadata%5Btier%5D=gold&metadata%5Bn%5D=5&sorting=-created_at&"
                + Count
        ),
        new("orders:get", c => c.Orders.GetAsync(Id), $"GET /v1/orders/{Id}"),
        new(
            "orders:create",
            c =>
                c.Orders.CreateAsync(
                    new OrderCreate
                    {
                        CustomerId = "c",
                        ProductId = "p",
                        Currency = "usd",
                        Amount = 500,
                        Units = null,
                        Description = "5,000 tokens",
                        OrganizationId = "o",
                        CustomFieldData = new Dictionary<string, object?> { ["size"] = "L" },
                        Metadata = Metadata,
                    }
                ),
            "POST /v1/orders/",
            """{"customer_id":"c","product_id":"p","currency":"usd","amount":500,"units":null,"description":"5,000 tokens","organization_id":"o","custom_field_data":{"size":"L"},"metadata":{"tier":"gold","n":5}}""",
            Once: true
        ),
        new(
            "orders:update",
            c =>
                c.Orders.UpdateAsync(
                    Id,
                    new OrderUpdate
                    {
                        BillingName = "Léa",
                        BillingAddress = new AddressInput
                        {
                            Line1 = "12 Rue",
                            Line2 = null,
                            PostalCode = "69003",
                            City = "Lyon",
                            State = null,
                            Country = "FR",
                        },
                    }
                ),
            $"PATCH /v1/orders/{Id}",
            """{"billing_name":"Léa","billing_address":{"line1":"12 Rue","line2":null,"postal_code":"69003","city":"Lyon","state":null,"country":"FR"}}"""
        ),
        new("orders:finalize", c => c.Orders.FinalizeAsync(Id), $"POST /v1/orders/{Id}/finalize", Once: true),
        new(
            "orders:finalize",
            c => c.Orders.FinalizeAsync(Id, new OrderFinalize { PaymentMethodId = "m" }),
            $"POST /v1/orders/{Id}/finalize",
            """{"payment_method_id":"m"}""",
            Once: true
        ),
        new("orders:generate_invoice", c => c.Orders.GenerateInvoiceAsync(Id), $"POST /v1/orders/{Id}/invoice"),
        new("orders:invoice", c => c.Orders.GetInvoiceAsync(Id), $"GET /v1/orders/{Id}/invoice"),
        new("orders:receipt", c => c.Orders.GetReceiptAsync(Id), $"GET /v1/orders/{Id}/receipt"),
        new(
            "orders:export",
            c =>
                c.Orders.ExportAsync(
                    new OrderExportQuery
                    {
                        OrganizationId = ["o"],
                        ProductId = ["p"],
                        Status = ["paid", "refunded"],
                        CreatedAfter = From,
                        CreatedBefore = To,
                        Timezone = "UTC",
                        Columns = ["net_amount", "email"],
                    }
                ),
            "GET /v1/orders/export?organization_id=o&product_id=p&status=paid&status=refunded&created_after=2026-11-01T00%3A00%3A00Z"
                + "&created_before=2026-11-02T00%3A00%3A00.005Z&timezone=UTC&columns=net_amount&columns=email"
        ),
        new("orders:export", c => c.Orders.ExportAsync(), "GET /v1/orders/export"),
        new(
            "refunds:list",
            c =>
                c.Refunds.List(
                        new RefundQuery
                        {
                            Id = ["r"],
                            OrganizationId = ["o"],
                            OrderId = ["k"],
                            SubscriptionId = ["s"],
                            CustomerId = ["c"],
                            ExternalCustomerId = ["x"],
                            Succeeded = true,
                        }
                    )
                    .CountAsync(),
            "GET /v1/refunds/?id=r&organization_id=o&order_id=k&subscription_id=s&customer_id=c&external_customer_id=x&succeeded=true&"
                + Count
        ),
        new(
            "refunds:create",
            c =>
                c.Refunds.CreateAsync(
                    new RefundCreate
                    {
                        OrderId = "k",
                        Reason = "duplicate",
                        Amount = 100,
                        Comment = "twice",
                        RevokeBenefits = false,
                        Metadata = Metadata,
                    }
                ),
            "POST /v1/refunds/",
            """{"order_id":"k","reason":"duplicate","amount":100,"comment":"twice","revoke_benefits":false,"metadata":{"tier":"gold","n":5}}""",
            Once: true
        ),
        new(
            "disputes:list",
            c =>
                c.Disputes.List(
                        new DisputeQuery
                        {
                            OrganizationId = ["o"],
                            OrderId = ["k"],
                            Status = ["needs_response"],
                        }
                    )
                    .CountAsync(),
            "GET /v1/disputes/?organization_id=o&order_id=k&status=needs_response&" + Count
        ),
        new("disputes:get", c => c.Disputes.GetAsync(Id), $"GET /v1/disputes/{Id}"),
        new("disputes:accept", c => c.Disputes.AcceptAsync(Id), $"POST /v1/disputes/{Id}/accept", Once: true),
        new(
            "payments:list",
            c =>
                c.Payments.List(
                        new PaymentQuery
                        {
                            OrganizationId = ["o"],
                            CheckoutId = ["k"],
                            OrderId = ["n"],
                            CustomerId = ["c"],
                            Status = ["failed"],
                            Method = ["card"],
                            CustomerEmail = ["a+b@example.com"],
                        }
                    )
                    .CountAsync(),
            "GET /v1/payments/?organization_id=o&checkout_id=k&order_id=n&customer_id=c&status=failed&method=card&customer_email=a%2Bb%40example.com&"
                + Count
        ),
        new("payments:get", c => c.Payments.GetAsync(Id), $"GET /v1/payments/{Id}"),
        new(
            "events:list",
            c =>
                c.Events.List(
                        new EventQuery
                        {
                            Filter = Filter,
                            StartTimestamp = From,
                            EndTimestamp = To,
                            OrganizationId = ["o"],
                            CustomerId = ["c"],
                            ExternalCustomerId = ["x"],
                            MeterId = "m",
                            Name = ["call", "a/b"],
                            Source = ["user"],
                            Query = "abc",
                            ParentId = "p",
                            Depth = 2,
                            Metadata = Metadata,
                            CursorPagination = true,
                            Sorting = ["-timestamp"],
                        }
                    )
                    .CountAsync(),
            "GET /v1/events/?filter="
                + Uri.EscapeDataString(FilterJson)
                + "&start_timestamp=2026-11-01T00%3A00%3A00Z&end_timestamp=2026-11-02T00%3A00%3A00.005Z&organization_id=o&customer_id=c"
                + "&external_customer_id=x&meter_id=m&name=call&name=a%2Fb&source=user&query=abc&parent_id=p&depth=2"
                + "&metadata%5Btier%5D=gold&metadata%5Bn%5D=5&cursor_pagination=true&sorting=-timestamp&"
                + Count
        ),
        new("events:list", c => c.Events.List().CountAsync(), "GET /v1/events/?" + Count),
        new("events:get", c => c.Events.GetAsync(Id), $"GET /v1/events/{Id}"),
        new(
            "events:list_names",
            c =>
                c.Events.ListNames(
                        new EventNameQuery
                        {
                            OrganizationId = ["o"],
                            CustomerId = ["c"],
                            ExternalCustomerId = ["x"],
                            Source = ["system"],
                            Query = "sub",
                        }
                    )
                    .CountAsync(),
            "GET /v1/events/names?organization_id=o&customer_id=c&external_customer_id=x&source=system&query=sub&"
                + Count
        ),
        new(
            "events:ingest",
            c =>
                c.Events.IngestAsync(
                    new EventsIngest
                    {
                        Events =
                        [
                            new EventCreate
                            {
                                Name = "call",
                                CustomerId = "c",
                                MemberId = "m",
                                ExternalId = "e1",
                                Timestamp = From,
                                ParentId = "p",
                                OrganizationId = "o",
                                Metadata = new Dictionary<string, object?>
                                {
                                    ["ms"] = 1.5,
                                    ["_cost"] = new EventCost { Amount = 0.000000000001m, Currency = "usd" },
                                    ["_llm"] = new EventLlm
                                    {
                                        Vendor = "v",
                                        Model = "m",
                                        Prompt = null,
                                        Response = "r",
                                        InputTokens = 1,
                                        CachedInputTokens = 2,
                                        OutputTokens = 3,
                                        TotalTokens = 4,
                                    },
                                },
                            },
                        ],
                    }
                ),
            "POST /v1/events/ingest",
            """{"events":[{"name":"call","customer_id":"c","member_id":"m","external_id":"e1","timestamp":"2026-11-01T00:00:00Z","parent_id":"p","organization_id":"o","metadata":{"ms":1.5,"_cost":{"amount":"0.000000000001","currency":"usd"},"_llm":{"vendor":"v","model":"m","prompt":null,"response":"r","input_tokens":1,"cached_input_tokens":2,"output_tokens":3,"total_tokens":4}}}]}"""
        ),
        new(
            "events:ingest",
            c =>
                c.Events.IngestAsync(
                    new EventsIngest
                    {
                        Events =
                        [
                            new EventCreate { Name = "a", ExternalId = "e1" },
                            new EventCreate
                            {
                                Name = "b",
                                ExternalCustomerId = "x",
                                ExternalMemberId = "y",
                            },
                        ],
                    }
                ),
            "POST /v1/events/ingest",
            """{"events":[{"name":"a","external_id":"e1"},{"name":"b","external_customer_id":"x","external_member_id":"y"}]}""",
            Once: true
        ),
        new(
            "event-types:list",
            c =>
                c.EventTypes.List(
                        new EventTypeQuery
                        {
                            OrganizationId = ["o"],
                            CustomerId = ["c"],
                            ExternalCustomerId = ["x"],
                            Query = "q",
                            RootEvents = true,
                            ParentId = "p",
                            Source = "user",
                        }
                    )
                    .CountAsync(),
            "GET /v1/event-types/?organization_id=o&customer_id=c&external_customer_id=x&query=q&root_events=true&parent_id=p&source=user&"
                + Count
        ),
        new(
            "event-types:update",
            c =>
                c.EventTypes.UpdateAsync(Id, new EventTypeUpdate { Label = "Call", LabelPropertySelector = "subject" }),
            $"PATCH /v1/event-types/{Id}",
            """{"label":"Call","label_property_selector":"subject"}"""
        ),
        new(
            "meters:list",
            c =>
                c.Meters.List(
                        new MeterQuery
                        {
                            OrganizationId = ["o"],
                            Query = "q",
                            IsArchived = false,
                            Metadata = Metadata,
                        }
                    )
                    .CountAsync(),
            "GET /v1/meters/?organization_id=o&query=q&is_archived=false&metadata%5Btier%5D=gold&metadata%5Bn%5D=5&"
                + Count
        ),
        new("meters:get", c => c.Meters.GetAsync(Id), $"GET /v1/meters/{Id}"),
        new(
            "meters:create",
            c =>
                c.Meters.CreateAsync(
                    new MeterCreate
                    {
                        Name = "Calls",
                        Unit = "custom",
                        CustomLabel = "call",
                        CustomMultiplier = 1000,
                        Filter = Filter,
                        Aggregation = MeterAggregation.Sum("_llm.total_tokens"),
                        OrganizationId = "o",
                        Metadata = Metadata,
                    }
                ),
            "POST /v1/meters/",
            """{"name":"Calls","unit":"custom","custom_label":"call","custom_multiplier":1000,"filter":"""
                + FilterJson
                + ""","aggregation":{"func":"sum","property":"_llm.total_tokens"},"organization_id":"o","metadata":{"tier":"gold","n":5}}""",
            Once: true
        ),
        new(
            "meters:update",
            c =>
                c.Meters.UpdateAsync(
                    Id,
                    new MeterUpdate
                    {
                        CustomLabel = null,
                        Filter = MeterFilter.All(),
                        Aggregation = MeterAggregation.Count(),
                        IsArchived = true,
                    }
                ),
            $"PATCH /v1/meters/{Id}",
            """{"custom_label":null,"filter":{"conjunction":"and","clauses":[]},"aggregation":{"func":"count"},"is_archived":true}"""
        ),
        new(
            "meters:quantities",
            c =>
                c.Meters.GetQuantitiesAsync(
                    Id,
                    new MeterQuantitiesQuery
                    {
                        StartTimestamp = From,
                        EndTimestamp = To,
                        Interval = "day",
                        Timezone = "Europe/Paris",
                        CustomerId = ["c"],
                        ExternalCustomerId = ["x"],
                        CustomerAggregationFunction = "max",
                        Metadata = Metadata,
                    }
                ),
            $"GET /v1/meters/{Id}/quantities?start_timestamp=2026-11-01T00%3A00%3A00Z&end_timestamp=2026-11-02T00%3A00%3A00.005Z&interval=day"
                + "&timezone=Europe%2FParis&customer_id=c&external_customer_id=x&customer_aggregation_function=max"
                + "&metadata%5Btier%5D=gold&metadata%5Bn%5D=5"
        ),
        new(
            "customer_meters:list",
            c =>
                c.CustomerMeters.List(
                        new CustomerMeterQuery
                        {
                            OrganizationId = ["o"],
                            CustomerId = ["c"],
                            ExternalCustomerId = ["x"],
                            MeterId = ["m"],
                        }
                    )
                    .CountAsync(),
            "GET /v1/customer-meters/?organization_id=o&customer_id=c&external_customer_id=x&meter_id=m&" + Count
        ),
        new("customer_meters:get", c => c.CustomerMeters.GetAsync(Id), $"GET /v1/customer-meters/{Id}"),
        new("metrics:get", c => c.Metrics.GetAsync(AllMetrics()), "GET /v1/metrics/" + MetricsQueryText),
        new("metrics:export", c => c.Metrics.ExportAsync(AllMetrics()), "GET /v1/metrics/export" + MetricsQueryText),
        new("metrics:limits", c => c.Metrics.GetLimitsAsync(), "GET /v1/metrics/limits"),
        new(
            "metrics:list_dashboards",
            c => c.Metrics.ListDashboardsAsync(["o1", "o2"]),
            "GET /v1/metrics/dashboards?organization_id=o1&organization_id=o2",
            Answer: "[]"
        ),
        new("metrics:get_dashboard", c => c.Metrics.GetDashboardAsync(Id), $"GET /v1/metrics/dashboards/{Id}"),
        new(
            "metrics:create_dashboard",
            c =>
                c.Metrics.CreateDashboardAsync(
                    new MetricDashboardCreate
                    {
                        Name = "Growth",
                        Metrics = ["revenue", "orders"],
                        OrganizationId = "o",
                    }
                ),
            "POST /v1/metrics/dashboards",
            """{"name":"Growth","metrics":["revenue","orders"],"organization_id":"o"}""",
            Once: true
        ),
        new(
            "metrics:update_dashboard",
            c => c.Metrics.UpdateDashboardAsync(Id, new MetricDashboardUpdate { Metrics = [] }),
            $"PATCH /v1/metrics/dashboards/{Id}",
            """{"metrics":[]}"""
        ),
        new("metrics:delete_dashboard", c => c.Metrics.DeleteDashboardAsync(Id), $"DELETE /v1/metrics/dashboards/{Id}"),
        new(
            "webhooks:list_webhook_endpoints",
            c => c.Webhooks.ListEndpoints(new WebhookEndpointQuery { OrganizationId = ["o"] }).CountAsync(),
            "GET /v1/webhooks/endpoints?organization_id=o&" + Count
        ),
        new("webhooks:get_webhook_endpoint", c => c.Webhooks.GetEndpointAsync(Id), $"GET /v1/webhooks/endpoints/{Id}"),
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
                        ApiVersion = "2026-10",
                        OrganizationId = "o",
                    }
                ),
            "POST /v1/webhooks/endpoints",
            """{"url":"https://shop.example/hook","name":"shop","format":"raw","events":["order.paid"],"api_version":"2026-10","organization_id":"o"}""",
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

    private const string MetricsQueryText =
        "?start_date=2026-11-01&end_date=2026-11-30&timezone=Europe%2FParis&interval=day&organization_id=o&product_id=p&billing_type=recurring"
        + "&customer_id=c&metrics=revenue&metrics=orders";

    public static TheoryData<int, string> Cases
    {
        get
        {
            var cases = new TheoryData<int, string>();
            for (var index = 0; index < Rows.Length; index++)
            {
                cases.Add(index, Rows[index].Operation);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task SendsWhatTheOperationTakes(int index, string operation)
    {
        var row = Rows[index];
        var call = new Stub(
            row.Answer
                ?? (
                    row.Line.EndsWith(Count, StringComparison.Ordinal)
                        ? """{"items":[],"pagination":{"total_count":0,"max_page":0}}"""
                        : "{}"
                )
        );

        await row.Act(call.Client);

        Assert.Equal(operation, row.Operation);
        Assert.Equal(row.Line, call.Request.Line);
        Assert.Equal(row.Body, call.Request.Body);
        Assert.Equal(!row.Once, call.Request.Repeatable);
    }

    [DescribedFact]
    public void EveryOperationOfTheseGroupsHasARow()
    {
        string[] tags =
        [
            "subscriptions",
            "orders",
            "refunds",
            "disputes",
            "payments",
            "events",
            "event-types",
            "meters",
            "customer_meters",
            "metrics",
            "webhooks",
        ];
        var described = ApiDescription
            .Instance.Operations.Select(operation => operation.Id)
            .Where(id => tags.Contains(id.Split(':')[0]))
            .Order(StringComparer.Ordinal);

        Assert.Equal(described, Rows.Select(row => row.Operation).Distinct().Order(StringComparer.Ordinal));
    }

    private static Row Change(SubscriptionUpdate change, string body, bool once = true) =>
        new(
            "subscriptions:update",
            c => c.Subscriptions.UpdateAsync(Id, change),
            $"PATCH /v1/subscriptions/{Id}",
            body,
            once
        );

    private static SubscriptionUpdateDetails TrialEndedNow()
    {
        var change = new SubscriptionUpdateDetails();
        change.EndTrialNow();
        return change;
    }

    private static MetricsQuery AllMetrics() =>
        new()
        {
            StartDate = new DateTime(2026, 11, 1, 23, 59, 0, DateTimeKind.Local),
            EndDate = new DateTime(2026, 11, 30),
            Timezone = "Europe/Paris",
            Interval = "day",
            OrganizationId = ["o"],
            ProductId = ["p"],
            BillingType = ["recurring"],
            CustomerId = ["c"],
            Metrics = ["revenue", "orders"],
        };

    /// <param name="Operation">The operation's id.</param>
    /// <param name="Act">The call of the client.</param>
    /// <param name="Line">Method, path and query that it has to send.</param>
    /// <param name="Body">The body that it has to send; null for none.</param>
    /// <param name="Once">Whether it must never be sent twice.</param>
    /// <param name="Answer">What comes back, where an empty object or list does not do.</param>
    private sealed record Row(
        string Operation,
        Func<PolarClient, Task> Act,
        string Line,
        string? Body = null,
        bool Once = false,
        string? Answer = null
    );
}
