using System.Collections.Concurrent;

namespace PolarPS.Commands;

/// <summary>
/// Lets a cmdlet wait for asynchronous work while the pipeline's thread stays useful: what the work wants written is handed
/// over and written here, because PowerShell's streams belong to that thread alone.
/// </summary>
internal sealed class PipelinePump : IDisposable
{
    private readonly ConcurrentQueue<Action> _queue = new();
    private readonly ManualResetEventSlim _signal = new();
    private Task _last = Task.CompletedTask;
    private volatile bool _closed;

    /// <summary>Hands something over to the pipeline's thread. From any thread; after the cmdlet has ended it is dropped.</summary>
    public void Post(Action action)
    {
        if (_closed)
        {
            return;
        }

        _queue.Enqueue(action);
        try
        {
            _signal.Set();
        }
        catch (ObjectDisposedException)
        {
            // The cmdlet ended between the two lines.
        }
    }

    /// <summary>Waits for the work on the pipeline's thread, doing what is posted meanwhile.</summary>
    /// <exception cref="OperationCanceledException">The pipeline was stopped; the work may still be winding down.</exception>
    public T Run<T>(Func<Task<T>> work, CancellationToken stop)
    {
        // Not on this thread: a continuation that wants it back would wait forever.
        var task = Task.Run(work, stop);
        _last = task;
        task.ContinueWith(
            static (_, signal) => SetQuietly((ManualResetEventSlim)signal!),
            _signal,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
        while (true)
        {
            _signal.Reset();
            Drain();
            if (task.IsCompleted)
            {
                Drain();
                return task.GetAwaiter().GetResult();
            }

            _signal.Wait(stop);
        }
    }

    /// <summary>Gives the work that was left in the middle a moment to wind down.</summary>
    public void WindDown(TimeSpan limit)
    {
        try
        {
            _last.Wait(limit);
        }
        catch (AggregateException)
        {
            // How it ended is reported elsewhere.
        }
    }

    /// <summary>
    /// Ends an enumeration that <see cref="Run"/> was reading: now, or when the reading that was left in the middle is over.
    /// </summary>
    public void EndAfterwards(IAsyncDisposable enumeration)
    {
        if (_last.IsCompleted)
        {
            enumeration.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
        else
        {
            _ = _last.ContinueWith(_ => enumeration.DisposeAsync().AsTask(), TaskScheduler.Default).Unwrap();
        }
    }

    /// <summary>Runs what has been posted and not yet run.</summary>
    public void Drain()
    {
        while (_queue.TryDequeue(out var action))
        {
            action();
        }
    }

    public void Dispose()
    {
        _closed = true;
        _signal.Dispose();
    }

    private static void SetQuietly(ManualResetEventSlim signal)
    {
        try
        {
            signal.Set();
        }
        catch (ObjectDisposedException)
        {
            // Nothing waits any longer.
        }
    }
}
