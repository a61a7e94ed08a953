namespace PolarPS.Commands;

/// <summary>
/// Distinguishes a list of refunds to create from an export of something else. A payment has an OrderId and an Amount, too, but its
/// amount is gross; what an export of refunds names was refunded already.
/// </summary>
internal static class RefundRows
{
    private static readonly Type[] OtherKinds =
    [
        typeof(Payment),
        typeof(Refund),
        typeof(Dispute),
        typeof(BenefitGrant),
        typeof(CustomerSeat),
    ];

    // What a list of refunds may have as well: its own columns, and whose order it is.
    private static readonly HashSet<string> Own = new(StringComparer.OrdinalIgnoreCase)
    {
        "Order",
        "OrderId",
        "Id",
        "Amount",
        "Reason",
        "Comment",
        "RevokeBenefits",
        "Metadata",
        "Currency",
        "Customer",
        "CustomerId",
        "CustomerEmail",
        "Email",
        "OrganizationId",
    };

    /// <summary>Why a row is not accepted as a refund to create.</summary>
    /// <returns>A sentence; null where nothing speaks against it.</returns>
    public static string? Objection(PSObject row)
    {
        if (row.TypeNames.Any(name => name.EndsWith("." + typeof(Order).FullName, StringComparison.Ordinal)))
        {
            // What Select-Object has made of orders may have all columns that orders have.
            return null;
        }

        var names = new HashSet<string>(
            row.Properties.Select(column => column.Name.Replace("_", "")),
            StringComparer.OrdinalIgnoreCase
        );
        var known = new HashSet<string>(Columns(typeof(Order)), StringComparer.OrdinalIgnoreCase);
        var found = OtherKinds
            // An order's export has no Amount; with one, a column of an order tells another kind, too.
            .Select(kind =>
                (
                    Kind: kind,
                    Columns: Columns(kind)
                        .Where(column =>
                            names.Contains(column) && (names.Contains("Amount") || !known.Contains(column))
                        )
                        .ToList()
                )
            )
            .OrderByDescending(kind => kind.Columns.Count)
            .First();
        return found.Columns.Count == 0
            ? null
            : $"It looks like an export of {Kinds.NamesOf(found.Kind)}: it has {string.Join(", ", found.Columns)}. "
                + (
                    found.Kind == typeof(Refund)
                        ? "Those refunds already exist."
                        : "A refund's Amount excludes tax; other amounts may not."
                )
                + " Pipe rows with OrderId and, if needed, Amount, Reason and Comment only.";
    }

    /// <summary>That the row means another currency than the order has.</summary>
    /// <returns>A sentence; null where it does not.</returns>
    public static string? OtherCurrency(PSObject row, string? currency) =>
        PSValue.Property(row, "Currency")?.ToString() is { Length: > 0 } given
        && currency is not null
        && !given.Trim().Equals(currency, StringComparison.OrdinalIgnoreCase)
            ? $"Currency {ValueText.Given(given)}: the order is in {currency}."
            : null;

    private static IEnumerable<string> Columns(Type kind) =>
        kind.GetProperties().Select(property => property.Name).Where(name => !Own.Contains(name));
}
