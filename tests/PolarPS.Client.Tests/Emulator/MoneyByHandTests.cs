using System.Text.Json.Nodes;
using PolarPS.Emulator;
using Xunit;

namespace PolarPS.Client.Tests.Emulator;

/// <summary>
/// The arithmetic of money, each case worked out by hand from Polar's rules. The sums stand beside what they come to: whoever
/// changes a number here has to do the sum again.
/// </summary>
public sealed class MoneyByHandTests
{
    [Theory]
    // Inclusive, the tax is rate / (100 + rate) of the price: 1000 × 19/119 = 159.66; 900 × 19/119 = 143.70.
    [InlineData(1000, "location", "DE", null, false, "inclusive", 160)]
    [InlineData(900, "location", "DE", null, false, "inclusive", 144)]
    // 2900 × 20/120 = 483.33; 2900 × 25/125 = 580; 1234 × 8.1/108.1 = 92.46; 999 × 25.5/125.5 = 202.98.
    [InlineData(2900, "location", "FR", null, false, "inclusive", 483)]
    [InlineData(2900, "location", "SE", null, false, "inclusive", 580)]
    [InlineData(1234, "location", "CH", null, false, "inclusive", 92)]
    [InlineData(999, "location", "FI", null, false, "inclusive", 203)]
    // A sixth of 903 is 150.5 and of 909 is 151.5: halves go to the even neighbour.
    [InlineData(903, "location", "GB", null, false, "inclusive", 150)]
    [InlineData(909, "location", "GB", null, false, "inclusive", 152)]
    // Minor units are what is rounded, however many a currency has: 1500 yen × 10/110 = 136.36; 12345 pence / 6 = 2057.5.
    [InlineData(1500, "location", "JP", null, false, "inclusive", 136)]
    [InlineData(12345, "location", "GB", null, false, "inclusive", 2058)]
    // Exclusive, it is the rate of the price: 1000 × 6.25 % = 62.5 and 1016 × 6.25 % = 63.5, again to the even neighbour.
    [InlineData(1000, "location", "US", "US-TX", false, "exclusive", 62)]
    [InlineData(1016, "location", "US", "US-TX", false, "exclusive", 64)]
    [InlineData(1000, "location", "US", "US-NY", false, "exclusive", 40)]
    [InlineData(1000, "location", "US", "US-DE", false, "exclusive", 0)]
    [InlineData(1000, "location", "IN", null, false, "exclusive", 180)]
    // 1000 × 14.975 % = 149.75; 50 × 13 % = 6.5; 1250 × 5 % = 62.5.
    [InlineData(1000, "location", "CA", "CA-QC", false, "exclusive", 150)]
    [InlineData(50, "location", "CA", "CA-ON", false, "exclusive", 6)]
    [InlineData(1250, "location", "CA", "CA-AB", false, "exclusive", 62)]
    // What the price itself says goes before what is usual where the buyer is: 1000 × 19 %; 1040 × 4/104 = 40.
    [InlineData(1000, "exclusive", "DE", null, false, "exclusive", 190)]
    [InlineData(1040, "inclusive", "US", "US-NY", false, "inclusive", 40)]
    // Credits are taxed as what they take back: -(1000 × 19/119), -(150.5 to the even neighbour).
    [InlineData(-1000, "location", "DE", null, false, "inclusive", -160)]
    [InlineData(-903, "location", "GB", null, false, "inclusive", -150)]
    [InlineData(-1016, "location", "US", "US-TX", false, "exclusive", -64)]
    // A business with a number settles it itself, except in the US and Canada.
    [InlineData(1000, "location", "DE", null, true, "inclusive", 0)]
    [InlineData(1000, "location", "IN", null, true, "exclusive", 0)]
    [InlineData(1000, "location", "US", "US-NY", true, "exclusive", 40)]
    [InlineData(1000, "location", "CA", "CA-BC", true, "exclusive", 120)]
    // No rate is known.
    [InlineData(1000, "location", "AE", null, false, "inclusive", 0)]
    public void TaxIsWorkedOut(
        int amount,
        string option,
        string country,
        string? state,
        bool hasNumber,
        string behavior,
        int expected
    )
    {
        var tax = Taxes.On(amount, option, new JsonObject { ["country"] = country, ["state"] = state }, hasNumber);

        Assert.Equal((behavior, expected, country), (tax.Behavior, (int)tax.Amount, tax.Country));
        // A state is told without its country.
        Assert.Equal(state?.Substring(3), tax.State);
    }

    [Fact]
    public void WithoutAnAddressThereIsNoTax() =>
        Assert.Equal((0L, null), (Taxes.On(1000, "exclusive", null, false) is var tax ? tax.Amount : 1, tax.Behavior));

    [Theory]
    // Percentages: 2900 × 20 % = 580; 1000 × 33.33 % = 333.3; 100 × 12.5 % = 12.5 and 140 × 12.5 % = 17.5, halves up.
    [InlineData("{'type':'percentage','basis_points':2000}", 2900, 580)]
    [InlineData("{'type':'percentage','basis_points':3333}", 1000, 333)]
    [InlineData("{'type':'percentage','basis_points':1250}", 100, 13)]
    [InlineData("{'type':'percentage','basis_points':1250}", 140, 18)]
    [InlineData("{'type':'percentage','basis_points':10000}", 901, 901)]
    // Amounts: no more than there is, and nothing in a currency that the discount does not have.
    [InlineData("{'type':'fixed','amounts':{'usd':500,'eur':400}}", 2900, 500)]
    [InlineData("{'type':'fixed','amounts':{'usd':500}}", 300, 300)]
    [InlineData("{'type':'fixed','amounts':{'eur':400}}", 2900, 0)]
    public void DiscountsTakeOff(string discount, int amount, int expected) =>
        Assert.Equal(expected, Discounts.Amount(Read(discount), amount, "usd"));

    [Theory]
    // Each percentage by itself: 0.5, 1.5 and 2.5 all go up.
    [InlineData("{'type':'percentage','basis_points':1000}", "5 15 25", "1 2 3")]
    // 1000 × 1/6, 2/6, 3/6 = 166.67, 333.33, 500: rounding down leaves one, which the largest remainder gets.
    [InlineData("{'type':'fixed','amounts':{'usd':1000}}", "1000 2000 3000", "167 333 500")]
    // 100 × 1/3 each = 33.33: one is left, and the first of equals gets it.
    [InlineData("{'type':'fixed','amounts':{'usd':100}}", "50 50 50", "34 33 33")]
    // No more than all of it.
    [InlineData("{'type':'fixed','amounts':{'usd':9999}}", "100 250", "100 250")]
    [InlineData("{'type':'fixed','amounts':{'usd':100}}", "0 0", "0 0")]
    public void DiscountsAreSharedOut(string discount, string amounts, string expected) =>
        Assert.Equal(Numbers(expected), Discounts.Allocate(Read(discount), Numbers(amounts), "usd"));

    [Theory]
    // Once is the period that it was applied in; n months are that period and those that begin within n - 1 months after it.
    [InlineData("once", null, "2026-01-15", "2026-01-15", false)]
    [InlineData("once", null, "2026-01-15", "2026-02-15", true)]
    [InlineData("forever", null, "2026-01-15", "2036-01-15", false)]
    [InlineData("repeating", 1, "2026-01-15", "2026-01-15", false)]
    [InlineData("repeating", 1, "2026-01-15", "2026-01-22", true)]
    [InlineData("repeating", 3, "2026-01-15", "2026-03-15", false)]
    [InlineData("repeating", 3, "2026-01-15", "2026-03-16", true)]
    [InlineData("repeating", 3, "2026-01-15", "2026-04-15", true)]
    // Two months from 31 December: 31 January is the last day of them that begins a period.
    [InlineData("repeating", 2, "2025-12-31", "2026-01-31", false)]
    [InlineData("repeating", 2, "2025-12-31", "2026-02-28", true)]
    [InlineData("repeating", 12, "2026-01-15", "2026-12-15", false)]
    [InlineData("repeating", 12, "2026-01-15", "2027-01-15", true)]
    public void DiscountsEnd(string duration, int? months, string applied, string start, bool isOver) =>
        Assert.Equal(
            isOver,
            Discounts.IsOver(
                new JsonObject { ["duration"] = duration, ["duration_in_months"] = months },
                Time(applied),
                Time(start)
            )
        );

    [Theory]
    [InlineData("2026-01-31", "month", 1, "2026-02-28 2026-03-31 2026-04-30 2026-05-31")]
    [InlineData("2028-01-30", "month", 1, "2028-02-29 2028-03-30")]
    [InlineData("2026-11-30", "month", 3, "2027-02-28 2027-05-30 2027-08-30")]
    [InlineData("2026-01-15", "month", 1, "2026-02-15 2026-03-15")]
    [InlineData("2028-02-29", "year", 1, "2029-02-28 2030-02-28 2031-02-28 2032-02-29")]
    [InlineData("2026-03-31", "year", 2, "2028-03-31 2030-03-31")]
    [InlineData("2026-02-27", "week", 1, "2026-03-06 2026-03-13")]
    [InlineData("2026-12-28", "week", 2, "2027-01-11")]
    [InlineData("2028-02-28", "day", 1, "2028-02-29 2028-03-01")]
    [InlineData("2026-12-31", "day", 30, "2027-01-30")]
    public void PeriodsKeepTheirDay(string start, string interval, int count, string expected)
    {
        var day = Time(start).Day;
        var at = Time(start);
        foreach (var end in expected.Split(' '))
        {
            at = Periods.Next(at, day, interval, count);
            Assert.Equal(Time(end), at);
        }
    }

    [Theory]
    // Of January's 31 days, 21 are left on the 11th; half a day is half a day.
    [InlineData("2026-01-01", "2026-02-01", "2026-01-11", 21, 31)]
    [InlineData("2026-01-01", "2026-02-01", "2026-01-31T12:00", 1, 62)]
    [InlineData("2026-01-01", "2026-02-01", "2026-01-01", 1, 1)]
    [InlineData("2028-01-01", "2029-01-01", "2028-12-31", 1, 366)]
    [InlineData("2026-01-01", "2026-02-01", "2026-02-01", 0, 1)]
    [InlineData("2026-01-01", "2026-02-01", "2026-03-01", 0, 1)]
    public void PeriodsAreUsedUp(string start, string end, string now, int left, int of) =>
        Assert.Equal((decimal)left / of, Periods.Left(Time(start), Time(end), Time(now)));

    private const string SeatVolume =
        "{'amount_type':'seat_based','seat_tiers':{'seat_tier_type':'volume','tiers':["
        + "{'min_seats':3,'max_seats':9,'price_per_seat':2400},{'min_seats':10,'max_seats':null,'price_per_seat':1900}]}}";

    private const string SeatGraduated =
        "{'amount_type':'seat_based','seat_tiers':{'seat_tier_type':'graduated','tiers':["
        + "{'min_seats':3,'max_seats':9,'price_per_seat':2400},{'min_seats':10,'max_seats':20,'price_per_seat':1900},"
        + "{'min_seats':21,'max_seats':null,'price_per_seat':900}]}}";

    private const string UnitGraduated =
        "{'amount_type':'unit_based','tiers':{'type':'graduated','tiers':["
        + "{'bound':10,'unit_amount':'300'},{'bound':null,'unit_amount':'199.5'}]}}";

    private const string UnitVolume =
        "{'amount_type':'unit_based','tiers':{'type':'volume','tiers':["
        + "{'bound':10,'unit_amount':'300'},{'bound':null,'unit_amount':'199.5'}]}}";

    [Theory]
    // Volume: every seat costs what the tier of the number says. 9 × 24.00; 10 × 19.00.
    [InlineData(SeatVolume, 3, 7200)]
    [InlineData(SeatVolume, 9, 21600)]
    [InlineData(SeatVolume, 10, 19000)]
    // Graduated: 9 × 24.00, the tenth 19.00; 9 × 24.00 + 11 × 19.00 + 2 × 9.00 = 216 + 209 + 18.
    [InlineData(SeatGraduated, 3, 7200)]
    [InlineData(SeatGraduated, 10, 23500)]
    [InlineData(SeatGraduated, 20, 42500)]
    [InlineData(SeatGraduated, 22, 44300)]
    // 10 × 3.00 + 1.995 = 31.995, which is cut off; 10 × 3.00 + 2 × 1.995 = 33.99; all 11 at 1.995 = 21.945, cut off.
    [InlineData(UnitGraduated, 10, 3000)]
    [InlineData(UnitGraduated, 11, 3199)]
    [InlineData(UnitGraduated, 12, 3399)]
    [InlineData(UnitVolume, 10, 3000)]
    [InlineData(UnitVolume, 11, 2194)]
    public void QuantitiesCost(string price, int quantity, int expected) =>
        Assert.Equal(expected, PriceMath.UpFront(Read(price), null, quantity, quantity));

    [Theory]
    // What buyers choose, what is preset, the least, nothing.
    [InlineData("{'amount_type':'custom','preset_amount':2000,'minimum_amount':500}", 700, 700)]
    [InlineData("{'amount_type':'custom','preset_amount':2000,'minimum_amount':500}", null, 2000)]
    [InlineData("{'amount_type':'custom','preset_amount':null,'minimum_amount':500}", null, 500)]
    [InlineData("{'amount_type':'free'}", null, 0)]
    [InlineData("{'amount_type':'fixed','price_amount':900}", 700, 900)]
    [InlineData("{'amount_type':'metered_unit','unit_amount':'4'}", 700, 0)]
    public void OtherPricesCost(string price, int? chosen, int expected) =>
        Assert.Equal(expected, PriceMath.UpFront(Read(price), chosen, null, null));

    [Theory]
    // 3 × 0.5 = 1.5 and 5 × 0.5 = 2.5: halves up. Credits above what was used are no debt of the shop.
    [InlineData("{'amount_type':'metered_unit','unit_amount':'0.5'}", "3", 2)]
    [InlineData("{'amount_type':'metered_unit','unit_amount':'0.5'}", "5", 3)]
    [InlineData("{'amount_type':'metered_unit','unit_amount':'0.0004'}", "1000", 0)]
    [InlineData("{'amount_type':'metered_unit','unit_amount':'0.0004'}", "1250", 1)]
    [InlineData("{'amount_type':'metered_unit','unit_amount':'40'}", "-7", 0)]
    // Capped: 60 × 40 = 2400 are 2000; 49.99 × 40 = 1999.6 are 2000 by themselves; 49 × 40 = 1960 are below.
    [InlineData("{'amount_type':'metered_unit','unit_amount':'40','cap_amount':2000}", "60", 2000)]
    [InlineData("{'amount_type':'metered_unit','unit_amount':'40','cap_amount':2000}", "49", 1960)]
    // 100 × 2 + 50 × 1.5 = 275; all 150 at 1.5 = 225; capped at 250 the first only.
    [InlineData(
        "{'amount_type':'metered_tiers','tiers':{'type':'graduated','tiers':[{'bound':100,'unit_amount':'2'},{'bound':null,'unit_amount':'1.5'}]}}",
        "150",
        275
    )]
    [InlineData(
        "{'amount_type':'metered_tiers','tiers':{'type':'volume','tiers':[{'bound':100,'unit_amount':'2'},{'bound':null,'unit_amount':'1.5'}]}}",
        "150",
        225
    )]
    [InlineData(
        "{'amount_type':'metered_tiers','cap_amount':250,'tiers':{'type':'graduated','tiers':[{'bound':100,'unit_amount':'2'},{'bound':null,'unit_amount':'1.5'}]}}",
        "150",
        250
    )]
    // 100.5 units: 100 × 2 + 0.5 × 1.5 = 200.75; exactly at the bound the lower tier holds for volume too.
    [InlineData(
        "{'amount_type':'metered_tiers','tiers':{'type':'graduated','tiers':[{'bound':100,'unit_amount':'2'},{'bound':null,'unit_amount':'1.5'}]}}",
        "100.5",
        201
    )]
    [InlineData(
        "{'amount_type':'metered_tiers','tiers':{'type':'volume','tiers':[{'bound':100,'unit_amount':'2'},{'bound':null,'unit_amount':'1.5'}]}}",
        "100",
        200
    )]
    public void UsageCosts(string price, string units, int expected) =>
        Assert.Equal(expected, PriceMath.Usage(Read(price), decimal.Parse(units, CultureInfo.InvariantCulture)));

    [Theory]
    // 900 × 21/31 = 609.68; after 20 % off, 720 × 21/31 = 487.74; after 5.00 off, 400 × 21/31 = 270.97.
    [InlineData(null, 610)]
    [InlineData("{'type':'percentage','basis_points':2000}", 488)]
    [InlineData("{'type':'fixed','amounts':{'usd':500}}", 271)]
    public void PlansAreProratedNetOfTheDiscount(string? discount, int expected)
    {
        var price = Read("{'amount_type':'fixed','price_amount':900}");
        var metered = Read("{'amount_type':'metered_unit','unit_amount':'4'}");

        var parts = Proration.Of([price, metered], null, null, Maybe(discount), "usd", 21m / 31);

        Assert.Equal(expected, parts.Single().Amount);
    }

    [Theory]
    // At the start all of it; 2900 × 16/31 = 1496.77; 2900 × 1/31 = 93.55; at the end and later nothing.
    [InlineData(2900, "2026-01-01", "2026-02-01", "2026-01-01", 2900)]
    [InlineData(2900, "2026-01-01", "2026-02-01", "2026-01-16", 1497)]
    [InlineData(2900, "2026-01-01", "2026-02-01", "2026-01-31", 94)]
    [InlineData(2900, "2026-01-01", "2026-02-01", "2026-02-01", 0)]
    [InlineData(2900, "2026-01-01", "2026-02-01", "2026-02-02", 0)]
    // A February of 28 and one of 29 days: 2800 × 14/28; 2900 × 15/29; half a day of it: 2900 × 14.5/29.
    [InlineData(2800, "2026-02-01", "2026-03-01", "2026-02-15", 1400)]
    [InlineData(2900, "2028-02-01", "2028-03-01", "2028-02-15", 1500)]
    [InlineData(2900, "2028-02-01", "2028-03-01", "2028-02-15T12:00", 1450)]
    // Years: 10000 × 1/365 = 27.40; 10000 × 364/366 = 9945.36. Weeks: 700 × 3/7 = 300. From the 31st: 900 × 14/28 = 450.
    [InlineData(10000, "2026-01-01", "2027-01-01", "2026-12-31", 27)]
    [InlineData(10000, "2028-01-01", "2029-01-01", "2028-01-03", 9945)]
    [InlineData(700, "2026-03-02", "2026-03-09", "2026-03-06", 300)]
    [InlineData(900, "2026-01-31", "2026-02-28", "2026-02-14", 450)]
    public void PlansAreProratedByTheDay(int amount, string start, string end, string now, int expected)
    {
        var price = new JsonObject { ["amount_type"] = "fixed", ["price_amount"] = amount };
        var left = Periods.Left(Time(start), Time(end), Time(now));

        Assert.Equal(expected, Proration.Of([price], null, null, null, "usd", left).Single().Amount);
        // What is credited for the old plan is what would be charged for it: seats the other way round are the same sum.
        var seat = Read(
            "{'amount_type':'seat_based','seat_tiers':{'seat_tier_type':'volume','tiers':[{'min_seats':1,'max_seats':null,'price_per_seat':1}]}}"
        );
        var more = Proration.OfQuantity(seat, null, 100, 100 + amount, null, "usd", left);
        Assert.Equal(more, -Proration.OfQuantity(seat, null, 100 + amount, 100, null, "usd", left));
        Assert.Equal((long)(amount * left), more);
    }

    [Theory]
    // Halves of a plan's period go to the even neighbour: 901 / 2 = 450.5, 903 / 2 = 451.5.
    [InlineData(901, 450)]
    [InlineData(903, 452)]
    public void HalvesOfPlansGoToTheEvenNeighbour(int amount, int expected)
    {
        var price = new JsonObject { ["amount_type"] = "fixed", ["price_amount"] = amount };

        Assert.Equal(expected, Proration.Of([price], null, null, null, "usd", 0.5m).Single().Amount);
    }

    [Theory]
    // (7 - 5) × 24.00 × 21/31 = 3251.6, and the other way round -3251.6: what is over is cut off, both ways.
    [InlineData(5, 7, null, 3251)]
    [InlineData(7, 5, null, -3251)]
    // Across the tiers of volume: 10 × 19.00 - 9 × 24.00 = -2600; × 21/31 = -1761.3. More seats, less money.
    [InlineData(9, 10, null, -1761)]
    // 25 % off: (16800 - 4200) - (12000 - 3000) = 3600; × 21/31 = 2438.7.
    [InlineData(5, 7, "{'type':'percentage','basis_points':2500}", 2438)]
    // 20.00 off both before and after cancel out.
    [InlineData(5, 7, "{'type':'fixed','amounts':{'usd':2000}}", 3251)]
    public void SeatsAreProrated(int before, int after, string? discount, int expected) =>
        Assert.Equal(
            expected,
            Proration.OfQuantity(Read(SeatVolume), null, before, after, Maybe(discount), "usd", 21m / 31)
        );

    [Fact]
    public void AFixedPriceBesideSeatsTakesItsShareOfADiscount()
    {
        // 30.00 off 30.00 and 5 × 24.00 = 150.00: the seats bear 12000/15000 of it, 24.00, and cost 96.00.
        // With 7 seats they bear 16800/19800 × 30.00 = 25.4545, 2545 or 2546 by the larger remainder: .4545 of the plan's and
        // .5454 of the other's, so the plan's 454.5454 get one more and the seats stay at 2545; they cost 142.55.
        var fixedPrice = Read("{'amount_type':'fixed','price_amount':3000}");
        var discount = Read("{'type':'fixed','amounts':{'usd':3000}}");

        Assert.Equal(9600, Proration.Net(Read(SeatVolume), fixedPrice, 5, discount, "usd"));
        Assert.Equal(14255, Proration.Net(Read(SeatVolume), fixedPrice, 7, discount, "usd"));
        // (14255 - 9600) × 21/31 = 3153.4.
        Assert.Equal(3153, Proration.OfQuantity(Read(SeatVolume), fixedPrice, 5, 7, discount, "usd", 21m / 31));
    }

    [Theory]
    // Germany, inclusive: 2900 - 580 = 2320 to be paid, of which 2320 × 19/119 = 370.42 is tax.
    [InlineData("2900", "", "{'type':'percentage','basis_points':2000}", "DE", null, 2900, 580, 1950, 370, 2320)]
    // New York, exclusive: 2320 × 4 % = 92.8 on top.
    [InlineData("2900", "", "{'type':'percentage','basis_points':2000}", "US", "US-NY", 2900, 580, 2320, 93, 2413)]
    // Prorations have had theirs: only the 900 are discounted. 900 - 180 + 500 - 300 = 920; 920 × 4 % = 36.8.
    [InlineData("900", "500 -300", "{'type':'percentage','basis_points':2000}", "US", "US-NY", 1100, 180, 920, 37, 957)]
    // A credit: -2000 + 500 = -1500, and -1500 × 19/119 = -239.5 of tax go back with it.
    [InlineData("", "500 -2000", null, "DE", null, -1500, 0, -1261, -239, -1500)]
    [InlineData("", "500 -2000", null, "US", "US-TX", -1500, 0, -1500, -94, -1594)]
    // Nothing is taxed where nothing is left.
    [InlineData("900", "", "{'type':'percentage','basis_points':10000}", "DE", null, 900, 900, 0, 0, 0)]
    public void OrdersAddUp(
        string items,
        string prorations,
        string? discount,
        string country,
        string? state,
        int subtotal,
        int discounted,
        int net,
        int tax,
        int total
    )
    {
        var lines = Numbers(items)
            .Select(amount => new OrderItem("a", amount))
            .Concat(Numbers(prorations).Select(amount => new OrderItem("b", amount) { IsProration = true }))
            .ToArray();
        var address = new JsonObject { ["country"] = country, ["state"] = state };

        var sums = OrderAmounts.Of(
            lines,
            Maybe(discount),
            "usd",
            amount => Taxes.On(amount, "location", address, hasNumber: false)
        );

        Assert.Equal(
            (subtotal, discounted, net, tax, total),
            ((int)sums.Subtotal, (int)sums.Discount, (int)sums.Net, (int)sums.Tax.Amount, (int)sums.Total)
        );
    }

    [Theory]
    // Credit pays what it can; a debt comes on top; what is credited pays debts first.
    [InlineData(1000, 300, -300)]
    [InlineData(1000, 1300, -1000)]
    [InlineData(1000, -40, 40)]
    [InlineData(1000, 0, 0)]
    [InlineData(-500, 200, 0)]
    [InlineData(-500, -200, 200)]
    [InlineData(-500, -800, 500)]
    [InlineData(0, 300, 0)]
    [InlineData(0, -40, 40)]
    public void BalancesCount(int total, int balance, int expected) =>
        Assert.Equal(expected, OrderAmounts.ApplyBalance(total, balance));

    [Theory]
    // What the balance paid was no money: 10.00 - 3.00. A debt that came on top was: 10.00 + 0.40 - 2.00 that went back.
    [InlineData(1000, 0, 0, 1000)]
    [InlineData(1000, -300, 0, 700)]
    [InlineData(1000, 40, 200, 840)]
    [InlineData(1000, -1000, 0, 0)]
    [InlineData(1000, -300, 900, 0)]
    public void WhatWasPaidCanGoBack(int net, int applied, int refunded, int expected)
    {
        var order = Paid(net, 0, refunded, 0);
        order["applied_balance_amount"] = applied;

        Assert.Equal(expected, OrderResource.Refundable(order));
    }

    [Theory]
    // 19.00 with 2.50 of tax, 4.75 of it back already: 100 × 250/1900 = 13.16; 38 × 250/1900 = 5 exactly.
    [InlineData(1900, 250, 0, 0, 100, 13)]
    [InlineData(1900, 250, 0, 0, 38, 5)]
    // 19 × 250/1900 = 2.5 and 57 × 250/1900 = 7.5: to the even neighbour.
    [InlineData(1900, 250, 0, 0, 19, 2)]
    [InlineData(1900, 250, 0, 0, 57, 8)]
    // All that is left takes all the tax that is left: 250 - 2 - 2 - 2, not 1843 × 250/1900 = 242.5.
    [InlineData(1900, 250, 57, 6, 1843, 244)]
    [InlineData(1900, 250, 0, 0, 1900, 250)]
    // Never more tax than is left: 100 × 250/1900 = 13.16, but 3 are left.
    [InlineData(1900, 250, 1700, 247, 100, 3)]
    [InlineData(1900, 0, 0, 0, 700, 0)]
    public void RefundsTakeTheirTaxAlong(int net, int tax, int refunded, int refundedTax, int amount, int expected)
    {
        var order = Paid(net, tax, refunded, refundedTax);

        Assert.Equal(expected, OrderResource.RefundedTax(order, amount));
    }

    [Theory]
    // 21.50 with tax: all of it is 19.00 and 2.50; of 1000, 1000 × 250/2150 = 116.28 is tax.
    [InlineData(2150, 1900, 250)]
    [InlineData(1000, 884, 116)]
    public void DisputesAreSplit(int total, int amount, int tax) =>
        Assert.Equal((amount, tax), ((int, int))OrderResource.SplitTotal(Paid(1900, 250, 0, 0), total));

    [Theory]
    // 5 % and 50 cents: 10.00 → 0.50 + 0.50; 0.10 → 0.005 + 0.50, half up; 12.34 → 0.617 + 0.50.
    [InlineData(1000, "usd", 1000, 100)]
    [InlineData(10, "usd", 10, 51)]
    [InlineData(1234, "usd", 1234, 112)]
    // 10.00 € × 1.08 = 10.80 → 0.54 + 0.50; 1500 ¥ × 0.67 = 10.05 → 0.5025 + 0.50; 99.00 kr × 0.093 = 9.207.
    [InlineData(1000, "eur", 1080, 104)]
    [InlineData(1500, "jpy", 1005, 100)]
    [InlineData(9900, "nok", 921, 96)]
    public void PaymentsAreSettledInCents(int amount, string currency, int cents, int fee) =>
        Assert.Equal(
            (cents, fee),
            ((int)Settlement.Cents(amount, currency), (int)Settlement.Fee(Settlement.Cents(amount, currency)))
        );

    [Theory]
    // In minor units: a yen has none smaller, Uganda's shilling is counted in hundredths all the same.
    [InlineData("usd", 50, 99_999_999)]
    [InlineData("gbp", 40, 99_999_999)]
    [InlineData("nok", 500, 99_999_999)]
    [InlineData("jpy", 80, 99_999_999)]
    [InlineData("krw", 800, 99_999_999)]
    [InlineData("ugx", 200_000, 370_000_000)]
    public void CurrenciesHaveTheirLimits(string currency, int minimum, int maximum) =>
        Assert.Equal((minimum, maximum), (Currencies.Minimum(currency), Currencies.Maximum(currency)));

    // Polar sells in none of the currencies that have thousandths.
    [Theory]
    [InlineData("bhd")]
    [InlineData("jod")]
    [InlineData("kwd")]
    [InlineData("omr")]
    [InlineData("tnd")]
    public void NoCurrencyHasThreeDecimals(string currency) => Assert.DoesNotContain(currency, Currencies.Codes);

    private static JsonObject Paid(int net, int tax, int refunded, int refundedTax) =>
        new()
        {
            ["paid"] = true,
            ["net_amount"] = net,
            ["tax_amount"] = tax,
            ["total_amount"] = net + tax,
            ["applied_balance_amount"] = 0,
            ["refunded_amount"] = refunded,
            ["refunded_tax_amount"] = refundedTax,
        };

    private static JsonObject Read(string text) => JsonNode.Parse(text.Replace('\'', '"'))!.AsObject();

    private static JsonObject? Maybe(string? text) => text is null ? null : Read(text);

    private static long[] Numbers(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => long.Parse(word, CultureInfo.InvariantCulture))
            .ToArray();

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
