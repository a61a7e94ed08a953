namespace PolarPS.Commands;

/// <summary>
/// Validates license keys, with a seller's token or without any. An invalid key is a result, not an error; an error means that
/// the validity is unknown.
/// </summary>
public abstract class LicenseKeyTestCmdlet : LicenseKeyTextCmdlet<LicenseKey>
{
    /// <summary>The key: its text, or a license key. One; several come through the pipeline.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.LicenseKeyText)]
    [LicenseKeyTextTransformation]
    [ValidateNotNull]
    public LicenseKeyText Key { get; set; } = null!;

    /// <summary>The activation that has to exist.</summary>
    [Parameter]
    [PolarId(typeof(LicenseKeyActivation))]
    [ValidateNotNullOrEmpty]
    [Alias("Activation")]
    [Field]
    public string? ActivationId { get; set; }

    /// <summary>The conditions that the activation was given, all of them. They count together with ActivationId.</summary>
    [Parameter]
    [Entries]
    [ValidateNotNull]
    [Field]
    public IDictionary? Conditions { get; set; }

    /// <summary>The benefit that the key has to come with.</summary>
    public abstract string? BenefitId { get; set; }

    /// <summary>The customer that the key has to belong to.</summary>
    public abstract string? CustomerId { get; set; }

    /// <summary>How much to add to the usage, if the key is valid.</summary>
    [Parameter]
    [WholeNumber]
    [ValidateRange(0, int.MaxValue)]
    [Field]
    public int IncrementUsage { get; set; }

    /// <summary>Writes an object with the reason and the license key, in place of true or false.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    /// <inheritdoc/>
    internal override void ProcessInput() => Try(SubjectOf(Key), Check);

    private void Check()
    {
        var body = Fill(new LicenseKeyValidate());
        body.Key = Key.Value;
        body.OrganizationId = OrganizationOf(Key.OrganizationId);
        // A check changes nothing worth a question; adding to the usage does.
        if (
            IncrementUsage == 0
            || Confirm(
                $"{Kind} {Key}",
                $"Add {IncrementUsage} to the usage",
                (client, token) => KeysOf(client).ValidateAsync(body, token)
            )
        )
        {
            var verdict = Await(token => KeysOf(Client).TestAsync(body, token));
            if (verdict.LicenseKey is { } key)
            {
                Remember(key);
            }

            Write(new PolarLicenseKeyTest(Key.DisplayKey, verdict.LicenseKey, verdict.Reason));
        }
    }

    private void Write(PolarLicenseKeyTest test)
    {
        if (Detailed)
        {
            WriteObject(test);
        }
        else
        {
            WriteObject(test.IsValid);
        }
    }
}
