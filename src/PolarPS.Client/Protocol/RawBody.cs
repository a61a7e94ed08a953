using System.Text;
using System.Text.Json;

namespace PolarPS.Client;

/// <summary>The body of a request to an operation without a method of its own.</summary>
internal static class RawBody
{
    /// <summary>A body as JSON.</summary>
    /// <param name="value">JSON, which stays as it is; or plain values; null for no body.</param>
    /// <exception cref="ArgumentException">It is no JSON, or of a kind that JSON has no form for.</exception>
    public static string? Of(object? value)
    {
        switch (value)
        {
            case null:
                return null;
            case string text:
                try
                {
                    using var document = JsonDocument.Parse(text);
                    return text;
                }
                catch (JsonException exception)
                {
                    throw new ArgumentException("The body is not valid JSON: " + exception.Message, exception);
                }
            default:
                return Encoding.UTF8.GetString(PlainJson.ToUtf8(value));
        }
    }
}
