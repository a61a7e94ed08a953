using System.Net.Sockets;
using System.Text;
using PolarPS.Emulator;

namespace PolarPS;

/// <summary>What is asked of a person who signs in.</summary>
/// <param name="ClientId">The public id of a registered client.</param>
/// <param name="ClientSecret">Its secret; null for a public client.</param>
/// <param name="Scopes">The scopes to ask for.</param>
/// <param name="Port">The port of the address that the client has registered.</param>
internal sealed record SignInRequest(string ClientId, string? ClientSecret, IReadOnlyList<string> Scopes, int Port);

/// <summary>
/// Signs a person in: waits on a port of this computer for the browser to come back from Polar's page, and exchanges what it brings for
/// tokens. It takes one answer, and only the one to its own question.
/// </summary>
internal sealed class SignIn : IDisposable
{
    private const string Path = "/polarps/callback";
    private const string Style = "body{font:16px system-ui,sans-serif;max-width:32em;margin:4em auto;padding:0 1em}";

    private static readonly TimeSpan TimeToFinish = TimeSpan.FromSeconds(2);

    private readonly PolarClient _client;
    private readonly SignInRequest _asked;
    private readonly OAuth2AuthorizeRequest _request;
    private readonly TaskCompletionSource<OAuth2Redirect> _answer = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private readonly EmulatorServer _server;
    private readonly string _host;
    private readonly Uri _address;

    private SignIn(PolarClient client, Uri page, SignInRequest asked)
    {
        _client = client;
        _asked = asked;
        _request = new OAuth2AuthorizeRequest
        {
            ClientId = asked.ClientId,
            RedirectUri = RedirectUri(asked.Port),
            Scopes = asked.Scopes,
            State = OAuth2Pkce.RandomText(),
            Pkce = OAuth2Pkce.Create(),
            SubType = "user",
        };
        _address = _request.ToUri(page);
        _host = string.Format(CultureInfo.InvariantCulture, "127.0.0.1:{0}", asked.Port);
        _server = EmulatorServer.Start(AnswerAsync, asked.Port);
    }

    /// <summary>The address to open in a browser, as text. It holds no secret.</summary>
    public string PageText => _address.AbsoluteUri;

    /// <summary>The address that a client has to have registered.</summary>
    public static string RedirectUri(int port) =>
        string.Format(CultureInfo.InvariantCulture, "http://127.0.0.1:{0}{1}", port, Path);

    /// <summary>Opens the port. Calling this loads the emulator's assembly, which has the server.</summary>
    /// <param name="client">Sends what needs no token.</param>
    /// <param name="page">Polar's page.</param>
    /// <param name="asked">What is asked.</param>
    /// <exception cref="ArgumentException">The port cannot be used.</exception>
    public static SignIn Begin(PolarClient client, Uri page, SignInRequest asked)
    {
        // Before the constructor, which names a class of it, is compiled.
        ModuleRoot.Load(System.IO.Path.Combine(ModuleRoot.Folder, "PolarPS.Emulator.dll"));
        try
        {
            return new SignIn(client, page, asked);
        }
        catch (SocketException exception)
        {
            throw new ArgumentException(
                $"Port {asked.Port} cannot be used: {exception.Message}. The port belongs to the address that the client has registered; a client may register several.",
                exception
            );
        }
    }

    /// <summary>Asks Polar whether the page would show the request at all: else only the browser would say what is wrong.</summary>
    /// <returns>Why not; null where it would, or where Polar does not say.</returns>
    public async Task<PolarException?> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            _ = await _client.OAuth2.AuthorizeAsync(_request, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (PolarException exception)
        {
            return
                exception
                    is PolarConnectionException
                        or PolarResponseException
                        or {
                            ErrorName: "invalid_client"
                                or "invalid_request"
                                or "invalid_scope"
                                or "unauthorized_client"
                                or "unsupported_response_type"
                        }
                ? exception
                : null;
        }
    }

    /// <summary>Waits for the browser to come back.</summary>
    /// <returns>What it brings.</returns>
    public Task<OAuth2Redirect> WaitAsync() => _answer.Task;

    /// <summary>Exchanges the code for tokens, and closes the port once the browser has its page.</summary>
    /// <param name="code">The code.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The tokens.</returns>
    public async Task<OAuth2Token> ExchangeAsync(string code, CancellationToken cancellationToken)
    {
        try
        {
            return await _client
                .OAuth2.RequestTokenAsync(
                    OAuth2TokenRequest.ForCode(
                        _asked.ClientId,
                        code,
                        _request.RedirectUri!,
                        _request.Pkce!.Verifier,
                        _asked.ClientSecret
                    ),
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        finally
        {
            await _server.CloseAsync(TimeToFinish).ConfigureAwait(false);
        }
    }

    /// <summary>Opens the page in the user's browser.</summary>
    /// <returns>false where there is none.</returns>
    public bool OpenBrowser() => Browser.Open(_address);

    /// <summary>Lets the browser have its page, then closes the port.</summary>
    public Task CloseAsync() => _server.CloseAsync(TimeToFinish);

    /// <summary>Closes the port at once.</summary>
    public void Dispose() => _server.Dispose();

    private Task<EmulatorResponse> AnswerAsync(EmulatorRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(Answer(request));

    private EmulatorResponse Answer(EmulatorRequest request)
    {
        // Another name of this computer could be a page of the web that had its name pointed here.
        if (
            !request.Headers.TryGetValue("Host", out var host)
            || !host.Equals(_host, StringComparison.OrdinalIgnoreCase)
            || request.Path != Path
        )
        {
            return Page(404, "Not found", "There is nothing here.");
        }

        if (request.Method != "GET")
        {
            return Page(405, "Not allowed", "Only a browser that comes back from Polar is expected here.");
        }

        if (OAuth2Redirect.Read(request.Query, _request.State!) is not { } redirect)
        {
            return Page(
                400,
                "Not the expected answer",
                "This does not answer the sign-in that PowerShell waits for, which goes on waiting."
            );
        }

        if (!_answer.TrySetResult(redirect))
        {
            return Page(410, "Answered already", "PowerShell has taken an answer already. You can close this window.");
        }

        return redirect.Error is null
            ? Page(200, "Done", "PowerShell continues. You can close this window.")
            : Page(200, "Not signed in", "Polar gave no access; PowerShell says why. You can close this window.");
    }

    // No text in it comes from the request.
    private static EmulatorResponse Page(int status, string title, string text)
    {
        var response = new EmulatorResponse(
            status,
            Encoding.UTF8.GetBytes(
                $"<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>{title} - PolarPS</title><style>{Style}</style><h1>{title}</h1><p>{text}</p></html>"
            )
        );
        response.Headers["Content-Type"] = "text/html; charset=utf-8";
        response.Headers["Content-Security-Policy"] =
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'";
        response.Headers["Cache-Control"] = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["X-Content-Type-Options"] = "nosniff";
        return response;
    }
}
