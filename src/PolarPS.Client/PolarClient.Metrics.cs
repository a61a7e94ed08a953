namespace PolarPS.Client;

public partial class PolarClient
{
    /// <summary>Business metrics over time.</summary>
    public virtual MetricsResource Metrics => new(_connection);
}
