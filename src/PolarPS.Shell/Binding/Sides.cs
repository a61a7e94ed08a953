namespace PolarPS.Commands;

/// <summary>A cmdlet of the customer portal: it uses the customer's connection, and no other.</summary>
internal interface IPortalCmdlet;

/// <summary>A cmdlet for a team's members: the token of a customer as such is of no use to it.</summary>
internal interface IMemberCmdlet : IPortalCmdlet;

/// <summary>
/// A cmdlet whose operations need no token of a connection, and are sent without one: it only takes from a connection where Polar is,
/// from one of either side, and works without any.
/// </summary>
internal interface ITokenlessCmdlet;

/// <summary>The same for customers: where there is one, it uses the customer's connection.</summary>
internal interface IPublicCmdlet : IPortalCmdlet, ITokenlessCmdlet;

/// <summary>A seller's cmdlet that opens the portal for a customer, so that those who look into the portal are told of it too.</summary>
internal interface IPortalOpener;

/// <summary>A cmdlet that works over connections of either side; without -Connection it uses the seller's.</summary>
internal interface IEitherSideCmdlet;

/// <summary>Which side of Polar a cmdlet is for.</summary>
internal static class Sides
{
    /// <summary>The side whose connection the cmdlet uses when none is given.</summary>
    /// <param name="cmdlet">The cmdlet's class; null for other commands, which count as the seller's.</param>
    public static PolarSide Of(Type? cmdlet) =>
        typeof(IPortalCmdlet).IsAssignableFrom(cmdlet) ? PolarSide.Customer : PolarSide.Seller;

    /// <summary>Whether a cmdlet can use a connection.</summary>
    public static bool Fits(PolarCmdlet cmdlet, PolarConnection connection) =>
        cmdlet is ITokenlessCmdlet or IEitherSideCmdlet
        || (connection.Side == Of(cmdlet.GetType()) && !(cmdlet is IMemberCmdlet && IsCustomersOwn(connection)));

    /// <summary>Whether a connection has the token of a customer as such, and not of a member.</summary>
    public static bool IsCustomersOwn(PolarConnection connection) => connection.Token == TokenKind.Customer;
}
