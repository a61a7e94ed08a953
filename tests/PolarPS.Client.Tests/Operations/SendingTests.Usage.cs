using PolarPS.Client.Models;

namespace PolarPS.Client.Tests.Operations;

public sealed partial class SendingTests
{
    private static Row[] UsageRows() =>
        [
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
                    c.EventTypes.UpdateAsync(
                        Id,
                        new EventTypeUpdate { Label = "Call", LabelPropertySelector = "subject" }
                    ),
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
        ];
}
