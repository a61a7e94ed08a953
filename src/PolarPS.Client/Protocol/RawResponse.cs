using System.Text.Json;

namespace PolarPS.Client;

/// <summary>A raw response.</summary>
/// <param name="StatusCode">The HTTP status.</param>
/// <param name="MediaType">The media type, such as <c>application/json</c>; null if the response does not say.</param>
/// <param name="Text">The body; empty when there is none.</param>
public sealed record RawResponse(int StatusCode, string? MediaType, string Text)
{
    internal FailedCall? Call { get; init; }

    internal AnswerTiming Timing { get; init; }

    /// <summary>The body as JSON.</summary>
    /// <exception cref="PolarResponseException">It is not JSON.</exception>
    internal JsonDocument ReadJson()
    {
        try
        {
            return JsonDocument.Parse(Text);
        }
        catch (JsonException exception)
        {
            throw ResponseErrors.Unreadable(Call!, exception);
        }
    }

    /// <summary>The body as plain values: string, long, double, bool, null, dictionary, list.</summary>
    /// <exception cref="PolarResponseException">It is not JSON.</exception>
    internal object? ReadValue()
    {
        using var document = ReadJson();
        return PlainJson.Read(document.RootElement);
    }
}
