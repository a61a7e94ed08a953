using System.Text.RegularExpressions;

namespace PolarPS.Client.Tests.Emulator;

/// <summary>Puts things of the shop into paths and bodies: {order} for an order that is paid, and so on.</summary>
internal static partial class Places
{
    public const string Nobody = "9d2c1a34-6f0e-4b58-8a77-3f5d0c1e2b99";

    private static readonly Dictionary<string, Func<Shop, Task<string>>> Known = new()
    {
        ["org"] = shop => Task.FromResult(shop.Emulator.OrganizationId),
        ["product"] = shop => shop.Product("Harbor"),
        ["free"] = shop => shop.Product("Deckhand"),
        ["atlas"] = shop => shop.Product("Atlas of the North Sea"),
        ["field"] = shop => shop.Id("custom-fields", "Bulletin"),
        ["meter"] = shop => shop.Id("meters", "Forecast requests"),
        ["benefit"] = shop => shop.Id("benefits", "Atlas and tide tables", "description"),
        ["customer"] = shop => shop.Id("customers", "Astrid Lund"),
        ["buyer"] = shop => shop.Id("customers", "Jonas Brandt"),
        ["team"] = shop => shop.Id("customers", "Vind Charter"),
        ["member"] = async shop =>
            (await shop.Get($"/v1/customers/{await shop.Id("customers", "Vind Charter")}/members")).Texts("id").First(),
        ["subscription"] = shop => First(shop, "subscriptions", $"status=active&product_id={{product}}"),
        ["paused"] = shop => First(shop, "subscriptions", "status=paused"),
        ["fleet"] = async shop => await First(shop, "subscriptions", $"product_id={await shop.Product("Fleet")}"),
        ["order"] = async shop =>
            await First(shop, "orders", $"status=paid&product_id={await shop.Product("Atlas of the North Sea")}"),
        ["payment"] = shop => First(shop, "payments", "status=succeeded"),
        ["dispute"] = shop => First(shop, "disputes", string.Empty),
        ["key"] = shop => First(shop, "license-keys", "status=granted"),
        ["key-text"] = async shop => (await shop.Get("/v1/license-keys/?status=granted")).Texts("key").First(),
        ["event"] = shop => First(shop, "events", "source=user"),
        ["event-type"] = shop => First(shop, "event-types", "source=user"),
        ["customer-meter"] = shop => First(shop, "customer-meters", string.Empty),
        ["file"] = shop => First(shop, "files", string.Empty),
        ["seat"] = async shop => (await Seat(shop, "pending"))!,
        ["checkout"] = async shop => (await Checkout(shop)).Id,
        ["secret"] = async shop => (string)(await Checkout(shop)).Body!["client_secret"]!,
        ["endpoint"] = async shop => (await Endpoint(shop)).Id,
        ["dashboard"] = async shop =>
            (await shop.Post("/v1/metrics/dashboards", "{'name':'Bridge','metrics':['orders']}")).Id,
        ["activation"] = async shop =>
        {
            var key = (await shop.Get("/v1/license-keys/?status=granted")).Texts("key").First();
            return (
                await shop.Post(
                    "/v1/license-keys/activate",
                    $"{{'key':'{key}','organization_id':'{shop.Emulator.OrganizationId}','label':'plotter'}}"
                )
            ).Id;
        },
        ["told"] = async shop =>
        {
            await Endpoint(shop);
            await shop.Post("/v1/customers/", "{'email':'told@example.com'}");
            return (string)(await shop.Get("/v1/webhooks/deliveries")).Items[0]!["webhook_event"]!["id"]!;
        },
    };

    public static async Task<string> Fill(Shop shop, string text)
    {
        var token = shop.Token;
        shop.Token = shop.Emulator.AccessToken;
        foreach (var name in Names().Matches(text).Select(match => match.Groups[1].Value).Distinct())
        {
            if (Known.TryGetValue(name, out var find))
            {
                text = text.Replace("{" + name + "}", await find(shop), StringComparison.Ordinal);
            }
        }

        shop.Token = token;
        return text;
    }

    private static async Task<string> First(Shop shop, string collection, string query)
    {
        query = query.Contains("{product}", StringComparison.Ordinal)
            ? query.Replace("{product}", await shop.Product("Harbor"), StringComparison.Ordinal)
            : query;
        return (await shop.Get($"/v1/{collection}/?{query}")).Texts("id").First();
    }

    private static Task<Answer> Checkout(Shop shop) => CheckoutOf(shop, "Harbor");

    public static async Task<Answer> CheckoutOf(Shop shop, string product, string more = "") =>
        await shop.Post("/v1/checkouts/", $"{{'products':['{await shop.Product(product)}']{more}}}");

    private static Task<Answer> Endpoint(Shop shop) =>
        shop.Post(
            "/v1/webhooks/endpoints",
            "{'url':'https://hooks.example.com/polar','format':'raw','events':['customer.created']}"
        );

    private static async Task<string?> Seat(Shop shop, string status)
    {
        var subscription = await Known["fleet"](shop);
        var list = await shop.Get(
            string.Create(CultureInfo.InvariantCulture, $"/v1/customer-seats?subscription_id={subscription}")
        );
        return (string?)list.Body!["seats"]!.AsArray().First(seat => (string)seat!["status"]! == status)!["id"];
    }

    [GeneratedRegex(@"\{([a-z-]+)\}")]
    private static partial Regex Names();
}
