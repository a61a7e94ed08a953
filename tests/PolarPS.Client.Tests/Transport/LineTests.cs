// Long because each case is a conversation on the wire, line by line.
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using PolarPS.Http;
using Xunit;
using static PolarPS.Client.Tests.Transport.RateGateTests;
using static PolarPS.Client.Tests.Transport.Replies;

namespace PolarPS.Client.Tests.Transport;

/// <summary>The line before the connections: who goes next, who waits for what, and what is said to those who wait in vain.</summary>
public class LineTests
{
    private const int Places = PrimaryHandler.MaximumConnections;

    [Fact]
    public async Task FirstComeFirstServed()
    {
        using var gate = new RateGate(1);
        var order = new ConcurrentQueue<int>();
        Assert.True(await gate.EnterAsync(TicketOf(), CancellationToken.None));
        var waiting = Enumerable
            .Range(0, 50)
            .Select(async number =>
            {
                Assert.True(await gate.EnterAsync(TicketOf(), CancellationToken.None));
                order.Enqueue(number);
                gate.Leave();
            })
            .ToList();
        Assert.Empty(order);

        gate.Leave();
        await Task.WhenAll(waiting);

        Assert.Equal(Enumerable.Range(0, 50), order);
    }

    [Fact]
    public async Task WhoComesBackGoesFirst()
    {
        using var gate = new RateGate(1);
        var back = TicketOf();
        Assert.True(await gate.EnterAsync(back, CancellationToken.None));
        var other = gate.EnterAsync(TicketOf(), CancellationToken.None);
        // It was told to wait, and everybody with it.
        gate.Close(TimeSpan.FromMilliseconds(200));
        gate.Leave();
        var returning = gate.EnterAsync(back, CancellationToken.None);

        Assert.Same(returning, await Task.WhenAny(returning, other));
        Assert.True(await returning);
        Assert.False(other.IsCompleted);
        gate.Leave();
        Assert.True(await other);
    }

    [Fact]
    public async Task WhoGivesUpLeavesTheLineToTheOthers()
    {
        using var gate = new RateGate(1);
        using var stop = new CancellationTokenSource();
        Assert.True(await gate.EnterAsync(TicketOf(), CancellationToken.None));
        var leaving = gate.EnterAsync(TicketOf(), stop.Token);
        var staying = gate.EnterAsync(TicketOf(), CancellationToken.None);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gate.EnterAsync(TicketOf(), stop.Token));
        gate.Leave();

        Assert.True(await staying.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task NoPlaceIsLostHoweverOftenSomebodyGivesUp()
    {
        using var gate = new RateGate(3);
        var random = new Random(7);
        var inside = 0;
        var most = 0;
        var all = Enumerable
            .Range(0, 2000)
            .Select(_ => random.Next(0, 4))
            .Select(async patience =>
            {
                using var stop = new CancellationTokenSource(patience == 0 ? 1 : 60_000);
                try
                {
                    if (await gate.EnterAsync(TicketOf(), stop.Token))
                    {
                        var now = Interlocked.Increment(ref inside);
                        most = Math.Max(most, now);
                        await Task.Yield();
                        Interlocked.Decrement(ref inside);
                        gate.Leave();
                    }
                }
                catch (OperationCanceledException)
                {
                    // As meant.
                }
            })
            .ToList();
        await Task.WhenAll(all).WaitAsync(TimeSpan.FromSeconds(60));

        Assert.InRange(most, 1, 3);
        for (var place = 0; place < 3; place++)
        {
            Assert.True(gate.EnterAsync(TicketOf(), CancellationToken.None).IsCompletedSuccessfully);
        }
    }

    [Fact]
    public async Task AWaitBeyondTheLimitEndsAtOnceForThoseInTheLine()
    {
        using var gate = new RateGate(1);
        Assert.True(await gate.EnterAsync(TicketOf(), CancellationToken.None));
        var (shortOfTime, patient) = (TicketOf(1), TicketOf());
        var ending = gate.EnterAsync(shortOfTime, CancellationToken.None);
        var waiting = gate.EnterAsync(patient, CancellationToken.None);

        gate.Close(TimeSpan.FromSeconds(5));

        Assert.False(await ending.WaitAsync(TimeSpan.FromSeconds(1)));
        Assert.False(waiting.IsCompleted);
        Assert.True(shortOfTime.WasHeldBack && patient.WasHeldBack);
        Assert.False(await gate.EnterAsync(TicketOf(1), CancellationToken.None));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void NoWaitClosesNothing(double seconds)
    {
        using var gate = new RateGate(1);
        gate.Close(TimeSpan.FromSeconds(seconds));
        Assert.Equal(TimeSpan.Zero, gate.Wait);
        Assert.True(gate.EnterAsync(TicketOf(), CancellationToken.None).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task AShorterWaitDoesNotOpenTheGateEarlier()
    {
        using var gate = new RateGate(1);
        gate.Close(TimeSpan.FromSeconds(1));
        gate.Close(TimeSpan.FromMilliseconds(10));
        var watch = Stopwatch.StartNew();
        Assert.True(await gate.EnterAsync(TicketOf(), CancellationToken.None));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0.95, 5);
    }

    [Fact]
    public async Task AfterAWaitRequestsGoOutOneByOneAndThenFreely()
    {
        using var gate = new RateGate(1000);
        gate.Close(TimeSpan.FromSeconds(1));
        var times = await EnterAllAsync(gate, 200);

        // The gap is a fiftieth of the wait at first, and shrinks.
        Assert.InRange((times[9] - times[0]).TotalSeconds, 0.12, 2);
        Assert.InRange((times[199] - times[0]).TotalSeconds, 0.3, 3);
        var watch = Stopwatch.StartNew();
        await EnterAllAsync(gate, 200);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 0.5);

        // Told again while the gaps were still there: they were too small.
        gate.Close(TimeSpan.FromSeconds(1));
        await EnterAllAsync(gate, 3);
        gate.Close(TimeSpan.FromSeconds(0.5));
        times = await EnterAllAsync(gate, 10);
        Assert.InRange((times[9] - times[0]).TotalSeconds, 0.26, 3);
    }

    // Other programs were told to wait as long, and would all come back at once.
    [Theory]
    [InlineData(0.5, 0.05)]
    [InlineData(1, 0.1)]
    [InlineData(100, 0.2)]
    public void AWaitIsALittleLongerAndNotForAllTheSame(double seconds, double most)
    {
        var longer = Enumerable
            .Range(0, 200)
            .Select(_ =>
            {
                using var gate = new RateGate(1);
                gate.Close(TimeSpan.FromSeconds(seconds));
                // It runs already; what passes before it is read here makes it shorter only.
                return gate.Wait.TotalSeconds - seconds;
            })
            .ToList();

        Assert.InRange(longer.Max(), most * 0.7, most);
        Assert.InRange(longer.Distinct().Count(), 190, 200);
    }

    [Fact]
    public async Task WhoIsToldAgainAndAgainSendsMoreSlowlyButNotForEver()
    {
        using var gate = new RateGate(10);
        gate.Close(TimeSpan.FromSeconds(1));
        // The gap is 20 ms at first; doubled ten times it would be 20 s.
        for (var again = 0; again < 10; again++)
        {
            await UntilAsync(() => gate.Wait == TimeSpan.Zero);
            gate.Close(TimeSpan.FromMilliseconds(1));
        }

        var times = await EnterAllAsync(gate, 2).WaitAsync(TimeSpan.FromSeconds(12));

        Assert.InRange((times[1] - times[0]).TotalSeconds, 0.95, 10);
    }

    [Fact]
    public async Task OfThoseThatWereSentAThousandAreCounted()
    {
        using var gate = new RateGate(1);
        for (var sent = 0; sent < 1500; sent++)
        {
            Assert.True(await gate.EnterAsync(TicketOf(), CancellationToken.None));
            gate.Leave();
        }

        Assert.Equal(1000, gate.SentLately);
    }

    [Fact]
    public async Task NoMoreRequestsAreUnderWayThanThereArePlaces()
    {
        var (now, most) = (0, 0);
        await using var server = new LoopbackServer(
            (_, _) =>
                async (stream, stop) =>
                {
                    most = Math.Max(most, Interlocked.Increment(ref now));
                    await Task.Delay(20, stop);
                    Interlocked.Decrement(ref now);
                    return await Ok(stream, stop);
                }
        );
        using var client = PolarHttp.Create(Probe.Fast(server.Address));

        var probes = await Task.WhenAll(
            Enumerable.Range(0, 200).Select(_ => new Probe(HttpMethod.Get, "/v1/x").SendAsync(client))
        );

        Assert.All(probes, static probe => Assert.Equal(("200", 1), (probe.Outcome, probe.Attempts)));
        Assert.InRange(most, 2, Places);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task NothingIsWrittenDuringAWaitHoweverManyWait(string method)
    {
        // The fifth answer asks to wait; all that are not on their way by then are held, before the connections and not behind.
        var asked = TimeSpan.MaxValue;
        var clock = Stopwatch.StartNew();
        await using var server = new LoopbackServer(
            (_, index) =>
                async (stream, stop) =>
                {
                    await Task.Delay(30, stop);
                    if (index != 4)
                    {
                        return await Ok(stream, stop);
                    }

                    var going = await Status(429, "", "Retry-After: 1")(stream, stop);
                    asked = clock.Elapsed;
                    return going;
                }
        );
        using var client = PolarHttp.Create(Probe.Fast(server.Address));

        var probes = await Task.WhenAll(
            Enumerable.Range(0, 200).Select(_ => new Probe(new HttpMethod(method), "/v1/x").SendAsync(client))
        );

        Assert.All(probes, static probe => Assert.Equal("200", probe.Outcome));
        Assert.Equal(201, server.Requests.Count);
        // What had been written by then may be read a little later: no more than there are places.
        var during = server.Requests.Count(seen => seen.At > asked && seen.At < asked + TimeSpan.FromMilliseconds(950));
        Assert.InRange(during, 0, Places - 1);
    }

    [Fact]
    public async Task ARequestThatWasConnectingIsHeldToo()
    {
        await using var server = new LoopbackServer(
            static (seen, index) => index == 0 ? Status(429, "", "Retry-After: 1", "Connection: close") : Ok
        );
        var slow = 0;
        using var network = new SocketsHttpHandler
        {
            ConnectCallback = async (context, stop) =>
            {
                // The first connection is up while all others are still being made, and is not used again.
                await Task.Delay(Interlocked.Increment(ref slow) > 1 ? 500 : 150, stop);

                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(context.DnsEndPoint, stop);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using var client = PolarHttp.Create(
            new TransportOptions(server.Address)
            {
                InnermostHandler = network,
                BackoffBase = TimeSpan.FromMilliseconds(10),
                MaximumRetries = 1,
            }
        );
        var told = new Probe(HttpMethod.Get, "/v1/told").SendAsync(client);
        // It is the first in the line for that connection.
        await UntilAsync(() => Volatile.Read(ref slow) == 1);
        var others = Enumerable
            .Range(0, 5)
            .Select(number =>
                new Probe(HttpMethod.Post, $"/v1/other/{number}", new StringContent("{}")).SendAsync(client)
            )
            .ToList();

        var probes = await Task.WhenAll(others);

        Assert.Equal("200", (await told).Outcome);
        // Held back it is no attempt, and no fault.
        Assert.All(probes, static probe => Assert.Equal(("200", 1), (probe.Outcome, probe.Attempts)));
        Assert.Equal(7, server.Requests.Count);
        var first = server.Requests[0].At;
        Assert.All(server.Requests.Skip(1), seen => Assert.InRange((seen.At - first).TotalSeconds, 0.98, 10));
    }

    [Fact]
    public async Task TheWaitBeginsWithTheHeadOfTheAnswer()
    {
        await using var server = new LoopbackServer(
            static (_, index) =>
                index > 0
                    ? Ok
                    : static async (stream, stop) =>
                    {
                        var head = "HTTP/1.1 429 Too Many\r\nRetry-After: 1\r\nContent-Length: 10\r\n\r\n12345";
                        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), stop);
                        await Task.Delay(300, stop);
                        await stream.WriteAsync("67890"u8.ToArray(), stop);
                        return true;
                    }
        );
        using var client = PolarHttp.Create(Probe.Fast(server.Address));
        var told = new Probe(HttpMethod.Get, "/v1/told").SendAsync(client);
        await UntilAsync(() => server.Requests.Count == 1);
        await Task.Delay(100);

        var other = await new Probe(HttpMethod.Get, "/v1/other").SendAsync(client);

        Assert.Equal("200", other.Outcome);
        Assert.Equal("200", (await told).Outcome);
        Assert.All(
            server.Requests.Skip(1),
            seen => Assert.InRange((seen.At - server.Requests[0].At).TotalSeconds, 0.98, 10)
        );
    }

    [Fact]
    public async Task WhoWaitsForALimitInVainIsToldOfTheLimit()
    {
        await using var server = new LoopbackServer(
            static (seen, _) =>
                seen.Line.Contains("/told", StringComparison.Ordinal)
                    ? Status(429, "", "Retry-After: 1")
                    : static async (stream, stop) =>
                    {
                        await Task.Delay(300, stop);
                        return await Ok(stream, stop);
                    }
        );
        using var client = PolarHttp.Create(
            new TransportOptions(server.Address) { TotalTimeout = TimeSpan.FromSeconds(2), MaximumRetries = 0 }
        );
        await new Probe(HttpMethod.Get, "/v1/told").SendAsync(client);
        var api = new PolarClient(client);

        // More than can go within the second that is left.
        var calls = await Task.WhenAll(
            Enumerable
                .Range(0, 200)
                .Select(async _ =>
                {
                    try
                    {
                        await api.Products.CreateAsync(new());
                        return null;
                    }
                    catch (Exception exception)
                    {
                        return exception;
                    }
                })
        );

        var late = calls.OfType<PolarRateLimitException>().ToList();
        Assert.NotEmpty(late);
        Assert.Contains(calls, static call => call is null);
        Assert.All(
            late.Where(static failure => failure.Attempts == 0),
            failure =>
            {
                Assert.Contains("rate limit", failure.Message, StringComparison.Ordinal);
                Assert.Contains(
                    "2 s, the limit for all attempts and waits together",
                    failure.Message,
                    StringComparison.Ordinal
                );
                Assert.Contains("The request was not sent.", failure.Message, StringComparison.Ordinal);
                Assert.NotNull(failure.RetryAfter);
                Assert.False(failure.OutcomeUnknown);
                Assert.Null(failure.StatusCode);
            }
        );
    }

    [Fact]
    public async Task WhoWaitsForAPlaceInVainIsToldSo()
    {
        await using var server = new LoopbackServer(static (_, _) => Export);
        using var client = PolarHttp.Create(
            new TransportOptions(server.Address) { TotalTimeout = TimeSpan.FromSeconds(1) }
        );
        var api = new PolarClient(client);
        var open = await Task.WhenAll(Enumerable.Range(0, Places).Select(_ => api.Customers.ExportAsync()));

        var probe = await new Probe(HttpMethod.Post, "/v1/x").SendAsync(client);
        var failure = await Assert.ThrowsAsync<PolarTimeoutException>(() => api.Products.CreateAsync(new()));

        Assert.IsType<TimeoutException>(probe.Failure);
        Assert.Equal((0, false), (probe.Attempts, probe.MayHaveReached));
        Assert.Contains($"while {Places} others", probe.Failure.Message, StringComparison.Ordinal);
        Assert.Contains("The request was not sent.", failure.Message, StringComparison.Ordinal);
        Assert.False(failure.OutcomeUnknown);
        Assert.All(open, static export => export.Dispose());
    }

    [Fact]
    public async Task AnAnswerThatIsReadWhileItArrivesKeepsItsPlaceUntilItIsDoneWith()
    {
        await using var server = new LoopbackServer(
            static (seen, _) => seen.Line.Contains("/export", StringComparison.Ordinal) ? Export : Ok
        );
        using var client = PolarHttp.Create(Probe.Fast(server.Address));
        var api = new PolarClient(client);
        var open = await Task.WhenAll(Enumerable.Range(0, Places).Select(_ => api.Customers.ExportAsync()));

        var next = new Probe(HttpMethod.Get, "/v1/x").SendAsync(client);
        await Task.Delay(200);
        Assert.False(next.IsCompleted);
        open[0].Dispose();
        open[0].Dispose();

        Assert.Equal("200", (await next.WaitAsync(TimeSpan.FromSeconds(10))).Outcome);
        Assert.All(open, static export => export.Dispose());
        var all = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(_ => new Probe(HttpMethod.Get, "/v1/x").SendAsync(client))
        );
        Assert.All(all, static probe => Assert.Equal("200", probe.Outcome));
    }

    [Theory]
    [InlineData(8, 100, 20)]
    [InlineData(20, 100, 20)]
    public async Task ALimitOfTheServersIsKeptByManyWorkersWithoutAFailure(int workers, int calls, int limit)
    {
        // A minute of the sandbox's, made shorter: so many in a window, and then the rest of it to wait, in whole seconds.
        var (sync, start, count, refused) = (new object(), TimeSpan.Zero, 0, 0);
        var clock = Stopwatch.StartNew();
        await using var server = new LoopbackServer(
            (_, _) =>
            {
                lock (sync)
                {
                    if (clock.Elapsed - start >= TimeSpan.FromSeconds(1))
                    {
                        (start, count) = (clock.Elapsed, 0);
                    }

                    if (++count <= limit)
                    {
                        return Ok;
                    }

                    refused++;
                    var left = Math.Max(
                        1,
                        Math.Ceiling((start + TimeSpan.FromSeconds(1) - clock.Elapsed).TotalSeconds)
                    );
                    return Status(429, "", "Retry-After: " + left.ToString(CultureInfo.InvariantCulture));
                }
            }
        );
        using var client = PolarHttp.Create(Probe.Fast(server.Address));
        var next = 0;
        var outcomes = new ConcurrentQueue<Probe>();

        await Task.WhenAll(
            Enumerable
                .Range(0, workers)
                .Select(async _ =>
                {
                    while (Interlocked.Increment(ref next) <= calls)
                    {
                        outcomes.Enqueue(await new Probe(HttpMethod.Post, "/v1/x").SendAsync(client));
                    }
                })
        );

        Assert.Equal(calls, outcomes.Count);
        Assert.All(outcomes, static probe => Assert.Equal("200", probe.Outcome));
        // Nobody is sent back time after time, and few are at all.
        Assert.All(outcomes, static probe => Assert.InRange(probe.Attempts, 1, 3));
        Assert.InRange(refused, 1, calls / limit * workers);
    }

    // The beginning of an answer, and then nothing.
    private static async Task<bool> Export(System.IO.Stream stream, CancellationToken stop)
    {
        var head = "HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nID\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), stop);
        await Task.Delay(Timeout.Infinite, stop);
        return false;
    }

    private static Ticket TicketOf(double seconds = 60) =>
        new(Stopwatch.GetTimestamp() + (long)(seconds * Stopwatch.Frequency), static _ => { });

    private static async Task<List<TimeSpan>> EnterAllAsync(RateGate gate, int count)
    {
        var watch = Stopwatch.StartNew();
        var times = new ConcurrentQueue<TimeSpan>();
        await Task.WhenAll(
            Enumerable
                .Range(0, count)
                .Select(async _ =>
                {
                    Assert.True(await gate.EnterAsync(TicketOf(), CancellationToken.None));
                    times.Enqueue(watch.Elapsed);
                    gate.Leave();
                })
        );
        return [.. times.Order()];
    }
}
