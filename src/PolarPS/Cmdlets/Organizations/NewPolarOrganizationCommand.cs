namespace PolarPS.Commands;

/// <summary>Creates an organization; needs a user's token. Operation organizations:create.</summary>
[Cmdlet(VerbsCommon.New, "PolarOrganization", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(Organization))]
public sealed class NewPolarOrganizationCommand : NewPolarCmdlet<Organization, OrganizationCreate>
{
    /// <summary>The name that customers see.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "What customers see, 3 characters or more")]
    [ValidateLength(3, int.MaxValue)]
    [Field]
    public string Name { get; set; } = string.Empty;

    /// <summary>The name in addresses.</summary>
    [Parameter(
        Mandatory = true,
        Position = 1,
        HelpMessage = "Lowercase letters, digits and single hyphens, 3 to 64, such as harbor-labs"
    )]
    [ValidateLength(3, 64)]
    [Field]
    public string Slug { get; set; } = string.Empty;

    /// <summary>Who is behind it, as a hashtable: @{ Type = 'company'; RegisteredName = '...' } or @{ Type = 'individual' }.</summary>
    [Parameter]
    [SettingsTransformation(typeof(LegalEntityInput))]
    [ValidateNotNull]
    [Field]
    public IDictionary? LegalEntity { get; set; }

    /// <summary>The address that customers can write to.</summary>
    [Parameter]
    [AllowNull]
    [Field]
    public string? Email { get; set; }

    /// <summary>The website.</summary>
    [Parameter]
    [AllowNull]
    [Field]
    public string? Website { get; set; }

    /// <summary>The address of the logo.</summary>
    [Parameter]
    [AllowNull]
    [Field]
    public string? AvatarUrl { get; set; }

    /// <summary>The country, as a two-letter ISO 3166 code.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CountryCompleter))]
    [ValidateNotNullOrEmpty]
    [Field]
    public string? Country { get; set; }

    /// <summary>The default currency of prices, as an ISO 4217 code.</summary>
    [Parameter]
    [CurrencyCode]
    [ArgumentCompleter(typeof(CurrencyCompleter))]
    [ValidateNotNullOrEmpty]
    [Field]
    public string? DefaultPresentmentCurrency { get; set; }

    /// <summary>The default tax behavior of prices.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TaxBehaviorCompleter))]
    [ValidateNotNullOrEmpty]
    [Field]
    public string? DefaultTaxBehavior { get; set; }

    /// <summary>All profiles elsewhere, such as @{ Platform = 'github'; Url = '...' }.</summary>
    [Parameter]
    [ValidateNotNull]
    [AllowEmptyCollection]
    [Field]
    public OrganizationSocialLink[]? Socials { get; set; }

    /// <summary>What Polar asks for its review, as a hashtable.</summary>
    [Parameter]
    [SettingsTransformation(typeof(OrganizationDetailsInput))]
    [ValidateNotNull]
    [Field]
    public IDictionary? Details { get; set; }

    /// <summary>Features to switch, as a hashtable.</summary>
    [Parameter]
    [SettingsTransformation(typeof(OrganizationFeatureSettings))]
    [ValidateNotNull]
    [Field]
    public IDictionary? FeatureSettings { get; set; }

    /// <summary>How subscriptions behave, as a hashtable; all of it is needed.</summary>
    [Parameter]
    [SettingsTransformation(typeof(OrganizationSubscriptionSettings))]
    [ValidateNotNull]
    [Field]
    public IDictionary? SubscriptionSettings { get; set; }

    /// <summary>Which mails customers get, as a hashtable; all of it is needed.</summary>
    [Parameter]
    [SettingsTransformation(typeof(OrganizationCustomerEmailSettings))]
    [ValidateNotNull]
    [Field]
    public IDictionary? CustomerEmailSettings { get; set; }

    /// <summary>What customers see and may do in their portal, as a hashtable; all of it is needed.</summary>
    [Parameter]
    [SettingsTransformation(typeof(OrganizationCustomerPortalSettings))]
    [ValidateNotNull]
    [Field]
    public IDictionary? CustomerPortalSettings { get; set; }

    internal override string NewName => Name;

    internal override Task<Organization> CreateAsync(
        PolarClient client,
        OrganizationCreate body,
        CancellationToken cancellationToken
    ) => client.Organizations.CreateAsync(body, cancellationToken);
}
