namespace PolarPS;

/// <summary>The two sides of Polar, each with tokens of its own that the other refuses.</summary>
internal enum PolarSide
{
    /// <summary>The shop, as those see it who sell.</summary>
    Seller,

    /// <summary>The customer portal, as one customer, or a member of one, sees it.</summary>
    Customer,
}
