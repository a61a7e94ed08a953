namespace PolarPS.Commands;

/// <summary>
/// Sets the account or the email address that benefits are for. Each grant is read first: Polar wants its kind with the change.
/// Operations customer_portal:benefit-grants:get and customer_portal:benefit-grants:update.
/// </summary>
[Cmdlet(VerbsCommon.Set, "PolarPortalBenefitGrant", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(BenefitGrant))]
public sealed class SetPolarPortalBenefitGrantCommand : SetPolarCmdlet<BenefitGrant, BenefitGrantUpdate>, IPortalCmdlet
{
    /// <summary>The ids of benefit grants, or benefit grants.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Ids.BenefitGrant)]
    [PolarId(typeof(BenefitGrant), IdOnly = true)]
    [ArgumentCompleter(typeof(IdCompleter<BenefitGrant>))]
    [Alias("BenefitGrantId")]
    public string[] Id { get; set; } = [];

    /// <summary>The customer's account at Discord or GitHub, one of those that are linked; $null takes the benefit from it.</summary>
    [Parameter]
    [AllowNull]
    [NullableText]
    [Field("properties.account_id")]
    public object? AccountId { get; set; }

    /// <summary>The email address to invite to the Slack channel.</summary>
    [Parameter]
    [Text]
    [ValidateNotNullOrEmpty]
    [Field("properties.invited_email")]
    public string? InvitedEmail { get; set; }

    internal override string[] Ids => Id;

    // The kind comes with every change, also in what -WhatIf shows.
    internal override bool SaysWhatGoes(RequestBody body) => IsShown;

    internal override bool NeedsCurrent(string id, BenefitGrantUpdate body) => true;

    internal override void Complete(BenefitGrant current, BenefitGrantUpdate body)
    {
        var type =
            current.Benefit?.Type
            ?? throw new ArgumentException("Polar returned this benefit grant without the type of its benefit.");
        Check(nameof(AccountId), type, "discord", "github_repository");
        Check(nameof(InvitedEmail), type, "slack_shared_channel");
        body.BenefitType = type;
    }

    internal override Task<BenefitGrant> UpdateAsync(
        PolarClient client,
        string id,
        BenefitGrantUpdate body,
        CancellationToken cancellationToken
    ) => client.Portal.BenefitGrants.UpdateAsync(id, body, cancellationToken);

    internal override Task<BenefitGrant> ReadAsync(
        PolarClient client,
        string id,
        CancellationToken cancellationToken
    ) => client.Portal.BenefitGrants.GetAsync(id, cancellationToken);

    private void Check(string parameter, string type, params string[] fitting)
    {
        if (IsBound(parameter) && !fitting.Contains(type))
        {
            throw new ArgumentException(
                $"-{parameter} is for benefits of the type {string.Join(" or ", fitting)}; this one is {type}."
            );
        }
    }
}
