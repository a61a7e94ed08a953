namespace PolarPS.Client;

public sealed partial class PolarClient
{
    /// <summary>How a program gets a token that acts for a user.</summary>
    public OAuth2Resource OAuth2 => new(_connection);

    /// <summary>Registrations of programs that users can let act for them.</summary>
    public OAuth2ClientsResource OAuth2Clients => new(_connection);
}
