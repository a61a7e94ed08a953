using System;
using System.Linq;

namespace PolarPS.Client.Tests.Conformance;

/// <summary>A difference between client and description that is meant.</summary>
/// <param name="Operation">The id of the operation.</param>
/// <param name="Where">The place, as the check names it.</param>
/// <param name="Reason">Why it is better so.</param>
internal sealed record DeliberateException(string Operation, string Where, string Reason);

/// <summary>All of them. One that is no longer needed fails the test, so that the list does not outlive its reasons.</summary>
internal static class DeliberateExceptions
{
    private const string Authorize =
        "The description leaves out what RFC 6749, RFC 7636 and OpenID Connect say an authorization request carries.";

    public static readonly DeliberateException[] All =
    [
        new("oauth2:authorize", "query.response_type", Authorize),
        new("oauth2:authorize", "query.client_id", Authorize),
        new("oauth2:authorize", "query.redirect_uri", Authorize),
        new("oauth2:authorize", "query.scope", Authorize),
        new("oauth2:authorize", "query.state", Authorize),
        new("oauth2:authorize", "query.code_challenge", Authorize),
        new("oauth2:authorize", "query.code_challenge_method", Authorize),
        new("oauth2:authorize", "query.nonce", Authorize),
        new("oauth2:authorize", "query.prompt", Authorize),
        new("oauth2:authorize", "query.sub_type", Authorize),
        new("oauth2:authorize", "query.sub", Authorize),
    ];

    public static bool Excuse(ApiOperation operation, Problem problem) =>
        All.Any(item => item.Operation == operation.Id && item.Where == problem.Where);
}
