// Long because what a customer may do with orders and subscriptions is one set of rules.

namespace PolarPS.Emulator;

/// <summary>The portal's side of what a customer bought: orders, subscriptions, seats, benefits, keys, downloads, meters.</summary>
internal sealed class PortalPurchases : PortalResource
{
    private const int ManualRetries = 5;

    private static readonly Schema OrderUpdate = new ObjectSchema(
        "CustomerOrderUpdate",
        Field.Clearable("billing_name", Form.OptionalText),
        Field.Clearable("billing_address", Form.PostalAddress)
    );

    private static readonly Schema ConfirmPayment = new ObjectSchema(
        "CustomerOrderConfirmPayment",
        Field.Nullable("confirmation_token_id", Form.AnyText),
        Field.Nullable("payment_method_id", Form.Uuid),
        Field.Default("payment_processor", Form.OneOf("stripe"), static () => "stripe")
    ).Rule(CheckMethod);

    private static readonly Schema SeatAssign = CustomerSeatResource.AssignForm("CustomerSeatAssign", "checkout_id");

    private static readonly Schema SubscriptionUpdate = new UnionSchema(
        static _ => null,
        new ObjectSchema("CustomerSubscriptionUpdateProduct", Field.Required("product_id", Form.Uuid)).Strict(),
        new ObjectSchema(
            "CustomerSubscriptionUpdateSeats",
            Field.Required("seats", Form.Integer(int.MinValue))
        ).Strict(),
        new ObjectSchema(
            "CustomerSubscriptionCancel",
            Field.Clearable("cancel_at_period_end", Form.Boolean),
            Field.Clearable("cancellation_reason", SubscriptionResource.CancellationReason),
            Field.Clearable("cancellation_comment", Form.AnyText)
        ).Strict(),
        SubscriptionResource.Pause("CustomerSubscriptionPause"),
        new ObjectSchema("CustomerSubscriptionResume", Field.Required("resume", new TrueSchema())).Strict(),
        new ObjectSchema(
            "CustomerSubscriptionUpdateClear",
            Field.Required("pending_update", new NullSchema())
        ).Strict(),
        new ObjectSchema("CustomerSubscriptionUpdateUnits", Field.Required("units", Form.Integer(1))).Strict()
    );

    private static readonly Schema GrantUpdate = new TaggedSchema(
        "benefit_type",
        new Dictionary<string, ObjectSchema>
        {
            ["discord"] = GrantForm("CustomerBenefitGrantDiscordUpdate", "discord", Account()),
            ["github_repository"] = GrantForm(
                "CustomerBenefitGrantGitHubRepositoryUpdate",
                "github_repository",
                Account()
            ),
            ["downloadables"] = GrantForm("CustomerBenefitGrantDownloadablesUpdate", "downloadables", null),
            ["license_keys"] = GrantForm("CustomerBenefitGrantLicenseKeysUpdate", "license_keys", null),
            ["custom"] = GrantForm("CustomerBenefitGrantCustomUpdate", "custom", null),
            ["meter_credit"] = GrantForm("CustomerBenefitGrantMeterCreditUpdate", "meter_credit", null),
            ["feature_flag"] = GrantForm("CustomerBenefitGrantFeatureFlagUpdate", "feature_flag", null),
            ["slack_shared_channel"] = GrantForm(
                "CustomerBenefitGrantSlackSharedChannelUpdate",
                "slack_shared_channel",
                new ObjectSchema("Properties", Field.Required("invited_email", Form.Email))
            ),
        }
    );

    private readonly View _order;
    private readonly View _subscription;
    private readonly View _grant;
    private readonly View _meter;

    public PortalPurchases(EmulatorCore core)
        : base(core, "customer_portal")
    {
        _order = View.Members(
            OrderResource.Members,
            (document, writer) =>
            {
                var row = document.Row;
                writer.WriteNumber("refundable_amount", OrderResource.Refundable(row));
                writer.WriteNumber("refundable_tax_amount", OrderResource.RefundableTax(row));
                writer.WriteLinked("product", row, Core.Products, ProductWithShop);
                writer.WriteLinked("subscription", row, Core.Subscriptions, Core.Subscriptions.InOrder);
            }
        );
        _subscription = View.Members(
            [.. SubscriptionResource.OwnMembers, "pending_update"],
            (document, writer) =>
            {
                writer.WriteLinked("product", document.Row, Core.Products, ProductWithShop);
                Core.Subscriptions.WritePrices(document.Row, writer);
                writer.WritePropertyName("meters");
                Core.Subscriptions.Meters(document, whole: true).WriteTo(writer);
            }
        );
        _grant = View.Members(
            [
                "created_at",
                "modified_at",
                "id",
                "granted_at",
                "revoked_at",
                "customer_id",
                "member_id",
                "benefit_id",
                "subscription_id",
                "order_id",
                "is_granted",
                "is_revoked",
                "error",
                "properties",
            ],
            (document, writer) =>
            {
                writer.WriteLinked("customer", document.Row, Core.Customers, InPortal);
                writer.WritePropertyName("benefit");
                Benefit(document).WriteTo(writer);
            }
        );
        _meter = View.Members(
            CustomerMeterResource.Members,
            (document, writer) => writer.WriteDocument("meter", Core.CustomerMeters.Meter(document.Row), MeterName)
        );
    }

    private static View MeterName { get; } = View.Members("created_at", "modified_at", "id", "name");

    public override IEnumerable<Operation> Operations =>
        [
            .. Orders(),
            .. Subscriptions(),
            .. Seats(),
            Read("benefit-grants:list", "benefit-grants/", ListGrants),
            Read("benefit-grants:get", "benefit-grants/{id}", context => Reply.Ok(OwnGrant(context).Render(_grant))),
            Write("benefit-grants:update", "PATCH", "benefit-grants/{id}", GrantUpdate, UpdateGrant),
            Read("downloadables:list", "downloadables/", ListDownloads),
            Read(
                "license_keys:list",
                "license-keys/",
                context =>
                    ListOwn(
                        context,
                        Core.LicenseKeys,
                        new ListDefinition("created_at", ListFilter.Field("benefit_id", Form.Uuid)).SortedBy(
                            "created_at"
                        ),
                        Core.LicenseKeys.View,
                        key => IsOf(context, key)
                    )
            ),
            Open(
                "license_keys:validate",
                "POST",
                "/v1/customer-portal/license-keys/validate",
                LicenseKeyResource.Validation,
                context => Core.LicenseKeys.Validate(context)
            ),
            Open(
                "license_keys:activate",
                "POST",
                "/v1/customer-portal/license-keys/activate",
                LicenseKeyResource.Activation,
                context => Core.LicenseKeys.Activate(context)
            ),
            Open(
                "license_keys:deactivate",
                "POST",
                "/v1/customer-portal/license-keys/deactivate",
                LicenseKeyResource.Deactivation,
                context => Core.LicenseKeys.Deactivate(context)
            ),
            Read("license_keys:get", "license-keys/{id}", context => ShowLicenseKey(OwnOf(context, Core.LicenseKeys))),
            Write(
                "license_keys:rotate",
                "POST",
                "license-keys/{id}/rotate",
                null,
                context => Core.LicenseKeys.Rotate(OwnOf(context, Core.LicenseKeys))
            ),
            Read(
                "customer_meters:list",
                "meters/",
                context =>
                    ListOwn(
                        context,
                        Core.CustomerMeters,
                        new ListDefinition(
                            "-modified_at",
                            ListFilter.Field("meter_id", Form.Uuid),
                            ListFilter.Search(
                                "query",
                                document => Core.CustomerMeters.Meter(document.Row)?.Row.Text("name")
                            )
                        )
                            .SortedBy(UsageValues.PortalMeterSort)
                            .SortedBy("meter_name", row => Core.CustomerMeters.Meter(row)?.Row.Text("name"))
                            .SortedBy(
                                "consumed_units",
                                static row => CustomerMeterResource.Decimal(row["consumed_units"])
                            )
                            .SortedBy(
                                "credited_units",
                                static row => CustomerMeterResource.Decimal(row["credited_units"])
                            )
                            .SortedBy("balance", static row => CustomerMeterResource.Decimal(row["balance"])),
                        _meter
                    )
            ),
            Read(
                "customer_meters:get",
                "meters/{id}",
                context => Reply.Ok(Own(context, Core.CustomerMeters).Render(_meter))
            ),
        ];

    private static ObjectSchema GrantForm(string name, string type, Schema? properties)
    {
        var tag = Field.Required("benefit_type", Form.Literal(type));
        return properties is null
            ? new ObjectSchema(name, tag)
            : new ObjectSchema(name, tag, Field.Required("properties", properties));
    }

    private static ObjectSchema Account() => new("Properties", Field.Required("account_id", Form.OrNull(Form.AnyText)));

    private IEnumerable<Operation> Orders() =>
        [
            Read(
                "orders:list",
                "orders/",
                context =>
                    ListOwn(
                        context,
                        Core.Orders,
                        new ListDefinition(
                            "-created_at",
                            ListFilter.Field("product_id", Form.Uuid),
                            ListFilter.Any(
                                "product_billing_type",
                                Form.OneOf(CatalogueValues.BillingType),
                                document =>
                                    [Product(document.Row)?.Row.Flag("is_recurring") == true ? "recurring" : "one_time"]
                            ),
                            ListFilter.Field("subscription_id", Form.Uuid),
                            ListFilter.Search("query", document => Product(document.Row)?.Row.Text("name"))
                        )
                            .SortedBy(PortalValues.PortalOrderSort)
                            .SortedBy("amount", static row => row.Number("net_amount"))
                            .SortedBy("product", row => Product(row)?.Row.Text("name"))
                            .SortedBy("subscription", static row => row.Text("subscription_id")),
                        _order
                    )
            ),
            Read("orders:get", "orders/{id}", context => Reply.Ok(Own(context, Core.Orders).Render(_order))),
            Write(
                "orders:update",
                "PATCH",
                "orders/{id}",
                OrderUpdate,
                context =>
                {
                    var order = Own(context, Core.Orders);
                    Core.Orders.ChangeOrder(order, row => OrderResource.ApplyBilling(row, context.Body));
                    return Reply.Ok(order.Render(_order));
                }
            ),
            Read("orders:invoice", "orders/{id}/invoice", context => Core.Invoices.Get(Own(context, Core.Orders))),
            Read(
                "orders:generate_invoice",
                "orders/{id}/invoice",
                context => Core.Invoices.Generate(Own(context, Core.Orders)),
                "POST"
            ),
            Read("orders:receipt", "orders/{id}/receipt", context => Core.Receipts.Get(Own(context, Core.Orders))),
            Read(
                "orders:get_payment_status",
                "orders/{id}/payment-status",
                context =>
                {
                    // That of the latest try.
                    var payment = Core
                        .Store.Referrers(Own(context, Core.Orders).Id, "payments")
                        .OrderBy(candidate => candidate.Sequence)
                        .LastOrDefault();
                    return Reply.Json(
                        200,
                        new JsonObject
                        {
                            ["status"] = payment?.Row.Text("status") ?? "no_payment",
                            ["error"] = payment?.Row.Text("decline_message"),
                        }
                    );
                }
            ),
            Write("orders:confirm_retry_payment", "POST", "orders/{id}/confirm-payment", ConfirmPayment, RetryPayment),
        ];

    private IEnumerable<Operation> Subscriptions() =>
        [
            Read(
                "subscriptions:list",
                "subscriptions/",
                context => ListOwn(context, Core.Subscriptions, new ListDefinition(
                            "-started_at",
                            ListFilter.Field("product_id", Form.Uuid),
                            // Not one the opposite of the other: what is past due or paused is neither.
                            ListFilter.Flag(
                                "active",
                                static row => row.Text("status") is "active" or "trialing",
                                static row => row.Text("status") is "canceled" or "unpaid"
                            ),
                            ListFilter.Search("query", document => Product(document.Row)?.Row.Text("name"))
                        ).SortedBy(SubscriptionValues.PortalSort).SortedBy("organization", static row => row.Text("organization_id")).SortedBy("product", row => Product(row)?.Row.Text("name")), _subscription)
            ),
            Read(
                "subscriptions:get",
                "subscriptions/{id}",
                context => Reply.Ok(Own(context, Core.Subscriptions).Render(_subscription))
            ),
            Write("subscriptions:update", "PATCH", "subscriptions/{id}", SubscriptionUpdate, UpdateSubscription),
            Write(
                "subscriptions:cancel",
                "DELETE",
                "subscriptions/{id}",
                null,
                context =>
                {
                    var subscription = Own(context, Core.Subscriptions);
                    Core.Subscriptions.Change(subscription, new JsonObject { ["cancel_at_period_end"] = true });
                    return Reply.Ok(subscription.Render(_subscription));
                }
            ),
        ];

    private IEnumerable<Operation> Seats() =>
        [
            Read("seats:list_seats", "seats", context => Core.CustomerSeats.List(context, context.Caller.CustomerId)),
            Write(
                "seats:assign_seat",
                "POST",
                "seats",
                SeatAssign,
                context =>
                    Core.CustomerSeats.AssignSeat(
                        context,
                        Core.CustomerSeats.FindSource(context.Caller, context.Body, context.Caller.CustomerId)
                    )
            ),
            Write(
                "seats:revoke_seat",
                "DELETE",
                "seats/{seat_id}",
                null,
                context => Core.CustomerSeats.Revoke(Core.CustomerSeats.FindSeat(context, context.Caller.CustomerId))
            ),
            Write(
                "seats:resend_invitation",
                "POST",
                "seats/{seat_id}/resend",
                null,
                context => Core.CustomerSeats.Resend(Core.CustomerSeats.FindSeat(context, context.Caller.CustomerId))
            ),
            Read(
                "seats:list_claimed_subscriptions",
                "seats/subscriptions",
                context =>
                {
                    var claimed = new HashSet<string>(
                        Core.CustomerSeats.Documents.Items.Where(seat =>
                                seat.Row.Text("status") == "claimed"
                                && seat.Row.Text("customer_id") == context.Caller.CustomerId
                                && (
                                    context.Caller.MemberId is null
                                    || seat.Row.Text("member_id") == context.Caller.MemberId
                                )
                            )
                            .Select(seat => seat.Row.Text("subscription_id") ?? string.Empty)
                    );
                    return Paging.Run(
                        new QueryReader(context.Query),
                        Core.Store.Find("subscriptions", claimed).ToArray(),
                        subscription => subscription.Render(_subscription)
                    );
                }
            ),
        ];

    private Document? Product(JsonObject row) => Core.Products.Documents.Find(row.Text("product_id"));

    private JsonObject Benefit(Document grant)
    {
        var document = Core.Benefits.Documents.Find(grant.Row.Text("benefit_id"))!;
        var benefit = document.ToObject(Core.Benefits.Public);
        var own = document.Row["properties"] as JsonObject ?? [];
        benefit["organization"] = Core.Organizations.Documents.Find(document.OrganizationId)!.ToObject(Shop);
        benefit["properties"] = document.Row.Text("type") switch
        {
            "custom" or "license_keys" or "meter_credit" or "discord" or "github_repository" => own.Clone(),
            "downloadables" => new JsonObject
            {
                ["active_files"] = Json.ToArray(
                    own.Texts("files").Where(file => (own["archived"] as JsonObject)?.Flag(file) != true)
                ),
            },
            _ => [],
        };
        return benefit;
    }

    private Reply ListGrants(OperationContext context) =>
        ListOwn(
            context,
            Core.BenefitGrants,
            new ListDefinition(
                "-granted_at",
                ListFilter.Field("type", Form.OneOf(BenefitValues.Type), "benefit_type"),
                ListFilter.Field("benefit_id", Form.Uuid),
                ListFilter.Any(
                    "checkout_id",
                    Form.Uuid,
                    document =>
                        [
                            (
                                Core.Orders.Documents.Find(document.Row.Text("order_id"))
                                ?? Core.Subscriptions.Documents.Find(document.Row.Text("subscription_id"))
                            )?.Row.Text("checkout_id"),
                        ]
                ),
                ListFilter.Field("order_id", Form.Uuid),
                ListFilter.Field("subscription_id", Form.Uuid),
                ListFilter.Field("member_id", Form.Uuid),
                ListFilter.Search(
                    "query",
                    document => Core.Benefits.Documents.Find(document.Row.Text("benefit_id"))?.Row.Text("description")
                )
            )
                .SortedBy(BenefitValues.PortalGrantSort)
                .SortedBy("type", static row => row.Text("benefit_type"))
                .SortedBy("organization", static row => row.Text("organization_id"))
                .SortedBy("product_benefit", static row => row.Text("benefit_id")),
            _grant,
            grant => IsOf(context, grant) && IsShown(grant)
        );

    private Document OwnGrant(OperationContext context)
    {
        var grant = OwnOf(context, Core.BenefitGrants);
        return IsShown(grant) ? grant : throw ApiException.NotFound();
    }

    // What was revoked, and what the shop does not show to customers, is not there for them.
    private bool IsShown(Document grant) =>
        !grant.Row.Flag("is_revoked")
        && Core.Benefits.Documents.Find(grant.Row.Text("benefit_id"))?.Row.Text("visibility") != "private";

    // A member sees what is theirs, and the owner also what the customer has as such; a customer sees all of it.
    private bool IsOf(OperationContext context, Document document) =>
        context.Caller.MemberId is not { } member
        || (
            document.Row.Text("member_id") is { } holder
                ? holder == member
                : Core.Members.Documents.Find(member)?.Row.Text("role") == "owner"
        );

    private Document OwnOf(OperationContext context, Resource resource)
    {
        var document = Own(context, resource);
        return IsOf(context, document) ? document : throw ApiException.NotFound();
    }

    private Reply UpdateGrant(OperationContext context)
    {
        var grant = OwnGrant(context);
        var type = context.Body.Text("benefit_type")!;
        if (type != grant.Row.Text("benefit_type"))
        {
            throw Problems.Value(Location.Body["benefit_type"], "The benefit is of another type.", type);
        }

        if (context.Body["properties"] is JsonObject given)
        {
            // With an account to give it to, a benefit that waited is granted.
            Change(
                grant,
                row =>
                {
                    Apply((JsonObject)row["properties"]!, given);
                    if (type is "discord" or "github_repository")
                    {
                        var linked = given.Has("account_id");
                        row["is_granted"] = linked;
                        row["granted_at"] = linked ? Core.Clock.Stamp() : null;
                    }
                }
            );
            Core.Happened("benefit_grant.updated", grant);
        }

        return Reply.Ok(grant.Render(_grant));
    }

    private Reply ListDownloads(OperationContext context)
    {
        var query = new QueryReader(context.Query);
        var wanted = query.Many("benefit_id", Form.Uuid);
        var files = Core
            .BenefitGrants.Documents.Items.Where(grant =>
                grant.Row.Text("customer_id") == context.Caller.CustomerId
                && IsOf(context, grant)
                && grant.Row.Flag("is_granted")
                && grant.Row.Text("benefit_type") == "downloadables"
                && (wanted?.Contains(grant.Row.Text("benefit_id")!) ?? true)
            )
            .Reverse()
            .SelectMany(grant =>
                Core.Store.Find("files", ((JsonObject)grant.Row["properties"]!).Texts("files"))
                    .Select(file => (Grant: grant, File: file))
            )
            // Two purchases of the same benefit are one permission.
            .GroupBy(item =>
                Hashes.Id(
                    item.Grant.Row.Text("customer_id")!,
                    item.Grant.Row.Text("member_id") ?? string.Empty,
                    item.Grant.Row.Text("benefit_id")!,
                    item.File.Id
                )
            )
            .Select(permission =>
                (Id: permission.Key, Benefit: permission.First().Grant.Row.Text("benefit_id")!, permission.First().File)
            )
            .ToArray();
        return Paging.Run(
            query,
            files,
            item =>
            {
                var file = item.File.ToObject(Core.Files.Plain);
                file["download"] = new JsonObject
                {
                    ["url"] = Core.Downloads.Address("file", item.File.Id),
                    ["headers"] = new JsonObject(),
                    ["expires_at"] = Timestamps.Format(Core.Clock.Now.AddMinutes(10)),
                };
                return Json.ToBytes(
                    new JsonObject
                    {
                        ["id"] = item.Id,
                        ["benefit_id"] = item.Benefit,
                        ["file"] = file,
                    }
                );
            }
        );
    }

    private static void CheckMethod(JsonObject body, Location at, Problems problems)
    {
        if (body.Has("confirmation_token_id") == body.Has("payment_method_id"))
        {
            problems.Add("value_error", at, "Pay with a new card or with one that is kept, and say which.", body);
        }
    }

    private Reply RetryPayment(OperationContext context)
    {
        var order = Own(context, Core.Orders);
        var subscription = Core.Subscriptions.Documents.Find(order.Row.Text("subscription_id"));
        if (order.Row.Text("status") != "pending" || !order.Row.Has("next_payment_attempt_at") || subscription is null)
        {
            throw ApiException.Domain(
                422,
                "OrderNotEligibleForRetry",
                "Only an order whose payment failed can be paid again."
            );
        }

        static ApiException Refuse(string message) => ApiException.Domain(422, "PaymentRetryValidationError", message);
        var token = context.Body.Text("confirmation_token_id");
        var wanted = context.Body.Text("payment_method_id");
        var tried = Core
            .Store.Referrers(order.Id, "payments")
            .Count(payment => payment.Row.Text("trigger") == "retry_customer");
        if (tried >= ManualRetries)
        {
            throw ApiException.Domain(429, "ManualRetryLimitExceeded", "There were too many payment attempts.");
        }

        var me = Me(context);
        bool Says(string word) => token?.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;
        var method = wanted is null
            ? Core.PaymentMethods.Add(me, Says("fail") ? PaymentMethodResource.BadCard : "4242")
            : Core.PaymentMethods.Find(me, wanted) ?? throw Refuse("The customer has no such payment method.");
        if (!Core.Orders.Charge(order, "retry_customer", method))
        {
            if (wanted is null)
            {
                Core.PaymentMethods.Discard(method);
            }

            // An attempt of the customer's own does not move the next one of Polar.
            return Reply.Json(200, new JsonObject { ["status"] = "failed", ["error"] = "The card was declined." });
        }

        Core.Billing.PayWith(subscription, method);
        Core.PaymentMethods.MayTurnBad(method, token);
        return Reply.Json(200, new JsonObject { ["status"] = "succeeded", ["client_secret"] = null });
    }

    private Reply UpdateSubscription(OperationContext context)
    {
        var subscription = Own(context, Core.Subscriptions);
        var body = context.Body;
        var shop = Core.Organizations.Documents.Find(subscription.OrganizationId)!.Row;
        var allowed = (JsonObject)((JsonObject)shop["customer_portal_settings"]!)["subscription"]!;
        void Require(string field, string setting, string error)
        {
            if (body.ContainsKey(field) && !allowed.Flag(setting))
            {
                throw ApiException.Domain(403, error, "The shop does not allow customers to do this themselves.");
            }
        }

        Require("product_id", "update_plan", "UpdateSubscriptionPlanNotAllowed");
        Require("seats", "update_seats", "UpdateSubscriptionSeatsNotAllowed");
        Require("units", "update_units", "UpdateSubscriptionUnitsNotAllowed");
        Require("pause_at_period_end", "pause", "PauseResumeNotAllowed");
        Require("resume", "pause", "PauseResumeNotAllowed");
        var change = body.Clone();
        foreach (var name in new[] { "cancellation_reason", "cancellation_comment" })
        {
            if (change.ContainsKey(name))
            {
                change["customer_" + name] = change.Copy(name);
                change.Remove(name);
            }
        }

        if (change.ContainsKey("cancel_at_period_end") && !change.Has("cancel_at_period_end"))
        {
            // Neither one nor the other.
            return Reply.Ok(subscription.Render(_subscription));
        }

        if (
            change.ContainsKey("resume") && subscription.Row.Text("status") == "paused"
            || (
                change.ContainsKey("cancel_at_period_end")
                && !change.Flag("cancel_at_period_end")
                && SubscriptionResource.CanUncancel(subscription)
            )
        )
        {
            RequireCard(subscription, Me(context));
        }

        Core.Subscriptions.Change(subscription, change, "public");
        return Reply.Ok(subscription.Render(_subscription));
    }

    // Where a key is activated, a customer sees only if it may do something about it.
    private Reply ShowLicenseKey(Document key)
    {
        var shown = key.ToObject(Core.LicenseKeys.WithActivations);
        var benefit = Core.Benefits.Documents.Find(key.Row.Text("benefit_id"))?.Row["properties"] as JsonObject;
        if ((benefit?["activations"] as JsonObject)?.Flag("enable_customer_admin") != true)
        {
            shown["activations"] = new JsonArray();
        }

        return Reply.Json(200, shown);
    }

    // Who goes on with what costs something has to be able to pay for it.
    private void RequireCard(Document subscription, Document me)
    {
        if (!subscription.Row.Objects("prices").All(PriceMath.IsFree) && Core.PaymentMethods.Usual(me) is null)
        {
            throw ApiException.Domain(409, "PaymentMethodRequired", "Add a payment method first.");
        }
    }
}
