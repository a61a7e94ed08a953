using System.Diagnostics;
using System.Net;
using System.Net.Http;

namespace PolarPS.Client;

/// <summary>
/// The body of an answer while it arrives: reads through, and tells in the client's own terms that it broke off, that nothing
/// arrives any longer, or next to nothing, or that it does not end.
/// </summary>
internal sealed class AnswerStream(
    Stream inner,
    ApiRequest request,
    HttpRequestMessage message,
    TimeSpan? stallTimeout = null,
    long limit = AnswerStream.Limit,
    long? announced = null
) : ForwardStream(inner)
{
    /// <summary>The most bytes of one answer, as they are after decompression: some ten million rows.</summary>
    public const long Limit = 4L * 1024 * 1024 * 1024;

    // What has to come within the time in which nothing at all would be too slow, for each second of it. A server that sends
    // a byte a minute would hold an unattended job forever.
    private const int LeastPerSecond = 512;

    // Longer than a server needs to continue; no limit of the transport's covers a body that is read while it arrives.
    private readonly TimeSpan _stallTimeout = stallTimeout ?? TimeSpan.FromMinutes(2);
    private readonly Stopwatch _waiting = new();
    private long _arrived;
    private long _arrivedBefore;

    // By way of the other: what is read without it has no limit of time.
    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadInTimeAsync(buffer, offset, count, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsBreak(exception, cancellationToken))
        {
            throw Broken(exception);
        }
    }

    private async Task<int> ReadInTimeAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        // Only the time that is spent here counts, not that of a consumer who takes it slowly.
        _waiting.Start();
        int read;
        try
        {
            read = await WaitAsync(Inner.ReadAsync(buffer, offset, count, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
        }
        finally
        {
            _waiting.Stop();
        }

        _arrived += read;
        if (read == 0 && count > 0 && _arrived < announced)
        {
            // .NET Framework takes the end of the connection for that of the body.
            throw new IOException(FormattableString.Invariant($"{_arrived} of {announced} bytes arrived."));
        }

        if (_arrived > limit)
        {
            throw new InvalidDataException($"It is larger than {limit} bytes.");
        }

        if (read > 0 && _waiting.Elapsed >= _stallTimeout)
        {
            if (_arrived - _arrivedBefore < _stallTimeout.TotalSeconds * LeastPerSecond)
            {
                throw new TimeoutException(
                    FormattableString.Invariant(
                        $"Only {_arrived - _arrivedBefore} bytes arrived in {_stallTimeout.TotalSeconds:0.#} s."
                    )
                );
            }

            _arrivedBefore = _arrived;
            _waiting.Reset();
        }

        return read;
    }

    private async Task<int> WaitAsync(Task<int> reading, CancellationToken cancellationToken)
    {
        if (reading.IsCompleted)
        {
            return await reading.ConfigureAwait(false);
        }

        // Not by way of the token: network streams of .NET Framework do not listen to it.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(reading, Task.Delay(_stallTimeout, patience.Token)).ConfigureAwait(false);
        if (reading.IsCompleted)
        {
            patience.Cancel();
            return await reading.ConfigureAwait(false);
        }

        _ = reading.ContinueWith(static task => task.Exception, TaskScheduler.Default);
        cancellationToken.ThrowIfCancellationRequested();
        throw new TimeoutException(
            FormattableString.Invariant($"Nothing arrived for {_stallTimeout.TotalSeconds:0.#} s.")
        );
    }

    // A compressed body that ends too early is reported as invalid data; .NET Framework has an exception of its own.
    private static bool IsBreak(Exception exception, CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested
        && (exception is InvalidDataException or WebException || ResponseErrors.IsNoAnswer(exception));

    private PolarConnectionException Broken(Exception exception) =>
        ResponseErrors.BrokenOff(request, message, exception);
}
