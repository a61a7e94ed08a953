namespace PolarPS.Client.Models;

/// <summary>A seller on Polar: yours.</summary>
public sealed class Organization : PolarObject, IDated
{
    /// <summary>The organization's id, a UUID.</summary>
    public string? Id { get; set; }

    /// <summary>The name that customers see.</summary>
    public string? Name { get; set; }

    /// <summary>The name in addresses.</summary>
    public string? Slug { get; set; }

    /// <summary>The status: <c>created</c>, <c>review</c>, <c>snoozed</c>, <c>denied</c>, <c>active</c>, <c>blocked</c>, <c>offboarding</c>, <c>offboarded</c>.</summary>
    public string? Status { get; set; }

    /// <summary>The address that customers can write to; null for none.</summary>
    public string? Email { get; set; }

    /// <summary>The website; null for none.</summary>
    public string? Website { get; set; }

    /// <summary>The address of the logo; null for none.</summary>
    public string? AvatarUrl { get; set; }

    /// <summary>The two-letter ISO 3166 code of its country; null if not known.</summary>
    public string? Country { get; set; }

    /// <summary>The currency that prices are shown in unless they say otherwise, as a lower-case ISO 4217 code.</summary>
    public string? DefaultPresentmentCurrency { get; set; }

    /// <summary>How tax relates to prices that do not say: <c>inclusive</c>, <c>exclusive</c> or <c>location</c>.</summary>
    public string? DefaultTaxBehavior { get; set; }

    /// <summary>What a change of plan does to the current period unless the change says otherwise: <c>invoice</c>, <c>prorate</c>, <c>next_period</c> or <c>reset</c>.</summary>
    public string? ProrationBehavior { get; set; }

    /// <summary>Whether customers may change their subscription themselves.</summary>
    public bool? AllowCustomerUpdates { get; set; }

    /// <summary>What Polar allows it to do.</summary>
    public OrganizationCapabilities? Capabilities { get; set; }

    /// <summary>Which features are switched on; null if not known.</summary>
    public OrganizationFeatureSettings? FeatureSettings { get; set; }

    /// <summary>The same in the customer portal, where only two of them are shown; else null.</summary>
    public OrganizationFeatureSettings? OrganizationFeatures { get; set; }

    /// <summary>How subscriptions behave.</summary>
    public OrganizationSubscriptionSettings? SubscriptionSettings { get; set; }

    /// <summary>Which mails customers get.</summary>
    public OrganizationCustomerEmailSettings? CustomerEmailSettings { get; set; }

    /// <summary>What customers see and may do in their portal.</summary>
    public OrganizationCustomerPortalSettings? CustomerPortalSettings { get; set; }

    /// <summary>How disputes are handled.</summary>
    public OrganizationDisputeSettings? DisputeSettings { get; set; }

    /// <summary>Its profiles elsewhere.</summary>
    public PolarList<OrganizationSocialLink>? Socials { get; set; }

    /// <summary>The hosts on which the checkout may be embedded.</summary>
    public PolarList<string>? EmbedHosts { get; set; }

    /// <summary>Whether members must sign in through single sign-on.</summary>
    public bool? SsoEnforced { get; set; }

    /// <summary>The id of its account; null for none.</summary>
    public string? AccountId { get; set; }

    /// <summary>The id of the payout account; null for none.</summary>
    public string? PayoutAccountId { get; set; }

    /// <summary>When it handed in its details for review; null if not yet.</summary>
    public DateTimeOffset? DetailsSubmittedAt { get; set; }

    /// <summary>When Polar asked for its details again; null if not.</summary>
    public DateTimeOffset? OnboardingResubmissionRequestedAt { get; set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it was last changed; null if never.</summary>
    public DateTimeOffset? ModifiedAt { get; set; }

    /// <summary>The organization's name.</summary>
    /// <returns>The name, or the slug where there is none.</returns>
    private protected override string Describe() => Name ?? Slug ?? Id ?? string.Empty;
}

/// <summary>A profile elsewhere.</summary>
public sealed class OrganizationSocialLink : PolarObject
{
    /// <summary>Where: <c>x</c>, <c>github</c>, <c>facebook</c>, <c>instagram</c>, <c>youtube</c>, <c>tiktok</c>, <c>linkedin</c>, <c>threads</c>, <c>discord</c>, <c>other</c>.</summary>
    public string? Platform { get; set; }

    /// <summary>The profile's address.</summary>
    public string? Url { get; set; }

    /// <summary>The profile's address.</summary>
    /// <returns>The address.</returns>
    private protected override string Describe() => Url ?? Platform ?? string.Empty;
}

/// <summary>What Polar allows an organization to do.</summary>
public sealed class OrganizationCapabilities : PolarObject
{
    /// <summary>Whether customers can pay.</summary>
    public bool? CheckoutPayments { get; set; }

    /// <summary>Whether subscriptions renew.</summary>
    public bool? SubscriptionRenewals { get; set; }

    /// <summary>Whether it is paid out.</summary>
    public bool? Payouts { get; set; }

    /// <summary>Whether it can refund.</summary>
    public bool? Refunds { get; set; }

    /// <summary>Whether the API answers to its tokens.</summary>
    public bool? ApiAccess { get; set; }

    /// <summary>Whether its members can use the dashboard.</summary>
    public bool? DashboardAccess { get; set; }
}

/// <summary>Which features are switched on.</summary>
public sealed class OrganizationFeatureSettings : PolarObject
{
    /// <summary>Funding of issues.</summary>
    public bool? IssueFundingEnabled { get; set; }

    /// <summary>Customer wallets.</summary>
    public bool? WalletsEnabled { get; set; }

    /// <summary>Members of customers.</summary>
    public bool? MemberModelEnabled { get; set; }

    /// <summary>Checkouts in the customer's language.</summary>
    public bool? CheckoutLocalizationEnabled { get; set; }

    /// <summary>The metrics on the overview page; null for the default.</summary>
    public PolarList<string>? OverviewMetrics { get; set; }

    /// <summary>Changes of plan that start a new period immediately.</summary>
    public bool? ResetProrationBehaviorEnabled { get; set; }

    /// <summary>Charges while the customer is away.</summary>
    public bool? OffSessionChargesEnabled { get; set; }

    /// <summary>Usage intervals apart from the billing interval.</summary>
    public bool? MeterCyclingEnabled { get; set; }

    /// <summary>Benefits in Slack.</summary>
    public bool? SlackBenefitEnabled { get; set; }

    /// <summary>Previews of features to come.</summary>
    public bool? PreviewAccessEnabled { get; set; }

    /// <summary>Handling of disputes.</summary>
    public bool? DisputesEnabled { get; set; }

    /// <summary>Single sign-on.</summary>
    public bool? SsoEnabled { get; set; }

    /// <summary>Accepting small disputes automatically.</summary>
    public bool? DisputeAutoAcceptEnabled { get; set; }

    /// <summary>Compass.</summary>
    public bool? CompassEnabled { get; set; }

    /// <summary>Migration from another seller platform.</summary>
    public bool? MerchantMigrationEnabled { get; set; }

    /// <summary>Embedding on the listed hosts only.</summary>
    public bool? FrameAncestorsEnforced { get; set; }
}

/// <summary>How subscriptions behave.</summary>
public sealed class OrganizationSubscriptionSettings : PolarObject
{
    /// <summary>Whether a customer may have several at once.</summary>
    public bool? AllowMultipleSubscriptions { get; set; }

    /// <summary>What a change of plan does to the current period: <c>invoice</c>, <c>prorate</c> or <c>next_period</c>.</summary>
    public string? ProrationBehavior { get; set; }

    /// <summary>For how many days benefits outlast an unpaid renewal.</summary>
    public int? BenefitRevocationGracePeriod { get; set; }

    /// <summary>Whether a customer gets one trial only.</summary>
    public bool? PreventTrialAbuse { get; set; }

    /// <summary>Whether customers may change their subscription themselves.</summary>
    public bool? AllowCustomerUpdates { get; set; }
}

/// <summary>Which mails customers get.</summary>
public sealed class OrganizationCustomerEmailSettings : PolarObject
{
    /// <summary>After an order.</summary>
    public bool? OrderConfirmation { get; set; }

    /// <summary>Before a card expires.</summary>
    public bool? PaymentMethodExpirationReminder { get; set; }

    /// <summary>After a cancellation.</summary>
    public bool? SubscriptionCancellation { get; set; }

    /// <summary>After a subscription began.</summary>
    public bool? SubscriptionConfirmation { get; set; }

    /// <summary>After a renewal.</summary>
    public bool? SubscriptionCycled { get; set; }

    /// <summary>After the first renewal behind a trial.</summary>
    public bool? SubscriptionCycledAfterTrial { get; set; }

    /// <summary>After a failed renewal.</summary>
    public bool? SubscriptionPastDue { get; set; }

    /// <summary>After a pause began.</summary>
    public bool? SubscriptionPaused { get; set; }

    /// <summary>After a pause ended.</summary>
    public bool? SubscriptionResumed { get; set; }

    /// <summary>Before a renewal.</summary>
    public bool? SubscriptionRenewalReminder { get; set; }

    /// <summary>After a subscription ended.</summary>
    public bool? SubscriptionRevoked { get; set; }

    /// <summary>Before a trial ends.</summary>
    public bool? SubscriptionTrialConversionReminder { get; set; }

    /// <summary>After a cancellation was undone.</summary>
    public bool? SubscriptionUncanceled { get; set; }

    /// <summary>After a change of plan.</summary>
    public bool? SubscriptionUpdated { get; set; }
}

/// <summary>What customers see and may do in their portal.</summary>
public sealed class OrganizationCustomerPortalSettings : PolarObject
{
    /// <summary>What they see of their usage.</summary>
    public PortalUsageSettings? Usage { get; set; }

    /// <summary>What they may do with a subscription.</summary>
    public PortalSubscriptionSettings? Subscription { get; set; }

    /// <summary>What they may do with their own data; null if not known.</summary>
    public PortalCustomerSettings? Customer { get; set; }
}

/// <summary>What customers see of their usage.</summary>
public sealed class PortalUsageSettings : PolarObject
{
    /// <summary>Whether they see it.</summary>
    public bool? Show { get; set; }
}

/// <summary>What customers may do with a subscription.</summary>
public sealed class PortalSubscriptionSettings : PolarObject
{
    /// <summary>Whether they may change the number of seats.</summary>
    public bool? UpdateSeats { get; set; }

    /// <summary>Whether they may change the product.</summary>
    public bool? UpdatePlan { get; set; }

    /// <summary>Whether they may change the number of units.</summary>
    public bool? UpdateUnits { get; set; }

    /// <summary>Whether they may pause it.</summary>
    public bool? Pause { get; set; }
}

/// <summary>What customers may do with their own data.</summary>
public sealed class PortalCustomerSettings : PolarObject
{
    /// <summary>Whether they may change their email address.</summary>
    public bool? AllowEmailChange { get; set; }
}

/// <summary>How disputes are handled.</summary>
public sealed class OrganizationDisputeSettings : PolarObject
{
    /// <summary>Disputes below this amount, in US cents, are accepted without asking; null for none.</summary>
    public int? AutoAcceptBelowAmount { get; set; }
}
