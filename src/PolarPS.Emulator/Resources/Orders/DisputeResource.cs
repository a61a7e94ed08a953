namespace PolarPS.Emulator;

/// <summary>Disputes: payments that customers have taken to their banks.</summary>
internal sealed class DisputeResource : Resource
{
    private static readonly string[] Members =
    [
        "created_at",
        "modified_at",
        "id",
        "status",
        "resolved",
        "closed",
        "amount",
        "tax_amount",
        "currency",
        "reason",
        "evidence_due_by",
        "past_due",
        "order_id",
        "payment_id",
    ];

    public DisputeResource(EmulatorCore core)
        : base(core, "disputes", "disputes")
    {
        View = View.Members(
            [.. Members, "case_id"],
            (document, writer) => writer.WriteLinked("customer", document.Row, Core.Customers)
        );
    }

    public override View View { get; }

    /// <summary>A dispute in the refund that it led to.</summary>
    public View InRefund { get; } = View.Members(Members);

    public override IEnumerable<Operation> Operations =>
        [
            ListOperation(
                "/v1/disputes/",
                new ListDefinition(
                    "-created_at",
                    ListFilter.Organization(),
                    ListFilter.Field("order_id", Form.Uuid),
                    ListFilter.Field("status", Form.OneOf(OrderValues.DisputeStatus))
                ).SortedBy(OrderValues.DisputeSort)
            ),
            GetOperation("/v1/disputes/{id}"),
            Writing("accept", "POST", "/v1/disputes/{id}/accept", null, context => Accept(Find(context))),
        ];

    /// <summary>Whether a bank has the say about an order's money now.</summary>
    public bool IsDisputed(Document order) =>
        Core
            .Store.Referrers(order.Id, Kind)
            .Any(dispute => dispute.Row.Text("status") is "needs_response" or "under_review" or "lost");

    /// <summary>Lets a bank ask for an order's money back.</summary>
    public Document Open(Document order, string status, string reason)
    {
        var paid = order.Row;
        var (amount, tax) = OrderResource.SplitTotal(paid, paid.Number("due_amount")!.Value);
        var row = NewRow(order.OrganizationId);
        row["status"] = "needs_response";
        row["resolved"] = false;
        row["closed"] = false;
        row["amount"] = amount;
        row["tax_amount"] = tax;
        row["currency"] = paid.Text("currency");
        row["reason"] = reason;
        row["evidence_due_by"] = Timestamps.Format(Core.Clock.Now.AddDays(10));
        row["past_due"] = false;
        row["order_id"] = order.Id;
        row["payment_id"] = Core
            .Store.Referrers(order.Id, "payments")
            .First(payment => payment.Row.Text("status") == "succeeded")
            .Id;
        row["customer_id"] = paid.Text("customer_id");
        row["case_id"] = null;
        var dispute = Core.Store.Insert(Kind, row);
        Set(dispute, status);
        return dispute;
    }

    /// <summary>Lets a dispute go on, or end. What is lost takes what was bought with it, as does what is won.</summary>
    public void Set(Document dispute, string status)
    {
        var isOver = status is "won" or "lost" or "prevented";
        Change(
            dispute,
            row =>
            {
                row["status"] = status;
                row["resolved"] = status is "won" or "lost";
                row["closed"] = isOver;
                row["evidence_due_by"] = status == "needs_response" ? row.Copy("evidence_due_by") : null;
            }
        );
        if (!isOver)
        {
            return;
        }

        var order = Core.Orders.Documents.Find(dispute.Row.Text("order_id"))!;
        if (status == "prevented")
        {
            Core.Refunds.Add(
                order,
                dispute.Row.Number("amount")!.Value,
                dispute.Row.Number("tax_amount")!.Value,
                "dispute_prevention",
                revokesBenefits: true,
                dispute
            );
        }
        else
        {
            Core.Ledger.Dispute(dispute, order);
        }

        if (Core.Subscriptions.Documents.Find(order.Row.Text("subscription_id")) is { } subscription)
        {
            if (SubscriptionResource.CanCancel(subscription.Row, immediately: true))
            {
                Core.Billing.Cancel(subscription, immediately: true);
            }
        }
        else
        {
            Core.Enqueue(() => Core.BenefitGrants.Revoke(order));
        }
    }

    protected override IEnumerable<string> References(JsonObject row) =>
        [row.Text("order_id")!, row.Text("customer_id")!];

    private Reply Accept(Document dispute)
    {
        if (dispute.Row.Text("status") != "needs_response")
        {
            throw ApiException.Domain(409, "DisputeNotOpenError", "The dispute does not need a response.");
        }

        Set(dispute, "lost");
        return Reply.Ok(dispute.Render(View));
    }
}
