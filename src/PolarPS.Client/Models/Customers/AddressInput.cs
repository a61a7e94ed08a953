namespace PolarPS.Client.Models;

/// <summary>A postal address to send. Polar always needs the country.</summary>
public sealed class AddressInput : RequestBody
{
    /// <summary>The first line; null for none.</summary>
    public string? Line1
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The second line; null for none.</summary>
    public string? Line2
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The postal code; null for none.</summary>
    public string? PostalCode
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The city; null for none.</summary>
    public string? City
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The state or province; null for none.</summary>
    public string? State
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The two-letter ISO 3166 code of the country.</summary>
    public string? Country
    {
        get => Get<string?>();
        set => Set(value);
    }
}
