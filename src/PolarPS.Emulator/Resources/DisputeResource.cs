using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

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
            (document, writer) =>
                writer.WriteDocument(
                    "customer",
                    Core.Customers.Documents.Find(document.Row.Text("customer_id")),
                    Core.Customers.View
                )
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
                    ListFilter.Field(
                        "status",
                        Form.OneOf("prevented", "early_warning", "needs_response", "under_review", "lost", "won")
                    )
                ).SortedBy("created_at", "amount")
            ),
            GetOperation("/v1/disputes/{id}"),
            Writing("accept", "POST", "/v1/disputes/{id}/accept", null, context => Accept(Find(context))),
        ];

    /// <summary>Lets a bank ask for an order's money back.</summary>
    public Document Open(Document order, string status, string reason)
    {
        var row = NewRow(order.OrganizationId);
        row["status"] = status;
        row["resolved"] = status is "won" or "lost" or "prevented";
        row["closed"] = status is "won" or "lost" or "prevented";
        row["amount"] = order.Row.Number("net_amount");
        row["tax_amount"] = order.Row.Number("tax_amount");
        row["currency"] = order.Row.Text("currency");
        row["reason"] = reason;
        row["evidence_due_by"] = status == "needs_response" ? Timestamps.Format(Core.Clock.Now.AddDays(10)) : null;
        row["past_due"] = false;
        row["order_id"] = order.Id;
        row["payment_id"] = Core.Store.Referrers(order.Id, "payments")[0].Id;
        row["customer_id"] = order.Row.Text("customer_id");
        row["case_id"] = null;
        return Core.Store.Insert(Kind, row);
    }

    protected override IEnumerable<string> References(JsonObject row) =>
        [row.Text("order_id")!, row.Text("customer_id")!];

    private Reply Accept(Document dispute)
    {
        if (dispute.Row.Text("status") is not ("needs_response" or "early_warning"))
        {
            throw ApiException.Domain(409, "DisputeNotOpenError", "The dispute does not need a response.");
        }

        Change(
            dispute,
            static row =>
            {
                row["status"] = "lost";
                row["resolved"] = true;
                row["closed"] = true;
                row["evidence_due_by"] = null;
            }
        );
        return Reply.Ok(dispute.Render(View));
    }
}
