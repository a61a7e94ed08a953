using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Security.Authentication;
using System.Threading;
using System.Threading.Tasks;

namespace PolarPS.Client;

/// <summary>
/// The store beside Polar where files lie. It is reached at signed addresses only, over an HttpClient that knows no token.
/// Every request to it can be repeated: it puts the same bytes in the same place, or reads.
/// </summary>
internal sealed class FileStore(FileTransferOptions options)
{
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan LongestAskedWait = TimeSpan.FromSeconds(60);

    private static readonly Lazy<HttpClient> Remote = new(static () => CreateClient(useProxy: true));

    // A proxy would carry it off this computer, over plain http.
    private static readonly Lazy<HttpClient> Loopback = new(static () => CreateClient(useProxy: false));

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
    /// <param name="content">Makes the body of an attempt.</param>
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
        var http = options.StoreClient ?? (address.IsLoopback ? Loopback : Remote).Value;
        for (var attempt = 1; ; attempt++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var call = new StoreCall(method, address, attempt);
            StoreFailure failure;
            using (var watch = new StallWatch(options.StallTimeout, cancellationToken))
            {
                try
                {
                    using var message = new HttpRequestMessage(method, address) { Content = content(watch) };
                    AddHeaders(message, headers, call);
                    using var response = await http.SendAsync(
                            message,
                            HttpCompletionOption.ResponseHeadersRead,
                            watch.Token
                        )
                        .ConfigureAwait(false);
                    watch.Answered();
                    // .NET Framework does not end a read for a token.
                    using var end = watch.Token.Register(static state => ((IDisposable)state!).Dispose(), response);
                    if (response.IsSuccessStatusCode)
                    {
                        return await read(response, watch, call).ConfigureAwait(false);
                    }

                    failure = await StoreFailure.FromAsync(call, response, watch.Token).ConfigureAwait(false);
                }
                catch (Exception exception) when (LocalFileException.In(exception) is { } local)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    ExceptionDispatchInfo.Capture(local.InnerException!).Throw();
                    throw;
                }
                catch (Exception exception) when (IsNoAnswer(exception))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    failure = StoreFailure.Of(call, exception, stalled: watch.Token.IsCancellationRequested);
                }
            }

            if (!failure.MayPass || attempt > options.MaximumRetries)
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw failure.Exception;
            }

            await Task.Delay(Wait(attempt, failure.Asked), cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool IsNoAnswer(Exception exception) =>
        exception is WebException or ObjectDisposedException || ResponseErrors.IsNoAnswer(exception);

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

    private static HttpClient CreateClient(bool useProxy)
    {
        var handler = new HttpClientHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = useProxy,
            MaxConnectionsPerServer = 64,
        };
        if (RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal))
        {
            // Windows PowerShell may still start with TLS 1.0 as its best.
            handler.SslProtocols = SslProtocols.Tls12;
        }

        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private TimeSpan Wait(int attempt, TimeSpan? asked)
    {
        if (asked is { } wait)
        {
            return wait < LongestAskedWait ? wait : LongestAskedWait;
        }

        var longest = Math.Min(
            LongestBackoff.Ticks,
            options.BackoffBase.Ticks * Math.Pow(2, Math.Min(attempt - 1, 30))
        );
        // Parts that failed together shall not return together. No secret hangs on it.
        var share = 0.5 + (Math.Abs(Guid.NewGuid().GetHashCode() % 1000) / 2000.0);
        return TimeSpan.FromTicks((long)(longest * share));
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
