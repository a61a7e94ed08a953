namespace PolarPS;

/// <summary>Known values of products, prices, discounts and custom fields.</summary>
internal static class CatalogueValues
{
    /// <summary>In what prices recur and trials are counted.</summary>
    public static KnownList Interval { get; } =
        new()
        {
            { "day", "Counts in days" },
            { "week", "Counts in weeks" },
            { "month", "Counts in months" },
            { "year", "Counts in years" },
        };

    /// <summary>Who sees a product or a benefit.</summary>
    public static KnownList Visibility { get; } =
        new("public", "private")
        {
            { "draft", "Not for sale yet" },
            { "private", "Sold by checkout links and the API only" },
            { "public", "Everyone can see and buy it" },
        };

    /// <summary>How products are paid for.</summary>
    public static KnownList BillingType { get; } =
        new() { { "one_time", "Bought once" }, { "recurring", "Billed again and again" } };

    /// <summary>How tax relates to a price.</summary>
    public static KnownList TaxBehavior { get; } =
        new("inclusive", "exclusive")
        {
            { "location", "Depends on where the buyer is" },
            { "inclusive", "Tax is part of the price" },
            { "exclusive", "Tax comes on top of the price" },
        };

    /// <summary>How the tiers of a price apply.</summary>
    public static KnownList TierType { get; } =
        new()
        {
            { "volume", "The whole quantity costs what its tier costs" },
            { "graduated", "Each part of the quantity costs what its own tier costs" },
        };

    /// <summary>The most common currencies; the emulator has all, with what it knows of each.</summary>
    public static KnownList CommonCurrency { get; } =
        new()
        {
            { "usd", "US dollar" },
            { "eur", "Euro" },
            { "gbp", "Pound sterling" },
            { "cad", "Canadian dollar" },
            { "aud", "Australian dollar" },
            { "chf", "Swiss franc" },
            { "jpy", "Japanese yen, which has no decimals" },
            { "sek", "Swedish krona" },
            { "nok", "Norwegian krone" },
            { "dkk", "Danish krone" },
            { "pln", "Polish zloty" },
            { "brl", "Brazilian real" },
            { "inr", "Indian rupee" },
        };

    /// <summary>What products are sorted by.</summary>
    public static KnownList ProductSort { get; } = new() { "created_at", "name", "price_amount_type", "price_amount" };

    /// <summary>What a discount takes off.</summary>
    public static KnownList DiscountType { get; } = new() { "fixed", "percentage" };

    /// <summary>For how long a discount applies to a subscription.</summary>
    public static KnownList DiscountDuration { get; } =
        new()
        {
            { "once", "The first payment only" },
            { "forever", "Every payment" },
            { "repeating", "As many months as -DurationInMonths says" },
        };

    /// <summary>What discounts are sorted by.</summary>
    public static KnownList DiscountSort { get; } =
        new() { "created_at", "name", "code", "redemptions_count", "ends_at" };

    /// <summary>The kinds of custom fields.</summary>
    public static KnownList CustomFieldType { get; } =
        new()
        {
            { "text", "A text" },
            { "number", "A whole number" },
            { "date", "A date" },
            { "checkbox", "Yes or no" },
            { "select", "One of several options" },
        };

    /// <summary>What custom fields are sorted by.</summary>
    public static KnownList CustomFieldSort { get; } = new() { "created_at", "slug", "name", "type" };
}
