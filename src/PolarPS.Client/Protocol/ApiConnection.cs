using System.Diagnostics;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace PolarPS.Client;

/// <summary>
/// Sends what the resources describe over the HttpClient it was given, and turns answers into models or exceptions. A session's first
/// request comes through its async methods, so that they are built as <see cref="ImageTaskMethodBuilder{T}"/> says.
/// </summary>
internal sealed class ApiConnection(
    HttpClient http,
    PolarClientOptions options,
    string? token = null,
    MoneyMove? move = null
)
{
    private const string VersionHeader = "Polar-Version";

    /// <summary>For stand-ins: whatever they do not override says so.</summary>
    public static ApiConnection StandIn { get; } =
        new(
            new HttpClient(new StandInHandler()) { BaseAddress = new Uri("https://stand-in.polar.invalid/") },
            new PolarClientOptions()
        );

    /// <summary>Reaches the store beside Polar; null where there is none.</summary>
    public HttpClient? StoreClient => options.StoreClient;

    /// <summary>Shows that a longer wait begins, where such things are shown.</summary>
    public void TellWait(string text) => options.Trace?.Invoke(TransportKeys.TraceWait, text);

    /// <summary>The same connection, whose requests carry another token than the HttpClient's.</summary>
    public ApiConnection With(string other) => new(http, options, other, move);

    /// <summary>The same connection, of whose requests it is known how much money they move.</summary>
    public ApiConnection Moving(MoneyMove known) => new(http, options, token, known);

    /// <summary>Sends a request whose answer is a JSON document.</summary>
    [AsyncMethodBuilder(typeof(ImageTaskMethodBuilder<>))]
    public async Task<T> SendAsync<T>(ApiRequest request, ModelReader<T> reader, CancellationToken cancellationToken)
        where T : class
    {
        using var message = BuildMessage(request);
        using var response = await SendMessageAsync(request, message, cancellationToken).ConfigureAwait(false);
        return Read(request, message, response, reader);
    }

    /// <summary>The same, with the circumstances of the answer.</summary>
    [AsyncMethodBuilder(typeof(ImageTaskMethodBuilder<>))]
    public async Task<DatedAnswer<T>> SendDatedAsync<T>(
        ApiRequest request,
        ModelReader<T> reader,
        CancellationToken cancellationToken
    )
        where T : class
    {
        using var message = BuildMessage(request);
        var watch = Stopwatch.StartNew();
        using var response = await SendMessageAsync(request, message, cancellationToken).ConfigureAwait(false);
        var timing = Timing(message, response, watch.Elapsed);
        return new DatedAnswer<T>(Read(request, message, response, reader), timing);
    }

    /// <summary>Sends a request that Polar answers with 202, and nothing else, until the answer is ready; null means that.</summary>
    [AsyncMethodBuilder(typeof(ImageTaskMethodBuilder<>))]
    public async Task<T?> SendUnlessPendingAsync<T>(
        ApiRequest request,
        ModelReader<T> reader,
        CancellationToken cancellationToken
    )
        where T : class
    {
        using var message = BuildMessage(request);
        using var response = await SendMessageAsync(request, message, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.Accepted)
        {
            PolarAnswer.EnsureDone(request, message, response, mayBeJson: true);
            return null;
        }

        return Read(request, message, response, reader);
    }

    /// <summary>Sends a request whose answer says nothing.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <param name="mayBeJson">Whether Polar may answer with JSON nevertheless, which does not matter, and not only with nothing.</param>
    [AsyncMethodBuilder(typeof(ImageTaskMethodBuilder))]
    public async Task SendAsync(ApiRequest request, CancellationToken cancellationToken, bool mayBeJson = true)
    {
        using var message = BuildMessage(request);
        using var response = await SendMessageAsync(request, message, cancellationToken).ConfigureAwait(false);
        PolarAnswer.EnsureDone(request, message, response, mayBeJson);
    }

    /// <summary>
    /// Deletes. If an earlier attempt was lost on the way and a later one finds nothing, the earlier one did it.
    /// </summary>
    public Task DeleteAsync(string path, CancellationToken cancellationToken) =>
        EndAsync(ApiRequest.Delete(path), cancellationToken);

    /// <summary>The same for operations that end an object with a method other than DELETE; the request must be repeatable.</summary>
    [AsyncMethodBuilder(typeof(ImageTaskMethodBuilder))]
    public async Task EndAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        using var message = BuildMessage(request);
        try
        {
            using var response = await SendMessageAsync(request, message, cancellationToken).ConfigureAwait(false);
            PolarAnswer.EnsureDone(request, message, response, mayBeJson: false);
        }
        catch (PolarNotFoundException exception)
            when (exception.Attempts > 1 && TransportKeys.Get(message, TransportKeys.MayHaveReached, false)) { }
    }

    /// <summary>Sends any request and returns the response as text.</summary>
    [AsyncMethodBuilder(typeof(ImageTaskMethodBuilder<>))]
    public async Task<RawResponse> SendRawAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        using var message = BuildMessage(request);
        var watch = Stopwatch.StartNew();
        using var response = await SendMessageAsync(request, message, cancellationToken).ConfigureAwait(false);
        var timing = Timing(message, response, watch.Elapsed);
        var text = await BodyText.ReadAsync(response.Content).ConfigureAwait(false);
        PolarAnswer.EnsureAny(request, message, response, text);
        return new RawResponse((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, text)
        {
            Call = ResponseErrors.Answered(request, message, response),
            Timing = timing,
        };
    }

    /// <summary>
    /// Sends a request whose answer is CSV that is read while it arrives and never held whole. The answer is a success once this
    /// returns; that it breaks off afterwards shows when it is read.
    /// </summary>
    public async Task<StreamedResponse> OpenCsvAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        using var message = BuildMessage(request);
        TransportKeys.Set(message, TransportKeys.StreamBody, true);
        var response = await SendMessageAsync(request, message, cancellationToken).ConfigureAwait(false);
        try
        {
            PolarAnswer.EnsureCsv(request, message, response);
            var body = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
            return new StreamedResponse(
                response,
                new AnswerStream(body, request, message, announced: response.Content.Headers.ContentLength)
            );
        }
        catch (Exception exception)
        {
            response.Dispose();
            if (ResponseErrors.IsNoAnswer(exception))
            {
                throw ResponseErrors.NoAnswer(request, message, exception);
            }

            throw;
        }
    }

    private static AnswerTiming Timing(HttpRequestMessage message, HttpResponseMessage response, TimeSpan took) =>
        new(
            response.Headers.Date - took,
            took,
            TransportKeys.Get(message, TransportKeys.WasHeldBack, false)
                || RateLimits.IsClose(message.RequestUri, TransportKeys.Get(message, TransportKeys.SentLately, 0))
        );

    // Not awaited: the body is in memory, and each method that waits costs a new process time.
    private static T Read<T>(
        ApiRequest request,
        HttpRequestMessage message,
        HttpResponseMessage response,
        ModelReader<T> reader
    )
        where T : class
    {
        PolarAnswer.EnsureJson(request, message, response);
        try
        {
            return reader.Read(AnswerBody.BytesOf(response)) ?? throw new JsonException("The document is null.");
        }
        catch (JsonException exception)
        {
            throw ResponseErrors.Unreadable(request, message, response, exception);
        }
    }

    private HttpRequestMessage BuildMessage(ApiRequest request)
    {
        var message = new HttpRequestMessage(request.Method, new Uri(request.Path, UriKind.Relative));
        if (request.Body is not null)
        {
            message.Content = new ByteArrayContent(request.Body);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue(request.MediaType);
        }

        if (!http.DefaultRequestHeaders.Contains(VersionHeader))
        {
            message.Headers.TryAddWithoutValidation(VersionHeader, PolarApi.Version);
        }

        TransportKeys.Set(message, TransportKeys.Repeatable, request.Repeatable);
        Declare(request, message);
        if ((request.Token ?? token) is { } own)
        {
            // For PolarPS.Http, and for an HttpClient that knows nothing of it.
            TransportKeys.Set(message, TransportKeys.OwnToken, own);
            message.Headers.Authorization = own.Length > 0 ? new AuthenticationHeaderValue("Bearer", own) : null;
        }

        if (options.Trace is not null)
        {
            TransportKeys.Set(message, TransportKeys.Trace, options.Trace);
            TransportKeys.Set(message, TransportKeys.TraceBodies, options.TraceBodies);
            TransportKeys.Set(message, TransportKeys.TraceWaitsOnly, options.TraceWaitsOnly);
        }

        return message;
    }

    // For the guard rails of a connection.
    private void Declare(ApiRequest request, HttpRequestMessage message)
    {
        TransportKeys.Set(
            message,
            TransportKeys.Effect,
            request.Effect switch
            {
                RequestEffect.Reads => TransportKeys.EffectReads,
                RequestEffect.Writes => TransportKeys.EffectWrites,
                _ => TransportKeys.EffectMovesMoney,
            }
        );
        if (move is not null && request.Effect == RequestEffect.MovesMoney)
        {
            TransportKeys.Set(message, TransportKeys.Amount, move.Amount);
            TransportKeys.Set(message, TransportKeys.Currency, move.Currency);
        }
    }

    // Every request comes through here, so every one that changes something can be seen here, from whatever code it comes.
    private Task<HttpResponseMessage> SendMessageAsync(
        ApiRequest request,
        HttpRequestMessage message,
        CancellationToken cancellationToken
    ) =>
        options.WriteScope is { } scope && request is { IsWrite: true, Effect: not RequestEffect.Reads }
            ? scope.SendAsync(
                new ScopedWrite(this, request, message, token => TransmitAsync(request, message, token)),
                cancellationToken
            )
            : TransmitAsync(request, message, cancellationToken);

    [AsyncMethodBuilder(typeof(ImageTaskMethodBuilder<>))]
    private async Task<HttpResponseMessage> TransmitAsync(
        ApiRequest request,
        HttpRequestMessage message,
        CancellationToken cancellationToken
    )
    {
        var state = request.IsWrite ? ResponseErrors.Begin(request) : null;
        options.LastWrite = state ?? options.LastWrite;
        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
                .ConfigureAwait(false);
            if (
                TransportKeys.Get(message, TransportKeys.Attempts, 0) == 0
                && !(TransportKeys.Get(message, TransportKeys.StreamBody, false) && response.IsSuccessStatusCode)
            )
            {
                // PolarPS.Http hands bodies over whole; another HttpClient leaves it to who asked for the heads only.
                await AnswerBody.LoadAsync(http, response, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            state?.Stage = ResponseErrors.MayHaveHappened(request, message) ? WriteStage.Unknown : WriteStage.NotDone;
            throw;
        }
        catch (InvalidOperationException exception)
            when (TransportKeys.Get<string?>(message, TransportKeys.Refused, null) is not null)
        {
            throw ResponseErrors.Refused(request, message, exception);
        }
        catch (Exception exception) when (ResponseErrors.IsNoAnswer(exception))
        {
            var failure = ResponseErrors.NoAnswer(request, message, exception);
            state?.Stage = failure.OutcomeUnknown ? WriteStage.Unknown : WriteStage.NotDone;
            throw failure;
        }

        if (response.IsSuccessStatusCode)
        {
            state?.Stage = WriteStage.Done;
            return response;
        }

        using (response)
        {
            var failure = await ResponseErrors.FromAsync(request, message, response).ConfigureAwait(false);
            state?.Stage = failure.OutcomeUnknown ? WriteStage.Unknown : WriteStage.NotDone;
            throw failure;
        }
    }

    private sealed class StandInHandler : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        ) =>
            throw new NotSupportedException(
                $"This stand-in does not override what sends {request.Method} {request.RequestUri!.AbsolutePath}."
            );
    }
}
