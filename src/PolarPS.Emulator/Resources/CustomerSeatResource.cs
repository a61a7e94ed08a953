using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace PolarPS.Emulator;

/// <summary>Seats: the places of a subscription or an order that is sold by seat, and who sits on them.</summary>
internal sealed class CustomerSeatResource : Resource
{
    private static readonly TimeSpan InvitationLength = TimeSpan.FromHours(24);

    private static readonly string[] AssigneeNames = ["email", "customer_id", "external_customer_id"];

    private static readonly Schema SeatMetadata = new SeatMetadataSchema();

    /// <summary>The fields that say who gets a seat, and how.</summary>
    public static readonly Field[] Assignee =
    [
        Field.Nullable("subscription_id", new AnyUuidSchema()),
        Field.Nullable("order_id", new AnyUuidSchema()),
        Field.Nullable("email", Form.Email),
        Field.Nullable("external_member_id", Form.AnyText),
        Field.Nullable("member_id", new AnyUuidSchema()),
        Field.Nullable("metadata", SeatMetadata),
        Field.Default("immediate_claim", Form.Boolean, static () => false),
    ];

    private static readonly Schema Assign = new ObjectSchema(
        "SeatAssign",
        [
            .. Assignee,
            Field.Nullable("external_customer_id", Form.AnyText),
            Field.Nullable("customer_id", new AnyUuidSchema()),
        ]
    );

    private static readonly Schema Claim = new ObjectSchema(
        "SeatClaim",
        Field.Required("invitation_token", Form.AnyText)
    );

    public CustomerSeatResource(EmulatorCore core)
        : base(core, "customer-seats", "customer_seats")
    {
        View = View.Members(
            [
                "created_at",
                "modified_at",
                "id",
                "subscription_id",
                "order_id",
                "status",
                "customer_id",
                "member_id",
                "email",
                "invitation_token_expires_at",
                "claimed_at",
                "revoked_at",
                "seat_metadata",
            ],
            (document, writer) =>
            {
                var row = document.Row;
                writer.WriteDocument("member", Core.Members.Documents.Find(row.Text("member_id")), Core.Members.View);
                writer.WriteString(
                    "customer_email",
                    Core.Customers.Documents.Find(row.Text("customer_id"))?.Row.Text("email") ?? row.Text("email")
                );
            }
        );
    }

    public override View View { get; }

    public override IEnumerable<Operation> Operations =>
        [
            new(
                "customer-seats:list_seats",
                "GET",
                "/v1/customer-seats",
                ["customer_seats:read"],
                Merchants,
                context => List(context, null)
            ),
            Writing(
                "assign_seat",
                "POST",
                "/v1/customer-seats",
                Assign,
                context => AssignSeat(context, FindSource(context.Caller, context.Body, Location.Body, null))
            ),
            Open("claim_seat", "POST", "/v1/customer-seats/claim", Claim, ClaimSeat),
            Open("get_claim_info", "GET", "/v1/customer-seats/claim/{invitation_token:text}", null, ClaimInfo),
            Writing(
                "revoke_seat",
                "DELETE",
                "/v1/customer-seats/{seat_id}",
                null,
                context => Revoke(FindSeat(context, null))
            ),
            Writing(
                "resend_invitation",
                "POST",
                "/v1/customer-seats/{seat_id}/resend",
                null,
                context => Resend(FindSeat(context, null))
            ),
        ];

    public IEnumerable<Document> Of(Document source) =>
        Core
            .Store.Referrers(source.Id, Kind)
            .Where(seat => seat.Row.Text("subscription_id") == source.Id || seat.Row.Text("order_id") == source.Id);

    /// <summary>Takes every seat away, because what they were seats of has ended.</summary>
    public void RevokeAll(Document source)
    {
        foreach (var seat in Of(source).Where(seat => seat.Row.Text("status") != "revoked").ToArray())
        {
            Revoke(seat);
        }
    }

    /// <param name="context">The request.</param>
    /// <param name="customerId">Whose seats may be seen; null for the merchant, who sees all.</param>
    public Reply List(OperationContext context, string? customerId)
    {
        var query = new QueryReader(context.Query);
        var wanted = new JsonObject();
        foreach (var name in new[] { "subscription_id", "order_id" })
        {
            if (query.One(name, Form.Uuid) is { } id)
            {
                wanted[name] = id;
            }
        }

        query.ThrowIfAny();
        var source = FindSource(context.Caller, wanted, Location.Query, customerId);
        var total = source.Row.Number("seats") ?? 0;
        var seats = Of(source).ToArray();
        var items = new JsonArray();
        foreach (var seat in seats)
        {
            items.Add(JsonNode.Parse(seat.Render(View)));
        }

        return Reply.Json(
            200,
            new JsonObject
            {
                ["seats"] = items,
                ["available_seats"] = Math.Max(0, total - seats.Count(IsTaken)),
                ["total_seats"] = total,
            }
        );
    }

    /// <summary>The subscription or the order that a request names.</summary>
    public Document FindSource(Caller caller, JsonObject given, Location at, string? customerId)
    {
        var subscription = given.Text("subscription_id");
        var order = given.Text("order_id");
        if ((subscription is null) == (order is null))
        {
            throw Problems.Value(
                at["subscription_id"],
                "Give either a subscription or an order.",
                subscription,
                subscription is null ? "missing" : "value_error"
            );
        }

        var source = Core.Subscriptions.Documents.Find(subscription) ?? Core.Orders.Documents.Find(order);
        if (
            source is null
            || !caller.CanSee(source.OrganizationId)
            || (customerId is not null && source.Row.Text("customer_id") != customerId)
        )
        {
            throw ApiException.NotFound();
        }

        return source;
    }

    public Reply AssignSeat(OperationContext context, Document source) =>
        Reply.Ok(Seat(context.Body, source).Render(View));

    /// <summary>Gives a seat to whom a body names.</summary>
    public Document Seat(JsonObject body, Document source)
    {
        if (!source.Row.Has("seats"))
        {
            throw ApiException.Domain(400, "SeatBasedPricingRequired", "This was not sold with seats.");
        }

        if (Of(source).Count(IsTaken) >= source.Row.Number("seats"))
        {
            throw ApiException.Domain(400, "SeatNotAvailable", "No seat is available.");
        }

        var (customer, member) = FindAssignee(source, body);
        var email = member?.Row.Text("email") ?? customer.Row.Text("email");
        if (
            Of(source)
                .Any(seat =>
                    IsTaken(seat)
                    && (
                        member is null
                            ? seat.Row.Text("customer_id") == customer.Id
                            : seat.Row.Text("member_id") == member.Id
                    )
                )
        )
        {
            throw ApiException.Domain(400, "SeatAlreadyAssigned", "This person already has a seat.");
        }

        var row = NewRow(source.OrganizationId);
        row["subscription_id"] = source.Collection.Kind == "subscriptions" ? source.Id : null;
        row["order_id"] = source.Collection.Kind == "orders" ? source.Id : null;
        row["status"] = "pending";
        row["customer_id"] = customer.Id;
        row["member_id"] = member?.Id;
        row["email"] = email;
        row["claimed_at"] = null;
        row["revoked_at"] = null;
        row["seat_metadata"] = body.Copy("metadata");
        Invite(row);
        var isImmediate = body.Flag("immediate_claim");
        if (!isImmediate)
        {
            Mail(row);
        }

        var document = Core.Store.Insert(Kind, row);
        Core.Happened("customer_seat.assigned", document);
        if (isImmediate)
        {
            Occupy(document);
        }

        return document;
    }

    public Document FindSeat(OperationContext context, string? customerId)
    {
        var seat = Documents.Find(context["seat_id"]);
        if (
            seat is null
            || !context.Caller.CanSee(seat.OrganizationId)
            || (customerId is not null && Source(seat)?.Row.Text("customer_id") != customerId)
        )
        {
            throw ApiException.NotFound();
        }

        return seat;
    }

    public Reply Revoke(Document seat)
    {
        if (seat.Row.Text("status") == "revoked")
        {
            return Reply.Ok(seat.Render(View));
        }

        var customer = Core.Customers.Documents.Find(seat.Row.Text("customer_id"));
        var member = Core.Members.Documents.Find(seat.Row.Text("member_id"));
        if (Source(seat) is { } source)
        {
            Core.BenefitGrants.Revoke(source, customer, member);
        }

        Change(
            seat,
            row =>
            {
                row["status"] = "revoked";
                row["revoked_at"] = Core.Clock.Stamp();
                row["invitation_token"] = null;
                row["invitation_token_expires_at"] = null;
                row["customer_id"] = null;
                row["member_id"] = null;
            }
        );
        Core.Happened("customer_seat.revoked", seat);
        return Reply.Ok(seat.Render(View));
    }

    public Reply Resend(Document seat)
    {
        if (seat.Row.Text("status") != "pending")
        {
            throw ApiException.Domain(400, "SeatNotPending", "Only a pending invitation can be sent again.");
        }

        Change(seat, Invite);
        Mail(seat.Row);
        return Reply.Ok(seat.Render(View));
    }

    public Document? Source(Document seat) =>
        Core.Subscriptions.Documents.Find(seat.Row.Text("subscription_id"))
        ?? Core.Orders.Documents.Find(seat.Row.Text("order_id"));

    protected override IEnumerable<string> References(JsonObject row)
    {
        foreach (var name in new[] { "subscription_id", "order_id", "customer_id", "member_id" })
        {
            if (row.Text(name) is { } id)
            {
                yield return id;
            }
        }
    }

    private static bool IsTaken(Document seat) => seat.Row.Text("status") != "revoked";

    private void Invite(JsonObject row)
    {
        row["invitation_token"] = Core.Ids.NextText(43);
        row["invitation_token_expires_at"] = Timestamps.Format(Core.Clock.Now + InvitationLength);
    }

    private void Mail(JsonObject row) =>
        Core.Mails.Add(
            new EmulatorMail(row.Text("email") ?? string.Empty, "seat_invitation", row.Text("invitation_token")!)
        );

    private (Document Customer, Document? Member) FindAssignee(Document source, JsonObject body)
    {
        var owner = Core.Customers.Documents.Find(source.Row.Text("customer_id"))!;
        var organizationId = source.OrganizationId;
        var email = body.Text("email");
        if (body.Has("member_id") || body.Has("external_member_id"))
        {
            var member = Core
                .Members.Of(owner)
                .FirstOrDefault(candidate =>
                    candidate.Id == body.Text("member_id")
                    || (
                        body.Has("external_member_id")
                        && candidate.Row.Text("external_id") == body.Text("external_member_id")
                    )
                );
            if (member is null && email is not null && body.Text("external_member_id") is { } externalId)
            {
                member = Core.Members.Add(owner, email, null, externalId, "member");
            }

            return member is null ? throw ApiException.NotFound() : (owner, member);
        }

        var given = AssigneeNames.Where(body.Has).ToArray();
        if (given.Length != 1)
        {
            throw Problems.Value(
                Location.Body["email"],
                "Specify who gets the seat: by email address, customer, external customer or member.",
                email,
                given.Length == 0 ? "missing" : "value_error"
            );
        }

        if (email is null)
        {
            var customer = body.Text("customer_id") is { } id
                ? Core.Customers.Find(organizationId, id)
                : Core.Customers.FindByExternalId(organizationId, body.Text("external_customer_id")!);
            return customer is null ? throw ApiException.NotFound() : (customer, null);
        }

        if (owner.Row.Text("type") == "team")
        {
            var member =
                Core.Members.Of(owner)
                    .FirstOrDefault(candidate =>
                        string.Equals(candidate.Row.Text("email"), email, StringComparison.OrdinalIgnoreCase)
                    )
                ?? Core.Members.Add(owner, email, null, null, "member");
            return (owner, member);
        }

        return (
            Core.Customers.FindByEmail(organizationId, email)
                ?? Core.Customers.Add(new JsonObject { ["email"] = email }, organizationId),
            null
        );
    }

    private Document FindInvitation(string token)
    {
        var seat = Documents.Items.FirstOrDefault(candidate => candidate.Row.Text("invitation_token") == token);
        return seat ?? throw ApiException.NotFound();
    }

    private bool IsOpen(Document seat) =>
        seat.Row.Text("status") == "pending"
        && seat.Row.Text("invitation_token_expires_at") is { } end
        && Timestamps.Parse(end) > Core.Clock.Now;

    private Reply ClaimInfo(OperationContext context)
    {
        var seat = FindInvitation(context["invitation_token"]);
        var product = Core.Products.Documents.Find(Source(seat)?.Row.Text("product_id"))!;
        var organization = Core.Organizations.Documents.Find(seat.OrganizationId)!.Row;
        return Reply.Json(
            200,
            new JsonObject
            {
                ["product_name"] = product.Row.Text("name"),
                ["product_id"] = product.Id,
                ["organization_name"] = organization.Text("name"),
                ["organization_slug"] = organization.Text("slug"),
                ["customer_email"] = seat.Row.Text("email") ?? string.Empty,
                ["can_claim"] = IsOpen(seat),
            }
        );
    }

    private Reply ClaimSeat(OperationContext context)
    {
        var token = context.Body.Text("invitation_token");
        var seat = Documents.Items.FirstOrDefault(candidate => candidate.Row.Text("invitation_token") == token);
        if (seat is null || !IsOpen(seat))
        {
            throw ApiException.Domain(
                400,
                "InvalidInvitationToken",
                "The invitation is unknown, was already used, or has expired."
            );
        }

        Occupy(seat);
        var customer = Core.Customers.Documents.Find(seat.Row.Text("customer_id"))!;
        var session = Core.CustomerSessions.Open(customer, Core.Members.Documents.Find(seat.Row.Text("member_id")));
        return Reply.Json(
            200,
            new JsonObject
            {
                ["seat"] = JsonNode.Parse(seat.Render(View)),
                ["customer_session_token"] = session.Row.Text("token"),
            }
        );
    }

    private void Occupy(Document seat)
    {
        Change(
            seat,
            row =>
            {
                row["status"] = "claimed";
                row["claimed_at"] = Core.Clock.Stamp();
                row["invitation_token"] = null;
                row["invitation_token_expires_at"] = null;
            }
        );
        var source = Source(seat)!;
        Core.BenefitGrants.Grant(
            Core.Customers.Documents.Find(seat.Row.Text("customer_id"))!,
            Core.Members.Documents.Find(seat.Row.Text("member_id")),
            Core.Products.Documents.Find(source.Row.Text("product_id"))!,
            source.Collection.Kind == "subscriptions" ? source : null,
            source.Collection.Kind == "orders" ? source : null
        );
        Core.Happened("customer_seat.claimed", seat);
    }

    // Ten keys and a kilobyte, and otherwise what one likes.
    private sealed class SeatMetadataSchema : Schema
    {
        public override JsonNode? Check(JsonNode? input, Location at, Problems problems)
        {
            if (input is not JsonObject given)
            {
                problems.Add("dict_type", at, "An object is expected.", input);
                return null;
            }

            if (given.Count > 10 || Json.ToBytes(given).Length > 1024)
            {
                problems.Add(
                    "value_error",
                    at,
                    "The metadata of a seat is limited to ten keys and one kilobyte.",
                    input
                );
            }

            return given.DeepClone();
        }
    }

    // Seats are the one place where a UUID of any version will do.
    private sealed class AnyUuidSchema : Schema
    {
        public override JsonNode? Check(JsonNode? input, Location at, Problems problems)
        {
            if (input is JsonValue value && value.TryGetValue<string>(out var text) && Guid.TryParse(text, out var id))
            {
                return JsonValue.Create(id.ToString("D"));
            }

            problems.Add("uuid_parsing", at, "The text is not a UUID.", input);
            return null;
        }
    }
}
