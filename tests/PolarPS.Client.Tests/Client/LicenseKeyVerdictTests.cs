using PolarPS.Client.Models;
using Xunit;

namespace PolarPS.Client.Tests.Client;

/// <summary>A license key is valid only where the answer itself says so, and not valid only where Polar itself does.</summary>
public class LicenseKeyVerdictTests
{
    private const string Organization = "8cabdca5-cf97-4f4e-851c-fddffa691a55";
    private const string Other = "11111111-0a5b-4c0f-8e1d-ba9876543210";

    [Theory]
    [InlineData(200, """{"key":"K","status":"granted"}""", "valid")]
    [InlineData(
        200,
        """{"key":"K","status":"granted","organization_id":"8CABDCA5-CF97-4F4E-851C-FDDFFA691A55"}""",
        "valid"
    )]
    [InlineData(200, """{"key":"K","status":"granted","new":[]}""", "valid")]
    [InlineData(200, """{"key":"K","status":"revoked"}""", "The license key is revoked.")]
    [InlineData(200, """{"key":"K","status":"disabled"}""", "The license key is disabled.")]
    [InlineData(200, """{"key":"K","status":"GRANTED"}""", "The license key is GRANTED.")]
    [InlineData(200, """{"key":"k","status":"granted"}""", null)]
    [InlineData(
        200,
        """{"key":"K","status":"granted","organization_id":"11111111-0a5b-4c0f-8e1d-ba9876543210"}""",
        null
    )]
    [InlineData(200, """{"key":"K","status":null}""", null)]
    [InlineData(200, """{"key":"K","status":1}""", null)]
    [InlineData(200, """{"status":"granted"}""", null)]
    [InlineData(200, """{"items":[{"key":"K","status":"granted"}]}""", null)]
    [InlineData(200, "{}", null)]
    [InlineData(200, "[]", null)]
    [InlineData(200, "null", null)]
    [InlineData(200, "true", null)]
    [InlineData(200, "<html>granted</html>", null)]
    [InlineData(
        404,
        """{"error":"ResourceNotFound","detail":"License key has expired."}""",
        "License key has expired."
    )]
    [InlineData(404, """{"error":"ResourceNotFound","detail":""}""", null)]
    [InlineData(404, """{"error":"ResourceNotFound"}""", null)]
    [InlineData(404, """{"error":"NotFound","detail":"x"}""", null)]
    [InlineData(404, """{"error":"not_found","detail":"x"}""", null)]
    [InlineData(404, """{"error":"Not Found","detail":"x"}""", null)]
    [InlineData(404, """{"detail":"Not Found"}""", null)]
    [InlineData(404, "<html>404</html>", null)]
    [InlineData(404, "", null)]
    [InlineData(400, """{"error":"BadRequest","detail":"Only 2 more."}""", "Only 2 more.")]
    [InlineData(400, """{"error":"BadRequest"}""", null)]
    [InlineData(400, """{"error":"bad_request","detail":"x"}""", null)]
    [InlineData(400, "<html>400</html>", null)]
    [InlineData(400, "Bad Request", null)]
    [InlineData(400, "", null)]
    [InlineData(403, """{"error":"NotPermitted","detail":"x"}""", null)]
    [InlineData(410, """{"error":"ResourceNotFound","detail":"x"}""", null)]
    [InlineData(
        422,
        """{"error":"RequestValidationError","detail":[{"type":"x","loc":["body","key"],"msg":"x"}]}""",
        null
    )]
    [InlineData(500, """{"error":"ResourceNotFound","detail":"x"}""", null)]
    public async Task OnlyPolarsOwnWordIsAVerdict(int status, string body, string? expected)
    {
        foreach (var isPortal in new[] { false, true })
        {
            var stub = new Stub(_ => Stub.Answer(body, status));
            var asked = new LicenseKeyValidate { Key = "K", OrganizationId = Organization };
            var asking = isPortal
                ? stub.Client.Portal.LicenseKeys.TestAsync(asked)
                : stub.Client.LicenseKeys.TestAsync(asked);
            if (expected is null)
            {
                await Assert.ThrowsAnyAsync<PolarException>(() => asking);
                continue;
            }

            var verdict = await asking;
            Assert.Equal(expected == "valid", verdict.IsValid);
            Assert.Equal(expected == "valid" ? null : expected, verdict.Reason);
            Assert.Equal(verdict.IsValid, verdict.LicenseKey is not null);
        }
    }

    [Theory]
    [InlineData("benefit_id")]
    [InlineData("customer_id")]
    public async Task AnAnswerAboutSomethingElseIsNone(string field)
    {
        var stub = new Stub(_ => Stub.Answer($$"""{"key":"K","status":"granted","{{field}}":"{{Other}}"}"""));
        var asked = new LicenseKeyValidate { Key = "K" };
        asked.SetField(field, Organization);

        await Assert.ThrowsAsync<PolarResponseException>(() => stub.Client.LicenseKeys.TestAsync(asked));

        asked.SetField(field, Other);
        Assert.True((await stub.Client.LicenseKeys.TestAsync(asked)).IsValid);
    }

    [Fact]
    public async Task AnActivationThatWasAskedForHasToBeInTheAnswer()
    {
        var asked = new LicenseKeyValidate { Key = "K", ActivationId = Other };
        var without = new Stub("""{"key":"K","status":"granted","activation":null}""");
        var with = new Stub($$"""{"key":"K","status":"granted","activation":{"id":"{{Other}}"} }""");

        await Assert.ThrowsAsync<PolarResponseException>(() => without.Client.LicenseKeys.TestAsync(asked));
        Assert.True((await with.Client.LicenseKeys.TestAsync(asked)).IsValid);
    }
}
