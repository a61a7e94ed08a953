using System.Reflection;
using System.Text.Json.Nodes;
using PolarPS.Client.Tests.Emulator;
using PolarPS.Emulator;
using Xunit;

namespace PolarPS.Client.Tests.Conformance;

/// <summary>
/// The values that completers offer and the emulator takes, held to the description. The lists of src/Shared/KnownValues are found by
/// themselves, so that each has to have a row here.
/// </summary>
public class KnownValueTests
{
    private static readonly BindingFlags Shared = BindingFlags.Static | BindingFlags.Public;

    private static readonly Row[] Rows =
    [
        new("BenefitValues.ExpirationUnit", "BenefitLicenseKeyExpirationProperties.timeframe"),
        new("BenefitValues.GrantSort", "benefit-grants:list?sorting"),
        new("BenefitValues.LicenseKeyStatus", "LicenseKeyStatus"),
        new("BenefitValues.PortalGrantSort", "customer_portal:benefit-grants:list?sorting"),
        new(
            "BenefitValues.RepositoryPermission",
            "BenefitGitHubRepositoryCreateProperties.permission",
            "BenefitGitHubRepositoryProperties.permission",
            "BenefitGrantGitHubRepositoryProperties.permission"
        ),
        new("BenefitValues.Sort", "benefits:list?sorting"),
        new("BenefitValues.Type", "BenefitType", "benefits:list?type", "customer_portal:benefit-grants:list?type"),
        new("CatalogueValues.BillingType", "ProductBillingType", "orders:list?product_billing_type"),
        new("CatalogueValues.CommonCurrency", "PresentmentCurrency")
        {
            IsPart = true,
            Reason = "Of more than a hundred, those that are used most; others are taken too.",
        },
        new("CatalogueValues.CustomFieldSort", "custom-fields:list?sorting"),
        new("CatalogueValues.CustomFieldType", "CustomFieldType", "custom-fields:list?type"),
        new("CatalogueValues.DiscountDuration", "DiscountDuration"),
        new("CatalogueValues.DiscountSort", "discounts:list?sorting"),
        new("CatalogueValues.DiscountType", "DiscountType"),
        new("CatalogueValues.Interval", "RecurringInterval", "TrialInterval"),
        new("CatalogueValues.ProductSort", "products:list?sorting"),
        new("CatalogueValues.TaxBehavior", "TaxBehaviorOption"),
        new("CatalogueValues.TaxBehavior", "TaxBehavior")
        {
            More = ["location"],
            Reason = "What came of it for an order; what depends on the place is decided by then.",
        },
        new("CatalogueValues.TierType", "TierType", "SeatTierType"),
        new("CatalogueValues.Visibility", "ProductVisibility", "BenefitVisibility", "products:list?visibility"),
        new("CountryValues.All", "AddressInput.country", "OrganizationCreate.country", "OrganizationUpdate.country"),
        new("CountryValues.Common", "AddressInput.country")
        {
            IsPart = true,
            Reason = "Of some two hundred, those that are used most; others are taken too.",
        },
        new("CustomerValues.CommonLocale", "CustomerIndividualCreate.locale")
        {
            IsFree = true,
            Reason = "The API takes any language tag.",
        },
        new("CustomerValues.MemberRole", "MemberRole", "customers:members:list?role"),
        new("CustomerValues.MemberSort", "customers:members:list?sorting"),
        new("CustomerValues.NewMemberRole", "MemberCreateFromCustomer.role"),
        new("CustomerValues.Sort", "customers:list?sorting"),
        new("CustomerValues.Type", "CustomerType"),
        new("CustomerValues.WalletSort", "customer_portal:wallets:list?sorting"),
        new("WebhookValues.ApiVersion", "ApiVersion"),
        new("OAuthValues.ClientAuthentication", "OAuth2ClientConfiguration.token_endpoint_auth_method"),
        new("OAuthValues.ClientGrantType", "OAuth2ClientConfiguration.grant_types"),
        new("WebhookValues.DeliveryCodeClass", "webhooks:list_webhook_deliveries?http_code_class"),
        new("FileValues.FileService", "FileServiceTypes"),
        new("OrganizationValues.FormerPlatform", "OrganizationDetails.switching_from"),
        new("OrganizationValues.OrganizationSort", "organizations:list?sorting"),
        new("OrganizationValues.SocialPlatform", "OrganizationSocialPlatforms"),
        new("OAuthValues.TokenSubject", "SubType"),
        new("OAuthValues.TokenTypeHint", "IntrospectTokenRequest.token_type_hint"),
        new("WebhookValues.WebhookEventType", "WebhookEventType"),
        new("WebhookValues.WebhookFormat", "WebhookFormat"),
        new("CheckoutValues.CheckoutLinkSort", "checkout-links:list?sorting"),
        new("CheckoutValues.CheckoutSort", "checkouts:list?sorting"),
        new("CheckoutValues.CheckoutStatus", "CheckoutStatus", "checkouts:list?status"),
        new("OrderValues.DisputeSort", "disputes:list?sorting"),
        new("OrderValues.DisputeStatus", "DisputeStatus", "disputes:list?status"),
        new("OrderValues.OrderColumn", "orders:export?columns"),
        new("OrderValues.OrderSort", "orders:list?sorting"),
        new("OrderValues.OrderStatus", "OrderStatus", "orders:list?status"),
        new("OrderValues.PaymentMethodName", "payments:list?method")
        {
            IsFree = true,
            Reason = "The API takes any text; these are the ones that buyers see.",
        },
        new("OrderValues.PaymentSort", "payments:list?sorting"),
        new("OrderValues.PaymentStatus", "PaymentStatus", "payments:list?status"),
        new("PortalValues.PortalOrderSort", "customer_portal:orders:list?sorting"),
        new("OrderValues.RefundReason", "RefundCreate.reason"),
        new("OrderValues.RefundReason", "RefundReason")
        {
            Less = ["dispute_prevention"],
            Reason = "Polar's own refunds have it. A new refund may not, and no list is filtered by the reason.",
        },
        new("OrderValues.RefundSort", "refunds:list?sorting"),
        new("SubscriptionValues.CancellationReason", "CustomerCancellationReason"),
        new("SubscriptionValues.Column", "subscriptions:export?columns"),
        new("SubscriptionValues.PortalSort", "customer_portal:subscriptions:list?sorting"),
        new("SubscriptionValues.ProrationBehavior", "SubscriptionProrationBehavior"),
        new("SubscriptionValues.Sort", "subscriptions:list?sorting"),
        new("SubscriptionValues.Status", "SubscriptionStatus", "subscriptions:list?status"),
        new("SubscriptionValues.UsualProrationBehavior", "OrganizationSubscriptionSettings.proration_behavior"),
        new("UsageValues.Aggregation", "AggregationFunction", "meters:quantities?customer_aggregation_function"),
        new("UsageValues.CustomerMeterSort", "customer_meters:list?sorting"),
        new("UsageValues.EventNameSort", "events:list_names?sorting"),
        new("UsageValues.EventSort", "events:list?sorting"),
        new("UsageValues.EventTypeSort", "event-types:list?sorting"),
        new("UsageValues.EventSource", "EventSource", "events:list?source"),
        new("UsageValues.FilterConjunction", "FilterConjunction"),
        new("UsageValues.FilterOperator", "FilterOperator"),
        new("UsageValues.MeterSort", "meters:list?sorting"),
        new("UsageValues.MeterUnit", "MeterUnit"),
        new("UsageValues.PortalMeterSort", "customer_portal:customer_meters:list?sorting"),
        new("UsageValues.TimeInterval", "TimeInterval", "metrics:get?interval", "meters:quantities?interval"),
    ];

    public static TheoryData<string, string> Places
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var row in Rows)
            {
                foreach (var place in row.Places)
                {
                    cases.Add(row.List, place);
                }
            }

            return cases;
        }
    }

    [Fact]
    public void EachListHasARow() =>
        Assert.Equal(
            Lists().Select(static list => list.Key).Order(StringComparer.Ordinal),
            Rows.Select(static row => row.List).Distinct().Order(StringComparer.Ordinal)
        );

    [Fact]
    public void EachDifferenceHasAReason() =>
        Assert.All(Rows, static row => Assert.Equal(row.IsExact, row.Reason.Length == 0));

    [Fact]
    public void NoListNamesAValueTwice() => Assert.All(Lists().Values, static list => Assert.Distinct(list));

    [Fact]
    public void WhatIsOfferedFirstIsInTheList() =>
        Assert.All(Lists().Values, static list => Assert.Equal(list.Order(), list.Offered.Select(Value).Order()));

    [DescribedTheory]
    [MemberData(nameof(Places))]
    public void IsAsTheDescriptionSays(string name, string place)
    {
        var row = Rows.Single(row => row.List == name && row.Places.Contains(place));
        var list = Lists()[name];
        var described = Described(place);
        if (row.IsFree)
        {
            Assert.Null(described);
        }
        else if (row.IsPart)
        {
            Assert.Subset(described!.ToHashSet(), list.ToHashSet());
            Assert.True(list.Count < described!.Count, "It is the whole list.");
        }
        else
        {
            // What is said to be missing, or to be more, has to be so.
            Assert.Subset(described!.ToHashSet(), row.Less.ToHashSet());
            Assert.Subset(list.ToHashSet(), row.More.ToHashSet());
            Assert.Equal(described!.Except(row.Less), list.Except(row.More));
        }
    }

    /// <summary>Lists that stand with more than a text to each value, once too, but where that is.</summary>
    [DescribedFact]
    public void TheEmulatorsTablesAreAsTheDescriptionSays()
    {
        Assert.Equal(Described("PresentmentCurrency"), Currencies.Codes);
        Assert.Equal(
            Described("Scope")!.Order(StringComparer.Ordinal),
            EmulatorScopes.All.Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("orders", "OrderValues.OrderColumn")]
    [InlineData("subscriptions", "SubscriptionValues.Column")]
    public async Task TheEmulatorExportsEachColumn(string kind, string name)
    {
        var columns = Lists()[name];
        using var shop = new Shop();
        var answer = await shop.Get(
            $"/v1/{kind}/export?" + string.Join('&', columns.Select(column => "columns=" + column))
        );
        Assert.Equal(200, answer.Status);
        var header = (await answer.Message.Content.ReadAsStringAsync()).Split('\n')[0];
        Assert.Equal(columns.Count, header.Split(',').Distinct().Count());
    }

    private static string Value(KnownValue known) => known.Value;

    private static Dictionary<string, KnownList> Lists() =>
        typeof(KnownList)
            .Assembly.GetTypes()
            .Where(static type => type.Namespace == typeof(KnownList).Namespace)
            .SelectMany(static type => type.GetProperties(Shared))
            .Where(static property => property.PropertyType == typeof(KnownList))
            .ToDictionary(
                static property => $"{property.DeclaringType!.Name}.{property.Name}",
                static property => (KnownList)property.GetValue(null)!
            );

    // A schema, a field of one ("RefundCreate.reason") or a parameter of an operation ("orders:list?status"). A sort field is described
    // in both directions; null where any text is taken.
    private static List<string>? Described(string place)
    {
        var description = ApiDescription.Instance;
        JsonNode schema;
        if (place.Split('?') is [var operation, var parameter])
        {
            schema = description[operation].Parameters.Single(item => item.Name == parameter).Schema;
        }
        else
        {
            var parts = place.Split('.');
            schema = new JsonObject { ["$ref"] = "#/components/schemas/" + parts[0] };
            foreach (var field in parts.Skip(1))
            {
                schema = description.Resolve(schema)["properties"]![field]!;
            }
        }

        return Values(schema)?.Where(static value => !value.StartsWith('-')).Distinct().ToList();
    }

    private static IEnumerable<string>? Values(JsonNode schema)
    {
        var resolved = ApiDescription.Instance.Resolve(schema);
        if (resolved["enum"] is JsonArray values)
        {
            return values.Select(static value => value!.GetValue<string>());
        }

        return resolved["items"] is { } item
            ? Values(item)
            : resolved["anyOf"]?.AsArray().Select(branch => Values(branch!)).FirstOrDefault(found => found is not null);
    }

    /// <summary>What a list stands for.</summary>
    private sealed record Row(string List, params string[] Places)
    {
        /// <summary>What the description has and the list has not.</summary>
        public string[] Less { get; init; } = [];

        /// <summary>What the list has and the description has not.</summary>
        public string[] More { get; init; } = [];

        /// <summary>Whether the list is a choice of what is described.</summary>
        public bool IsPart { get; init; }

        /// <summary>Whether nothing is described.</summary>
        public bool IsFree { get; init; }

        /// <summary>Why it differs; empty where it does not.</summary>
        public string Reason { get; init; } = string.Empty;

        public bool IsExact => Less.Length + More.Length == 0 && !IsPart && !IsFree;
    }
}
