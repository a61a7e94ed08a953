namespace PolarPS.Emulator;

/// <summary>Payments: every try to get money, whether it came or not.</summary>
internal sealed class PaymentResource : Resource
{
    public PaymentResource(EmulatorCore core)
        : base(core, "payments", "payments") { }

    public override View View { get; } =
        View.Members(
            "created_at",
            "modified_at",
            "id",
            "processor",
            "status",
            "amount",
            "currency",
            "method",
            "trigger",
            "decline_reason",
            "decline_message",
            "organization_id",
            "checkout_id",
            "order_id",
            "processor_metadata",
            "method_metadata"
        );

    public override IEnumerable<Operation> Operations =>
        [
            new(
                "payments:list",
                "GET",
                "/v1/payments/",
                ["payments:read"],
                Merchants,
                context =>
                    ListRunner.Run(
                        context,
                        this,
                        new ListDefinition(
                            "-created_at",
                            ListFilter.Organization(),
                            ListFilter.Field("checkout_id", Form.Uuid),
                            ListFilter.Field("order_id", Form.Uuid),
                            ListFilter.Field("customer_id", Form.Uuid),
                            ListFilter.Field("status", Form.OneOf(OrderValues.PaymentStatus)),
                            ListFilter.Field("method", Form.AnyText),
                            ListFilter.Field("customer_email", Form.AnyText)
                        ).SortedBy(OrderValues.PaymentSort),
                        View
                    )
            ),
            new(
                "payments:get",
                "GET",
                "/v1/payments/{id}",
                ["payments:read"],
                Merchants,
                context => Reply.Ok(Find(context).Render(View))
            ),
        ];

    /// <summary>Notes a try to get money.</summary>
    /// <param name="customer">Whose money; null for a checkout that has no customer yet.</param>
    /// <param name="organizationId">For whom.</param>
    /// <param name="amount">How much.</param>
    /// <param name="currency">Of what.</param>
    /// <param name="trigger">Why now.</param>
    /// <param name="card">With which card.</param>
    /// <param name="succeeded">Whether it came.</param>
    /// <param name="orderId">For which order, if there is one yet.</param>
    /// <param name="checkoutId">In which checkout, if in one.</param>
    public Document Add(
        Document? customer,
        string organizationId,
        long amount,
        string currency,
        string trigger,
        JsonObject? card,
        bool succeeded,
        string? orderId,
        string? checkoutId
    )
    {
        var row = NewRow(organizationId);
        row["processor"] = "stripe";
        row["status"] = succeeded ? "succeeded" : "failed";
        row["amount"] = amount;
        row["currency"] = currency;
        row["method"] = "card";
        row["trigger"] = trigger;
        row["decline_reason"] = succeeded ? null : "insufficient_funds";
        row["decline_message"] = succeeded ? null : "The card does not have enough funds for this purchase.";
        row["checkout_id"] = checkoutId;
        row["order_id"] = orderId;
        row["processor_metadata"] = new JsonObject();
        row["method_metadata"] = new JsonObject
        {
            ["brand"] = card?.Text("brand") ?? "visa",
            ["last4"] = card?.Text("last4") ?? "4242",
        };
        row["customer_id"] = customer?.Id;
        row["customer_email"] = customer?.Row.Text("email");
        return Core.Store.Insert(Kind, row);
    }

    /// <summary>Notes which order a payment turned out to be for.</summary>
    public void Assign(Document payment, Document order)
    {
        var row = payment.Row.Clone();
        row["order_id"] = order.Id;
        Core.Store.Replace(payment, row);
    }

    /// <summary>How often the money for an order did not come, of the attempts that are Polar's own.</summary>
    public int Failed(Document order) =>
        Core
            .Store.Referrers(order.Id, Kind)
            .Count(payment => payment.Row.Text("status") == "failed" && Counts(payment.Row.Text("trigger")));

    /// <summary>Whether a failed attempt counts as one of Polar's own, and moves the next one.</summary>
    public static bool Counts(string? trigger) => trigger is "purchase" or "subscription_cycle" or "retry_dunning";

    protected override IEnumerable<string> References(JsonObject row)
    {
        if (row.Text("order_id") is { } order)
        {
            yield return order;
        }
    }
}
