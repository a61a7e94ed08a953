using System.Net.Http;

namespace PolarPS.Client;

/// <summary>A streamed response, such as an export. Disposing of it ends the transfer.</summary>
public sealed class StreamedResponse : IDisposable
{
    private readonly HttpResponseMessage _response;

    internal StreamedResponse(HttpResponseMessage response, Stream content)
    {
        _response = response;
        Content = content;
        FileName = NameIn(response);
        MediaType = response.Content.Headers.ContentType?.MediaType;
    }

    /// <summary>
    /// The content. Reading throws a <see cref="PolarConnectionException"/> where the transfer breaks off: what had come
    /// before is not the whole then.
    /// </summary>
    public Stream Content { get; }

    /// <summary>The name that Polar gives the file, without any folders; null when it gives none.</summary>
    public string? FileName { get; }

    /// <summary>The media type, such as <c>text/csv</c>; null if the response does not say.</summary>
    public string? MediaType { get; }

    /// <summary>Ends the transfer.</summary>
    public void Dispose()
    {
        Content.Dispose();
        _response.Dispose();
    }

    // The name comes from outside and may be used to write a file: it must not lead out of the folder.
    private static string? NameIn(HttpResponseMessage response)
    {
        var header = response.Content.Headers.ContentDisposition;
        var name = (header?.FileNameStar ?? header?.FileName)?.Trim().Trim('"');
        if (name is null)
        {
            return null;
        }

        return FileNames.Plain(name.Substring(name.LastIndexOfAny(['/', '\\', ':']) + 1));
    }
}
