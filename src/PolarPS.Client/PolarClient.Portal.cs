namespace PolarPS.Client;

public partial class PolarClient
{
    /// <summary>The customer portal, with the token of this client, which has to be that of a customer's session.</summary>
    public virtual PortalClient Portal => new(_connection);

    /// <summary>The customer portal of one session; each of its requests carries the session's token in the place of this client's.</summary>
    /// <param name="sessionToken">The token of a customer's session.</param>
    /// <returns>The portal as that customer sees it.</returns>
    public virtual PortalClient PortalOf(string sessionToken) =>
        string.IsNullOrEmpty(sessionToken)
            ? throw new ArgumentException("The session token is empty.", nameof(sessionToken))
            : new(_connection.With(sessionToken));
}
