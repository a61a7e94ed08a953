namespace PolarPS.Client;

public partial class PolarClient
{
    /// <summary>What happened, as you or Polar recorded it.</summary>
    public virtual EventsResource Events => new(_connection);

    /// <summary>The kinds of events.</summary>
    public virtual EventTypesResource EventTypes => new(_connection);

    /// <summary>What counts events for billing.</summary>
    public virtual MetersResource Meters => new(_connection);

    /// <summary>Customers' balances on meters.</summary>
    public virtual CustomerMetersResource CustomerMeters => new(_connection);
}
