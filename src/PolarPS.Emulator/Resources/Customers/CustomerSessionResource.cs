namespace PolarPS.Emulator;

/// <summary>Sessions with which customers and their members come to the portal.</summary>
internal sealed class CustomerSessionResource : Resource
{
    private static readonly TimeSpan Length = TimeSpan.FromHours(1);

    private static readonly string[] PortalScopes = ["customer_portal:read", "customer_portal:write"];

    private static readonly Schema Create = new UnionSchema(
        static body =>
            body.Has("customer_id") ? "CustomerSessionCustomerIDCreate"
            : body.Has("external_customer_id") || body.Has("customer_external_id")
                ? "CustomerSessionCustomerExternalIDCreate"
            : null,
        new ObjectSchema(
            "CustomerSessionCustomerIDCreate",
            [.. CreateFields(), Field.Required("customer_id", Form.Uuid)]
        ),
        new ObjectSchema(
            "CustomerSessionCustomerExternalIDCreate",
            [
                .. CreateFields(),
                Field.Required("external_customer_id", Form.AnyText),
                Field.Optional("customer_external_id", Form.AnyText),
            ]
        )
    );

    public CustomerSessionResource(EmulatorCore core)
        : base(core, "customer-sessions", "customer_sessions")
    {
        View = View.Members(
            [
                "created_at",
                "modified_at",
                "id",
                "token",
                "expires_at",
                "return_url",
                "customer_portal_url",
                "customer_id",
            ],
            (document, writer) => writer.WriteLinked("customer", document.Row, Core.Customers)
        );
    }

    public override View View { get; }

    public override IEnumerable<Operation> Operations =>
        [
            Writing(
                "create",
                "POST",
                "/v1/customer-sessions/",
                Create,
                context =>
                {
                    var customer = FindCustomer(context);
                    var member = FindMember(customer, context.Body);
                    return Reply.Created(Open(customer, member, context.Body.Text("return_url")).Render(View));
                }
            ),
        ];

    /// <summary>Lets a customer, or one of its members, into the portal.</summary>
    public Document Open(Document customer, Document? member, string? returnUrl = null)
    {
        var row = NewRow(customer.OrganizationId);
        var end = Core.Clock.Now + Length;
        var token = Core.Tokens.Create(
            member is null ? "polar_cst_" : "polar_mst_",
            new Caller(member is null ? Subjects.Customer : Subjects.Member, customer.OrganizationId, PortalScopes)
            {
                CustomerId = customer.Id,
                MemberId = member?.Id,
                SessionId = row.Text("id"),
                ExpiresAt = end,
            }
        );
        var slug = Core.Organizations.Documents.Find(customer.OrganizationId)!.Row.Text("slug");
        row["token"] = token;
        row["expires_at"] = Timestamps.Format(end);
        row["return_url"] = returnUrl;
        row["customer_portal_url"] =
            (Core.Options.Sandbox ? "https://sandbox.polar.sh/" : "https://polar.sh/")
            + slug
            + "/portal?customer_session_token="
            + token;
        row["customer_id"] = customer.Id;
        row["member_id"] = member?.Id;
        return Core.Store.Insert(Kind, row);
    }

    protected override IEnumerable<string> References(JsonObject row) => [row.Text("customer_id")!];

    private static Field[] CreateFields() =>
        [
            Field.Nullable("member_id", Form.Uuid),
            Field.Nullable("external_member_id", Form.AnyText),
            Field.Nullable("return_url", Form.Address),
        ];

    private Document FindCustomer(OperationContext context)
    {
        var id = context.Body.Text("customer_id");
        var externalId = context.Body.Text("external_customer_id");
        var found = Core
            .Customers.Documents.Items.Where(customer =>
                context.Caller.CanSee(customer.OrganizationId)
                && Core.Customers.IsVisible(customer)
                && (id is null ? customer.Row.Text("external_id") == externalId : customer.Id == id)
            )
            .ToArray();
        if (found.Length > 1)
        {
            throw ApiException.Domain(
                409,
                "AmbiguousExternalCustomerID",
                "Customers in several organizations have this external id."
            );
        }

        return found.Length == 1
            ? found[0]
            : throw Problems.Value(
                Location.Body[id is null ? "external_customer_id" : "customer_id"],
                "There is no such customer.",
                id ?? externalId
            );
    }

    private Document? FindMember(Document customer, JsonObject body)
    {
        var members = Core.Members.Of(customer).ToArray();
        if (body.Text("member_id") is { } id)
        {
            return members.FirstOrDefault(member => member.Id == id)
                ?? throw Problems.Value(Location.Body["member_id"], "The customer has no such member.", id);
        }

        if (body.Text("external_member_id") is { } externalId)
        {
            return members.FirstOrDefault(member => member.Row.Text("external_id") == externalId)
                ?? throw Problems.Value(
                    Location.Body["external_member_id"],
                    "The customer has no such member.",
                    externalId
                );
        }

        if (customer.Row.Text("type") == "team")
        {
            throw Problems.Value(
                Location.Body["member_id"],
                "A team has several members: specify the member for the session.",
                body.Clone(),
                "missing"
            );
        }

        var features = (JsonObject)Core.Organizations.Documents.Find(customer.OrganizationId)!.Row["feature_settings"]!;
        return features.Flag("member_model_enabled")
            ? members.FirstOrDefault(member => member.Row.Text("role") == "owner")
            : null;
    }
}
