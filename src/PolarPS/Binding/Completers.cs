using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

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

/// <summary>Completes the countries that buy most; any other ISO 3166 code is taken too.</summary>
public sealed class CountryCompleter()
    : KnownValuesCompleter(
        "US",
        "GB",
        "DE",
        "FR",
        "NL",
        "CA",
        "AU",
        "CH",
        "AT",
        "BE",
        "DK",
        "ES",
        "FI",
        "IE",
        "IN",
        "IT",
        "JP",
        "KR",
        "NO",
        "NZ",
        "PL",
        "PT",
        "SE",
        "SG",
        "BR"
    );
