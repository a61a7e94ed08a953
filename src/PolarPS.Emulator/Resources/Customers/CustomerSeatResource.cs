// Long because seats of subscriptions, of orders and of checkouts are the same seats.

namespace PolarPS.Emulator;

/// <summary>Seats: the places of a subscription or an order that is sold by seat, and who sits on them.</summary>
internal sealed class CustomerSeatResource : Resource
{
    private static readonly string[] Sources = ["subscription_id", "order_id", "checkout_id"];

    // What a seat tells of who has it.
    private static readonly string[] Holder = ["invitation_token", "customer_id", "member_id", "email"];

    private static readonly TimeSpan InvitationLength = TimeSpan.FromHours(24);

    private static readonly Schema SeatMetadata = new SeatMetadataSchema();

    /// <summary>The form that says who gets which seat, and how.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="sources">What else seats can come from, besides subscriptions and orders.</param>
    public static ObjectSchema AssignForm(string name, params string[] sources)
    {
        string[] all = ["subscription_id", "order_id", .. sources];
        return new ObjectSchema(
            name,
            [
                .. all.Select(source => Field.Nullable(source, new AnyUuidSchema())),
                Field.Nullable("email", Form.Email),
                Field.Nullable("external_customer_id", Form.AnyText),
                Field.Nullable("customer_id", new AnyUuidSchema()),
                Field.Nullable("external_member_id", Form.AnyText),
                Field.Nullable("member_id", new AnyUuidSchema()),
                Field.Nullable("metadata", SeatMetadata),
                Field.Default("immediate_claim", Form.Boolean, static () => false),
            ]
        ).Rule((body, at, problems) => CheckAssignment(body, all, at, problems));
    }

    private static readonly Schema Assign = AssignForm("SeatAssign");

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
                writer.WriteLinked("member", row, Core.Members);
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
                context => AssignSeat(context, FindSource(context.Caller, context.Body, null))
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

    /// <summary>Takes the seats of a member away, who leaves.</summary>
    public void RevokeOf(Document member)
    {
        foreach (
            var seat in Documents
                .Items.Where(seat => seat.Row.Text("member_id") == member.Id && IsTaken(seat))
                .ToArray()
        )
        {
            Revoke(seat);
        }
    }

    /// <summary>Lets the seats of a member bear the address that it has now.</summary>
    public void FollowEmail(Document member)
    {
        foreach (
            var seat in Documents
                .Items.Where(seat => seat.Row.Text("member_id") == member.Id && IsTaken(seat))
                .ToArray()
        )
        {
            Change(seat, row => row["email"] = member.Row.Copy("email"));
        }
    }

    /// <summary>Whether a customer holds a seat that came with an order of a product.</summary>
    public bool HasSeatFromOrder(Document customer, Document product) =>
        Documents.Items.Any(seat =>
            seat.Row.Text("customer_id") == customer.Id
            && seat.Row.Text("status") == "claimed"
            && Core.Orders.Documents.Find(seat.Row.Text("order_id"))?.Row.Text("product_id") == product.Id
        );

    /// <summary>Gives those who sit in a subscription or an order what its product comes with now.</summary>
    public void SyncBenefits(Document source)
    {
        var product = Core.Products.Documents.Find(source.Row.Text("product_id"))!;
        var isSubscription = source.Collection.Kind == "subscriptions";
        if (
            (isSubscription && !SubscriptionResource.IsActive(source))
            || PriceMath.Of(product.Row.Objects("prices").Where(price => !price.Flag("is_archived")), "seat_based")
                is null
        )
        {
            return;
        }

        foreach (var seat in Of(source).Where(seat => seat.Row.Text("status") == "claimed").ToArray())
        {
            Core.BenefitGrants.Grant(
                Core.Customers.Documents.Find(seat.Row.Text("customer_id"))!,
                Core.Members.Documents.Find(seat.Row.Text("member_id")),
                product,
                isSubscription ? source : null,
                isSubscription ? null : source
            );
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
        var source = FindSource(context.Caller, wanted, customerId);
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

    /// <summary>The subscription or the order that a request names, or that came of the checkout that it names.</summary>
    public Document FindSource(Caller caller, JsonObject given, string? customerId)
    {
        var names = Sources.Where(given.Has).ToArray();
        if (names.Length == 0)
        {
            throw ApiException.Domain(400, "BadRequest", "Name a subscription or an order.");
        }

        var id = given.Text(names[0])!;
        var source = names[0] switch
        {
            "subscription_id" => Core.Subscriptions.Documents.Find(id),
            "order_id" => Core.Orders.Documents.Find(id),
            _ => Core.Store.Referrers(id, "subscriptions").Concat(Core.Store.Referrers(id, "orders")).FirstOrDefault(),
        };
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
        if (source.Row.Text("status") == "pending")
        {
            throw ApiException.Domain(400, "SeatNotAvailable", "The order has to be paid first.");
        }

        if (Of(source).Count(IsTaken) >= (source.Row.Number("seats") ?? 0))
        {
            throw ApiException.Domain(400, "SeatNotAvailable", "No seat is available.");
        }

        var (customer, member, email) = FindAssignee(source, body);
        var isImmediate = body.Flag("immediate_claim");
        // A seat that was revoked is given again.
        var free = Of(source).FirstOrDefault(seat => !IsTaken(seat));
        var row = free?.Row.Clone() ?? NewRow(source.OrganizationId);
        row["subscription_id"] = source.Collection.Kind == "subscriptions" ? source.Id : null;
        row["order_id"] = source.Collection.Kind == "orders" ? source.Id : null;
        row["status"] = isImmediate ? "claimed" : "pending";
        row["customer_id"] = customer.Id;
        row["member_id"] = member?.Id;
        row["email"] = email;
        row["invitation_token"] = isImmediate ? null : Core.Ids.NextText(43);
        row["invitation_token_expires_at"] = isImmediate ? null : Timestamps.Format(Core.Clock.Now + InvitationLength);
        row["claimed_at"] = isImmediate ? Core.Clock.Stamp() : null;
        row["revoked_at"] = null;
        row["seat_metadata"] = body.Copy("metadata") ?? new JsonObject();
        if (free is null)
        {
            free = Core.Store.Insert(Kind, row);
        }
        else
        {
            row["modified_at"] = Core.Clock.Stamp();
            Core.Store.Replace(free, row);
        }

        if (isImmediate)
        {
            Claimed(free);
        }
        else
        {
            Mail(row);
            Core.Happened("customer_seat.assigned", free);
        }

        return free;
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
        if (Source(seat) is { } source && customer is not null)
        {
            Core.Enqueue(() => Core.BenefitGrants.Revoke(source, customer, member));
        }

        Change(
            seat,
            row =>
            {
                row["status"] = "revoked";
                row["revoked_at"] = Core.Clock.Stamp();
                foreach (var name in Holder)
                {
                    row[name] = null;
                }
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

    private void Mail(JsonObject row) =>
        Core.Send(
            new EmulatorMail(row.Text("email") ?? string.Empty, "seat_invitation", row.Text("invitation_token")!)
        );

    // With members, the seats are those of the buyer's members; without, each is a customer's, whom the buyer knows as a member.
    private (Document Customer, Document? Member, string? Email) FindAssignee(Document source, JsonObject body)
    {
        var buyer = Core.Customers.Documents.Find(source.Row.Text("customer_id"))!;
        var features = (JsonObject)Core.Organizations.Documents.Find(source.OrganizationId)!.Row["feature_settings"]!;
        var email = body.Text("email");
        if (!features.Flag("member_model_enabled") && !body.Has("external_member_id") && !body.Has("member_id"))
        {
            var holder = FindCustomer(source.OrganizationId, body);
            if (holder is null && email is null)
            {
                throw ApiException.Domain(404, "CustomerNotFound", "There is no such customer.");
            }

            holder ??= Core.Customers.AddQuietly(email!, source.OrganizationId);
            if (Of(source).Any(seat => IsTaken(seat) && seat.Row.Text("customer_id") == holder.Id))
            {
                throw AlreadyAssigned();
            }

            var address = holder.Row.Text("email");
            return (holder, address is null ? null : MemberOf(buyer, address), address);
        }

        if (body.Has("customer_id") || body.Has("external_customer_id"))
        {
            var customer =
                FindCustomer(source.OrganizationId, body)
                ?? throw ApiException.Domain(400, "InvalidSeatAssignmentRequest", "There is no such customer.");
            email ??= customer.Row.Text("email");
        }

        var member = FindMember(buyer, body, email);
        email = member.Row.Text("email")!;
        return Of(source)
            .Any(seat =>
                IsTaken(seat) && string.Equals(seat.Row.Text("email"), email, StringComparison.OrdinalIgnoreCase)
            )
            ? throw AlreadyAssigned()
            : (buyer, member, email);
    }

    private static ApiException AlreadyAssigned() =>
        ApiException.Domain(400, "SeatAlreadyAssigned", "This person has a seat already.");

    private Document? FindCustomer(string organizationId, JsonObject body) =>
        body.Text("email") is { } email ? Core.Customers.FindByEmail(organizationId, email)
        : body.Text("external_customer_id") is { } externalId
            ? Core.Customers.FindByExternalId(organizationId, externalId)
        : Core.Customers.Find(organizationId, body.Text("customer_id")!);

    private Document FindMember(Document buyer, JsonObject body, string? email)
    {
        static ApiException Unknown() => ApiException.Domain(404, "MemberNotFound", "The customer has no such member.");
        if (body.Text("member_id") is { } id)
        {
            return Core.Members.Of(buyer).FirstOrDefault(member => member.Id == id) ?? throw Unknown();
        }

        if (body.Text("external_member_id") is not { } externalId)
        {
            return email is null
                ? throw ApiException.Domain(
                    400,
                    "InvalidSeatAssignmentRequest",
                    "Say who gets the seat: by an address or a member."
                )
                : MemberOf(buyer, email);
        }

        static ApiException Mismatch() =>
            ApiException.Domain(400, "MemberEmailMismatch", "The member with this external id has another address.");
        var known = Core.Members.Of(buyer).FirstOrDefault(member => member.Row.Text("external_id") == externalId);
        if (known is not null)
        {
            return email is null || string.Equals(known.Row.Text("email"), email, StringComparison.OrdinalIgnoreCase)
                ? known
                : throw Mismatch();
        }

        var found = MemberOf(buyer, email ?? throw Unknown());
        return found.Row.Has("external_id")
            ? throw Mismatch()
            : Core.Members.Change(found, row => row["external_id"] = externalId);
    }

    private Document MemberOf(Document buyer, string email) =>
        Core.Members.Find(buyer, email) ?? Core.Members.Add(buyer, email, null, null, "member", isTold: false);

    private bool IsOpen(Document seat) =>
        seat.Row.Text("status") == "pending"
        && seat.Row.Text("invitation_token_expires_at") is { } end
        && Timestamps.Parse(end) > Core.Clock.Now;

    private Reply ClaimInfo(OperationContext context)
    {
        var seat = Documents.Items.FirstOrDefault(candidate =>
            candidate.Row.Text("invitation_token") == context["invitation_token"] && IsOpen(candidate)
        );
        if (seat is null)
        {
            throw ApiException.NotFound();
        }

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
                ["can_claim"] = true,
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

        Change(
            seat,
            row =>
            {
                row["status"] = "claimed";
                row["claimed_at"] = Core.Clock.Stamp();
                row["invitation_token"] = null;
            }
        );
        Claimed(seat);
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

    private void Claimed(Document seat)
    {
        var source = Source(seat)!;
        Core.Enqueue(() =>
            Core.BenefitGrants.Grant(
                Core.Customers.Documents.Find(seat.Row.Text("customer_id"))!,
                Core.Members.Documents.Find(seat.Row.Text("member_id")),
                Core.Products.Documents.Find(source.Row.Text("product_id"))!,
                source.Collection.Kind == "subscriptions" ? source : null,
                source.Collection.Kind == "orders" ? source : null
            )
        );
        Core.Happened("customer_seat.claimed", seat);
    }

    // A seat of one thing, for one person, who is named in one way.
    private static void CheckAssignment(JsonObject body, string[] sources, Location at, Problems problems)
    {
        int Given(params string[] names) => names.Count(body.Has);
        var (customers, members) = (
            Given("customer_id", "external_customer_id"),
            Given("member_id", "external_member_id")
        );
        var addresses = Given("email");
        var problem =
            Given(sources) != 1 ? "Name exactly one of: " + string.Join(", ", sources) + "."
            : customers + members + addresses == 0 ? "Say who gets the seat: by an address, a customer or a member."
            : customers > 0 && members > 0 ? "Name a customer or a member, not both."
            : members > 1 ? "Name the member by one of its ids."
            : customers > 0 && customers + addresses > 1 ? "Name the customer in one way."
            : body.Has("member_id") && addresses > 0 ? "The member's address is known: leave it out."
            : null;
        if (problem is not null)
        {
            problems.Add("value_error", at, problem, body);
        }
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
