using System.Net;
using System.Net.Http;
using System.Text;
using Xunit;

namespace PolarPS.Client.Tests.Conformance;

/// <summary>
/// Success is what Polar answers with, operation by operation: not a sign-in page, an empty answer where there has to be one, or
/// one where there has to be none. Of a write that got such an answer nobody knows what became of it.
/// </summary>
public class SuccessTests(DiscoveryFixture discovery) : IClassFixture<DiscoveryFixture>
{
    private const string Page = "<html><body>Sign in to this network.</body></html>";
    private const string AnyJson = """{"id":"x","items":[],"pagination":{"total_count":0,"max_page":0}}""";

    // No operation of Polar's answers so.
    private static readonly Dictionary<string, StubAnswer> NobodysAnswers = new(StringComparer.Ordinal)
    {
        ["a page"] = new(200, Page, "text/html"),
        ["a page, created"] = new(201, Page, "text/html"),
        ["a page, accepted"] = new(202, Page, "text/html"),
        ["an empty page"] = new(200, string.Empty, "text/html"),
        ["a page of its own kind"] = new(200, Page, "application/xhtml+xml"),
        ["text"] = new(200, "OK", "text/plain"),
        ["JSON that says it is text"] = new(200, AnyJson, "text/plain"),
        ["JSON that says it is a page"] = new(200, AnyJson, "text/html"),
        ["bytes"] = new(200, "\0\u0001", "application/octet-stream"),
        ["XML"] = new(200, "<a/>", "application/xml"),
        ["script"] = new(200, "{}", "application/javascript"),
        ["a part"] = new(206, AnyJson),
        ["another's version"] = new(203, AnyJson),
        ["reset"] = new(205),
        ["several"] = new(207, AnyJson),
        ["a number of its own"] = new(299, AnyJson),
    };

    public static TheoryData<string> Operations =>
        ApiDescription.IsThere ? [.. ApiDescription.Instance.Operations.Select(static operation => operation.Id)] : [];

    [DescribedTheory]
    [MemberData(nameof(Operations))]
    public async Task NobodyElsesAnswerIsASuccess(string id)
    {
        var operation = ApiDescription.Instance[id];
        var declared = operation.Answers.Where(static answer => answer.IsSuccess).ToList();
        var answers = NobodysAnswers.ToDictionary(StringComparer.Ordinal);
        if (declared.TrueForAll(static answer => answer is { Status: 204 }))
        {
            answers["JSON where there is none"] = new(200, AnyJson);
            answers["a table where there is none"] = new(200, "a,b\r\n", "text/csv");
        }
        else if (declared.TrueForAll(static answer => answer.MediaType == "text/csv"))
        {
            answers["JSON for a table"] = new(200, AnyJson);
            answers["nothing for a table"] = new(204);
            answers["a part of a table"] = new(206, "a,b\r\n", "text/csv");
            answers["a table to come"] = new(202, "a,b\r\n", "text/csv");
        }
        else if (declared.TrueForAll(static answer => answer.IsDescribed) && id != "oauth2:revoke_token")
        {
            answers["nothing for JSON"] = new(204);
            answers["nothing at all for JSON"] = new(200);
            answers["a table for JSON"] = new(200, "a,b\r\n", "text/csv");
        }

        foreach (var call in discovery.Checks!.Calls(operation))
        {
            foreach (var (name, answer) in answers)
            {
                var result = await call.Method.CallAsync(call.Arguments, _ => answer);

                var failure = result.Failure as PolarResponseException;
                Assert.True(failure is not null, $"{call.Method}, {name}: {result.Failure?.ToString() ?? "a success"}");
                Assert.Equal((answer.Status, 1), (failure.StatusCode, failure.Attempts));
                var sent = Assert.Single(result.Requests);
                var asks = sent.Method == "GET" || id.EndsWith(":validate", StringComparison.Ordinal);
                Assert.True(
                    asks || failure.OutcomeUnknown || id is "oauth2:introspect_token",
                    $"{call.Method}, {name}"
                );
                Assert.Equal(
                    failure.OutcomeUnknown,
                    failure.Message.Contains("check before repeating it", StringComparison.Ordinal)
                );
            }
        }
    }

    [Theory]
    [InlineData("GET", 200, Page, "text/html", false)]
    [InlineData("GET", 200, "", "text/html", false)]
    [InlineData("GET", 200, "OK", "text/plain", false)]
    [InlineData("GET", 200, "OK", null, false)]
    [InlineData("GET", 206, "{}", "application/json", false)]
    [InlineData("DELETE", 200, Page, "text/html", false)]
    [InlineData("DELETE", 200, Page, "TEXT/HTML; charset=utf-8", false)]
    [InlineData("DELETE", 200, "x", "no type at all", false)]
    [InlineData("POST", 201, Page, "text/html", false)]
    [InlineData("PATCH", 203, "{}", "application/json", false)]
    [InlineData("GET", 200, "{}", "application/json", true)]
    [InlineData("GET", 200, "{}", "application/json; charset=utf-8", true)]
    [InlineData("GET", 200, "{}", "application/problem+json", true)]
    [InlineData("GET", 200, "a,b\r\n", "text/csv; charset=utf-8", true)]
    [InlineData("POST", 201, "{}", "application/json", true)]
    [InlineData("POST", 202, "", null, true)]
    [InlineData("POST", 202, "null", "application/json", true)]
    [InlineData("DELETE", 204, "", null, true)]
    [InlineData("DELETE", 200, "", null, true)]
    [InlineData("DELETE", 204, "", "", true)]
    public async Task ARawRequestIsHeldToTheSame(string method, int status, string body, string? type, bool isPolars)
    {
        var stub = new Stub(_ =>
        {
            var response = new HttpResponseMessage((HttpStatusCode)status)
            {
                Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)),
            };
            if (type is not null)
            {
                response.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            }

            return response;
        });

        var sending = stub.Client.SendAsync(method, "/v1/products/x");

        if (isPolars)
        {
            Assert.Equal(body, (await sending).Text);
        }
        else
        {
            var failure = await Assert.ThrowsAsync<PolarResponseException>(() => sending);
            Assert.Equal(method != "GET", failure.OutcomeUnknown);
        }
    }
}
