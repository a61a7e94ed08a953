namespace PolarPS.Emulator;

/// <summary>Who may call an operation.</summary>
[Flags]
internal enum Subjects
{
    None = 0,
    Anonymous = 1,
    Organization = 2,
    User = 4,
    Customer = 8,
    Member = 16,
}

/// <summary>What a token grants.</summary>
internal sealed class Caller
{
    private readonly HashSet<string> _scopes;

    /// <param name="subject">What kind of caller it is.</param>
    /// <param name="organizationId">The organization that it is, or is narrowed to; null for all of a user's.</param>
    /// <param name="scopes">What it may do.</param>
    public Caller(Subjects subject, string? organizationId, IEnumerable<string> scopes)
    {
        Subject = subject;
        OrganizationId = organizationId;
        _scopes = new HashSet<string>(scopes, StringComparer.Ordinal);
    }

    public static Caller Anonymous { get; } = new(Subjects.Anonymous, null, []);

    public Subjects Subject { get; }

    /// <summary>Whose session it is, for customers and members.</summary>
    public string? CustomerId { get; init; }

    public string? MemberId { get; init; }

    /// <summary>The session or the OAuth client that the token belongs to.</summary>
    public string? SessionId { get; init; }

    /// <summary>When it ends; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public IEnumerable<string> Scopes => _scopes;

    public string? OrganizationId { get; }

    /// <summary>Requests are counted by it.</summary>
    public string RateKey => Subject + "/" + (MemberId ?? CustomerId ?? OrganizationId);

    public bool HasAny(IReadOnlyCollection<string> scopes) => scopes.Count == 0 || scopes.Any(_scopes.Contains);

    public bool CanSee(string organizationId) => OrganizationId is null || OrganizationId == organizationId;

    public Caller NarrowedTo(string organizationId) => new(Subject, organizationId, _scopes);

    /// <summary>The organization that something new is for, from the token or from the body, never from both.</summary>
    public string OrganizationFor(JsonObject body, Store store)
    {
        var at = Location.Body["organization_id"];
        var given = body.Text("organization_id");
        if (Subject == Subjects.Organization)
        {
            return given is null
                ? OrganizationId!
                : throw Problems.Value(
                    at,
                    "The organization token already determines the organization: omit this field.",
                    body["organization_id"],
                    "organization_token"
                );
        }

        if (given is null)
        {
            return OrganizationId ?? throw Problems.Value(at, "This field is required.", body, "missing");
        }

        if (store["organizations"].Find(given) is null || !CanSee(given))
        {
            throw Problems.Value(at, "There is no such organization.", body["organization_id"]);
        }

        return given;
    }
}
