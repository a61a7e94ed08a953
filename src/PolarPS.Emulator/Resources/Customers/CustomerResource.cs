// Long because a customer has more operations than anything else of Polar's, each by id and by external id.
using System.Text.Json;

namespace PolarPS.Emulator;

/// <summary>Customers: people, and teams of people, who buy.</summary>
internal sealed class CustomerResource : Resource
{
    private static readonly string[] Names = ["email", "name", "billing_name"];

    private static readonly string[] AddressLines = ["line1", "line2", "city", "state", "postal_code", "country"];

    private static readonly OptionalFields Profile = new(
        ("name", Form.PersonName),
        ("billing_address", Form.PostalAddress),
        ("tax_id", Form.OptionalText),
        ("locale", Form.OptionalText)
    );

    public static readonly string[] Members =
    [
        "id",
        "created_at",
        "modified_at",
        "metadata",
        "external_id",
        "email",
        "email_verified",
        "type",
        .. Profile.Names,
        "organization_id",
        "default_payment_method_id",
        "deleted_at",
        "first_user_event_at",
        "avatar_url",
    ];

    private static readonly Schema Owner = new ObjectSchema(
        "MemberOwnerCreate",
        Field.Required("email", Form.Email),
        Field.Nullable("name", Form.PersonName),
        Field.Nullable("external_id", Form.OptionalText)
    );

    private static readonly Schema Create = new TaggedSchema(
        "type",
        new Dictionary<string, ObjectSchema>
        {
            ["individual"] = new(
                "CustomerIndividualCreate",
                [
                    .. CreateFields(),
                    Field.Default("type", Form.Literal("individual"), static () => "individual"),
                    Field.Required("email", Form.Email),
                ]
            ),
            ["team"] = new ObjectSchema(
                "CustomerTeamCreate",
                [.. CreateFields(), Field.Required("type", Form.Literal("team")), Field.Nullable("email", Form.Email)]
            ).Rule(CheckReachable),
        },
        static _ => "individual"
    );

    private static readonly Schema Update = new ObjectSchema(
        "CustomerUpdate",
        [
            .. UpdateFields(),
            Field.Clearable("external_id", Form.OptionalText),
            Field.Clearable("type", Form.OneOf(CustomerValues.Type)),
        ]
    );

    private static readonly Schema UpdateExternal = new ObjectSchema("CustomerUpdateExternalID", UpdateFields());

    // What an event tells of a change.
    private static readonly string[] Told = ["name", "billing_name", "email", "billing_address", "tax_id", "metadata"];

    private readonly Dictionary<(string Organization, string Id), Document> _byExternalId = [];
    private long _indexed = -1;

    public CustomerResource(EmulatorCore core)
        : base(core, "customers", "customers") { }

    public override View View { get; } =
        View.Members(Members, static (document, writer) => WriteBillingName(document, writer));

    /// <summary>Writes the name that invoices bear: the customer's own where there is no other.</summary>
    public static void WriteBillingName(Document customer, Utf8JsonWriter writer) =>
        writer.WriteString("billing_name", BillingName(customer.Row));

    public static string? BillingName(JsonObject row) => row.Text("billing_name") ?? row.Text("name");

    public override IEnumerable<Operation> Operations =>
        [
            ListOperation(
                "/v1/customers/",
                new ListDefinition(
                    "-created_at",
                    ListFilter.Organization(),
                    ListFilter.SameText("email", "email"),
                    ListFilter.Where("query", Form.AnyText, IsFound),
                    ListFilter.Flag("active", IsActive)
                )
                {
                    ByMetadata = true,
                }.SortedBy(CustomerValues.Sort)
            ),
            CreateOperation(
                    "/v1/customers/",
                    Create,
                    context => Build(context.Body, context.Caller.OrganizationFor(context.Body, Core.Store))
                )
                .Then(AfterCreation),
            Reading("export", "GET", "/v1/customers/export", Export),
            GetOperation("/v1/customers/{id}"),
            Writing(
                "update",
                "PATCH",
                "/v1/customers/{id}",
                Update,
                context => Reply.Ok(ChangeAsAsked(Find(context), context.Body).Render(View))
            ),
            Writing("delete", "DELETE", "/v1/customers/{id}", null, context => Delete(context, Find(context))),
            Reading("get_state", "GET", "/v1/customers/{id}/state", context => Reply.Json(200, State(Find(context)))),
            Reading(
                "list_payment_methods",
                "GET",
                "/v1/customers/{id}/payment-methods",
                context => ListPaymentMethods(context, Find(context))
            ),
            Reading(
                "get_external",
                "GET",
                "/v1/customers/external/{external_id:text}",
                context => Reply.Ok(FindExternal(context).Render(View))
            ),
            Writing(
                "update_external",
                "PATCH",
                "/v1/customers/external/{external_id:text}",
                UpdateExternal,
                context => Reply.Ok(ChangeAsAsked(FindExternal(context), context.Body).Render(View))
            ),
            Writing(
                "delete_external",
                "DELETE",
                "/v1/customers/external/{external_id:text}",
                null,
                context => Delete(context, FindExternal(context))
            ),
            Reading(
                "get_state_external",
                "GET",
                "/v1/customers/external/{external_id:text}/state",
                context => Reply.Json(200, State(FindExternal(context)))
            ),
            Reading(
                "list_payment_methods_external",
                "GET",
                "/v1/customers/external/{external_id:text}/payment-methods",
                context => ListPaymentMethods(context, FindExternal(context))
            ),
        ];

    /// <summary>Deleted customers are kept for the orders that show them.</summary>
    public override bool IsVisible(Document document) => !document.Row.Has("deleted_at");

    /// <summary>A customer of one organization, for what points at it.</summary>
    public Document? Find(string organizationId, string id) =>
        Documents.Find(id) is { } customer && customer.OrganizationId == organizationId && IsVisible(customer)
            ? customer
            : null;

    public Document? FindByExternalId(string organizationId, string externalId)
    {
        if (_indexed != Documents.Version)
        {
            _byExternalId.Clear();
            foreach (var customer in Documents.Items.Where(IsVisible))
            {
                if (customer.Row.Text("external_id") is { } id)
                {
                    _byExternalId[(customer.OrganizationId, id)] = customer;
                }
            }

            _indexed = Documents.Version;
        }

        return _byExternalId.TryGetValue((organizationId, externalId), out var found) ? found : null;
    }

    public Document? FindByEmail(string organizationId, string email) =>
        Documents.Items.FirstOrDefault(customer =>
            customer.OrganizationId == organizationId
            && IsVisible(customer)
            && string.Equals(customer.Row.Text("email"), email, StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>The customer whose external id the path has.</summary>
    public Document FindExternal(OperationContext context)
    {
        var found = Documents
            .Items.Where(customer =>
                context.Caller.CanSee(customer.OrganizationId)
                && IsVisible(customer)
                && customer.Row.Text("external_id") == context["external_id"]
            )
            .ToArray();
        return found.Length switch
        {
            0 => throw ApiException.NotFound(),
            1 => found[0],
            _ => throw ApiException.Domain(
                409,
                "AmbiguousExternalCustomerID",
                "Customers in several organizations have this external id: set the organization in Polar-Organization."
            ),
        };
    }

    /// <summary>The row of a new customer, from a body that has the right form.</summary>
    public JsonObject Build(JsonObject body, string organizationId)
    {
        var row = NewRow(organizationId);
        row["external_id"] = null;
        row["email"] = null;
        row["email_verified"] = false;
        row["type"] = "individual";
        foreach (var name in Profile.Names)
        {
            row[name] = null;
        }

        row["billing_name"] = null;
        row["default_payment_method_id"] = null;
        row["deleted_at"] = null;
        row["first_user_event_at"] = null;
        row["metadata"] = new JsonObject();
        Apply(row, body, "organization_id", "tax_id");
        var problems = new Problems();
        CheckEmail(row, body.Text("email"), problems);
        CheckExternalId(row, body.Text("external_id"), problems);
        problems.ThrowDomainIfAny();
        ApplyTaxId(row, body);
        row["avatar_url"] = Avatar(row.Text("email"));
        return row;
    }

    /// <summary>Puts a customer into the shop, from the body that would create it.</summary>
    public Document Add(JsonObject body, string organizationId)
    {
        var valid = Create.Valid(body);
        var document = Core.Store.Insert(Kind, Build(valid, organizationId));
        AfterCreation(document.Row);
        return document;
    }

    /// <summary>Adds a customer of whom nothing is told, because another customer has given it a seat.</summary>
    public Document AddQuietly(string email, string organizationId) =>
        Core.Store.Insert(Kind, Build(new JsonObject { ["email"] = email }, organizationId));

    public override Document InsertLike(Document model, bool older)
    {
        var document = base.InsertLike(model, older);
        var row = document.Row.Clone();
        row["email"] = "customer-" + document.Id.Substring(0, 8) + "@example.com";
        row["external_id"] = null;
        Core.Store.Replace(document, row);
        return document;
    }

    /// <summary>The customer with what it has at the moment: subscriptions, benefits, balances of meters.</summary>
    public JsonObject State(Document customer)
    {
        var state = customer.ToObject(View);
        var subscriptions = new JsonArray();
        foreach (
            var subscription in Core
                .Store.Referrers(customer.Id, "subscriptions")
                .Where(subscription => subscription.Row.Text("status") is "active" or "trialing")
        )
        {
            subscriptions.Add((JsonNode)Core.Subscriptions.InState(subscription));
        }

        var benefits = new JsonArray();
        foreach (
            var grant in Core
                .Store.Referrers(customer.Id, "benefit-grants")
                .Where(grant => grant.Row.Text("customer_id") == customer.Id && grant.Row.Flag("is_granted"))
        )
        {
            benefits.Add((JsonNode)Core.BenefitGrants.InState(grant));
        }

        var meters = new JsonArray();
        foreach (var meter in Core.CustomerMeters.Of(customer))
        {
            meters.Add(
                (JsonNode)
                    new JsonObject
                    {
                        ["id"] = meter.Id,
                        ["created_at"] = meter.Row.Text("created_at"),
                        ["modified_at"] = meter.Row.Text("modified_at"),
                        ["meter_id"] = meter.Row.Text("meter_id"),
                        ["consumed_units"] = meter.Row.Copy("consumed_units"),
                        ["credited_units"] = meter.Row.Copy("credited_units"),
                        ["balance"] = meter.Row.Copy("balance"),
                    }
            );
        }

        state["active_subscriptions"] = subscriptions;
        state["granted_benefits"] = benefits;
        state["active_meters"] = meters;
        return state;
    }

    /// <summary>Makes a customer who buys seats a team, which it stays.</summary>
    public void MakeTeam(Document customer)
    {
        if (customer.Row.Text("type") != "team")
        {
            ChangeAndTell(customer, static row => row["type"] = "team");
        }
    }

    /// <summary>Changes a customer, and tells what has changed.</summary>
    public Document ChangeAndTell(Document customer, Action<JsonObject> change)
    {
        var before = customer.Row;
        Change(customer, change);
        Core.Happened("customer.updated", customer);
        Core.StateChanged(customer.Id);
        var updated = new JsonObject();
        foreach (var name in Told)
        {
            if (!JsonNode.DeepEquals(before[name], customer.Row[name]))
            {
                updated[name] =
                    name == "tax_id" ? (customer.Row[name] as JsonArray)?[0]?.DeepClone()
                    : name == "billing_address" ? Filled(customer.Row[name] as JsonObject)
                    : customer.Row.Copy(name);
            }
        }

        Note("customer.updated", customer, updated);
        return customer;
    }

    /// <summary>Gives a customer another email address, which is still to be confirmed.</summary>
    public static void SetEmail(JsonObject row, string email)
    {
        row["email"] = email;
        row["email_verified"] = false;
        row["avatar_url"] = Avatar(email);
    }

    /// <summary>Takes over a tax number, and tells its kind by the country; a number that is there has to fit a new address.</summary>
    public static void ApplyTaxId(JsonObject row, JsonObject body)
    {
        var isGiven = body.ContainsKey("tax_id");
        var text =
            isGiven ? body.Text("tax_id")
            : body.ContainsKey("billing_address") ? (row["tax_id"] as JsonArray)?[0]!.GetValue<string>()
            : null;
        if (text is null)
        {
            if (isGiven)
            {
                row["tax_id"] = null;
            }

            return;
        }

        if ((row["billing_address"] as JsonObject)?.Text("country") is not { } country)
        {
            throw Problems.Value(
                Location.Body["billing_address"],
                "The country of the billing address is needed to tell what kind of tax number this is.",
                null,
                "missing"
            );
        }

        row["tax_id"] =
            TaxIds.Read(text, country)
            ?? throw Problems.Value(
                Location.Body["tax_id"],
                "This is no tax number of the country of the billing address.",
                text,
                "invalid"
            );
    }

    protected override IEnumerable<string> References(JsonObject row) => [];

    private static Field[] CreateFields() =>
        [
            Form.NewMetadata(),
            Field.Nullable("external_id", Form.OptionalText),
            .. Profile.ForCreation,
            Field.Nullable("organization_id", Form.Uuid),
            Field.Nullable("owner", Owner),
        ];

    private static Field[] UpdateFields() =>
        [Field.Optional("metadata", Form.Metadata), Field.Clearable("email", Form.Email), .. Profile.ForUpdate];

    private static void CheckReachable(JsonObject body, Location at, Problems problems)
    {
        if (!body.Has("email") && !body.Has("owner"))
        {
            problems.Add("value_error", at, "A team without an email address needs an owner who has one.", body);
        }
    }

    private static string? Avatar(string? email)
    {
        if (email is null)
        {
            return null;
        }

        var hash = Hashes.Sha256(Json.FromText(email.Trim().ToLowerInvariant()));
        return "https://www.gravatar.com/avatar/" + Hashes.Hex(hash) + "?d=404";
    }

    private static JsonObject? Filled(JsonObject? address)
    {
        if (address is null)
        {
            return null;
        }

        var filled = new JsonObject();
        foreach (var member in address.Where(member => member.Value is not null))
        {
            filled[member.Key] = member.Value!.DeepClone();
        }

        return filled;
    }

    // A merchant's change. All that is wrong with it is told.
    private Document ChangeAsAsked(Document customer, JsonObject body)
    {
        var before = customer.Row;
        var email = body.Text("email");
        var hasNewEmail =
            email is not null && !string.Equals(email, before.Text("email"), StringComparison.OrdinalIgnoreCase);
        var problems = new Problems();
        if (hasNewEmail)
        {
            CheckEmail(before, email, problems);
        }

        if (body.ContainsKey("billing_address") && !body.Has("billing_address"))
        {
            problems.Add("value_error", Location.Body["billing_address"], "An address cannot be removed.", null);
        }

        if (body.ContainsKey("external_id") && body.Text("external_id") != before.Text("external_id"))
        {
            if (before.Has("external_id"))
            {
                problems.Add(
                    "value_error",
                    Location.Body["external_id"],
                    "The external id is set, and stays as it is.",
                    body["external_id"]
                );
            }
            else
            {
                CheckExternalId(before, body.Text("external_id"), problems);
            }
        }

        if (body.ContainsKey("type") && before.Text("type") == "team" && body.Text("type") != "team")
        {
            problems.Add("value_error", Location.Body["type"], "A team cannot become an individual.", body["type"]);
        }

        problems.ThrowDomainIfAny();
        ChangeAndTell(
            customer,
            row =>
            {
                if (hasNewEmail)
                {
                    SetEmail(row, email!);
                }

                Apply(row, body, "email", "tax_id", body.Has("type") ? "" : "type");
                ApplyTaxId(row, body);
            }
        );
        if (hasNewEmail)
        {
            Core.Members.FollowEmail(customer);
        }

        return customer;
    }

    // A text is looked for in the middle of names and addresses, and where an external id begins.
    private static bool IsFound(Document customer, string query) =>
        Names.Any(name => customer.Row.Text(name)?.IndexOf(query, StringComparison.OrdinalIgnoreCase) >= 0)
        || customer.Row.Text("external_id")?.StartsWith(query, StringComparison.OrdinalIgnoreCase) == true;

    private void Note(string name, Document customer, JsonObject? updated = null)
    {
        var row = customer.Row;
        var metadata = new JsonObject
        {
            ["customer_id"] = customer.Id,
            ["customer_email"] = row.Text("email"),
            ["customer_name"] = row.Text("name"),
            ["customer_external_id"] = row.Text("external_id"),
        };
        if (updated is not null)
        {
            metadata["updated_fields"] = updated;
        }

        Core.Events.AddSystem(name, customer, metadata);
    }

    // The owner is a member that every customer has who has an address to write to.
    private void AfterCreation(JsonObject created)
    {
        var document = Documents.Find(created.Text("id"))!;
        var row = document.Row;
        var owner = row["owner"] as JsonObject;
        var email = owner?.Text("email") ?? row.Text("email");
        if (email is not null)
        {
            Core.Members.Add(
                document,
                email,
                owner?.Text("name") ?? row.Text("name"),
                owner?.Text("external_id") ?? row.Text("external_id"),
                "owner"
            );
        }

        Core.Happened("customer.created", document);
        Core.StateChanged(document.Id);
        Note("customer.created", document);
    }

    private bool IsActive(JsonObject row) =>
        Core
            .Store.Referrers(row.Text("id")!, "subscriptions")
            .Any(subscription => subscription.Row.Text("status") is "active" or "trialing");

    private void CheckEmail(JsonObject row, string? email, Problems problems)
    {
        if (
            email is not null
            && FindByEmail(row.Text("organization_id")!, email) is { } other
            && other.Id != row.Text("id")
        )
        {
            problems.Add("value_error", Location.Body["email"], "Another customer has this address already.", email);
        }
    }

    private void CheckExternalId(JsonObject row, string? externalId, Problems problems)
    {
        if (
            externalId is not null
            && FindByExternalId(row.Text("organization_id")!, externalId) is { } other
            && other.Id != row.Text("id")
        )
        {
            problems.Add(
                "value_error",
                Location.Body["external_id"],
                "Another customer already has this external id.",
                externalId
            );
        }
    }

    private Reply ListPaymentMethods(OperationContext context, Document customer) =>
        ListRunner.Run(
            context,
            Core.PaymentMethods,
            new ListDefinition("-created_at").SortedBy("created_at"),
            Core.PaymentMethods.View,
            method => method.Row.Text("customer_id") == customer.Id
        );

    private Reply Export(OperationContext context)
    {
        var query = new QueryReader(context.Query);
        var organizations = query.Many("organization_id", Form.Uuid);
        query.ThrowIfAny();
        return Csv.Write(
            "polar-customers.csv",
            [
                "ID",
                "External ID",
                "Created At",
                "Email",
                "Name",
                "Tax ID",
                "Billing Address Line 1",
                "Billing Address Line 2",
                "Billing Address City",
                "Billing Address State",
                "Billing Address Zip",
                "Billing Address Country",
                "Metadata",
            ],
            Documents
                .Items.Where(customer =>
                    context.Caller.CanSee(customer.OrganizationId)
                    && IsVisible(customer)
                    && (organizations?.Contains(customer.OrganizationId) ?? true)
                )
                .Select(ExportRow)
        );
    }

    private static IEnumerable<string?> ExportRow(Document customer)
    {
        var row = customer.Row;
        var address = row["billing_address"] as JsonObject;
        var taxId = row["tax_id"] as JsonArray;
        return
        [
            customer.Id,
            row.Text("external_id"),
            Csv.Time(row.Text("created_at"), TimeZoneInfo.Utc),
            row.Text("email"),
            row.Text("name"),
            // As Python shows a pair.
            taxId is null
                ? null
                : $"('{taxId[0]}', <TaxIDFormat.{taxId[1]}: '{taxId[1]}'>)",
            .. AddressLines.Select(name => address?.Text(name)),
            row["metadata"] is JsonObject { Count: > 0 } metadata ? Csv.Object(metadata) : null,
        ];
    }

    // Everything that runs ends at once, and the external id is free for another customer.
    private Reply Delete(OperationContext context, Document document)
    {
        var query = new QueryReader(context.Query);
        var anonymize = query.One("anonymize", Form.Boolean)?.GetValue<bool>() ?? false;
        query.ThrowIfAny();
        foreach (var subscription in Core.Store.Referrers(document.Id, "subscriptions"))
        {
            if (SubscriptionResource.IsBillable(subscription.Row))
            {
                Core.Enqueue(() => Core.Billing.Cancel(subscription, immediately: true, revokesBenefits: false));
            }
        }

        Core.Enqueue(() => Core.BenefitGrants.RevokeAll(document));
        Core.Store.Undo(Core.Tokens.Revoke((_, caller) => caller.CustomerId == document.Id));
        foreach (var member in Core.Members.Of(document).ToArray())
        {
            Core.Members.Remove(member);
        }

        Change(
            document,
            row =>
            {
                row["deleted_at"] = Core.Clock.Stamp();
                if (anonymize)
                {
                    Anonymize(row);
                }
            }
        );
        Core.Happened("customer.deleted", document);
        Core.StateChanged(document.Id);
        Note("customer.deleted", document);
        return Reply.NoContent;
    }

    // The external id and the tax number stay, and the name of who has one: the law asks for them.
    private void Anonymize(JsonObject row)
    {
        var created = row.Text("created_at");
        string Hidden(string text) => Hashes.Hex(Hashes.Sha256(Json.FromText(created + text)));
        if (row.Text("email") is { } email)
        {
            row["email"] = Hidden(email) + "@anonymized.polar.sh";
            row["avatar_url"] = Avatar(row.Text("email"));
        }

        row["email_verified"] = false;
        if (!row.Has("tax_id") && row.Text("name") is { Length: > 0 } name)
        {
            row["name"] = Hidden(name);
        }

        if (row.Text("billing_name") is { Length: > 0 } billingName)
        {
            row["billing_name"] = Hidden(billingName);
        }

        row["billing_address"] = null;
        ((JsonObject)row["metadata"]!)["__anonymized_at"] = Core.Clock.Stamp();
    }
}
