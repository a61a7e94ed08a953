using System.Text;
using System.Text.Json;

namespace PolarPS.Client;

/// <summary>A body as a form: what OAuth's own operations take in the place of JSON.</summary>
internal static class FormBody
{
    /// <summary>The fields that were set; null has no form and is left out, the items of a list are words of one value.</summary>
    public static byte[] Of(RequestBody body)
    {
        using var document = JsonDocument.Parse(body.ToUtf8());
        var pairs = document
            .RootElement.EnumerateObject()
            .Where(static field => field.Value.ValueKind != JsonValueKind.Null)
            .Select(static field => Escape(field.Name) + "=" + Escape(Text(field.Value)));
        return Encoding.ASCII.GetBytes(string.Join("&", pairs));
    }

    private static string Text(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Array => string.Join(" ", value.EnumerateArray().Select(Text)),
            _ => value.GetRawText(),
        };

    // A blank as %20, which every reader of forms takes for one, as it does the plus sign.
    private static string Escape(string text) => Uri.EscapeDataString(text);
}
