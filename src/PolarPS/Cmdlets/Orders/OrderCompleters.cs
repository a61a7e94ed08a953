namespace PolarPS.Commands;

/// <summary>Completes states of orders.</summary>
public sealed class OrderStatusCompleter()
    : KnownValuesCompleter(
        ("draft", "Not finalized yet"),
        ("pending", "Not paid yet"),
        ("paid", "Paid in full"),
        ("partially_refunded", "Paid, and refunded in part"),
        ("refunded", "Refunded in full"),
        ("void", "Will no longer be paid")
    );

/// <summary>Completes how products are paid for.</summary>
public sealed class BillingTypeCompleter()
    : KnownValuesCompleter(("one_time", "Bought once"), ("recurring", "Billed again and again"));

/// <summary>Completes orders of orders.</summary>
public sealed class OrderSortCompleter()
    : SortCompleter(
        "created_at",
        "status",
        "invoice_number",
        "amount",
        "net_amount",
        "customer",
        "product",
        "discount",
        "subscription"
    );

/// <summary>Completes columns of exported orders.</summary>
public sealed class OrderColumnCompleter()
    : KnownValuesCompleter(
        ("email", "The buyer's email address"),
        ("created_at", "When it was made"),
        ("product", "The name of the product"),
        ("net_amount", "The amount without tax"),
        ("currency", "The currency"),
        ("status", "Where it stands"),
        ("invoice_number", "The number of the invoice"),
        ("customer_name", "The customer's name"),
        ("billing_name", "The name on invoices"),
        ("billing_country", "The country on invoices"),
        ("subtotal_amount", "Before discounts and tax"),
        ("discount_amount", "The discount"),
        ("tax_amount", "The tax"),
        ("total_amount", "What was charged"),
        ("refunded_amount", "What was refunded"),
        ("billing_reason", "Purchase, renewal or change")
    );
