namespace PolarPS.Emulator;

/// <summary>Refunds: money given back for an order.</summary>
internal sealed class RefundResource : Resource
{
    private static readonly string[] Links = ["order_id", "customer_id", "dispute_id"];

    private static readonly Schema Create = new ObjectSchema(
        "RefundCreate",
        Form.NewMetadata(),
        Field.Required("order_id", Form.Uuid),
        Field.Required("reason", Form.OneOf(OrderValues.RefundReason)),
        Field.Required("amount", Form.Integer(1)),
        Field.Nullable("comment", Form.AnyText),
        Field.Default("revoke_benefits", Form.Boolean, static () => false)
    );

    public RefundResource(EmulatorCore core)
        : base(core, "refunds", "refunds")
    {
        View = View.Members(
            [
                "created_at",
                "modified_at",
                "id",
                "metadata",
                "status",
                "reason",
                "amount",
                "tax_amount",
                "currency",
                "organization_id",
                "order_id",
                "subscription_id",
                "customer_id",
                "revoke_benefits",
            ],
            (document, writer) => writer.WriteLinked("dispute", document.Row, Core.Disputes, Core.Disputes.InRefund)
        );
    }

    public override View View { get; }

    public override IEnumerable<Operation> Operations =>
        [
            ListOperation(
                "/v1/refunds/",
                new ListDefinition(
                    "-created_at",
                    ListFilter.Field("id", Form.Uuid),
                    ListFilter.Organization(),
                    ListFilter.Field("order_id", Form.Uuid),
                    ListFilter.Field("subscription_id", Form.Uuid),
                    ListFilter.Field("customer_id", Form.Uuid),
                    ListFilter.Any(
                        "external_customer_id",
                        Form.AnyText,
                        document =>
                            [Core.Customers.Documents.Find(document.Row.Text("customer_id"))?.Row.Text("external_id")]
                    ),
                    ListFilter.Flag("succeeded", static row => row.Text("status") == "succeeded")
                ).SortedBy(OrderValues.RefundSort)
            ),
            Writing(
                "create",
                "POST",
                "/v1/refunds/",
                Create,
                context =>
                {
                    var order = Core.Orders.Documents.Find(context.Body.Text("order_id"));
                    return order is null || !context.Caller.CanSee(order.OrganizationId)
                        ? throw Problems.Value(
                            Location.Body["order_id"],
                            "There is no such order.",
                            context.Body.Copy("order_id")
                        )
                        : Reply.Created(Add(order, context.Body).Render(View));
                }
            ),
        ];

    /// <summary>Gives money back: the amount without tax, and the tax that goes with it.</summary>
    public Document Add(Document order, JsonObject body)
    {
        var paid = order.Row;
        if (paid.Text("status") == "refunded")
        {
            throw ApiException.Domain(403, "RefundedAlready", "The order is already refunded.");
        }

        if (body.Flag("revoke_benefits") && paid.Has("subscription_id"))
        {
            throw ApiException.Domain(
                400,
                "RevokeSubscriptionBenefitsProhibited",
                "The benefits of a subscription end with the subscription, not with a refund."
            );
        }

        var amount = body.Number("amount")!.Value;
        if (amount > OrderResource.Refundable(paid))
        {
            throw Problems.Value(
                Location.Body["amount"],
                $"No more than {OrderResource.Refundable(paid)} can be given back, tax not counted.",
                body.Copy("amount")
            );
        }

        var payment = Core
            .Store.Referrers(order.Id, "payments")
            .FirstOrDefault(candidate => candidate.Row.Text("status") == "succeeded");
        if (payment is null)
        {
            throw ApiException.Domain(404, "RefundUnknownPayment", "Nothing was paid for this order.");
        }

        if (Core.Disputes.IsDisputed(order))
        {
            throw ApiException.Domain(403, "RefundDisputedPayment", "The payment is disputed at the bank.");
        }

        return Add(
            order,
            amount,
            OrderResource.RefundedTax(paid, amount),
            body.Text("reason")!,
            body.Flag("revoke_benefits"),
            null,
            body
        );
    }

    /// <summary>Notes a refund, and what follows from it.</summary>
    public Document Add(
        Document order,
        long amount,
        long tax,
        string reason,
        bool revokesBenefits,
        Document? dispute,
        JsonObject? body = null
    )
    {
        var paid = order.Row;
        var customer = Core.Customers.Documents.Find(paid.Text("customer_id"))!;
        var row = NewRow(order.OrganizationId);
        row["metadata"] = body?.Copy("metadata") ?? new JsonObject();
        row["status"] = "succeeded";
        row["reason"] = reason;
        row["amount"] = amount;
        row["tax_amount"] = tax;
        row["currency"] = paid.Text("currency");
        row["order_id"] = order.Id;
        row["subscription_id"] = dispute is null ? paid.Text("subscription_id") : null;
        row["customer_id"] = customer.Id;
        row["revoke_benefits"] = revokesBenefits;
        row["comment"] = body?.Text("comment");
        row["dispute_id"] = dispute?.Id;
        var refund = Core.Store.Insert(Kind, row);
        Core.Happened("refund.created", refund);
        Core.Ledger.Refund(refund, order);
        Core.Orders.ChangeOrder(
            order,
            changed =>
            {
                var refunded = changed.Number("refunded_amount")!.Value + amount;
                changed["refunded_amount"] = refunded;
                changed["refunded_tax_amount"] = changed.Number("refunded_tax_amount") + tax;
                changed["status"] =
                    refunded >= changed.Number("net_amount") + changed.Number("applied_balance_amount")
                        ? "refunded"
                        : "partially_refunded";
            }
        );
        Core.Balances.Reduce(customer, paid.Text("currency")!, amount + tax);
        Core.Events.AddSystem(
            "order.refunded",
            customer,
            new JsonObject
            {
                ["order_id"] = order.Id,
                ["refunded_amount"] = order.Row.Number("refunded_amount"),
                ["currency"] = paid.Text("currency"),
            }
        );
        Core.Happened("order.refunded", order);
        if (revokesBenefits)
        {
            Core.Enqueue(() => Core.BenefitGrants.Revoke(order, customer));
        }

        return refund;
    }

    protected override IEnumerable<string> References(JsonObject row) => Links.Select(row.Text).OfType<string>();
}
