using System.Text.RegularExpressions;

namespace PolarPS;

/// <summary>
/// The one place that removes secrets from text. Whatever is printed, logged, traced or put into an exception goes through
/// here. Works on any text, whole JSON or not, so that a truncated body is as safe as a complete one.
/// </summary>
internal static class Redactor
{
    /// <summary>What replaces a secret.</summary>
    public const string Mark = "***";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    // Fields whose value is a secret whatever it looks like. RedactorTests has the verdict for each that Polar's API has.
    private const string SecretNames =
        "[a-z0-9_]*(?:token|secret|password)|key|license_key|user_provided_key|invite_url|invite_id|code_verifier|"
        + "customer_portal_url|authorization|confirmation_token_id|setup_intent_id";

    // Polar's tokens, and Stripe's, recognisable by prefix. The kind stays readable, which helps when the wrong kind was used.
    private static readonly Regex Tokens = new(
        @"(polar_(?:oat|pat|at_[uo]|rt_[uo]|ac|cs|crt|cst|mst|c|us|whs|auth_session|oauth2|ev|cev)_|whsec_|ctoken_|\b(?:pi|seti)_[A-Za-z0-9]+_secret_)[A-Za-z0-9+/=_\-]+",
        RegexOptions.CultureInvariant,
        Limit
    );

    // "Basic" alone is also what people call their cheapest plan.
    private static readonly Regex Bearer = new(
        @"\b(Bearer\s+|Authorization\W+Basic\s+)[^\s""',;]+",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        Limit
    );

    // "input" is what a 422 echoes of the caller's own values.
    private static readonly Regex Fields = new(
        @"(""(?:" + SecretNames + @"|input)""\s*:\s*)""(?:[^""\\]|\\.)*(?:""|\\?\z)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Singleline,
        Limit
    );

    // The same in JSON that stands as text in other JSON, as the payload of a webhook does.
    private static readonly Regex Nested = new(
        @"(\\+""(?:" + SecretNames + @")\\+""\s*:\s*(\\+)"")[^""]*(?:""|\z)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Singleline,
        Limit
    );

    // Slack's and Discord's addresses for webhooks are secrets by their path.
    private static readonly Regex Hooks = new(
        @"(https://(?:hooks\.slack\.com/(?:services|workflows|triggers)/|(?:[a-z]+\.)?discord(?:app)?\.com/api/webhooks/))[^\s""\\?#]+",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        Limit
    );

    // What a 422 echoes may be a whole object, with names that say nothing; to its closing bracket, or the end of what there is.
    private static readonly Regex Echoed = new(
        @"(""input""\s*:\s*)(?:[\{\[](?>[^\{\}\[\]""]+|""(?:[^""\\]|\\.)*""|[\{\[](?<depth>)|[\}\]](?<-depth>))*(?(depth)(?!))[\}\]]|[\{\[].*\z)",
        RegexOptions.CultureInvariant | RegexOptions.Singleline,
        Limit
    );

    // Name and password in an address.
    private static readonly Regex UserInfo = new(@"(://)[^\s/?#@""']+@", RegexOptions.CultureInvariant, Limit);

    // A seat invitation's token is in the path, and has no particular form. So is a checkout's secret, which may
    // be mistyped.
    private static readonly Regex Path = new(
        @"(/customer-seats/claim/|/checkouts/client/(?:polar_c_)?)[^/?\s""]+",
        RegexOptions.CultureInvariant,
        Limit
    );

    // The same in a form-encoded body or a query.
    private static readonly Regex Pairs = new(
        @"(?<![a-z0-9_])((?:[a-z0-9_]*(?:token|secret|password)|code_verifier|license_key|confirmation_token_id|setup_intent_id)=|(?<=^|[?&\n])code=)[^&\s""]+",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        Limit
    );

    // A presigned address is a secret by its query.
    private static readonly Regex Presigned = new(
        @"(https?://[^\s""?]+\?)[^\s""]*(?:X-Amz-|Signature=|sig=)[^\s""]*",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        Limit
    );

    /// <summary>The text without secrets.</summary>
    /// <param name="text">Any text; null gives an empty string.</param>
    /// <param name="secret">A value that must not appear whatever its shape: the connection's own token. Null for none.</param>
    public static string Redact(string? text, string? secret = null)
    {
        if (string.IsNullOrEmpty(text))
        {
            return string.Empty;
        }

        try
        {
            var result = text!;
            if (!string.IsNullOrEmpty(secret))
            {
                result = result.Replace(secret!, Mark);
            }

            result = UserInfo.Replace(result, "$1" + Mark + "@");
            result = Presigned.Replace(result, "$1" + Mark);
            result = Echoed.Replace(result, "$1\"" + Mark + "\"");
            result = Fields.Replace(result, "$1\"" + Mark + "\"");
            result = Nested.Replace(result, "$1" + Mark + "$2\"");
            result = Hooks.Replace(result, "$1" + Mark);
            result = Path.Replace(result, "$1" + Mark);
            result = Bearer.Replace(result, "$1" + Mark);
            result = Pairs.Replace(result, "$1" + Mark);
            return Tokens.Replace(result, "$1" + Mark);
        }
        catch (RegexMatchTimeoutException)
        {
            // Better nothing than something unchecked.
            return Mark;
        }
    }
}
