namespace PolarPS.Emulator;

/// <summary>The portal's side of the customer itself: its data, its address, its cards, its session.</summary>
internal sealed class PortalCustomers : PortalResource
{
    private static readonly Schema Update = new ObjectSchema(
        "CustomerPortalCustomerUpdate",
        Field.Clearable("billing_name", Form.OptionalText),
        Field.Clearable("billing_address", Form.PostalAddress),
        Field.Clearable("tax_id", Form.OptionalText),
        Field.Clearable("default_payment_method_id", Form.Uuid)
    );

    private static readonly Schema NewAddress = new ObjectSchema(
        "CustomerEmailUpdateRequest",
        Field.Required("email", Form.Email)
    );

    private static readonly Schema Verification = new ObjectSchema(
        "CustomerEmailUpdateVerifyRequest",
        Field.Required("token", Form.AnyText)
    );

    private static readonly Schema NewCard = new ObjectSchema(
        "CustomerPaymentMethodCreate",
        Field.Required("confirmation_token_id", Form.AnyText),
        Field.Required("set_default", Form.Boolean),
        Field.Required("return_url", Form.AnyText)
    );

    private static readonly Schema ConfirmCard = new ObjectSchema(
        "CustomerPaymentMethodConfirm",
        Field.Required("setup_intent_id", Form.AnyText),
        Field.Required("set_default", Form.Boolean)
    );

    private static readonly TimeSpan NewAddressLength = TimeSpan.FromMinutes(30);

    private readonly Dictionary<string, NewEmail> _newAddresses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _intents = new(StringComparer.Ordinal);

    private readonly View _card = View.Members(
        "id",
        "created_at",
        "modified_at",
        "processor",
        "customer_id",
        "type",
        "method_metadata"
    );

    public PortalCustomers(EmulatorCore core)
        : base(core, "customer_portal:customers") { }

    public override IEnumerable<Operation> Operations =>
        [
            Read("get", "customers/me", context => Reply.Ok(Me(context).Render(InPortal))),
            Write("update", "PATCH", "customers/me", Update, ChangeMe),
            Write("request_email_update", "POST", "customers/me/email-update/request", NewAddress, RequestAddress),
            Open(
                "check_email_update",
                "GET",
                "/v1/customer-portal/customers/me/email-update/check",
                null,
                CheckAddress
            ),
            Open(
                "verify_email_update",
                "POST",
                "/v1/customer-portal/customers/me/email-update/verify",
                Verification,
                VerifyAddress
            ),
            Read(
                "list_payment_methods",
                "customers/me/payment-methods",
                context =>
                    ListOwn(
                        context,
                        Core.PaymentMethods,
                        new ListDefinition("-created_at").SortedBy("created_at"),
                        _card
                    )
            ),
            Write("add_payment_method", "POST", "customers/me/payment-methods", NewCard, AddCard),
            Write("confirm_payment_method", "POST", "customers/me/payment-methods/confirm", ConfirmCard, FinishCard),
            Write("delete_payment_method", "DELETE", "customers/me/payment-methods/{id}", null, DeleteCard),
        ];

    private Reply ChangeMe(OperationContext context)
    {
        var me = Me(context);
        var body = context.Body;
        foreach (var name in new[] { "billing_address", "default_payment_method_id" })
        {
            if (body.ContainsKey(name) && !body.Has(name))
            {
                throw Problems.Value(Location.Body[name], "This cannot be removed.", null, "missing");
            }
        }

        var wanted = body.Text("default_payment_method_id");
        var card = Core.PaymentMethods.Find(me, wanted);
        if (wanted is not null && card is null)
        {
            throw Problems.Value(
                Location.Body["default_payment_method_id"],
                "There is no such payment method.",
                wanted,
                "invalid"
            );
        }

        Core.Customers.ChangeAndTell(
            me,
            row =>
            {
                ApplyGiven(row, body, "tax_id", "default_payment_method_id");
                CustomerResource.ApplyTaxId(row, body);
            }
        );
        if (card is not null)
        {
            Core.PaymentMethods.MakeDefault(me, card);
        }

        return Reply.Ok(me.Render(InPortal));
    }

    private Reply RequestAddress(OperationContext context)
    {
        var me = Me(context);
        var email = context.Body.Text("email")!;
        var settings =
            Core.Organizations.Documents.Find(me.OrganizationId)!.Row["customer_portal_settings"] as JsonObject;
        if ((settings?["customer"] as JsonObject)?.Flag("allow_email_change") != true)
        {
            throw ApiException.NotPermitted("The shop does not let customers change their email address.");
        }

        if (me.Row.Text("type") == "team")
        {
            throw Problems.Value(Location.Body["email"], "Only individuals can change their address here.", email);
        }

        if (string.Equals(me.Row.Text("email"), email, StringComparison.OrdinalIgnoreCase))
        {
            throw Problems.Value(Location.Body["email"], "This is already the email address.", email);
        }

        // Whether another customer has it is found out once it is confirmed: asking must not tell who is a customer.
        foreach (var pending in _newAddresses.Where(pair => pair.Value.CustomerId == me.Id).ToArray())
        {
            _newAddresses.Remove(pending.Key);
            Core.Store.Undo(() => _newAddresses.Add(pending.Key, pending.Value));
        }

        var token = Core.Ids.NextToken("polar_cev_");
        _newAddresses.Add(token, new NewEmail(me.Id, email, Core.Clock.Now + NewAddressLength));
        Core.Send(new EmulatorMail(email, "email_update", token));
        return Reply.Accepted;
    }

    private NewEmail Pending(string token) =>
        _newAddresses.TryGetValue(token, out var change) && change.ExpiresAt > Core.Clock.Now
            ? change
            : throw ApiException.Domain(
                401,
                "InvalidCustomerEmailUpdate",
                "The token is unknown, expired or was already used."
            );

    private Reply CheckAddress(OperationContext context)
    {
        var query = new QueryReader(context.Query);
        var token = query.Needed("token", Form.AnyText)?.GetValue<string>();
        query.ThrowIfAny();
        _ = Pending(token!);
        return Reply.NoContent;
    }

    private Reply VerifyAddress(OperationContext context)
    {
        var token = context.Body.Text("token")!;
        var change = Pending(token);
        var customer = Core.Customers.Documents.Find(change.CustomerId)!;
        if (Core.Customers.FindByEmail(customer.OrganizationId, change.Email) is { } other && other != customer)
        {
            throw Problems.Value(Location.Body["token"], "Another customer has this address already.", change.Email);
        }

        _newAddresses.Remove(token);
        Core.Store.Undo(() => _newAddresses.Add(token, change));
        Core.Customers.ChangeAndTell(
            customer,
            row =>
            {
                CustomerResource.SetEmail(row, change.Email);
                row["email_verified"] = true;
            }
        );
        Core.Members.FollowEmail(customer);
        var session = Core.CustomerSessions.Open(customer, null);
        return Reply.Json(200, new JsonObject { ["token"] = session.Row.Text("token") });
    }

    private Reply AddCard(OperationContext context)
    {
        var token = context.Body.Text("confirmation_token_id")!;
        bool Says(string word) => token.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;
        if (Says("action"))
        {
            var intent = "seti_" + Core.Ids.NextText(24);
            _intents.Add(intent, context.Caller.CustomerId!);
            return Reply.Json(
                201,
                new JsonObject { ["status"] = "requires_action", ["client_secret"] = intent + "_secret" }
            );
        }

        return Says("fail")
            ? throw ApiException.Domain(400, "PaymentMethodSetupFailed", "The card was declined.")
            : Keep(context);
    }

    private Reply FinishCard(OperationContext context)
    {
        var me = Me(context);
        if (!_intents.ContainsValue(me.Id) && !Core.PaymentMethods.Of(me).Any())
        {
            throw ApiException.Domain(403, "CustomerNotReady", "The customer has begun no payment method yet.");
        }

        var intent = context.Body.Text("setup_intent_id")!;
        if (!_intents.TryGetValue(intent, out var customer) || customer != me.Id)
        {
            throw Problems.Value(Location.Body["setup_intent_id"], "There is no such attempt.", intent);
        }

        _intents.Remove(intent);
        Core.Store.Undo(() => _intents.Add(intent, customer));
        return Keep(context);
    }

    private Reply Keep(OperationContext context)
    {
        var me = Me(context);
        var card = Core.PaymentMethods.Add(me);
        Core.PaymentMethods.MayTurnBad(card, context.Body.Text("confirmation_token_id"));
        if (context.Body.Flag("set_default"))
        {
            Core.PaymentMethods.MakeDefault(me, card);
        }

        return Reply.Json(201, new JsonObject { ["status"] = "succeeded", ["payment_method"] = card.ToObject(_card) });
    }

    private Reply DeleteCard(OperationContext context)
    {
        Core.PaymentMethods.Remove(Me(context), Own(context, Core.PaymentMethods));
        return Reply.NoContent;
    }
}

/// <summary>An address that waits for its confirmation.</summary>
/// <param name="CustomerId">Whose it will be.</param>
/// <param name="Email">The address.</param>
/// <param name="ExpiresAt">Until when it can be confirmed.</param>
internal sealed record NewEmail(string CustomerId, string Email, DateTimeOffset ExpiresAt);

/// <summary>The portal's side of sessions, members and the shop.</summary>
internal sealed class PortalPeople : PortalResource
{
    private static readonly Schema Roles = Form.OneOf(CustomerValues.MemberRole);

    private static readonly Schema Create = new ObjectSchema(
        "CustomerPortalMemberCreate",
        Field.Required("email", Form.Email),
        Field.Nullable("name", Form.OptionalText),
        Field.Default("role", Roles, static () => "member")
    );

    private static readonly Schema Update = new ObjectSchema(
        "CustomerPortalMemberUpdate",
        Field.Clearable("name", Form.PersonName),
        Field.Clearable("role", Roles)
    );

    public PortalPeople(EmulatorCore core)
        : base(core, "customer_portal") { }

    public override IEnumerable<Operation> Operations =>
        [
            Read("customer-session:introspect", "customer-session/introspect", Introspect),
            Read("customer-session:get_authenticated_user", "customer-session/user", Who),
            Open("organizations:get", "GET", "/v1/customer-portal/organizations/{slug:text}", null, ShowShop),
            Write(
                "members:list_members",
                "GET",
                "members",
                null,
                context =>
                {
                    RequireManager(context);
                    return ListOwn(
                        context,
                        Core.Members,
                        new ListDefinition("created_at").SortedBy("created_at"),
                        Core.Members.InPortal
                    );
                },
                Subjects.Member
            ),
            Write(
                "members:add_member",
                "POST",
                "members",
                Create,
                context =>
                {
                    RequireManager(context);
                    return context.Body.Text("role") == "owner"
                        ? throw Problems.Value(Location.Body["role"], "A team has one owner already.", "owner")
                        : Reply.Created(Core.Members.AddTo(Me(context), context.Body).Render(Core.Members.InPortal));
                },
                Subjects.Member
            ),
            Write(
                "members:update_member",
                "PATCH",
                "members/{id}",
                Update,
                context =>
                {
                    RequireManager(context);
                    var member = Own(context, Core.Members);
                    if (
                        member.Id == context.Caller.MemberId
                        && context.Body.Text("role") is { } role
                        && role != member.Row.Text("role")
                    )
                    {
                        throw Problems.Value(Location.Path["id"], "Nobody changes their own role.", member.Id);
                    }

                    return Reply.Ok(
                        Core.Members.ChangeMember(Me(context), member, context.Body, CallingMember(context))
                            .Render(Core.Members.InPortal)
                    );
                },
                Subjects.Member
            ),
            Write(
                "members:remove_member",
                "DELETE",
                "members/{id}",
                null,
                context =>
                {
                    RequireManager(context);
                    var member = Own(context, Core.Members);
                    if (member.Id == context.Caller.MemberId)
                    {
                        throw Problems.Value(Location.Path["id"], "Nobody removes themselves.", member.Id);
                    }

                    Core.Members.Remove(Me(context), member);
                    return Reply.NoContent;
                },
                Subjects.Member
            ),
            Read(
                "wallets:list",
                "wallets/",
                context =>
                    ListOwn(
                        context,
                        Core.Wallets,
                        new ListDefinition("-created_at").SortedBy(CustomerValues.WalletSort),
                        Core.Wallets.View
                    )
            ),
            Read(
                "wallets:get",
                "wallets/{id}",
                context => Reply.Ok(Own(context, Core.Wallets).Render(Core.Wallets.View))
            ),
        ];

    private void RequireManager(OperationContext context)
    {
        RequireBillingRole(context);
        if (Me(context).Row.Text("type") != "team")
        {
            throw ApiException.NotPermitted("Only a team has members to manage.");
        }
    }

    private Reply Introspect(OperationContext context)
    {
        var session = Core.CustomerSessions.Documents.Find(context.Caller.SessionId)!.Row;
        return Reply.Json(
            200,
            new JsonObject { ["expires_at"] = session.Text("expires_at"), ["return_url"] = session.Text("return_url") }
        );
    }

    private Reply Who(OperationContext context)
    {
        var me = Me(context).Row;
        var member = Core.Members.Documents.Find(context.Caller.MemberId)?.Row;
        return Reply.Json(
            200,
            new JsonObject
            {
                ["type"] = member is null ? "customer" : "member",
                ["name"] = (member ?? me).Text("name"),
                ["email"] = (member ?? me).Text("email") ?? string.Empty,
                ["customer_id"] = me.Text("id"),
                ["member_id"] = member?.Text("id"),
                ["role"] = member?.Text("role"),
            }
        );
    }

    private Reply ShowShop(OperationContext context)
    {
        var shop =
            Core.Organizations.Documents.Items.FirstOrDefault(organization =>
                organization.Row.Text("slug") == context["slug"]
            ) ?? throw ApiException.NotFound();
        var products = new JsonArray();
        foreach (
            var product in Core.Products.Documents.Items.Where(product =>
                product.OrganizationId == shop.Id
                && !product.Row.Flag("is_archived")
                && product.Row.Text("visibility") == "public"
            )
        )
        {
            products.Add((JsonNode)product.ToObject(Core.Products.InLink));
        }

        return Reply.Json(200, new JsonObject { ["organization"] = shop.ToObject(Shop), ["products"] = products });
    }
}
