using PolarPS.Client.Models;
using Xunit;

namespace PolarPS.Client.Tests.Operations;

/// <summary>Holds one call to what it has to send.</summary>
internal static class Wire
{
    /// <summary>An id as Polar has them.</summary>
    public const string Id = "cc6a16be-f52f-4438-8538-a5a060f58daa";

    /// <summary>Another one.</summary>
    public const string Other = "a2fe683d-e55b-4b0d-9452-350fa52c0255";

    private const string EmptyList = """{"items":[],"pagination":{"total_count":0,"max_page":0}}""";

    /// <summary>A client that gets this JSON, once.</summary>
    public static PolarClient Answering(string json) => new Stub(json) { MostRequests = 1 }.Client;

    /// <summary>Holds a call to what it has to send.</summary>
    /// <param name="call">The call.</param>
    /// <param name="request">Method and address, such as <c>GET /v1/products/</c>.</param>
    /// <param name="body">The body as JSON; null for none.</param>
    /// <param name="repeatable">Whether the call may be sent again after a fault; null where the method says it.</param>
    public static async Task SendsAsync(
        Func<PolarClient, Task> call,
        string request,
        string? body = null,
        bool? repeatable = null
    )
    {
        using var stub = new Stub("{}") { MostRequests = 1 };
        await call(stub.Client);
        Verify(stub.Request, request, body, repeatable ?? !request.StartsWith("POST", StringComparison.Ordinal));
    }

    /// <summary>Holds a list to what it has to send; the extent comes last and is not written out.</summary>
    public static async Task ListsAsync<T>(Func<PolarClient, PagedList<T>> call, string address)
        where T : class
    {
        using var stub = new Stub(EmptyList) { MostRequests = 1 };
        await foreach (var item in call(stub.Client))
        {
            Assert.Fail($"{item} came from an empty list.");
        }

        Verify(stub.Request, $"GET {address}{(address.Contains('?') ? '&' : '?')}page=1&limit=100", null, true);
    }

    private static void Verify(Sent sent, string request, string? body, bool repeatable)
    {
        Assert.Equal(request, sent.Line);
        Assert.Equal(body ?? string.Empty, sent.Body ?? string.Empty);
        Assert.Equal(repeatable, sent.Options["PolarPS.Repeatable"]);
    }
}
