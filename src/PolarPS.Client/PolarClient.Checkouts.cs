namespace PolarPS.Client;

public partial class PolarClient
{
    /// <summary>Checkouts.</summary>
    public virtual CheckoutsResource Checkouts => new(_connection);

    /// <summary>The custom fields that checkouts can ask for.</summary>
    public virtual CustomFieldsResource CustomFields => new(_connection);

    /// <summary>Discounts on prices.</summary>
    public virtual DiscountsResource Discounts => new(_connection);
}
