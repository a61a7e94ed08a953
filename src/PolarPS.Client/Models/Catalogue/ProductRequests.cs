namespace PolarPS.Client.Models;

/// <summary>The properties of a product that can be set on creation and later.</summary>
public abstract class ProductFields : RequestBody
{
    private protected ProductFields() { }

    /// <summary>The name that customers see; 3 to 64 characters.</summary>
    public string? Name
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The description that customers see, in Markdown; null for none.</summary>
    public string? Description
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>Who sees it: <c>public</c>, <c>private</c> or <c>draft</c>.</summary>
    public string? Visibility
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The ids of the images, in order.</summary>
    public IReadOnlyList<string>? Medias
    {
        get => Get<IReadOnlyList<string>?>();
        set => Set(value);
    }

    /// <summary>The custom fields asked for at checkout, in order.</summary>
    public IReadOnlyList<AttachedCustomFieldInput>? AttachedCustomFields
    {
        get => Get<IReadOnlyList<AttachedCustomFieldInput>?>();
        set => Set(value);
    }

    /// <summary>Your own keys and values: at most 50 keys of 1 to 40 characters; strings of 1 to 500 characters, numbers, booleans. Replaces what is stored.</summary>
    public IDictionary<string, object?>? Metadata
    {
        get => Get<IDictionary<string, object?>?>();
        set => Set(value);
    }

    /// <summary>The unit of the billing interval: <c>day</c>, <c>week</c>, <c>month</c>, <c>year</c>; not set for a one-time purchase.</summary>
    public string? RecurringInterval
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>How many units make one billing interval, 1 to 999.</summary>
    public int? RecurringIntervalCount
    {
        get => Get<int?>();
        set => Set(value);
    }

    /// <summary>The unit of the trial period: <c>day</c>, <c>week</c>, <c>month</c>, <c>year</c>; null for no trial.</summary>
    public string? TrialInterval
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>How many units make the trial period, 1 to 1000; null for no trial.</summary>
    public int? TrialIntervalCount
    {
        get => Get<int?>();
        set => Set(value);
    }
}

/// <summary>The properties of a new product. <see cref="ProductFields.Name"/> and <see cref="Prices"/> are needed.</summary>
public sealed class ProductCreate : ProductFields
{
    /// <summary>The prices, at least one; see <see cref="PriceInput"/>.</summary>
    public IReadOnlyList<PriceInput>? Prices
    {
        get => Get<IReadOnlyList<PriceInput>?>();
        set => Set(value);
    }

    /// <summary>The unit of the interval after which usage is billed, where it differs from the billing interval.</summary>
    public string? MeterInterval
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>How many units make one usage interval, 1 to 999.</summary>
    public int? MeterIntervalCount
    {
        get => Get<int?>();
        set => Set(value);
    }

    /// <summary>The organization that sells it. Needed with a user's token, refused with an organization's.</summary>
    public string? OrganizationId
    {
        get => Get<string?>();
        set => Set(value);
    }
}

/// <summary>What to change of a product; only what is set is changed.</summary>
public sealed class ProductUpdate : ProductFields
{
    /// <summary>All prices that the product is to have: those to keep by id, and new ones. A price left out is archived.</summary>
    public IReadOnlyList<PriceInput>? Prices
    {
        get => Get<IReadOnlyList<PriceInput>?>();
        set => Set(value);
    }

    /// <summary>true archives the product, false restores it.</summary>
    public bool? IsArchived
    {
        get => Get<bool?>();
        set => Set(value);
    }

    /// <summary>The same update with the prices of a change; itself where there is none.</summary>
    internal ProductUpdate With(PriceChange? change)
    {
        if (change is null)
        {
            return this;
        }

        var copy = new ProductUpdate();
        foreach (var field in ToFields())
        {
            copy.SetField(field.Key, field.Value);
        }

        copy.Prices = change.Prices;
        return copy;
    }
}

/// <summary>A custom field to ask for at checkout.</summary>
public sealed class AttachedCustomFieldInput : RequestBody
{
    /// <summary>The id of the custom field.</summary>
    public string? CustomFieldId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>Whether the field is required.</summary>
    public bool? Required
    {
        get => Get<bool?>();
        set => Set(value);
    }
}
