namespace PolarPS.Commands;

/// <summary>
/// Changes benefits: what is given, and nothing else. Polar takes what is special about a kind only as a whole, so a benefit
/// is read before any of that is changed. Operation benefits:update, and benefits:get before it.
/// </summary>
[Cmdlet(
    VerbsCommon.Set,
    "PolarBenefit",
    DefaultParameterSetName = General,
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium
)]
[OutputType(typeof(Benefit))]
public sealed class SetPolarBenefitCommand : PolarWriteCmdlet<Benefit>, IMetadataEditor
{
    private const string General = "General";

    private PipedFiles? _files;

    /// <summary>The ids of benefits, or benefits.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Benefit)]
    [PolarId(typeof(Benefit), Each = true, LeavesTo = typeof(PolarFile))]
    [ArgumentCompleter(typeof(IdCompleter<Benefit>))]
    [Alias("BenefitId")]
    public string[] Id { get; set; } = [];

    /// <summary>What customers read, on the product and in the portal; 3 to 42 characters.</summary>
    [Parameter]
    [ValidateLength(3, 42)]
    [Field]
    public string? Description { get; set; }

    /// <summary>A note in Markdown that customers who have the benefit can read; $null for none.</summary>
    [Parameter(ParameterSetName = BenefitKinds.Custom)]
    [AllowNull]
    [NullableText]
    [AllowEmptyString]
    [Field("properties.note")]
    public object? Note { get; set; }

    /// <summary>The Discord server's id.</summary>
    [Parameter(ParameterSetName = BenefitKinds.Discord)]
    [ValidateNotNullOrEmpty]
    [Field("properties.guild_id")]
    public string? GuildId { get; set; }

    /// <summary>The id of the role that is given on that server.</summary>
    [Parameter(ParameterSetName = BenefitKinds.Discord)]
    [ValidateNotNullOrEmpty]
    [Field("properties.role_id")]
    public string? RoleId { get; set; }

    /// <summary>Removes members who lose the benefit from the server; with :$false does not.</summary>
    [Parameter(ParameterSetName = BenefitKinds.Discord)]
    [Field("properties.kick_member")]
    public SwitchParameter KickMember { get; set; }

    /// <summary>The owner of the repository on GitHub.</summary>
    [Parameter(ParameterSetName = BenefitKinds.GitHubRepository)]
    [ValidateNotNullOrEmpty]
    [Field("properties.repository_owner")]
    public string? RepositoryOwner { get; set; }

    /// <summary>The repository's name.</summary>
    [Parameter(ParameterSetName = BenefitKinds.GitHubRepository)]
    [ValidateNotNullOrEmpty]
    [Field("properties.repository_name")]
    public string? RepositoryName { get; set; }

    /// <summary>What customers may do in the repository; pull is to read.</summary>
    [Parameter(ParameterSetName = BenefitKinds.GitHubRepository)]
    [ArgumentCompleter(typeof(RepositoryPermissionCompleter))]
    [ValidateNotNullOrEmpty]
    [Field("properties.permission")]
    public string? Permission { get; set; }

    /// <summary>All files to download, or their ids, piped ones too; an omitted one is removed.</summary>
    [Parameter(ParameterSetName = BenefitKinds.Downloadables, ValueFromPipeline = true)]
    [PolarId(typeof(PolarFile), OneOfSeveral = true)]
    [ArgumentCompleter(typeof(IdCompleter<PolarFile>))]
    [ValidateNotNullOrEmpty]
    [Alias("FileId")]
    [Field("properties.files")]
    public string[]? File { get; set; }

    /// <summary>All files that new customers do not get, or their ids; empty for none.</summary>
    [Parameter(ParameterSetName = BenefitKinds.Downloadables)]
    [PolarId(typeof(PolarFile))]
    [ArgumentCompleter(typeof(IdCompleter<PolarFile>))]
    [AllowEmptyCollection]
    [Field("properties.archived")]
    public string[]? ArchivedFile { get; set; }

    /// <summary>The prefix of new keys; $null for nothing.</summary>
    [Parameter(ParameterSetName = BenefitKinds.LicenseKeys)]
    [AllowNull]
    [NullableText]
    [AllowEmptyString]
    [Field("properties.prefix")]
    public object? Prefix { get; set; }

    /// <summary>How long a key is valid, such as "1 year"; $null for no expiry.</summary>
    [Parameter(ParameterSetName = BenefitKinds.LicenseKeys)]
    [ExpirationTransformation]
    [ArgumentCompleter(typeof(ExpirationCompleter))]
    [AllowNull]
    [Field("properties.expires")]
    public LicenseKeyExpiration? ExpiresAfter { get; set; }

    /// <summary>How much of a key there is to use; $null for no limit.</summary>
    [Parameter(ParameterSetName = BenefitKinds.LicenseKeys)]
    [WholeNumber(OrNull = true)]
    [AllowNull]
    [Alias("UsageLimit")]
    [Field("properties.limit_usage")]
    public int? LimitUsage { get; set; }

    /// <summary>On how many devices a key may be active; $null for keys that are not activated.</summary>
    [Parameter(ParameterSetName = BenefitKinds.LicenseKeys)]
    [WholeNumber(OrNull = true)]
    [AllowNull]
    [Alias("ActivationLimit")]
    [Field("properties.activations.limit")]
    public int? LimitActivations { get; set; }

    /// <summary>Lets customers deactivate their activations themselves; with :$false does not.</summary>
    [Parameter(ParameterSetName = BenefitKinds.LicenseKeys)]
    [Field("properties.activations.enable_customer_admin")]
    public SwitchParameter AllowCustomerDeactivation { get; set; }

    /// <summary>The meter on which units are credited, or its id.</summary>
    [Parameter(ParameterSetName = BenefitKinds.MeterCredit)]
    [PolarId(typeof(Meter))]
    [ArgumentCompleter(typeof(IdCompleter<Meter>))]
    [ValidateNotNullOrEmpty]
    [Alias("Meter")]
    [Field("properties.meter_id")]
    public string? MeterId { get; set; }

    /// <summary>How many units are credited in each period.</summary>
    [Parameter(ParameterSetName = BenefitKinds.MeterCredit)]
    [WholeNumber]
    [ValidateRange(1, int.MaxValue)]
    [Field("properties.units")]
    public int Units { get; set; }

    /// <summary>Carries unused units over to the next period; with :$false does not.</summary>
    [Parameter(ParameterSetName = BenefitKinds.MeterCredit)]
    [Field("properties.rollover")]
    public SwitchParameter Rollover { get; set; }

    /// <summary>The id of the Slack workspace that is connected to Polar.</summary>
    [Parameter(ParameterSetName = BenefitKinds.SlackSharedChannel)]
    [ValidateNotNullOrEmpty]
    [Field("properties.slack_integration_id")]
    public string? SlackIntegrationId { get; set; }

    /// <summary>How new channels are called; {customer_name} and the like are filled in.</summary>
    [Parameter(ParameterSetName = BenefitKinds.SlackSharedChannel)]
    [ValidateLength(1, 80)]
    [Field("properties.channel_name_template")]
    public string? ChannelName { get; set; }

    /// <summary>Makes new channels private; with :$false public.</summary>
    [Parameter(ParameterSetName = BenefitKinds.SlackSharedChannel)]
    [Field("properties.private")]
    public SwitchParameter Private { get; set; }

    /// <summary>The first message in a new channel; at most 4000 characters; $null for none.</summary>
    [Parameter(ParameterSetName = BenefitKinds.SlackSharedChannel)]
    [AllowNull]
    [NullableText]
    [AllowEmptyString]
    [Field("properties.welcome_message")]
    public object? WelcomeMessage { get; set; }

    /// <summary>Archives the channel when the customer loses the benefit; with :$false leaves it.</summary>
    [Parameter(ParameterSetName = BenefitKinds.SlackSharedChannel)]
    [Field("properties.archive_on_revoke")]
    public SwitchParameter ArchiveOnRevoke { get; set; }

    /// <summary>Slack user ids of all your own people who are invited to new channels; empty for none.</summary>
    [Parameter(ParameterSetName = BenefitKinds.SlackSharedChannel)]
    [AllowEmptyCollection]
    [Field("properties.team_invitees")]
    public string[]? TeamInvitee { get; set; }

    /// <summary>Who sees the benefit in the customer portal; some kinds have no choice.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VisibilityCompleter))]
    [ValidateNotNullOrEmpty]
    [Field]
    public string? Visibility { get; set; }

    /// <summary>Your own keys and values, in place of those stored; empty for none.</summary>
    [Parameter]
    [Entries(OrNull = true)]
    [AllowNull]
    [Field]
    public IDictionary? Metadata { get; set; }

    /// <summary>Keys and values to add to those stored, or to change; the others stay.</summary>
    [Parameter]
    [Entries]
    [ValidateNotNullOrEmpty]
    [Field("metadata")]
    public IDictionary? AddMetadata { get; set; }

    /// <summary>Keys to remove from those stored; the others stay.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? RemoveMetadata { get; set; }

    private PipedFiles PipedFiles => _files ??= new PipedFiles(this, nameof(File));

    internal override void Assign() => PipedFiles.LeaveTextTo(nameof(Id));

    internal override void ProcessInput()
    {
        if (!PipedFiles.Take())
        {
            UpdateEach();
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        PipedFiles.Complete(UpdateEach);
        base.EndProcessing();
    }

    private void UpdateEach()
    {
        foreach (var id in Id)
        {
            Try(Subject(id), () => Update(id));
        }
    }

    private void Update(string id)
    {
        var body = Fill(new BenefitUpdate());
        if (IsNothing(body))
        {
            ThrowTerminatingError(ErrorRecords.NothingToChange(Subject(id)));
        }

        // Read just now: what is given is merged with it, and what would change nothing is not sent, as Polar would grant the
        // benefit again to all who have it.
        // Text from the pipeline, which is an id here, has put PowerShell on the track of files.
        var isMisled =
            ParameterSetName == BenefitKinds.Downloadables && !IsBound(nameof(File)) && !IsBound(nameof(ArchivedFile));
        var kind = isMisled ? null : BenefitKinds.TypeOf(ParameterSetName);
        var seen =
            kind is null && Metadata is null && !MetadataEdit.IsWanted && IsSeenPreview(id)
                ? UsedConnection.Seen.Find<Benefit>(id)
                : null;
        var benefit = seen ?? Await(token => Client.Benefits.GetAsync(id, token));
        Remember(benefit);
        CheckKind(benefit, kind);
        body.Type = benefit.Type;
        MetadataEdit.Merge(benefit, body);
        if (kind is not null)
        {
            body = BenefitKinds.Merge(body, benefit);
        }

        var comparison = UpdateComparison.Of(benefit, body);
        if (comparison.ChangesNothing && seen is null)
        {
            Leave(NameOf(id), benefit);
            return;
        }

        if (Confirm(NameOf(id), Changes(comparison), (client, token) => client.Benefits.UpdateAsync(id, body, token)))
        {
            UsedConnection.Seen.Outdate(id);
            WriteModel(Await(token => Client.Benefits.UpdateAsync(id, body, token)));
        }
    }

    private void CheckKind(Benefit benefit, string? kind)
    {
        if (kind is not null && kind != benefit.Type)
        {
            throw new ArgumentException(
                $"'{benefit}' is a {benefit.Type} benefit, and these parameters are for a {kind} benefit. The type of a benefit cannot be changed."
            );
        }

        if (Visibility is not null && BenefitRules.IgnoresVisibility(benefit.Type))
        {
            throw new ArgumentException(
                $"'{benefit}' is a {benefit.Type} benefit, and Polar does not allow changing the visibility of this type."
            );
        }
    }
}
