using System.Text;
using Xunit;

namespace PolarPS.Client.Tests.Client;

/// <summary>Which answer a delivery gets, and what is remembered of it; without a server.</summary>
public sealed class WebhookReceiverTests : IDisposable
{
    private const string Secret = "whsec_MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=";

    private static readonly byte[] Body = Encoding.UTF8.GetBytes(
        "{\"type\":\"moon.risen\",\"timestamp\":\"2026-11-06T10:05:25Z\",\"data\":{\"id\":\"1\"}}"
    );

    private readonly string _folder = Directory.CreateTempSubdirectory("polarps-webhooks").FullName;

    private string StatePath => Path.Combine(_folder, "seen.state");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [InlineData(null)]
    public void WhatIsSignedVerifies(bool? standard)
    {
        var headers = new WebhookSigner(Secret, standard).Sign("msg", Body);
        Assert.Equal("msg", new WebhookVerifier(Secret).Verify(headers, Body));
        Assert.Equal(
            standard is null ? 2 : 1,
            headers.Single(header => header.Key == "webhook-signature").Value.Split(' ').Length
        );
        Assert.Throws<WebhookVerificationException>(() =>
            new WebhookVerifier("whsec_MTIzNDU2Nzg5MDEyMzQ1Njc4OTE=").Verify(headers, Body)
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("whsec_")]
    public void NothingIsSignedWithNothing(string secret) =>
        Assert.Throws<ArgumentException>(() => new WebhookSigner(secret));

    [Fact]
    public void ASecretThatIsNoneOfStandardWebhooksIsRefusedForThem() =>
        Assert.Throws<ArgumentException>(() => new WebhookSigner("polar_whs_?!", usesStandardSignature: true));

    [Theory]
    [InlineData("GET", null, 405)]
    [InlineData("POST", "Origin", 403)]
    [InlineData("POST", "webhook-timestamp", 400)]
    public void TheHeadAloneIsEnoughToRefuse(string method, string? name, int status)
    {
        var headers = Signed("msg").ToList();
        if (name == "Origin")
        {
            headers.Add(new(name, "https://evil.example"));
        }
        else
        {
            headers.RemoveAll(header => header.Key == name);
        }

        Assert.Equal(status, WebhookReceiver.Refuse(method, headers)?.StatusCode);
        Assert.Null(WebhookReceiver.Refuse("POST", Signed("msg")));
    }

    [Fact]
    public async Task TheSameEventAtTheSameTimeIsHandledOnce()
    {
        var calls = 0;
        var go = new TaskCompletionSource();
        var receiver = Receiver(async () =>
        {
            calls++;
            await go.Task;
        });
        var first = receiver.ReceiveAsync(Signed("msg"), Body);
        var second = receiver.ReceiveAsync(Signed("msg"), Body);
        go.SetResult();
        Assert.Equal(200, (await first).StatusCode);
        Assert.Equal(200, (await second).StatusCode);
        Assert.Equal(200, (await receiver.ReceiveAsync(Signed("msg"), Body)).StatusCode);
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task MoreThanCanWaitIsToComeAgain()
    {
        var go = new TaskCompletionSource();
        var receiver = Receiver(() => go.Task, new WebhookReceiverOptions { MaximumPending = 2 });
        var waiting = new[] { receiver.ReceiveAsync(Signed("1"), Body), receiver.ReceiveAsync(Signed("2"), Body) };
        Assert.Equal(503, (await receiver.ReceiveAsync(Signed("3"), Body)).StatusCode);
        go.SetResult();
        await Task.WhenAll(waiting);
        Assert.Equal(200, (await receiver.ReceiveAsync(Signed("3"), Body)).StatusCode);
    }

    [Fact]
    public async Task FailuresInARowAreCountedOfWhatIsVerified()
    {
        var fails = true;
        var receiver = Receiver(() => fails ? throw new InvalidOperationException() : Task.CompletedTask);
        Assert.Equal(1, (await receiver.ReceiveAsync(Signed("1"), Body)).FailuresInARow);
        Assert.Equal(0, (await receiver.ReceiveAsync(Signed("x"), [.. Body, 32])).FailuresInARow);
        Assert.Equal(2, (await receiver.ReceiveAsync(Signed("1"), Body)).FailuresInARow);
        fails = false;
        Assert.Equal(0, (await receiver.ReceiveAsync(Signed("1"), Body)).FailuresInARow);
        fails = true;
        Assert.Equal(1, (await receiver.ReceiveAsync(Signed("2"), Body)).FailuresInARow);
    }

    [Fact]
    public void TheMemoryForgetsTheOldestFirst()
    {
        using var memory = new WebhookMemory(capacity: 3);
        foreach (var id in new[] { "1", "2", "3", "4" })
        {
            Assert.Equal(1, memory.Begin(id));
            memory.Complete(id);
        }

        Assert.False(memory.IsHandled("1"));
        Assert.True(memory.IsHandled("2"));
        Assert.True(memory.IsHandled("4"));
    }

    [Fact]
    public void AFileKeepsWhatWasHandledAndNamesWhatWasBegun()
    {
        using (var memory = WebhookMemory.Open(StatePath))
        {
            memory.Begin("done");
            memory.Complete("done");
            memory.Begin("failed");
            memory.Fail("failed");
            memory.Begin("open");
            memory.MoveTo(DateTimeOffset.UnixEpoch);
            Assert.ThrowsAny<IOException>(() => WebhookMemory.Open(StatePath));
        }

        File.AppendAllText(StatePath, "H torn");
        using var again = WebhookMemory.Open(StatePath);
        Assert.Equal(["open"], again.Unfinished);
        Assert.True(again.IsHandled("done"));
        Assert.False(again.IsHandled("failed"));
        Assert.False(again.IsHandled("torn"));
        Assert.Equal(DateTimeOffset.UnixEpoch, again.ReadUntil);
        // Still its own after the file was written anew.
        Assert.ThrowsAny<IOException>(() => WebhookMemory.Open(StatePath));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void AFileDoesNotGrowWithoutEnd()
    {
        using (var memory = WebhookMemory.Open(StatePath, capacity: 10))
        {
            for (var number = 0; number < 2000; number++)
            {
                memory.Begin($"event-{number}");
                memory.Complete($"event-{number}");
            }
        }

        Assert.InRange(File.ReadLines(StatePath).Count(), 10, 1100);
        using var again = WebhookMemory.Open(StatePath, capacity: 10);
        Assert.True(again.IsHandled("event-1999"));
        Assert.True(again.IsHandled("event-1990"));
        Assert.False(again.IsHandled("event-1989"));
    }

    [Theory]
    [InlineData("dear diary\n")]
    [InlineData("dear diary")]
    [InlineData("PolarPS webhooks 2\n")]
    [InlineData("PolarPS webhooks 10\nH a\n")]
    [InlineData("\n")]
    public void AFileOfSomethingElseStaysAsItIs(string text)
    {
        File.WriteAllText(StatePath, text);
        Assert.Throws<InvalidDataException>(() => WebhookMemory.Open(StatePath));
        Assert.Equal(text, File.ReadAllText(StatePath));
    }

    [Theory]
    [InlineData("https://hooks.example.com/x", true)]
    [InlineData("http://localhost:3000/", true)]
    [InlineData("http://[::1]/", true)]
    [InlineData("http://hooks.example.com/", false)]
    [InlineData("https://me:word@hooks.example.com/", false)]
    [InlineData("http://localhost.example.com/", false)]
    [InlineData("file:///etc/passwd", false)]
    public void PayloadsGoToSafeAddresses(string address, bool isAllowed) =>
        Assert.Equal(isAllowed, WebhookSender.IsAllowed(new Uri(address)));

    private static IReadOnlyList<KeyValuePair<string, string>> Signed(string id) =>
        new WebhookSigner(Secret).Sign(id, Body);

    private static WebhookReceiver Receiver(Func<Task> handle, WebhookReceiverOptions? options = null) =>
        new(new WebhookVerifier(Secret), (_, _) => handle(), options);
}
