namespace PolarPS.Client.Models;

/// <summary>A postal address.</summary>
public sealed class Address : PolarObject
{
    /// <summary>Street and number; null if not known.</summary>
    public string? Line1 { get; set; }

    /// <summary>What else the street line needs; null for nothing.</summary>
    public string? Line2 { get; set; }

    /// <summary>The postal code; null if not known.</summary>
    public string? PostalCode { get; set; }

    /// <summary>The city; null if not known.</summary>
    public string? City { get; set; }

    /// <summary>
    /// The state or province, for some countries as an ISO 3166-2 code such as <c>US-NY</c>; null if not known.
    /// </summary>
    public string? State { get; set; }

    /// <summary>The country, as a two-letter ISO 3166 code.</summary>
    public string? Country { get; set; }

    /// <summary>The address on one line.</summary>
    /// <returns>Its parts, separated by commas.</returns>
    private protected override string Describe() =>
        string.Join(
            ", ",
            new[] { Line1, Line2, $"{PostalCode} {City}".Trim(), State, Country }.Where(part =>
                !string.IsNullOrEmpty(part)
            )
        );
}
