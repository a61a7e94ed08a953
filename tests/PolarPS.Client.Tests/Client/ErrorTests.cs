// Long because every kind of refusal that Polar has is a case here, beside those that look like it.
using System.Net.Http;
using System.Net.Sockets;
using PolarPS.Client.Models;
using Xunit;

namespace PolarPS.Client.Tests.Client;

/// <summary>Answers that say no, and no answers: which exception they become, and what it knows.</summary>
public sealed class ErrorTests
{
    private const string Id = "8cabdca5-cf97-4f4e-851c-fddffa691a55";

    private static readonly Dictionary<string, Func<PolarClient, Task>> Reads = new()
    {
        ["get"] = client => client.Products.GetAsync(Id),
        ["get link"] = client => client.CheckoutLinks.GetAsync(Id),
        ["get organization"] = client => client.Organizations.GetAsync(Id),
        ["count"] = client => client.Products.List().CountAsync(),
        ["raw get"] = client => client.SendAsync("GET", "/v1/products/"),
        ["raw head"] = client => client.SendAsync("HEAD", "/v1/products/"),
    };

    private static readonly Dictionary<string, Func<PolarClient, Task>> Writes = new()
    {
        ["create"] = client => client.Products.CreateAsync(new ProductCreate()),
        ["update"] = client => client.Products.UpdateAsync(Id, new ProductUpdate()),
        ["delete"] = client => client.Products.DeleteAsync(Id),
        ["benefits"] = client => client.Products.UpdateBenefitsAsync(Id, []),
        ["create link"] = client => client.CheckoutLinks.CreateAsync(new CheckoutLinkCreate()),
        ["update link"] = client => client.CheckoutLinks.UpdateAsync(Id, new CheckoutLinkUpdate()),
        ["delete link"] = client => client.CheckoutLinks.DeleteAsync(Id),
        ["create organization"] = client => client.Organizations.CreateAsync(new OrganizationCreate()),
        ["update organization"] = client => client.Organizations.UpdateAsync(Id, new OrganizationUpdate()),
        ["raw post"] = client => client.SendAsync("POST", "/v1/products/", "{}"),
        ["raw put"] = client => client.SendAsync("PUT", "/v1/products/", "{}"),
        ["raw delete"] = client => client.SendAsync("DELETE", "/v1/products/"),
    };

    private static readonly Dictionary<string, Refusal> Refusals = new()
    {
        ["bad token"] = new(typeof(PolarAuthenticationException), 401)
        {
            Body = """{"error":"invalid_token","error_description":"The token is expired."}""",
            Error = "invalid_token",
            Detail = "The token is expired.",
            Says = "refused the access token",
        },
        ["no token"] = new(typeof(PolarAuthenticationException), 401)
        {
            Body = """{"error":"Unauthorized","detail":"Unauthorized"}""",
            Error = "Unauthorized",
            Detail = "Unauthorized",
            Says = "no access token",
        },
        ["a bare 401"] = new(typeof(PolarAuthenticationException), 401),
        ["payment"] = new(typeof(PolarPaymentException), 402)
        {
            Body = """{"error":"PaymentFailed","detail":"The card was declined."}""",
            Error = "PaymentFailed",
            Detail = "The card was declined.",
            Says = "The card was declined. (PaymentFailed)",
        },
        ["a bare 402"] = new(typeof(PolarPaymentException), 402) { Says = "The payment failed." },
        ["scope"] = new(typeof(PolarPermissionException), 403)
        {
            Body = """{"error":"insufficient_scope","error_description":"More is needed."}""",
            Headers =
                "WWW-Authenticate: Bearer realm=\"polar\", error=\"insufficient_scope\", scope=\"products:read products:write\"",
            Error = "insufficient_scope",
            Detail = "More is needed.",
            Scopes = "products:read products:write",
            Says = "products:read products:write",
        },
        ["scope, in another order"] = new(typeof(PolarPermissionException), 403)
        {
            Body = """{"error":"insufficient_scope"}""",
            Headers =
                "WWW-Authenticate: Basic realm=\"x\"\nWWW-Authenticate: Bearer Scope=\"products:write\",realm=\"polar\"",
            Error = "insufficient_scope",
            Scopes = "products:write",
        },
        ["scope, not named"] = new(typeof(PolarPermissionException), 403)
        {
            Body = """{"error":"insufficient_scope","error_description":"More is needed."}""",
            Headers = "WWW-Authenticate: Bearer realm=\"polar\"",
            Error = "insufficient_scope",
            Detail = "More is needed.",
            Says = "lacks a required scope",
        },
        ["role"] = new(typeof(PolarPermissionException), 403)
        {
            Body = """{"error":"NotPermitted","detail":"Only the owner may."}""",
            Headers = "WWW-Authenticate: Bearer scope=\"products:read\"",
            Error = "NotPermitted",
            Detail = "Only the owner may.",
        },
        ["a bare 403"] = new(typeof(PolarPermissionException), 403),
        ["not found"] = new(typeof(PolarNotFoundException), 404)
        {
            Body = """{"error":"ResourceNotFound","detail":"Not found"}""",
            Error = "ResourceNotFound",
            Detail = "Not found",
        },
        ["not found, undocumented"] = new(typeof(PolarNotFoundException), 404)
        {
            Body = """{"error":"InvoiceDoesNotExist"}""",
            Error = "InvoiceDoesNotExist",
            Says = "InvoiceDoesNotExist",
        },
        ["no such route or version"] = new(typeof(PolarRouteNotFoundException), 404)
        {
            Body = """{"detail":"Not Found"}""",
            Detail = "Not Found",
            Says = "in this version of its API",
        },
        ["not Polar at all"] = new(typeof(PolarRouteNotFoundException), 404)
        {
            Body = "<html><body>nginx</body></html>",
            Type = "text/html",
        },
        ["method"] = new(typeof(PolarRouteNotFoundException), 405)
        {
            Body = """{"detail":"Method Not Allowed"}""",
            Detail = "Method Not Allowed",
        },
        ["method, by the domain"] = new(typeof(PolarValidationException), 405)
        {
            Body = """{"error":"NotHere","detail":"Not on this."}""",
            Error = "NotHere",
            Detail = "Not on this.",
        },
        ["conflict"] = new(typeof(PolarConflictException), 409)
        {
            Body = """{"error":"SubscriptionLocked","detail":"Something else changes it."}""",
            Error = "SubscriptionLocked",
            Detail = "Something else changes it.",
        },
        ["gone"] = new(typeof(PolarConflictException), 410)
        {
            Body = """{"error":"ExpiredCheckoutError","detail":"It has expired."}""",
            Error = "ExpiredCheckoutError",
            Detail = "It has expired.",
        },
        ["precondition"] = new(typeof(PolarConflictException), 412)
        {
            Body = """{"error":"OrderNotDraft","detail":"It is no draft."}""",
            Error = "OrderNotDraft",
            Detail = "It is no draft.",
        },
        ["a bare 412"] = new(typeof(PolarConflictException), 412)
        {
            Says = "The state of the object does not allow this.",
        },
        ["no length"] = new(typeof(PolarValidationException), 411)
        {
            Body = """{"error":"LengthRequired","detail":"A length is needed."}""",
            Error = "LengthRequired",
            Detail = "A length is needed.",
        },
        ["too large"] = new(typeof(PolarValidationException), 413)
        {
            Body = """{"error":"RequestBodyTooLarge","detail":"At most 10 MiB."}""",
            Error = "RequestBodyTooLarge",
            Detail = "At most 10 MiB.",
        },
        ["too large, by a proxy"] = new(typeof(PolarValidationException), 413)
        {
            Body = "<html>413</html>",
            Type = "text/html",
            Says = "status 413",
        },
        ["bad request"] = new(typeof(PolarValidationException), 400)
        {
            Body = """{"error":"NotAUnitBasedSubscription","detail":"It has no units."}""",
            Error = "NotAUnitBasedSubscription",
            Detail = "It has no units.",
        },
        ["fields"] = new(typeof(PolarValidationException), 422)
        {
            Body = """
                {"error":"RequestValidationError","detail":[
                {"type":"missing","loc":["body","CheckoutLinkCreateProducts","products"],"msg":"Field required","input":{}},
                {"type":"string_too_long","loc":["body","CheckoutLinkCreateProducts","metadata","campaign","constrained-str"],
                "msg":"Too long","input":"…","ctx":{"max_length":500}},
                {"type":"greater_than","loc":["body","prices",0,"tiers","tiers",11,"unit_amount","function-after[check(), Decimal]"],
                "msg":"Too small","input":-1},
                {"type":"enum","loc":["query","sorting"],"msg":"Unknown"},
                {"type":"uuid","loc":["path","id"],"msg":"No UUID"}]}
                """,
            Error = "RequestValidationError",
            Errors =
            [
                "products|products|Field required|missing",
                "metadata.campaign|metadata|Too long|string_too_long",
                "prices[0].tiers.tiers[11].unit_amount|prices|Too small|greater_than",
                "sorting|sorting|Unknown|enum",
                "id|id|No UUID|uuid",
            ],
            Says = "prices[0].tiers.tiers[11].unit_amount: Too small",
        },
        ["the whole body"] = new(typeof(PolarValidationException), 422)
        {
            Body = """
                {"error":"PolarRequestValidationError","detail":[{"type":"value_error","loc":["body"],"msg":"Not like this."}]}
                """,
            Error = "PolarRequestValidationError",
            Errors = ["||Not like this.|value_error"],
            Says = "refused the request: Not like this.",
        },
        ["odd fields"] = new(typeof(PolarValidationException), 422)
        {
            Body = """
                {"error":"RequestValidationError","detail":["text",5,null,{},{"loc":"body"},{"loc":[]},{"loc":[null,true,{}]},
                {"loc":["body","a"],"msg":7,"type":{}}]}
                """,
            Error = "RequestValidationError",
            Errors = null,
        },
        ["no fields"] = new(typeof(PolarValidationException), 422)
        {
            Body = """{"error":"RequestValidationError","detail":[]}""",
            Error = "RequestValidationError",
            Errors = [],
            Says = "RequestValidationError",
        },
        ["one sentence"] = new(typeof(PolarValidationException), 422)
        {
            Body = """{"error":"MissingInvoiceBillingDetails","detail":"A billing address is needed."}""",
            Error = "MissingInvoiceBillingDetails",
            Detail = "A billing address is needed.",
            Errors = [],
        },
        ["an empty 422"] = new(typeof(PolarValidationException), 422) { Errors = [], Says = "status 422" },
        ["an unknown status"] = new(typeof(PolarValidationException), 418) { Says = "status 418" },
        ["throttled"] = new(typeof(PolarRateLimitException), 429)
        {
            Headers = "Retry-After: 1800",
            RetryAfter = 1800,
            Says = "1800 s",
        },
        ["throttled, no wait"] = new(typeof(PolarRateLimitException), 429)
        {
            Headers = "Retry-After: 0",
            RetryAfter = 0,
        },
        ["throttled until a time long ago"] = new(typeof(PolarRateLimitException), 429)
        {
            Headers = "Retry-After: Wed, 21 Oct 2015 07:28:00 GMT",
            RetryAfter = 0,
        },
        ["throttled, in a way that cannot be read"] = new(typeof(PolarRateLimitException), 429)
        {
            Headers = "Retry-After: soon",
        },
        ["another limit"] = new(typeof(PolarRateLimitException), 429)
        {
            Body = """{"error":"ManualRetryLimitExceeded","detail":"Tried too often."}""",
            Error = "ManualRetryLimitExceeded",
            Detail = "Tried too often.",
            Says = "Tried too often. (ManualRetryLimitExceeded)",
        },
        ["crash"] = new(typeof(PolarServerException), 500)
        {
            Body = "Internal Server Error",
            Type = "text/plain; charset=utf-8",
            Detail = "Internal Server Error",
            Unsettled = true,
        },
        ["crash, by the domain"] = new(typeof(PolarServerException), 500)
        {
            Body = """{"error":"InternalError","detail":"It broke."}""",
            Error = "InternalError",
            Detail = "It broke.",
            Unsettled = true,
        },
        ["crash, in HTML"] = new(typeof(PolarServerException), 500)
        {
            Body = "\n  <!DOCTYPE html><html>A wall of markup</html>",
            Type = "text/html",
            Unsettled = true,
            Says = "status 500",
        },
        ["not implemented"] = new(typeof(PolarServerException), 501),
        ["bad gateway"] = new(typeof(PolarServerException), 502)
        {
            Body = "<html><center>nginx</center></html>",
            Type = "text/html",
            Unsettled = true,
        },
        ["in a charset that nobody has"] = new(typeof(PolarServerException), 502)
        {
            Body = "<html>nginx</html>",
            Type = "text/html; charset=klingon",
            Unsettled = true,
        },
        ["unavailable"] = new(typeof(PolarServerException), 503) { Headers = "Retry-After: 30", Unsettled = true },
        ["gateway time-out"] = new(typeof(PolarServerException), 504) { Body = "", Unsettled = true },
        ["the content network's time-out"] = new(typeof(PolarServerException), 524)
        {
            Body = "error code: 524",
            Type = "text/plain",
            Detail = "error code: 524",
            Unsettled = true,
        },
        ["request time-out"] = new(typeof(PolarServerException), 408) { Unsettled = true },
        ["JSON that is no object"] = new(typeof(PolarServerException), 500)
        {
            Body = "[1]",
            Detail = "[1]",
            Unsettled = true,
        },
        ["JSON cut short"] = new(typeof(PolarValidationException), 400)
        {
            Body = """{"error":"Cut","detail":"in the mid""",
            Detail = """{"error":"Cut","detail":"in the mid""",
        },
        ["fields of other types"] = new(typeof(PolarConflictException), 409)
        {
            Body = """{"error":{"code":5},"detail":null}""",
        },
        ["a detail that is an object"] = new(typeof(PolarConflictException), 409)
        {
            Body = """{"error":"Odd","detail":{"code":5}}""",
            Error = "Odd",
            Detail = """{"code":5}""",
        },
        ["half a character"] = new(typeof(PolarConflictException), 409)
        {
            Body = """{"error":"Odd","detail":"\ud800"}""",
            Error = null,
            Detail = """{"error":"Odd","detail":"\ud800"}""",
        },
        ["redirect"] = new(typeof(PolarRedirectException), 307)
        {
            Headers = "Location: https://polar.test/v1/products?signature=abc",
            Location = "https://polar.test/v1/products",
            Says = "'https://polar.test/v1/products'",
        },
        ["redirect with a fragment"] = new(typeof(PolarRedirectException), 302)
        {
            Headers = "Location: /elsewhere#access_token=opaque",
            Location = "/elsewhere",
        },
        ["redirect without an address"] = new(typeof(PolarRedirectException), 301),
        ["not modified"] = new(typeof(PolarRedirectException), 304),
        ["another permanent redirect"] = new(typeof(PolarRedirectException), 308)
        {
            Headers = "Location: //elsewhere.test/",
            Location = "//elsewhere.test/",
        },
    };

    public static TheoryData<string> RefusalNames { get; } = [.. Refusals.Keys];

    [Theory]
    [MemberData(nameof(RefusalNames))]
    public async Task ARefusalBecomesItsException(string name)
    {
        var refusal = Refusals[name];
        foreach (var call in Reads.Concat(Writes))
        {
            var stub = new Stub(_ => Stub.Answer(refusal.Body, refusal.Status, refusal.Type, refusal.Headers));

            var error = await Fail(call.Value, stub);

            Assert.IsType(refusal.Exception, error);
            Assert.Equal(refusal.Status, error.StatusCode);
            Assert.Equal(refusal.Error, error.ErrorName);
            Assert.Equal(refusal.Detail, error.Detail);
            Assert.Equal(stub.Request.Method, error.Method);
            Assert.Equal(stub.Request.Target, error.Path);
            Assert.Equal(1, error.Attempts);
            Assert.Contains(refusal.Says, error.Message, StringComparison.Ordinal);
            Assert.False(string.IsNullOrWhiteSpace(error.Message));
            Assert.DoesNotContain("<html", error.Message, StringComparison.Ordinal);

            // What was refused has not happened; what broke on the way may have.
            Assert.Equal(refusal.Unsettled && Writes.ContainsKey(call.Key), error.OutcomeUnknown);
            Assert.Equal(
                error.OutcomeUnknown,
                error.Message.Contains("Whether the change was made is not known", StringComparison.Ordinal)
            );
            CheckDetails(refusal, error);
        }
    }

    [Fact]
    public async Task AWaitUntilATimeIsCountedFromNow()
    {
        var time = DateTimeOffset.UtcNow.AddMinutes(10).ToString("R", CultureInfo.InvariantCulture);
        var stub = new Stub(_ => Stub.Answer(null, 429, null, "Retry-After: " + time));

        var error = Assert.IsType<PolarRateLimitException>(await Fail(Reads["get"], stub));

        Assert.InRange(error.RetryAfter!.Value, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task ALongDetailIsCut()
    {
        var stub = new Stub(_ => Stub.Answer(new string('x', 5_000_000), 500, "text/plain"));

        var error = await Fail(Reads["get"], stub);

        Assert.Equal(501, error.Detail!.Length);
        Assert.InRange(error.Message.Length, 500, 600);
    }

    [Fact]
    public async Task ABodyThatBreaksOffDoesNotHideTheRefusal()
    {
        var stub = new Stub(_ =>
        {
            var response = Stub.Answer("{}", 403);
            response.Content = new StreamContent(new BrokenStream());
            return response;
        });

        // Without buffering, as the transport of exports has it.
        var error = await Record.ExceptionAsync(() => Reads["get"](stub.Client));

        Assert.True(error is PolarPermissionException or PolarConnectionException, error?.ToString());
    }

    /// <summary>Ways in which no answer comes, and whether it says that the connection was there.</summary>
    public static TheoryData<string> Silences { get; } =
    ["refused", "reset", "broken stream", "time-out", "cancelled inside", "nested"];

    [Theory]
    [MemberData(nameof(Silences))]
    public async Task NoAnswerSaysWhetherTheChangeMayHaveBeenMade(string silence)
    {
        foreach (var call in Reads.Concat(Writes))
        {
            foreach (bool? reached in new bool?[] { null, false, true })
            {
                var stub = new Stub(request =>
                {
                    if (reached is bool known)
                    {
                        Stub.Note(request, 3, known);
                    }

                    throw Silence(silence);
                });

                var error = await Fail(call.Value, stub);

                // Where nobody watched, the cautious answer counts.
                Assert.Equal(Writes.ContainsKey(call.Key) && reached != false, error.OutcomeUnknown);
                Assert.Equal(reached is null ? 1 : 3, error.Attempts);
                Assert.Null(error.StatusCode);
                Assert.Null(error.ErrorName);
                Assert.Equal(stub.Request.Target, error.Path);
                if (silence is "time-out" or "cancelled inside")
                {
                    Assert.IsType<PolarTimeoutException>(error);
                }
                else
                {
                    var lost = Assert.IsType<PolarConnectionException>(error);
                    Assert.Equal(reached != false, lost.Reached);
                    Assert.Contains(
                        reached == false ? "cannot be reached" : "broke",
                        error.Message,
                        StringComparison.Ordinal
                    );
                    Assert.Contains("the innermost reason", error.Message, StringComparison.Ordinal);
                }
            }
        }
    }

    [Fact]
    public async Task WhoCancelsIsNotToldOfAnError()
    {
        var calls = new Func<PolarClient, CancellationToken, Task>[]
        {
            (client, stop) => client.Products.GetAsync(Id, stop),
            (client, stop) => client.Products.CreateAsync(new ProductCreate(), stop),
            (client, stop) => client.CheckoutLinks.DeleteAsync(Id, stop),
            (client, stop) => client.Organizations.List().CountAsync(stop),
            (client, stop) => client.SendAsync("PUT", "/v1/x", "{}", stop),
        };
        foreach (var call in calls)
        {
            using var stop = new CancellationTokenSource();
            var stub = new Stub(
                async (_, cancellationToken) =>
                {
                    await stop.CancelAsync();
                    await Task.Delay(Timeout.Infinite, cancellationToken);
                    throw new InvalidOperationException();
                }
            );

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call(stub.Client, stop.Token));
        }
    }

    [Theory]
    [InlineData(1, true, false)]
    [InlineData(2, true, true)]
    [InlineData(5, true, true)]
    // Every attempt was turned away before it arrived: something else deleted it, or it never was.
    [InlineData(2, false, false)]
    public async Task ADeletionThatWasLostAndThenFindsNothingIsDone(int attempts, bool reached, bool succeeds)
    {
        foreach (var name in new[] { "delete", "delete link" })
        {
            var stub = new Stub(request =>
            {
                Stub.Note(request, attempts, reached);
                return Stub.Answer("""{"error":"ResourceNotFound","detail":"Not found"}""", 404);
            });

            if (succeeds)
            {
                await Writes[name](stub.Client);
            }
            else
            {
                var error = Assert.IsType<PolarNotFoundException>(await Fail(Writes[name], stub));
                Assert.Equal(attempts, error.Attempts);
            }
        }
    }

    [Fact]
    public async Task OnlyDeletionsAndOnlyThingsThatAreGoneCountAsDone()
    {
        var gone = new Stub(request =>
        {
            Stub.Note(request, 2, true);
            return Stub.Answer("""{"error":"ResourceNotFound","detail":"Not found"}""", 404);
        });
        Assert.IsType<PolarNotFoundException>(await Fail(Reads["get"], gone));
        Assert.IsType<PolarNotFoundException>(await Fail(Writes["update"], gone));

        var noRoute = new Stub(request =>
        {
            Stub.Note(request, 2, true);
            return Stub.Answer("""{"detail":"Not Found"}""", 404);
        });
        Assert.IsType<PolarRouteNotFoundException>(await Fail(Writes["delete"], noRoute));
    }

    public static TheoryData<string> Secrets { get; } =
    [
        "polar_oat_3fQ9vR8tQ1mN5xW7yB2cD4eF6gH9jL0pS1uVaX1Qe7Y",
        "polar_pat_3fQ9vR8tQ1mN5xW7yB2cD4eF6gH9jL0pS1uVaX1Qe7Y",
        "polar_at_u_3fQ9vR8tQ1mN5xW7yB2cD4eF6gH9jL0pS1uVaX1Qe7Y",
        "polar_at_o_3fQ9vR8tQ1mN5xW7yB2cD4eF6gH9jL0pS1uVaX1Qe7Y",
        "polar_cst_3fQ9vR8tQ1mN5xW7yB2cD4eF6gH9jL0pS1uVaX1Qe7Y",
        "polar_mst_3fQ9vR8tQ1mN5xW7yB2cD4eF6gH9jL0pS1uVaX1Qe7Y",
        "polar_c_3fQ9vR8tQ1mN5xW7yB2cD4eF6gH9jL0pS1uVaX1Qe7Y",
        "whsec_3fQ9vR8tQ1mN5xW7yB2cD4eF6gH9jL0+/=",
        "https://files.test/a.pdf?X-Amz-Signature=3fQ9vR8tQ1mN5xW7yB2c&X-Amz-Date=20261122",
        "Bearer 3fQ9vR8tQ1mN5xW7yB2cD4eF",
    ];

    [Theory]
    [MemberData(nameof(Secrets))]
    public async Task NoSecretIsInAnyTextOfAnException(string secret)
    {
        var json = System.Text.Json.JsonSerializer.Serialize(secret, Plain.Default.String);
        var answers = new (int Status, string? Body, string? Type, string? Headers)[]
        {
            (
                422,
                $$"""{"error":"E","detail":[{"type":"t","loc":["body","a"],"msg":{{json}},"input":{{json}}}]}""",
                Json,
                null
            ),
            (
                422,
                $$"""{"error":"E","detail":[{"type":{{json}},"loc":["body",{{json}}],"msg":"m","input":{"a":{{json}} } }]}""",
                Json,
                null
            ),
            (422, $$"""{"error":{{json}},"detail":{{json}} }""", Json, null),
            (422, $$"""{"error":"E","detail":{"input":{{json}},"other":[{{json}}]} }""", Json, null),
            (422, $$"""{"detail":[{"msg":"m","input":{{json[..^4]}}""", Json, null),
            (401, $$"""{"error":"invalid_token","error_description":{{json}} }""", Json, null),
            (403, $$"""{"error":"insufficient_scope"}""", Json, $"WWW-Authenticate: Bearer scope=\"{secret}\""),
            (409, $$"""{"error":"E","detail":{{json}} }""", Json, null),
            (429, $$"""{"error":"E","detail":{{json}} }""", Json, null),
            (500, $"Traceback: token={secret} and {secret}", "text/plain", null),
            (500, new string(' ', 300) + new string('x', 480) + " " + secret, "text/plain", null),
            (302, null, null, $"Location: {secret}"),
            (302, null, null, $"Location: https://elsewhere.test/{secret}/x?token={secret}#{secret}"),
            (200, $"<html>{secret}</html>", "text/html", null),
            (200, $$"""{"name":{{json}},"prices":{{json}}""", Json, null),
        };
        foreach (var (status, body, type, headers) in answers)
        {
            foreach (
                var call in new[] { Reads["get"], Writes["create"], client => client.SendAsync("PUT", Path(secret)) }
            )
            {
                var stub = new Stub(_ => Stub.Answer(body, status, type, headers));
                if (await Record.ExceptionAsync(() => call(stub.Client)) is { } error)
                {
                    AssertIsSilent(error, secret);
                }
                else
                {
                    Assert.Equal(200, status);
                }
            }
        }

        foreach (var cause in Causes(secret))
        {
            var stub = new Stub(_ => throw cause);
            AssertIsSilent(await Fail(Reads["get"], stub), secret);
            AssertIsSilent(await Fail(Writes["create"], stub), secret);
            AssertIsSilent(await Fail(client => client.SendAsync("POST", Path(secret)), stub), secret);
        }
    }

    [Fact]
    public async Task WhatACallerSentIsNotRepeatedFromARefusal()
    {
        // A license key has no shape to know it by; only the field tells.
        const string Key = "NWND-8F1E2D3C-4B5A";
        foreach (
            var body in new[]
            {
                $$"""{"error":"E","detail":[{"type":"t","loc":["body","key"],"msg":"Too short","input":"{{Key}}","ctx":{"given":"{{Key}}"} }]}""",
                $$"""{"error":"E","detail":[{"type":"t","loc":["body","key"],"msg":"Too short","input":{"key":"{{Key}}"} }]}""",
                $$"""{"error":"E","detail":{"key":"{{Key}}","input":"{{Key}}"} }""",
                $$"""{"error":"E","detail":{"msg":"m","input":"{{Key[..6]}}""",
            }
        )
        {
            var stub = new Stub(_ => Stub.Answer(body, 422));

            AssertIsSilent(await Fail(Writes["create"], stub), Key[..6]);
        }
    }

    private const string Json = "application/json";

    private static string Path(string secret) => "/v1/x?token=" + Uri.EscapeDataString(secret);

    private static IEnumerable<Exception> Causes(string secret)
    {
        yield return new HttpRequestException($"No route for {secret}");
        yield return new HttpRequestException("outside", new IOException($"inside {secret}", new SocketException(104)));
        yield return new TimeoutException($"{secret} took too long", new IOException(secret));
        yield return new IOException(secret);
        yield return new OperationCanceledException(secret);
    }

    private static void AssertIsSilent(Exception error, string secret)
    {
        // The end of it is the secret; what comes before may say of which kind it was.
        var telling = secret.Length > 16 ? secret[^12..] : secret;
        var polar = Assert.IsAssignableFrom<PolarException>(error);
        string?[] texts =
        [
            polar.ToString(),
            polar.Message,
            polar.Detail,
            polar.ErrorName,
            polar.Path,
            (polar as PolarRedirectException)?.Location,
            (polar as PolarPermissionException)?.RequiredScopes,
            .. (polar as PolarValidationException)?.Errors.Select(field =>
                $"{field} {field.Location} {field.Field} {field.Message} {field.Type}"
            ) ?? [],
        ];
        foreach (var text in texts)
        {
            Assert.DoesNotContain(telling, text ?? string.Empty, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, Uri.UnescapeDataString(text ?? string.Empty), StringComparison.Ordinal);
        }
    }

    private static async Task<PolarException> Fail(Func<PolarClient, Task> call, Stub stub) =>
        await Assert.ThrowsAnyAsync<PolarException>(() => call(stub.Client));

    private static Exception Silence(string kind) =>
        kind switch
        {
            "refused" => new HttpRequestException("No connection", new SocketException(111, "the innermost reason")),
            "reset" => new HttpRequestException("the innermost reason"),
            "broken stream" => new IOException("the innermost reason"),
            "time-out" => new TimeoutException("polar.test did not answer within 30 s."),
            "cancelled inside" => new TaskCanceledException("A time-out of the HttpClient's own."),
            _ => new HttpRequestException("a", new IOException("b", new IOException("the innermost reason"))),
        };

    private static void CheckDetails(Refusal refusal, PolarException error)
    {
        switch (error)
        {
            case PolarAuthenticationException refused:
                Assert.Equal(refusal.Error == "invalid_token", refused.TokenRefused);
                break;
            case PolarPermissionException forbidden:
                Assert.Equal(refusal.Scopes, forbidden.RequiredScopes);
                Assert.Equal(refusal.Error == "insufficient_scope", forbidden.ScopeMissing);
                break;
            case PolarRateLimitException limited:
                Assert.Equal(refusal.RetryAfter, limited.RetryAfter?.TotalSeconds);
                break;
            case PolarRedirectException redirect:
                Assert.Equal(refusal.Location, redirect.Location);
                break;
            case PolarValidationException invalid when refusal.Errors is { } expected:
                Assert.Equal(
                    expected,
                    invalid.Errors.Select(field => $"{field.Location}|{field.Field}|{field.Message}|{field.Type}")
                );
                break;
        }
    }

    private sealed record Refusal(Type Exception, int Status)
    {
        public string? Body { get; init; }

        public string? Type { get; init; } = Json;

        public string? Headers { get; init; }

        public string? Error { get; init; }

        public string? Detail { get; init; }

        /// <summary>location|field|message|type of each; null where only that nothing breaks is of interest.</summary>
        public string[]? Errors { get; init; } = [];

        public string? Scopes { get; init; }

        public double? RetryAfter { get; init; }

        public string? Location { get; init; }

        /// <summary>Whether a change may have been made in spite of it.</summary>
        public bool Unsettled { get; init; }

        /// <summary>What the message has to contain.</summary>
        public string Says { get; init; } = string.Empty;
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count) => throw new IOException("It broke.");

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("It broke.");

        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) =>
            throw new IOException("It broke.");
    }
}

[System.Text.Json.Serialization.JsonSerializable(typeof(string))]
internal sealed partial class Plain : System.Text.Json.Serialization.JsonSerializerContext;
