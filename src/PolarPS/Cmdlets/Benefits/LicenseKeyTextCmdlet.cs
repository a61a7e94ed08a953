using System.Runtime.CompilerServices;

namespace PolarPS.Commands;

/// <summary>
/// Uses a license key by its text, as an application does that was given one. Polar wants to know the organization too, even
/// where the token tells it.
/// </summary>
/// <typeparam name="T">The kind of what is written.</typeparam>
public abstract class LicenseKeyTextCmdlet<T> : PolarWriteCmdlet<T>
    where T : PolarObject
{
    private static readonly ConditionalWeakTable<PolarConnection, string> Known = new();

    /// <summary>The organization that gave the key out; without it the one of the key, the connection or the token.</summary>
    public abstract string? OrganizationId { get; set; }

    /// <summary>What errors about a key are about.</summary>
    internal static ErrorSubject SubjectOf(LicenseKeyText key) => new("license key", key.DisplayKey, Key: "text");

    /// <summary>
    /// The organization that is to know the key: the one that was given, that of the key, that of the connection, or, asked
    /// once a connection, the only one that the token can reach.
    /// </summary>
    /// <exception cref="ArgumentException">The token has access to several organizations, or none; or no token is used.</exception>
    internal string OrganizationOf(string? ofKey = null) =>
        OrganizationId ?? ofKey ?? UsedConnection.OrganizationId ?? OrganizationOfToken();

    /// <summary>What to use the key with: a seller's token, or none.</summary>
    internal ILicenseKeyUse KeysOf(PolarClient client) =>
        this is IPublicCmdlet ? client.Portal.LicenseKeys : client.LicenseKeys;

    private string OrganizationOfToken()
    {
        if (this is IPublicCmdlet)
        {
            throw new ArgumentException(
                "Without a token Polar has to be told whose key it is; use -OrganizationId with the seller's id."
            );
        }

        if (Known.TryGetValue(UsedConnection, out var known))
        {
            return known;
        }

        var found = OrganizationOfKeys() ?? OnlyOrganization();
        Known.GetValue(UsedConnection, _ => found);
        return found;
    }

    // A token made for license keys alone may not list organizations. An organization's own token sees its own keys only.
    private string? OrganizationOfKeys() =>
        UsedConnection.Token == TokenKind.Organization
            ? Read(Client.LicenseKeys.List(new LicenseKeyQuery { First = 1 }), 1).FirstOrDefault()?.OrganizationId
            : null;

    private string OnlyOrganization()
    {
        var organizations = Read(Client.Organizations.List(new OrganizationQuery { First = 2 }), 2);
        return organizations.Count == 1 && organizations[0].Id is { } id
            ? id
            : throw new ArgumentException(
                organizations.Count == 0
                    ? "The token has access to no organization; use -OrganizationId."
                    : "The token has access to several organizations, each with its own keys; use -OrganizationId."
            );
    }

    private List<TItem> Read<TItem>(PagedList<TItem> list, int most)
        where TItem : PolarObject =>
        Await(async token =>
        {
            var items = new List<TItem>();
            await foreach (var item in list.WithCancellation(token).ConfigureAwait(false))
            {
                items.Add(item);
                if (items.Count == most)
                {
                    break;
                }
            }

            return items;
        });
}
