// Long because each kind that has names is a case of each rule.
using System.Net.Http;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PolarPS.Client.Models;
using Xunit;

namespace PolarPS.Client.Tests.Client;

/// <summary>What a name means, against lists that filter as Polar's do: by a part, mostly in any case, and page by page.</summary>
public sealed class NameResolverTests
{
    private const string Several = "several";
    private const string None = "none";

    /// <summary>A kind, a text, what it means to read and what it means to write.</summary>
    public static TheoryData<string, string, string, string> Meanings { get; } =
        new()
        {
            { "products", "Pro", "1", "1" },
            { "products", "PRO", "2", "2" },
            { "products", "pRO", Several, Several },
            { "products", "Pro Max", "3", "3" },
            { "products", "pro max", "3", "3" },
            { "products", "Pro Ma", None, None },
            { "products", "Twin", Several, Several },
            { "products", "100% a_b", "6", "6" },
            { "products", "back\\slash", "7", "7" },
            { "products", "star*", "8", "8" },
            { "products", "starfish", "9", "9" },
            { "discounts", "LAUNCH", "1", "1" },
            { "discounts", "launch", "1", "1" },
            { "discounts", "Launch", "1", "1" },
            { "discounts", "Spring", "3", "3" },
            { "discounts", "spring", None, None },
            { "customers", "cust_1", "1", "1" },
            { "customers", "CUST_1", None, None },
            { "customers", "ADA@Example.com", "1", "1" },
            { "customers", "Ada", "1", None },
            { "customers", "Sam", Several, None },
            { "customers", "grace@example.com", Several, Several },
            { "customers", "4", "4", "4" },
            { "customers", "boss@example.com", "6", "6" },
            { "benefits", "Discord role", "1", "1" },
            { "benefits", "discord", None, None },
            { "meters", "API calls", "1", "1" },
            { "event-types", "api.call", "1", "1" },
            { "event-types", "API.CALL", None, None },
            { "custom-fields", "size", "1", "1" },
            { "custom-fields", "Size", "1", "1" },
            { "custom-fields", "Colour", "2", "2" },
            { "checkout-links", "Homepage", "1", "1" },
            { "checkout-links", "homepage", "1", "1" },
            { "checkout-links", "Footer", Several, Several },
            { "orders", "INV-2", "2", "2" },
            { "orders", "inv-2", "2", "2" },
            { "orders", "INV", None, None },
            { "organizations", "acme", "1", "1" },
            { "organizations", "ACME Ltd", "1", "1" },
            { "organizations", "beta", "2", "2" },
            { "files", "logo.png", "1", "1" },
            { "files", "logo", None, None },
            { "metrics", "Shop", "1", "1" },
            { "metrics", "Twin", Several, Several },
            { "webhooks", "Shop", "1", "1" },
            { "webhooks", "shop", "1", "1" },
            { "webhooks", "Twin", Several, Several },
        };

    /// <summary>A kind, a text with wildcards, and what it finds.</summary>
    public static TheoryData<string, string, string> Patterns { get; } =
        new()
        {
            { "products", "pro*", "1 2 3" },
            { "products", "*max", "3" },
            { "products", "P?O", "1 2" },
            { "products", "[p-q]ro", "1 2" },
            { "products", "[xp]ro", "1 2" },
            { "products", "star*", "8" },
            { "products", "star`*", "8" },
            { "products", "st*", "8 9" },
            { "products", "*a_b", "6" },
            { "products", "*\\*", "7" },
            { "products", "nothing*", "" },
            { "products", "*", "1 2 3 4 5 6 7 8 9" },
            { "discounts", "launch*", "1 2" },
            { "discounts", "SPRING*", "3" },
            { "customers", "*example.com", "1 2 3 4 5 6 7" },
            { "customers", "cust_*", "1 2" },
            { "customers", "*_2", "2" },
            { "customers", "sa?", "2 5" },
            { "benefits", "discord*", "1" },
            { "meters", "*calls", "1" },
            { "event-types", "api.*", "1" },
            { "custom-fields", "*o*", "2" },
            { "checkout-links", "f*", "2 3" },
            { "orders", "INV-*", "1 2" },
            { "organizations", "*e*", "1 2" },
            { "files", "*.png", "1" },
            { "metrics", "T*", "2 3" },
            { "webhooks", "T*", "2 3" },
        };

    [Theory]
    [MemberData(nameof(Meanings))]
    public async Task ATextMeansOneObjectOrIsRefused(string kind, string text, string read, string write)
    {
        foreach (var (use, expected) in new[] { (NameUse.Read, read), (NameUse.Write, write) })
        {
            using var server = new NameServer(kind);
            var resolver = new NameResolver(server.Client);

            for (var time = 0; time < 2; time++)
            {
                Assert.Equal(expected, await MeaningAsync(resolver, kind, text, use));
            }

            // One page, once: the second time the answer is known.
            Assert.Single(server.Requests);
        }
    }

    [Theory]
    [MemberData(nameof(Patterns))]
    public async Task WildcardsFindWholeNamesInAnyCase(string kind, string pattern, string expected)
    {
        using var server = new NameServer(kind);

        var found = await FindAsync(new NameResolver(server.Client), kind, pattern);

        Assert.Equal(expected, string.Join(' ', found));
        Assert.Single(server.Requests);
    }

    [Fact]
    public void EveryKindIsInTheTables()
    {
        var paths = Meanings.Select(row => (string)row[0]).Distinct().Order(StringComparer.Ordinal);
        var kinds = NamedKind.All.Select(kind => kind.Path.Split('/')[2]).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(kinds, paths);
        Assert.Equal(paths, Patterns.Select(row => (string)row[0]).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task WhatIsOnALaterPageIsFoundAndCounts()
    {
        using var server = new NameServer(
            "products",
            NameServer.Rows(250, row => new() { ["name"] = row < 240 ? $"Pro 1 of {row}" : "Pro 1" })
        );
        var resolver = new NameResolver(server.Client);

        var exception = await Assert.ThrowsAsync<PolarAmbiguousNameException>(() =>
            resolver.GetAsync<Product>("pro 1")
        );

        Assert.Equal(11, exception.Candidates.Count);
        Assert.Equal(3, server.Requests.Count);
        Assert.All(server.Requests, sent => Assert.Contains("query=pro%201", sent.Target, StringComparison.Ordinal));
    }

    [Fact]
    public async Task AnOrderIsSoughtNoFurtherThanItsPage()
    {
        using var server = new NameServer(
            "orders",
            NameServer.Rows(2000, row => new() { ["invoice_number"] = $"N-{row}" })
        );

        var order = await new NameResolver(server.Client).GetAsync<Order>("n-50");

        Assert.Equal("N-50", order.InvoiceNumber);
        // What was read ahead meanwhile, and not all twenty.
        Assert.InRange(server.Requests.Count, 1, 5);
    }

    [Fact]
    public async Task AnIdIsAnIdAndNothingElse()
    {
        using var server = new NameServer("products");
        var resolver = new NameResolver(server.Client);
        var id = NameServer.Id(3);

        Assert.Equal("Pro Max", (await resolver.GetAsync<Product>($" {id} ")).Name);
        await Assert.ThrowsAsync<PolarNotFoundException>(() => resolver.GetAsync<Product>(NameServer.Id(99)));

        Assert.Equal(
            [$"/v1/products/{id}", $"/v1/products/{NameServer.Id(99)}"],
            server.Requests.Select(sent => sent.Target)
        );
    }

    [Fact]
    public async Task AFileIsReadByItsIdToo()
    {
        using var server = new NameServer("files");

        Assert.Equal("logo.png", (await new NameResolver(server.Client).GetAsync<PolarFile>(NameServer.Id(1))).Name);
    }

    [Theory]
    [InlineData("m_1", "1", "1")]
    [InlineData("M_1", None, None)]
    [InlineData("ADA@example.com", "1", "1")]
    [InlineData("Grace", "2", None)]
    [InlineData("Twin", Several, None)]
    public async Task AMemberIsFoundWithinItsCustomer(string text, string read, string write)
    {
        foreach (var (use, expected) in new[] { (NameUse.Read, read), (NameUse.Write, write) })
        {
            using var server = new NameServer("members");
            var resolver = new NameResolver(server.Client);

            Assert.Equal(
                expected,
                await MeaningAsync(async () => await resolver.GetMemberAsync(NameServer.Id(7), text, use))
            );
            Assert.StartsWith(
                $"/v1/customers/{NameServer.Id(7)}/members?",
                server.Requests.Single().Target,
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task WhoeverAsksForAmbiguityGetsNamesAndIdsWithoutControlCharacters()
    {
        using var server = new NameServer(
            "customers",
            NameServer.Rows(12, row => new() { ["name"] = "Sam", ["email"] = $"sam{row}\u001b[2J@example.com" })
        );

        var exception = await Assert.ThrowsAsync<PolarAmbiguousNameException>(() =>
            new NameResolver(server.Client).GetAsync<Customer>("Sam")
        );

        Assert.StartsWith("'Sam' fits 12 customers: 'sam1", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"({NameServer.Id(1)})", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith(" and 2 more.", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(exception.Message, char.IsControl);
    }

    [Fact]
    public async Task NothingIsAskedForWhatHasNoNamesOrIsNoName()
    {
        using var server = new NameServer("products");
        var resolver = new NameResolver(server.Client);

        await Assert.ThrowsAsync<ArgumentException>(() => resolver.GetAsync<Payment>("x"));
        await Assert.ThrowsAsync<ArgumentException>(() => resolver.GetAsync<Member>("x"));
        await Assert.ThrowsAsync<ArgumentException>(() => resolver.GetAsync<Product>(" "));
        Assert.False(NameResolver.Knows(typeof(Subscription)));
        Assert.True(NameResolver.Knows(typeof(Product)));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task AFailureThatPassesIsNotRemembered()
    {
        using var server = new NameServer("products") { Broken = 1 };
        var resolver = new NameResolver(server.Client);

        await Assert.ThrowsAsync<PolarServerException>(() => resolver.GetAsync<Product>("Pro"));

        Assert.Equal("Pro", (await resolver.GetAsync<Product>("Pro")).Name);
    }

    /// <summary>Whatever is asked for, the list's filter leaves out nothing that fits.</summary>
    [Fact]
    public async Task TheListsFilterNeverHidesWhatFits()
    {
        var random = new Random(17);
        const string Letters = "aAbB1 %_\\*?[]`-ü.@";
        string Text(int most) =>
            new([.. Enumerable.Range(0, random.Next(1, most)).Select(_ => Letters[random.Next(Letters.Length)])]);

        var found = 0;
        for (var round = 0; round < 150; round++)
        {
            var names = Enumerable
                .Range(0, 40)
                .Select(_ => Text(6).Trim() is { Length: > 0 } name ? name : "a")
                .ToList();
            var text = random.Next(3) == 0 ? names[random.Next(names.Count)] : Text(5);
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            foreach (
                var (kind, field) in new[]
                {
                    ("products", "name"),
                    ("customers", "external_id"),
                    ("customers", "email"),
                    ("discounts", "code"),
                }
            )
            {
                var rows = NameServer.Rows(names.Count, row => new() { [field] = names[row - 1] });
                var filtered = await OutcomeAsync(new NameServer(kind, rows), kind, text);
                var whole = await OutcomeAsync(new NameServer(kind, rows) { Filters = false }, kind, text);

                Assert.True(whole == filtered, $"{kind} '{text}': {whole}, but with the filter {filtered}");
                found += whole is None or "" ? 0 : 1;
            }
        }

        Assert.InRange(found, 100, int.MaxValue);
    }

    private static async Task<string> OutcomeAsync(NameServer server, string kind, string text)
    {
        try
        {
            return string.Join(' ', await FindAsync(new NameResolver(server.Client), kind, text));
        }
        catch (PolarNotFoundException)
        {
            return None;
        }
        catch (PolarAmbiguousNameException exception)
        {
            return Several + " " + exception.Candidates.Count;
        }
    }

    private static Task<string> MeaningAsync(NameResolver resolver, string kind, string text, NameUse use) =>
        MeaningAsync(async () =>
            kind switch
            {
                "products" => await resolver.GetAsync<Product>(text, use),
                "discounts" => await resolver.GetAsync<Discount>(text, use),
                "customers" => await resolver.GetAsync<Customer>(text, use),
                "benefits" => await resolver.GetAsync<Benefit>(text, use),
                "meters" => await resolver.GetAsync<Meter>(text, use),
                "event-types" => await resolver.GetAsync<EventType>(text, use),
                "custom-fields" => await resolver.GetAsync<CustomField>(text, use),
                "checkout-links" => await resolver.GetAsync<CheckoutLink>(text, use),
                "orders" => await resolver.GetAsync<Order>(text, use),
                "organizations" => await resolver.GetAsync<Organization>(text, use),
                "metrics" => await resolver.GetAsync<MetricDashboard>(text, use),
                "webhooks" => await resolver.GetAsync<WebhookEndpoint>(text, use),
                _ => await resolver.GetAsync<PolarFile>(text, use),
            }
        );

    private static async Task<string> MeaningAsync(Func<Task<PolarObject>> get)
    {
        try
        {
            return NameServer.Number(await get());
        }
        catch (PolarNotFoundException)
        {
            return None;
        }
        catch (PolarAmbiguousNameException exception)
        {
            Assert.True(exception.Candidates.Count > 1);
            return Several;
        }
    }

    private static async Task<IEnumerable<string>> FindAsync(NameResolver resolver, string kind, string pattern) =>
        (
            kind switch
            {
                "products" => (IEnumerable<PolarObject>)await resolver.FindAsync<Product>(pattern),
                "discounts" => await resolver.FindAsync<Discount>(pattern),
                "customers" => await resolver.FindAsync<Customer>(pattern),
                "benefits" => await resolver.FindAsync<Benefit>(pattern),
                "meters" => await resolver.FindAsync<Meter>(pattern),
                "event-types" => await resolver.FindAsync<EventType>(pattern),
                "custom-fields" => await resolver.FindAsync<CustomField>(pattern),
                "checkout-links" => await resolver.FindAsync<CheckoutLink>(pattern),
                "orders" => await resolver.FindAsync<Order>(pattern),
                "organizations" => await resolver.FindAsync<Organization>(pattern),
                "metrics" => await resolver.FindAsync<MetricDashboard>(pattern),
                "webhooks" => await resolver.FindAsync<WebhookEndpoint>(pattern),
                _ => await resolver.FindAsync<PolarFile>(pattern),
            }
        ).Select(NameServer.Number);
}

/// <summary>One list of Polar's with its filters: LIKE without escapes for most, escaped for customers.</summary>
internal sealed class NameServer : IDisposable
{
    private readonly string _kind;
    private readonly IReadOnlyList<JsonObject> _rows;
    private readonly Stub _stub;

    public NameServer(string kind)
        : this(kind, Samples(kind)) { }

    public NameServer(string kind, IReadOnlyList<JsonObject> rows)
    {
        _kind = kind;
        _rows = rows;
        _stub = new Stub(Answer);
    }

    public PolarClient Client => _stub.Client;

    public void Dispose() => _stub.Dispose();

    public IReadOnlyList<Sent> Requests => _stub.Requests;

    /// <summary>Whether it filters at all.</summary>
    public bool Filters { get; init; } = true;

    /// <summary>So many requests fail first.</summary>
    public int Broken { get; set; }

    public static string Id(int number) => $"00000000-0000-4000-8000-{number:x12}";

    public static string Number(PolarObject item) =>
        int.Parse(
                ((string)item.GetType().GetProperty("Id")!.GetValue(item)!)[^12..],
                NumberStyles.HexNumber,
                CultureInfo.InvariantCulture
            )
            .ToString(CultureInfo.InvariantCulture);

    public static IReadOnlyList<JsonObject> Rows(int count, Func<int, JsonObject> row) =>
        [
            .. Enumerable
                .Range(1, count)
                .Select(number =>
                {
                    var made = row(number);
                    made["id"] = Id(number);
                    return made;
                }),
        ];

    private static IReadOnlyList<JsonObject> Samples(string kind)
    {
        JsonObject[] rows = kind switch
        {
            "products" =>
            [
                new() { ["name"] = "Pro" },
                new() { ["name"] = "PRO" },
                new() { ["name"] = "Pro Max" },
                new() { ["name"] = "Twin" },
                new() { ["name"] = "Twin" },
                new() { ["name"] = "100% a_b" },
                new() { ["name"] = "back\\slash" },
                new() { ["name"] = "star*" },
                new() { ["name"] = "starfish" },
            ],
            "discounts" =>
            [
                new() { ["name"] = "Everything", ["code"] = "LAUNCH" },
                new() { ["name"] = "Launch", ["code"] = "OTHER" },
                new() { ["name"] = "Spring" },
            ],
            "customers" =>
            [
                new()
                {
                    ["name"] = "Ada",
                    ["email"] = "ada@example.com",
                    ["external_id"] = "cust_1",
                },
                new()
                {
                    ["name"] = "Sam",
                    ["email"] = "sam@example.com",
                    ["external_id"] = "cust_2",
                },
                // Whose id of ours is somebody else's email address.
                new() { ["name"] = "Grace", ["email"] = "grace@example.com" },
                new()
                {
                    ["name"] = "5",
                    ["email"] = "four@example.com",
                    ["external_id"] = "4",
                },
                new()
                {
                    ["name"] = "Sam",
                    ["email"] = "five@example.com",
                    ["external_id"] = "grace@example.com",
                },
                new() { ["name"] = "Head", ["email"] = "boss@example.com" },
                new() { ["name"] = "boss@example.com", ["email"] = "thief@example.com" },
            ],
            "benefits" => [new() { ["description"] = "Discord role" }, new() { ["description"] = "Files" }],
            "meters" => [new() { ["name"] = "API calls" }, new() { ["name"] = "Storage" }],
            "event-types" => [new() { ["name"] = "api.call" }, new() { ["name"] = "upload" }],
            "custom-fields" =>
            [
                new() { ["slug"] = "size", ["name"] = "Fit" },
                new() { ["slug"] = "c2", ["name"] = "Colour" },
            ],
            "checkout-links" =>
            [
                new() { ["label"] = "Homepage" },
                new() { ["label"] = "Footer" },
                new() { ["label"] = "Footer" },
                new() { ["label"] = null },
            ],
            "orders" =>
            [
                new() { ["invoice_number"] = "INV-1" },
                new() { ["invoice_number"] = "INV-2" },
                new() { ["invoice_number"] = null },
            ],
            "organizations" =>
            [
                new() { ["slug"] = "acme", ["name"] = "ACME Ltd" },
                new() { ["slug"] = "beta", ["name"] = "acme" },
            ],
            "metrics" or "webhooks" =>
            [
                new() { ["name"] = "Shop" },
                new() { ["name"] = "Twin" },
                new() { ["name"] = "Twin" },
                new() { ["name"] = null },
            ],
            "members" =>
            [
                new()
                {
                    ["name"] = "Ada",
                    ["email"] = "ada@example.com",
                    ["external_id"] = "m_1",
                },
                new() { ["name"] = "Grace", ["email"] = "grace@example.com" },
                new() { ["name"] = "Twin", ["email"] = "t1@example.com" },
                new() { ["name"] = "Twin", ["email"] = "t2@example.com" },
            ],
            _ => [new() { ["name"] = "logo.png", ["service"] = "product_media" }, new() { ["name"] = "notes.txt" }],
        };
        return Rows(rows.Length, number => rows[number - 1]);
    }

    private HttpResponseMessage Answer(HttpRequestMessage request)
    {
        if (Broken-- > 0)
        {
            return Stub.Answer("{}", 500);
        }

        var sent = _stub.Requests[^1];
        var last = sent.Address.AbsolutePath.Split('/')[^1];
        if (Guid.TryParse(last, out _))
        {
            return _rows.FirstOrDefault(row => (string?)row["id"] == last) is { } one
                ? Stub.Answer(one.ToJsonString())
                : Stub.Answer("""{"error":"ResourceNotFound","detail":"Not found"}""", 404);
        }

        if (last == "dashboards")
        {
            // In one answer, without pages.
            return Stub.Answer(new JsonArray([.. _rows.Select(row => row.DeepClone())]).ToJsonString());
        }

        var query = sent.Query.ToDictionary(pair => pair.Key, pair => pair.Value);
        var page = int.Parse(query["page"], CultureInfo.InvariantCulture);
        var limit = int.Parse(query["limit"], CultureInfo.InvariantCulture);
        var found = _rows.Where(row => Fits(row, query)).ToList();
        var body = new JsonObject
        {
            ["items"] = new JsonArray([.. found.Skip((page - 1) * limit).Take(limit).Select(row => row.DeepClone())]),
            ["pagination"] = new JsonObject
            {
                ["total_count"] = found.Count,
                ["max_page"] = (found.Count + limit - 1) / limit,
            },
        };
        return Stub.Answer(body.ToJsonString());
    }

    private bool Fits(JsonObject row, Dictionary<string, string> query)
    {
        bool Has(string field, string pattern, bool asWritten = false) =>
            (string?)row[field] is { } value && IsLike(value, pattern, asWritten);

        if (query.TryGetValue("ids", out var id) && (string?)row["id"] != id)
        {
            return false;
        }

        if (!Filters || !query.TryGetValue("query", out var text))
        {
            return true;
        }

        var escaped = Regex.Replace(text, @"[\\%_]", @"\$0");
        return _kind switch
        {
            "products" or "meters" => Has("name", $"%{text}%"),
            "discounts" => Has("name", $"%{text}%", asWritten: true) || Has("code", $"%{text}%"),
            "benefits" => Has("description", $"%{text}%"),
            "custom-fields" => Has("name", $"%{text}%") || Has("slug", $"%{text}%"),
            "customers" => Has("email", $"%{escaped}%")
                || Has("name", $"%{escaped}%")
                || Has("external_id", $"{escaped}%"),
            // A query parameter that the list does not know is ignored.
            _ => true,
        };
    }

    // As PostgreSQL does.
    private static bool IsLike(string value, string pattern, bool asWritten)
    {
        var expression = Regex.Replace(
            pattern,
            @"\\(.)|(%)|(_)|(.)|\\",
            match =>
                match.Groups[2].Success ? ".*"
                : match.Groups[3].Success ? "."
                : Regex.Escape(match.Groups[1].Success ? match.Groups[1].Value : match.Groups[4].Value),
            RegexOptions.Singleline
        );
        return Regex.IsMatch(
            value,
            $@"\A{expression}\z",
            RegexOptions.Singleline
                | (asWritten ? RegexOptions.None : RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)
        );
    }
}
