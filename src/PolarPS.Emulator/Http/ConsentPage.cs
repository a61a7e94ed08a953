using System.Net;
using System.Text;

namespace PolarPS.Emulator;

/// <summary>
/// The page on which a person allows a client what it asks for: where a browser is sent to sign in. Anyone who opens it is taken for the
/// emulator's only user. On Polar it belongs to the site and not to the API.
/// </summary>
internal sealed class ConsentPage(EmulatorCore core)
{
    /// <summary>Its path.</summary>
    public const string Path = "/oauth2/authorize";

    private const string Style =
        "body{font:16px system-ui,sans-serif;max-width:32em;margin:4em auto;padding:0 1em}button{font:inherit;padding:.5em 1.5em;margin-right:1em}";

    /// <summary>Shows the page, and takes the person's answer.</summary>
    public async Task<EmulatorResponse> AnswerAsync(EmulatorRequest request, CancellationToken cancellationToken)
    {
        if (request.Method is not ("GET" or "HEAD" or "POST"))
        {
            return Page(405, "Not allowed", "<p>This page takes GET and POST.</p>");
        }

        var answer =
            request.Method == "POST"
                ? Json.ToText(await request.ReadBodyAsync(cancellationToken).ConfigureAwait(false))
                : null;
        var query = new QueryString(request.Query);
        lock (core.Store.Gate)
        {
            OAuthResource.ConsentRequest asked;
            try
            {
                asked = core.OAuth.Requested(query);
            }
            catch (ApiException refusal)
            {
                // Nobody is sent anywhere that the client has not registered.
                return Page(
                    refusal.Status,
                    "This request cannot be allowed",
                    $"<p>{Encode(refusal.Body?.ToJsonString() ?? string.Empty)}</p>"
                );
            }

            return answer is null
                ? Ask(asked, request)
                : Return(asked, new QueryString(answer).Last("action") == "allow");
        }
    }

    private static EmulatorResponse Ask(OAuthResource.ConsentRequest asked, EmulatorRequest request)
    {
        var name = asked.Client.Row.Text("client_name") ?? asked.Client.Row.Text("client_id")!;
        var scopes = string.Concat(asked.Scopes.Select(scope => $"<li>{Encode(scope)}</li>"));
        return Page(
            200,
            $"{name} asks for access",
            $"<p>to the emulated shop, with these scopes:</p><ul>{scopes}</ul>"
                + $"<form method=\"post\" action=\"{Encode(Path + "?" + request.Query)}\">"
                + "<button name=\"action\" value=\"allow\" id=\"allow\">Allow</button>"
                + "<button name=\"action\" value=\"deny\" id=\"deny\">Deny</button></form>"
        );
    }

    private EmulatorResponse Return(OAuthResource.ConsentRequest asked, bool allowed)
    {
        var query = asked.Query;
        var values = new List<string>();
        if (allowed)
        {
            values.Add(
                "code="
                    + core.OAuth.Consent(
                        asked.Client.Row.Text("client_id")!,
                        asked.RedirectUri,
                        string.Join(" ", asked.Scopes),
                        query.Last("code_challenge"),
                        query.Last("code_challenge_method")
                    )
            );
        }
        else
        {
            values.Add("error=access_denied");
            values.Add("error_description=" + Uri.EscapeDataString("The user denied the request."));
        }

        if (query.Last("state") is { } state)
        {
            values.Add("state=" + Uri.EscapeDataString(state));
        }

        var response = new EmulatorResponse(302, []);
        response.Headers["Location"] =
            asked.RedirectUri + (asked.RedirectUri.Contains('?') ? "&" : "?") + string.Join("&", values);
        response.Headers["Cache-Control"] = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
        return response;
    }

    private static EmulatorResponse Page(int status, string title, string body)
    {
        var heading = Encode(title);
        var response = new EmulatorResponse(
            status,
            Encoding.UTF8.GetBytes(
                $"<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>{heading}</title><style>{Style}</style><h1>{heading}</h1>{body}</html>"
            )
        );
        response.Headers["Content-Type"] = "text/html; charset=utf-8";
        response.Headers["Content-Security-Policy"] =
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'";
        response.Headers["Cache-Control"] = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
        return response;
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
