using System.Net;
using System.Net.Http;
using System.Runtime.ExceptionServices;

namespace PolarPS.Client;

/// <summary>
/// The store beside Polar where files lie. It is reached at signed addresses only, over an HttpClient that knows no token.
/// Every request to it can be repeated: it puts the same bytes in the same place, or reads. When, and how often, is up to the
/// HttpClient; what an answer means is said here.
/// </summary>
internal sealed class FileStore
{
    private readonly FileTransferOptions _options;
    private readonly HttpClient _http;

    /// <param name="options">How files travel.</param>
    /// <param name="usual">Reaches the store if the options name nothing; null for none.</param>
    /// <exception cref="ArgumentException">The store would receive a token.</exception>
    /// <exception cref="InvalidOperationException">There is nothing to reach the store with.</exception>
    public FileStore(FileTransferOptions options, HttpClient? usual)
    {
        _options = options;
        _http =
            options.StoreClient
            ?? usual
            ?? throw new InvalidOperationException(
                "There is no HttpClient for the file store: a client over an HttpClient of your own has none. Set StoreClient, or use PolarPS.Client.Http."
            );
        if (_http.DefaultRequestHeaders.Authorization is not null)
        {
            throw new ArgumentException(
                "The HttpClient for the file store has an Authorization header, which the store must never receive."
            );
        }
    }

    /// <summary>The address, if it is one to which content may go; else null.</summary>
    public static Uri? AddressOf(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
        && address.UserInfo.Length == 0
            ? address
            : null;

    /// <summary>Sends a request, again after a fault that may pass, and reads the answer if it is a success.</summary>
    /// <param name="method">GET or PUT.</param>
    /// <param name="address">From <see cref="AddressOf"/>.</param>
    /// <param name="headers">Exactly the headers to send; may be empty.</param>
    /// <param name="content">Makes the body, which is written again for each attempt.</param>
    /// <param name="read">Reads an answer; a failure of the network within it counts as one of the request.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public async Task<T> SendAsync<T>(
        HttpMethod method,
        Uri address,
        IReadOnlyDictionary<string, string>? headers,
        Func<StallWatch, HttpContent?> content,
        Func<HttpResponseMessage, StallWatch, StoreCall, Task<T>> read,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var watch = new StallWatch(_options.StallTimeout, cancellationToken);
        using var message = new HttpRequestMessage(method, address) { Content = content(watch) };
        AddHeaders(message, headers, new StoreCall(method, address, 1));
        var exchange = new StoreExchange<T>(method, address, _options.MaximumRetries, watch, read);
        TransportKeys.Set(message, TransportKeys.Repeatable, true);
        TransportKeys.Set(message, TransportKeys.StreamBody, true);
        TransportKeys.Set(
            message,
            TransportKeys.Around,
            (Func<Func<CancellationToken, Task<HttpResponseMessage>>, CancellationToken, Task<HttpResponseMessage>>)
                exchange.AttemptAsync
        );
        try
        {
            using var response = await _http
                .SendAsync(message, HttpCompletionOption.ResponseHeadersRead, watch.Token)
                .ConfigureAwait(false);
            if (!exchange.HasBegun)
            {
                // An HttpClient that knows nothing of attempts has made one.
                await exchange.OnlyAttemptAsync(response, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (StoreExchange<T>.IsNoAnswer(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
            exchange.Fail(exception);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return exchange.Result;
    }

    private static void AddHeaders(
        HttpRequestMessage message,
        IReadOnlyDictionary<string, string>? headers,
        StoreCall call
    )
    {
        foreach (var header in headers ?? new Dictionary<string, string>())
        {
            // The length is that of the content, whatever else is said of it.
            if (
                !string.Equals(header.Key, "Content-Length", StringComparison.OrdinalIgnoreCase)
                && (
                    header.Value is null
                    || header.Value.IndexOfAny(['\r', '\n', '\0']) >= 0
                    || !(
                        message.Headers.TryAddWithoutValidation(header.Key, header.Value)
                        || message.Content?.Headers.TryAddWithoutValidation(header.Key, header.Value) == true
                    )
                )
            )
            {
                throw new PolarResponseException(
                    "Polar asks for a file store header that cannot be sent.",
                    call.Describe()
                );
            }
        }
    }
}

/// <summary>One request to the store over all its attempts, which the transport makes: what they mean, and what came of them.</summary>
internal sealed class StoreExchange<T>(
    HttpMethod method,
    Uri address,
    int retries,
    StallWatch watch,
    Func<HttpResponseMessage, StallWatch, StoreCall, Task<T>> read
)
{
    private static readonly TimeSpan LongestAskedWait = TimeSpan.FromSeconds(60);

    private int _attempts;
    private T _result = default!;
    private ExceptionDispatchInfo? _failure;

    public bool HasBegun => _attempts > 0;

    /// <summary>What was read; throws what it failed with.</summary>
    public T Result
    {
        get
        {
            _failure?.Throw();
            return _result;
        }
    }

    public static bool IsNoAnswer(Exception exception) =>
        exception is WebException or ObjectDisposedException || ResponseErrors.IsNoAnswer(exception);

    /// <summary>Makes an attempt, for a transport that makes another one after a failure that may pass.</summary>
    /// <param name="send">Sends the request.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>A stand-in for the answer, which was read: a success, or a status after which to wait.</returns>
    /// <exception cref="HttpRequestException">It failed, and may not the next time.</exception>
    public async Task<HttpResponseMessage> AttemptAsync(
        Func<CancellationToken, Task<HttpResponseMessage>> send,
        CancellationToken cancellationToken
    )
    {
        var failure = await TryAsync(send, cancellationToken).ConfigureAwait(false);
        if (failure is not { MayPass: true } || _attempts > retries)
        {
            return new HttpResponseMessage(HttpStatusCode.OK);
        }

        if (failure.Asked is not { } asked)
        {
            throw new HttpRequestException(failure.Exception.Message);
        }

        var seconds = Math.Min(asked.TotalSeconds, LongestAskedWait.TotalSeconds);
        var wait = new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        wait.Headers.TryAddWithoutValidation("Retry-After", seconds.ToString("0.###", CultureInfo.InvariantCulture));
        return wait;
    }

    /// <summary>Takes the answer to the only attempt that there is.</summary>
    public Task OnlyAttemptAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        TryAsync(_ => Task.FromResult(response), cancellationToken);

    /// <summary>There was no answer to the last attempt.</summary>
    public void Fail(Exception exception)
    {
        if (LocalFileException.In(exception) is { } local)
        {
            _failure = ExceptionDispatchInfo.Capture(local.InnerException!);
        }
        else if (_failure is null)
        {
            _attempts = Math.Max(_attempts, 1);
            Fail(StoreFailure.Of(Call, exception, watch.HasStalled));
        }
    }

    private StoreCall Call => new(method, address, _attempts);

    private StoreFailure Fail(StoreFailure failure)
    {
        _failure = ExceptionDispatchInfo.Capture(failure.Exception);
        return failure;
    }

    // Null where it was done, and where another attempt would not help.
    private async Task<StoreFailure?> TryAsync(
        Func<CancellationToken, Task<HttpResponseMessage>> send,
        CancellationToken cancellationToken
    )
    {
        _attempts++;
        _failure = null;
        watch.Begin(cancellationToken);
        try
        {
            using var response = await send(watch.Token).ConfigureAwait(false);
            watch.Answered();
            // .NET Framework does not end a read for a token.
            using var end = watch.Token.Register(static state => ((IDisposable)state!).Dispose(), response);
            if (!response.IsSuccessStatusCode)
            {
                return Fail(await StoreFailure.FromAsync(Call, response, watch.Token).ConfigureAwait(false));
            }

            _result = await read(response, watch, Call).ConfigureAwait(false);
            return null;
        }
        catch (Exception exception) when (LocalFileException.In(exception) is { } local)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _failure = ExceptionDispatchInfo.Capture(local.InnerException!);
            return null;
        }
        catch (Exception exception) when (IsNoAnswer(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Fail(StoreFailure.Of(Call, exception, watch.HasStalled));
        }
        catch (PolarException exception)
        {
            _failure = ExceptionDispatchInfo.Capture(exception);
            return null;
        }
    }
}

/// <summary>One attempt at the store, as failures tell of it: never with the query, which is what makes the address a secret.</summary>
internal sealed record StoreCall(HttpMethod Method, Uri Address, int Attempt)
{
    public FailedCall Describe(int? status = null, string? error = null) =>
        new(Method.Method, Redactor.Redact(Address.AbsolutePath), status, error, Attempts: Attempt);

    /// <summary>A text without what the address hides.</summary>
    public string Redact(string text)
    {
        foreach (var secret in new[] { Address.Query, Uri.UnescapeDataString(Address.Query) })
        {
            text = secret.Length > 1 ? text.Replace(secret, "?" + Redactor.Mark) : text;
        }

        return Redactor.Redact(text);
    }
}
