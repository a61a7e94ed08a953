namespace PolarPS;

/// <summary>Known values of organizations.</summary>
internal static class OrganizationValues
{
    /// <summary>What organizations are sorted by.</summary>
    public static KnownList OrganizationSort { get; } =
        new() { "created_at", "slug", "name", "next_review_threshold", "days_in_status" };

    /// <summary>Where an organization can have a profile.</summary>
    public static KnownList SocialPlatform { get; } =
        new()
        {
            "x",
            "github",
            "facebook",
            "instagram",
            "youtube",
            "tiktok",
            "linkedin",
            "threads",
            "discord",
            "other",
        };

    /// <summary>What an organization sold with before.</summary>
    public static KnownList FormerPlatform { get; } = new() { "paddle", "lemon_squeezy", "gumroad", "stripe", "other" };
}
