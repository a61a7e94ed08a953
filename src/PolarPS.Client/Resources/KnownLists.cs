namespace PolarPS.Client;

/// <summary>What is known of the order of Polar's sorted lists, by their paths; it stands with their queries.</summary>
internal static class KnownLists
{
    private static readonly Dictionary<string, SortedListQuery> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["/v1/benefit-grants"] = new BenefitGrantQuery(),
        ["/v1/benefits"] = new BenefitQuery(),
        ["/v1/checkout-links"] = new CheckoutLinkQuery(),
        ["/v1/checkouts"] = new CheckoutQuery(),
        ["/v1/custom-fields"] = new CustomFieldQuery(),
        ["/v1/customer-meters"] = new CustomerMeterQuery(),
        ["/v1/customer-portal/benefit-grants"] = new PortalBenefitGrantQuery(),
        ["/v1/customer-portal/meters"] = new PortalMeterQuery(),
        ["/v1/customer-portal/orders"] = new PortalOrderQuery(),
        ["/v1/customer-portal/subscriptions"] = new PortalSubscriptionQuery(),
        ["/v1/customer-portal/wallets"] = new PortalWalletQuery(),
        ["/v1/customers"] = new CustomerQuery(),
        ["/v1/discounts"] = new DiscountQuery(),
        ["/v1/disputes"] = new DisputeQuery(),
        ["/v1/event-types"] = new EventTypeQuery(),
        ["/v1/events"] = new EventQuery(),
        ["/v1/events/names"] = new EventNameQuery(),
        ["/v1/meters"] = new MeterQuery(),
        ["/v1/orders"] = new OrderQuery(),
        ["/v1/organizations"] = new OrganizationQuery(),
        ["/v1/payments"] = new PaymentQuery(),
        ["/v1/products"] = new ProductQuery(),
        ["/v1/refunds"] = new RefundQuery(),
        ["/v1/subscriptions"] = new SubscriptionQuery(),
    };

    /// <summary>The query of the list at a path; null for an unknown path.</summary>
    public static SortedListQuery? Find(string path) =>
        Known.TryGetValue(path.TrimEnd('/'), out var known) ? known : null;
}
