namespace PolarPS.Views;

/// <summary>
/// The properties that objects have at the prompt beyond Polar's own: what tables call Price, Total, State and so on. Views.txt
/// says which kinds have which. Money is in major units, with as many decimals as the currency has, and null where Polar did not
/// send it. No kind has one by the name of a field of Polar's.
/// </summary>
/// <remarks>Public because PowerShell looks for them here; one class, because it looks for each class again.</remarks>
public static class Columns
{
    // Of the year 9999.
    private const long LastSecond = 253_402_300_799;

    /// <summary>The card of a payment method: brand and last digits; null for what is no card.</summary>
    public static string? Card(PSObject? item) =>
        (PSValue.ValueOnly(item) as PaymentMethod)?.MethodMetadata?.ToString();

    /// <summary>The currency of an object's amounts, or of those of what it is part of, in lower case.</summary>
    public static string? Currency(PSObject? item) => Amounts.CurrencyOf(PSValue.ValueOnly(item));

    /// <summary>Why a payment was declined; null where it was not.</summary>
    public static string? Declined(PSObject? item) => (PSValue.ValueOnly(item) as Payment)?.DeclineReason;

    /// <summary>The month in which a card expires, such as <c>12/2029</c>; null where it is not known.</summary>
    public static string? Expires(PSObject? item) => Formatting.Expiry(PSValue.ValueOnly(item));

    /// <summary>When a token ends: known of one that Polar has told of, or that this process was given; else null.</summary>
    public static DateTimeOffset? ExpiresAt(PSObject? item) =>
        PSValue.ValueOnly(item) switch
        {
            OAuth2TokenState state => Instant(state.Exp),
            OAuth2Token token => TokenTimes.EndOf(token),
            _ => null,
        };

    /// <summary>When a token was issued, or an OAuth client registered.</summary>
    public static DateTimeOffset? IssuedAt(PSObject? item) =>
        PSValue.ValueOnly(item) switch
        {
            OAuth2TokenState state => Instant(state.Iat),
            OAuth2Client client => Instant(client.ClientIdIssuedAt),
            _ => null,
        };

    /// <summary>
    /// The figures of a period or of totals one by one, each with its name, its unit and its value: money in major units.
    /// </summary>
    public static MetricFigure[]? Figures(PSObject? item) =>
        (PSValue.ValueOnly(item) as MetricValues)?.Figures() is { } figures ? [.. figures] : null;

    /// <summary>What a delivery tells of, such as <c>order.paid</c>.</summary>
    public static string? EventType(PSObject? item) => (PSValue.ValueOnly(item) as WebhookDelivery)?.WebhookEvent?.Type;

    /// <summary>The id of the event that a delivery tells of.</summary>
    public static string? WebhookEventId(PSObject? item) =>
        (PSValue.ValueOnly(item) as WebhookDelivery)?.WebhookEvent?.Id;

    /// <summary>
    /// A price in major units, the lowest where it has steps or a minimum. Not called <c>Price</c>: a parameter of that name takes
    /// it from a row.
    /// </summary>
    public static decimal? ListPrice(PSObject? item) =>
        PSValue.ValueOnly(item) switch
        {
            ProductPrice price => Prices.Least(price),
            PriceInput price => Prices.Least(price.Preview()),
            _ => null,
        };

    /// <summary>An amount after discount and before tax, in major units.</summary>
    public static decimal? Net(PSObject? item) =>
        PSValue.ValueOnly(item) switch
        {
            Checkout checkout => Money.ToDecimal(checkout.NetAmount, checkout.Currency),
            Order order => Money.ToDecimal(order.NetAmount, order.Currency),
            Refund refund => Money.ToDecimal(refund.Amount, refund.Currency),
            Dispute dispute => Money.ToDecimal(dispute.Amount, dispute.Currency),
            _ => null,
        };

    /// <summary>The number of an order's invoice; null for a draft.</summary>
    public static string? Number(PSObject? item) => (PSValue.ValueOnly(item) as Order)?.InvoiceNumber;

    /// <summary>The percentage of a discount, such as 25 or 12.5; null for a fixed amount.</summary>
    public static decimal? Percent(PSObject? item) =>
        (PSValue.ValueOnly(item) as Discount)?.BasisPoints is { } points ? points / 100m : null;

    /// <summary>The email address of the person who has a seat, or is invited to it; null where there is none.</summary>
    public static string? Person(PSObject? item) =>
        (PSValue.ValueOnly(item) as CustomerSeat ?? (PSValue.ValueOnly(item) as CustomerSeatClaim)?.Seat) is { } seat
            // Where members take seats, the customer is the one who pays.
            ? seat.Member?.Email ?? seat.Email ?? seat.CustomerEmail
            : null;

    /// <summary>When a period of metrics begins, by the clock of the time zone that was asked for, such as <c>2026-11-01</c>.</summary>
    public static string? Period(PSObject? item) =>
        PSValue.ValueOnly(item) is MetricPeriod { Timestamp: not null } period ? period.ToString() : null;

    /// <summary>
    /// What something costs as Polar tells it, in major units; of a product the <c>ListPrice</c> of its first price that
    /// is not archived.
    /// </summary>
    public static decimal? Price(PSObject? item) =>
        PSValue.ValueOnly(item) switch
        {
            Product product => Prices.Least(Prices.First(product)),
            SeatTier tier => Money.ToDecimal(tier.PricePerSeat, Amounts.CurrencyOf(tier)),
            OrderItem line => Money.ToDecimal(line.Amount, Amounts.CurrencyOf(line)),
            var other => Terms.Of(other)?.Price,
        };

    /// <summary>What a discount takes off and for how long, such as <c>25% for 3 months</c>.</summary>
    public static string? Reduction(PSObject? item) => (PSValue.ValueOnly(item) as Discount)?.DescribeReduction();

    /// <summary>What of an order was refunded, with its tax, in major units.</summary>
    public static decimal? Refunded(PSObject? item) =>
        PSValue.ValueOnly(item) is Order order
            ? Money.ToDecimal(order.RefundedAmount + (order.RefundedTaxAmount ?? 0), order.Currency)
            : null;

    /// <summary>When the next period of a subscription begins; null where none is to begin.</summary>
    public static DateTimeOffset? Renews(PSObject? item) => Terms.Of(PSValue.ValueOnly(item))?.Renews;

    /// <summary>When the secret of an OAuth client ends; null for never.</summary>
    public static DateTimeOffset? SecretExpiresAt(PSObject? item) =>
        Instant((PSValue.ValueOnly(item) as OAuth2Client)?.ClientSecretExpiresAt);

    /// <summary>When a seat became what its status says.</summary>
    public static DateTimeOffset? Since(PSObject? item) =>
        PSValue.ValueOnly(item) is CustomerSeat seat ? seat.RevokedAt ?? seat.ClaimedAt ?? seat.CreatedAt : null;

    /// <summary>How large a file is, such as <c>4.2 MB</c>; null where Polar does not say.</summary>
    public static string? SizeReadable(PSObject? item) => (PSValue.ValueOnly(item) as Downloadable)?.File?.SizeReadable;

    /// <summary>
    /// Where something stands, in a word: of products and benefits <c>archived</c> or <c>deleted</c>, or else the visibility; of
    /// subscriptions the status, or <c>ends</c> or <c>pauses</c> where the present period is the last one; of grants
    /// <c>granted</c>, <c>revoked</c>, <c>failed</c> or <c>waiting</c>.
    /// </summary>
    public static string? State(PSObject? item) =>
        PSValue.ValueOnly(item) switch
        {
            Product product => product.IsArchived == true ? "archived" : product.Visibility,
            ProductPrice price => price.IsArchived == true ? "archived" : null,
            Benefit benefit => benefit.IsDeleted == true ? "deleted" : benefit.Visibility,
            // Polar has two switches for it, and a third state.
            BenefitGrant { IsRevoked: true } => "revoked",
            BenefitGrant grant => grant.IsGranted ?? grant.GrantedAt is not null ? "granted"
            : grant.Error is not null ? "failed"
            : "waiting",
            var other => Terms.Of(other)?.State,
        };

    /// <summary>The status of a seat just taken.</summary>
    public static string? Status(PSObject? item) => (PSValue.ValueOnly(item) as CustomerSeatClaim)?.Seat?.Status;

    /// <summary>The tax of an amount, in major units.</summary>
    public static decimal? Tax(PSObject? item) =>
        PSValue.ValueOnly(item) switch
        {
            Checkout checkout => Money.ToDecimal(checkout.TaxAmount, checkout.Currency),
            Order order => Money.ToDecimal(order.TaxAmount, order.Currency),
            OrderItem line => Money.ToDecimal(line.TaxAmount, Amounts.CurrencyOf(line)),
            Refund refund => Money.ToDecimal(refund.TaxAmount, refund.Currency),
            Dispute dispute => Money.ToDecimal(dispute.TaxAmount, dispute.Currency),
            _ => null,
        };

    /// <summary>An amount with its tax, in major units; of usage what this period costs so far, of a wallet what is left.</summary>
    public static decimal? Total(PSObject? item) =>
        PSValue.ValueOnly(item) switch
        {
            Checkout checkout => Money.ToDecimal(checkout.TotalAmount, checkout.Currency),
            Order order => Money.ToDecimal(order.TotalAmount, order.Currency),
            Payment payment => Money.ToDecimal(payment.Amount, payment.Currency),
            Refund refund => Money.ToDecimal(refund.Amount + (refund.TaxAmount ?? 0), refund.Currency),
            Dispute dispute => Money.ToDecimal(dispute.Amount + (dispute.TaxAmount ?? 0), dispute.Currency),
            Wallet wallet => Money.ToDecimal(wallet.Balance, wallet.Currency),
            SubscriptionMeter meter => Money.ToDecimal(meter.Amount, Amounts.CurrencyOf(meter)),
            CustomerStateSubscriptionMeter meter => Money.ToDecimal(meter.Amount, Amounts.CurrencyOf(meter)),
            _ => null,
        };

    /// <summary>A filter as people read it, and as parameters take it.</summary>
    public static string? Text(PSObject? item) => (PSValue.ValueOnly(item) as MeterFilter)?.ToText();

    /// <summary>The type of a custom field where it is attached.</summary>
    public static string? Type(PSObject? item) => (PSValue.ValueOnly(item) as AttachedCustomField)?.CustomField?.Type;

    /// <summary>How often a discount was redeemed.</summary>
    public static int? Used(PSObject? item) => (PSValue.ValueOnly(item) as Discount)?.RedemptionsCount;

    // OAuth counts seconds since 1970, and means nothing by 0.
    private static DateTimeOffset? Instant(long? seconds) =>
        seconds is > 0 and <= LastSecond ? DateTimeOffset.FromUnixTimeSeconds(seconds.Value).ToLocalTime() : null;
}
