namespace PolarPS.Client.Tests.Conformance;

/// <summary>
/// The groups of operations that the client has whole. Within them a gap or a difference fails the test; the others are
/// listed with what is missing. A group is the id of its operations without the last part.
/// </summary>
internal static class CoveredGroups
{
    public static readonly string[] All =
    [
        "checkout-links",
        "oauth2",
        "oauth2:clients:oauth2",
        "organizations",
        "products",
    ];
}
