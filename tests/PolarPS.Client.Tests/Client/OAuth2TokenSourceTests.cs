using PolarPS.Client.Models;
using Xunit;

namespace PolarPS.Client.Tests.Client;

/// <summary>Tokens that renew themselves: in time, once for all who ask, and with the newest refresh token.</summary>
public sealed class OAuth2TokenSourceTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private readonly Tokens _oauth = new();
    private DateTimeOffset _now = Start;

    [Theory]
    [InlineData(0, 1)]
    [InlineData(3299, 1)]
    [InlineData(3300, 2)]
    [InlineData(3600, 2)]
    public async Task ATokenIsRenewedFiveMinutesBeforeItsEnd(int seconds, int expected)
    {
        var source = Source();
        _now = Start.AddSeconds(seconds);

        Assert.Equal($"access{expected}", await source.GetAccessTokenAsync());
        Assert.Equal(expected - 1, _oauth.Used.Count);
    }

    [Fact]
    public async Task AShortTokenIsRenewedInItsLastTenth()
    {
        var source = Source(lifetime: 60);
        _now = Start.AddSeconds(53);
        Assert.Equal("access1", await source.GetAccessTokenAsync());
        _now = Start.AddSeconds(54);
        Assert.Equal("access2", await source.GetAccessTokenAsync());
    }

    [Fact]
    public async Task EachRenewalUsesTheTokenOfTheOneBefore()
    {
        var source = Source();
        var told = new List<string?>();
        source.Renewed += token => told.Add(token.RefreshToken);
        for (var hour = 1; hour <= 3; hour++)
        {
            _now = Start.AddHours(hour);
            _ = await source.GetAccessTokenAsync();
        }

        Assert.Equal(["refresh1", "refresh2", "refresh3"], _oauth.Used);
        Assert.Equal(["refresh2", "refresh3", "refresh4"], told);
        Assert.Equal(Start.AddHours(4), source.ExpiresAt);
    }

    [Fact]
    public async Task TwentyWhoAskShareOneRenewal()
    {
        var source = Source();
        _now = Start.AddHours(2);
        _oauth.Hold = new TaskCompletionSource<bool>();
        var asking = Enumerable.Range(0, 20).Select(_ => Task.Run(() => source.GetAccessTokenAsync())).ToList();
        await Task.Delay(100);
        _oauth.Hold.SetResult(true);

        Assert.All(await Task.WhenAll(asking), token => Assert.Equal("access2", token));
        Assert.Single(_oauth.Used);
    }

    [Fact]
    public async Task WhoStopsWaitingStopsItForNobodyElse()
    {
        var source = Source();
        _now = Start.AddHours(2);
        _oauth.Hold = new TaskCompletionSource<bool>();
        using var stop = new CancellationTokenSource();
        var one = source.GetAccessTokenAsync(stop.Token);
        var other = source.GetAccessTokenAsync();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        _oauth.Hold.SetResult(true);
        Assert.Equal("access2", await other);
        Assert.Single(_oauth.Used);
    }

    [Fact]
    public async Task WhatIsRefusedIsRenewedOnceForAll()
    {
        var source = Source();
        _now = Start.AddMinutes(10);

        var renewed = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => Task.Run(() => source.RenewAsync("access1")))
        );

        Assert.All(renewed, token => Assert.Equal("access2", token));
        Assert.Single(_oauth.Used);
    }

    [Fact]
    public async Task WhoComesLateWithARefusedTokenGetsThePresentOne()
    {
        var source = Source();
        Assert.Equal("access2", await source.RenewAsync("access1"));
        Assert.Equal("access2", await source.RenewAsync("access1"));
        Assert.Single(_oauth.Used);
        Assert.Equal("access3", await source.RenewAsync("access2"));
    }

    [Fact]
    public async Task ASpentRefreshTokenSaysToSignInAgain()
    {
        var source = Source();
        _now = Start.AddHours(2);
        _oauth.Failure = () => Refused("invalid_grant");

        var problem = await Assert.ThrowsAsync<PolarSignInEndedException>(() => source.GetAccessTokenAsync());

        Assert.Contains("Sign in again", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("refresh1", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutARefreshTokenTheAccessTokenIsUsedToItsEnd()
    {
        var source = Source(refresh: null);
        _now = Start.AddSeconds(3599);
        Assert.Equal("access1", await source.GetAccessTokenAsync());
        _now = Start.AddSeconds(3600);
        await Assert.ThrowsAsync<PolarSignInEndedException>(() => source.GetAccessTokenAsync());
        Assert.Empty(_oauth.Used);
    }

    [Fact]
    public async Task AfterAnotherFailureTheNextCallTriesAgain()
    {
        var source = Source();
        _now = Start.AddHours(2);
        _oauth.Failure = () => Refused("server_error");
        await Assert.ThrowsAsync<PolarServerException>(() => source.GetAccessTokenAsync());
        _oauth.Failure = null;

        Assert.Equal("access2", await source.GetAccessTokenAsync());
        Assert.Equal(["refresh1", "refresh1"], _oauth.Used);
    }

    [Fact]
    public async Task WhoCannotStoreTheTokenDoesNotLoseIt()
    {
        var source = Source();
        source.Renewed += _ => throw new InvalidOperationException("The vault is locked.");
        _now = Start.AddHours(2);

        Assert.Equal("access2", await source.GetAccessTokenAsync());
    }

    [Fact]
    public void NothingOfItShowsAToken()
    {
        Assert.Equal("tokens of polar_ci_1", Source().ToString());
        Assert.Throws<ArgumentException>(() => new OAuth2TokenSource(_oauth, "polar_ci_1", new OAuth2Token()));
        Assert.Throws<ArgumentException>(() =>
            new OAuth2TokenSource(_oauth, string.Empty, new OAuth2Token { AccessToken = "a" })
        );
    }

    private OAuth2TokenSource Source(string? refresh = "refresh1", long lifetime = 3600) =>
        new(
            _oauth,
            "polar_ci_1",
            new OAuth2Token
            {
                AccessToken = "access1",
                RefreshToken = refresh,
                ExpiresIn = lifetime,
            },
            null,
            () => _now
        );

    private static PolarException Refused(string error)
    {
        var call = new FailedCall("POST", "/v1/oauth2/token", error == "server_error" ? 500 : 400, error);
        return error == "server_error"
            ? new PolarServerException("Polar failed.", call)
            : new PolarValidationException("Refused.", call, []);
    }

    private sealed class Tokens : OAuth2Resource
    {
        public List<string?> Used { get; } = [];

        public TaskCompletionSource<bool>? Hold { get; set; }

        public Func<PolarException>? Failure { get; set; }

        public override async Task<OAuth2Token> RequestTokenAsync(
            OAuth2TokenRequest body,
            CancellationToken cancellationToken = default
        )
        {
            lock (Used)
            {
                Used.Add(body.RefreshToken);
            }

            if (Hold is not null)
            {
                await Hold.Task;
            }

            if (Failure is not null)
            {
                throw Failure();
            }

            var number = int.Parse(body.RefreshToken!["refresh".Length..], CultureInfo.InvariantCulture) + 1;
            return new OAuth2Token
            {
                AccessToken = $"access{number}",
                RefreshToken = $"refresh{number}",
                ExpiresIn = 3600,
            };
        }
    }
}
