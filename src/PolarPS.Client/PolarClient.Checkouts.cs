namespace PolarPS.Client;

public sealed partial class PolarClient
{
    /// <summary>The visits to the till.</summary>
    public CheckoutsResource Checkouts => new(_connection);

    /// <summary>The questions that can be asked at checkout.</summary>
    public CustomFieldsResource CustomFields => new(_connection);

    /// <summary>What is taken off prices.</summary>
    public DiscountsResource Discounts => new(_connection);
}
