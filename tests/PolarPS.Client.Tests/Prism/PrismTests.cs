using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using PolarPS.Client.Tests.Conformance;
using Xunit;

namespace PolarPS.Client.Tests.Prism;

/// <summary>
/// The requests of the client before a judge who knows nothing of this project: Prism, which holds each to the description.
/// Only requests are judged; what Prism makes up as an answer is its own affair.
/// </summary>
public class PrismTests(PrismServer server) : IClassFixture<PrismServer>
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

        Assert.True(requests > 0, $"{operation} is not sent by any method.");
        Assert.True(
            objections.Count == 0,
            $"{id}: {objections.Count} of {requests} requests are not accepted:{Environment.NewLine}"
                + string.Join(Environment.NewLine, objections)
        );
    }
}
