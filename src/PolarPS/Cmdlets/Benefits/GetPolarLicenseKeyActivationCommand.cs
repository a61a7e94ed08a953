namespace PolarPS.Commands;

/// <summary>
/// Gets where a license key is active: single activations (operation license_keys:get_activation), or all of a key, which
/// come with the key itself (license_keys:get).
/// </summary>
[Cmdlet(VerbsCommon.Get, "PolarLicenseKeyActivation", DefaultParameterSetName = IdSet)]
[OutputType(typeof(LicenseKeyActivation))]
public sealed class GetPolarLicenseKeyActivationCommand : PolarModelCmdlet<LicenseKeyActivation>
{
    private const string IdSet = "Id";
    private const string ObjectSet = "Object";

    /// <summary>The license key, or its id.</summary>
    [Parameter(ParameterSetName = IdSet, Mandatory = true, Position = 0, HelpMessage = HelpMessages.LicenseKey)]
    [PolarId(typeof(LicenseKey))]
    [ArgumentCompleter(typeof(IdCompleter<LicenseKey>))]
    [ValidateNotNullOrEmpty]
    public string LicenseKeyId { get; set; } = string.Empty;

    /// <summary>The ids of activations of that key; without it all of them.</summary>
    [Parameter(ParameterSetName = IdSet, Position = 1)]
    [PolarId(typeof(LicenseKeyActivation))]
    [ValidateNotNullOrEmpty]
    [Alias("Id")]
    public string[]? ActivationId { get; set; }

    /// <summary>Activations, which are read again, or license keys, whose activations are read.</summary>
    [Parameter(
        ParameterSetName = ObjectSet,
        Mandatory = true,
        ValueFromPipeline = true,
        HelpMessage = "Not by typing, but with an activation or a license key, or with -LicenseKeyId"
    )]
    [ActivationTransformation(WithKeys = true)]
    [ValidateNotNull]
    public ActivationReference[] InputObject { get; set; } = [];

    internal override void ProcessInput()
    {
        foreach (var wanted in Wanted())
        {
            if (wanted.Id is null)
            {
                Try(new ErrorSubject(Kinds.NameOf(typeof(LicenseKey)), wanted.LicenseKeyId), () => WriteAll(wanted));
            }
            else
            {
                Try(Subject(wanted.Id), () => WriteOne(wanted));
            }
        }
    }

    private IEnumerable<ActivationReference> Wanted() =>
        ParameterSetName == ObjectSet ? InputObject
        : ActivationId is null ? [new ActivationReference(null, LicenseKeyId)]
        : ActivationId.Select(id => new ActivationReference(id, LicenseKeyId));

    private void WriteAll(ActivationReference wanted)
    {
        var key = Await(token => Client.LicenseKeys.GetAsync(wanted.LicenseKeyId!, token));
        foreach (var activation in key.Activations ?? [])
        {
            WriteModel(activation);
        }
    }

    private void WriteOne(ActivationReference wanted)
    {
        var keyId =
            wanted.LicenseKeyId
            ?? throw new ArgumentException(
                "An activation is looked up by its license key: use -LicenseKeyId, or pipe an activation or a license key."
            );
        WriteModel(Await(token => Client.LicenseKeys.GetActivationAsync(keyId, wanted.Id!, token)));
    }
}
