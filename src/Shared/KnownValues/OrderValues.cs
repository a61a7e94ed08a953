namespace PolarPS;

/// <summary>Known values of orders, payments, refunds and disputes.</summary>
internal static class OrderValues
{
    /// <summary>The states of orders.</summary>
    public static KnownList OrderStatus { get; } =
        new("draft", "pending", "paid", "partially_refunded")
        {
            { "draft", "Not finalized yet" },
            { "pending", "Not paid yet" },
            { "paid", "Paid in full" },
            { "refunded", "Refunded in full" },
            { "partially_refunded", "Paid, and refunded in part" },
            { "void", "Will no longer be paid" },
        };

    /// <summary>What orders are sorted by.</summary>
    public static KnownList OrderSort { get; } =
        new()
        {
            "created_at",
            "status",
            "invoice_number",
            "amount",
            "net_amount",
            "customer",
            "product",
            "discount",
            "subscription",
        };

    /// <summary>The columns of exported orders.</summary>
    public static KnownList OrderColumn { get; } =
        new()
        {
            { "email", "The buyer's email address" },
            { "created_at", "When it was made" },
            { "product", "The name of the product" },
            { "net_amount", "The amount without tax" },
            { "currency", "The currency" },
            { "status", "Where it stands" },
            { "invoice_number", "The number of the invoice" },
            { "customer_name", "The customer's name" },
            { "billing_name", "The name on invoices" },
            { "billing_country", "The country on invoices" },
            { "subtotal_amount", "Before discounts and tax" },
            { "discount_amount", "The discount" },
            { "tax_amount", "The tax" },
            { "total_amount", "What was charged" },
            { "refunded_amount", "What was refunded" },
            { "billing_reason", "Purchase, renewal or change" },
        };

    /// <summary>How payments went.</summary>
    public static KnownList PaymentStatus { get; } =
        new()
        {
            { "pending", "Not decided yet" },
            { "succeeded", "Paid" },
            { "failed", "Declined" },
        };

    /// <summary>The usual methods of payment.</summary>
    public static KnownList PaymentMethodName { get; } =
        new()
        {
            { "card", "Credit or debit card" },
            { "paypal", "PayPal" },
            { "kr_card", "Card issued in South Korea" },
            { "link", "Link by Stripe" },
        };

    /// <summary>What payments are sorted by.</summary>
    public static KnownList PaymentSort { get; } = new() { "created_at", "status", "amount", "method" };

    /// <summary>Why a shop refunds. Refunds that Polar makes have one more reason, which nobody else may give.</summary>
    public static KnownList RefundReason { get; } =
        new()
        {
            { "duplicate", "The customer was charged twice" },
            { "fraudulent", "The charge was a fraud" },
            { "customer_request", "The customer asked for it" },
            { "service_disruption", "The service was down" },
            { "satisfaction_guarantee", "The customer was not satisfied" },
            { "other", "Anything else" },
        };

    /// <summary>What refunds are sorted by.</summary>
    public static KnownList RefundSort { get; } = new() { "created_at", "amount" };

    /// <summary>The states of disputes.</summary>
    public static KnownList DisputeStatus { get; } =
        new("early_warning", "needs_response", "under_review", "won", "lost")
        {
            { "prevented", "Refunded before it became a dispute" },
            { "early_warning", "The bank has warned of a dispute" },
            { "needs_response", "Waits for an answer" },
            { "under_review", "The bank looks at the answer" },
            { "lost", "Decided for the buyer" },
            { "won", "Decided for the seller" },
        };

    /// <summary>What disputes are sorted by.</summary>
    public static KnownList DisputeSort { get; } = new() { "created_at", "amount" };
}
