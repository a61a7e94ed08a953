namespace PolarPS.Commands;

/// <summary>Orders in questions: whose, and how much.</summary>
internal static class OrderText
{
    /// <summary>What remains to be paid, or the total where that is not known.</summary>
    public static string Due(Order order) => Money.Format(order.DueAmount ?? order.TotalAmount, order.Currency);

    /// <summary>The customer's address, name or id.</summary>
    public static string Customer(Order order) =>
        order.Customer?.ToString() is { Length: > 0 } text ? text : order.CustomerId ?? "the customer";

    /// <summary>The order's number, or its id where it has none.</summary>
    public static string Number(Order order) => order.InvoiceNumber ?? order.Id ?? string.Empty;
}
