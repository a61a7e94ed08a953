namespace PolarPS.Client.Models;

/// <summary>The properties of an organization that can be set on creation and later.</summary>
public abstract class OrganizationFields : RequestBody
{
    private protected OrganizationFields() { }

    /// <summary>The name that customers see; at least 3 characters.</summary>
    public string? Name
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The address that customers can write to; null for none.</summary>
    public string? Email
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The website; null for none.</summary>
    public string? Website
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The address of the logo; null for none.</summary>
    public string? AvatarUrl
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The two-letter ISO 3166 code of its country.</summary>
    public string? Country
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>All its profiles elsewhere.</summary>
    public IReadOnlyList<OrganizationSocialLink>? Socials
    {
        get => Get<IReadOnlyList<OrganizationSocialLink>?>();
        set => Set(value);
    }

    /// <summary>What Polar asks for its review.</summary>
    public OrganizationDetailsInput? Details
    {
        get => Get<OrganizationDetailsInput?>();
        set => Set(value);
    }

    /// <summary>The currency that prices are shown in unless they say otherwise, as a lower-case ISO 4217 code.</summary>
    public string? DefaultPresentmentCurrency
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>How tax relates to prices that do not say: <c>inclusive</c>, <c>exclusive</c> or <c>location</c>.</summary>
    public string? DefaultTaxBehavior
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>Features to switch: members, checkout localization, overview metrics. Polar ignores the others.</summary>
    public OrganizationFeatureSettings? FeatureSettings
    {
        get => Get<OrganizationFeatureSettings?>();
        set => Set(value);
    }

    /// <summary>How subscriptions behave; Polar needs all of it.</summary>
    public OrganizationSubscriptionSettings? SubscriptionSettings
    {
        get => Get<OrganizationSubscriptionSettings?>();
        set => Set(value);
    }

    /// <summary>Which emails customers receive; Polar needs all of it.</summary>
    public OrganizationCustomerEmailSettings? CustomerEmailSettings
    {
        get => Get<OrganizationCustomerEmailSettings?>();
        set => Set(value);
    }

    /// <summary>What customers see and may do in their portal; Polar needs all of it.</summary>
    public OrganizationCustomerPortalSettings? CustomerPortalSettings
    {
        get => Get<OrganizationCustomerPortalSettings?>();
        set => Set(value);
    }
}

/// <summary>The properties of a new organization. <see cref="OrganizationFields.Name"/> and <see cref="Slug"/> are needed, and a user's token.</summary>
public sealed class OrganizationCreate : OrganizationFields
{
    /// <summary>The name in addresses; 3 to 64 characters.</summary>
    public string? Slug
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>Its legal entity: a person or a company; null to set it later.</summary>
    public LegalEntityInput? LegalEntity
    {
        get => Get<LegalEntityInput?>();
        set => Set(value);
    }
}

/// <summary>What to change of an organization; only what is set is changed.</summary>
public sealed class OrganizationUpdate : OrganizationFields
{
    /// <summary>How disputes are handled.</summary>
    public OrganizationDisputeSettings? DisputeSettings
    {
        get => Get<OrganizationDisputeSettings?>();
        set => Set(value);
    }

    /// <summary>All hosts on which the checkout may be embedded.</summary>
    public IReadOnlyList<string>? EmbedHosts
    {
        get => Get<IReadOnlyList<string>?>();
        set => Set(value);
    }

    /// <summary>Whether members must sign in through single sign-on.</summary>
    public bool? SsoEnforced
    {
        get => Get<bool?>();
        set => Set(value);
    }
}

/// <summary>Who is behind an organization.</summary>
public sealed class LegalEntityInput : RequestBody
{
    /// <summary><c>individual</c> or <c>company</c>.</summary>
    public string? Type
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The registered name of a company.</summary>
    public string? RegisteredName
    {
        get => Get<string?>();
        set => Set(value);
    }
}

/// <summary>What Polar asks for its review of an organization.</summary>
public sealed class OrganizationDetailsInput : RequestBody
{
    /// <summary>What it sells.</summary>
    public string? ProductDescription
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The categories of what it sells.</summary>
    public IReadOnlyList<string>? SellingCategories
    {
        get => Get<IReadOnlyList<string>?>();
        set => Set(value);
    }

    /// <summary>How it prices.</summary>
    public IReadOnlyList<string>? PricingModels
    {
        get => Get<IReadOnlyList<string>?>();
        set => Set(value);
    }

    /// <summary>Whether it comes from another platform.</summary>
    public bool? Switching
    {
        get => Get<bool?>();
        set => Set(value);
    }

    /// <summary>From which: <c>paddle</c>, <c>lemon_squeezy</c>, <c>gumroad</c>, <c>stripe</c>, <c>other</c>.</summary>
    public string? SwitchingFrom
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>Deprecated by Polar: about the organization.</summary>
    public string? About
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>Deprecated by Polar: what it means to use Polar for.</summary>
    public string? IntendedUse
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>Deprecated by Polar: how it finds customers.</summary>
    public IReadOnlyList<string>? CustomerAcquisition
    {
        get => Get<IReadOnlyList<string>?>();
        set => Set(value);
    }

    /// <summary>Deprecated by Polar: expected yearly revenue.</summary>
    public long? FutureAnnualRevenue
    {
        get => Get<long?>();
        set => Set(value);
    }

    /// <summary>Deprecated by Polar: last year's revenue.</summary>
    public long? PreviousAnnualRevenue
    {
        get => Get<long?>();
        set => Set(value);
    }
}
