using System.Net;
using System.Net.Http;
using System.Text;

namespace PolarPS.Client.Tests;

/// <summary>Answers as Polar would, for tests that look at what is sent and give any JSON.</summary>
internal static class PolarLike
{
    // What is ended by DELETE and shown once more.
    private static readonly string[] Shown = ["/subscriptions/", "/customer-seats/", "/seats/"];

    /// <summary>The answer; a good one in JSON becomes nothing, or CSV, where the operation has that.</summary>
    public static HttpResponseMessage Fit(HttpRequestMessage request, HttpResponseMessage answer)
    {
        var path = request.RequestUri!.AbsolutePath;
        var isJson = answer.Content.Headers.ContentType?.MediaType == "application/json";
        if (answer.StatusCode != HttpStatusCode.OK || !isJson)
        {
            return answer;
        }

        if (path.EndsWith("/export", StringComparison.Ordinal))
        {
            return new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent("ID\r\n", Encoding.UTF8, "text/csv"),
            };
        }

        var isEnd =
            request.Method == HttpMethod.Delete
                ? !Array.Exists(Shown, part => path.Contains(part, StringComparison.Ordinal))
                : path.EndsWith("/license-keys/deactivate", StringComparison.Ordinal);
        return isEnd ? new HttpResponseMessage(HttpStatusCode.NoContent) : answer;
    }
}
