namespace PolarPS.Client.Models;

/// <summary>
/// That a customer has a benefit, or had it. The same class serves the grants within a customer's state, where Polar sends
/// fewer fields.
/// </summary>
public sealed class BenefitGrant : PolarObject, IDated
{
    /// <summary>The grant's id, a UUID.</summary>
    public string? Id { get; set; }

    /// <summary>
    /// Whether the customer has the benefit. Neither this nor <see cref="IsRevoked"/>: something is awaited, such as a
    /// linked account.
    /// </summary>
    public bool? IsGranted { get; set; }

    /// <summary>Whether the benefit was revoked.</summary>
    public bool? IsRevoked { get; set; }

    /// <summary>When it was granted; null if not yet.</summary>
    public DateTimeOffset? GrantedAt { get; set; }

    /// <summary>When it was revoked; null if it was not.</summary>
    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>Why granting failed; null if it did not.</summary>
    public BenefitGrantError? Error { get; set; }

    /// <summary>The id of the benefit.</summary>
    public string? BenefitId { get; set; }

    /// <summary>The benefit. Null within a customer's state.</summary>
    public Benefit? Benefit { get; set; }

    /// <summary>The benefit's kind, within a customer's state only; else see <see cref="Benefit"/>.</summary>
    public string? BenefitType { get; set; }

    /// <summary>The benefit's keys and values, within a customer's state only; else see <see cref="Benefit"/>.</summary>
    public PolarMetadata? BenefitMetadata { get; set; }

    /// <summary>The result, by the type of the benefit.</summary>
    public BenefitGrantProperties? Properties { get; set; }

    /// <summary>What it was before, in webhooks only; null elsewhere.</summary>
    public BenefitGrantProperties? PreviousProperties { get; set; }

    /// <summary>The id of the customer. Null within a customer's state.</summary>
    public string? CustomerId { get; set; }

    /// <summary>The customer. Null within a customer's state.</summary>
    public Customer? Customer { get; set; }

    /// <summary>The id of the member who has it; null for the customer as such.</summary>
    public string? MemberId { get; set; }

    /// <summary>The member who has it; null for the customer as such.</summary>
    public Member? Member { get; set; }

    /// <summary>The id of the subscription it came with; null for another way.</summary>
    public string? SubscriptionId { get; set; }

    /// <summary>The id of the order it came with; null for another way.</summary>
    public string? OrderId { get; set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it was last changed; null if never.</summary>
    public DateTimeOffset? ModifiedAt { get; set; }

    /// <summary>The benefit and who has it.</summary>
    /// <returns>Such as <c>Pro license: ana@example.com</c>.</returns>
    private protected override string Describe() =>
        Customer is null
            ? $"{Benefit?.ToString() ?? BenefitType ?? BenefitId ?? Id}"
            : $"{Benefit?.ToString() ?? BenefitId}: {Customer}";
}

/// <summary>What came of granting each kind of benefit; properties of other kinds are null.</summary>
public sealed class BenefitGrantProperties : PolarObject
{
    /// <summary><c>discord</c>, <c>github_repository</c>: the customer's account there; null while none is linked.</summary>
    public string? AccountId { get; set; }

    /// <summary><c>discord</c>, <c>github_repository</c>: the account that was let in.</summary>
    public string? GrantedAccountId { get; set; }

    /// <summary><c>discord</c>: the server's id.</summary>
    public string? GuildId { get; set; }

    /// <summary><c>discord</c>: the id of the assigned role.</summary>
    public string? RoleId { get; set; }

    /// <summary><c>github_repository</c>: the owner of the repository.</summary>
    public string? RepositoryOwner { get; set; }

    /// <summary><c>github_repository</c>: the repository's name.</summary>
    public string? RepositoryName { get; set; }

    /// <summary><c>github_repository</c>: <c>pull</c>, <c>triage</c>, <c>push</c>, <c>maintain</c> or <c>admin</c>.</summary>
    public string? Permission { get; set; }

    /// <summary><c>downloadables</c>: the ids of the files.</summary>
    public PolarList<string>? Files { get; set; }

    /// <summary><c>license_keys</c>: the id of the key.</summary>
    public string? LicenseKeyId { get; set; }

    /// <summary><c>license_keys</c>: the end of the key, the rest as asterisks.</summary>
    public string? DisplayKey { get; set; }

    /// <summary><c>license_keys</c>: the key that the customer provided; null for one that Polar generated.</summary>
    public string? UserProvidedKey { get; set; }

    /// <summary><c>slack_shared_channel</c>: the email address that was invited.</summary>
    public string? InvitedEmail { get; set; }

    /// <summary><c>slack_shared_channel</c>: the channel's id.</summary>
    public string? ChannelId { get; set; }

    /// <summary><c>slack_shared_channel</c>: the channel's name.</summary>
    public string? ChannelName { get; set; }

    /// <summary><c>slack_shared_channel</c>: the invitation's id.</summary>
    public string? InviteId { get; set; }

    /// <summary><c>slack_shared_channel</c>: the address to accept the invitation.</summary>
    public string? InviteUrl { get; set; }

    /// <summary><c>slack_shared_channel</c>: the id of the workspace that accepted.</summary>
    public string? ConnectedTeamId { get; set; }

    /// <summary><c>meter_credit</c>: the id of the meter that was credited last.</summary>
    public string? LastCreditedMeterId { get; set; }

    /// <summary><c>meter_credit</c>: how many units were credited last.</summary>
    public long? LastCreditedUnits { get; set; }

    /// <summary><c>meter_credit</c>: when that was, as the text that Polar keeps.</summary>
    public string? LastCreditedAt { get; set; }

    /// <summary>What names it best; never a whole key or a login link.</summary>
    /// <returns>Such as <c>****-9F2C1A</c> or <c>owner/repository</c>; empty where there is nothing to name.</returns>
    private protected override string Describe() =>
        DisplayKey
        ?? (RepositoryName is null ? null : $"{RepositoryOwner}/{RepositoryName}")
        ?? ChannelName
        ?? InvitedEmail
        ?? GrantedAccountId
        ?? AccountId
        ?? (LastCreditedUnits is long units ? $"{units.ToString(CultureInfo.InvariantCulture)} units" : null)
        ?? Files?.ToString()
        ?? string.Empty;
}

/// <summary>Why granting a benefit failed.</summary>
public sealed class BenefitGrantError : PolarObject
{
    /// <summary>What happened.</summary>
    public string? Message { get; set; }

    /// <summary>The kind of failure.</summary>
    public string? Type { get; set; }

    /// <summary>When it happened, as the text that Polar keeps.</summary>
    public string? Timestamp { get; set; }

    /// <summary>What happened.</summary>
    /// <returns>The message, or the kind where there is none.</returns>
    private protected override string Describe() => Message ?? Type ?? string.Empty;
}
