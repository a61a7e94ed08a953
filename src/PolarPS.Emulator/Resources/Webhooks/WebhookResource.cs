using System.Net;

namespace PolarPS.Emulator;

/// <summary>Webhooks: the endpoints, what they are told, and every try to tell them.</summary>
internal sealed class WebhookResource : Resource
{
    private const string EventKind = "webhook-events";
    private const string DeliveryKind = "webhook-deliveries";

    // An endpoint that fails this many events in a row is disabled until it is enabled again.
    private const int MaximumFailures = 10;
    private const int Retention = 90;
    private const int LongestResponse = 2048;
    private const int MaximumAttempts = 10;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(20);

    private static readonly Schema Type = Form.OneOf(WebhookValues.WebhookEventType);
    private static readonly Schema Format = Form.OneOf(WebhookValues.WebhookFormat);
    private static readonly Schema Version = Form.OneOf(WebhookValues.ApiVersion);

    // An update takes null for these, as for all that an endpoint has, and leaves them then.
    private static readonly OptionalFields Labels = new(("name", Form.OptionalText));

    private static readonly Schema Create = new ObjectSchema(
        "WebhookEndpointCreate",
        [
            Field.Required("url", new EndpointAddressSchema()),
            .. Labels.ForCreation,
            Field.Default("api_version", Version, static () => ApiVersions.Current),
            Field.Required("format", Format),
            Field.Required("events", Form.List(Type)),
            Field.Nullable("organization_id", Form.Uuid),
        ]
    );

    private static readonly Schema Update = new ObjectSchema(
        "WebhookEndpointUpdate",
        [
            Field.Clearable("url", new EndpointAddressSchema()),
            .. Labels.ForUpdate,
            Field.Clearable("api_version", Version),
            Field.Clearable("format", Format),
            Field.Clearable("events", Form.List(Type)),
            Field.Clearable("enabled", Form.Boolean),
        ]
    );

    private readonly DeliveryResource _deliveries;

    public WebhookResource(EmulatorCore core)
        : base(core, "webhooks", "webhooks")
    {
        _deliveries = new DeliveryResource(core);
        Courier = new WebhookCourier(core, this);
    }

    /// <summary>Delivers events to their endpoints.</summary>
    public WebhookCourier Courier { get; }

    public override View View { get; } =
        View.Members([
            "created_at",
            "modified_at",
            "id",
            "url",
            .. Labels.Names,
            "api_version",
            "format",
            "secret",
            "organization_id",
            "events",
            "enabled",
            "uses_standard_webhook_signature",
        ]);

    public override IEnumerable<Operation> Operations =>
        [
            Reading(
                "list_webhook_endpoints",
                "GET",
                "/v1/webhooks/endpoints",
                context =>
                    ListRunner.Run(
                        context,
                        this,
                        new ListDefinition("-created_at", ListFilter.Organization()).SortedBy("created_at"),
                        View
                    )
            ),
            Writing(
                "create_webhook_endpoint",
                "POST",
                "/v1/webhooks/endpoints",
                Create,
                context =>
                {
                    var row = NewRow(context.Caller.OrganizationFor(context.Body, Core.Store));
                    Apply(row, context.Body, "organization_id");
                    row["enabled"] = true;
                    NewSecret(row);
                    return Reply.Created(Core.Store.Insert(Kind, row).Render(View));
                }
            ),
            Reading(
                "get_webhook_endpoint",
                "GET",
                "/v1/webhooks/endpoints/{id}",
                context => Reply.Ok(Find(context).Render(View))
            ),
            Writing(
                "update_webhook_endpoint",
                "PATCH",
                "/v1/webhooks/endpoints/{id}",
                Update,
                context => Reply.Ok(Change(Find(context), row => ApplyGiven(row, context.Body)).Render(View))
            ),
            Writing(
                "delete_webhook_endpoint",
                "DELETE",
                "/v1/webhooks/endpoints/{id}",
                null,
                context =>
                {
                    Discard(Find(context));
                    return Reply.NoContent;
                }
            ),
            Writing(
                "reset_webhook_endpoint_secret",
                "PATCH",
                "/v1/webhooks/endpoints/{id}/secret",
                null,
                context => Reply.Ok(Change(Find(context), NewSecret).Render(View))
            ),
            Reading("list_webhook_deliveries", "GET", "/v1/webhooks/deliveries", ListDeliveries),
            Writing(
                "redeliver_webhook_event",
                "POST",
                "/v1/webhooks/events/{id}/redeliver",
                null,
                context =>
                {
                    var told =
                        Core.Store[EventKind].Find(context.Id) is { } found
                        && context.Caller.CanSee(found.OrganizationId)
                            ? found
                            : throw ApiException.NotFound();
                    Courier.Send(told);
                    return Reply.Accepted;
                }
            ),
        ];

    /// <summary>Tells every endpoint that wants to know.</summary>
    public void Tell(string type, Document document)
    {
        foreach (
            var endpoint in Documents
                .Items.Where(endpoint =>
                    endpoint.OrganizationId == document.OrganizationId
                    && endpoint.Row.Flag("enabled")
                    && endpoint.Row.Texts("events").Contains(type)
                )
                .ToArray()
        )
        {
            var row = NewRow(document.OrganizationId);
            row["endpoint_id"] = endpoint.Id;
            row["type"] = type;
            row["api_version"] = endpoint.Row.Text("api_version");
            row["skipped"] = false;
            row["succeeded"] = null;
            row["last_http_code"] = null;
            row["is_archived"] = false;
            row["attempts"] = 0;
            row["payload"] = Payload(type, document, endpoint.Row).ToJsonString();
            var told = Core.Store.Insert(EventKind, row);
            // Every night, what is too old is put away.
            Core.Schedule.Set(
                told,
                Timestamps.Format(new DateTimeOffset(Core.Clock.Now.Date, TimeSpan.Zero).AddDays(Retention + 1)),
                Archive,
                "archive"
            );
            Courier.Send(told);
        }
    }

    /// <summary>Notes that something was not told because its endpoint is off, or is on its way after all.</summary>
    public void Skip(Document told, bool isSkipped)
    {
        if (told.Row.Flag("skipped") != isSkipped)
        {
            Change(told, row => row["skipped"] = isSkipped);
        }
    }

    /// <summary>Notes how a try went, and makes the appointment for the next one.</summary>
    public void Note(Document told, int? code, string? response)
    {
        var succeeded = code is >= 200 and < 300;
        var attempts = (int)(told.Row.Number("attempts") ?? 0) + 1;
        var isOver = attempts >= MaximumAttempts;
        Change(
            told,
            row =>
            {
                row["attempts"] = attempts;
                row["last_http_code"] = code ?? row.Number("last_http_code");
                // It is open as long as there will be another try, and what once succeeded stays so.
                if (succeeded || (isOver && !row.Flag("succeeded")))
                {
                    row["succeeded"] = succeeded;
                }
            }
        );
        var delivery = NewRow(told.OrganizationId);
        delivery["event_id"] = told.Id;
        delivery["endpoint_id"] = told.Row.Text("endpoint_id");
        delivery["event_type"] = told.Row.Text("type");
        delivery["succeeded"] = succeeded;
        delivery["http_code"] = code;
        delivery["response"] = response?.Length > LongestResponse ? response.Substring(0, LongestResponse) : response;
        Core.Store.Insert(DeliveryKind, delivery);
        if (succeeded || Documents.Find(told.Row.Text("endpoint_id")) is not { } endpoint)
        {
            return;
        }

        if (isOver)
        {
            SwitchOffIfItFails(endpoint);
            return;
        }

        // Polar waits between half of this and this.
        var wait = TimeSpan.FromSeconds(Math.Min(LongestWait.TotalSeconds, 2 * Math.Pow(2, attempts)));
        Core.Schedule.Set(told, Timestamps.Format(Core.Clock.Now + wait), Courier.Retry);
    }

    // After so many events in a row that could not be delivered, an endpoint is off until it is switched on again.
    private void SwitchOffIfItFails(Document endpoint)
    {
        var told = Core.Store[EventKind].Items.Where(item => item.Row.Text("endpoint_id") == endpoint.Id).ToArray();
        var latest = told.Where(item => item.Row.Has("succeeded"))
            .OrderByDescending(item => item.Sequence)
            .Take(MaximumFailures)
            .ToArray();
        if (
            !endpoint.Row.Flag("enabled")
            || latest.Length < MaximumFailures
            || latest.Any(item => item.Row.Flag("succeeded"))
        )
        {
            return;
        }

        Change(endpoint, static row => row["enabled"] = false);
        foreach (var waiting in told.Where(item => !item.Row.Has("succeeded")))
        {
            Skip(waiting, true);
        }
    }

    private void Archive(Document told) =>
        Change(
            told,
            static row =>
            {
                row["payload"] = null;
                row["is_archived"] = true;
            }
        );

    private void NewSecret(JsonObject row)
    {
        row["secret"] = "whsec_" + Convert.ToBase64String(Core.Ids.NextBytes(32));
        row["uses_standard_webhook_signature"] = true;
    }

    private JsonObject Payload(string type, Document document, JsonObject endpoint)
    {
        var format = endpoint.Text("format");
        var words = type.Replace('.', ' ').Replace('_', ' ');
        var name = document.Row.Text("name") ?? document.Row.Text("email") ?? document.Id;
        return format switch
        {
            "discord" => new JsonObject { ["content"] = $"{words}: {name}" },
            "slack" => new JsonObject { ["text"] = $"{words}: {name}" },
            _ => new JsonObject
            {
                ["type"] = type,
                ["timestamp"] = Core.Clock.Stamp(),
                ["api_version"] = endpoint.Text("api_version"),
                ["data"] = Data(type, document),
            },
        };
    }

    private JsonObject Data(string type, Document document)
    {
        if (type == "customer.state_changed")
        {
            return Core.Customers.State(document);
        }

        return document.ToObject(ResourceOf(type).View);
    }

    private Resource ResourceOf(string type) =>
        type.Split('.')[0] switch
        {
            "checkout" => Core.Checkouts,
            "customer" => Core.Customers,
            "customer_seat" => Core.CustomerSeats,
            "member" => Core.Members,
            "order" => Core.Orders,
            "subscription" => Core.Subscriptions,
            "refund" => Core.Refunds,
            "product" => Core.Products,
            "discount" => Core.Discounts,
            "organization" => Core.Organizations,
            "benefit" => Core.Benefits,
            _ => Core.BenefitGrants,
        };

    /// <summary>What an endpoint would be told if something happened to one of the shop's own objects.</summary>
    /// <param name="type">The type of the event.</param>
    /// <returns>The payload; null where the shop has no object of that kind.</returns>
    public JsonObject? Sample(string type)
    {
        var wanted = WebhookSamples.StateAfter(type, Core.Clock.Stamp());
        JsonObject? chosen = null;
        foreach (var document in ResourceOf(type).Documents.Items)
        {
            var data = Data(type, document);
            var fits = wanted.All(field => JsonNode.DeepEquals(data[field.Key], field.Value));
            chosen = fits ? data : chosen ?? data;
            if (fits)
            {
                break;
            }
        }

        if (chosen is null)
        {
            return null;
        }

        foreach (var field in wanted)
        {
            // In no other shape than the object has.
            if (chosen.ContainsKey(field.Key))
            {
                chosen[field.Key] = field.Value?.DeepClone();
            }
        }

        var payload = new JsonObject
        {
            ["type"] = type,
            ["timestamp"] = Core.Clock.Stamp(),
            ["api_version"] = ApiVersions.Current,
            ["data"] = chosen,
        };
        foreach (var field in WebhookSamples.Beside(type))
        {
            payload[field.Key] = field.Value?.DeepClone();
        }

        return payload;
    }

    // By its ids, or by what the endpoint answered.
    private static bool IsFound(Document delivery, string query) =>
        new[] { delivery.Id, delivery.Row.Text("event_id"), delivery.Row["http_code"]?.ToJsonString() }.Any(text =>
            text?.IndexOf(query, StringComparison.OrdinalIgnoreCase) >= 0
        );

    private Reply ListDeliveries(OperationContext context) =>
        ListRunner.Run(
            context,
            _deliveries,
            new ListDefinition(
                "-created_at",
                ListFilter.Field("endpoint_id", Form.Uuid),
                ListFilter.After("start_timestamp", "created_at"),
                ListFilter.Before("end_timestamp", "created_at"),
                ListFilter.Flag("succeeded", static row => row.Flag("succeeded")),
                ListFilter.Where("query", Form.AnyText, IsFound),
                ListFilter.Any(
                    "http_code_class",
                    Form.OneOf(WebhookValues.DeliveryCodeClass),
                    static document => [document.Row.Number("http_code") is { } code ? (code / 100) + "xx" : null]
                ),
                ListFilter.Field("event_type", Type)
            ).SortedBy("created_at"),
            _deliveries.View
        );

    private sealed class DeliveryResource : Resource
    {
        private static readonly View Told = View.Members(
            "created_at",
            "modified_at",
            "id",
            "last_http_code",
            "succeeded",
            "skipped",
            "api_version",
            "payload",
            "type",
            "is_archived"
        );

        public DeliveryResource(EmulatorCore core)
            : base(core, DeliveryKind, "webhooks")
        {
            View = View.Members(
                ["created_at", "modified_at", "id", "succeeded", "http_code", "response"],
                (document, writer) =>
                    writer.WriteDocument(
                        "webhook_event",
                        Core.Store[EventKind].Find(document.Row.Text("event_id")),
                        Told
                    )
            );
        }

        public override View View { get; }

        public override IEnumerable<Operation> Operations => [];

        protected override IEnumerable<string> References(JsonObject row) => [row.Text("event_id")!];
    }

    // Public and https, as the API demands; or on this computer, which is where the emulator can deliver to.
    private sealed class EndpointAddressSchema : Schema
    {
        public override JsonNode? Check(JsonNode? input, Location at, Problems problems)
        {
            var before = problems.Count;
            var result = Form.Address.Check(input, at, problems);
            if (problems.Count > before)
            {
                return null;
            }

            var address = new Uri(result?.GetValue<string>() ?? "about:blank");
            var isPrivate =
                IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && !PublicAddresses.Contains(ip);
            if (!address.IsLoopback && (address.Scheme != Uri.UriSchemeHttps || isPrivate))
            {
                problems.Add(
                    "value_error",
                    at,
                    "An endpoint must have an https address that everybody can reach, or one of this computer.",
                    input
                );
            }

            return result;
        }
    }
}
