using PolarPS.Client.Models;

namespace PolarPS.Client.Tests.Client;

/// <summary>A body of each kind with every property set, and the JSON that it must become.</summary>
internal static class Bodies
{
    public const string ProductJson = """
        {
          "name": "Sextant",
          "description": "Finds *the way*.",
          "visibility": "private",
          "prices": [{ "amount_type": "fixed", "price_currency": "usd", "price_amount": 4900 }],
          "medias": ["m1", "m2"],
          "attached_custom_fields": [{ "custom_field_id": "f1", "required": true }, { "custom_field_id": "f2", "required": false }],
          "metadata": { "tier": "pro", "rank": 2, "ratio": 0.5, "featured": true },
          "recurring_interval": "month",
          "recurring_interval_count": 3,
          "trial_interval": "day",
          "trial_interval_count": 14,
          "meter_interval": "week",
          "meter_interval_count": 2,
          "organization_id": "o1"
        }
        """;

    public const string ProductChangeJson = """
        {
          "name": "Sextant II",
          "description": "",
          "visibility": "public",
          "prices": [{ "id": "p1" }, { "amount_type": "custom", "minimum_amount": 300 }],
          "medias": [],
          "attached_custom_fields": [],
          "metadata": {},
          "recurring_interval": "year",
          "recurring_interval_count": 1,
          "trial_interval": "week",
          "trial_interval_count": 1,
          "is_archived": false
        }
        """;

    public const string CheckoutLinkJson = """
        {
          "payment_processor": "stripe",
          "products": ["p1", "p2"],
          "label": "Newsletter",
          "allow_discount_codes": false,
          "require_billing_address": true,
          "discount_id": "d1",
          "seats": 5,
          "units": 7,
          "success_url": "https://northwind.example/thanks?checkout_id={CHECKOUT_ID}",
          "return_url": "https://northwind.example/",
          "metadata": { "campaign": "42" },
          "trial_interval": "month",
          "trial_interval_count": 1
        }
        """;

    public const string CheckoutLinkChangeJson = """
        {
          "products": ["p2"],
          "label": "Quay",
          "allow_discount_codes": true,
          "require_billing_address": false,
          "discount_id": "d2",
          "seats": 1,
          "units": 1,
          "success_url": "https://northwind.example/a",
          "return_url": "https://northwind.example/b",
          "metadata": { "a": 1 },
          "trial_interval": "day",
          "trial_interval_count": 3
        }
        """;

    public const string OrganizationJson = $$"""
        {
          "name": "Northwind",
          "slug": "northwind",
          "legal_entity": { "type": "company", "registered_name": "Northwind Ltd" },
          {{CommonJson}}
        }
        """;

    public const string OrganizationChangeJson = $$"""
        {
          "name": "Northwind",
          "dispute_settings": { "auto_accept_below_amount": 500 },
          "embed_hosts": ["shop.northwind.example"],
          "sso_enforced": false,
          {{CommonJson}}
        }
        """;

    private const string CommonJson = """
        "email": "ahoy@northwind.example",
        "website": "https://northwind.example",
        "avatar_url": "https://northwind.example/logo.png",
        "country": "NO",
        "socials": [{ "platform": "github", "url": "https://github.com/northwind" }],
        "details": {
          "product_description": "Charts",
          "selling_categories": ["software"],
          "pricing_models": ["one_time"],
          "switching": true,
          "switching_from": "gumroad",
          "about": "a",
          "intended_use": "b",
          "customer_acquisition": ["c"],
          "future_annual_revenue": 100000,
          "previous_annual_revenue": 0
        },
        "default_presentment_currency": "nok",
        "default_tax_behavior": "location",
        "feature_settings": { "member_model_enabled": true, "overview_metrics": ["revenue"] },
        "subscription_settings": {
          "allow_multiple_subscriptions": true,
          "proration_behavior": "prorate",
          "benefit_revocation_grace_period": 3,
          "prevent_trial_abuse": false,
          "allow_customer_updates": true
        },
        "customer_email_settings": { "order_confirmation": true, "subscription_paused": false },
        "customer_portal_settings": {
          "usage": { "show": true },
          "subscription": { "update_seats": true, "update_plan": false, "update_units": true, "pause": false },
          "customer": { "allow_email_change": true }
        }
        """;

    public static ProductCreate Product() =>
        new()
        {
            Name = "Sextant",
            Description = "Finds *the way*.",
            Visibility = "private",
            Prices =
            [
                new PriceInput
                {
                    AmountType = "fixed",
                    PriceCurrency = "usd",
                    PriceAmount = 4900,
                },
            ],
            Medias = ["m1", "m2"],
            AttachedCustomFields =
            [
                new AttachedCustomFieldInput { CustomFieldId = "f1", Required = true },
                new AttachedCustomFieldInput { CustomFieldId = "f2", Required = false },
            ],
            Metadata = new Dictionary<string, object?>
            {
                ["tier"] = "pro",
                ["rank"] = 2,
                ["ratio"] = 0.5,
                ["featured"] = true,
            },
            RecurringInterval = "month",
            RecurringIntervalCount = 3,
            TrialInterval = "day",
            TrialIntervalCount = 14,
            MeterInterval = "week",
            MeterIntervalCount = 2,
            OrganizationId = "o1",
        };

    public static ProductUpdate ProductChange() =>
        new()
        {
            Name = "Sextant II",
            Description = "",
            Visibility = "public",
            Prices = [PriceInput.Keep("p1"), new PriceInput { AmountType = "custom", MinimumAmount = 300 }],
            Medias = [],
            AttachedCustomFields = [],
            Metadata = new PolarMetadata(),
            RecurringInterval = "year",
            RecurringIntervalCount = 1,
            TrialInterval = "week",
            TrialIntervalCount = 1,
            IsArchived = false,
        };

    public static CheckoutLinkCreate CheckoutLink() =>
        new()
        {
            Products = ["p1", "p2"],
            Label = "Newsletter",
            AllowDiscountCodes = false,
            RequireBillingAddress = true,
            DiscountId = "d1",
            Seats = 5,
            Units = 7,
            SuccessUrl = "https://northwind.example/thanks?checkout_id={CHECKOUT_ID}",
            ReturnUrl = "https://northwind.example/",
            Metadata = new Dictionary<string, object?> { ["campaign"] = "42" },
            TrialInterval = "month",
            TrialIntervalCount = 1,
        };

    public static CheckoutLinkUpdate CheckoutLinkChange() =>
        new()
        {
            Products = ["p2"],
            Label = "Quay",
            AllowDiscountCodes = true,
            RequireBillingAddress = false,
            DiscountId = "d2",
            Seats = 1,
            Units = 1,
            SuccessUrl = "https://northwind.example/a",
            ReturnUrl = "https://northwind.example/b",
            Metadata = new PolarMetadata { ["a"] = 1L },
            TrialInterval = "day",
            TrialIntervalCount = 3,
        };

    public static OrganizationCreate Organization() =>
        new()
        {
            Name = "Northwind",
            Slug = "northwind",
            LegalEntity = new LegalEntityInput { Type = "company", RegisteredName = "Northwind Ltd" },
            Email = "ahoy@northwind.example",
            Website = "https://northwind.example",
            AvatarUrl = "https://northwind.example/logo.png",
            Country = "NO",
            Socials = Socials(),
            Details = Details(),
            DefaultPresentmentCurrency = "nok",
            DefaultTaxBehavior = "location",
            FeatureSettings = Features(),
            SubscriptionSettings = Subscriptions(),
            CustomerEmailSettings = Emails(),
            CustomerPortalSettings = Portal(),
        };

    public static OrganizationUpdate OrganizationChange() =>
        new()
        {
            Name = "Northwind",
            DisputeSettings = new OrganizationDisputeSettings { AutoAcceptBelowAmount = 500 },
            EmbedHosts = ["shop.northwind.example"],
            SsoEnforced = false,
            Email = "ahoy@northwind.example",
            Website = "https://northwind.example",
            AvatarUrl = "https://northwind.example/logo.png",
            Country = "NO",
            Socials = Socials(),
            Details = Details(),
            DefaultPresentmentCurrency = "nok",
            DefaultTaxBehavior = "location",
            FeatureSettings = Features(),
            SubscriptionSettings = Subscriptions(),
            CustomerEmailSettings = Emails(),
            CustomerPortalSettings = Portal(),
        };

    private static List<OrganizationSocialLink> Socials() =>
        [new OrganizationSocialLink { Platform = "github", Url = "https://github.com/northwind" }];

    private static OrganizationDetailsInput Details() =>
        new()
        {
            ProductDescription = "Charts",
            SellingCategories = ["software"],
            PricingModels = ["one_time"],
            Switching = true,
            SwitchingFrom = "gumroad",
            About = "a",
            IntendedUse = "b",
            CustomerAcquisition = ["c"],
            FutureAnnualRevenue = 100000,
            PreviousAnnualRevenue = 0,
        };

    private static OrganizationFeatureSettings Features() =>
        new() { MemberModelEnabled = true, OverviewMetrics = ["revenue"] };

    private static OrganizationSubscriptionSettings Subscriptions() =>
        new()
        {
            AllowMultipleSubscriptions = true,
            ProrationBehavior = "prorate",
            BenefitRevocationGracePeriod = 3,
            PreventTrialAbuse = false,
            AllowCustomerUpdates = true,
        };

    private static OrganizationCustomerEmailSettings Emails() =>
        new() { OrderConfirmation = true, SubscriptionPaused = false };

    private static OrganizationCustomerPortalSettings Portal() =>
        new()
        {
            Usage = new PortalUsageSettings { Show = true },
            Subscription = new PortalSubscriptionSettings
            {
                UpdateSeats = true,
                UpdatePlan = false,
                UpdateUnits = true,
                Pause = false,
            },
            Customer = new PortalCustomerSettings { AllowEmailChange = true },
        };
}

/// <summary>Another culture for the length of a test.</summary>
internal sealed class Culture : System.IDisposable
{
    private readonly System.Globalization.CultureInfo _before = System.Globalization.CultureInfo.CurrentCulture;

    public Culture(string name) =>
        System.Globalization.CultureInfo.CurrentCulture = System.Globalization.CultureInfo.GetCultureInfo(name);

    public void Dispose() => System.Globalization.CultureInfo.CurrentCulture = _before;
}
