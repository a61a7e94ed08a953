namespace PolarPS;

/// <summary>A kind of access token, which its prefix tells.</summary>
/// <param name="Text">What it is called; the text of <see cref="PolarConnection.TokenKind"/>.</param>
/// <param name="Prefix">What such tokens begin with.</param>
/// <param name="Side">Which side of Polar they open.</param>
/// <param name="IsSignIn">Whether a user signs in for them, and chooses the scopes then.</param>
internal sealed record TokenKind(
    string Text,
    string Prefix = "",
    PolarSide Side = PolarSide.Seller,
    bool IsSignIn = false
)
{
    /// <summary>Made for an organization, in its settings. It sees that organization only.</summary>
    public static readonly TokenKind Organization = new("organization access token", "polar_oat_");

    /// <summary>Made by the emulator, for itself.</summary>
    public static readonly TokenKind Emulator = new("emulator token");

    /// <summary>Of a customer as such.</summary>
    public static readonly TokenKind Customer = new("customer session", "polar_cst_", PolarSide.Customer);

    /// <summary>None: for what anyone may ask.</summary>
    public static readonly TokenKind None = new("no token");

    private static readonly TokenKind Unknown = new("unknown kind of token");

    private static readonly TokenKind[] Known =
    [
        Organization,
        new("personal access token", "polar_pat_"),
        new("OAuth access token of a user", "polar_at_u_", IsSignIn: true),
        new("OAuth access token of an organization", "polar_at_o_", IsSignIn: true),
        Customer,
        new("member session", "polar_mst_", PolarSide.Customer),
    ];

    /// <summary>The kind of a token.</summary>
    public static TokenKind Of(string token) =>
        Array.Find(Known, kind => token.StartsWith(kind.Prefix, StringComparison.Ordinal)) ?? Unknown;
}
