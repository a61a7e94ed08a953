namespace PolarPS.Client.Tests.Conformance;

/// <summary>A difference between client and description that is meant.</summary>
/// <param name="Operation">The id of the operation; <c>*</c> for all of them.</param>
/// <param name="Where">The place, as the check names it.</param>
/// <param name="Reason">Why it is better so.</param>
internal sealed record DeliberateException(string Operation, string Where, string Reason)
{
    public bool Excuses(ApiOperation operation, Problem problem) =>
        (Operation == "*" || Operation == operation.Id) && Where == problem.Where;
}

/// <summary>All of them. One that is no longer needed fails the test, so that the list does not outlive its reasons.</summary>
internal static class DeliberateExceptions
{
    private const string Authorize =
        "The description leaves out what RFC 6749, RFC 7636 and OpenID Connect say an authorization request carries.";

    private const string Asked =
        "The answer does not say what was asked about. The object does, so that it can be told from others and piped on.";

    public static readonly DeliberateException[] All =
    [
        new(
            "events:list",
            "query(extra).cursor_pagination",
            "A parameter that is not in the description, for those who ask for the faster way through long lists."
        ),
        new(
            "subscriptions:update",
            "body.trial_end",
            "The word 'now' in the place of a time is set by a method, so that the property can be a time."
        ),
        new("customer_portal:orders:get_payment_status", "response.order_id", Asked),
        new("customer_portal:orders:get_payment_status", "response(strange).order_id", Asked),
        new("customer_portal:orders:confirm_retry_payment", "response.order_id", Asked),
        new("customer_portal:orders:confirm_retry_payment", "response(strange).order_id", Asked),
        new("meters:quantities", "response.quantities[].meter_id", Asked),
        new("meters:quantities", "response(strange).quantities[].meter_id", Asked),
        new("oauth2:authorize", "query(extra).response_type", Authorize),
        new("oauth2:authorize", "query(extra).client_id", Authorize),
        new("oauth2:authorize", "query(extra).redirect_uri", Authorize),
        new("oauth2:authorize", "query(extra).scope", Authorize),
        new("oauth2:authorize", "query(extra).state", Authorize),
        new("oauth2:authorize", "query(extra).code_challenge", Authorize),
        new("oauth2:authorize", "query(extra).code_challenge_method", Authorize),
        new("oauth2:authorize", "query(extra).nonce", Authorize),
        new("oauth2:authorize", "query(extra).prompt", Authorize),
        new("oauth2:authorize", "query(extra).sub_type", Authorize),
        new("oauth2:authorize", "query(extra).sub", Authorize),
    ];

    public static bool Excuse(ApiOperation operation, Problem problem) =>
        All.Any(item => item.Excuses(operation, problem));
}
