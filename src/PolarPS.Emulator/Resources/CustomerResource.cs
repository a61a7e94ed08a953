using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace PolarPS.Emulator;

/// <summary>Customers: people, and teams of people, who buy.</summary>
internal sealed class CustomerResource : Resource
{
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
        "name",
        "billing_name",
        "billing_address",
        "tax_id",
        "locale",
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
            ["team"] = new(
                "CustomerTeamCreate",
                [.. CreateFields(), Field.Required("type", Form.Literal("team")), Field.Nullable("email", Form.Email)]
            ),
        },
        static _ => "individual"
    );

    private static readonly Schema Update = new ObjectSchema(
        "CustomerUpdate",
        [
            .. UpdateFields(),
            Field.Clearable("external_id", Form.OptionalText),
            Field.Clearable("type", Form.OneOf("individual", "team")),
        ]
    );

    private static readonly Schema UpdateExternal = new ObjectSchema("CustomerUpdateExternalID", UpdateFields());

    private readonly Dictionary<(string Organization, string Id), Document> _byExternalId = [];
    private long _indexed = -1;

    public CustomerResource(EmulatorCore core)
        : base(core, "customers", "customers") { }

    public override View View { get; } = View.Members(Members);

    public override IEnumerable<Operation> Operations =>
        [
            ListOperation(
                "/v1/customers/",
                new ListDefinition(
                    "-created_at",
                    ListFilter.Organization(),
                    ListFilter.Any("email", Form.AnyText, static document => [document.Row.Text("email")]),
                    ListFilter.Search("query", "email", "name", "external_id"),
                    ListFilter.Flag("active", IsActive)
                )
                {
                    ByMetadata = true,
                }.SortedBy("created_at", "email", "name")
            ),
            CreateOperation(
                    "/v1/customers/",
                    Create,
                    context => Build(context.Body, context.Caller.OrganizationFor(context.Body, Core.Store))
                )
                .Then(AfterCreation),
            Reading("export", "GET", "/v1/customers/export", Export),
            GetOperation("/v1/customers/{id}"),
            UpdateOperation("/v1/customers/{id}", Update, (context, row) => Change(context.Body, row))
                .Then(body => Core.Happened("customer.updated", Documents.Find(body.Text("id"))!)),
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
                context =>
                {
                    var document = Change(FindExternal(context), row => Change(context.Body, row));
                    Core.Happened("customer.updated", document);
                    return Reply.Ok(document.Render(View));
                }
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
        row["name"] = null;
        row["billing_name"] = null;
        row["billing_address"] = null;
        row["tax_id"] = null;
        row["locale"] = null;
        row["default_payment_method_id"] = null;
        row["deleted_at"] = null;
        row["first_user_event_at"] = null;
        row["metadata"] = new JsonObject();
        Apply(row, body, "organization_id", "tax_id");
        ApplyTaxId(row, body);
        CheckUnique(row);
        row["avatar_url"] = Avatar(row.Text("email"));
        return row;
    }

    /// <summary>Puts a customer into the shop, from the body that would create it.</summary>
    public Document Add(JsonObject body, string organizationId)
    {
        var problems = new Problems();
        var valid = (JsonObject)Create.Check(body, Location.Body, problems)!;
        problems.ThrowIfAny();
        var document = Core.Store.Insert(Kind, Build(valid, organizationId));
        AfterCreation(document.Row);
        return document;
    }

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
            // What a credit gives shows in the balance of its meter.
            if (grant.Row.Text("benefit_type") != "meter_credit")
            {
                benefits.Add((JsonNode)Core.BenefitGrants.InState(grant));
            }
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

    /// <summary>Changes a customer as a buyer or a merchant asks for.</summary>
    public void Change(JsonObject body, JsonObject row)
    {
        if (body.Text("type") == "individual" && row.Text("type") == "team")
        {
            throw Problems.Value(Location.Body["type"], "A team cannot become an individual.", body.Copy("type"));
        }

        if (body.Text("email") is { } email && email != row.Text("email"))
        {
            row["email"] = email;
            row["email_verified"] = false;
            row["avatar_url"] = Avatar(email);
        }

        Apply(row, body, "email", "type", "tax_id", "metadata");
        ApplyGiven(row, body, [.. body.Select(member => member.Key).Where(name => name is not ("type" or "metadata"))]);
        ApplyTaxId(row, body);
        CheckUnique(row);
    }

    protected override IEnumerable<string> References(JsonObject row) => [];

    private static Field[] CreateFields() =>
        [
            Form.NewMetadata(),
            Field.Nullable("external_id", Form.OptionalText),
            Field.Nullable("name", Form.PersonName),
            Field.Nullable("billing_address", Form.PostalAddress),
            Field.Nullable("tax_id", Form.OptionalText),
            Field.Nullable("locale", Form.OptionalText),
            Field.Nullable("organization_id", Form.Uuid),
            Field.Nullable("owner", Owner),
        ];

    private static Field[] UpdateFields() =>
        [
            Field.Optional("metadata", Form.Metadata),
            Field.Clearable("email", Form.Email),
            Field.Clearable("name", Form.PersonName),
            Field.Clearable("billing_address", Form.PostalAddress),
            Field.Clearable("tax_id", Form.OptionalText),
            Field.Clearable("locale", Form.OptionalText),
        ];

    private static string? Avatar(string? email)
    {
        if (email is null)
        {
            return null;
        }

        var hash = Hashes.Sha256(Json.FromText(email.Trim().ToLowerInvariant()));
        return "https://www.gravatar.com/avatar/" + Hashes.Hex(hash) + "?d=404";
    }

    private static void ApplyTaxId(JsonObject row, JsonObject body)
    {
        if (!body.ContainsKey("tax_id"))
        {
            return;
        }

        var text = body.Text("tax_id");
        var country = (row["billing_address"] as JsonObject)?.Text("country");
        if (text is null)
        {
            row["tax_id"] = null;
            return;
        }

        row["tax_id"] =
            (country is null ? null : TaxIds.Read(text, country))
            ?? throw Problems.Value(
                Location.Body["tax_id"],
                country is null
                    ? "The billing address's country is needed to determine the type of this tax number."
                    : "This is not a tax number of the billing address's country.",
                text,
                "invalid"
            );
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
                owner is null ? row.Text("name") : owner.Text("name"),
                owner is null ? row.Text("external_id") : owner.Text("external_id"),
                "owner"
            );
        }

        Core.Happened("customer.created", document);
        Core.Events.AddSystem(
            "customer.created",
            document,
            new JsonObject
            {
                ["customer_id"] = document.Id,
                ["customer_email"] = row.Text("email"),
                ["customer_name"] = row.Text("name"),
                ["customer_external_id"] = row.Text("external_id"),
            }
        );
    }

    private bool IsActive(JsonObject row) =>
        Core
            .Store.Referrers(row.Text("id")!, "subscriptions")
            .Any(subscription => subscription.Row.Text("status") is "active" or "trialing");

    private void CheckUnique(JsonObject row)
    {
        var organizationId = row.Text("organization_id")!;
        if (
            row.Text("email") is { } email
            && FindByEmail(organizationId, email) is { } sameEmail
            && sameEmail.Id != row.Text("id")
        )
        {
            throw Problems.Value(Location.Body["email"], "Another customer already has this email address.", email);
        }

        if (
            row.Text("external_id") is { } externalId
            && FindByExternalId(organizationId, externalId) is { } sameId
            && sameId.Id != row.Text("id")
        )
        {
            throw Problems.Value(
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
            ["ID", "External ID", "Email", "Name", "Type", "Country", "Created At"],
            Documents
                .Items.Where(customer =>
                    context.Caller.CanSee(customer.OrganizationId)
                    && IsVisible(customer)
                    && (organizations?.Contains(customer.OrganizationId) ?? true)
                )
                .Select(customer =>
                    new[]
                    {
                        customer.Id,
                        customer.Row.Text("external_id"),
                        customer.Row.Text("email"),
                        customer.Row.Text("name"),
                        customer.Row.Text("type"),
                        (customer.Row["billing_address"] as JsonObject)?.Text("country"),
                        customer.Row.Text("created_at"),
                    }
                )
        );
    }

    // Everything that runs ends immediately, and the external id becomes available.
    private Reply Delete(OperationContext context, Document document)
    {
        var query = new QueryReader(context.Query);
        var anonymize = query.One("anonymize", Form.Boolean)?.GetValue<bool>() ?? false;
        query.ThrowIfAny();
        foreach (var subscription in Core.Store.Referrers(document.Id, "subscriptions"))
        {
            Core.Subscriptions.End(subscription);
        }

        Core.BenefitGrants.RevokeAll(document);
        Core.Tokens.Revoke((_, caller) => caller.CustomerId == document.Id);
        Change(
            document,
            row =>
            {
                row["deleted_at"] = Core.Clock.Stamp();
                if (!anonymize)
                {
                    return;
                }

                row["name"] = null;
                row["billing_name"] = null;
                row["billing_address"] = null;
                row["tax_id"] = null;
                row["external_id"] = null;
                row["metadata"] = new JsonObject();
                if (row.Has("email"))
                {
                    row["email"] = "deleted-" + document.Id.Substring(0, 8) + "@anonymized.invalid";
                }

                row["avatar_url"] = null;
            }
        );
        Core.Happened("customer.deleted", document);
        return Reply.NoContent;
    }
}
