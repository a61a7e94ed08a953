namespace PolarPS.Emulator;

/// <summary>Members: the people of a customer, one of whom owns it.</summary>
internal sealed class MemberResource : Resource
{
    private static readonly Schema Roles = Form.OneOf(CustomerValues.MemberRole);

    private static readonly Schema Create = new ObjectSchema(
        "MemberCreateFromCustomer",
        Field.Required("email", Form.Email),
        Field.Nullable("name", Form.PersonName),
        Field.Nullable("external_id", Form.OptionalText),
        Field.Default("role", Form.OneOf(CustomerValues.NewMemberRole), static () => "member")
    );

    private static readonly Schema Update = new ObjectSchema(
        "MemberUpdate",
        Field.Clearable("name", Form.PersonName),
        Field.Clearable("email", Form.Email),
        Field.Clearable("role", Roles)
    );

    private static readonly ListDefinition Listing = new ListDefinition(
        "-created_at",
        ListFilter.Field("role", Roles)
    ).SortedBy(CustomerValues.MemberSort);

    public MemberResource(EmulatorCore core)
        : base(core, "customers:members", "members") { }

    public override View View { get; } =
        View.Members("id", "created_at", "modified_at", "customer_id", "email", "name", "external_id", "role");

    /// <summary>A member as its own side sees it.</summary>
    public View InPortal { get; } = View.Members("id", "created_at", "modified_at", "email", "name", "role");

    /// <summary>A member in a license key.</summary>
    public View InLicenseKey { get; } = View.Members("id", "email", "external_id");

    public override IEnumerable<Operation> Operations =>
        [
            .. Of(string.Empty, "/v1/customers/{id}/members", "{member_id}", FindCustomer, FindMember),
            .. Of(
                "_external",
                "/v1/customers/external/{external_id:text}/members",
                "{member_external_id:text}",
                Core.Customers.FindExternal,
                FindMemberByExternalId
            ),
        ];

    /// <summary>The members of a customer, oldest first.</summary>
    public IEnumerable<Document> Of(Document customer) =>
        Core.Store.Referrers(customer.Id, Kind).Where(member => member.Row.Text("customer_id") == customer.Id);

    /// <summary>Who speaks for a customer.</summary>
    public Document? OwnerOf(Document customer) =>
        Of(customer).FirstOrDefault(member => member.Row.Text("role") == "owner");

    /// <summary>Adds a member.</summary>
    /// <param name="customer">Whose member it is.</param>
    /// <param name="email">Its address.</param>
    /// <param name="name">Its name.</param>
    /// <param name="externalId">What the shop calls it.</param>
    /// <param name="role">owner, billing_manager or member.</param>
    /// <param name="isTold">Whether webhooks tell of it; they do not where it comes along with a seat.</param>
    public Document Add(
        Document customer,
        string email,
        string? name,
        string? externalId,
        string role,
        bool isTold = true
    )
    {
        var row = NewRow(customer.OrganizationId);
        row["customer_id"] = customer.Id;
        row["email"] = email;
        row["name"] = name;
        row["external_id"] = externalId;
        row["role"] = role;
        var document = Core.Store.Insert(Kind, row);
        if (isTold)
        {
            Core.Happened("member.created", document);
        }

        return document;
    }

    /// <summary>Adds a member where the customer can have several; who is one already stays as it is.</summary>
    public Document AddTo(Document customer, JsonObject body)
    {
        if (customer.Row.Text("type") != "team" && Of(customer).Any())
        {
            throw ApiException.NotPermitted("Only a team can have more members.");
        }

        var email = body.Text("email")!;
        return Find(customer, email)
            ?? Add(customer, email, body.Text("name"), body.Text("external_id"), body.Text("role")!);
    }

    /// <summary>The member of a customer who has an address, in any case.</summary>
    public Document? Find(Document customer, string email) =>
        Of(customer)
            .FirstOrDefault(member =>
                string.Equals(member.Row.Text("email"), email, StringComparison.OrdinalIgnoreCase)
            );

    /// <summary>Changes a member; a new owner takes the place of the old one.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="member">Its member.</param>
    /// <param name="body">The change.</param>
    /// <param name="caller">The member who asks for it; null where the shop does.</param>
    public Document ChangeMember(Document customer, Document member, JsonObject body, Document? caller = null)
    {
        var role = body.Text("role") is { } wanted && wanted != member.Row.Text("role") ? wanted : null;
        if (role == "owner" && OwnerOf(customer) is { } owner)
        {
            if (caller is not null && caller.Row.Text("role") != "owner")
            {
                throw Problems.Value(Location.Body["role"], "Only the owner can hand a customer over.", role);
            }

            Change(owner, static row => row["role"] = "billing_manager");
        }
        else if (
            role is not null
            && member.Row.Text("role") == "owner"
            && Of(customer).Count(other => other.Row.Text("role") == "owner") < 2
        )
        {
            throw Problems.Value(Location.Body["role"], "A customer must have an owner.", role);
        }

        var email = body.Text("email") is { } address && address != member.Row.Text("email") ? address : null;
        if (email is not null)
        {
            CheckEmail(customer, member, email);
        }

        var name = body.Text("name");
        if (role is null && email is null && name is null)
        {
            return member;
        }

        Change(
            member,
            row =>
            {
                row["name"] = name ?? row.Text("name");
                row["role"] = role ?? row.Text("role");
                row["email"] = email ?? row.Text("email");
            }
        );
        if (email is not null)
        {
            Core.CustomerSeats.FollowEmail(member);
        }

        Core.Happened("member.updated", member);
        return member;
    }

    /// <summary>Removes a member whom the customer can do without.</summary>
    public void Remove(Document customer, Document member)
    {
        if (member.Row.Text("role") == "owner" && Of(customer).Count(other => other.Row.Text("role") == "owner") < 2)
        {
            throw Problems.Value(Location.Body, "A customer must have an owner.", member.Id);
        }

        Remove(member);
    }

    /// <summary>Removes a member with its seats and what it was granted.</summary>
    public void Remove(Document member)
    {
        Core.Store.Undo(Core.Tokens.Revoke((_, caller) => caller.MemberId == member.Id));
        Core.Enqueue(() => Core.CustomerSeats.RevokeOf(member));
        Core.Enqueue(() => Core.BenefitGrants.RevokeOf(member));
        Core.Happened("member.deleted", member);
        Discard(member);
    }

    /// <summary>Gives an individual's only member the address that the customer has now.</summary>
    public void FollowEmail(Document customer)
    {
        if (
            customer.Row.Text("type") == "individual"
            && customer.Row.Text("email") is { } email
            && OwnerOf(customer) is { } owner
            && !string.Equals(owner.Row.Text("email"), email, StringComparison.OrdinalIgnoreCase)
        )
        {
            Change(owner, row => row["email"] = email);
        }
    }

    protected override IEnumerable<string> References(JsonObject row) => [row.Text("customer_id")!];

    private IEnumerable<Operation> Of(
        string suffix,
        string path,
        string item,
        Func<OperationContext, Document> customer,
        Func<OperationContext, Document, Document> member
    ) =>
        [
            Reading(
                "list" + suffix,
                "GET",
                path,
                context =>
                {
                    var owner = customer(context);
                    return ListRunner.Run(
                        context,
                        this,
                        Listing,
                        View,
                        document => document.Row.Text("customer_id") == owner.Id
                    );
                }
            ),
            Writing(
                "create" + suffix,
                "POST",
                path,
                Create,
                context => Reply.Created(AddTo(customer(context), context.Body).Render(View))
            ),
            Reading(
                "get" + suffix,
                "GET",
                path + "/" + item,
                context => Reply.Ok(member(context, customer(context)).Render(View))
            ),
            Writing(
                "update" + suffix,
                "PATCH",
                path + "/" + item,
                Update,
                context =>
                {
                    var owner = customer(context);
                    return Reply.Ok(ChangeMember(owner, member(context, owner), context.Body).Render(View));
                }
            ),
            Writing(
                "delete" + suffix,
                "DELETE",
                path + "/" + item,
                null,
                context =>
                {
                    var owner = customer(context);
                    Remove(owner, member(context, owner));
                    return Reply.NoContent;
                }
            ),
        ];

    private Document FindCustomer(OperationContext context) =>
        Core.Customers.Documents.Find(context.Id) is { } customer
        && context.Caller.CanSee(customer.OrganizationId)
        && Core.Customers.IsVisible(customer)
            ? customer
            : throw ApiException.NotFound();

    private Document FindMember(OperationContext context, Document customer) =>
        Documents.Find(context["member_id"]) is { } member && member.Row.Text("customer_id") == customer.Id
            ? member
            : throw ApiException.NotFound();

    private Document FindMemberByExternalId(OperationContext context, Document customer) =>
        Of(customer).FirstOrDefault(member => member.Row.Text("external_id") == context["member_external_id"])
        ?? throw ApiException.NotFound();

    private void CheckEmail(Document customer, Document member, string email)
    {
        if (customer.Row.Text("type") == "individual")
        {
            throw Problems.Value(
                Location.Body["email"],
                "The address of an individual is changed at the customer.",
                email
            );
        }

        if (Find(customer, email) is { } other && other != member)
        {
            throw Problems.Value(
                Location.Body["email"],
                "Another member of the customer has this address already.",
                email
            );
        }
    }
}
