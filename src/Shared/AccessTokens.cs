namespace PolarPS;

/// <summary>What can be an access token, and what is taken for one.</summary>
internal static class AccessTokens
{
    /// <summary>Finds a mistake in a token before it is sent. No text of it holds the token.</summary>
    /// <exception cref="ArgumentException">It is empty, was copied badly, or is another kind of secret.</exception>
    public static void Check(string? token)
    {
        if (string.IsNullOrWhiteSpace(token))
        {
            throw new ArgumentException("The access token is empty.");
        }

        if (token!.Any(letter => letter <= ' ' || letter > '~'))
        {
            throw new ArgumentException(
                "The access token contains a space, a line break or another character that no token has. Check that it was copied completely and with nothing around it."
            );
        }

        if (
            token!.StartsWith("polar_ci_", StringComparison.Ordinal)
            || token.StartsWith("polar_cs_", StringComparison.Ordinal)
        )
        {
            throw new ArgumentException(
                "This is the id or secret of an OAuth client, not an access token. Create an organization access token in the organization's settings."
            );
        }

        if (
            token.StartsWith("whsec_", StringComparison.Ordinal)
            || token.StartsWith("polar_whs_", StringComparison.Ordinal)
        )
        {
            throw new ArgumentException("This is the secret of a webhook endpoint, not an access token.");
        }
    }
}
