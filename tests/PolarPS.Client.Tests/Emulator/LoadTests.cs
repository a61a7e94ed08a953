using System.Diagnostics;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using PolarPS.Emulator;
using Xunit;
using Xunit.Abstractions;

namespace PolarPS.Client.Tests.Emulator;

/// <summary>Many callers at once, and very many events. What is measured is the process's, so nothing else runs beside it.</summary>
[Collection("Alone")]
public sealed class LoadTests(ITestOutputHelper output)
{
    private const int Clients = 100;
    private const int Requests = 1000;
    private const int EventsEach = 1000;
    private const int BytesPerEvent = 1024;

    [Fact]
    public async Task AHundredClientsLoseNothing()
    {
        var emulator = new PolarEmulator();
        using var first = new Client(emulator);
        var atlas = (string)(await first.GetAsync("/v1/products/?query=Atlas"))["items"]![0]!["id"]!;
        var code = await first.PostAsync(
            "/v1/discounts/",
            """{"type":"percentage","name":"Regatta","code":"REGATTA","duration":"once","basis_points":1000}"""
        );
        var scarce = await first.PostAsync(
            "/v1/discounts/",
            """
            {"type":"percentage","name":"Early bird","code":"EARLY","duration":"once","basis_points":1000,"max_redemptions":30}
            """
        );
        var key = (await first.GetAsync("/v1/license-keys/?status=granted"))["items"]!
            .AsArray()
            .First(item => item!["limit_activations"] is not null)!;
        var free = (int)key["limit_activations"]! - await ActivationsAsync(first, key);
        var shared = (await first.GetAsync("/v1/products/?query=Harbor"))["items"]![0]!["id"]!;
        var before = new
        {
            Customers = await CountAsync(first, "customers/"),
            Orders = await CountAsync(first, "orders/"),
            Events = await CountAsync(first, "events/?name=lap.sailed"),
        };

        // All begin at once, and pay at once: by then each has both discounts in its checkouts.
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var counter = new CountdownEvent(Clients);
        var pay = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var clients = Enumerable.Range(0, Clients).Select(LiveAsync).ToArray();
        start.SetResult();
        var lives = await Task.WhenAll(clients);

        // What each made for itself is there, all of it.
        Assert.Equal(before.Customers + Clients, await CountAsync(first, "customers/"));
        Assert.Equal(Clients, lives.Select(life => life.CustomerId).Distinct().Count());
        Assert.Equal(before.Orders + Clients + 30, await CountAsync(first, "orders/"));
        foreach (var life in lives)
        {
            var customer = await first.GetAsync("/v1/customers/" + life.CustomerId);
            Assert.Equal($"Sailor {life.Number}, renamed", (string)customer["name"]!);
            Assert.Equal(10, await CountAsync(first, $"events/?name=lap.sailed&customer_id={life.CustomerId}"));
        }

        // What many do to the same thing counts exactly: ten events of each, and five that all of them tell.
        Assert.Equal(before.Events + (Clients * 10), await CountAsync(first, "events/?name=lap.sailed"));
        Assert.Equal(5, await CountAsync(first, "events/?name=gun.fired"));
        Assert.Equal(5, lives.Sum(life => life.Inserted));
        Assert.Equal(Clients, await RedemptionsAsync(first, code));
        Assert.Equal(30, await RedemptionsAsync(first, scarce));
        Assert.Equal(30, lives.Count(life => life.WasEarly));
        Assert.Equal(free, lives.Count(life => life.IsActivated));
        Assert.Equal((int)key["limit_activations"]!, await ActivationsAsync(first, key));

        // What all of them wrote is what one of them wrote, whole.
        var product = await first.GetAsync($"/v1/products/{shared}");
        var writer = (int)product["metadata"]!["writer"]!;
        Assert.InRange(writer, 0, Clients - 1);
        Assert.Equal($"Written by {writer}", (string)product["description"]!);

        async Task<Life> LiveAsync(int number)
        {
            using var client = new Client(emulator);
            await start.Task;
            string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
            var customer = await client.PostAsync(
                "/v1/customers/",
                Text($$"""{"email":"sailor{{number}}@regatta.example","name":"Sailor {{number}}"}""")
            );
            var id = (string)customer["id"]!;
            await client.PatchAsync("/v1/customers/" + id, Text($$"""{"name":"Sailor {{number}}, renamed"}"""));
            await client.PatchAsync(
                $"/v1/products/{shared}",
                Text($$"""{"description":"Written by {{number}}","metadata":{"writer":{{number}} } }""")
            );
            var own = string.Join(
                ',',
                Enumerable
                    .Range(0, 10)
                    .Select(lap =>
                        Text($$"""{"name":"lap.sailed","customer_id":"{{id}}","external_id":"{{number}}-{{lap}}"}""")
                    )
            );
            await client.PostAsync("/v1/events/ingest", $$"""{"events":[{{own}}]}""");
            var all = string.Join(
                ',',
                Enumerable
                    .Range(0, 5)
                    .Select(gun =>
                        Text($$"""{"name":"gun.fired","external_customer_id":"race","external_id":"gun-{{gun}}"}""")
                    )
            );
            var told = await client.PostAsync("/v1/events/ingest", $$"""{"events":[{{all}}]}""");

            var certain = await OpenAsync(client, id, code);
            var lucky = await OpenAsync(client, id, scarce);
            if (counter.Signal())
            {
                pay.SetResult();
            }

            await pay.Task.WaitAsync(TimeSpan.FromSeconds(60));
            Assert.True(await ConfirmAsync(client, certain));
            var early = await ConfirmAsync(client, lucky);
            var activation = await client.TryAsync(
                "/v1/license-keys/activate",
                Text(
                    $$"""{"key":"{{key["key"]}}","organization_id":"{{key["organization_id"]}}","label":"{{number}}"}"""
                )
            );
            return new Life(number, id, (int)told["inserted"]!, early, activation);
        }

        async Task<string> OpenAsync(Client client, string customer, JsonNode discount) =>
            (string)
                (
                    await client.PostAsync(
                        "/v1/checkouts/",
                        $$"""{"products":["{{atlas}}"],"customer_id":"{{customer}}","discount_id":"{{discount["id"]}}"}"""
                    )
                )["client_secret"]!;

        static Task<bool> ConfirmAsync(Client client, string secret) =>
            client.TryAsync(
                $"/v1/checkouts/client/{secret}/confirm",
                """{"customer_billing_address":{"country":"DE"},"confirmation_token_id":"ctoken_succeed"}"""
            );
    }

    [Fact]
    public async Task TwoAtOnceShareNothing()
    {
        PolarEmulator[] emulators = [new(), new()];
        var times = new int[2];
        await Task.WhenAll(
            Enumerable
                .Range(0, Clients)
                .Select(number =>
                    Task.Run(async () =>
                    {
                        var which = number % 2;
                        using var client = new Client(emulators[which]);
                        var customer = await client.PostAsync(
                            "/v1/customers/",
                            $$"""{"email":"crew{{number}}@boat{{which}}.example"}"""
                        );
                        var told = await client.PostAsync(
                            "/v1/events/ingest",
                            // The same ids in both: each has them for the first time.
                            $$"""
                            {"events":[{"name":"watch.changed","customer_id":"{{customer["id"]}}","external_id":"{{number
                                / 2}}"}]}
                            """
                        );
                        Interlocked.Add(ref times[which], (int)told["inserted"]!);
                    })
                )
        );
        Assert.Equal([Clients / 2, Clients / 2], times);
        emulators[0].AdvanceClock(TimeSpan.FromDays(40));
        for (var which = 0; which < 2; which++)
        {
            using var client = new Client(emulators[which]);
            var page = await client.GetAsync("/v1/customers/?limit=100&sorting=-created_at");
            var mails = page["items"]!.AsArray().Select(item => (string)item!["email"]!).ToList();
            Assert.Equal(
                Clients / 2,
                mails.Count(mail => mail.EndsWith($"@boat{which}.example", StringComparison.Ordinal))
            );
            Assert.DoesNotContain(mails, mail => mail.EndsWith($"@boat{1 - which}.example", StringComparison.Ordinal));
            Assert.Equal(Clients / 2, await CountAsync(client, "events/?name=watch.changed"));
        }

        // A month has passed in one of them only: there, subscriptions were renewed.
        using var later = new Client(emulators[0]);
        using var now = new Client(emulators[1]);
        Assert.True(await CountAsync(later, "orders/") > await CountAsync(now, "orders/"));
        var key = emulators[0].CreateAccessToken("orders:read");
        using var stranger = new HttpClient(emulators[1].CreateHandler());
        stranger.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var refused = await stranger.GetAsync(new Uri("http://emulator.test/v1/orders/"));
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Fact]
    public async Task AMillionEventsAreCountedInLittleMemory()
    {
        var emulator = new PolarEmulator();
        using var client = new Client(emulator);
        var customers = (await client.GetAsync("/v1/customers/"))["items"]!
            .AsArray()
            .Select(item => (string)item!["id"]!)
            .ToArray();
        var meter = await client.PostAsync(
            "/v1/meters/",
            """
            {"name":"Soundings","aggregation":{"func":"sum","property":"depth"},"filter":{"conjunction":"and",
             "clauses":[{"property":"name","operator":"eq","value":"depth.sounded"}]}}
            """
        );
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var clock = Stopwatch.StartNew();
        var depth = 0L;
        for (var request = 0; request < Requests; request++)
        {
            var body = new StringBuilder("{\"events\":[", EventsEach * 160);
            for (var number = 0; number < EventsEach; number++)
            {
                var value = ((request * 7) + number) % 100;
                depth += value;
                body.Append(
                    CultureInfo.InvariantCulture,
                    $$"""
                    {{(number == 0 ? "" : ",")}}{"name":"depth.sounded","customer_id":"{{customers[
                        number % customers.Length
                    ]}}","external_id":"{{request}}-{{number}}","metadata":{"depth":{{value}} } }
                    """
                );
            }

            var told = await client.PostAsync("/v1/events/ingest", body.Append("]}").ToString());
            Assert.Equal(EventsEach, (int)told["inserted"]!);
        }

        var ingested = clock.Elapsed;
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)(Requests * EventsEach);
        clock.Restart();
        Assert.Equal(Requests * EventsEach, await CountAsync(client, "events/?name=depth.sounded&limit=1"));
        var listed = clock.Elapsed;
        clock.Restart();
        string Day(int days) =>
            DateTime.UtcNow.AddDays(days).ToString("yyyy-MM-dd'T'00:00:00'Z'", CultureInfo.InvariantCulture);
        var quantities = await client.GetAsync(
            $"/v1/meters/{meter["id"]}/quantities?start_timestamp={Day(-1)}&end_timestamp={Day(2)}&interval=day"
        );
        Assert.Equal(depth, (long)(double)quantities["total"]!);
        var meters = await client.GetAsync($"/v1/customer-meters/?meter_id={meter["id"]}&limit=100");
        Assert.Equal(depth, meters["items"]!.AsArray().Sum(item => (long)(double)item!["consumed_units"]!));
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{bytes:0} bytes an event; ingested in {ingested.TotalSeconds:0.0} s, listed in {listed.TotalSeconds:0.0} s, "
                    + $"metered in {clock.Elapsed.TotalSeconds:0.0} s"
            )
        );
        Assert.InRange(bytes, 1, BytesPerEvent);
        GC.KeepAlive(emulator);
    }

    private static async Task<int> CountAsync(Client client, string path) =>
        (int)(await client.GetAsync("/v1/" + path))["pagination"]!["total_count"]!;

    private static async Task<int> RedemptionsAsync(Client client, JsonNode discount) =>
        (int)(await client.GetAsync($"/v1/discounts/{discount["id"]}"))["redemptions_count"]!;

    private static async Task<int> ActivationsAsync(Client client, JsonNode key) =>
        (await client.GetAsync($"/v1/license-keys/{key["id"]}"))["activations"]!.AsArray().Count;

    private sealed record Life(int Number, string CustomerId, int Inserted, bool WasEarly, bool IsActivated);

    // Not a Shop: that holds every answer to the description, which takes longer than the answer.
    private sealed class Client : IDisposable
    {
        private readonly HttpClient _http;

        public Client(PolarEmulator emulator)
        {
            _http = new HttpClient(emulator.CreateHandler()) { BaseAddress = new Uri("http://emulator.test/") };
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", emulator.AccessToken);
        }

        public Task<JsonNode> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

        public Task<JsonNode> PostAsync(string path, string body) => SendAsync(HttpMethod.Post, path, body);

        public Task<JsonNode> PatchAsync(string path, string body) => SendAsync(HttpMethod.Patch, path, body);

        public async Task<bool> TryAsync(string path, string body)
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var answer = await _http.PostAsync(new Uri(path, UriKind.Relative), content);
            Assert.InRange((int)answer.StatusCode, 200, 499);
            return answer.IsSuccessStatusCode;
        }

        public void Dispose() => _http.Dispose();

        private async Task<JsonNode> SendAsync(HttpMethod method, string path, string? body)
        {
            using var request = new HttpRequestMessage(method, path);
            request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
            using var answer = await _http.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {(int)answer.StatusCode} {text}");
            return JsonNode.Parse(text)!;
        }
    }
}

/// <summary>Tests beside which nothing else runs.</summary>
[CollectionDefinition("Alone", DisableParallelization = true)]
public sealed class Alone;
