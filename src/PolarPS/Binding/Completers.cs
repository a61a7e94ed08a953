using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Threading;
using System.Threading.Tasks;
using PolarPS.Client;
using PolarPS.Client.Models;

namespace PolarPS.Commands;

/// <summary>What completers have in common.</summary>
internal static class Completions
{
    /// <summary>The candidates that begin with what was typed, or contain it in their list text; quoted where needed.</summary>
    public static IEnumerable<CompletionResult> Matching(
        string? word,
        IEnumerable<(string Value, string ListText, string ToolTip)> candidates
    )
    {
        var typed = (word ?? string.Empty).Trim('\'', '"');
        foreach (var (value, listText, toolTip) in candidates)
        {
            if (
                value.StartsWith(typed, StringComparison.OrdinalIgnoreCase)
                || listText.IndexOf(typed, StringComparison.OrdinalIgnoreCase) >= 0
            )
            {
                yield return new CompletionResult(
                    Quote(value, word),
                    listText,
                    CompletionResultType.ParameterValue,
                    toolTip.Length > 0 ? toolTip : value
                );
            }
        }
    }

    private static string Quote(string value, string? word)
    {
        var quote = word is { Length: > 0 } && word[0] is '\'' or '"' ? word![0] : '\0';
        var needed =
            value.Length == 0
            || value[0] is '-' or '@'
            || value.Any(letter => " '\"`$(){}[];,|&<>#".IndexOf(letter) >= 0);
        if (quote == '"')
        {
            return "\"" + value.Replace("`", "``").Replace("$", "`$").Replace("\"", "`\"") + "\"";
        }

        return quote == '\'' || needed ? "'" + value.Replace("'", "''") + "'" : value;
    }
}

/// <summary>Completes values that are known, and accepts others: tomorrow's value must not need a new module.</summary>
/// <param name="values">The values.</param>
public abstract class KnownValuesCompleter(params string[] values) : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters
    ) => Completions.Matching(wordToComplete, values.Select(value => (value, value, value)));
}

/// <summary>Completes billing and trial intervals.</summary>
public sealed class IntervalCompleter() : KnownValuesCompleter("day", "week", "month", "year");

/// <summary>Completes visibilities.</summary>
public sealed class VisibilityCompleter() : KnownValuesCompleter("public", "private", "draft");

/// <summary>Completes the ways in which tax relates to a price.</summary>
public sealed class TaxBehaviorCompleter() : KnownValuesCompleter("inclusive", "exclusive", "location");

/// <summary>Completes the currencies that are used most.</summary>
public sealed class CurrencyCompleter()
    : KnownValuesCompleter("usd", "eur", "gbp", "cad", "aud", "chf", "jpy", "sek", "nok", "dkk", "pln", "brl", "inr");

/// <summary>Completes the ways in which steps of a price apply.</summary>
public sealed class TierTypeCompleter() : KnownValuesCompleter("volume", "graduated");

/// <summary>Completes environments.</summary>
public sealed class EnvironmentCompleter() : KnownValuesCompleter("Production", "Sandbox", "Emulator");

/// <summary>Completes HTTP methods.</summary>
public sealed class MethodCompleter() : KnownValuesCompleter("GET", "POST", "PATCH", "PUT", "DELETE");

/// <summary>Completes orders of products.</summary>
public sealed class ProductSortCompleter() : SortCompleter("created_at", "name", "price_amount_type", "price_amount");

/// <summary>Completes orders of checkout links.</summary>
public sealed class CheckoutLinkSortCompleter()
    : SortCompleter("created_at", "label", "success_url", "allow_discount_codes");

/// <summary>Completes orders of organizations.</summary>
public sealed class OrganizationSortCompleter()
    : SortCompleter("created_at", "slug", "name", "next_review_threshold", "days_in_status");

/// <summary>Completes orders: each field upwards, and downwards with a dash.</summary>
/// <param name="fields">The fields, as the API spells them.</param>
public abstract class SortCompleter(params string[] fields)
    : KnownValuesCompleter([.. fields, .. fields.Select(field => "-" + field)]);

/// <summary>
/// Completes ids by name, from what the session has seen and from a short look at the server, which an environment variable
/// (POLARPS_LIVE_COMPLETION=0) switches off.
/// </summary>
public abstract class IdCompleter : IArgumentCompleter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(30);
    private static readonly object Gate = new();
    private static readonly Dictionary<(PolarConnection, Type), DateTime> Asked = [];

    private readonly Type _model;

    private protected IdCompleter(Type model) => _model = model;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters
    )
    {
        var connection = FindConnection(fakeBoundParameters);
        if (connection is null)
        {
            return [];
        }

        LookAtServer(connection);
        return Completions.Matching(
            wordToComplete,
            connection
                .Seen.OfKind(_model)
                .Select(seen =>
                    (seen.Id, seen.Label.Length > 0 ? seen.Label : seen.Id, $"{seen.Label} {seen.Id}".Trim())
                )
        );
    }

    private protected abstract Task FillAsync(
        PolarClient client,
        SeenObjects seen,
        CancellationToken cancellationToken
    );

    private static PolarConnection? FindConnection(IDictionary bound)
    {
        try
        {
            return bound["Connection"] switch
            {
                PolarConnection given => given,
                string name => ConnectionStore.Find(name),
                _ => ConnectionStore.Resolve(),
            };
        }
        catch (ArgumentException)
        {
            // Bad environment variables: the command will say so.
            return null;
        }
    }

    private void LookAtServer(PolarConnection connection)
    {
        if (Environment.GetEnvironmentVariable(EnvironmentVariables.LiveCompletion) == "0")
        {
            return;
        }

        lock (Gate)
        {
            if (Asked.TryGetValue((connection, _model), out var last) && DateTime.UtcNow - last < Freshness)
            {
                return;
            }

            Asked[(connection, _model)] = DateTime.UtcNow;
        }

        using var patience = new CancellationTokenSource(Patience);
        try
        {
            // A key was pressed: better few suggestions than waiting, and never an error.
            Task.Run(() => FillAsync(new PolarClient(connection.Http), connection.Seen, patience.Token))
                .Wait(Patience);
        }
        catch (AggregateException) { }
    }
}

/// <summary>Completes ids of products.</summary>
public sealed class ProductIdCompleter() : IdCompleter(typeof(Product))
{
    private protected override async Task FillAsync(
        PolarClient client,
        SeenObjects seen,
        CancellationToken cancellationToken
    )
    {
        await foreach (
            var item in client.Products.List(new ProductQuery { First = 100 }).WithCancellation(cancellationToken)
        )
        {
            seen.Add(typeof(Product), item.Id, item.Name);
        }
    }
}

/// <summary>Completes ids of checkout links.</summary>
public sealed class CheckoutLinkIdCompleter() : IdCompleter(typeof(CheckoutLink))
{
    private protected override async Task FillAsync(
        PolarClient client,
        SeenObjects seen,
        CancellationToken cancellationToken
    )
    {
        await foreach (
            var item in client
                .CheckoutLinks.List(new CheckoutLinkQuery { First = 100 })
                .WithCancellation(cancellationToken)
        )
        {
            seen.Add(typeof(CheckoutLink), item.Id, item.ToString());
        }
    }
}

/// <summary>Completes ids of organizations.</summary>
public sealed class OrganizationIdCompleter() : IdCompleter(typeof(Organization))
{
    private protected override async Task FillAsync(
        PolarClient client,
        SeenObjects seen,
        CancellationToken cancellationToken
    )
    {
        await foreach (
            var item in client
                .Organizations.List(new OrganizationQuery { First = 100 })
                .WithCancellation(cancellationToken)
        )
        {
            seen.Add(typeof(Organization), item.Id, item.Name);
        }
    }
}

/// <summary>Completes ids of things that were seen inside others, such as the benefits of products.</summary>
public sealed class BenefitIdCompleter() : IdCompleter(typeof(Benefit))
{
    private protected override Task FillAsync(
        PolarClient client,
        SeenObjects seen,
        CancellationToken cancellationToken
    ) => Task.CompletedTask;
}

/// <summary>Completes ids of discounts that were seen inside checkout links.</summary>
public sealed class DiscountIdCompleter() : IdCompleter(typeof(Discount))
{
    private protected override Task FillAsync(
        PolarClient client,
        SeenObjects seen,
        CancellationToken cancellationToken
    ) => Task.CompletedTask;
}
