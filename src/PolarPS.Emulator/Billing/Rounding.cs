namespace PolarPS.Emulator;

/// <summary>
/// How Polar rounds, which differs from place to place. Each amount of money is rounded once, where it arises, by the one of
/// these that Polar uses there.
/// </summary>
internal static class Rounding
{
    /// <summary>Half away from zero: usage, discounts by percentage, fees.</summary>
    public static long HalfAway(decimal amount) => (long)Math.Round(amount, MidpointRounding.AwayFromZero);

    /// <summary>Half away from zero, of a number that Polar works out in binary fractions, with their small errors.</summary>
    public static long HalfAway(double amount)
    {
        var whole = Math.Truncate(amount);
        return (long)(Math.Abs(amount - whole) >= 0.5 ? whole + Math.Sign(amount) : whole);
    }

    /// <summary>Half to the even neighbour: what is left of a plan's period, and tax.</summary>
    public static long HalfEven(decimal amount) => (long)Math.Round(amount, MidpointRounding.ToEven);

    /// <summary>Half to the even neighbour, of a number that Polar works out in binary fractions: the tax of a refund.</summary>
    public static long HalfEven(double amount) => (long)Math.Round(amount, MidpointRounding.ToEven);

    /// <summary>Towards zero: changes of seats and units within a period.</summary>
    public static long TowardsZero(decimal amount) => (long)decimal.Truncate(amount);
}
