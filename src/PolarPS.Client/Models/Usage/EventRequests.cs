namespace PolarPS.Client.Models;

/// <summary>Events to send together. If one of them is not accepted, none is.</summary>
public sealed class EventsIngest : RequestBody
{
    /// <summary>The events.</summary>
    public IReadOnlyList<EventCreate>? Events
    {
        get => Get<IReadOnlyList<EventCreate>?>();
        set => Set(value);
    }
}

/// <summary>An event to send. It needs a name, and one of the two ids of the customer.</summary>
public sealed class EventCreate : RequestBody
{
    /// <summary>What happened, at most 128 characters.</summary>
    public string? Name
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>Polar's id of the customer.</summary>
    public string? CustomerId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>Your own id of the customer, in the place of Polar's; the customer need not exist yet.</summary>
    public string? ExternalCustomerId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>Your own id of the event. Polar accepts an event with the same id only once, so sending it again does no harm.</summary>
    public string? ExternalId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>When it happened, not in the future; not set for now.</summary>
    public DateTimeOffset? Timestamp
    {
        get => Get<DateTimeOffset?>();
        set => Set(value);
    }

    /// <summary>The parent event: Polar's id or your own, even of one that does not exist yet; null for none.</summary>
    public string? ParentId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>Polar's id of the member of the team who did it; together with <see cref="CustomerId"/>.</summary>
    public string? MemberId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>Your own id of that member; together with <see cref="ExternalCustomerId"/>.</summary>
    public string? ExternalMemberId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The id of the organization; only with a user's token.</summary>
    public string? OrganizationId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>What belongs to it: text, numbers, booleans by name. Under <c>_cost</c> an <see cref="EventCost"/>, under <c>_llm</c> an <see cref="EventLlm"/>.</summary>
    public IDictionary<string, object?>? Metadata
    {
        get => Get<IDictionary<string, object?>?>();
        set => Set(value);
    }

    /// <summary>What happened.</summary>
    /// <returns>The name; empty when there is none.</returns>
    public override string ToString() => VisibleText.Of(Name);

    internal override void CheckField(string name, object? value)
    {
        if (MetadataRules.Cover(name))
        {
            MetadataRules.CheckEvent(value);
        }
    }
}

/// <summary>What an event cost you; goes into its metadata as <c>_cost</c>.</summary>
public sealed class EventCost : RequestBody
{
    private decimal? _amount;

    /// <summary>The cost in cents, with up to 12 decimals; sent as text, so that no digit is lost.</summary>
    public decimal? Amount
    {
        get => _amount;
        set
        {
            _amount = value;
            Set(value is decimal number ? new DecimalText(number) : null);
        }
    }

    /// <summary>The currency: <c>usd</c>.</summary>
    public string? Currency
    {
        get => Get<string?>();
        set => Set(value);
    }
}

/// <summary>The use of a language model; goes into an event's metadata as <c>_llm</c>.</summary>
public sealed class EventLlm : RequestBody
{
    /// <summary>Whose model it is, such as <c>openai</c>.</summary>
    public string? Vendor
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The model's name.</summary>
    public string? Model
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The question; null if none was given.</summary>
    public string? Prompt
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The answer; null if none was given.</summary>
    public string? Response
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>How many tokens went in.</summary>
    public long? InputTokens
    {
        get => Get<long?>();
        set => Set(value);
    }

    /// <summary>How many of those were in the cache.</summary>
    public long? CachedInputTokens
    {
        get => Get<long?>();
        set => Set(value);
    }

    /// <summary>How many tokens came out.</summary>
    public long? OutputTokens
    {
        get => Get<long?>();
        set => Set(value);
    }

    /// <summary>How many tokens in all.</summary>
    public long? TotalTokens
    {
        get => Get<long?>();
        set => Set(value);
    }
}
