using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;

namespace PolarPS.Emulator.Host;

/// <summary>Between Kestrel and the emulator: hands requests over, sends answers, and breaks connections for real.</summary>
internal sealed class EmulatorBridge
{
    private static readonly TimeSpan TimeToSend = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan TimeToRead = TimeSpan.FromSeconds(2);

    private readonly PolarEmulator _emulator;
    private readonly TimeSpan _latency;

    public EmulatorBridge(PolarEmulator emulator, TimeSpan latency)
    {
        _emulator = emulator;
        _latency = latency;
    }

    public async Task AnswerAsync(HttpContext context)
    {
        var cancellationToken = context.RequestAborted;
        if (_latency > TimeSpan.Zero)
        {
            await Task.Delay(_latency, cancellationToken).ConfigureAwait(false);
        }

        if (context.Request.Host is { HasValue: true } host && !EmulatorServer.IsOwnHost(host.Value))
        {
            context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
            return;
        }

        var answer = await _emulator.HandleAsync(ToRequest(context), cancellationToken).ConfigureAwait(false);
        if (answer.Connection == EmulatorConnection.Dropped)
        {
            context.Abort();
            return;
        }

        var response = context.Response;
        response.StatusCode = answer.StatusCode;
        foreach (var header in answer.Headers)
        {
            response.Headers[header.Key] = header.Value;
        }

        if (answer.StatusCode != StatusCodes.Status204NoContent)
        {
            response.ContentLength = answer.Body.Length;
        }

        if (answer.SentBytes > 0)
        {
            // Writing nothing is writing, too: after a 204 the server would close the connection for it.
            await response
                .Body.WriteAsync(answer.Body.AsMemory(0, answer.SentBytes), cancellationToken)
                .ConfigureAwait(false);
        }

        if (answer.Connection == EmulatorConnection.Truncated)
        {
            await response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
            await BreakOffAsync(context).ConfigureAwait(false);
        }
    }

    // What was written reaches the client, and then nothing more: resetting the connection immediately would discard it.
    private static async Task BreakOffAsync(HttpContext context)
    {
        await Task.Delay(TimeToSend).ConfigureAwait(false);
        try
        {
            context.Features.Get<IConnectionSocketFeature>()?.Socket.Shutdown(SocketShutdown.Send);
            await Task.Delay(TimeToRead, context.RequestAborted).ConfigureAwait(false);
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The client was quicker to close it.
        }

        context.Abort();
    }

    private static EmulatorRequest ToRequest(HttpContext context)
    {
        var request = context.Request;
        // The target as it was sent: what the server hands out is decoded already.
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        if (!target.StartsWith('/'))
        {
            // As a proxy would be asked.
            target = request.GetEncodedPathAndQuery();
        }

        var question = target.IndexOf('?', StringComparison.Ordinal);
        return new EmulatorRequest(
            request.Method,
            question < 0 ? target : target[..question],
            question < 0 ? string.Empty : target[(question + 1)..],
            request.Headers.Select(header => KeyValuePair.Create(header.Key, header.Value.ToString())),
            cancellationToken => ReadAsync(request, cancellationToken)
        )
        {
            Origin = request.Scheme + "://" + request.Host,
        };
    }

    private static async Task<byte[]> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength == 0)
        {
            return [];
        }

        using var buffer = new MemoryStream((int)Math.Min(request.ContentLength ?? 0, 1 << 20));
        await request.Body.CopyToAsync(buffer, cancellationToken).ConfigureAwait(false);
        return buffer.ToArray();
    }
}
