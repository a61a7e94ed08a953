using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PolarPS.Client;

/// <summary>How names and texts are written, in one place.</summary>
internal static class JsonSettings
{
    /// <summary>Only what JSON itself requires is escaped, so that a body that is shown reads as it was typed.</summary>
    public static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly ConcurrentDictionary<string, string> FieldNames = new();

    private static readonly ConcurrentDictionary<string, string> PropertyNames = new();

    /// <summary>The API's name of a property: <c>PriceAmount</c> gives <c>price_amount</c>.</summary>
    public static string FieldName(string property) =>
        FieldNames.GetOrAdd(property, static name => JsonNamingPolicy.SnakeCaseLower.ConvertName(name));

    /// <summary>The property's name for a field of the API: <c>price_amount</c> gives <c>PriceAmount</c>.</summary>
    public static string PropertyName(string field) => PropertyNames.GetOrAdd(field, static name => ToPascal(name));

    private static string ToPascal(string field)
    {
        var text = new System.Text.StringBuilder(field.Length);
        var upper = true;
        foreach (var letter in field)
        {
            if (letter == '_' && text.Length > 0)
            {
                upper = true;
                continue;
            }

            text.Append(upper ? char.ToUpperInvariant(letter) : letter);
            upper = false;
        }

        return text.ToString();
    }
}
