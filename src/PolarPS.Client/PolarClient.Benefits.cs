namespace PolarPS.Client;

public sealed partial class PolarClient
{
    /// <summary>What buyers get.</summary>
    public BenefitsResource Benefits => new(_connection);

    /// <summary>Who has which benefit.</summary>
    public BenefitGrantsResource BenefitGrants => new(_connection);

    /// <summary>The license keys of customers.</summary>
    public LicenseKeysResource LicenseKeys => new(_connection);

    /// <summary>The files that Polar stores.</summary>
    public FilesResource Files => new(_connection);
}
