using Xunit;

namespace PolarPS.Client.Tests.Client;

/// <summary>What a browser brings back counts only where it answers the request.</summary>
public sealed class OAuth2RedirectTests
{
    [Theory]
    [InlineData("?code=abc&state=s1", "abc", null)]
    [InlineData("state=s1&code=a%2Bb%20c", "a+b c", null)]
    [InlineData("state=s1&code=abc&iss=https%3A%2F%2Fpolar.sh", "abc", null)]
    [InlineData("error=access_denied&state=s1&error_description=No+thanks", null, "access_denied: No thanks")]
    [InlineData("error=server_error&state=s1", null, "server_error")]
    public void AnAnswerIsRead(string query, string? code, string? error)
    {
        var redirect = OAuth2Redirect.Read(query, "s1");
        Assert.NotNull(redirect);
        Assert.Equal(code, redirect.Code);
        Assert.Equal(error ?? "a code", redirect.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("?")]
    [InlineData("code=abc")]
    [InlineData("code=abc&state=")]
    [InlineData("code=abc&state=S1")]
    [InlineData("code=abc&state=s2")]
    [InlineData("code=abc&state=s11")]
    [InlineData("code=abc&state=s1&state=s1")]
    [InlineData("code=abc&code=def&state=s1")]
    [InlineData("code=&state=s1")]
    [InlineData("state=s1")]
    [InlineData("code=abc&error=access_denied&state=s1")]
    public void AnythingElseIsNotOne(string query) => Assert.Null(OAuth2Redirect.Read(query, "s1"));

    [Fact]
    public void AnEmptyStateMatchesNothing() => Assert.Null(OAuth2Redirect.Read("code=abc&state=", string.Empty));

    [Theory]
    [InlineData("https://api.polar.sh", "https://polar.sh/oauth2/authorize")]
    [InlineData("https://sandbox-api.polar.sh", "https://sandbox.polar.sh/oauth2/authorize")]
    [InlineData("http://127.0.0.1:8123", "http://127.0.0.1:8123/oauth2/authorize")]
    public void ThePageBelongsToTheAddress(string address, string page) =>
        Assert.Equal(page, OAuth2AuthorizeRequest.PageOf(new Uri(address)).AbsoluteUri);
}
