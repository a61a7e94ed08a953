namespace PolarPS.Emulator;

/// <summary>What the parts of the customer portal share: they show customers their own objects only.</summary>
internal abstract class PortalResource : Resource
{
    protected const Subjects Customers = Subjects.Customer | Subjects.Member;

    private static readonly string[] ReadScopes = ["customer_portal:read", "customer_portal:write"];
    private static readonly string[] WriteScopes = ["customer_portal:write"];

    // What of a team only its owner and its billing managers may do. A customer as such may do everything.
    private static readonly HashSet<string> Billing = new(StringComparer.Ordinal)
    {
        "customer_portal:customers:update",
        "customer_portal:customers:request_email_update",
        "customer_portal:customers:list_payment_methods",
        "customer_portal:customers:add_payment_method",
        "customer_portal:customers:confirm_payment_method",
        "customer_portal:customers:delete_payment_method",
        "customer_portal:orders:list",
        "customer_portal:orders:get",
        "customer_portal:orders:update",
        "customer_portal:orders:generate_invoice",
        "customer_portal:orders:invoice",
        "customer_portal:orders:receipt",
        "customer_portal:orders:get_payment_status",
        "customer_portal:orders:confirm_retry_payment",
        "customer_portal:seats:assign_seat",
        "customer_portal:seats:revoke_seat",
        "customer_portal:seats:resend_invitation",
        "customer_portal:subscriptions:update",
        "customer_portal:subscriptions:cancel",
        "customer_portal:wallets:list",
        "customer_portal:wallets:get",
    };

    protected PortalResource(EmulatorCore core, string kind)
        : base(core, kind, "customer_portal")
    {
        InPortal = View.Members(
            [
                "created_at",
                "modified_at",
                "id",
                "email",
                "email_verified",
                "name",
                "billing_address",
                "tax_id",
                "default_payment_method_id",
                "type",
                "locale",
            ],
            static (document, writer) =>
            {
                CustomerResource.WriteBillingName(document, writer);
                writer.WritePropertyName("oauth_accounts");
                Json.WriteNode(writer, document.Row["oauth_accounts"] ?? new JsonObject());
            }
        );
        Shop = View.Members(
            [.. OrganizationResource.PublicMembers, "customer_portal_settings"],
            static (document, writer) =>
            {
                var features = (JsonObject)document.Row["feature_settings"]!;
                writer.WriteStartObject("organization_features");
                writer.WriteBoolean("member_model_enabled", features.Flag("member_model_enabled"));
                writer.WriteBoolean("checkout_localization_enabled", features.Flag("checkout_localization_enabled"));
                writer.WriteEndObject();
            }
        );
        ProductWithShop = new View(
            (document, writer) =>
            {
                var product = document.ToObject(Core.Products.InLink);
                product["organization"] = Core.Organizations.Documents.Find(document.OrganizationId)!.ToObject(Shop);
                product.WriteTo(writer);
            }
        );
    }

    // The parts show documents of other resources, and have none of their own.
    public override View View { get; } = View.Members();

    /// <summary>A customer as it sees itself.</summary>
    protected View InPortal { get; }

    /// <summary>The shop as its customers see it.</summary>
    protected View Shop { get; }

    protected View ProductWithShop { get; }

    protected Operation Read(string name, string path, Func<OperationContext, Reply> handle, string method = "GET") =>
        new(
            Kind + ":" + name,
            method,
            "/v1/customer-portal/" + path,
            ReadScopes,
            Customers,
            ForThoseWhoMay(Kind + ":" + name, handle)
        );

    protected Operation Write(
        string name,
        string method,
        string path,
        Schema? body,
        Func<OperationContext, Reply> handle,
        Subjects subjects = Customers
    ) =>
        new(
            Kind + ":" + name,
            method,
            "/v1/customer-portal/" + path,
            WriteScopes,
            subjects,
            ForThoseWhoMay(Kind + ":" + name, handle)
        )
        {
            Body = body,
        };

    /// <summary>The member who calls; null for a customer as such.</summary>
    protected Document? CallingMember(OperationContext context) => Core.Members.Documents.Find(context.Caller.MemberId);

    /// <summary>Refuses members who are neither owner nor billing manager.</summary>
    protected void RequireBillingRole(OperationContext context)
    {
        if (CallingMember(context) is { } member && member.Row.Text("role") is not ("owner" or "billing_manager"))
        {
            throw ApiException.NotPermitted("Only the owner and billing managers may do this.");
        }
    }

    protected Document Me(OperationContext context) => Core.Customers.Documents.Find(context.Caller.CustomerId)!;

    /// <summary>The customer's own document that the path names.</summary>
    protected static Document Own(OperationContext context, Resource resource, string parameter = "id") =>
        resource.Documents.Find(context[parameter]) is { } document
        && document.Row.Text("customer_id") == context.Caller.CustomerId
            ? document
            : throw ApiException.NotFound();

    /// <summary>A page of the customer's own documents.</summary>
    protected static Reply ListOwn(
        OperationContext context,
        Resource resource,
        ListDefinition definition,
        View view,
        Func<Document, bool>? also = null
    ) =>
        ListRunner.Run(
            context,
            resource,
            definition,
            view,
            document =>
                document.Row.Text("customer_id") == context.Caller.CustomerId && (also is null || also(document))
        );

    private Func<OperationContext, Reply> ForThoseWhoMay(string operation, Func<OperationContext, Reply> handle) =>
        Billing.Contains(operation)
            ? context =>
            {
                RequireBillingRole(context);
                return handle(context);
            }
            : handle;
}
