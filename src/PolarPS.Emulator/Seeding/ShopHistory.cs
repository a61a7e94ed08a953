// Long because it tells one story, in the order in which it happened.

namespace PolarPS.Emulator;

/// <summary>
/// What had happened in the shop before it was opened here: customers who bought, subscribed, paid, did not pay, paused, went
/// away. It is lived through, month by month, by the same rules as everything later, and only at the first request for
/// more than the shop's catalogue.
/// </summary>
internal sealed class ShopHistory
{
    // What the catalogue shows without the history: these were sold, and so cannot be deleted.
    private static readonly HashSet<string> Sold = new(StringComparer.Ordinal)
    {
        "Deckhand",
        "Harbor",
        "Harbor Annual",
        "Offshore",
        "Offshore Annual",
        "Fleet",
        "Forecast API",
        "Skipper's Course",
        "Buoy Feed",
        "Atlas of the North Sea",
        "Seto Inland Sea Pilot",
        "Keep the Lighthouse Lit",
    };

    private static readonly string[] Catalogue =
    [
        "organizations:",
        "meters:list",
        "meters:get",
        "custom-fields:",
        "benefits:list",
        "benefits:get",
        "products:",
        "discounts:",
        "checkout-links:",
    ];

    private readonly EmulatorCore _core;
    private readonly IdGenerator _ids;
    private readonly DateTimeOffset _now;
    private readonly List<(DateTimeOffset At, Action Do)> _plan = [];
    private readonly Dictionary<string, Document> _customers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Document> _subscriptions = new(StringComparer.Ordinal);
    private string _organizationId = string.Empty;
    private bool _isDone;

    public ShopHistory(EmulatorCore core)
    {
        _core = core;
        _ids = new IdGenerator(core.Options.ShopSeed, stream: 3);
        var now = core.Clock.Now;
        _now = new DateTimeOffset(now.Year, now.Month, now.Day, 0, 0, 0, TimeSpan.Zero);
        _isDone = core.Options.Empty;
    }

    /// <summary>Whether a product will have been sold, once the history is told.</summary>
    public bool WillSell(Document product) =>
        !_isDone
        && product.OrganizationId == _core.Organizations.Documents.Items[0].Id
        && Sold.Contains(product.Row.Text("name")!)
        && !product.Row.Has("modified_at");

    /// <summary>Tells the history if an operation could show it, or could change what it is made of.</summary>
    public void Ensure(Operation operation)
    {
        if (
            !_isDone
            && !(
                operation.Method == "GET"
                && Array.Exists(Catalogue, name => operation.Id.StartsWith(name, StringComparison.Ordinal))
                && !operation.Path.Contains("{id}/")
            )
        )
        {
            Ensure();
        }
    }

    public void Ensure()
    {
        if (_isDone)
        {
            return;
        }

        _isDone = true;
        _organizationId = _core.Organizations.Documents.Items[0].Id;
        var ids = _core.Ids;
        _core.Ids = _ids;
        try
        {
            Plan();
            foreach (var (at, act) in _plan.OrderBy(entry => entry.At))
            {
                _core.RunSchedule(at);
                _core.Clock.Set(at);
                act();
                _core.RunJobs();
                _core.Clock.Set(null);
            }

            _core.RunSchedule(_now);
            _core.Clock.Set(_now);
            _core.CustomerMeters.Refresh();
            _core.Wallets.Add(_customers["jonas"], 5000, "usd");
            _core.Clock.Set(null);
            FillTheTill();
        }
        finally
        {
            _core.Clock.Set(null);
            _core.Ids = ids;
        }
    }

    // So many days before the shop was opened here, at some hour.
    private void On(double daysAgo, Action act) => _plan.Add((_now.AddDays(-daysAgo), act));

    private Document Product(string name) =>
        _core.Products.Documents.Items.First(product => product.Row.Text("name") == name);

    private void Join(double daysAgo, string name, string json, string card = "4242", string brand = "visa") =>
        On(
            daysAgo,
            () =>
            {
                var customer = _core.Customers.Add(Json.Parse(json), _organizationId);
                _customers.Add(name, customer);
                var row = customer.Row.Clone();
                row["email_verified"] = true;
                row["billing_name"] ??= row.Copy("name");
                _core.Store.Replace(customer, row);
                if (card.Length > 0)
                {
                    _core.PaymentMethods.MakeDefault(customer, _core.PaymentMethods.Add(customer, card, brand));
                }
            }
        );

    private void Subscribe(
        double daysAgo,
        string who,
        string what,
        string currency = "usd",
        long? seats = null,
        string? discount = null,
        bool trial = false,
        string? answers = null,
        long? units = null
    ) =>
        On(
            daysAgo,
            () =>
            {
                var product = Product(what);
                var customer = _customers[who];
                _subscriptions.Add(
                    who + " " + what,
                    _core.Checkouts.Sell(
                        customer,
                        product,
                        currency,
                        seats,
                        units,
                        _core.Discounts.Documents.Items.FirstOrDefault(item => item.Row.Text("name") == discount),
                        trial,
                        answers is null ? null : Json.Parse(answers),
                        Card(customer)
                    )
                );
            }
        );

    private Document? Card(Document customer) =>
        _core.PaymentMethods.Documents.Find(customer.Row.Text("default_payment_method_id"));

    private void Buy(
        double daysAgo,
        string who,
        string what,
        string currency = "usd",
        long? seats = null,
        Action<Document>? then = null
    ) =>
        On(
            daysAgo,
            () =>
            {
                var product = Product(what);
                var customer = _customers[who];
                var order = _core.Checkouts.Sell(
                    customer,
                    product,
                    currency,
                    seats,
                    null,
                    null,
                    trial: false,
                    null,
                    Card(customer)
                );
                then?.Invoke(order);
            }
        );

    private void Change(double daysAgo, string subscription, string json) =>
        On(daysAgo, () => _core.Subscriptions.Change(_subscriptions[subscription], Json.Parse(json)));

    private void Use(double daysAgo, string who, string name, string metadata) =>
        On(
            daysAgo,
            () =>
            {
                var entry = new EventEntry(
                    Guid.Parse(_ids.NextId()),
                    _organizationId,
                    _core.Clock.Now,
                    _core.Events.Log.Share(name),
                    Json.FromText(metadata)
                )
                {
                    Arrived = _core.Clock.Now,
                    CustomerId = _customers[who].Id,
                };
                _core.Events.Add(entry);
            }
        );

    private void Plan()
    {
        Join(
            190.4,
            "astrid",
            """
            { "type": "individual", "email": "astrid.lund@solveig.example", "name": "Astrid Lund", "external_id": "crew-1001",
              "locale": "nb", "metadata": { "boat": "Solveig", "since": 2019 },
              "billing_address": { "line1": "Bryggen 14", "postal_code": "5003", "city": "Bergen", "country": "NO" } }
            """
        );
        Subscribe(190.3, "astrid", "Harbor");
        Buy(75.6, "astrid", "Keep the Lighthouse Lit");

        Join(
            160.55,
            "jonas",
            """
            { "type": "individual", "email": "jonas.brandt@kielwasser.example", "name": "Jonas Brandt", "external_id": "crew-1002",
              "locale": "de", "metadata": {},
              "billing_address": { "line1": "Hafenstr. 3", "postal_code": "24103", "city": "Kiel", "country": "DE" } }
            """,
            "4444",
            "mastercard"
        );
        Subscribe(
            160.5,
            "jonas",
            "Offshore",
            discount: "Old salt",
            answers: "{ \"vessel_name\": \"Wanderlust\", \"home_waters\": \"baltic\" }"
        );
        Buy(41.2, "jonas", "Atlas of the North Sea", then: order => Refund(order, 1500, "customer_request"));

        Join(
            140.7,
            "claire",
            """
            { "type": "individual", "email": "claire.moreau@ponant.example", "name": "Claire Moreau", "external_id": "crew-1003",
              "locale": "fr", "billing_address": { "line1": "2 quai du Port", "postal_code": "13002", "city": "Marseille",
              "country": "FR" }, "tax_id": "FR32123456789", "metadata": { "fleet": true } }
            """
        );
        Subscribe(140.6, "claire", "Offshore Annual", "eur");

        Join(
            120.8,
            "charter",
            """
            { "type": "team", "email": "office@vindcharter.example", "name": "Vind Charter", "external_id": "fleet-7",
              "billing_address": { "line1": "Hamngatan 2", "postal_code": "411 14", "city": "Göteborg", "country": "SE" },
              "owner": { "email": "maja@vindcharter.example", "name": "Maja Ek", "external_id": "skipper-1" } }
            """
        );
        Subscribe(120.7, "charter", "Fleet", seats: 5, answers: "{ \"crew_size\": 12 }");
        On(119.5, SeatTheCrew);
        Buy(60.2, "charter", "Skipper's Course", seats: 5);

        Join(
            100.45,
            "haruka",
            """
            { "type": "individual", "email": "haruka.mori@seto.example", "name": "森 はるか", "external_id": "crew-1004",
              "locale": "ja", "billing_address": { "line1": "1-1 Minato", "postal_code": "760-0019", "city": "Takamatsu",
              "state": "JP-37", "country": "JP" } }
            """,
            "0005",
            "jcb"
        );
        Buy(100.4, "haruka", "Seto Inland Sea Pilot", "jpy");
        Subscribe(31.4, "haruka", "Deckhand");

        Join(
            96.35,
            "tom",
            """
            { "type": "individual", "email": "tom.okafor@leeway.example", "name": "Tom Okafor", "external_id": "crew-1005",
              "locale": "en", "billing_address": { "line1": "8 Pier Rd", "postal_code": "02110", "city": "Boston",
              "state": "US-MA", "country": "US" } }
            """
        );
        Subscribe(96.3, "tom", "Harbor");
        Change(
            70.5,
            "tom Harbor",
            """
            { "cancel_at_period_end": true, "customer_cancellation_reason": "too_expensive",
              "customer_cancellation_comment": "Only sailing in summer." }
            """
        );

        Join(
            66.25,
            "ines",
            """
            { "type": "individual", "email": "ines.castro@alisio.example", "name": "Inês Castro", "external_id": "crew-1006",
              "locale": "pt", "billing_address": { "line1": "Cais 5", "postal_code": "9900-036", "city": "Horta",
              "country": "PT" } }
            """
        );
        Subscribe(66.2, "ines", "Offshore", answers: "{ \"vessel_name\": \"Alísio\" }");
        // The card that worked at first is refused now.
        On(20.5, () => _core.PaymentMethods.MayTurnBad(Card(_customers["ines"]), "decline"));

        Join(
            52.15,
            "piet",
            """
            { "type": "individual", "email": "piet.devries@wad.example", "name": "Piet de Vries", "external_id": "crew-1007",
              "locale": "nl", "billing_address": { "line1": "Havenweg 1", "postal_code": "8881 HE", "city": "West-Terschelling",
              "country": "NL" } }
            """
        );
        Subscribe(52.1, "piet", "Harbor");
        Change(30.2, "piet Harbor", """{ "pause_at_period_end": true }""");

        Join(
            25.85,
            "freya",
            """
            { "type": "individual", "email": "freya.sinclair@pentland.example", "name": "Freya Sinclair",
              "external_id": "crew-1008", "locale": "en",
              "billing_address": { "line1": "Pier House", "postal_code": "KW17 2BQ", "city": "Kirkwall", "country": "GB" } }
            """
        );
        Subscribe(25.8, "freya", "Harbor Annual");
        Change(
            10.9,
            "freya Harbor Annual",
            """{ "cancel_at_period_end": true, "customer_cancellation_reason": "unused" }"""
        );
        // One dispute is lost, another is to be answered in the days to come.
        Buy(23.5, "freya", "Keep the Lighthouse Lit", then: order => OpenDispute(18.4, order, "lost", "fraudulent"));
        Buy(
            12.6,
            "freya",
            "Atlas of the North Sea",
            then: order => OpenDispute(4.3, order, "needs_response", "product_not_received")
        );

        Join(
            5.75,
            "noor",
            """
            { "type": "individual", "email": "noor.haddad@mistral.example", "name": "Noor Haddad", "external_id": "crew-1009",
              "locale": "en" }
            """
        );
        Subscribe(5.7, "noor", "Offshore", trial: true, answers: "{ \"vessel_name\": \"Mistral\" }");

        Join(
            45.35,
            "lotte",
            """
            { "type": "individual", "email": "lotte.berg@skagen.example", "name": "Lotte Berg", "external_id": "crew-1010",
              "locale": "da", "billing_address": { "line1": "Havnevej 9", "postal_code": "9990", "city": "Skagen",
              "country": "DK" } }
            """
        );
        Subscribe(45.3, "lotte", "Buoy Feed", units: 25);
        Change(9.4, "lotte Buoy Feed", """{ "units": 40, "proration_behavior": "next_period" }""");

        Join(
            15.45,
            "marek",
            """
            { "type": "individual", "email": "marek.nowak@hel.example", "name": "Marek Nowak", "external_id": "crew-1011",
              "locale": "pl", "billing_address": { "line1": "Portowa 2", "postal_code": "84-150", "city": "Hel",
              "country": "PL" } }
            """
        );
        Subscribe(15.4, "marek", "Harbor Annual");
        Change(14.2, "marek Harbor Annual", """{ "pause_at_period_end": true }""");

        // A buyer who left the checkout; nothing else happened within the day.
        On(
            8.4,
            () =>
                _core.Checkouts.Add(
                    new JsonObject
                    {
                        ["products"] = new JsonArray(Product("Fleet").Id),
                        ["seats"] = 4,
                        ["customer_email"] = "office@skagerrak.example",
                        ["metadata"] = new JsonObject { ["page"] = "fleet" },
                    },
                    _organizationId
                )
        );

        for (var day = 28; day >= 1; day--)
        {
            Use(
                day + 0.31,
                "jonas",
                "forecast.requested",
                "{\"area\":\"baltic\",\"hours\":" + (12 + (day % 5 * 12)) + "}"
            );
            if (day % 3 == 0)
            {
                Use(
                    day + 0.22,
                    "claire",
                    "route.planned",
                    "{\"from\":\"Marseille\",\"to\":\"Calvi\",\"_llm\":{\"vendor\":\"northwind\",\"model\":\"router-2\","
                        + "\"input_tokens\":"
                        + (900 + (day * 17))
                        + ",\"output_tokens\":"
                        + (120 + day)
                        + ",\"total_tokens\":"
                        + (1020 + (day * 18))
                        + "},\"_cost\":{\"amount\":\"0.42\",\"currency\":\"usd\"}}"
                );
            }

            if (day % 7 == 0)
            {
                Use(day + 0.11, "ines", "forecast.requested", "{\"area\":\"azores\",\"hours\":24}");
            }
        }
    }

    private void OpenDispute(double daysAgo, Document order, string status, string reason) =>
        _core.Schedule.Set(
            order,
            Timestamps.Format(_now.AddDays(-daysAgo)),
            document => _core.Disputes.Open(document, status, reason),
            "dispute"
        );

    private void Refund(Document order, long amount, string reason) =>
        _core.Refunds.Add(
            order,
            new JsonObject
            {
                ["amount"] = amount,
                ["reason"] = reason,
                ["metadata"] = new JsonObject(),
                ["comment"] = "A page was missing.",
            }
        );

    // Those who are about to buy: as of now, because a checkout is open for a day only.
    private void FillTheTill()
    {
        var offshore = Product("Offshore").Id;
        var now = _core.Clock.Now;
        _core.Clock.Set(now.AddMinutes(-9));
        _core.Checkouts.Add(
            new JsonObject
            {
                ["products"] = new JsonArray(Product("Harbor").Id, offshore),
                ["customer_id"] = _customers["haruka"].Id,
                ["success_url"] = "https://northwind.example/aboard?checkout_id={CHECKOUT_ID}",
                ["metadata"] = new JsonObject { ["page"] = "plans" },
            },
            _organizationId
        );
        // Whatever has renewed today: the newest order can be refunded.
        _core.Clock.Set(now.AddMinutes(-4));
        var tom = _customers["tom"];
        _core.Checkouts.Sell(
            tom,
            Product("Atlas of the North Sea"),
            "usd",
            seats: null,
            units: null,
            discount: null,
            trial: false,
            answers: null,
            Card(tom)
        );
        _core.RunJobs();
        _core.Clock.Set(now.AddMinutes(-2));
        _core.Checkouts.Add(
            new JsonObject
            {
                ["products"] = new JsonArray(Product("Atlas of the North Sea").Id),
                ["customer_email"] = "signe.holm@kattegat.example",
                ["customer_name"] = "Signe Holm",
                ["locale"] = "da",
            },
            _organizationId
        );
    }

    private void SeatTheCrew()
    {
        var fleet = _subscriptions["charter Fleet"];
        var crew = new[]
        {
            ("maja@vindcharter.example", true),
            ("olle@vindcharter.example", true),
            ("sanna@vindcharter.example", false),
        };
        foreach (var (email, claimed) in crew)
        {
            _core.CustomerSeats.Seat(
                new JsonObject
                {
                    ["email"] = email,
                    ["immediate_claim"] = claimed,
                    ["metadata"] = new JsonObject { ["deck"] = "aft" },
                },
                fleet
            );
        }
    }
}
