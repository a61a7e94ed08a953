namespace PolarPS.Commands;

/// <summary>Creates a benefit; one parameter set for each kind. Operation benefits:create.</summary>
[Cmdlet(
    VerbsCommon.New,
    "PolarBenefit",
    DefaultParameterSetName = BenefitKinds.Custom,
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium
)]
[OutputType(typeof(Benefit))]
public sealed class NewPolarBenefitCommand : NewOwnedCmdlet<Benefit, BenefitCreate>
{
    private PipedFiles? _files;

    /// <summary>What customers read, on the product and in the portal; 3 to 42 characters.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "What customers read on the product, 3 to 42 characters")]
    [ValidateLength(3, 42)]
    [Field]
    public string Description { get; set; } = string.Empty;

    /// <summary>A note in Markdown that customers who have the benefit can read.</summary>
    [Parameter(ParameterSetName = BenefitKinds.Custom)]
    [AllowNull]
    [AllowEmptyString]
    [Field("properties.note")]
    public string? Note { get; set; }

    /// <summary>The Discord server's id.</summary>
    [Parameter(ParameterSetName = BenefitKinds.Discord, Mandatory = true, HelpMessage = "Id of a Discord server")]
    [ValidateNotNullOrEmpty]
    [Field("properties.guild_id")]
    public string GuildId { get; set; } = string.Empty;

    /// <summary>The id of the role that is given on that server.</summary>
    [Parameter(
        ParameterSetName = BenefitKinds.Discord,
        Mandatory = true,
        HelpMessage = "Id of a role on the Discord server"
    )]
    [ValidateNotNullOrEmpty]
    [Field("properties.role_id")]
    public string RoleId { get; set; } = string.Empty;

    /// <summary>Removes members who lose the benefit from the server.</summary>
    [Parameter(ParameterSetName = BenefitKinds.Discord)]
    [Field("properties.kick_member")]
    public SwitchParameter KickMember { get; set; }

    /// <summary>The owner of the repository on GitHub.</summary>
    [Parameter(
        ParameterSetName = BenefitKinds.GitHubRepository,
        Mandatory = true,
        HelpMessage = "User or organization on GitHub that has the repository"
    )]
    [ValidateNotNullOrEmpty]
    [Field("properties.repository_owner")]
    public string RepositoryOwner { get; set; } = string.Empty;

    /// <summary>The repository's name.</summary>
    [Parameter(
        ParameterSetName = BenefitKinds.GitHubRepository,
        Mandatory = true,
        HelpMessage = "Name of the repository on GitHub, without its owner"
    )]
    [ValidateNotNullOrEmpty]
    [Field("properties.repository_name")]
    public string RepositoryName { get; set; } = string.Empty;

    /// <summary>What customers may do in the repository; pull is to read.</summary>
    [Parameter(
        ParameterSetName = BenefitKinds.GitHubRepository,
        Mandatory = true,
        HelpMessage = "pull, triage, push, maintain or admin"
    )]
    [ArgumentCompleter(typeof(RepositoryPermissionCompleter))]
    [ValidateNotNullOrEmpty]
    [Field("properties.permission")]
    public string Permission { get; set; } = string.Empty;

    /// <summary>The files to download, or their ids; all that are piped make one benefit.</summary>
    [Parameter(
        ParameterSetName = BenefitKinds.Downloadables,
        Mandatory = true,
        ValueFromPipeline = true,
        HelpMessage = HelpMessages.File
    )]
    [PolarId(typeof(PolarFile))]
    [ArgumentCompleter(typeof(IdCompleter<PolarFile>))]
    [ValidateNotNullOrEmpty]
    [Alias("FileId")]
    [Field("properties.files")]
    public string[] File { get; set; } = [];

    /// <summary>Those of the files that new customers do not get.</summary>
    [Parameter(ParameterSetName = BenefitKinds.Downloadables)]
    [PolarId(typeof(PolarFile))]
    [ArgumentCompleter(typeof(IdCompleter<PolarFile>))]
    [ValidateNotNull]
    [Field("properties.archived")]
    public string[] ArchivedFile { get; set; } = [];

    /// <summary>Gives every customer a license key.</summary>
    [Parameter(ParameterSetName = BenefitKinds.LicenseKeys, Mandatory = true, HelpMessage = HelpMessages.Switch)]
    [Parameter(
        ParameterSetName = BenefitKinds.LicenseKeysWithActivation,
        Mandatory = true,
        HelpMessage = HelpMessages.Switch
    )]
    public SwitchParameter LicenseKey { get; set; }

    /// <summary>What every key starts with.</summary>
    [Parameter(ParameterSetName = BenefitKinds.LicenseKeys)]
    [Parameter(ParameterSetName = BenefitKinds.LicenseKeysWithActivation)]
    [AllowNull]
    [AllowEmptyString]
    [Field("properties.prefix")]
    public string? Prefix { get; set; }

    /// <summary>How long a key is valid, such as "1 year"; without it no expiry.</summary>
    [Parameter(ParameterSetName = BenefitKinds.LicenseKeys)]
    [Parameter(ParameterSetName = BenefitKinds.LicenseKeysWithActivation)]
    [ExpirationTransformation]
    [ArgumentCompleter(typeof(ExpirationCompleter))]
    [AllowNull]
    [Field("properties.expires")]
    public LicenseKeyExpiration? ExpiresAfter { get; set; }

    /// <summary>How much of a key there is to use; without it no limit.</summary>
    [Parameter(ParameterSetName = BenefitKinds.LicenseKeys)]
    [Parameter(ParameterSetName = BenefitKinds.LicenseKeysWithActivation)]
    [WholeNumber]
    [ValidateRange(1, int.MaxValue)]
    [Alias("UsageLimit")]
    [Field("properties.limit_usage")]
    public int LimitUsage { get; set; }

    /// <summary>On how many devices a key may be active.</summary>
    [Parameter(
        ParameterSetName = BenefitKinds.LicenseKeysWithActivation,
        Mandatory = true,
        HelpMessage = HelpMessages.Count
    )]
    [WholeNumber]
    [ValidateRange(1, int.MaxValue)]
    [Alias("ActivationLimit")]
    [Field("properties.activations.limit")]
    public int LimitActivations { get; set; }

    /// <summary>Lets customers deactivate their activations themselves.</summary>
    [Parameter(ParameterSetName = BenefitKinds.LicenseKeysWithActivation)]
    [Field("properties.activations.enable_customer_admin")]
    public SwitchParameter AllowCustomerDeactivation { get; set; }

    /// <summary>The meter on which units are credited, or its id.</summary>
    [Parameter(ParameterSetName = BenefitKinds.MeterCredit, Mandatory = true, HelpMessage = "UUID or name of a meter")]
    [PolarId(typeof(Meter))]
    [ArgumentCompleter(typeof(IdCompleter<Meter>))]
    [ValidateNotNullOrEmpty]
    [Alias("Meter")]
    [Field("properties.meter_id")]
    public string MeterId { get; set; } = string.Empty;

    /// <summary>How many units are credited in each period.</summary>
    [Parameter(ParameterSetName = BenefitKinds.MeterCredit, Mandatory = true, HelpMessage = HelpMessages.Count)]
    [WholeNumber]
    [ValidateRange(1, int.MaxValue)]
    [Field("properties.units")]
    public int Units { get; set; }

    /// <summary>Carries unused units over to the next period.</summary>
    [Parameter(ParameterSetName = BenefitKinds.MeterCredit)]
    [Field("properties.rollover")]
    public SwitchParameter Rollover { get; set; }

    /// <summary>Creates a flag that your own software checks; the metadata says what it means.</summary>
    [Parameter(ParameterSetName = BenefitKinds.FeatureFlag, Mandatory = true, HelpMessage = HelpMessages.Switch)]
    public SwitchParameter FeatureFlag { get; set; }

    /// <summary>The id of the Slack workspace that is connected to Polar.</summary>
    [Parameter(
        ParameterSetName = BenefitKinds.SlackSharedChannel,
        Mandatory = true,
        HelpMessage = "UUID of a Slack workspace that is connected to Polar"
    )]
    [ValidateNotNullOrEmpty]
    [Field("properties.slack_integration_id")]
    public string SlackIntegrationId { get; set; } = string.Empty;

    /// <summary>How each customer's channel is called; {customer_name} and the like are filled in.</summary>
    [Parameter(
        ParameterSetName = BenefitKinds.SlackSharedChannel,
        Mandatory = true,
        HelpMessage = "Name of each customer's channel, such as help-{customer_name}"
    )]
    [ValidateLength(1, 80)]
    [Field("properties.channel_name_template")]
    public string ChannelName { get; set; } = string.Empty;

    /// <summary>Makes the channel private, which it is without the parameter too; with :$false public.</summary>
    [Parameter(ParameterSetName = BenefitKinds.SlackSharedChannel)]
    [Field("properties.private")]
    public SwitchParameter Private { get; set; }

    /// <summary>The first message in the channel; at most 4000 characters.</summary>
    [Parameter(ParameterSetName = BenefitKinds.SlackSharedChannel)]
    [AllowNull]
    [AllowEmptyString]
    [Field("properties.welcome_message")]
    public string? WelcomeMessage { get; set; }

    /// <summary>Archives the channel when the customer loses the benefit, as without the parameter; with :$false leaves it.</summary>
    [Parameter(ParameterSetName = BenefitKinds.SlackSharedChannel)]
    [Field("properties.archive_on_revoke")]
    public SwitchParameter ArchiveOnRevoke { get; set; }

    /// <summary>Slack user ids of your own people who are invited to every channel.</summary>
    [Parameter(ParameterSetName = BenefitKinds.SlackSharedChannel)]
    [ValidateNotNull]
    [Field("properties.team_invitees")]
    public string[] TeamInvitee { get; set; } = [];

    /// <summary>Who sees the benefit in the customer portal.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VisibilityCompleter))]
    [ValidateNotNullOrEmpty]
    [Field]
    public string? Visibility { get; set; }

    /// <summary>Your own keys and values.</summary>
    [Parameter]
    [Entries(OrNull = true)]
    [AllowNull]
    [Field]
    public IDictionary? Metadata { get; set; }

    internal override string NewName => Description;

    private PipedFiles PipedFiles => _files ??= new PipedFiles(this, nameof(File));

    internal override void ProcessInput()
    {
        if (!PipedFiles.Take())
        {
            base.ProcessInput();
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        PipedFiles.Complete(base.ProcessInput);
        base.EndProcessing();
    }

    internal override Task<Benefit> CreateAsync(
        PolarClient client,
        BenefitCreate body,
        CancellationToken cancellationToken
    )
    {
        BenefitKinds.CompleteNew(body, BenefitKinds.TypeOf(ParameterSetName)!);
        return client.Benefits.CreateAsync(body, cancellationToken);
    }
}
