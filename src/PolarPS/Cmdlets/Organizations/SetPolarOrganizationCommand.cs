namespace PolarPS.Commands;

/// <summary>Changes organizations: what is given, and nothing else. Operation organizations:update.</summary>
[Cmdlet(VerbsCommon.Set, "PolarOrganization", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(Organization))]
public sealed class SetPolarOrganizationCommand : SetPolarCmdlet<Organization, OrganizationUpdate>
{
    /// <summary>The ids of organizations, or organizations.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Organization)]
    [PolarId(typeof(Organization), Strict = true, Each = true)]
    [ArgumentCompleter(typeof(IdCompleter<Organization>))]
    [Alias("OrganizationId")]
    public string[] Id { get; set; } = [];

    /// <summary>The name that customers see.</summary>
    [Parameter]
    [ValidateLength(3, int.MaxValue)]
    [Field]
    public string? Name { get; set; }

    /// <summary>The address that customers can write to; $null for none.</summary>
    [Parameter]
    [AllowNull]
    [NullableText]
    [Field]
    public object? Email { get; set; }

    /// <summary>The website; $null for none.</summary>
    [Parameter]
    [AllowNull]
    [NullableText]
    [Field]
    public object? Website { get; set; }

    /// <summary>The address of the logo; $null for none.</summary>
    [Parameter]
    [AllowNull]
    [NullableText]
    [Field]
    public object? AvatarUrl { get; set; }

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

    /// <summary>All profiles elsewhere, such as @{ Platform = 'github'; Url = '...' }; empty for none.</summary>
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

    /// <summary>How subscriptions behave, as a hashtable; what it does not name stays.</summary>
    [Parameter]
    [SettingsTransformation(typeof(OrganizationSubscriptionSettings))]
    [ValidateNotNull]
    [Field]
    public IDictionary? SubscriptionSettings { get; set; }

    /// <summary>Which mails customers get, as a hashtable; what it does not name stays.</summary>
    [Parameter]
    [SettingsTransformation(typeof(OrganizationCustomerEmailSettings))]
    [ValidateNotNull]
    [Field]
    public IDictionary? CustomerEmailSettings { get; set; }

    /// <summary>What customers see and may do in their portal, as a hashtable; what it does not name stays.</summary>
    [Parameter]
    [SettingsTransformation(typeof(OrganizationCustomerPortalSettings))]
    [ValidateNotNull]
    [Field]
    public IDictionary? CustomerPortalSettings { get; set; }

    /// <summary>How disputes are handled, as a hashtable: @{ AutoAcceptBelowAmount = 500 } in US cents.</summary>
    [Parameter]
    [SettingsTransformation(typeof(OrganizationDisputeSettings))]
    [ValidateNotNull]
    [Field]
    public IDictionary? DisputeSettings { get; set; }

    /// <summary>All hosts on which the checkout may be embedded; empty for none.</summary>
    [Parameter]
    [AllowEmptyCollection]
    [Field]
    public string[]? EmbedHosts { get; set; }

    /// <summary>Requires members to sign in through single sign-on; with :$false it does not.</summary>
    [Parameter]
    [Field]
    public SwitchParameter SsoEnforced { get; set; }

    internal override string[] Ids => Id;

    internal override Task<Organization> UpdateAsync(
        PolarClient client,
        string id,
        OrganizationUpdate body,
        CancellationToken cancellationToken
    ) => client.Organizations.UpdateAsync(id, body, cancellationToken);

    // Polar replaces a group of settings as a whole, and would refuse or reset what is not there.
    internal override bool NeedsCurrent(string id, OrganizationUpdate body) =>
        FeatureSettings is not null
        || SubscriptionSettings is not null
        || CustomerEmailSettings is not null
        || CustomerPortalSettings is not null;

    // What is merged loses nothing.
    internal override bool SaysWhatGoes(RequestBody body) =>
        IsShown && (IsBound(nameof(Socials)) || IsBound(nameof(Details)) || IsBound(nameof(EmbedHosts)));

    internal override void Complete(Organization current, OrganizationUpdate body)
    {
        Merge(body, "feature_settings", FeatureSettings, current.FeatureSettings);
        Merge(body, "subscription_settings", SubscriptionSettings, current.SubscriptionSettings);
        Merge(body, "customer_email_settings", CustomerEmailSettings, current.CustomerEmailSettings);
        Merge(body, "customer_portal_settings", CustomerPortalSettings, current.CustomerPortalSettings);
    }

    private static void Merge(OrganizationUpdate body, string field, IDictionary? given, PolarObject? current)
    {
        if (given is not null)
        {
            body.SetField(field, Over(current?.ToFields(), (Dictionary<string, object?>)PlainValues.Of(given)!));
        }
    }

    private static Dictionary<string, object?> Over(
        Dictionary<string, object?>? current,
        Dictionary<string, object?> given
    )
    {
        var merged = current ?? [];
        foreach (var entry in given)
        {
            merged[entry.Key] = entry.Value is Dictionary<string, object?> inner
                ? Over(merged.TryGetValue(entry.Key, out var old) ? old as Dictionary<string, object?> : null, inner)
                : entry.Value;
        }

        return merged;
    }

    internal override Task<Organization> ReadAsync(
        PolarClient client,
        string id,
        CancellationToken cancellationToken
    ) => client.Organizations.GetAsync(id, cancellationToken);
}
