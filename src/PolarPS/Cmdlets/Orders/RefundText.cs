namespace PolarPS.Commands;

/// <summary>What can be refunded for an order, in words.</summary>
internal static class RefundText
{
    /// <summary>The order in a question: its number, whose it is, and its id.</summary>
    public static string Target(Order order) =>
        order.InvoiceNumber is { } number
            ? $"order {number} of {OrderText.Customer(order)} ({order.Id})"
            : $"order {order.Id} of {OrderText.Customer(order)}";

    /// <summary>What is refunded, as money: without tax, the tax on it, and both.</summary>
    /// <param name="order">As it is now.</param>
    /// <param name="amount">In minor units without tax; null for all that is left.</param>
    public static string Action(Order order, long? amount)
    {
        var left = order.RefundableAmount;
        if (amount is null || amount == left)
        {
            return "Refund the full remaining amount: " + Parts(order, left, order.RefundableTaxAmount);
        }

        return $"Refund {Parts(order, amount, TaxOn(order, amount.Value))}, of the refundable {Sum(order, left, order.RefundableTaxAmount)}";
    }

    private static string Parts(Order order, long? net, long? tax) =>
        tax is null
            ? $"{Money.Format(net, order.Currency)} net, plus its tax"
            : $"{Sum(order, net, tax)} = {Money.Format(net + tax, order.Currency)} in total";

    private static string Sum(Order order, long? net, long? tax) =>
        $"{Money.Format(net, order.Currency)} net + {Money.Format(tax ?? 0, order.Currency)} tax";

    // As Polar calculates it: by the order's own ratio, rounded half to even.
    private static long? TaxOn(Order order, long amount) =>
        order is { TaxAmount: { } tax, NetAmount: > 0 and { } net }
            ? (long)Math.Round((decimal)tax * amount / net)
            : null;

    /// <summary>Whether an order had been paid when it was read.</summary>
    public static bool IsPaid(Order order) =>
        order.Paid != false && order.Status is not ("draft" or "pending" or "void");

    /// <summary>Why nothing, or not that much, can be refunded.</summary>
    /// <param name="order">As it was when it was read.</param>
    /// <param name="amount">In minor units without tax; null for all that is left.</param>
    /// <returns>A sentence; null if nothing prevents it, or the order does not say.</returns>
    public static string? Refusal(Order order, long? amount)
    {
        var name = $"order {OrderText.Number(order)} of {OrderText.Customer(order)}";
        if (!IsPaid(order))
        {
            return $"Cannot refund {name}: it is not paid ({order.Status}).";
        }

        if (order.RefundableAmount is not { } left)
        {
            return null;
        }

        if (left <= 0)
        {
            return order.RefundedAmount is > 0
                ? $"Cannot refund {name}: {Money.Format(order.RefundedAmount, order.Currency)} is already refunded, and nothing is left."
                : $"There is nothing to refund for {name}.";
        }

        return amount > left
            ? FormattableString.Invariant(
                $"Only {Money.Format(left, order.Currency)} can be refunded for {name}, not {Money.Format(amount, order.Currency)}: -Amount {left} at most."
            )
            : null;
    }
}
