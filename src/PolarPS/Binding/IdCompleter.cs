using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Threading;
using System.Threading.Tasks;
using PolarPS.Client;
using PolarPS.Client.Models;

namespace PolarPS.Commands;

/// <summary>
/// Completes ids of one kind by name, from what the session has seen and from a short look at the server, which an
/// environment variable (POLARPS_LIVE_COMPLETION=0) switches off.
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
        var candidates = new List<(string, string, string)>();
        foreach (var seen in connection.Seen.OfKind(typeof(T)))
        {
            var label = seen.Label.Length > 0 ? seen.Label : seen.Id;
            candidates.Add((seen.Id, label, $"{seen.Label} {seen.Id}".Trim()));
        }

        return Completions.Matching(wordToComplete, candidates);
    }

    internal static void LookAtServer(PolarConnection connection)
    {
        if (
            Environment.GetEnvironmentVariable(EnvironmentVariables.LiveCompletion) == "0"
            || IdSources.For(typeof(T)) is not { } list
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
        [typeof(Discount)] = client => client.Discounts.List(new DiscountQuery { First = Most }),
        [typeof(Dispute)] = client => client.Disputes.List(new DisputeQuery { First = Most }),
        [typeof(LicenseKey)] = client => client.LicenseKeys.List(new LicenseKeyQuery { First = Most }),
        [typeof(Meter)] = client => client.Meters.List(new MeterQuery { First = Most }),
        [typeof(Order)] = client => client.Orders.List(new OrderQuery { First = Most }),
        [typeof(Organization)] = client => client.Organizations.List(new OrganizationQuery { First = Most }),
        [typeof(Payment)] = client => client.Payments.List(new PaymentQuery { First = Most }),
        [typeof(PolarFile)] = client => client.Files.List(new FileQuery { First = Most }),
        [typeof(Product)] = client => client.Products.List(new ProductQuery { First = Most }),
        [typeof(Refund)] = client => client.Refunds.List(new RefundQuery { First = Most }),
        [typeof(Subscription)] = client => client.Subscriptions.List(new SubscriptionQuery { First = Most }),
    };

    /// <summary>The list of a kind; null for kinds that are only found within others.</summary>
    public static Func<PolarClient, IAsyncEnumerable<PolarObject>>? For(Type kind) =>
        Lists.TryGetValue(kind, out var list) ? list : null;
}
