namespace PolarPS.Client.Models;

/// <summary>
/// Something that a buyer gets. One class for every type, which <see cref="Type"/> names. Inside a checkout link Polar sends
/// the public part only; the rest is null there.
/// </summary>
public sealed class Benefit : PolarObject, IDated, IHasMetadata
{
    /// <summary>The benefit's id, a UUID.</summary>
    public string? Id { get; set; }

    /// <summary>
    /// The kind: <c>custom</c>, <c>discord</c>, <c>github_repository</c>, <c>downloadables</c>, <c>license_keys</c>,
    /// <c>meter_credit</c>, <c>feature_flag</c>, <c>slack_shared_channel</c>, or one that came after this version.
    /// </summary>
    public string? Type { get; set; }

    /// <summary>What customers read.</summary>
    public string? Description { get; set; }

    /// <summary>Who sees it: <c>public</c>, <c>private</c> or <c>draft</c>. Null in a checkout link.</summary>
    public string? Visibility { get; set; }

    /// <summary>Whether its visibility can be changed. Null in a checkout link.</summary>
    public bool? VisibilityConfigurable { get; set; }

    /// <summary>Whether it can be added to a product.</summary>
    public bool? Selectable { get; set; }

    /// <summary>Whether it can be deleted.</summary>
    public bool? Deletable { get; set; }

    /// <summary>Whether it has been deleted; null in documents before 2026.</summary>
    public bool? IsDeleted { get; set; }

    /// <summary>What is special about its kind; null where Polar does not show it.</summary>
    public BenefitProperties? Properties { get; set; }

    /// <summary>Your own keys and values (string, long, double, bool). Null in a checkout link.</summary>
    public PolarMetadata? Metadata { get; set; }

    /// <summary>The id of the organization that offers it.</summary>
    public string? OrganizationId { get; set; }

    /// <summary>The organization that offers it, in short. In the customer portal only; else null.</summary>
    public Organization? Organization { get; set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it was last changed; null if never.</summary>
    public DateTimeOffset? ModifiedAt { get; set; }

    /// <summary>What customers read.</summary>
    /// <returns>The description, or the id where there is none.</returns>
    private protected override string Describe() => Description ?? Id ?? string.Empty;
}

/// <summary>What is special about each kind of benefit; properties of other kinds are null.</summary>
public sealed class BenefitProperties : PolarObject
{
    /// <summary><c>custom</c>: a note in Markdown that buyers see; null for none.</summary>
    public string? Note { get; set; }

    /// <summary><c>discord</c>: the server's id.</summary>
    public string? GuildId { get; set; }

    /// <summary><c>discord</c>: the id of the assigned role.</summary>
    public string? RoleId { get; set; }

    /// <summary><c>discord</c>: whether losing the benefit removes the member from the server.</summary>
    public bool? KickMember { get; set; }

    /// <summary><c>github_repository</c>: the owner of the repository.</summary>
    public string? RepositoryOwner { get; set; }

    /// <summary><c>github_repository</c>: the repository's name.</summary>
    public string? RepositoryName { get; set; }

    /// <summary><c>github_repository</c>: <c>pull</c>, <c>triage</c>, <c>push</c>, <c>maintain</c> or <c>admin</c>.</summary>
    public string? Permission { get; set; }

    /// <summary><c>downloadables</c>: the ids of the files.</summary>
    public PolarList<string>? Files { get; set; }

    /// <summary><c>downloadables</c>: the ids of the files that the customer may download. In the customer portal only; else null.</summary>
    public PolarList<string>? ActiveFiles { get; set; }

    /// <summary><c>downloadables</c>: for each file's id, whether it is withheld from new customers.</summary>
    public PolarDictionary<bool>? Archived { get; set; }

    /// <summary><c>license_keys</c>: what every key starts with; null for nothing.</summary>
    public string? Prefix { get; set; }

    /// <summary><c>license_keys</c>: how long a key is valid; null for no expiry.</summary>
    public LicenseKeyExpiration? Expires { get; set; }

    /// <summary><c>license_keys</c>: on how many devices a key may be active; null for no activation.</summary>
    public LicenseKeyActivationLimit? Activations { get; set; }

    /// <summary><c>license_keys</c>: how often a key may be used; null for no limit.</summary>
    public long? LimitUsage { get; set; }

    /// <summary><c>meter_credit</c>: how many units are credited.</summary>
    public long? Units { get; set; }

    /// <summary><c>meter_credit</c>: whether units left over go into the next period.</summary>
    public bool? Rollover { get; set; }

    /// <summary><c>meter_credit</c>: the id of the meter that is credited.</summary>
    public string? MeterId { get; set; }

    /// <summary><c>slack_shared_channel</c>: the id of the connected workspace.</summary>
    public string? SlackIntegrationId { get; set; }

    /// <summary><c>slack_shared_channel</c>: the pattern of a channel's name.</summary>
    public string? ChannelNameTemplate { get; set; }

    /// <summary><c>slack_shared_channel</c>: whether the channel is private.</summary>
    public bool? Private { get; set; }

    /// <summary><c>slack_shared_channel</c>: the first message; null for none.</summary>
    public string? WelcomeMessage { get; set; }

    /// <summary><c>slack_shared_channel</c>: whether losing the benefit archives the channel.</summary>
    public bool? ArchiveOnRevoke { get; set; }

    /// <summary><c>slack_shared_channel</c>: the ids of your own people who are invited.</summary>
    public PolarList<string>? TeamInvitees { get; set; }
}

/// <summary>How long a license key is valid.</summary>
public sealed class LicenseKeyExpiration : PolarObject
{
    /// <summary>How many units of <see cref="Timeframe"/>.</summary>
    public int? Ttl { get; set; }

    /// <summary><c>day</c>, <c>month</c> or <c>year</c>.</summary>
    public string? Timeframe { get; set; }

    /// <summary>The duration in words.</summary>
    /// <returns>Such as <c>1 year</c>.</returns>
    private protected override string Describe() => $"{Ttl} {Timeframe}";
}

/// <summary>On how many devices a license key may be active.</summary>
public sealed class LicenseKeyActivationLimit : PolarObject
{
    /// <summary>How many activations a key allows.</summary>
    public int? Limit { get; set; }

    /// <summary>Whether customers may end activations themselves.</summary>
    public bool? EnableCustomerAdmin { get; set; }

    /// <summary>The limit in words.</summary>
    /// <returns>Such as <c>3 activations</c>.</returns>
    private protected override string Describe() => $"{Limit} activations";
}
