namespace PolarPS.Emulator;

/// <summary>The cards that customers pay with. They are reached through their customers only.</summary>
internal sealed class PaymentMethodResource : Resource
{
    public PaymentMethodResource(EmulatorCore core)
        : base(core, "payment-methods", "customers")
    {
        View = View.Members(
            ["id", "created_at", "modified_at", "processor", "customer_id", "type", "method_metadata"],
            (document, writer) =>
                writer.WriteBoolean(
                    "is_default",
                    Core.Customers.Documents.Find(document.Row.Text("customer_id"))
                        ?.Row.Text("default_payment_method_id") == document.Id
                )
        );
    }

    public override View View { get; }

    public override IEnumerable<Operation> Operations => [];

    /// <summary>Gives a customer a card.</summary>
    /// <param name="customer">Whose card it is.</param>
    /// <param name="last4">Its last digits: 4242 for one that works, 0341 for one that is refused when it is charged.</param>
    /// <param name="brand">Who issued it.</param>
    public Document Add(Document customer, string last4 = "4242", string brand = "visa")
    {
        var row = NewRow(customer.OrganizationId);
        row["customer_id"] = customer.Id;
        row["processor"] = "stripe";
        row["type"] = "card";
        row["method_metadata"] = new JsonObject
        {
            ["brand"] = brand,
            ["last4"] = last4,
            ["exp_month"] = 12,
            ["exp_year"] = Core.Clock.Now.Year + 3,
            ["wallet"] = null,
        };
        return Core.Store.Insert(Kind, row);
    }

    /// <summary>Lets a customer pay with a card unless another is named. What is owed is asked for again.</summary>
    public void MakeDefault(Document customer, Document method)
    {
        Core.Customers.ChangeAndTell(customer, row => row["default_payment_method_id"] = method.Id);
        Core.Dunning.Retry(customer, method);
    }

    /// <summary>A customer's card by its id; null where it has none of that id.</summary>
    public Document? Find(Document customer, string? id) =>
        Documents.Find(id) is { } method && method.Row.Text("customer_id") == customer.Id ? method : null;

    /// <summary>The card that a customer pays with where none is named: the one that it has chosen, else its first.</summary>
    public Document? Usual(Document customer) =>
        customer.Row.Text("default_payment_method_id") is { } id ? Find(customer, id) : Of(customer).FirstOrDefault();

    /// <summary>Takes a card away, from subscriptions too where the customer has another for them.</summary>
    public void Remove(Document customer, Document method)
    {
        var paid = Core
            .Store.Referrers(customer.Id, "subscriptions")
            .Where(subscription =>
                subscription.Row.Text("payment_method_id") == method.Id && NeedsCard(subscription.Row)
            )
            .ToArray();
        if (paid.Length > 0)
        {
            var others = Of(customer).Where(other => other != method).ToArray();
            var other =
                others.FirstOrDefault(candidate => candidate.Id == customer.Row.Text("default_payment_method_id"))
                ?? others.FirstOrDefault()
                ?? throw ApiException.Domain(
                    400,
                    "PaymentMethodInUseByActiveSubscription",
                    "A subscription is paid with this card: add another one first."
                );
            foreach (var subscription in paid)
            {
                Core.Billing.PayWith(subscription, other);
            }
        }

        Discard(method);
        Core.Customers.ChangeAndTell(customer, static _ => { });
    }

    /// <summary>A customer's cards, the oldest first.</summary>
    public IEnumerable<Document> Of(Document customer) =>
        Core.Store.Referrers(customer.Id, Kind).Where(method => method.Row.Text("customer_id") == customer.Id);

    // Whether something may still be charged for a subscription.
    private static bool NeedsCard(JsonObject row) =>
        !row.Has("ended_at")
        && (
            row.Text("status") == "paused" ? row.Has("resumes_at")
            : row.Text("status") is "active" or "trialing" && row.Flag("cancel_at_period_end")
                ? row.Objects("prices").Any(PriceMath.IsMetered)
            : SubscriptionResource.IsBillable(row)
        );

    /// <summary>Whether a charge to the customer's default card goes through.</summary>
    public static bool IsGood(Document? method) =>
        method is not null && (method.Row["method_metadata"] as JsonObject)?.Text("last4") is not BadCard;

    /// <summary>The last digits of the card that is refused when it is charged later.</summary>
    public const string BadCard = "0341";

    /// <summary>
    /// Makes a card that has paid what is paid now one that is refused from now on, if the buyer's token has "decline" in it.
    /// </summary>
    public void MayTurnBad(Document? method, string? token)
    {
        if (method is not null && token?.IndexOf("decline", StringComparison.OrdinalIgnoreCase) >= 0)
        {
            var row = method.Row.Clone();
            ((JsonObject)row["method_metadata"]!)["last4"] = BadCard;
            Core.Store.Replace(method, row);
        }
    }

    protected override IEnumerable<string> References(JsonObject row) => [row.Text("customer_id")!];
}
