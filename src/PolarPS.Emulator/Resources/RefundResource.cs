using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace PolarPS.Emulator;

/// <summary>Refunds: money given back for an order.</summary>
internal sealed class RefundResource : Resource
{
    private static readonly string[] Links = ["order_id", "customer_id", "dispute_id"];

    private static readonly Schema Create = new ObjectSchema(
        "RefundCreate",
        Form.NewMetadata(),
        Field.Required("order_id", Form.Uuid),
        Field.Required(
            "reason",
            Form.OneOf(
                "duplicate",
                "fraudulent",
                "customer_request",
                "service_disruption",
                "satisfaction_guarantee",
                "other"
            )
        ),
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
            (document, writer) =>
                writer.WriteDocument(
                    "dispute",
                    Core.Disputes.Documents.Find(document.Row.Text("dispute_id")),
                    Core.Disputes.InRefund
                )
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
                ).SortedBy("created_at", "amount")
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
    public Document Add(Document order, JsonObject body, string? disputeId = null)
    {
        var paid = order.Row;
        var left = OrderResource.Refundable(paid);
        if (paid.Text("status") == "refunded" || (paid.Flag("paid") && left <= 0))
        {
            throw ApiException.Domain(403, "RefundedAlready", "The order is already refunded.");
        }

        if (!paid.Flag("paid"))
        {
            throw Problems.Value(Location.Body["order_id"], "The order has not been paid.", order.Id);
        }

        var amount = body.Number("amount")!.Value;
        if (amount > left)
        {
            throw Problems.Value(
                Location.Body["amount"],
                $"At most {left} can be refunded, excluding tax.",
                body.Copy("amount")
            );
        }

        if (body.Flag("revoke_benefits") && paid.Has("subscription_id"))
        {
            throw ApiException.Domain(
                400,
                "RevokeSubscriptionBenefitsProhibited",
                "The benefits of a subscription end with the subscription, not with a refund."
            );
        }

        var taxLeft = OrderResource.RefundableTax(paid);
        var tax =
            amount == left
                ? taxLeft
                : (long)
                    System.Math.Round(
                        (decimal)paid.Number("tax_amount")!.Value * amount / paid.Number("net_amount")!.Value
                    );
        var row = NewRow(order.OrganizationId);
        row["metadata"] = body.Copy("metadata") ?? new JsonObject();
        row["status"] = "succeeded";
        row["reason"] = body.Text("reason");
        row["amount"] = amount;
        row["tax_amount"] = tax;
        row["currency"] = paid.Text("currency");
        row["order_id"] = order.Id;
        row["subscription_id"] = paid.Text("subscription_id");
        row["customer_id"] = paid.Text("customer_id");
        row["revoke_benefits"] = body.Flag("revoke_benefits");
        row["comment"] = body.Text("comment");
        row["dispute_id"] = disputeId;
        var refund = Core.Store.Insert(Kind, row);
        Core.Orders.ChangeOrder(
            order,
            changed =>
            {
                changed["refunded_amount"] = changed.Number("refunded_amount") + amount;
                changed["refunded_tax_amount"] = changed.Number("refunded_tax_amount") + tax;
                changed["status"] = amount == left ? "refunded" : "partially_refunded";
            }
        );
        if (body.Flag("revoke_benefits"))
        {
            Core.BenefitGrants.Revoke(order);
            Core.CustomerSeats.RevokeAll(order);
        }

        Core.Happened("refund.created", refund);
        Core.Happened("order.refunded", order);
        Core.Events.AddSystem(
            "order.refunded",
            Core.Customers.Documents.Find(paid.Text("customer_id"))!,
            new JsonObject
            {
                ["order_id"] = order.Id,
                ["refunded_amount"] = amount,
                ["currency"] = paid.Text("currency"),
            }
        );
        return refund;
    }

    protected override IEnumerable<string> References(JsonObject row) => Links.Select(row.Text).OfType<string>();
}
