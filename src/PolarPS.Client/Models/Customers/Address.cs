using System.Linq;

namespace PolarPS.Client.Models;

/// <summary>A postal address.</summary>
public sealed class Address : PolarObject
{
    /// <summary>The first line; null if not known.</summary>
    public string? Line1 { get; set; }

    /// <summary>The second line; null for none.</summary>
    public string? Line2 { get; set; }

    /// <summary>The postal code; null if not known.</summary>
    public string? PostalCode { get; set; }

    /// <summary>The city; null if not known.</summary>
    public string? City { get; set; }

    /// <summary>The state or province, with the country before it where the country has such codes (<c>US-CA</c>); null if not known.</summary>
    public string? State { get; set; }

    /// <summary>The two-letter ISO 3166 code of the country.</summary>
    public string? Country { get; set; }

    /// <summary>The address on one line.</summary>
    /// <returns>What is known of it, separated by commas.</returns>
    public override string ToString() =>
        string.Join(
            ", ",
            new[] { Line1, Line2, PostalCode, City, State, Country }.Where(part => !string.IsNullOrEmpty(part))
        );
}
