namespace PolarPS.Client;

public sealed partial class PolarClient
{
    /// <summary>What happened, as you or Polar recorded it.</summary>
    public EventsResource Events => new(_connection);

    /// <summary>The kinds of events.</summary>
    public EventTypesResource EventTypes => new(_connection);

    /// <summary>What counts events for billing.</summary>
    public MetersResource Meters => new(_connection);

    /// <summary>Customers' balances on meters.</summary>
    public CustomerMetersResource CustomerMeters => new(_connection);

    /// <summary>Business metrics over time.</summary>
    public MetricsResource Metrics => new(_connection);
}
