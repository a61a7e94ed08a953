using PolarPS.Client.Models;

namespace PolarPS.Commands;

/// <summary>What can be paid back for an order, in words.</summary>
internal static class RefundText
{
    /// <summary>The order in a question: its number, whose it is, and its id.</summary>
    public static string Target(Order order) =>
        order.InvoiceNumber is { } number
            ? $"order {number} of {OrderText.Customer(order)} ({order.Id})"
            : $"order {order.Id} of {OrderText.Customer(order)}";

    /// <summary>What is paid back, as money.</summary>
    /// <param name="order">As it is now.</param>
    /// <param name="amount">In minor units without tax; null for all that is left.</param>
    public static string Action(Order order, long? amount)
    {
        var left = Money.Format(order.RefundableAmount, order.Currency);
        if (amount is null || amount == order.RefundableAmount)
        {
            return order.RefundableTaxAmount is > 0
                ? $"Pay back {left} and {Money.Format(order.RefundableTaxAmount, order.Currency)} tax"
                : $"Pay back {left}";
        }

        var tax = order.RefundableTaxAmount is > 0 ? " and the tax on it" : string.Empty;
        return $"Pay back {Money.Format(amount, order.Currency)}{tax}, of {left} that could be";
    }

    /// <summary>Whether an order had been paid when it was read.</summary>
    public static bool IsPaid(Order order) =>
        order.Paid != false && order.Status is not ("draft" or "pending" or "void");

    /// <summary>Why nothing, or not so much, can be paid back.</summary>
    /// <param name="order">As it was when it was read.</param>
    /// <param name="amount">In minor units without tax; null for all that is left.</param>
    /// <returns>A sentence; null where nothing speaks against it, or the order does not say.</returns>
    public static string? Refusal(Order order, long? amount)
    {
        var name = $"order {OrderText.Number(order)} of {OrderText.Customer(order)}";
        if (!IsPaid(order))
        {
            return $"The {name} has not been paid ({order.Status}), so there is nothing to pay back.";
        }

        if (order.RefundableAmount is not { } left)
        {
            return null;
        }

        if (left <= 0)
        {
            return order.RefundedAmount is > 0
                ? $"The {name} has been paid back already: {Money.Format(order.RefundedAmount, order.Currency)}. Nothing is left."
                : $"There is nothing to pay back for the {name}.";
        }

        return amount > left
            ? $"Only {Money.Format(left, order.Currency)} can be paid back for the {name}, and not {Money.Format(amount, order.Currency)}."
            : null;
    }
}
