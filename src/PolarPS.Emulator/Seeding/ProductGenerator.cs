namespace PolarPS.Emulator;

/// <summary>Makes as many products as a long list needs.</summary>
internal sealed class ProductGenerator
{
    private static readonly string[] Adjectives =
    [
        "Amber",
        "Brisk",
        "Calm",
        "Distant",
        "Eastern",
        "Frosty",
        "Golden",
        "Hidden",
        "Inner",
        "Jade",
        "Keen",
        "Little",
    ];

    private static readonly string[] Nouns =
    [
        "Anchor",
        "Bay",
        "Compass",
        "Dinghy",
        "Estuary",
        "Fjord",
        "Gull",
        "Harpoon",
        "Island",
        "Jetty",
        "Keel",
        "Lagoon",
        "Mast",
    ];

    private static readonly string[] Intervals = ["month", "year", "week"];

    private readonly EmulatorCore _core;
    private readonly IdGenerator _ids;
    private int _number;

    public ProductGenerator(EmulatorCore core)
    {
        _core = core;
        _ids = new IdGenerator(core.Options.ShopSeed, stream: 2);
    }

    /// <summary>Adds products that were created one second after the other, the last one at a given time.</summary>
    public void Add(string organizationId, int count, DateTimeOffset last)
    {
        for (var i = count - 1; i >= 0; i--)
        {
            _core.Products.AddRow(Make(organizationId, Timestamps.Format(last.AddSeconds(-i))));
        }
    }

    private JsonObject Make(string organizationId, string stamp)
    {
        var number = ++_number;
        var interval = number % 4 == 0 ? null : Intervals[number % Intervals.Length];
        var id = _ids.NextId();
        return new JsonObject
        {
            ["id"] = id,
            ["created_at"] = stamp,
            ["modified_at"] = null,
            ["organization_id"] = organizationId,
            ["trial_interval"] = null,
            ["trial_interval_count"] = null,
            ["recurring_interval"] = interval,
            ["recurring_interval_count"] = interval is null ? null : 1,
            ["meter_interval"] = null,
            ["meter_interval_count"] = null,
            ["is_recurring"] = interval is not null,
            ["is_archived"] = number % 50 == 0,
            ["name"] = $"{Adjectives[_ids.Next(Adjectives.Length)]} {Nouns[_ids.Next(Nouns.Length)]} {number:D5}",
            ["description"] = $"Generated product number {number}, for long lists.",
            ["visibility"] = "public",
            ["metadata"] = new JsonObject { ["generated"] = true, ["number"] = number },
            ["prices"] = new JsonArray(
                new JsonObject
                {
                    ["created_at"] = stamp,
                    ["modified_at"] = null,
                    ["id"] = _ids.NextId(),
                    ["source"] = "catalog",
                    ["amount_type"] = "fixed",
                    ["price_currency"] = "usd",
                    ["tax_behavior"] = null,
                    ["is_archived"] = false,
                    ["price_amount"] = 100 * (1 + _ids.Next(200)),
                }
            ),
            ["benefits"] = new JsonArray(),
            ["medias"] = new JsonArray(),
            ["attached_custom_fields"] = new JsonArray(),
        };
    }
}
