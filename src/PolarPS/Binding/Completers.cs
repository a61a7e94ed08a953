using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text;
using System.Text.RegularExpressions;

namespace PolarPS.Commands;

/// <summary>The base of the completers.</summary>
internal static class Completions
{
    // Polar's ids, most emails and the API's own words.
    private static readonly Regex Plain = new(
        @"^[A-Za-z0-9_][A-Za-z0-9_.:@+-]*\z",
        RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(1)
    );

    /// <summary>
    /// The candidates that begin with what was typed, or contain it in their list text, as arguments that PowerShell reads as
    /// exactly these values. A value with invisible characters is not offered.
    /// </summary>
    public static IEnumerable<CompletionResult> Matching(
        string? word,
        IEnumerable<(string Value, string ListText, string ToolTip)> candidates
    )
    {
        var quote = word is { Length: > 0 } ? QuoteOf(word[0]) : '\0';
        var typed = Typed(word ?? string.Empty, quote);
        foreach (var (value, listText, toolTip) in candidates)
        {
            if (
                (
                    value.StartsWith(typed, StringComparison.OrdinalIgnoreCase)
                    || listText.IndexOf(typed, StringComparison.OrdinalIgnoreCase) >= 0
                ) && Argument(value, quote) is { } argument
            )
            {
                yield return new CompletionResult(
                    argument,
                    VisibleText.Of(listText.Length > 0 ? listText : argument),
                    CompletionResultType.ParameterValue,
                    VisibleText.Of(toolTip.Length > 0 ? toolTip : argument)
                );
            }
        }
    }

    /// <summary>
    /// A value as an argument: as it is where that is plain, else in quotes. No matter who wrote the value, it never becomes code.
    /// </summary>
    /// <param name="value">The value.</param>
    /// <param name="quote">The kind of quote that was typed, <c>'</c> or <c>"</c>; NUL for none.</param>
    /// <returns>Null for a value that cannot be written so that it can be seen.</returns>
    internal static string? Argument(string value, char quote = '\0')
    {
        // Line breaks and tabs are seen where they stand; a newline within quotes is a part of the text.
        if (!VisibleText.IsPlain(value.Replace('\n', ' ').Replace('\r', ' ').Replace('\t', ' ')))
        {
            return null;
        }

        if (quote == '\0' && Plain.IsMatch(value) && ReadsAs(value, value))
        {
            return value;
        }

        // Within double quotes only what needs no escaping: the rest is for PowerShell's own code to write.
        if (quote == '"' && value.All(letter => letter is not ('$' or '`' or '\r') && QuoteOf(letter) != '"'))
        {
            var text = '"' + value + '"';
            return ReadsAs(text, value) ? text : null;
        }

        var quoted = "'" + CodeGeneration.EscapeSingleQuotedStringContent(value) + "'";
        return ReadsAs(quoted, value) ? quoted : null;
    }

    // Asks PowerShell itself: one command with one argument, a constant, which is the value.
    private static bool ReadsAs(string argument, string value)
    {
        var statements = Parser.ParseInput("x " + argument, out _, out var errors).EndBlock?.Statements;
        return errors.Length == 0
            && statements?.Count == 1
            && statements[0] is PipelineAst { PipelineElements.Count: 1 } pipeline
            && pipeline.PipelineElements[0] is CommandAst { CommandElements.Count: 2, Redirections.Count: 0 } command
            && command.CommandElements[1] is StringConstantExpressionAst text
            && string.Equals(text.Value, value, StringComparison.Ordinal);
    }

    // PowerShell treats typographic quotes as quotes.
    private static char QuoteOf(char letter) =>
        letter switch
        {
            '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B' => '\'',
            '"' or '\u201C' or '\u201D' or '\u201E' => '"',
            _ => '\0',
        };

    // What the word means: without its quotes, and with what is escaped within them as it is.
    private static string Typed(string word, char quote)
    {
        if (quote == '\0')
        {
            return word;
        }

        var text = new StringBuilder();
        for (var i = 1; i < word.Length; i++)
        {
            if (quote == '"' && word[i] == '`' && i + 1 < word.Length)
            {
                i++;
            }
            else if (QuoteOf(word[i]) == quote)
            {
                if (i + 1 >= word.Length || QuoteOf(word[i + 1]) != quote)
                {
                    // The closing one.
                    continue;
                }

                i++;
            }

            text.Append(word[i]);
        }

        return text.ToString();
    }
}

/// <summary>Completes known values, and accepts others: new values must not need a new module.</summary>
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

/// <summary>Completes how tax relates to a price.</summary>
public sealed class TaxBehaviorCompleter() : KnownValuesCompleter("inclusive", "exclusive", "location");

/// <summary>Completes the most common currencies.</summary>
public sealed class CurrencyCompleter()
    : KnownValuesCompleter("usd", "eur", "gbp", "cad", "aud", "chf", "jpy", "sek", "nok", "dkk", "pln", "brl", "inr");

/// <summary>Completes how the tiers of a price apply.</summary>
public sealed class TierTypeCompleter() : KnownValuesCompleter("volume", "graduated");

/// <summary>Completes environments.</summary>
public sealed class EnvironmentCompleter() : KnownValuesCompleter("Production", "Sandbox", "Emulator");

/// <summary>Completes HTTP methods.</summary>
public sealed class MethodCompleter() : KnownValuesCompleter("GET", "POST", "PATCH", "PUT", "DELETE");

/// <summary>Completes sort fields of products.</summary>
public sealed class ProductSortCompleter() : SortCompleter("created_at", "name", "price_amount_type", "price_amount");

/// <summary>Completes sort fields of checkout links.</summary>
public sealed class CheckoutLinkSortCompleter()
    : SortCompleter("created_at", "label", "success_url", "allow_discount_codes");

/// <summary>Completes sort fields of organizations.</summary>
public sealed class OrganizationSortCompleter()
    : SortCompleter("created_at", "slug", "name", "next_review_threshold", "days_in_status");

/// <summary>Completes sort fields: each ascending, and descending with a dash.</summary>
/// <param name="fields">The fields, as the API spells them.</param>
public abstract class SortCompleter(params string[] fields)
    : KnownValuesCompleter([.. fields, .. fields.Select(field => "-" + field)]);

/// <summary>Completes the most common countries; any other ISO 3166 code is accepted too.</summary>
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
