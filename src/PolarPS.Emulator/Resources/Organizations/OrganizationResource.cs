using System.Text.RegularExpressions;

namespace PolarPS.Emulator;

/// <summary>Organizations: the shops themselves.</summary>
internal sealed class OrganizationResource : Resource
{
    private static readonly string[] EmailSettings =
    [
        "order_confirmation",
        "payment_method_expiration_reminder",
        "subscription_cancellation",
        "subscription_confirmation",
        "subscription_cycled",
        "subscription_cycled_after_trial",
        "subscription_past_due",
        "subscription_paused",
        "subscription_resumed",
        "subscription_renewal_reminder",
        "subscription_revoked",
        "subscription_trial_conversion_reminder",
        "subscription_uncanceled",
        "subscription_updated",
    ];

    private static readonly string[] OwnFeatures =
    [
        "member_model_enabled",
        "checkout_localization_enabled",
        "overview_metrics",
    ];

    private static readonly string[] ManagedFeatures =
    [
        "issue_funding_enabled",
        "wallets_enabled",
        "reset_proration_behavior_enabled",
        "off_session_charges_enabled",
        "meter_cycling_enabled",
        "slack_benefit_enabled",
        "preview_access_enabled",
        "disputes_enabled",
        "sso_enabled",
        "dispute_auto_accept_enabled",
        "compass_enabled",
        "merchant_migration_enabled",
        "frame_ancestors_enforced",
    ];

    private static readonly Schema Country = Form.OneOf(CountryValues.All);

    private static readonly Schema Socials = Form.List(
        new ObjectSchema(
            "OrganizationSocialLink",
            Field.Required("platform", Form.OneOf(OrganizationValues.SocialPlatform)),
            Field.Required("url", Form.Address)
        )
    );

    private static readonly Schema Details = new ObjectSchema(
        "OrganizationDetails",
        Field.Nullable("about", Form.AnyText),
        Field.Nullable("product_description", Form.AnyText),
        Field.Optional("selling_categories", Form.List(Form.AnyText)),
        Field.Optional("pricing_models", Form.List(Form.AnyText)),
        Field.Nullable("intended_use", Form.AnyText),
        Field.Optional("customer_acquisition", Form.List(Form.AnyText)),
        Field.Nullable("future_annual_revenue", Form.Integer(0)),
        Field.Default("switching", Form.Boolean, static () => false),
        Field.Nullable("switching_from", Form.Literal(OrganizationValues.FormerPlatform)),
        Field.Nullable("previous_annual_revenue", Form.Integer(0))
    );

    private static readonly Schema FeatureSettings = new ObjectSchema(
        "OrganizationFeatureSettingsUpdate",
        Field.Optional("member_model_enabled", Form.Boolean),
        Field.Optional("checkout_localization_enabled", Form.Boolean),
        Field.Clearable("overview_metrics", Form.List(Form.AnyText))
    );

    private static readonly Schema SubscriptionSettings = new ObjectSchema(
        "OrganizationSubscriptionSettings",
        Field.Required("allow_multiple_subscriptions", Form.Boolean),
        Field.Required("proration_behavior", Form.OneOf(SubscriptionValues.UsualProrationBehavior)),
        Field.Required("benefit_revocation_grace_period", Form.Integer(0)),
        Field.Required("prevent_trial_abuse", Form.Boolean),
        Field.Required("allow_customer_updates", Form.Boolean)
    );

    private static readonly Schema CustomerEmailSettings = new ObjectSchema(
        "OrganizationCustomerEmailSettings",
        EmailSettings.Select(name => Field.Required(name, Form.Boolean)).ToArray()
    );

    private static readonly Schema CustomerPortalSettings = new ObjectSchema(
        "OrganizationCustomerPortalSettings",
        Field.Required("usage", new ObjectSchema("Usage", Field.Required("show", Form.Boolean))),
        Field.Required(
            "subscription",
            new ObjectSchema(
                "Subscription",
                Field.Required("update_seats", Form.Boolean),
                Field.Required("update_plan", Form.Boolean),
                Field.Default("update_units", Form.Boolean, static () => false),
                Field.Default("pause", Form.Boolean, static () => false)
            )
        ),
        Field.Default(
            "customer",
            new ObjectSchema("Customer", Field.Default("allow_email_change", Form.Boolean, static () => false)),
            static () => new JsonObject { ["allow_email_change"] = false }
        )
    );

    // What cannot be cleared, because an organization always has it.
    private static readonly Dictionary<string, Schema> Settings = new()
    {
        ["socials"] = Socials,
        ["feature_settings"] = FeatureSettings,
        ["subscription_settings"] = SubscriptionSettings,
        ["customer_email_settings"] = CustomerEmailSettings,
        ["customer_portal_settings"] = CustomerPortalSettings,
    };

    private static readonly OptionalFields Contacts = new(("email", Form.Email), ("website", Form.Address));

    // What something new and a change may have alike; what is absent in something new is at its default.
    private static readonly Field[] Changeable =
    [
        Field.Clearable("avatar_url", Form.Address),
        .. Contacts.ForUpdate,
        Field.Clearable("details", Details),
        Field.Clearable("country", Country),
        .. Settings.Select(setting => Field.Optional(setting.Key, setting.Value)),
        Field.Optional("default_presentment_currency", Form.Currency),
        Field.Optional("default_tax_behavior", Form.TaxBehavior),
    ];

    private static readonly Schema Create = new ObjectSchema(
        "OrganizationCreate",
        Form.Fields(
            [
                Field.Required("name", Form.Text(3, int.MaxValue)),
                Field.Required("slug", Form.Text(3, 64, "^[a-z0-9]+(-[a-z0-9]+)*$")),
                Field.Nullable(
                    "legal_entity",
                    new TaggedSchema(
                        "type",
                        new Dictionary<string, ObjectSchema>
                        {
                            ["individual"] = new("Individual", Field.Required("type", Form.Literal("individual"))),
                            ["company"] = new(
                                "Company",
                                Field.Required("type", Form.Literal("company")),
                                Field.Required("registered_name", Form.AnyText)
                            ),
                        }
                    )
                ),
            ],
            CreateFields()
        )
    );

    private static readonly Schema Update = new ObjectSchema(
        "OrganizationUpdate",
        Form.Fields(
            [
                Field.Optional("name", Form.Text(3, int.MaxValue)),
                Field.Optional(
                    "dispute_settings",
                    new ObjectSchema(
                        "OrganizationDisputeSettingsUpdate",
                        Field.Nullable("auto_accept_below_amount", Form.Integer(1, 10_000))
                    )
                ),
                Field.Optional("embed_hosts", new EmbedHostsSchema()),
                Field.Optional("sso_enforced", Form.Boolean),
            ],
            Changeable
        )
    );

    public OrganizationResource(EmulatorCore core)
        : base(core, "organizations", "organizations") { }

    protected override string? ToldAs => "organization";

    /// <summary>What anyone may know of an organization.</summary>
    public static string[] PublicMembers { get; } =
    ["created_at", "modified_at", "id", "name", "slug", "avatar_url", "proration_behavior", "allow_customer_updates"];

    public override View View { get; } =
        View.Members([
            .. PublicMembers,
            .. Contacts.Names,
            "socials",
            "status",
            "details_submitted_at",
            "onboarding_resubmission_requested_at",
            "sso_enforced",
            "default_presentment_currency",
            "default_tax_behavior",
            "feature_settings",
            "subscription_settings",
            "customer_email_settings",
            "customer_portal_settings",
            "dispute_settings",
            "embed_hosts",
            "country",
            "account_id",
            "payout_account_id",
            "capabilities",
        ]);

    public override IEnumerable<Operation> Operations =>
        [
            ListOperation(
                "/v1/organizations/",
                new ListDefinition("created_at", ListFilter.Field("slug", Form.AnyText))
                    .SortedBy(OrganizationValues.OrganizationSort)
                    .SortedBy("next_review_threshold", static row => row.Number("next_review_threshold"))
                    .SortedBy("days_in_status", static row => row.Text("created_at"))
            ),
            Writing(
                "create",
                "POST",
                "/v1/organizations/",
                Create,
                context =>
                {
                    CheckSlug(context.Body);
                    return Reply.Created(Core.Store.Insert(Kind, Build(context.Body)).Render(View));
                },
                Subjects.User
            ),
            GetOperation("/v1/organizations/{id}"),
            UpdateOperation("/v1/organizations/{id}", Update, Change),
        ];

    /// <summary>The row of a new organization, from a body that has the right form.</summary>
    public JsonObject Build(JsonObject body)
    {
        var row = NewRow(null);
        row["avatar_url"] = null;
        foreach (var name in Contacts.Names)
        {
            row[name] = null;
        }

        row["socials"] = new JsonArray();
        row["status"] = "created";
        row["details_submitted_at"] = body.Has("details") ? row.Text("created_at") : null;
        row["onboarding_resubmission_requested_at"] = null;
        row["sso_enforced"] = false;
        row["default_presentment_currency"] = "usd";
        row["default_tax_behavior"] = "location";
        row["feature_settings"] = NewFeatures();
        row["subscription_settings"] = new JsonObject
        {
            ["allow_multiple_subscriptions"] = false,
            ["proration_behavior"] = "prorate",
            ["benefit_revocation_grace_period"] = 0,
            ["prevent_trial_abuse"] = false,
            ["allow_customer_updates"] = true,
        };
        row["customer_email_settings"] = NewSwitches(EmailSettings, true);
        row["customer_portal_settings"] = new JsonObject
        {
            ["usage"] = new JsonObject { ["show"] = true },
            ["subscription"] = new JsonObject
            {
                ["update_seats"] = true,
                ["update_plan"] = true,
                ["update_units"] = false,
                ["pause"] = false,
            },
            ["customer"] = new JsonObject { ["allow_email_change"] = true },
        };
        row["dispute_settings"] = new JsonObject { ["auto_accept_below_amount"] = null };
        row["embed_hosts"] = new JsonArray();
        row["country"] = null;
        row["account_id"] = null;
        row["payout_account_id"] = null;
        row["capabilities"] = new JsonObject
        {
            ["checkout_payments"] = true,
            ["subscription_renewals"] = true,
            ["payouts"] = false,
            ["refunds"] = true,
            ["api_access"] = true,
            ["dashboard_access"] = true,
        };
        Apply(row, body, Settings.Keys.Where(name => !body.Has(name)).Append("feature_settings").ToArray());
        ApplyFeatures(row, body);
        // New organizations have it.
        ((JsonObject)row["feature_settings"]!)["member_model_enabled"] = true;
        Derive(row);
        return row;
    }

    public override Document InsertLike(Document model, bool older)
    {
        var document = base.InsertLike(model, older);
        var row = document.Row.Clone();
        row["slug"] = "organization-" + document.Id.Substring(0, 8);
        Core.Store.Replace(document, row);
        return document;
    }

    private static Field[] CreateFields() =>
        [
            .. Changeable.Where(field => !Settings.ContainsKey(field.Name)),
            // What an update refuses to clear may be null in something new, and is left at its default.
            .. Settings.Select(setting => Field.Clearable(setting.Key, setting.Value)),
        ];

    private void CheckSlug(JsonObject body)
    {
        var slug = body.Text("slug");
        if (Documents.Items.Any(other => other.Row.Text("slug") == slug))
        {
            throw Problems.Value(Location.Body["slug"], "Another organization already has this slug.", body["slug"]);
        }
    }

    private void Change(OperationContext context, JsonObject row)
    {
        if (context.Body.Flag("sso_enforced"))
        {
            throw ApiException.Domain(
                409,
                "SSOEnforcementRequiresConnection",
                "Single sign-on can be enforced only once a connection for it is enabled."
            );
        }

        var features = (JsonObject)row["feature_settings"]!;
        if (
            context.Body["dispute_settings"] is JsonObject disputes
            && disputes.Has("auto_accept_below_amount")
            && !features.Flag("dispute_auto_accept_enabled")
        )
        {
            throw ApiException.Domain(
                403,
                "DisputeAutoAcceptNotEnabled",
                "Conceding disputes automatically is not enabled for this organization."
            );
        }

        Apply(row, context.Body, "feature_settings");
        ApplyFeatures(row, context.Body);
        if (context.Body.Has("details") && !row.Has("details_submitted_at"))
        {
            row["details_submitted_at"] = Core.Clock.Stamp();
        }

        Derive(row);
    }

    // Two settings are also shown at the top, where older clients look for them.
    private static void Derive(JsonObject row)
    {
        var settings = (JsonObject)row["subscription_settings"]!;
        row["proration_behavior"] = settings.Text("proration_behavior");
        row["allow_customer_updates"] = settings.Flag("allow_customer_updates");
    }

    private static void ApplyFeatures(JsonObject row, JsonObject body)
    {
        if (body["feature_settings"] is JsonObject given)
        {
            Apply((JsonObject)row["feature_settings"]!, given);
        }
    }

    private static JsonObject NewFeatures()
    {
        var features = NewSwitches([.. OwnFeatures, .. ManagedFeatures], false);
        features["overview_metrics"] = null;
        return features;
    }

    private static JsonObject NewSwitches(IEnumerable<string> names, bool value)
    {
        var switches = new JsonObject();
        foreach (var name in names)
        {
            switches[name] = value;
        }

        return switches;
    }

    // Hosts with or without a port, and with *. before them for all below; only what is no page of the web has a scheme.
    private sealed class EmbedHostsSchema : Schema
    {
        private static readonly Regex Host = new(
            @"^((?!https?://)[a-z][a-z0-9+.\-]*://)?(\*\.)?([A-Za-z0-9\-]+(\.[A-Za-z0-9\-]+)*|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?$",
            RegexOptions.CultureInvariant,
            TimeSpan.FromSeconds(1)
        );

        private static readonly Schema Texts = Form.List(Form.AnyText);

        public override JsonNode? Check(JsonNode? input, Location at, Problems problems)
        {
            var before = problems.Count;
            var result = Texts.Check(input, at, problems);
            if (problems.Count > before || result is not JsonArray hosts)
            {
                return result;
            }

            var known = hosts.Select(host => host!.GetValue<string>().Trim()).Distinct().ToArray();
            if (
                Array.Find(
                    known,
                    host =>
                        !Host.IsMatch(host)
                        || (host.StartsWith("*.", StringComparison.Ordinal) && host.IndexOf('.', 2) < 0)
                ) is
                { } wrong
            )
            {
                problems.Add(
                    "value_error",
                    at,
                    $"'{wrong}' is no host: a host has no scheme and no path, and may have a port.",
                    input
                );
            }

            return Json.ToArray(known);
        }
    }
}
