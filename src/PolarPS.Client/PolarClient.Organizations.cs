namespace PolarPS.Client;

public partial class PolarClient
{
    /// <summary>The sellers that the token has access to.</summary>
    public virtual OrganizationsResource Organizations => new(_connection);
}
