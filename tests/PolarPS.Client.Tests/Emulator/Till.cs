using System.Text.Json.Nodes;
using PolarPS.Emulator;
using Xunit;

namespace PolarPS.Client.Tests.Emulator;

/// <summary>
/// A shop with nothing in it but what a test puts there, whose time stands still until the test moves it, and what its
/// customers are charged, in short.
/// </summary>
internal sealed class Till : IDisposable
{
    /// <summary>Where no tax is known, so that sums stay plain.</summary>
    public const string Nowhere = "{'country':'AE'}";

    public const string Germany = "{'country':'DE'}";

    /// <summary>4 % on top.</summary>
    public const string NewYork =
        "{'country':'US','state':'US-NY','line1':'1 Pier','city':'New York','postal_code':'10004'}";

    /// <summary>A price of 10.00 a month.</summary>
    public const string Ten = "{'amount_type':'fixed','price_amount':1000}";

    private int _made;

    public Till(string start = "2026-01-01") =>
        Shop = new Shop(
            new EmulatorOptions
            {
                Empty = true,
                FreezeClock = true,
                StartTime = Time(start),
            }
        );

    public Shop Shop { get; }

    public string Organization => Shop.Emulator.OrganizationId;

    public void Dispose() => Shop.Dispose();

    /// <summary>Moves the time on; what falls due on the way happens.</summary>
    public void MoveTo(string time) => Shop.Emulator.AdvanceClockTo(Time(time));

    public async Task<Answer> Get(string path) => Fine(await Shop.Get(path));

    public async Task<Answer> Post(string path, string body) => Fine(await Shop.Post(path, body));

    public async Task<Answer> Patch(string path, string body) => Fine(await Shop.Patch(path, body));

    /// <summary>Makes a product that is paid every month, unless more says otherwise.</summary>
    public async Task<string> Product(string prices = Ten, string more = "'recurring_interval':'month'") =>
        (await Post("/v1/products/", $"{{'name':'Product {++_made}',{more},'prices':[{prices}]}}")).Id;

    /// <summary>Makes a product that is paid once.</summary>
    public Task<string> OneTime(string prices = Ten) => Product(prices, "'metadata':{}");

    public async Task<string> Discount(string terms) =>
        (
            await Post(
                "/v1/discounts/",
                $"{{'name':'Discount {++_made}','type':'percentage','basis_points':5000,'duration':'forever',{terms}}}".Replace(
                    ",}",
                    "}",
                    StringComparison.Ordinal
                )
            )
        ).Id;

    /// <summary>Makes a meter that adds up what events of a name tell.</summary>
    public async Task<string> Meter(string eventName) =>
        (
            await Post(
                "/v1/meters/",
                $"{{'name':'{eventName} meter','filter':{{'conjunction':'and','clauses':["
                    + $"{{'property':'name','operator':'eq','value':'{eventName}'}}]}},"
                    + "'aggregation':{'func':'sum','property':'units'}}"
            )
        ).Id;

    public async Task Use(string customer, string eventName, int units, string? time = null) =>
        await Post(
            "/v1/events/ingest",
            $"{{'events':[{{'name':'{eventName}','customer_id':'{customer}','metadata':{{'units':{Text(units)}}}"
                + (time is null ? string.Empty : $",'timestamp':'{time}'")
                + "}]}"
        );

    /// <summary>Opens a checkout and lets a buyer confirm it.</summary>
    /// <param name="product">What is bought.</param>
    /// <param name="address">Where the buyer is.</param>
    /// <param name="more">More members of the checkout, each after a comma.</param>
    /// <param name="token">What becomes of the payment.</param>
    /// <param name="email">Who buys; null for somebody new.</param>
    public async Task<Bought> Buy(
        string product,
        string address = Nowhere,
        string more = "",
        string token = "ctoken_succeed",
        string? email = null
    )
    {
        email ??= $"buyer{Text(++_made)}@example.com";
        var checkout = await Post(
            "/v1/checkouts/",
            $"{{'products':['{product}'],'customer_email':'{email}','customer_billing_address':{address}{more}}}"
        );
        var secret = (string)checkout.Body!["client_secret"]!;
        // A shop asks for a whole address where a whole one was given.
        var confirmed = await Shop.Post(
            $"/v1/checkouts/client/{secret}/confirm",
            $"{{'customer_name':'Ada','confirmation_token_id':'{token}'}}"
        );
        Assert.True(confirmed.Status == 200, confirmed.Body?.ToJsonString());
        var done = await Get($"/v1/checkouts/{checkout.Id}");
        Assert.Equal("succeeded", (string)done.Body!["status"]!);
        var customer = (string)done.Body["customer_id"]!;
        var subscriptions = (await Get($"/v1/subscriptions/?customer_id={customer}&product_id={product}")).Items;
        return new Bought(
            customer,
            subscriptions.Count > 0 ? (string)subscriptions[0]!["id"]! : string.Empty,
            checkout.Id
        );
    }

    public async Task<JsonNode> Subscription(Bought bought) =>
        (await Get($"/v1/subscriptions/{bought.Subscription}")).Body!;

    public Task<Answer> Change(Bought bought, string body) => Patch($"/v1/subscriptions/{bought.Subscription}", body);

    public Task<Answer> Try(Bought bought, string body) => Shop.Patch($"/v1/subscriptions/{bought.Subscription}", body);

    /// <summary>A customer's orders, oldest first.</summary>
    public async Task<JsonNode[]> Orders(Bought bought) =>
        (await Get($"/v1/orders/?customer_id={bought.Customer}&sorting=created_at&limit=100"))
            .Items.Select(item => item!)
            .ToArray();

    /// <summary>
    /// A customer's bills, oldest first: the items, what is taken off, the tax that comes to the net, what the balance adds to
    /// the total, and what was left to be paid.
    /// </summary>
    public async Task<string[]> Bills(Bought bought) => (await Orders(bought)).Select(Bill).ToArray();

    public static string Bill(JsonNode order)
    {
        var bill = string.Join('+', order["items"]!.AsArray().Select(item => Text((int)item!["amount"]!)));
        int Of(string name) => (int)order[name + "_amount"]!;
        if (Of("discount") != 0)
        {
            bill += $" off {Text(Of("discount"))}";
        }

        if (Of("tax") != 0)
        {
            bill += $" net {Text(Of("net"))} tax {Text(Of("tax"))}";
        }

        if (Of("applied_balance") != 0)
        {
            bill += $" balance {Text(Of("applied_balance"))}";
        }

        // Whatever else there is, the sums have to fit.
        Assert.Equal(order["items"]!.AsArray().Sum(item => (int)item!["amount"]!), Of("subtotal"));
        Assert.Equal(Of("net") + Of("tax"), Of("total"));
        Assert.Equal(Math.Max(0, Of("total") + Of("applied_balance")), Of("due"));
        return $"{bill} due {Text(Of("due"))} {(string)order["status"]!}";
    }

    /// <summary>Makes an endpoint that is told of these events, all of which can be asked for later.</summary>
    public async Task<string> Listen(params string[] events) =>
        (
            await Post(
                "/v1/webhooks/endpoints",
                $"{{'url':'https://hooks.example.com/polar','format':'raw','events':['{string.Join("','", events)}']}}"
            )
        ).Id;

    /// <summary>What endpoints were told, oldest first.</summary>
    public async Task<(string Type, JsonNode Data)[]> Told()
    {
        var deliveries = new List<JsonNode>();
        for (var page = 1; ; page++)
        {
            var list = await Get($"/v1/webhooks/deliveries?sorting=created_at&limit=100&page={Text(page)}");
            deliveries.AddRange(list.Items.Select(item => item!["webhook_event"]!));
            if (page >= list.MaxPage)
            {
                break;
            }
        }

        // What is tried again is told once.
        return deliveries
            .DistinctBy(told => (string)told["id"]!)
            .Select(told => ((string)told["type"]!, JsonNode.Parse((string)told["payload"]!)!["data"]!))
            .ToArray();
    }

    private static Answer Fine(Answer answer)
    {
        Assert.True(answer.Status is >= 200 and < 300, answer.Body?.ToJsonString());
        return answer;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}

/// <summary>What came of a purchase.</summary>
internal sealed record Bought(string Customer, string Subscription, string Checkout);
