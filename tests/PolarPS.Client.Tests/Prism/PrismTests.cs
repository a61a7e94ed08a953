using System.Net.Http;
using PolarPS.Client.Tests.Conformance;
using Xunit;
using Xunit.Abstractions;

namespace PolarPS.Client.Tests.Prism;

/// <summary>
/// The requests of the client before a judge who knows nothing of this project: Prism, which holds each to the description.
/// Only requests are judged; what Prism makes up as an answer is its own affair.
/// </summary>
public class PrismTests(PrismServer server, ITestOutputHelper output) : IClassFixture<PrismServer>
{
    public static TheoryData<string> Operations =>
        [.. ApiDescription.Instance.Operations.Select(static operation => operation.Id)];

    [PrismTheory]
    [MemberData(nameof(Operations))]
    public async Task EachRequestIsAccepted(string id)
    {
        var operation = ApiDescription.Instance[id];
        var requests = 0;
        var objections = new List<string>();
        foreach (var call in await RequestSamples.ForAsync(operation, server.Checks!.Calls(operation)))
        {
            using var witness = new PrismWitness(server.Invoker, server.Address!);
            var result = await call.Method.CallAsync(call.Arguments, OperationChecks.AnswerAs(operation), witness);
            Assert.True(result.Failure is null, $"{call.Method} fails: {result.Failure}");
            requests += witness.Count;
            objections.AddRange(witness.Objections.Select(objection => $"{call.Method}: {objection}"));
        }

        output.WriteLine($"{operation}: {requests} requests");
        Assert.True(requests > 0, $"{operation} is not sent by any method.");
        Assert.True(
            objections.Count == 0,
            $"{id}: {objections.Count} of {requests} requests are not accepted:{Environment.NewLine}"
                + string.Join(Environment.NewLine, objections)
        );
    }

    /// <summary>A judge who accepts everything would be of no use.</summary>
    [PrismTheory]
    [InlineData("GET", "/v1/nothing", null, true, "NO_PATH_MATCHED")]
    [InlineData("PUT", "/v1/products/", null, true, "NO_METHOD_MATCHED")]
    [InlineData("GET", "/v1/products/", null, false, "UNAUTHORIZED")]
    [InlineData("GET", "/v1/products/?limit=many", null, true, "request.query.limit")]
    [InlineData("GET", "/v1/products/?sorting=colour", null, true, "request.query.sorting")]
    [InlineData("GET", "/v1/products/not-a-uuid", null, true, "request.path.id")]
    [InlineData("POST", "/v1/oauth2/token", "{}", true, "INVALID_CONTENT_TYPE")]
    [InlineData("POST", "/v1/refunds/", "{}", true, "request.body")]
    [InlineData("POST", "/v1/checkouts/", """{"products":"none"}""", true, "request.body.products")]
    public async Task WhatIsWrongIsNotAccepted(
        string method,
        string path,
        string? json,
        bool isSignedIn,
        string objection
    )
    {
        using var witness = new PrismWitness(server.Invoker, server.Address!);
        using var handler = Stub.Answering(static _ => new StubAnswer(200, "{}"));
        witness.InnerHandler = handler;
        using var http = new HttpClient(witness) { BaseAddress = ClientMethod.Address };
        if (isSignedIn)
        {
            http.DefaultRequestHeaders.Authorization = ClientMethod.SignedIn;
        }

        await new PolarClient(http).SendAsync(method, path, json);

        Assert.Contains(objection, Assert.Single(witness.Objections), StringComparison.Ordinal);
    }
}
