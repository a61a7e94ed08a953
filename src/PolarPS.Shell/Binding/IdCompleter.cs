using System.Management.Automation.Language;

namespace PolarPS.Commands;

/// <summary>
/// Completes what objects of a kind are known by, from what the session has seen and from a short look at the server, which an
/// environment variable (POLARPS_LIVE_COMPLETION=0) switches off: a name or another key where it is taken and means one object,
/// else the id.
/// </summary>
/// <typeparam name="T">The kind.</typeparam>
public sealed class IdCompleter<T> : IArgumentCompleter
    where T : PolarObject
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters
    )
    {
        var connection = TypedConnection.Find(commandName, commandAst, fakeBoundParameters);
        if (connection is null)
        {
            return [];
        }

        LookAtServer(connection);
        return Completions.Matching(
            wordToComplete,
            NameCandidates.Of(typeof(T), connection.Seen.OfKind(typeof(T)), NamesOf(commandName, parameterName))
        );
    }

    // What a name would be looked up for; null where the parameter takes ids only.
    private static NameUse? NamesOf(string commandName, string parameterName) =>
        CmdletTypes.Find(commandName) is { } type
        && NamedParameter.Of(type).FirstOrDefault(named => named.Name == parameterName)
            is { Reference: { Within: null, TakesNames: true } }
            ? CmdletTypes.NameUseOf(type)
            : null;

    internal static void LookAtServer(PolarConnection connection)
    {
        if (
            Environment.GetEnvironmentVariable(EnvironmentVariables.LiveCompletion) == "0"
            || IdSources.For(typeof(T), connection.Side) is not { } list
        )
        {
            return;
        }

        // Remembered by the connection itself: a list here would keep it, and its token, alive.
        if (!connection.Seen.IsDue(typeof(T), Freshness))
        {
            return;
        }

        using var patience = new CancellationTokenSource(Patience);
        try
        {
            // During completion, better few suggestions than a delay, and never an error.
            Task.Run(() => FillAsync(list(new PolarClient(connection.Http)), connection.Seen, patience.Token))
                .Wait(Patience);
        }
        catch (AggregateException) { }
    }

    private static async Task FillAsync(
        IAsyncEnumerable<PolarObject> list,
        SeenObjects seen,
        CancellationToken cancellationToken
    )
    {
        await foreach (var item in list.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            seen.Add(typeof(T), Kinds.IdOf(item), item.ToString(), item);
        }
    }
}

/// <summary>Where ids come from that the session has not seen: the first page of each kind's list.</summary>
internal static class IdSources
{
    private const int Most = ListQuery.LargestPage;

    private static readonly Dictionary<Type, Func<PolarClient, IAsyncEnumerable<PolarObject>>> Lists = new()
    {
        [typeof(Benefit)] = client => client.Benefits.List(new BenefitQuery { First = Most }),
        [typeof(Checkout)] = client => client.Checkouts.List(new CheckoutQuery { First = Most }),
        [typeof(CheckoutLink)] = client => client.CheckoutLinks.List(new CheckoutLinkQuery { First = Most }),
        [typeof(CustomField)] = client => client.CustomFields.List(new CustomFieldQuery { First = Most }),
        [typeof(Customer)] = client => client.Customers.List(new CustomerQuery { First = Most }),
        [typeof(CustomerMeter)] = client => client.CustomerMeters.List(new CustomerMeterQuery { First = Most }),
        [typeof(Discount)] = client => client.Discounts.List(new DiscountQuery { First = Most }),
        [typeof(Dispute)] = client => client.Disputes.List(new DisputeQuery { First = Most }),
        [typeof(EventType)] = client => client.EventTypes.List(new EventTypeQuery { Source = "user", First = Most }),
        [typeof(LicenseKey)] = client => client.LicenseKeys.List(new LicenseKeyQuery { First = Most }),
        [typeof(Meter)] = client => client.Meters.List(new MeterQuery { First = Most }),
        [typeof(MetricDashboard)] = client => client.Metrics.ListOfDashboards(),
        [typeof(Order)] = client => client.Orders.List(new OrderQuery { First = Most }),
        [typeof(Organization)] = client => client.Organizations.List(new OrganizationQuery { First = Most }),
        [typeof(Payment)] = client => client.Payments.List(new PaymentQuery { First = Most }),
        [typeof(PolarEvent)] = client => client.Events.List(new EventQuery { CursorPagination = true, First = Most }),
        [typeof(PolarFile)] = client => client.Files.List(new FileQuery { First = Most }),
        [typeof(Product)] = client => client.Products.List(new ProductQuery { First = Most }),
        [typeof(Refund)] = client => client.Refunds.List(new RefundQuery { First = Most }),
        [typeof(WebhookEndpoint)] = client => client.Webhooks.ListEndpoints(new WebhookEndpointQuery { First = Most }),
        [typeof(Subscription)] = client => client.Subscriptions.List(new SubscriptionQuery { First = Most }),
    };

    // What a customer sees of each.
    private static readonly Dictionary<Type, Func<PolarClient, IAsyncEnumerable<PolarObject>>> PortalLists = new()
    {
        [typeof(BenefitGrant)] = client =>
            client.Portal.BenefitGrants.List(new PortalBenefitGrantQuery { First = Most }),
        [typeof(CustomerMeter)] = client => client.Portal.Meters.List(new PortalMeterQuery { First = Most }),
        [typeof(Downloadable)] = client =>
            client.Portal.Downloadables.List(new PortalDownloadableQuery { First = Most }),
        [typeof(LicenseKey)] = client => client.Portal.LicenseKeys.List(new PortalLicenseKeyQuery { First = Most }),
        [typeof(Member)] = client => client.Portal.Members.ListMembers(new MemberOfCustomerQuery { First = Most }),
        [typeof(Order)] = client => client.Portal.Orders.List(new PortalOrderQuery { First = Most }),
        [typeof(PaymentMethod)] = client =>
            client.Portal.Customer.ListPaymentMethods(new PaymentMethodQuery { First = Most }),
        [typeof(Subscription)] = client =>
            client.Portal.Subscriptions.List(new PortalSubscriptionQuery { First = Most }),
        [typeof(Wallet)] = client => client.Portal.Wallets.List(new PortalWalletQuery { First = Most }),
    };

    /// <summary>The list of a kind; null for kinds that are only found within others.</summary>
    public static Func<PolarClient, IAsyncEnumerable<PolarObject>>? For(Type kind, PolarSide side) =>
        (side == PolarSide.Customer ? PortalLists : Lists).TryGetValue(kind, out var list) ? list : null;
}

/// <summary>What to insert for objects that were seen.</summary>
internal static class NameCandidates
{
    /// <summary>A candidate for each object.</summary>
    /// <param name="model">The class of the kind.</param>
    /// <param name="seen">The objects.</param>
    /// <param name="use">What a name would be looked up for; null where names do not count.</param>
    /// <param name="only">The words of the only key that counts; null for all.</param>
    public static IEnumerable<Candidate> Of(
        Type model,
        IReadOnlyList<SeenObject> seen,
        NameUse? use,
        string? only = null
    )
    {
        var keys = use is { } given && NamedKind.Find(model) is { } kind ? kind.KeysFor(given, only) : [];
        var owners = Owners(seen, keys);
        foreach (var item in seen)
        {
            var name = keys.OrderBy(Order)
                .Select(key => item.Item is null ? null : key.Value(item.Item))
                .FirstOrDefault(text => IsGood(text, owners));
            var label = item.Label.Length > 0 ? item.Label : name ?? item.Id;
            if (name is not null || only is null)
            {
                yield return new Candidate(name ?? item.Id, label, $"{item.Label} {item.Id}".Trim())
                {
                    Other = name is null || only is not null ? null : item.Id,
                    InsertsOther = true,
                };
            }
        }
    }

    // An email address, a code or a name says more than an id of one's own.
    private static int Order(NameKey key) =>
        key.Words == NamedKind.ExternalId ? 2
        : key.IsUnique ? 0
        : 1;

    private static Dictionary<string, HashSet<string>> Owners(
        IReadOnlyList<SeenObject> seen,
        IReadOnlyList<NameKey> keys
    )
    {
        var owners = new Dictionary<string, HashSet<string>>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in seen)
        {
            foreach (var key in keys)
            {
                if (item.Item is not null && key.Value(item.Item) is { Length: > 0 } text)
                {
                    if (!owners.TryGetValue(text, out var ids))
                    {
                        owners[text] = ids = [];
                    }

                    ids.Add(item.Id);
                }
            }
        }

        return owners;
    }

    private static bool IsGood(string? text, Dictionary<string, HashSet<string>> owners) =>
        !string.IsNullOrWhiteSpace(text)
        && owners[text!].Count == 1
        && text!.Trim() == text
        && !NameResolver.IsId(text)
        && Completions.Argument(text) is not null
        && Redactor.Redact(text) == text;
}

/// <summary>Completes one kind of key of one kind of object.</summary>
/// <param name="model">The class of the kind.</param>
/// <param name="key">The key, in the resolver's words.</param>
/// <param name="look">Looks at the server for a moment.</param>
public abstract class KeyCompleter(Type model, string key, Action<PolarConnection> look) : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters
    )
    {
        if (TypedConnection.Find(commandName, commandAst, fakeBoundParameters) is not { } connection)
        {
            return [];
        }

        look(connection);
        return Completions.Matching(
            wordToComplete,
            NameCandidates.Of(model, connection.Seen.OfKind(model), NameUse.Read, key)
        );
    }
}

/// <summary>Completes codes of discounts.</summary>
public sealed class DiscountCodeCompleter()
    : KeyCompleter(typeof(Discount), "code", IdCompleter<Discount>.LookAtServer);

/// <summary>Completes email addresses of customers.</summary>
public sealed class CustomerEmailCompleter()
    : KeyCompleter(typeof(Customer), NamedKind.Email, IdCompleter<Customer>.LookAtServer);

/// <summary>Completes names of events: those of your own.</summary>
public sealed class EventNameCompleter() : KeyCompleter(typeof(EventType), "name", IdCompleter<EventType>.LookAtServer);
