namespace PolarPS.Client;

/// <summary>What the browser brings back from the consent page: a code, or why there is none.</summary>
public sealed class OAuth2Redirect
{
    private OAuth2Redirect(string? code, string? error, string? description)
    {
        Code = code;
        Error = error;
        Description = description;
    }

    /// <summary>The code, for <see cref="Models.OAuth2TokenRequest.ForCode"/>. A secret, and good for some minutes. Null where there is none.</summary>
    public string? Code { get; }

    /// <summary>Why there is no code, such as <c>access_denied</c>; null where there is one.</summary>
    public string? Error { get; }

    /// <summary>The same in Polar's words; null where there are none.</summary>
    public string? Description { get; }

    /// <summary>Reads the query of the address to which the browser was sent back.</summary>
    /// <param name="query">The query, with or without its question mark, still percent-encoded.</param>
    /// <param name="state">The <see cref="OAuth2AuthorizeRequest.State"/> that was sent.</param>
    /// <returns>
    /// null where it does not answer the request: the state is missing, doubled or another one, or there is neither a code nor an error.
    /// It was sent by another then, and must not count.
    /// </returns>
    public static OAuth2Redirect? Read(string query, string state)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (
            var pair in (query ?? throw new ArgumentNullException(nameof(query)))
                .TrimStart('?')
                .Split(['&'], StringSplitOptions.RemoveEmptyEntries)
        )
        {
            var sign = pair.IndexOf('=');
            var name = Decode(sign < 0 ? pair : pair.Substring(0, sign));
            // What is there twice could mean either.
            values[name] = values.ContainsKey(name) ? null : Decode(sign < 0 ? string.Empty : pair.Substring(sign + 1));
        }

        string? Of(string name) => values.TryGetValue(name, out var value) && value is { Length: > 0 } ? value : null;
        if (!IsSame(Of("state"), state) || (Of("code") is null) == (Of("error") is null))
        {
            return null;
        }

        return new OAuth2Redirect(Of("code"), Of("error"), Of("error_description"));
    }

    /// <summary>What came back, without the code.</summary>
    /// <returns>The error, or that there is a code.</returns>
    public override string ToString() =>
        Error is null ? "a code"
        : Description is null ? Error
        : $"{Error}: {Description}";

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    // In the same time wherever they differ.
    private static bool IsSame(string? one, string other)
    {
        if (one is null || one.Length != other.Length || other.Length == 0)
        {
            return false;
        }

        var difference = 0;
        for (var i = 0; i < one.Length; i++)
        {
            difference |= one[i] ^ other[i];
        }

        return difference == 0;
    }
}
