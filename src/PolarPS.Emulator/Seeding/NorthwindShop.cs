// Long because it is the shop itself, as data.

namespace PolarPS.Emulator;

/// <summary>
/// The shop that an emulator opens with: Northwind, which sells weather and charts to sailors. It is furnished with the
/// same bodies and the same rules as requests are, so it cannot hold what the API would refuse.
/// </summary>
internal sealed class NorthwindShop
{
    private readonly EmulatorCore _core;
    private readonly string _organizationId;
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);

    private NorthwindShop(EmulatorCore core, string organizationId)
    {
        _core = core;
        _organizationId = organizationId;
    }

    /// <summary>Opens the shop, or only its organization for an empty shop.</summary>
    /// <returns>The organization's id.</returns>
    public static string Furnish(EmulatorCore core)
    {
        At(core, "2025-01-06T08:30:00Z");
        var organization = core.Store.Insert("organizations", OpenOrganization(core));
        if (!core.Options.Empty)
        {
            var shop = new NorthwindShop(core, organization.Id);
            shop.AddMeters();
            shop.AddCustomFields();
            shop.AddFiles();
            shop.AddBenefits();
            shop.AddProducts();
            shop.AddDiscounts();
            shop.AddCheckoutLinks();
        }

        core.Clock.Set(null);
        return organization.Id;
    }

    private static JsonObject OpenOrganization(EmulatorCore core)
    {
        var row = core.Organizations.Build(
            Json.Parse(
                """
                {
                  "name": "Northwind",
                  "slug": "northwind",
                  "avatar_url": "https://northwind.example/logo.png",
                  "email": "crew@northwind.example",
                  "website": "https://northwind.example/",
                  "country": "NO",
                  "socials": [
                    { "platform": "github", "url": "https://github.com/northwind-sails" },
                    { "platform": "youtube", "url": "https://youtube.com/@northwind-sails" }
                  ],
                  "details": { "product_description": "Weather routing and charts for sailors.", "switching": false }
                }
                """
            )
        );
        row["status"] = "active";
        row["account_id"] = core.Ids.NextId();
        row["payout_account_id"] = core.Ids.NextId();
        ((JsonObject)row["capabilities"]!)["payouts"] = true;
        // Polar's support switches these on for those who ask; without them some kinds of charges could not be tried at all.
        foreach (
            var feature in new[]
            {
                "off_session_charges_enabled",
                "reset_proration_behavior_enabled",
                "meter_cycling_enabled",
                "slack_benefit_enabled",
            }
        )
        {
            ((JsonObject)row["feature_settings"]!)[feature] = true;
        }

        return row;
    }

    private static void At(EmulatorCore core, string time) =>
        core.Clock.Set(DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));

    private void At(string time) => At(_core, time);

    // Names in the texts below refer to ids: "@harbor" to what was remembered as harbor.
    private JsonObject Read(string json)
    {
        foreach (var pair in _ids)
        {
            json = json.Replace("\"@" + pair.Key + "\"", "\"" + pair.Value + "\"");
        }

        return Json.Parse(json);
    }

    private void Remember(string name, Document document) => _ids.Add(name, document.Id);

    private void AddRow(string kind, string name, string json)
    {
        var row = Read(json);
        row["id"] = _core.Ids.NextId();
        row["created_at"] = _core.Clock.Stamp();
        row["modified_at"] = null;
        row["organization_id"] = _organizationId;
        Remember(name, _core.Store.Insert(kind, row));
    }

    private void AddMeters()
    {
        At("2025-01-07T09:00:00Z");
        AddRow(
            "meters",
            "forecasts",
            """
            {
              "name": "Forecast requests", "unit": "scalar", "custom_label": null, "custom_multiplier": null,
              "filter": { "conjunction": "and", "clauses": [
                { "property": "name", "operator": "eq", "value": "forecast.requested" } ] },
              "aggregation": { "func": "count" }, "metadata": {}, "archived_at": null
            }
            """
        );
        At("2025-01-07T09:05:00Z");
        AddRow(
            "meters",
            "routing",
            """
            {
              "name": "Routing tokens", "unit": "token", "custom_label": null, "custom_multiplier": null,
              "filter": { "conjunction": "and", "clauses": [
                { "property": "name", "operator": "eq", "value": "route.planned" },
                { "property": "_llm.total_tokens", "operator": "gt", "value": 0 } ] },
              "aggregation": { "func": "sum", "property": "_llm.total_tokens" },
              "metadata": { "team": "routing" }, "archived_at": null
            }
            """
        );
        At("2025-01-07T09:10:00Z");
        AddRow(
            "meters",
            "tiles",
            """
            {
              "name": "Chart tiles", "unit": "custom", "custom_label": "tile", "custom_multiplier": 1000,
              "filter": { "conjunction": "or", "clauses": [
                { "property": "name", "operator": "eq", "value": "chart.tile" },
                { "property": "name", "operator": "like", "value": "chart.tile." } ] },
              "aggregation": { "func": "unique", "property": "tile" },
              "metadata": {}, "archived_at": "2025-06-30T22:00:00.000000Z"
            }
            """
        );
    }

    private void AddCustomFields()
    {
        At("2025-01-08T10:00:00Z");
        AddRow(
            "custom-fields",
            "vessel",
            """
            {
              "type": "text", "slug": "vessel_name", "name": "Vessel name", "metadata": {},
              "properties": { "form_label": "Name of your boat", "form_placeholder": "Solveig", "textarea": false, "max_length": 60 }
            }
            """
        );
        At("2025-01-08T10:01:00Z");
        AddRow(
            "custom-fields",
            "waters",
            """
            {
              "type": "select", "slug": "home_waters", "name": "Home waters", "metadata": { "report": "regions" },
              "properties": { "form_label": "Where do you sail?", "options": [
                { "value": "north_sea", "label": "North Sea" },
                { "value": "baltic", "label": "Baltic" },
                { "value": "elsewhere", "label": "Elsewhere" } ] }
            }
            """
        );
        At("2025-01-08T10:02:00Z");
        AddRow(
            "custom-fields",
            "crew",
            """
            {
              "type": "number", "slug": "crew_size", "name": "Crew size", "metadata": {},
              "properties": { "form_label": "How many sail with you?", "ge": 1, "le": 40 }
            }
            """
        );
        At("2025-01-08T10:03:00Z");
        AddRow(
            "custom-fields",
            "launch",
            """
            {
              "type": "date", "slug": "season_start", "name": "Start of season", "metadata": {},
              "properties": { "form_label": "When does your season begin?" }
            }
            """
        );
        At("2025-01-08T10:04:00Z");
        AddRow(
            "custom-fields",
            "bulletin",
            """
            {
              "type": "checkbox", "slug": "bulletin", "name": "Bulletin", "metadata": {},
              "properties": { "form_label": "Send me the weekly bulletin" }
            }
            """
        );
    }

    private void AddFiles()
    {
        At("2025-01-09T12:00:00Z");
        Remember("cover", _core.Files.Add(_organizationId, "product_media", "offshore-cover.png", "image/png", 41_288));
        Remember("atlas-cover", _core.Files.Add(_organizationId, "product_media", "atlas.webp", "image/webp", 9_631));
        Remember("atlas-pdf", _core.Files.Add(_organizationId, "downloadable", "atlas.pdf", "application/pdf", 48_201));
        Remember("tides", _core.Files.Add(_organizationId, "downloadable", "tide-tables.csv", "text/csv", 7_310));
    }

    private void AddBenefit(string name, string json) =>
        Remember(name, _core.Benefits.Add(Read(json), _organizationId));

    private void AddBenefits()
    {
        At("2025-01-10T07:45:00Z");
        AddBenefit(
            "hotline",
            """
            { "type": "custom", "description": "Call the duty forecaster",
              "properties": { "note": "Ring **+47 55 00 00 00** and give the name of your boat." } }
            """
        );
        At("2025-01-10T07:46:00Z");
        AddBenefit(
            "harbor-chat",
            """
            { "type": "discord", "description": "The harbour on Discord",
              "properties": { "guild_id": "1090000000000000001", "role_id": "1090000000000000002", "kick_member": true } }
            """
        );
        At("2025-01-10T07:47:00Z");
        AddBenefit(
            "plugin",
            """
            { "type": "github_repository", "description": "Source of the plotter plugin",
              "properties": { "repository_owner": "northwind-sails", "repository_name": "plotter", "permission": "pull" } }
            """
        );
        At("2025-01-10T07:48:00Z");
        AddBenefit(
            "downloads",
            """
            { "type": "downloadables", "description": "Atlas and tide tables",
              "properties": { "archived": { "@tides": false }, "files": [ "@atlas-pdf", "@tides" ] } }
            """
        );
        At("2025-01-10T07:49:00Z");
        AddBenefit(
            "license",
            """
            { "type": "license_keys", "description": "Key for the plotter app",
              "metadata": { "app": "plotter", "major": 4 },
              "properties": { "prefix": "PLOT", "expires": { "ttl": 1, "timeframe": "year" },
                "activations": { "limit": 2, "enable_customer_admin": true }, "limit_usage": 500 } }
            """
        );
        At("2025-01-10T07:50:00Z");
        AddBenefit(
            "credits",
            """
            { "type": "meter_credit", "description": "1,000 forecasts a month",
              "properties": { "units": 1000, "rollover": false, "meter_id": "@forecasts" } }
            """
        );
        At("2025-01-10T07:51:00Z");
        AddBenefit(
            "satellite",
            """
            { "type": "feature_flag", "description": "Satellite imagery", "visibility": "private",
              "metadata": { "flag": "satellite", "rollout": 0.5, "beta": true }, "properties": {} }
            """
        );
        At("2025-01-10T07:52:00Z");
        AddBenefit(
            "bridge",
            """
            { "type": "slack_shared_channel", "description": "A Slack channel with us",
              "properties": { "slack_integration_id": "5b1f6a0e-2f0b-4e59-9d8c-0a7c51be3a41",
                "channel_name_template": "northwind-{customer_name}", "welcome_message": "Welcome on the bridge.",
                "team_invitees": [ "U0NORTH1" ] } }
            """
        );
    }

    private void AddProduct(string name, string time, string json, params string[] benefits)
    {
        At(time);
        var document = _core.Products.Add(Read(json), _organizationId);
        Remember(name, document);
        if (benefits.Length > 0)
        {
            var row = document.Row.Clone();
            row["benefits"] = Json.ToArray(Array.ConvertAll(benefits, benefit => _ids[benefit]));
            _core.Store.Replace(document, row);
        }
    }

    private void AddProducts()
    {
        AddProduct(
            "deckhand",
            "2025-02-03T09:00:00Z",
            """
            { "name": "Deckhand", "description": "The forecast for one harbour, at no cost.", "recurring_interval": "month",
              "metadata": { "plan": "deckhand", "rank": 0 },
              "prices": [ { "amount_type": "free", "price_currency": "usd" } ] }
            """,
            "harbor-chat"
        );
        AddProduct(
            "harbor",
            "2025-02-03T09:10:00Z",
            """
            { "name": "Harbor", "description": "Forecasts for *your* harbours, every three hours.",
              "recurring_interval": "month", "metadata": { "plan": "harbor", "rank": 1 },
              "prices": [ { "amount_type": "fixed", "price_currency": "usd", "price_amount": 900 } ] }
            """,
            "harbor-chat",
            "hotline"
        );
        AddProduct(
            "harbor-annual",
            "2025-02-03T09:20:00Z",
            """
            { "name": "Harbor Annual", "description": "Harbor for a year, two months of it free.",
              "recurring_interval": "year", "metadata": { "plan": "harbor", "rank": 1 },
              "prices": [ { "amount_type": "fixed", "price_currency": "usd", "price_amount": 9000, "tax_behavior": "inclusive" } ] }
            """,
            "harbor-chat",
            "hotline"
        );
        AddProduct(
            "offshore",
            "2025-02-10T14:05:00Z",
            """
            { "name": "Offshore", "description": "Routing across open water, with forecasts as you need them.",
              "recurring_interval": "month", "trial_interval": "day", "trial_interval_count": 14,
              "metadata": { "plan": "offshore", "rank": 2, "featured": true }, "medias": [ "@cover" ],
              "attached_custom_fields": [
                { "custom_field_id": "@vessel", "required": true },
                { "custom_field_id": "@waters", "required": false },
                { "custom_field_id": "@bulletin", "required": false } ],
              "prices": [
                { "amount_type": "fixed", "price_currency": "usd", "price_amount": 2900 },
                { "amount_type": "metered_unit", "price_currency": "usd", "meter_id": "@forecasts",
                  "unit_amount": "1.25", "cap_amount": 20000 } ] }
            """,
            "hotline",
            "license",
            "credits",
            "satellite"
        );
        AddProduct(
            "offshore-annual",
            "2025-02-10T14:15:00Z",
            """
            { "name": "Offshore Annual", "description": "Offshore for a year; usage is settled every month.",
              "recurring_interval": "year", "meter_interval": "month",
              "metadata": { "plan": "offshore", "rank": 2 }, "medias": [ "@cover" ],
              "prices": [
                { "amount_type": "fixed", "price_currency": "usd", "price_amount": 29000 },
                { "amount_type": "fixed", "price_currency": "eur", "price_amount": 27000 },
                { "amount_type": "metered_tiers", "price_currency": "usd", "meter_id": "@routing",
                  "tiers": { "type": "graduated", "tiers": [
                    { "bound": 100000, "unit_amount": "0.004" }, { "bound": null, "unit_amount": "0.0015" } ] } },
                { "amount_type": "metered_tiers", "price_currency": "eur", "meter_id": "@routing",
                  "tiers": { "type": "graduated", "tiers": [
                    { "bound": 100000, "unit_amount": "0.0037" }, { "bound": null, "unit_amount": "0.0014" } ] } } ] }
            """,
            "hotline",
            "license",
            "credits",
            "plugin"
        );
        AddProduct(
            "fleet",
            "2025-03-01T08:00:00Z",
            """
            { "name": "Fleet", "description": "Offshore for every skipper of a charter company.",
              "recurring_interval": "month", "metadata": { "plan": "fleet", "rank": 3 },
              "attached_custom_fields": [ { "custom_field_id": "@crew", "required": false } ],
              "prices": [ { "amount_type": "seat_based", "price_currency": "usd", "seat_tiers": {
                "seat_tier_type": "graduated", "tiers": [
                  { "min_seats": 3, "max_seats": 20, "price_per_seat": 2400 },
                  { "min_seats": 21, "max_seats": null, "price_per_seat": 1900 } ] } } ] }
            """,
            "bridge",
            "satellite"
        );
        AddProduct(
            "api",
            "2025-03-12T16:40:00Z",
            """
            { "name": "Forecast API", "description": "Pay for what you ask for.", "recurring_interval": "month",
              "metadata": { "audience": "developers" },
              "prices": [ { "amount_type": "metered_unit", "price_currency": "usd", "meter_id": "@forecasts",
                "unit_amount": "0.75" } ] }
            """
        );
        AddProduct(
            "credits-pack",
            "2025-04-02T11:00:00Z",
            """
            { "name": "Voyage Credits", "description": "Credits for ten single passages.",
              "metadata": { "kind": "credits" },
              "prices": [ { "amount_type": "fixed", "price_currency": "usd", "price_amount": 4500 } ] }
            """
        );
        AddProduct(
            "atlas",
            "2025-04-22T10:30:00Z",
            """
            { "name": "Atlas of the North Sea", "description": "All charts in one book, with the tide tables of the year.",
              "medias": [ "@atlas-cover" ], "metadata": { "kind": "book", "edition": 7 },
              "prices": [ { "amount_type": "fixed", "price_currency": "usd", "price_amount": 4900 } ] }
            """,
            "downloads"
        );
        AddProduct(
            "baltic",
            "2025-05-05T06:20:00Z",
            """
            { "name": "Baltic Summer Pass", "description": "June to August, from Kiel to Haparanda.",
              "metadata": { "kind": "pass" },
              "prices": [ { "amount_type": "fixed", "price_currency": "usd", "price_amount": 4200 },
                { "amount_type": "fixed", "price_currency": "eur", "price_amount": 3900 } ] }
            """,
            "hotline"
        );
        AddProduct(
            "pilot",
            "2025-05-19T03:15:00Z",
            """
            { "name": "Seto Inland Sea Pilot", "description": "瀬戸内海の航路案内。", "metadata": { "kind": "book", "language": "ja" },
              "attached_custom_fields": [ { "custom_field_id": "@launch", "required": false } ],
              "prices": [
                { "amount_type": "fixed", "price_currency": "usd", "price_amount": 3200 },
                { "amount_type": "fixed", "price_currency": "jpy", "price_amount": 4800, "tax_behavior": "inclusive" } ] }
            """,
            "downloads"
        );
        AddProduct(
            "lighthouse",
            "2025-06-21T19:00:00Z",
            """
            { "name": "Keep the Lighthouse Lit", "description": "Give what the light is worth to you.",
              "metadata": { "kind": "donation" },
              "prices": [ { "amount_type": "custom", "price_currency": "usd", "minimum_amount": 200,
                "maximum_amount": 50000, "preset_amount": 1000 } ] }
            """
        );
        AddProduct(
            "almanac",
            "2025-06-30T21:00:00Z",
            """
            { "name": "Almanac 2024", "description": "Out of date, and out of print.", "metadata": { "kind": "book" },
              "prices": [ { "amount_type": "fixed", "price_currency": "usd", "price_amount": 1500 } ] }
            """
        );
        AddProduct(
            "night-watch",
            "2025-09-01T22:10:00Z",
            """
            { "name": "Night Watch", "description": null, "visibility": "draft", "recurring_interval": "week",
              "prices": [ { "amount_type": "metered_tiers", "price_currency": "usd", "meter_id": "@forecasts", "cap_amount": 5000,
                "tiers": { "type": "volume", "tiers": [
                  { "bound": 500, "unit_amount": "2" }, { "bound": null, "unit_amount": "1.5" } ] } } ] }
            """
        );

        AddLaterProducts();
        At("2025-07-01T06:00:00Z");
        var almanac = _core.Products.Documents.Find(_ids["almanac"])!;
        var row = almanac.Row.Clone();
        row["is_archived"] = true;
        row["modified_at"] = _core.Clock.Stamp();
        _core.Store.Replace(almanac, row);
    }

    // These came to the shop of this emulator later. They have ids of their own, so that those of everything else are the
    // ones that they have always been.
    private void AddLaterProducts()
    {
        var ids = _core.Ids;
        _core.Ids = new IdGenerator(_core.Options.ShopSeed, stream: 7);
        AddProduct(
            "course",
            "2025-03-15T10:00:00Z",
            """
            { "name": "Skipper's Course", "description": "A weekend on board, for each of the crew.",
              "metadata": { "kind": "course" },
              "prices": [ { "amount_type": "seat_based", "price_currency": "usd", "seat_tiers": {
                "seat_tier_type": "volume", "tiers": [
                  { "min_seats": 1, "max_seats": 4, "price_per_seat": 18000 },
                  { "min_seats": 5, "max_seats": 12, "price_per_seat": 15000 } ] } } ] }
            """,
            "downloads"
        );
        AddProduct(
            "buoys",
            "2025-04-10T10:00:00Z",
            """
            { "name": "Buoy Feed", "description": "Live readings of as many buoys as you like.",
              "recurring_interval": "month", "metadata": { "plan": "buoys" },
              "prices": [ { "amount_type": "unit_based", "price_currency": "usd", "minimum_units": 2,
                "unit_label": { "en": { "=1": "buoy", "other": "buoys" } },
                "tiers": { "type": "graduated", "tiers": [
                  { "bound": 10, "unit_amount": "300" }, { "bound": null, "unit_amount": "200" } ] } } ] }
            """
        );
        _core.Ids = ids;
    }

    private void AddDiscount(string name, string time, int redemptions, string json)
    {
        At(time);
        Remember(name, _core.Discounts.Add(Read(json), _organizationId, redemptions));
    }

    private void AddDiscounts()
    {
        AddDiscount(
            "boat-show",
            "2025-01-20T12:00:00Z",
            37,
            """
            { "type": "percentage", "name": "Boat show 2025", "code": "BOATSHOW25", "duration": "once", "basis_points": 1500,
              "starts_at": "2025-01-20T12:00:00Z", "ends_at": "2025-02-02T23:59:59Z", "max_redemptions": 200 }
            """
        );
        AddDiscount(
            "spring-tide",
            "2025-03-20T05:00:00Z",
            12,
            """
            { "type": "percentage", "name": "Spring tide", "code": "SPRINGTIDE", "duration": "once", "basis_points": 2000,
              "max_redemptions_per_customer": 1, "products": [ "@harbor", "@harbor-annual", "@offshore" ],
              "metadata": { "campaign": "spring" } }
            """
        );
        AddDiscount(
            "old-salt",
            "2025-03-21T05:00:00Z",
            3,
            """
            { "type": "percentage", "name": "Old salt", "duration": "forever", "basis_points": 1000 }
            """
        );
        AddDiscount(
            "first-season",
            "2025-04-01T05:00:00Z",
            0,
            """
            { "type": "percentage", "name": "First season", "code": "FIRSTSEASON", "duration": "repeating",
              "duration_in_months": 3, "basis_points": 5000 }
            """
        );
        AddDiscount(
            "fair-winds",
            "2025-05-01T05:00:00Z",
            0,
            """
            { "type": "fixed", "name": "Fair winds", "code": "FAIRWINDS", "duration": "once",
              "amounts": { "usd": 500, "eur": 450, "jpy": 700 }, "max_redemptions": 1000 }
            """
        );
    }

    private void AddCheckoutLinks()
    {
        var caller = new Caller(Subjects.Organization, _organizationId, []);
        void Add(string name, string time, string json)
        {
            At(time);
            Remember(name, _core.CheckoutLinks.Add(Read(json), caller));
        }

        Add(
            "link-pricing",
            "2025-04-03T09:00:00Z",
            """
            { "payment_processor": "stripe", "label": "Pricing page", "products": [ "@harbor", "@harbor-annual", "@offshore" ],
              "discount_id": "@spring-tide", "success_url": "https://northwind.example/aboard?checkout_id={CHECKOUT_ID}",
              "return_url": "https://northwind.example/pricing", "metadata": { "page": "pricing", "variant": 2 } }
            """
        );
        Add(
            "link-bulletin",
            "2025-05-06T09:00:00Z",
            """
            { "payment_processor": "stripe", "label": "Bulletin, May", "products": [ "@atlas", "@baltic", "@lighthouse" ],
              "discount_id": "@fair-winds", "allow_discount_codes": false, "metadata": { "bulletin": 18 } }
            """
        );
        Add(
            "link-fleet",
            "2025-05-20T09:00:00Z",
            """
            { "payment_processor": "stripe", "label": "Charter companies", "products": [ "@fleet" ], "seats": 5,
              "require_billing_address": true, "discount_id": "@old-salt" }
            """
        );
        Add(
            "link-credits",
            "2025-06-02T09:00:00Z",
            """
            { "payment_processor": "stripe", "label": "Credits from the app", "products": [ "@credits-pack" ],
              "success_url": "https://northwind.example/app/credits" }
            """
        );
        Add(
            "link-school",
            "2025-08-15T09:00:00Z",
            """
            { "payment_processor": "stripe", "label": "Sailing school", "products": [ "@harbor", "@offshore-annual" ],
              "trial_interval": "month", "trial_interval_count": 1, "discount_id": "@first-season" }
            """
        );
    }
}
