using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace PolarPS.Emulator;

/// <summary>Members: the people of a customer, one of whom owns it.</summary>
internal sealed class MemberResource : Resource
{
    private static readonly Schema Roles = Form.OneOf("owner", "billing_manager", "member");

    private static readonly Schema Create = new ObjectSchema(
        "MemberCreateFromCustomer",
        Field.Required("email", Form.Email),
        Field.Nullable("name", Form.PersonName),
        Field.Nullable("external_id", Form.OptionalText),
        Field.Default("role", Form.OneOf("member", "billing_manager"), static () => "member")
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
    ).SortedBy("created_at");

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

    public Document Add(Document customer, string email, string? name, string? externalId, string role)
    {
        var row = NewRow(customer.OrganizationId);
        row["customer_id"] = customer.Id;
        row["email"] = email;
        row["name"] = name;
        row["external_id"] = externalId;
        row["role"] = role;
        CheckUnique(customer, row);
        var document = Core.Store.Insert(Kind, row);
        Core.Happened("member.created", document);
        return document;
    }

    /// <summary>Adds a member where the customer can have several.</summary>
    public Document AddTo(Document customer, JsonObject body)
    {
        if (customer.Row.Text("type") != "team")
        {
            throw ApiException.NotPermitted("Only a team can have more members.");
        }

        return Add(customer, body.Text("email")!, body.Text("name"), body.Text("external_id"), body.Text("role")!);
    }

    public Document ChangeMember(Document customer, Document member, JsonObject body)
    {
        if (body.Text("role") is { } role && role != member.Row.Text("role"))
        {
            CheckOwnerStays(customer, member, role);
        }

        var document = Change(
            member,
            row =>
            {
                ApplyGiven(row, body, "name");
                Apply(row, body, "email", "role");
                CheckUnique(customer, row);
            }
        );
        Core.Happened("member.updated", document);
        return document;
    }

    public void Remove(Document customer, Document member)
    {
        CheckOwnerStays(customer, member, null);
        Core.Tokens.Revoke((_, caller) => caller.MemberId == member.Id);
        Core.Happened("member.deleted", member);
        Discard(member);
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

    private void CheckOwnerStays(Document customer, Document member, string? role)
    {
        if (
            member.Row.Text("role") == "owner"
            && role != "owner"
            && Of(customer).Count(other => other.Row.Text("role") == "owner") < 2
        )
        {
            throw Problems.Value(Location.Body["role"], "A customer must have an owner.", role);
        }
    }

    private void CheckUnique(Document customer, JsonObject row)
    {
        foreach (var other in Of(customer).Where(other => other.Id != row.Text("id")))
        {
            if (string.Equals(other.Row.Text("email"), row.Text("email"), StringComparison.OrdinalIgnoreCase))
            {
                throw Problems.Value(
                    Location.Body["email"],
                    "Another member of the customer already has this email address.",
                    row.Copy("email")
                );
            }

            if (row.Has("external_id") && other.Row.Text("external_id") == row.Text("external_id"))
            {
                throw Problems.Value(
                    Location.Body["external_id"],
                    "Another member of the customer already has this external id.",
                    row.Copy("external_id")
                );
            }
        }
    }
}
