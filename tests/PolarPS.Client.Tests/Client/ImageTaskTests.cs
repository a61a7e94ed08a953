using System.Reflection;
using System.Runtime.CompilerServices;
using Xunit;

namespace PolarPS.Client.Tests;

/// <summary>Async methods whose tasks <see cref="ImageTaskMethodBuilder{TResult}"/> builds behave as others do.</summary>
public class ImageTaskTests
{
    private static readonly AsyncLocal<string?> Flow = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ItGivesWhatTheMethodReturns(bool waits)
    {
        var task = Add(waits, 2, 3);
        Assert.Equal(!waits, task.IsCompleted);
        Assert.Equal(5, await task);
        await Nothing(waits);
    }

    [Fact]
    public async Task ItGoesOnAfterEachWaitWithWhatTheMethodKnew()
    {
        Assert.Equal(4950, await Sum(100));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ItFailsAsTheMethodDoes(bool waits)
    {
        var task = Fail(waits, new InvalidOperationException("no"));
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => task);
        Assert.Equal("no", thrown.Message);
        Assert.Contains(nameof(Fail), thrown.StackTrace, StringComparison.Ordinal);
        Assert.True(task.IsFaulted);
        await Assert.ThrowsAsync<InvalidOperationException>(() => FailWithNothing(waits));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ItIsCancelledByTheTokenThatTheMethodNames(bool waits)
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        var cancelled = new OperationCanceledException("stopped", stop.Token);
        var task = Fail(waits, cancelled);
        Assert.Same(cancelled, await Assert.ThrowsAsync<OperationCanceledException>(() => task));
        Assert.True(task.IsCanceled);
    }

    [Fact]
    public async Task ItKeepsWhatACancellationSays()
    {
        var task = Fail(true, new TaskCanceledException("late", new TimeoutException()));
        var thrown = await Assert.ThrowsAsync<TaskCanceledException>(() => task);
        Assert.IsType<TimeoutException>(thrown.InnerException);
        Assert.Equal("late", thrown.Message);
        Assert.True(task.IsCanceled);
    }

    [Fact]
    public async Task ItLetsTheExecutionContextFlow()
    {
        Flow.Value = "caller";
        var task = ReadFlow();
        Flow.Value = "later";
        Assert.Equal("caller, caller", await task);
        Assert.Equal("later", Flow.Value);
    }

    [Fact]
    public async Task ItAwaitsWhatIsNoTask()
    {
        Assert.Equal("yielded", await Yield());
    }

    [Fact]
    public async Task ManyAtATimeKeepApart()
    {
        var sums = await Task.WhenAll(Enumerable.Range(1, 200).Select(Sum));
        Assert.Equal(Enumerable.Range(1, 200).Select(static n => n * (n - 1) / 2), sums);
    }

    [Theory]
    [InlineData(typeof(PolarClient), "PolarPS.Client.ApiConnection", 7)]
    [InlineData(typeof(PolarClient), "PolarPS.Client.PageSweep`1", 6)]
    [InlineData(typeof(PolarClient), "PolarPS.BodyReader", 1)]
    [InlineData(typeof(Http.PolarHttp), "PolarPS.BodyReader", 1)]
    [InlineData(typeof(Http.PolarHttp), "PolarPS.Http.AttemptHandler", 1)]
    [InlineData(typeof(Http.PolarHttp), "PolarPS.Http.RetryHandler", 1)]
    [InlineData(typeof(Http.PolarHttp), "PolarPS.Http.ResponseBody", 1)]
    [InlineData(typeof(Http.PolarHttp), "PolarPS.Http.WatchedContent", 1)]
    public void WhatAFirstRequestComesThroughUsesIt(Type assembly, string type, int atLeast)
    {
        // But for what only a refusal or a stream needs.
        string[] others = ["ReadRefusalAsync", "OpenCsvAsync"];
        var builders = assembly
            .Assembly.GetType(type, throwOnError: true)!
            .GetMethods(
                BindingFlags.Instance
                    | BindingFlags.Static
                    | BindingFlags.Public
                    | BindingFlags.NonPublic
                    | BindingFlags.DeclaredOnly
            )
            .Where(method => !others.Contains(method.Name))
            .Select(static method =>
                method
                    .GetCustomAttribute<AsyncStateMachineAttribute>()
                    ?.StateMachineType.GetField("<>t__builder", BindingFlags.Instance | BindingFlags.Public)
                    ?.FieldType.Name
            )
            .OfType<string>()
            .ToArray();
        Assert.True(builders.Length >= atLeast, $"{builders.Length} async methods");
        Assert.All(
            builders,
            static name => Assert.StartsWith("ImageTaskMethodBuilder", name, StringComparison.Ordinal)
        );
    }

    [AsyncMethodBuilder(typeof(ImageTaskMethodBuilder<>))]
    private static async Task<int> Add(bool waits, int a, int b)
    {
        if (waits)
        {
            await Task.Delay(10).ConfigureAwait(false);
        }

        return a + b;
    }

    [AsyncMethodBuilder(typeof(ImageTaskMethodBuilder))]
    private static async Task Nothing(bool waits) => await Add(waits, 0, 0).ConfigureAwait(false);

    [AsyncMethodBuilder(typeof(ImageTaskMethodBuilder<>))]
    private static async Task<int> Sum(int count)
    {
        var sum = 0;
        for (var i = 0; i < count; i++)
        {
            sum += await Add(i % 20 == 7, i, 0).ConfigureAwait(false);
        }

        return sum;
    }

    [AsyncMethodBuilder(typeof(ImageTaskMethodBuilder<>))]
    private static async Task<int> Fail(bool waits, Exception exception)
    {
        try
        {
            return await Add(waits, 1, 1).ConfigureAwait(false) == 2 ? throw exception : 0;
        }
        finally
        {
            await Add(waits, 1, 1).ConfigureAwait(false);
        }
    }

    [AsyncMethodBuilder(typeof(ImageTaskMethodBuilder))]
    private static async Task FailWithNothing(bool waits) =>
        await Fail(waits, new InvalidOperationException("no")).ConfigureAwait(false);

    [AsyncMethodBuilder(typeof(ImageTaskMethodBuilder<>))]
    private static async Task<string> ReadFlow()
    {
        var first = Flow.Value;
        await Task.Delay(10).ConfigureAwait(false);
        return $"{first}, {Flow.Value}";
    }

    [AsyncMethodBuilder(typeof(ImageTaskMethodBuilder<>))]
    private static async Task<string> Yield()
    {
        await Task.Yield();
        await default(ValueTask).ConfigureAwait(false);
        return "yielded";
    }
}
