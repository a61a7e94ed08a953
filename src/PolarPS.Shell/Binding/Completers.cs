using System.Collections.Concurrent;
using System.Management.Automation.Language;
using System.Reflection;
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
    public static IEnumerable<CompletionResult> Matching(string? word, IEnumerable<Candidate> candidates)
    {
        var quote = word is { Length: > 0 } ? QuoteOf(word[0]) : '\0';
        var typed = Typed(word ?? string.Empty, quote);
        var pattern = WildcardPattern.ContainsWildcardCharacters(typed)
            ? new WildcardPattern(typed, WildcardOptions.IgnoreCase)
            : null;
        foreach (var candidate in candidates)
        {
            if (Chosen(candidate, typed, pattern, quote) is { } argument)
            {
                yield return new CompletionResult(
                    argument,
                    VisibleText.Of(candidate.ListText.Length > 0 ? candidate.ListText : argument),
                    CompletionResultType.ParameterValue,
                    VisibleText.Of(candidate.ToolTip.Length > 0 ? candidate.ToolTip : argument)
                );
            }
        }
    }

    // What to insert for a candidate; null where it does not fit what was typed, or cannot be written.
    private static string? Chosen(Candidate candidate, string typed, WildcardPattern? pattern, char quote)
    {
        var fits =
            candidate.Value.StartsWith(typed, StringComparison.OrdinalIgnoreCase)
            || candidate.ListText.IndexOf(typed, StringComparison.OrdinalIgnoreCase) >= 0
            || pattern?.IsMatch(candidate.Value) == true
            || pattern?.IsMatch(candidate.ListText) == true;
        var other = candidate.Other;
        return typed.Length > 0 && other is not null && other.StartsWith(typed, StringComparison.OrdinalIgnoreCase)
                ? Argument(candidate.InsertsOther ? other : candidate.Value, quote)
            : !fits ? null
            : Argument(candidate.Value, quote)
                ?? (candidate.InsertsOther && other is not null ? Argument(other, quote) : null);
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

/// <summary>Something to complete.</summary>
/// <param name="Value">What is inserted.</param>
/// <param name="ListText">What the list shows; empty for the value.</param>
/// <param name="ToolTip">What it means; empty for nothing to say.</param>
internal readonly record struct Candidate(string Value, string ListText, string ToolTip)
{
    /// <summary>Another spelling that can be typed, such as the id beside a name; null for none.</summary>
    public string? Other { get; init; }

    /// <summary>Whether that is inserted where it was typed, or where the value cannot be written.</summary>
    public bool InsertsOther { get; init; }
}

/// <summary>
/// Completes known values, and accepts others: new values must not need a new module. Known ones may be given in
/// any case; see <see cref="KnownValues"/>.
/// </summary>
public abstract class KnownValuesCompleter : ListCompleter
{
    private protected KnownValuesCompleter(KnownList values) => Values = values;

    private protected KnownList Values { get; }

    /// <summary>The API's spelling of a value; null for one that is not known.</summary>
    internal virtual string? Find(string text) => Values.Find(text);

    private protected override IEnumerable<Candidate> Candidates =>
        Values.Offered.Select(known => new Candidate(known.Value, known.Value, known.Meaning));
}

/// <summary>Brings the values of parameters into the API's spelling, where they are known and given in another case.</summary>
internal static class KnownValues
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<Parameter>> Parameters = new();

    /// <summary>Does so for the present input of a cmdlet.</summary>
    public static void Spell(PolarCmdlet cmdlet) => Spell(cmdlet, cmdlet.Rows.Replace);

    /// <summary>The same for a cmdlet without a connection.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="set">Gives a parameter another value.</param>
    public static void Spell(PSCmdlet cmdlet, Action<PropertyInfo, object?> set)
    {
        foreach (var parameter in Parameters.GetOrAdd(cmdlet.GetType(), Find))
        {
            var (property, values) = (parameter.Property, parameter.Values);
            switch (property.GetValue(cmdlet))
            {
                case string text when values.Find(text) is { } known && known != text:
                    set(property, known);
                    break;
                case string[] texts when texts.Any(text => values.Find(text) is { } known && known != text):
                    set(property, Array.ConvertAll(texts, text => values.Find(text) ?? text));
                    break;
            }
        }
    }

    // Loops and a class instead of queries over pairs, here and elsewhere on the way of a session's first call: what is generic over a
    // struct is compiled again in each process.
    private static List<Parameter> Find(Type cmdlet)
    {
        var found = new List<Parameter>();
        foreach (var property in cmdlet.GetProperties(BindingFlags.Instance | BindingFlags.Public))
        {
            if (
                property.GetCustomAttribute<ArgumentCompleterAttribute>()?.Type is { } completer
                && typeof(KnownValuesCompleter).IsAssignableFrom(completer)
            )
            {
                found.Add(new Parameter(property, (KnownValuesCompleter)Activator.CreateInstance(completer)!));
            }
        }

        return found;
    }

    private sealed class Parameter(PropertyInfo property, KnownValuesCompleter values)
    {
        public PropertyInfo Property => property;

        public KnownValuesCompleter Values => values;
    }
}

/// <summary>Completes billing and trial intervals.</summary>
public sealed class IntervalCompleter() : KnownValuesCompleter(CatalogueValues.Interval);

/// <summary>Completes visibilities.</summary>
public sealed class VisibilityCompleter() : KnownValuesCompleter(CatalogueValues.Visibility);

/// <summary>Completes how tax relates to a price.</summary>
public sealed class TaxBehaviorCompleter() : KnownValuesCompleter(CatalogueValues.TaxBehavior);

/// <summary>Completes the most common currencies.</summary>
public sealed class CurrencyCompleter() : KnownValuesCompleter(CatalogueValues.CommonCurrency);

/// <summary>Completes how the tiers of a price apply.</summary>
public sealed class TierTypeCompleter() : KnownValuesCompleter(CatalogueValues.TierType);

/// <summary>Completes environments.</summary>
public sealed class EnvironmentCompleter()
    : KnownValuesCompleter(
        new KnownList
        {
            { "Production", "Real money, with a token of polar.sh" },
            { "Sandbox", "Test money, with a token of sandbox.polar.sh" },
            { "Emulator", "A shop in this process: no network, no token" },
        }
    );

/// <summary>Completes HTTP methods.</summary>
public sealed class MethodCompleter()
    : KnownValuesCompleter(
        new KnownList
        {
            { "GET", "Reads" },
            { "POST", "Creates, or starts something" },
            { "PATCH", "Changes what is sent" },
            { "PUT", "Replaces" },
            { "DELETE", "Deletes or ends" },
        }
    );

/// <summary>Completes sort fields of products.</summary>
public sealed class ProductSortCompleter() : SortCompleter(CatalogueValues.ProductSort);

/// <summary>Completes sort fields of checkout links.</summary>
public sealed class CheckoutLinkSortCompleter() : SortCompleter(CheckoutValues.CheckoutLinkSort);

/// <summary>Completes sort fields of organizations.</summary>
public sealed class OrganizationSortCompleter() : SortCompleter(OrganizationValues.OrganizationSort);

/// <summary>
/// Completes sort fields: each ascending, and descending with a dash. They are offered as the properties are spelled; the API's
/// spelling works too.
/// </summary>
public abstract class SortCompleter : KnownValuesCompleter
{
    private protected SortCompleter(KnownList fields)
        : base(fields) { }

    private protected override IEnumerable<Candidate> Candidates =>
        new[] { string.Empty, "-" }.SelectMany(dash => Values.Offered.Select(known => Of(known.Value, dash)));

    internal override string? Find(string text)
    {
        var dash = text.StartsWith("-", StringComparison.Ordinal) ? "-" : string.Empty;
        var name = Bare(text.Substring(dash.Length));
        foreach (var field in Values)
        {
            if (Bare(field).Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return dash + field;
            }
        }

        return null;
    }

    private static string Bare(string field) => field.Replace("_", string.Empty);

    private static Candidate Of(string field, string dash)
    {
        var name = JsonSettings.PropertyName(field);
        var isTime = field.EndsWith("_at", StringComparison.Ordinal);
        var order =
            dash.Length == 0 ? (isTime ? "oldest first" : "ascending")
            : isTime ? "newest first"
            : "descending";
        return new(dash + name, dash + name, $"By {name}, {order}") { Other = dash + field };
    }
}

/// <summary>Completes the most common countries; any other ISO 3166 code is accepted too.</summary>
public sealed class CountryCompleter() : KnownValuesCompleter(CountryValues.Common);
