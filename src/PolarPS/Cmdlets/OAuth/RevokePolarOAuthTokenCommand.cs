namespace PolarPS.Commands;

/// <summary>Revokes tokens: an access token with its refresh token, unless it alone is meant. Operation oauth2:revoke_token.</summary>
[Cmdlet(VerbsSecurity.Revoke, "PolarOAuthToken", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RevokePolarOAuthTokenCommand : OAuthTokenCmdlet
{
    internal override string IfUnknown =>
        "Test-PolarOAuthToken shows whether the token still works; it does no harm to revoke it again.";

    internal override void Ask(OAuth2TokenQuery query)
    {
        var action =
            TokenTypeHint == OAuthToken.Access
                ? "Revoke the access token (cannot be undone); its refresh token stays"
                : "Revoke the access token and its refresh token (cannot be undone): the user has to sign in again";
        if (Confirm($"{Kind} of {Client}", action, (client, token) => client.OAuth2.RevokeTokenAsync(query, token)))
        {
            Await(token => Polar.OAuth2.RevokeTokenAsync(query, token));
        }
    }
}
