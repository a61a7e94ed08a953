namespace PolarPS;

/// <summary>What statuses mean, for everything that depends on them: transport, client and file transfers.</summary>
internal static class HttpStatuses
{
    /// <summary>
    /// Responses that do not say whether the request was carried out: time-outs and failures of the server, and of gateways and
    /// content networks with numbers of their own. 501, 505, 506, 510 and 511 say that it was not even tried.
    /// </summary>
    public static bool IsUnsettled(int status) =>
        status is 408 or 499 || (status >= 500 && status is not (501 or 505 or 506 or 510 or 511));

    /// <summary>Responses whose <c>Retry-After</c> says when to try again.</summary>
    public static bool MayAskToWait(int status) => status is 429 or 503;
}
