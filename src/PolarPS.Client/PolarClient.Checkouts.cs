namespace PolarPS.Client;

public sealed partial class PolarClient
{
    /// <summary>Checkouts.</summary>
    public CheckoutsResource Checkouts => new(_connection);

    /// <summary>The custom fields that checkouts can ask for.</summary>
    public CustomFieldsResource CustomFields => new(_connection);

    /// <summary>Discounts on prices.</summary>
    public DiscountsResource Discounts => new(_connection);
}
