namespace PolarPS.Client;

public partial class PolarClient
{
    /// <summary>What is sold.</summary>
    public virtual ProductsResource Products => new(_connection);

    /// <summary>Discounts on prices.</summary>
    public virtual DiscountsResource Discounts => new(_connection);

    /// <summary>The custom fields that checkouts can ask for.</summary>
    public virtual CustomFieldsResource CustomFields => new(_connection);
}
