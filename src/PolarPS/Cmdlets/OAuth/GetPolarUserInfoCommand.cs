namespace PolarPS.Commands;

/// <summary>Gets whom the connection's token acts for. Operation oauth2:userinfo.</summary>
[Cmdlet(VerbsCommon.Get, "PolarUserInfo")]
[OutputType(typeof(OAuth2UserInfo))]
public sealed class GetPolarUserInfoCommand : PolarCmdlet
{
    internal override void ProcessInput() =>
        Try(
            new ErrorSubject("OAuth user info"),
            () => WriteObject(ModelShaper.Shape(Await(token => Client.OAuth2.UserInfoAsync(token))))
        );
}
