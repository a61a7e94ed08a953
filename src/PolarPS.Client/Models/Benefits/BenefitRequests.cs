namespace PolarPS.Client.Models;

/// <summary>The properties of a benefit that can be set on creation and later.</summary>
public abstract class BenefitFields : RequestBody
{
    private protected BenefitFields() { }

    /// <summary>
    /// The kind: <c>custom</c>, <c>discord</c>, <c>github_repository</c>, <c>downloadables</c>, <c>license_keys</c>,
    /// <c>meter_credit</c>, <c>feature_flag</c>, <c>slack_shared_channel</c>. It cannot change.
    /// </summary>
    public string? Type
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>What customers read; 3 to 42 characters.</summary>
    public string? Description
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>
    /// Who sees it: <c>public</c>, <c>private</c> or <c>draft</c>; null for the default. It cannot be changed for every type.
    /// </summary>
    public string? Visibility
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>What is special about its kind, whole; empty where nothing is.</summary>
    public BenefitPropertiesInput? Properties
    {
        get => Get<BenefitPropertiesInput?>();
        set => Set(value);
    }

    /// <summary>
    /// Your own keys and values: at most 50 keys of 1 to 40 characters; strings of 1 to 500 characters, numbers, booleans.
    /// Replaces what is stored.
    /// </summary>
    public IDictionary<string, object?>? Metadata
    {
        get => Get<IDictionary<string, object?>?>();
        set => Set(value);
    }
}

/// <summary>The properties of a new benefit. Type, description and properties are needed.</summary>
public sealed class BenefitCreate : BenefitFields
{
    /// <summary>The organization that offers it. Needed with a user's token, refused with an organization's.</summary>
    public string? OrganizationId
    {
        get => Get<string?>();
        set => Set(value);
    }
}

/// <summary>
/// What to change of a benefit; only what is set is changed. <see cref="BenefitFields.Type"/> is always needed.
/// </summary>
public sealed class BenefitUpdate : BenefitFields;

/// <summary>What is special about each kind of benefit; set what belongs to the kind.</summary>
public sealed class BenefitPropertiesInput : RequestBody
{
    /// <summary>
    /// <c>custom</c>: a note in Markdown that buyers see; null for none. An update of a custom benefit's properties needs
    /// it.
    /// </summary>
    public string? Note
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary><c>discord</c>: the server's id.</summary>
    public string? GuildId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary><c>discord</c>: the id of the assigned role.</summary>
    public string? RoleId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary><c>discord</c>: whether losing the benefit removes the member from the server.</summary>
    public bool? KickMember
    {
        get => Get<bool?>();
        set => Set(value);
    }

    /// <summary><c>github_repository</c>: the owner of the repository.</summary>
    public string? RepositoryOwner
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary><c>github_repository</c>: the repository's name.</summary>
    public string? RepositoryName
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary><c>github_repository</c>: <c>pull</c>, <c>triage</c>, <c>push</c>, <c>maintain</c> or <c>admin</c>.</summary>
    public string? Permission
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary><c>downloadables</c>: the ids of the files, at least one.</summary>
    public IReadOnlyList<string>? Files
    {
        get => Get<IReadOnlyList<string>?>();
        set => Set(value);
    }

    /// <summary><c>downloadables</c>: for each file's id, whether it is withheld from new customers.</summary>
    public IDictionary<string, bool>? Archived
    {
        get => Get<IDictionary<string, bool>?>();
        set => Set(value);
    }

    /// <summary><c>license_keys</c>: what every key starts with; null for nothing.</summary>
    public string? Prefix
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary><c>license_keys</c>: how long a key is valid; null for no expiry.</summary>
    public LicenseKeyExpiration? Expires
    {
        get => Get<LicenseKeyExpiration?>();
        set => Set(value);
    }

    /// <summary><c>license_keys</c>: on how many devices a key may be active; null for no activation.</summary>
    public LicenseKeyActivationLimit? Activations
    {
        get => Get<LicenseKeyActivationLimit?>();
        set => Set(value);
    }

    /// <summary><c>license_keys</c>: how often a key may be used; null for no limit.</summary>
    public int? LimitUsage
    {
        get => Get<int?>();
        set => Set(value);
    }

    /// <summary><c>meter_credit</c>: how many units are credited.</summary>
    public int? Units
    {
        get => Get<int?>();
        set => Set(value);
    }

    /// <summary><c>meter_credit</c>: whether units left over go into the next period.</summary>
    public bool? Rollover
    {
        get => Get<bool?>();
        set => Set(value);
    }

    /// <summary><c>meter_credit</c>: the id of the meter that is credited.</summary>
    public string? MeterId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary><c>slack_shared_channel</c>: the id of the connected workspace.</summary>
    public string? SlackIntegrationId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary><c>slack_shared_channel</c>: the pattern of a channel's name; 1 to 80 characters.</summary>
    public string? ChannelNameTemplate
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary><c>slack_shared_channel</c>: whether the channel is private.</summary>
    public bool? Private
    {
        get => Get<bool?>();
        set => Set(value);
    }

    /// <summary><c>slack_shared_channel</c>: the first message, at most 4000 characters; null for none.</summary>
    public string? WelcomeMessage
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary><c>slack_shared_channel</c>: whether losing the benefit archives the channel.</summary>
    public bool? ArchiveOnRevoke
    {
        get => Get<bool?>();
        set => Set(value);
    }

    /// <summary><c>slack_shared_channel</c>: the ids of your own people who are invited.</summary>
    public IReadOnlyList<string>? TeamInvitees
    {
        get => Get<IReadOnlyList<string>?>();
        set => Set(value);
    }
}
