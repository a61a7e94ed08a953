namespace PolarPS;

/// <summary>Known values of customers and their members.</summary>
internal static class CustomerValues
{
    /// <summary>The kinds of customers.</summary>
    public static KnownList Type { get; } =
        new() { { "individual", "One person" }, { "team", "Several members who share what was bought" } };

    /// <summary>What customers are sorted by.</summary>
    public static KnownList Sort { get; } = new() { "created_at", "email", "name" };

    /// <summary>The most common languages of Polar's emails.</summary>
    public static KnownList CommonLocale { get; } =
        new()
        {
            { "en", "English" },
            { "de", "German" },
            { "es", "Spanish" },
            { "fr", "French" },
            { "it", "Italian" },
            { "nl", "Dutch" },
            { "pt", "Portuguese" },
            { "sv", "Swedish" },
            { "ja", "Japanese" },
            { "ko", "Korean" },
            { "en-US", "English (United States)" },
            { "fr-CA", "French (Canada)" },
            { "pt-BR", "Portuguese (Brazil)" },
        };

    /// <summary>What a member may do.</summary>
    public static KnownList MemberRole { get; } =
        new()
        {
            { "owner", "Owns the team; there is one" },
            { "billing_manager", "Manages payments and members" },
            { "member", "Uses what the team has bought" },
        };

    /// <summary>The role of a new member: a future owner has to be a member first.</summary>
    public static KnownList NewMemberRole { get; } = MemberRole.Only("member", "billing_manager");

    /// <summary>What members are sorted by.</summary>
    public static KnownList MemberSort { get; } = new() { "created_at" };

    /// <summary>What customers sort their wallets by.</summary>
    public static KnownList WalletSort { get; } = new() { "created_at", "balance" };
}
