using System.Net.Http;
using PolarPS.Client.Models;

namespace PolarPS.Client;

/// <summary>Whether a connection works for the organization that it is meant for. Operation <c>organizations:list</c>.</summary>
internal static class OrganizationCheck
{
    /// <summary>Asks Polar which organizations the token has access to.</summary>
    /// <param name="handler">Sends; stays the caller's.</param>
    /// <param name="address">Polar's address.</param>
    /// <param name="expected">The slug or id of the expected organization.</param>
    /// <param name="narrowedTo">The id of the organization to which the connection is narrowed; null for none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Why the connection must not be used; null when it may.</returns>
    /// <exception cref="PolarException">Polar did not answer, or does not let the token see its organization.</exception>
    public static async Task<string?> RunAsync(
        HttpMessageHandler handler,
        Uri address,
        string expected,
        string? narrowedTo,
        CancellationToken cancellationToken
    )
    {
        using var http = new HttpClient(handler, disposeHandler: false)
        {
            BaseAddress = address,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        var reached = new List<Organization>();
        var list = new PolarClient(http).Organizations.List();
        await foreach (var organization in list.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            reached.Add(organization);
        }

        var used = narrowedTo is null
            ? reached
            : [.. reached.Where(organization => IsSame(organization.Id, narrowedTo))];
        if (used.Count == 1 && Is(used[0], expected))
        {
            return null;
        }

        const string Nothing = "Nothing was sent: ";
        return used.Count switch
            {
                0 => Nothing + "the token has no access to the organization",
                1 => Nothing + "the connection is for the organization " + TextOf(used[0]),
                _ => Nothing
                    + "the token has access to several organizations ("
                    + string.Join(", ", used.Take(5).Select(TextOf))
                    + (used.Count > 5 ? ", …" : string.Empty)
                    + "), and the connection is not narrowed to one",
            } + $"; expected '{Redactor.Redact(expected)}'.";
    }

    private static bool Is(Organization organization, string expected) =>
        IsSame(organization.Id, expected)
        || string.Equals(organization.Slug, expected, StringComparison.OrdinalIgnoreCase);

    private static bool IsSame(string? id, string other) =>
        string.Equals(id, other, StringComparison.OrdinalIgnoreCase);

    private static string TextOf(Organization organization) => $"'{organization.Slug}' ({organization.Id})";
}
