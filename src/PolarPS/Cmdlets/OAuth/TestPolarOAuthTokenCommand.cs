namespace PolarPS.Commands;

/// <summary>
/// Gets what Polar knows of tokens. That one is not active is a result, not an error. Operation oauth2:introspect_token.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "PolarOAuthToken")]
[OutputType(typeof(OAuth2TokenState))]
public sealed class TestPolarOAuthTokenCommand : OAuthTokenCmdlet
{
    internal override string IfUnknown => "Nothing was changed; run the command again.";

    internal override void Ask(OAuth2TokenQuery query) =>
        WriteObject(ModelShaper.Shape(Await(token => Polar.OAuth2.IntrospectTokenAsync(query, token))));
}
