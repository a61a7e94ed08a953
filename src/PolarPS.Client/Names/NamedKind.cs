namespace PolarPS.Client;

/// <summary>How far a list's own filter finds what a key or a name has.</summary>
internal enum NameFilter
{
    /// <summary>Not at all: the whole list has to be read.</summary>
    None,

    /// <summary>Whatever contains the text, in any case.</summary>
    Contains,

    /// <summary>Whatever contains the text as it is written.</summary>
    ContainsAsWritten,

    /// <summary>Whatever begins with the text, in any case.</summary>
    StartsWith,
}

/// <summary>One of the properties by which people know objects of a kind.</summary>
/// <param name="Words">What it is called in sentences, such as "external id".</param>
/// <param name="Value">Reads it; null for objects without one.</param>
/// <param name="Filter">How far the list's filter finds it.</param>
/// <param name="IsUnique">Whether Polar lets no two objects of an organization have the same.</param>
/// <param name="IsUniqueEverywhere">Whether that holds across organizations, so that a search can end with the first.</param>
/// <param name="IsCaseSensitive">Whether two that differ in case only are different.</param>
/// <param name="IsBuyers">Whether a buyer can choose it, so that it must not decide what is changed, or who gets something.</param>
internal sealed record NameKey(
    string Words,
    Func<PolarObject, string?> Value,
    NameFilter Filter,
    bool IsUnique = true,
    bool IsUniqueEverywhere = false,
    bool IsCaseSensitive = false,
    bool IsBuyers = false
);

/// <summary>A kind of object that people know by more than its id.</summary>
internal sealed class NamedKind
{
    internal static NamedKind[] All { get; } =
    [
        Of<Product>(
            "product",
            "/v1/products/",
            (client, query) => client.Products.List(new ProductQuery { Query = query }),
            (client, id, token) => client.Products.GetAsync(id, token),
            Name<Product>(product => product.Name)
        ),
        Of<Discount>(
            "discount",
            "/v1/discounts/",
            (client, query) => client.Discounts.List(new DiscountQuery { Query = query }),
            (client, id, token) => client.Discounts.GetAsync(id, token),
            Key<Discount>("code", discount => discount.Code, NameFilter.Contains),
            Name<Discount>(discount => discount.Name, NameFilter.ContainsAsWritten)
        ),
        Of<Benefit>(
            "benefit",
            "/v1/benefits/",
            (client, query) => client.Benefits.List(new BenefitQuery { Query = query }),
            (client, id, token) => client.Benefits.GetAsync(id, token),
            Name<Benefit>(benefit => benefit.Description, words: "description")
        ),
        Of<Meter>(
            "meter",
            "/v1/meters/",
            (client, query) => client.Meters.List(new MeterQuery { Query = query }),
            (client, id, token) => client.Meters.GetAsync(id, token),
            Name<Meter>(meter => meter.Name)
        ),
        // Polar's own kinds of events have no id.
        Of<EventType>(
            "event type",
            "/v1/event-types/",
            (client, query) => client.EventTypes.List(new EventTypeQuery { Query = query, Source = "user" }),
            (client, id, token) => client.EventTypes.GetAsync(id, token),
            Key<EventType>("name", type => type.Name, NameFilter.Contains, isCaseSensitive: true)
        ),
        Of<CustomField>(
            "custom field",
            "/v1/custom-fields/",
            (client, query) => client.CustomFields.List(new CustomFieldQuery { Query = query }),
            (client, id, token) => client.CustomFields.GetAsync(id, token),
            Key<CustomField>("slug", field => field.Slug, NameFilter.Contains),
            Name<CustomField>(field => field.Name)
        ),
        Of<CheckoutLink>(
            "checkout link",
            "/v1/checkout-links/",
            (client, _) => client.CheckoutLinks.List(),
            (client, id, token) => client.CheckoutLinks.GetAsync(id, token),
            Name<CheckoutLink>(link => link.Label, NameFilter.None, "label")
        ),
        Of<Customer>(
            "customer",
            "/v1/customers/",
            (client, query) => client.Customers.List(new CustomerQuery { Query = query }),
            (client, id, token) => client.Customers.GetAsync(id, token),
            Key<Customer>(ExternalId, customer => customer.ExternalId, NameFilter.StartsWith, isCaseSensitive: true),
            Key<Customer>(Email, customer => customer.Email, NameFilter.Contains),
            Name<Customer>(customer => customer.Name, isBuyers: true)
        ),
        Of<Order>(
            "order",
            "/v1/orders/",
            (client, _) => client.Orders.List(),
            (client, id, token) => client.Orders.GetAsync(id, token),
            Key<Order>("invoice number", order => order.InvoiceNumber, NameFilter.None, isUniqueEverywhere: true)
        ),
        Of<Organization>(
            "organization",
            "/v1/organizations/",
            (client, _) => client.Organizations.List(),
            (client, id, token) => client.Organizations.GetAsync(id, token),
            Key<Organization>("slug", organization => organization.Slug, NameFilter.None),
            Name<Organization>(organization => organization.Name, NameFilter.None)
        ),
        Of<MetricDashboard>(
            "metric dashboard",
            "/v1/metrics/dashboards",
            (client, _) => client.Metrics.ListOfDashboards(),
            (client, id, token) => client.Metrics.GetDashboardAsync(id, token),
            Name<MetricDashboard>(dashboard => dashboard.Name, NameFilter.None)
        ),
        Of<PolarFile>(
            "file",
            "/v1/files/",
            (client, _) => client.Files.List(),
            (client, id, token) => client.Files.GetAsync(id, token),
            Name<PolarFile>(file => file.Name, NameFilter.None)
        ),
        Of<WebhookEndpoint>(
            "endpoint",
            "/v1/webhooks/endpoints",
            (client, _) => client.Webhooks.ListEndpoints(),
            (client, id, token) => client.Webhooks.GetEndpointAsync(id, token),
            Name<WebhookEndpoint>(endpoint => endpoint.Name, NameFilter.None)
        ),
        Of<Member>(
            "member",
            "/v1/customers/{id}/members",
            null,
            null,
            Key<Member>(ExternalId, member => member.ExternalId, NameFilter.None, isCaseSensitive: true),
            Key<Member>(Email, member => member.Email, NameFilter.None),
            Name<Member>(member => member.Name, NameFilter.None, isBuyers: true)
        ),
    ];

    /// <summary>The key by which customers are found that is a filter of its own in Polar's list.</summary>
    public const string Email = "email address";

    /// <summary>The user's own id of a customer or member.</summary>
    public const string ExternalId = "external id";

    private NamedKind(
        Type model,
        string words,
        string path,
        Func<PolarClient, string?, IAsyncEnumerable<PolarObject>>? list,
        Func<PolarClient, string, CancellationToken, Task<PolarObject>>? get,
        IReadOnlyList<NameKey> keys,
        Func<PolarObject, string?> id
    )
    {
        Model = model;
        Words = words;
        Path = path;
        List = list;
        Get = get;
        Keys = keys;
        IdOf = id;
    }

    /// <summary>The class.</summary>
    public Type Model { get; }

    /// <summary>The kind in words, such as "checkout link".</summary>
    public string Words { get; }

    /// <summary>Where the list is.</summary>
    public string Path { get; }

    /// <summary>Lists objects, by the list's own filter for text; null for what is only found within something else.</summary>
    public Func<PolarClient, string?, IAsyncEnumerable<PolarObject>>? List { get; }

    /// <summary>Reads one by its id; null where Polar has no operation for it.</summary>
    public Func<PolarClient, string, CancellationToken, Task<PolarObject>>? Get { get; }

    /// <summary>What they are known by: unique keys first, then names.</summary>
    public IReadOnlyList<NameKey> Keys { get; }

    /// <summary>The id of one.</summary>
    public Func<PolarObject, string?> IdOf { get; }

    /// <summary>A kind; null for one whose objects are known by their id only.</summary>
    public static NamedKind? Find(Type model) => Array.Find(All, kind => kind.Model == model);

    /// <summary>The keys that count for a use.</summary>
    /// <param name="use">What the name is for.</param>
    /// <param name="only">The words of the only key that counts; null for all.</param>
    public IReadOnlyList<NameKey> KeysFor(NameUse use, string? only = null) =>
        [.. Keys.Where(key => (use == NameUse.Read || !key.IsBuyers) && (only is null || key.Words == only))];

    private static NamedKind Of<T>(
        string words,
        string path,
        Func<PolarClient, string?, PagedList<T>>? list,
        Func<PolarClient, string, CancellationToken, Task<T>>? get,
        params NameKey[] keys
    )
        where T : PolarObject
    {
        var id =
            (Func<T, string?>)
                Delegate.CreateDelegate(typeof(Func<T, string?>), typeof(T).GetProperty("Id")!.GetMethod!);
        return new(
            typeof(T),
            words,
            path,
            list is null ? null : (client, query) => list(client, query),
            get is null ? null : async (client, key, token) => await get(client, key, token).ConfigureAwait(false),
            keys,
            item => id((T)item)
        );
    }

    private static NameKey Key<T>(
        string words,
        Func<T, string?> value,
        NameFilter filter,
        bool isCaseSensitive = false,
        bool isUniqueEverywhere = false
    )
        where T : PolarObject =>
        new(
            words,
            item => value((T)item),
            filter,
            IsUniqueEverywhere: isUniqueEverywhere,
            IsCaseSensitive: isCaseSensitive
        );

    private static NameKey Name<T>(
        Func<T, string?> value,
        NameFilter filter = NameFilter.Contains,
        string words = "name",
        bool isBuyers = false
    )
        where T : PolarObject => new(words, item => value((T)item), filter, IsUnique: false, IsBuyers: isBuyers);
}
