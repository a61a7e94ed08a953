using System.Diagnostics;

namespace PolarPS.Http;

/// <summary>A request's place in the queue: kept over all its attempts, so that a retry does not come last.</summary>
internal sealed class Ticket
{
    /// <param name="deadline">When the request's own limit is over, as a <see cref="Stopwatch"/> timestamp.</param>
    /// <param name="told">Told how long the server asks to wait, once for each wait; called on any thread, must not throw.</param>
    public Ticket(long deadline, Action<TimeSpan> told)
    {
        Deadline = deadline;
        Told = told;
    }

    /// <summary>The order in which requests came; 0 for one that has not come yet.</summary>
    public long Number { get; set; }

    public long Deadline { get; }

    public Action<TimeSpan> Told { get; }

    /// <summary>Whether it had to wait because the server asked for it, not only for other requests.</summary>
    public bool WasHeldBack { get; set; }
}

/// <summary>
/// What all requests of a connection pass before anything of them is written. Polar counts requests per organization, so
/// a request that is told to wait is told for all of them; any that continued regardless would prolong the wait.
/// </summary>
/// <remarks>
/// There are as many places as connections, so that the queue is here, where it can be held, and not in the pool
/// of connections. First come, first served. After a wait that the server asked for, requests are sent one by one with shrinking
/// gaps: all together they would hit the limit again.
/// </remarks>
internal sealed class RateGate : IDisposable
{
    private const double Shrinking = 0.95;
    private const int GapsPerWait = 50;

    private const int MostCounted = 1000;

    private static readonly TimeSpan Spread = TimeSpan.FromMilliseconds(200);
    private static readonly long ShortestGap = Ticks(TimeSpan.FromMilliseconds(2));
    private static readonly long UsualGap = Ticks(TimeSpan.FromMilliseconds(100));
    private static readonly long LongestGap = Ticks(TimeSpan.FromSeconds(1));
    private static readonly long Minute = Ticks(TimeSpan.FromMinutes(1));

    private readonly object _sync = new();
    private readonly LinkedList<Waiter> _line = new();

    // When requests went, as timestamps; not more of them than are asked about.
    private readonly Queue<long> _sent = new();
    private readonly Timer _timer;
    private int _free;
    private long _lastNumber;

    // When the server will answer again, when the next request may go, and the gap between two; all as timestamps.
    private long _opensAt = Stopwatch.GetTimestamp();
    private long _nextAt;
    private long _gap;
    private long _firstGap;

    /// <param name="places">How many requests may be in progress at a time.</param>
    public RateGate(int places)
    {
        Places = places;
        _free = places;
        // The timer must not capture the context of the code that created the connection.
        using (ExecutionContext.SuppressFlow())
        {
            _timer = new Timer(
                static gate => ((RateGate)gate!).Admit(),
                this,
                Timeout.InfiniteTimeSpan,
                Timeout.InfiniteTimeSpan
            );
        }
    }

    /// <summary>How many requests may be in progress at a time.</summary>
    public int Places { get; }

    /// <summary>How much longer the server asks to wait; zero when it does not.</summary>
    public TimeSpan Wait
    {
        get
        {
            var left = -Clock.Since(Interlocked.Read(ref _opensAt));
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>How many requests have passed in the last minute; at most a thousand are counted.</summary>
    public int SentLately
    {
        get
        {
            lock (_sync)
            {
                Forget(Stopwatch.GetTimestamp());
                return _sent.Count;
            }
        }
    }

    /// <summary>Closes the gate for so long from now, or leaves it closed if that was longer.</summary>
    public void Close(TimeSpan wait)
    {
        if (wait <= TimeSpan.Zero)
        {
            return;
        }

        var told = new List<Ticket>();
        var asked = Ticks(wait);
        var spread = TimeSpan.FromTicks(Math.Min(Spread.Ticks, wait.Ticks / 10));
        lock (_sync)
        {
            var now = Stopwatch.GetTimestamp();
            if (_opensAt <= now)
            {
                // The first answer of its kind since the gate was open. One that comes while the gaps were still shrinking says
                // that they were too small.
                _firstGap =
                    _gap > 0
                        ? Math.Min(2 * _firstGap, LongestGap)
                        : Math.Max(ShortestGap, Math.Min(asked / GapsPerWait, UsualGap));
            }

            // Other programs were told the same, and must not return at the same moment.
            var opensAt = now + asked + Ticks(Jitter.UpTo(spread));
            if (opensAt > _opensAt)
            {
                Interlocked.Exchange(ref _opensAt, opensAt);
            }

            _gap = _firstGap;
            _nextAt = _opensAt;
            for (var node = _line.First; node is not null; )
            {
                var (waiter, next) = (node.Value, node.Next);
                waiter.Ticket.WasHeldBack = true;
                if (waiter.Ticket.Deadline <= _opensAt)
                {
                    // It would hit its limit anyway; better now than later.
                    _line.Remove(node);
                    waiter.TrySetResult(false);
                }
                else
                {
                    told.Add(waiter.Ticket);
                }

                node = next;
            }

            Schedule(now);
        }

        foreach (var ticket in told)
        {
            ticket.Told(Wait);
        }
    }

    /// <summary>Waits for a place. The caller has to release it with <see cref="Leave"/>.</summary>
    /// <param name="ticket">The request's.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>false where the server asks to wait beyond the request's own limit: it gets no place.</returns>
    public Task<bool> EnterAsync(Ticket ticket, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Waiter waiter;
        bool closed;
        lock (_sync)
        {
            if (ticket.Number == 0)
            {
                ticket.Number = ++_lastNumber;
            }

            var now = Stopwatch.GetTimestamp();
            closed = _opensAt > now;
            ticket.WasHeldBack |= closed || _gap > 0;
            if (closed && ticket.Deadline <= _opensAt)
            {
                return Task.FromResult(false);
            }

            if (_line.Count == 0 && TakePlace(now))
            {
                return Task.FromResult(true);
            }

            waiter = new Waiter(ticket);
            Insert(waiter);
            Schedule(now);
        }

        if (closed)
        {
            ticket.Told(Wait);
        }

        return WaitAsync(waiter, cancellationToken);
    }

    /// <summary>Releases a place.</summary>
    public void Leave()
    {
        lock (_sync)
        {
            _free++;
            Admit();
        }
    }

    /// <summary>Nothing waits any longer.</summary>
    public void Dispose() => _timer.Dispose();

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);

    private async Task<bool> WaitAsync(Waiter waiter, CancellationToken cancellationToken)
    {
        using (cancellationToken.Register(() => GiveUp(waiter)))
        {
            return await waiter.Task.ConfigureAwait(false);
        }
    }

    private void GiveUp(Waiter waiter)
    {
        lock (_sync)
        {
            if (waiter.Node.List is null)
            {
                // It has its place, and gives it back as soon as it notices.
                return;
            }

            _line.Remove(waiter.Node);
        }

        waiter.TrySetCanceled();
    }

    // Returning requests are few, and among the first.
    private void Insert(Waiter waiter)
    {
        var last = _line.Last;
        if (last is null || last.Value.Ticket.Number < waiter.Ticket.Number)
        {
            _line.AddLast(waiter.Node);
            return;
        }

        var next = _line.First;
        while (next!.Value.Ticket.Number < waiter.Ticket.Number)
        {
            next = next.Next;
        }

        _line.AddBefore(next, waiter.Node);
    }

    private void Admit()
    {
        lock (_sync)
        {
            var now = Stopwatch.GetTimestamp();
            while (_line.First is { } first && TakePlace(now))
            {
                _line.Remove(first);
                first.Value.TrySetResult(true);
            }

            Schedule(now);
        }
    }

    private bool TakePlace(long now)
    {
        if (_free == 0 || now < _opensAt || now < _nextAt)
        {
            return false;
        }

        _free--;
        Forget(now);
        if (_sent.Count == MostCounted)
        {
            _sent.Dequeue();
        }

        _sent.Enqueue(now);
        if (_gap > 0)
        {
            _nextAt = now + _gap;
            _gap = (long)(_gap * Shrinking);
            _gap = _gap < ShortestGap ? 0 : _gap;
        }

        return true;
    }

    private void Forget(long now)
    {
        while (_sent.Count > 0 && now - _sent.Peek() > Minute)
        {
            _sent.Dequeue();
        }
    }

    private void Schedule(long now)
    {
        if (_line.Count > 0 && _free > 0)
        {
            var left = Math.Max(_opensAt, _nextAt) - now;
            var milliseconds = Math.Ceiling(left * 1000.0 / Stopwatch.Frequency);
            _timer.Change((long)Math.Max(1, Math.Min(milliseconds, int.MaxValue)), Timeout.Infinite);
        }
    }

    private sealed class Waiter : TaskCompletionSource<bool>
    {
        public Waiter(Ticket ticket)
            : base(TaskCreationOptions.RunContinuationsAsynchronously)
        {
            Ticket = ticket;
            Node = new LinkedListNode<Waiter>(this);
        }

        public Ticket Ticket { get; }

        public LinkedListNode<Waiter> Node { get; }
    }
}
