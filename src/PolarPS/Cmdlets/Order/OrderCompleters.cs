namespace PolarPS.Commands;

/// <summary>Completes states of orders.</summary>
public sealed class OrderStatusCompleter()
    : KnownValuesCompleter("draft", "pending", "paid", "partially_refunded", "refunded", "void");

/// <summary>Completes how products are paid for.</summary>
public sealed class BillingTypeCompleter() : KnownValuesCompleter("one_time", "recurring");

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
        "email",
        "created_at",
        "product",
        "net_amount",
        "currency",
        "status",
        "invoice_number",
        "customer_name",
        "billing_name",
        "billing_country",
        "subtotal_amount",
        "discount_amount",
        "tax_amount",
        "total_amount",
        "refunded_amount",
        "billing_reason"
    );
