using System;
using System.IO;
using System.Net.Http;

namespace PolarPS.Client;

/// <summary>
/// An answer that is read while it comes in, such as a CSV file. Disposing of it before its end ends the transfer. Reading
/// throws when the connection breaks; the length is not known beforehand.
/// </summary>
public sealed class StreamedResponse : IDisposable
{
    private readonly HttpResponseMessage _response;

    internal StreamedResponse(HttpResponseMessage response, Stream content)
    {
        _response = response;
        Content = content;
        MediaType = response.Content.Headers.ContentType?.MediaType;
        var disposition = response.Content.Headers.ContentDisposition;
        FileName = BareName(disposition?.FileNameStar ?? disposition?.FileName);
    }

    /// <summary>The body.</summary>
    public Stream Content { get; }

    /// <summary>The name that Polar proposes for a file, without any folder; null where it proposes none.</summary>
    public string? FileName { get; }

    /// <summary>The media type, such as <c>text/csv</c>; null when the answer does not say.</summary>
    public string? MediaType { get; }

    /// <summary>Ends the transfer, if it has not come to its end.</summary>
    public void Dispose()
    {
        Content.Dispose();
        _response.Dispose();
    }

    // What comes from outside must not lead out of the folder that somebody saves it in.
    private static string? BareName(string? name)
    {
        name = name?.Trim().Trim('"');
        name = name?.Substring(name.LastIndexOfAny(['/', '\\']) + 1);
        return string.IsNullOrWhiteSpace(name) || name is "." or ".." ? null : name;
    }
}
