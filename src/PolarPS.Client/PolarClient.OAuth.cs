namespace PolarPS.Client;

public partial class PolarClient
{
    /// <summary>How a program gets a token that acts for a user.</summary>
    public virtual OAuth2Resource OAuth2 => new(_connection);

    /// <summary>Registrations of programs that users can let act for them.</summary>
    public virtual OAuth2ClientsResource OAuth2Clients => new(_connection);
}
