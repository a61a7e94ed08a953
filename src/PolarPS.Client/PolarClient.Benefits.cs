namespace PolarPS.Client;

public partial class PolarClient
{
    /// <summary>What buyers get.</summary>
    public virtual BenefitsResource Benefits => new(_connection);

    /// <summary>Who has which benefit.</summary>
    public virtual BenefitGrantsResource BenefitGrants => new(_connection);

    /// <summary>The license keys of customers.</summary>
    public virtual LicenseKeysResource LicenseKeys => new(_connection);
}
