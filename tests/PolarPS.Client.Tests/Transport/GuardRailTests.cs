using System.Collections.Concurrent;
using System.Net;
using System.Net.Http;
using PolarPS.Http;
using Xunit;

namespace PolarPS.Client.Tests.Transport;

public class GuardRailTests
{
    private const string Reads = "reads";
    private const string Writes = "writes";
    private const string MovesMoney = "moves money";

    [Theory]
    [InlineData("GET", null, true)]
    [InlineData("HEAD", null, true)]
    [InlineData("POST", null, false)]
    [InlineData("DELETE", null, false)]
    [InlineData("PATCH", Writes, false)]
    [InlineData("POST", MovesMoney, false)]
    [InlineData("POST", Reads, true)]
    public async Task ReadOnlyLetsPassWhatReads(string method, string? effect, bool passes)
    {
        using var shop = new Shop();
        shop.Settings["ReadOnly"] = true;

        var refusal = await shop.SendAsync(method, effect);

        Assert.Equal(passes ? null : "read-only", refusal);
        Assert.Equal(passes ? 1 : 0, shop.Sent);
    }

    [Fact]
    public async Task MoneyIsAddedUpByCurrency()
    {
        using var shop = new Shop(("usd", 1000), ("eur", 500));

        Assert.Null(await shop.SendAsync("POST", MovesMoney, 600, "usd"));
        Assert.Null(await shop.SendAsync("POST", MovesMoney, 500, "EUR"));
        Assert.Equal("money", await shop.SendAsync("POST", MovesMoney, 401, "usd"));
        Assert.Null(await shop.SendAsync("POST", MovesMoney, 400, "usd"));
        Assert.Equal("money", await shop.SendAsync("POST", MovesMoney, 1, "eur"));
        Assert.Equal("money", await shop.SendAsync("POST", MovesMoney, 1, "gbp"));
        Assert.Equal("money", await shop.SendAsync("POST", MovesMoney, long.MaxValue, "usd"));
        Assert.Null(await shop.SendAsync("POST", Writes));
        Assert.Null(await shop.SendAsync("GET", null));

        Assert.Equal(5, shop.Sent);
        Assert.Equal((1000, 500, 3), (shop.Used["usd"], shop.Used["eur"], shop.Used["#"]));
    }

    [Theory]
    [InlineData(
        "usd",
        40_100,
        100_000,
        "it moves $401.00 (including tax), and $400.00 of the connection's limit of $1,000.00 is left."
    )]
    [InlineData(
        "JPY",
        40_100,
        100_000,
        "it moves ¥40,100 (including tax), and ¥40,000 of the connection's limit of ¥100,000 is left."
    )]
    [InlineData("eur", 1, 100_000, "the connection's money limit is in JPY, USD, and this moves EUR.")]
    public async Task ARefusalShowsMoneyAsPeopleReadIt(string currency, long amount, long limit, string message)
    {
        using var shop = new Shop(("usd", limit), ("jpy", limit));
        if (currency != "eur")
        {
            Assert.Null(await shop.SendAsync("POST", MovesMoney, 60_000, currency));
        }

        Assert.Equal("money", await shop.SendAsync("POST", MovesMoney, amount, currency));
        Assert.EndsWith(message, shop.Refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", MovesMoney)]
    [InlineData("POST", null)]
    [InlineData("DELETE", null)]
    public async Task AnAmountThatIsNotKnownIsRefusedUnderALimitOfMoneyAndCountedUnderOne(string method, string? effect)
    {
        using var limited = new Shop(("usd", 1000));
        Assert.Equal("money", await limited.SendAsync(method, effect));
        Assert.Equal(0, limited.Sent);

        using var counted = new Shop();
        counted.Settings["MoneyCount"] = 2;
        Assert.Null(await counted.SendAsync(method, effect));
        Assert.Null(await counted.SendAsync(method, effect));
        Assert.Equal("money", await counted.SendAsync(method, effect));
        Assert.Equal((2, 2L), (counted.Sent, counted.Used["#"]));
    }

    [Theory]
    [InlineData(400, 0)]
    [InlineData(402, 0)]
    [InlineData(403, 0)]
    [InlineData(404, 0)]
    [InlineData(409, 0)]
    [InlineData(422, 0)]
    [InlineData(429, 0)]
    [InlineData(200, 1)]
    [InlineData(201, 1)]
    [InlineData(302, 1)]
    [InlineData(408, 1)]
    [InlineData(500, 1)]
    [InlineData(501, 1)]
    [InlineData(502, 1)]
    [InlineData(503, 1)]
    [InlineData(504, 1)]
    [InlineData(0, 1)]
    public async Task OnlyADefiniteRefusalGivesBack(int status, int counted)
    {
        using var shop = new Shop(("usd", 1000)) { Answer = _ => status };
        await shop.SendAsync("POST", MovesMoney, 700, "usd");
        Assert.Equal((counted, counted * 700), (shop.Used["#"], shop.Used["usd"]));
    }

    [Fact]
    public async Task ARefusalAfterAnAttemptThatNobodyKnowsOfGivesNothingBack()
    {
        using var shop = new Shop(("usd", 1000)) { Answer = attempt => attempt == 1 ? 502 : 403 };
        shop.Settings["MaximumRetries"] = 1;
        await shop.SendAsync("POST", MovesMoney, 700, "usd", repeatable: true);
        Assert.Equal(2, shop.Sent);
        Assert.Equal((1L, 700L), (shop.Used["#"], shop.Used["usd"]));
    }

    [Fact]
    public async Task SeveralAttemptsCountOnce()
    {
        using var shop = new Shop(("usd", 1000)) { Answer = attempt => attempt == 1 ? 502 : 200 };
        shop.Settings["MaximumRetries"] = 1;
        await shop.SendAsync("POST", MovesMoney, 700, "usd", repeatable: true);
        Assert.Equal((2, 1L, 700L), (shop.Sent, shop.Used["#"], shop.Used["usd"]));
    }

    [Fact]
    public async Task ManyAtOnceDoNotPassTheLimit()
    {
        using var shop = new Shop(("usd", 1000)) { Delay = TimeSpan.FromMilliseconds(20) };
        var refusals = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(_ => Task.Run(() => shop.SendAsync("POST", MovesMoney, 150, "usd")))
        );
        Assert.Equal(6, refusals.Count(static refusal => refusal is null));
        Assert.Equal((6, 900L), (shop.Sent, shop.Used["usd"]));
    }

    [Fact]
    public async Task TheCheckIsMadeOnceAndRefusesEverything()
    {
        var checks = 0;
        using var shop = new Shop();
        shop.Settings["Check"] =
            (Func<HttpMessageHandler, CancellationToken, Task<string?>>)(
                async (_, _) =>
                {
                    Interlocked.Increment(ref checks);
                    await Task.Delay(20, CancellationToken.None);
                    return "elsewhere";
                }
            );
        var refusals = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => shop.SendAsync("GET", null)));
        Assert.All(refusals, static refusal => Assert.Equal("organization", refusal));
        Assert.Equal((1, 0), (checks, shop.Sent));
    }

    [Fact]
    public async Task ACheckThatFailedIsMadeAgain()
    {
        var checks = 0;
        using var shop = new Shop();
        shop.Settings["Check"] =
            (Func<HttpMessageHandler, CancellationToken, Task<string?>>)(
                (_, _) => checks++ == 0 ? throw new HttpRequestException("no answer") : Task.FromResult<string?>(null)
            );
        Assert.Equal("HttpRequestException", await shop.SendAsync("GET", null));
        Assert.Null(await shop.SendAsync("GET", null));
        Assert.Null(await shop.SendAsync("GET", null));
        Assert.Equal((2, 2), (checks, shop.Sent));
    }

    /// <summary>A client over an answer, with guard rails.</summary>
    private sealed class Shop : IDisposable
    {
        private readonly Stub _stub;
        private HttpClient? _client;
        private int _sent;

        public Shop(params (string Currency, long Limit)[] limits)
        {
            _stub = new Stub(
                async (_, stop) =>
                {
                    var status = Answer(Interlocked.Increment(ref _sent));
                    await Task.Delay(Delay, stop);
                    return status == 0 ? throw new HttpRequestException("torn") : Stub.Answer(null, status);
                }
            );
            Settings["BaseAddress"] = new Uri("https://polar.test/");
            Settings["InnermostHandler"] = _stub;
            Settings["MaximumRetries"] = 0;
            Settings["LimitsUsed"] = Used;
            if (limits.Length > 0)
            {
                Settings["MoneyLimits"] = limits.ToDictionary(limit => limit.Currency, limit => limit.Limit);
            }
        }

        public Dictionary<string, object?> Settings { get; } = [];

        public ConcurrentDictionary<string, long> Used { get; } = new();

        public Func<int, int> Answer { get; init; } = static _ => 200;

        public TimeSpan Delay { get; init; }

        public int Sent => _sent;

        /// <summary>What the last one that was not sent was told.</summary>
        public string Refusal { get; private set; } = string.Empty;

        /// <summary>Which rail refused, or what it threw; null when there was an answer.</summary>
        public async Task<string?> SendAsync(
            string method,
            string? effect,
            long? amount = null,
            string? currency = null,
            bool repeatable = false
        )
        {
            _client ??= PolarHttp.Create(Settings);
            using var request = new HttpRequestMessage(new HttpMethod(method), "/v1/things/");
            IDictionary<string, object?> bag = request.Options;
            bag["PolarPS.Repeatable"] = repeatable;
            if (effect is not null)
            {
                bag["PolarPS.Effect"] = effect;
            }

            if (amount is not null)
            {
                bag["PolarPS.Amount"] = amount;
                bag["PolarPS.Currency"] = currency;
            }

            try
            {
                using var response = await _client.SendAsync(request);
                return null;
            }
            catch (Exception exception)
            {
                Refusal = exception.Message;
                return bag.TryGetValue("PolarPS.Refused", out var rail) ? (string?)rail : exception.GetType().Name;
            }
        }

        public void Dispose()
        {
            _client?.Dispose();
            _stub.Dispose();
        }
    }
}
