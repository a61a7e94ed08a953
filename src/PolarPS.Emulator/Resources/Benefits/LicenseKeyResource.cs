using System.Text.Json;

namespace PolarPS.Emulator;

/// <summary>License keys, and where they are activated.</summary>
internal sealed class LicenseKeyResource : Resource
{
    private static readonly string[] Members =
    [
        "id",
        "created_at",
        "modified_at",
        "organization_id",
        "customer_id",
        "member_id",
        "benefit_id",
        "key",
        "display_key",
        "status",
        "limit_activations",
        "usage",
        "limit_usage",
        "validations",
        "last_validated_at",
        "expires_at",
    ];

    private static readonly Schema Statuses = Form.OneOf(BenefitValues.LicenseKeyStatus);

    private static readonly Schema Update = new ObjectSchema(
        "LicenseKeyUpdate",
        Field.Clearable("status", Statuses),
        Field.Optional("usage", Form.Integer(int.MinValue)),
        Field.Clearable("limit_activations", Form.Positive()),
        Field.Clearable("limit_usage", Form.Positive()),
        Field.Clearable("expires_at", Form.Time)
    );

    public static readonly Schema Validation = new ObjectSchema(
        "LicenseKeyValidate",
        Field.Required("key", Form.AnyText),
        Field.Required("organization_id", Form.Uuid),
        Field.Nullable("activation_id", Form.Uuid),
        Field.Nullable("benefit_id", Form.Uuid),
        Field.Nullable("customer_id", Form.Uuid),
        Field.Nullable("increment_usage", Form.Integer(0)),
        Field.Default("conditions", Form.Metadata, static () => new JsonObject())
    );

    public static readonly Schema Activation = new ObjectSchema(
        "LicenseKeyActivate",
        Field.Required("key", Form.AnyText),
        Field.Required("organization_id", Form.Uuid),
        Field.Required("label", Form.AnyText),
        Field.Default("conditions", Form.Metadata, static () => new JsonObject()),
        Field.Default("meta", Form.Metadata, static () => new JsonObject())
    );

    public static readonly Schema Deactivation = new ObjectSchema(
        "LicenseKeyDeactivate",
        Field.Required("key", Form.AnyText),
        Field.Required("organization_id", Form.Uuid),
        Field.Required("activation_id", Form.Uuid)
    );

    public LicenseKeyResource(EmulatorCore core)
        : base(core, "license_keys", "license_keys")
    {
        View = View.Members(Members, WriteHolders);
        WithActivations = View.Members(
            Members,
            (document, writer) =>
            {
                WriteHolders(document, writer);
                writer.WriteStartArray("activations");
                foreach (var activation in document.Row.Objects("activations"))
                {
                    WriteActivation(activation, writer);
                }

                writer.WriteEndArray();
            }
        );
    }

    public override View View { get; }

    public View WithActivations { get; }

    public override IEnumerable<Operation> Operations =>
        [
            ListOperation(
                "/v1/license-keys/",
                new ListDefinition(
                    "created_at",
                    ListFilter.Organization(),
                    ListFilter.Field("benefit_id", Form.Uuid),
                    ListFilter.Field("status", Statuses)
                ).SortedBy("created_at")
            ),
            Writing("validate", "POST", "/v1/license-keys/validate", Validation, context => Validate(context)),
            Writing("activate", "POST", "/v1/license-keys/activate", Activation, context => Activate(context)),
            Writing("deactivate", "POST", "/v1/license-keys/deactivate", Deactivation, context => Deactivate(context)),
            Reading("get", "GET", "/v1/license-keys/{id}", context => Reply.Ok(Find(context).Render(WithActivations))),
            UpdateOperation(
                "/v1/license-keys/{id}",
                Update,
                (context, row) =>
                {
                    Apply(row, context.Body, "status");
                    if (context.Body.Text("status") is { } status && status != row.Text("status"))
                    {
                        row["status"] = status;
                        var key = Find(context);
                        Core.Enqueue(() => Core.BenefitGrants.Follow(key));
                    }
                }
            ),
            Reading(
                "get_activation",
                "GET",
                "/v1/license-keys/{id}/activations/{activation_id}",
                context =>
                {
                    var key = Find(context);
                    var activation = FindActivation(key, context["activation_id"]) ?? throw ApiException.NotFound();
                    return Reply.Ok(Json.Write(writer => WriteActivation(activation, writer, key)));
                }
            ),
            Writing("rotate", "POST", "/v1/license-keys/{id}/rotate", null, context => Rotate(Find(context))),
        ];

    /// <summary>Makes a key as a benefit says.</summary>
    /// <param name="benefit">The benefit.</param>
    /// <param name="customer">Whose key it is.</param>
    /// <param name="member">Which of the customer's members has it; null for the customer.</param>
    /// <param name="isSubscribed">Whether it lasts as long as a subscription, instead of for a time.</param>
    public Document Add(Document benefit, Document customer, Document? member, bool isSubscribed)
    {
        var properties = (JsonObject)benefit.Row["properties"]!;
        var row = NewRow(customer.OrganizationId);
        var key = NewKey(properties);
        row["customer_id"] = customer.Id;
        row["member_id"] = member?.Id;
        row["benefit_id"] = benefit.Id;
        row["key"] = key;
        row["display_key"] = Display(key);
        row["status"] = "granted";
        row["usage"] = 0;
        row["validations"] = 0;
        row["last_validated_at"] = null;
        Limit(row, properties, isSubscribed);
        row["activations"] = new JsonArray();
        return Core.Store.Insert(Kind, row);
    }

    /// <summary>Gives a key the limits that its benefit has now.</summary>
    public void Follow(Document benefit, string id, bool isSubscribed, bool isGrantedAgain)
    {
        if (Documents.Find(id) is { } key)
        {
            Change(
                key,
                row =>
                {
                    if (isGrantedAgain && row.Text("status") == "revoked")
                    {
                        row["status"] = "granted";
                    }

                    Limit(row, (JsonObject)benefit.Row["properties"]!, isSubscribed);
                }
            );
        }
    }

    private void Limit(JsonObject row, JsonObject properties, bool isSubscribed)
    {
        row["limit_activations"] = (properties["activations"] as JsonObject)?.Number("limit");
        row["limit_usage"] = properties.Number("limit_usage");
        row["expires_at"] =
            !isSubscribed && properties["expires"] is JsonObject expires
                ? Timestamps.Format(
                    Periods.Add(Core.Clock.Now, expires.Text("timeframe")!, expires.Number("ttl")!.Value)
                )
                : null;
    }

    public void SetStatus(string id, string status)
    {
        if (Documents.Find(id) is { } key && key.Row.Text("status") != status)
        {
            Change(key, row => row["status"] = status);
        }
    }

    public Reply Validate(OperationContext context)
    {
        var body = context.Body;
        var key = FindKey(context) ?? throw ApiException.NotFound();
        // Every refusal is a 404, which says why in words only.
        if (key.Row.Text("status") != "granted")
        {
            throw ApiException.NotFound("The license key is not valid.");
        }

        if (!IsGood(key.Row))
        {
            throw ApiException.NotFound("The license key has expired.");
        }

        JsonObject? activation = null;
        if (body.Text("activation_id") is { } id)
        {
            activation = FindActivation(key, id) ?? throw ApiException.NotFound();
            if (
                activation["conditions"] is JsonObject { Count: > 0 } conditions
                && !JsonNode.DeepEquals(conditions, body["conditions"])
            )
            {
                throw ApiException.NotFound("The conditions do not match the activation.");
            }
        }

        if (body.Text("benefit_id") is { } benefit && benefit != key.Row.Text("benefit_id"))
        {
            throw ApiException.NotFound("The license key belongs to another benefit.");
        }

        if (body.Text("customer_id") is { } customer && customer != key.Row.Text("customer_id"))
        {
            throw ApiException.NotFound("The license key belongs to another customer.");
        }

        var more = body.Number("increment_usage") ?? 0;
        if (more > 0 && key.Row.Number("limit_usage") is { } limit && key.Row.Number("usage") + more > limit)
        {
            throw ApiException.Domain(400, "BadRequest", "The license key has reached its usage limit.");
        }

        Change(
            key,
            row =>
            {
                row["usage"] = row.Number("usage") + more;
                row["validations"] = row.Number("validations") + 1;
                row["last_validated_at"] = Core.Clock.Stamp();
            }
        );
        return Reply.Ok(
            Json.Write(writer =>
            {
                writer.WriteStartObject();
                writer.WriteMembers(key.Row, Members);
                WriteHolders(key, writer);
                writer.WritePropertyName("activation");
                if (activation is null)
                {
                    writer.WriteNullValue();
                }
                else
                {
                    WriteActivation(activation, writer);
                }

                writer.WriteEndObject();
            })
        );
    }

    public Reply Activate(OperationContext context)
    {
        var body = context.Body;
        var key = FindKey(context) ?? throw ApiException.NotFound();
        if (!IsGood(key.Row))
        {
            throw ApiException.NotPermitted("The license key is not active.");
        }

        if (key.Row.Number("limit_activations") is not { } limit)
        {
            throw ApiException.NotPermitted("This license key does not use activations.");
        }

        if (key.Row.Objects("activations").Count() >= limit)
        {
            throw ApiException.NotPermitted("The license key has reached its activation limit.");
        }

        var activation = new JsonObject
        {
            ["id"] = Core.Ids.NextId(),
            ["license_key_id"] = key.Id,
            ["label"] = body.Text("label"),
            ["meta"] = body.Copy("meta"),
            ["conditions"] = body.Copy("conditions"),
            ["created_at"] = Core.Clock.Stamp(),
            ["modified_at"] = null,
        };
        Change(key, row => ((JsonArray)row["activations"]!).Add((JsonNode)activation));
        return Reply.Ok(Json.Write(writer => WriteActivation(activation, writer, key)));
    }

    public Reply Deactivate(OperationContext context)
    {
        var key = FindKey(context) ?? throw ApiException.NotFound();
        var id = context.Body.Text("activation_id")!;
        if (FindActivation(key, id) is null)
        {
            throw ApiException.NotFound();
        }

        Change(
            key,
            row =>
            {
                var activations = (JsonArray)row["activations"]!;
                activations.Remove(row.Objects("activations").First(activation => activation.Text("id") == id));
            }
        );
        return Reply.NoContent;
    }

    public Reply Rotate(Document key)
    {
        if (key.Row.Text("status") == "revoked")
        {
            throw ApiException.Domain(400, "RotateNotPermitted", "A revoked license key cannot be rotated.");
        }

        var benefit = Core.Benefits.Documents.Find(key.Row.Text("benefit_id"));
        Change(
            key,
            row =>
            {
                var text = NewKey(benefit?.Row["properties"] as JsonObject ?? []);
                row["key"] = text;
                row["display_key"] = Display(text);
            }
        );
        foreach (var grant in Core.BenefitGrants.Documents.Items.ToArray())
        {
            if ((grant.Row["properties"] as JsonObject)?.Text("license_key_id") == key.Id)
            {
                var row = grant.Row.Clone();
                ((JsonObject)row["properties"]!)["display_key"] = key.Row.Text("display_key");
                Core.Store.Replace(grant, row);
            }
        }

        return Reply.Ok(key.Render(View));
    }

    protected override IEnumerable<string> References(JsonObject row)
    {
        yield return row.Text("customer_id")!;
        if (row.Text("member_id") is { } member)
        {
            yield return member;
        }
    }

    private static string Display(string key) => "****-" + key.Substring(key.Length - 6);

    private static JsonObject? FindActivation(Document key, string id) =>
        key.Row.Objects("activations").FirstOrDefault(activation => activation.Text("id") == id);

    private void WriteHolders(Document document, Utf8JsonWriter writer)
    {
        writer.WriteLinked("customer", document.Row, Core.Customers);
        writer.WriteLinked("member", document.Row, Core.Members, Core.Members.InLicenseKey);
    }

    private void WriteActivation(JsonObject activation, Utf8JsonWriter writer, Document? key = null)
    {
        writer.WriteStartObject();
        writer.WriteMembers(activation, "id", "license_key_id", "label", "meta", "created_at", "modified_at");
        if (key is not null)
        {
            writer.WriteDocument("license_key", key, View);
        }

        writer.WriteEndObject();
    }

    private string NewKey(JsonObject properties)
    {
        var id = Core.Ids.NextId().ToUpperInvariant();
        return properties.Text("prefix") is { } prefix ? prefix.ToUpperInvariant() + "-" + id : id;
    }

    private bool IsGood(JsonObject row) =>
        row.Text("status") == "granted"
        && (row.Text("expires_at") is not { } end || Timestamps.Parse(end) > Core.Clock.Now);

    private Document? FindKey(OperationContext context)
    {
        var organizationId = context.Body.Text("organization_id")!;
        var text = context.Body.Text("key");
        return context.Caller.CanSee(organizationId)
            ? Documents.Items.FirstOrDefault(key => key.OrganizationId == organizationId && key.Row.Text("key") == text)
            : null;
    }
}
