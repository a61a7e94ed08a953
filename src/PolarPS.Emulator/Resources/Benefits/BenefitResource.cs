namespace PolarPS.Emulator;

/// <summary>Benefits: what a customer gets with a product.</summary>
internal sealed class BenefitResource : Resource
{
    // Others have to be seen in the portal, because their customers do something there.
    private static readonly string?[] Configurable = ["custom", "license_keys", "meter_credit", "feature_flag"];

    private static readonly Schema Visibility = Form.OneOf(CatalogueValues.Visibility);

    private static readonly Schema Create = new TaggedSchema(
        "type",
        new Dictionary<string, ObjectSchema>
        {
            ["custom"] = CreateForm("BenefitCustomCreate", "custom", CustomProperties()),
            ["discord"] = CreateForm("BenefitDiscordCreate", "discord", DiscordProperties()),
            ["github_repository"] = CreateForm(
                "BenefitGitHubRepositoryCreate",
                "github_repository",
                GitHubProperties()
            ),
            ["downloadables"] = CreateForm("BenefitDownloadablesCreate", "downloadables", DownloadablesProperties()),
            ["license_keys"] = CreateForm("BenefitLicenseKeysCreate", "license_keys", LicenseKeysProperties()),
            ["meter_credit"] = CreateForm("BenefitMeterCreditCreate", "meter_credit", MeterCreditProperties()),
            ["feature_flag"] = CreateForm("BenefitFeatureFlagCreate", "feature_flag", new ObjectSchema("Properties")),
            ["slack_shared_channel"] = CreateForm(
                "BenefitSlackSharedChannelCreate",
                "slack_shared_channel",
                SlackProperties()
            ),
        }
    );

    private static readonly Dictionary<string, string> UpdateForms = new()
    {
        ["custom"] = "BenefitCustomUpdate",
        ["discord"] = "BenefitDiscordUpdate",
        ["github_repository"] = "BenefitGitHubRepositoryUpdate",
        ["downloadables"] = "BenefitDownloadablesUpdate",
        ["license_keys"] = "BenefitLicenseKeysUpdate",
        ["meter_credit"] = "BenefitMeterCreditUpdate",
        ["feature_flag"] = "BenefitFeatureFlagUpdate",
        ["slack_shared_channel"] = "BenefitSlackSharedChannelUpdate",
    };

    private static readonly Schema Update = new UnionSchema(
        static body => body.Text("type") is { } type && UpdateForms.TryGetValue(type, out var form) ? form : null,
        UpdateForm("custom", CustomProperties(), visibility: true),
        UpdateForm("discord", DiscordProperties()),
        UpdateForm("github_repository", GitHubProperties()),
        UpdateForm("downloadables", DownloadablesProperties()),
        UpdateForm("license_keys", LicenseKeysProperties(), visibility: true),
        UpdateForm("meter_credit", MeterCreditProperties(), visibility: true),
        UpdateForm("feature_flag", new ObjectSchema("Properties"), visibility: true),
        UpdateForm("slack_shared_channel", SlackProperties())
    );

    private static readonly string[] Common =
    [
        "id",
        "created_at",
        "modified_at",
        "type",
        "description",
        "selectable",
        "deletable",
        "is_deleted",
        "organization_id",
    ];

    public BenefitResource(EmulatorCore core)
        : base(core, "benefits", "benefits") { }

    protected override string? ToldAs => "benefit";

    public override View View { get; } =
        new(
            static (document, writer) =>
            {
                writer.WriteStartObject();
                writer.WriteMembers(document.Row, Common);
                writer.WriteMembers(document.Row, "metadata", "visibility", "properties");
                writer.WriteBoolean("visibility_configurable", Configurable.Contains(document.Row.Text("type")));
                writer.WriteEndObject();
            }
        );

    /// <summary>What everybody may know of a benefit.</summary>
    public View Public { get; } =
        new(
            static (document, writer) =>
            {
                writer.WriteStartObject();
                writer.WriteMembers(document.Row, Common);
                if (document.Row.Text("type") == "meter_credit" && document.Row["properties"] is JsonObject properties)
                {
                    writer.WriteStartObject("properties");
                    writer.WriteMembers(properties, "units", "meter_id");
                    writer.WriteEndObject();
                }

                writer.WriteEndObject();
            }
        );

    public override IEnumerable<Operation> Operations =>
        [
            ListOperation(
                "/v1/benefits/",
                new ListDefinition(
                    "-created_at",
                    ListFilter.Organization(),
                    ListFilter.Field("type", Form.OneOf(BenefitValues.Type)),
                    ListFilter.Field("id", Form.Uuid),
                    ListFilter.Except("exclude_id", Form.Uuid, "id"),
                    ListFilter.Search("query", "description")
                )
                {
                    ByMetadata = true,
                }
                    .SortedBy(BenefitValues.Sort)
                    .SortedBy("user_order", static row => row.Number("user_order"))
            ),
            CreateOperation(
                "/v1/benefits/",
                Create,
                context => Build(context.Body, context.Caller.OrganizationFor(context.Body, Core.Store))
            ),
            GetOperation("/v1/benefits/{id}"),
            UpdateOperation("/v1/benefits/{id}", Update, Change),
            Writing("delete", "DELETE", "/v1/benefits/{id}", null, Delete),
            Reading(
                "grants",
                "GET",
                "/v1/benefits/{id}/grants",
                context => Core.BenefitGrants.List(context, Find(context))
            ),
            Reading("files", "GET", "/v1/benefits/{id}/files", ListFiles),
        ];

    private Reply ListFiles(OperationContext context)
    {
        var benefit = Find(context);
        var properties = benefit.Row["properties"] as JsonObject;
        var files = Core.Store.Find("files", properties?.Texts("files") ?? []).ToArray();
        return Paging.Run(
            new QueryReader(context.Query),
            files,
            file =>
            {
                var item = file.ToObject(Core.Files.Plain);
                var downloads = Core.Store.Referrers(file.Id, "downloads");
                item["flagged_malicious_at"] = null;
                item["downloads"] = downloads.Sum(download => download.Row.Number("count") ?? 0);
                item["downloaders"] = downloads.Count;
                return Json.ToBytes(item);
            }
        );
    }

    /// <summary>The row of a new benefit, from a body that has the right form.</summary>
    public JsonObject Build(JsonObject body, string organizationId)
    {
        var row = NewRow(organizationId);
        Apply(row, body, "organization_id");
        if (row.Text("type") == "slack_shared_channel")
        {
            var features = (JsonObject)Core.Organizations.Documents.Find(organizationId)!.Row["feature_settings"]!;
            if (!features.Flag("slack_benefit_enabled"))
            {
                throw Problems.Value(
                    Location.Body["type"],
                    "Slack channels are not enabled for this organization.",
                    row["type"]
                );
            }
        }

        SetVisibility(row, body);
        row["selectable"] = true;
        row["deletable"] = true;
        row["is_deleted"] = false;
        CheckProperties(row);
        return row;
    }

    /// <summary>Puts a benefit into the shop, from the body that would create it.</summary>
    public Document Add(JsonObject body, string organizationId)
    {
        var valid = Create.Valid(body);
        return Core.Store.Insert(Kind, Build(valid, organizationId));
    }

    /// <summary>Deleted benefits are kept for the grants that show them.</summary>
    public override bool IsVisible(Document document) => !document.Row.Flag("is_deleted");

    private Reply Delete(OperationContext context)
    {
        var document = Find(context);
        if (!document.Row.Flag("deletable"))
        {
            throw ApiException.NotPermitted("This benefit cannot be deleted.");
        }

        foreach (var product in Core.Store.Referrers(document.Id, "products"))
        {
            var row = product.Row.Clone();
            row["benefits"] = Json.ToArray(row.Texts("benefits").Where(id => id != document.Id));
            Core.Store.Replace(product, row);
        }

        Change(document, static row => row["is_deleted"] = true);
        Core.Enqueue(() => Core.BenefitGrants.RevokeFromAll(document));
        Announce("updated", document);
        return Reply.NoContent;
    }

    private static void SetVisibility(JsonObject row, JsonObject body)
    {
        var type = row.Text("type");
        var wanted = body.Text("visibility");
        if (!Configurable.Contains(type) && wanted is not (null or "public"))
        {
            throw Problems.Value(
                Location.Body["visibility"],
                "Benefits of this type have to be public.",
                body["visibility"]
            );
        }

        row["visibility"] = wanted ?? (type == "feature_flag" ? "private" : "public");
    }

    private void Change(OperationContext context, JsonObject row)
    {
        if (context.Body.Text("type") != row.Text("type"))
        {
            throw Problems.Value(
                Location.Body["type"],
                "The type of a benefit cannot be changed.",
                context.Body["type"]
            );
        }

        var before = row.Copy("properties");
        Apply(row, context.Body, "visibility");
        if (context.Body.ContainsKey("visibility"))
        {
            SetVisibility(row, context.Body);
        }

        CheckProperties(row);
        if (NeedsUpdate(row.Text("type"), before as JsonObject ?? [], row["properties"] as JsonObject ?? []))
        {
            var document = Find(context);
            Core.Enqueue(() => Core.BenefitGrants.Update(document));
        }
    }

    // Whether those who have the benefit must be granted it again.
    private static bool NeedsUpdate(string? type, JsonObject before, JsonObject after)
    {
        string[] names = type switch
        {
            "license_keys" => ["expires", "activations", "limit_usage"],
            "discord" => ["guild_id", "role_id"],
            "github_repository" => ["repository_owner", "repository_name", "permission"],
            "downloadables" => ["files", "archived"],
            _ => [],
        };
        return names.Any(name => !JsonNode.DeepEquals(before[name], after[name]));
    }

    // What the properties point at has to be there.
    private void CheckProperties(JsonObject row)
    {
        var organizationId = row.Text("organization_id")!;
        var at = Location.Body["properties"];
        if (row["properties"] is not JsonObject properties)
        {
            return;
        }

        if (
            row.Text("type") == "meter_credit"
            && Core.Meters.Find(organizationId, properties.Text("meter_id")!) is null
        )
        {
            throw Problems.Value(at["meter_id"], "There is no such meter.", properties["meter_id"]);
        }

        if (row.Text("type") == "downloadables")
        {
            var index = 0;
            foreach (var file in properties.Texts("files"))
            {
                if (Core.Files.Find(organizationId, "downloadable", file) is null)
                {
                    throw Problems.Value(at["files"][index], "There is no such file to download.", file);
                }

                index++;
            }
        }
    }

    private static ObjectSchema CreateForm(string name, string type, Schema properties) =>
        new(
            name,
            Form.NewMetadata(),
            Field.Required("type", Form.Literal(type)),
            Field.Required("description", Form.Text(3, 42)),
            Field.Nullable("organization_id", Form.Uuid),
            Field.Nullable("visibility", Visibility),
            Field.Required("properties", properties)
        );

    private static ObjectSchema UpdateForm(string type, Schema properties, bool visibility = false)
    {
        var fields = new List<Field>
        {
            Field.Optional("metadata", Form.Metadata),
            Field.Optional("description", Form.Text(3, 42)),
            Field.Required("type", Form.Literal(type)),
            Field.Optional("properties", properties),
        };
        if (visibility)
        {
            fields.Add(Field.Optional("visibility", Visibility));
        }

        return new ObjectSchema(UpdateForms[type], fields.ToArray());
    }

    private static ObjectSchema CustomProperties() => new("Properties", Field.Nullable("note", Form.OptionalText));

    private static ObjectSchema DiscordProperties() =>
        new(
            "Properties",
            Field.Required("guild_id", Form.AnyText),
            Field.Required("role_id", Form.AnyText),
            Field.Required("kick_member", Form.Boolean)
        );

    private static ObjectSchema GitHubProperties() =>
        new(
            "Properties",
            Field.Required("repository_owner", Form.AnyText),
            Field.Required("repository_name", Form.AnyText),
            Field.Required("permission", Form.Literal(BenefitValues.RepositoryPermission))
        );

    private static ObjectSchema DownloadablesProperties() =>
        new(
            "Properties",
            Field.Default("archived", new MapSchema(Form.Uuid, Form.Boolean), static () => new JsonObject()),
            Field.Required("files", Form.List(Form.Uuid, 1))
        );

    private static ObjectSchema LicenseKeysProperties() =>
        new(
            "Properties",
            Field.Nullable("prefix", Form.OptionalText),
            Field.Nullable(
                "expires",
                new ObjectSchema(
                    "Expiration",
                    Field.Required("ttl", Form.Positive()),
                    Field.Required("timeframe", Form.Literal(BenefitValues.ExpirationUnit))
                )
            ),
            Field.Nullable(
                "activations",
                new ObjectSchema(
                    "Activation",
                    Field.Required("limit", Form.Positive()),
                    Field.Required("enable_customer_admin", Form.Boolean)
                )
            ),
            Field.Nullable("limit_usage", Form.Positive())
        );

    private static ObjectSchema MeterCreditProperties() =>
        new(
            "Properties",
            Field.Required("units", Form.Positive()),
            Field.Required("rollover", Form.Boolean),
            Field.Required("meter_id", Form.Uuid)
        );

    private static ObjectSchema SlackProperties() =>
        new(
            "Properties",
            Field.Required("slack_integration_id", Form.Uuid),
            Field.Required("channel_name_template", Form.Text(1, 80)),
            Field.Default("private", Form.Boolean, static () => true),
            Field.Nullable("welcome_message", Form.Text(0, 4000)),
            Field.Default("archive_on_revoke", Form.Boolean, static () => true),
            Field.Default("team_invitees", Form.List(Form.AnyText), static () => new JsonArray())
        );
}
