namespace PolarPS.Client;

public partial class PolarClient
{
    /// <summary>The files that Polar stores.</summary>
    public virtual FilesResource Files => new(_connection);
}
