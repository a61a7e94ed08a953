using PolarPS.Client.Models;
using Xunit;
using static PolarPS.Client.Tests.Operations.Wire;

namespace PolarPS.Client.Tests.Operations;

public class BenefitsTests
{
    [Fact]
    public async Task BenefitsAreSent()
    {
        await ListsAsync(
            polar =>
                polar.Benefits.List(
                    new BenefitQuery
                    {
                        OrganizationId = [Id],
                        Type = ["discord"],
                        Id = [Id],
                        ExcludeId = [Other],
                        Query = "support",
                        Metadata = new Dictionary<string, object?> { ["tier"] = "gold" },
                        Sorting = ["user_order"],
                    }
                ),
            $"/v1/benefits/?organization_id={Id}&type=discord&id={Id}&exclude_id={Other}&query=support"
                + "&metadata%5Btier%5D=gold&sorting=user_order"
        );
        await SendsAsync(polar => polar.Benefits.GetAsync(Id), $"GET /v1/benefits/{Id}");
        await SendsAsync(
            polar =>
                polar.Benefits.CreateAsync(
                    new BenefitCreate
                    {
                        Type = "license_keys",
                        Description = "Desktop license",
                        Properties = new BenefitPropertiesInput
                        {
                            Prefix = "NWND",
                            Expires = new LicenseKeyExpiration { Ttl = 1, Timeframe = "year" },
                            Activations = null,
                        },
                    }
                ),
            "POST /v1/benefits/",
            """{"type":"license_keys","description":"Desktop license","properties":{"prefix":"NWND","expires":{"ttl":1,"timeframe":"year"},"activations":null}}"""
        );
        await SendsAsync(
            polar =>
                polar.Benefits.UpdateAsync(
                    Id,
                    new BenefitUpdate
                    {
                        Type = "custom",
                        Properties = new BenefitPropertiesInput { Note = null },
                    }
                ),
            $"PATCH /v1/benefits/{Id}",
            """{"type":"custom","properties":{"note":null}}"""
        );
        await SendsAsync(polar => polar.Benefits.DeleteAsync(Id), $"DELETE /v1/benefits/{Id}");
        await ListsAsync(polar => polar.Benefits.ListFiles(Id), $"/v1/benefits/{Id}/files");
    }

    [Fact]
    public async Task GrantsAreSent()
    {
        await ListsAsync(
            polar =>
                polar.Benefits.ListGrants(
                    Id,
                    new BenefitGrantOfBenefitQuery
                    {
                        IsGranted = false,
                        CustomerId = [Id],
                        MemberId = [Other],
                    }
                ),
            $"/v1/benefits/{Id}/grants?is_granted=false&customer_id={Id}&member_id={Other}"
        );
        await ListsAsync(
            polar =>
                polar.BenefitGrants.List(
                    new BenefitGrantQuery
                    {
                        OrganizationId = [Id],
                        CustomerId = [Id],
                        ExternalCustomerId = ["42"],
                        IsGranted = true,
                        Sorting = ["-granted_at"],
                    }
                ),
            $"/v1/benefit-grants/?organization_id={Id}&customer_id={Id}&external_customer_id=42&is_granted=true&sorting=-granted_at"
        );
    }

    [Theory]
    [InlineData("""{"display_key":"****-9F2C1A","user_provided_key":"secret-9F2C1A"}""", "****-9F2C1A")]
    [InlineData("""{"user_provided_key":"secret"}""", "")]
    [InlineData("""{"repository_owner":"north","repository_name":"wind","account_id":"7"}""", "north/wind")]
    [InlineData("""{"channel_name":"acme","invite_url":"https://slack.test/secret"}""", "acme")]
    [InlineData("""{"invited_email":"ana@example.com"}""", "ana@example.com")]
    [InlineData("""{"account_id":"7","granted_account_id":"8"}""", "8")]
    [InlineData("""{"account_id":"7"}""", "7")]
    [InlineData("""{"last_credited_units":1000,"last_credited_at":"yesterday"}""", "1000 units")]
    [InlineData("""{"files":["a","b"]}""", "a; b")]
    [InlineData("{}", "")]
    public async Task WhatAGrantGaveIsNamedWithoutSecrets(string properties, string text)
    {
        var polar = Answering(
            $$$"""
            {"items":[{"id":"1","benefit":{"description":"Pro"},"customer":{"email":"ana@example.com"},"properties":{{{properties}}},
             "error":{"message":"No such role","type":"missing"}}],"pagination":{"total_count":1,"max_page":1}}
            """
        );

        await foreach (var grant in polar.BenefitGrants.List())
        {
            Assert.Equal("Pro: ana@example.com", grant.ToString());
            Assert.Equal("No such role", grant.Error!.ToString());
            Assert.Equal(text, grant.Properties!.ToString());
        }
    }

    [Fact]
    public async Task LicenseKeysAreSent()
    {
        await ListsAsync(
            polar =>
                polar.LicenseKeys.List(
                    new LicenseKeyQuery
                    {
                        OrganizationId = [Id],
                        BenefitId = [Other],
                        Status = ["granted", "disabled"],
                    }
                ),
            $"/v1/license-keys/?organization_id={Id}&benefit_id={Other}&status=granted&status=disabled"
        );
        await SendsAsync(polar => polar.LicenseKeys.GetAsync(Id), $"GET /v1/license-keys/{Id}");
        await SendsAsync(
            polar => polar.LicenseKeys.UpdateAsync(Id, new LicenseKeyUpdate { Status = "disabled", ExpiresAt = null }),
            $"PATCH /v1/license-keys/{Id}",
            """{"status":"disabled","expires_at":null}"""
        );
        await SendsAsync(polar => polar.LicenseKeys.RotateAsync(Id), $"POST /v1/license-keys/{Id}/rotate");
        await SendsAsync(
            polar => polar.LicenseKeys.GetActivationAsync(Id, Other),
            $"GET /v1/license-keys/{Id}/activations/{Other}"
        );
        await SendsAsync(
            polar =>
                polar.LicenseKeys.ActivateAsync(
                    new LicenseKeyActivate
                    {
                        Key = "K",
                        OrganizationId = Id,
                        Label = "laptop",
                        Conditions = new Dictionary<string, object?> { ["major"] = 2 },
                    }
                ),
            "POST /v1/license-keys/activate",
            $$$"""{"key":"K","organization_id":"{{{Id}}}","label":"laptop","conditions":{"major":2}}"""
        );
        await SendsAsync(
            polar =>
                polar.LicenseKeys.DeactivateAsync(
                    new LicenseKeyDeactivate
                    {
                        Key = "K",
                        OrganizationId = Id,
                        ActivationId = Other,
                    }
                ),
            "POST /v1/license-keys/deactivate",
            $$$"""{"key":"K","organization_id":"{{{Id}}}","activation_id":"{{{Other}}}"}""",
            repeatable: true
        );
    }

    [Theory]
    [InlineData(null, false, true)]
    [InlineData(null, true, false)]
    [InlineData(0, true, true)]
    [InlineData(1, true, false)]
    public async Task CheckingIsRepeatedOnlyWhenNothingIsUsedUp(int? increment, bool isSet, bool repeatable)
    {
        var body = new LicenseKeyValidate { Key = "K", OrganizationId = Id };
        if (isSet)
        {
            body.IncrementUsage = increment;
        }

        await SendsAsync(
            polar => polar.LicenseKeys.ValidateAsync(body),
            "POST /v1/license-keys/validate",
            body.ToJson(),
            repeatable
        );
    }

    [Fact]
    public async Task UsingUpIsNoticedUnderTheApisOwnName()
    {
        var body = new LicenseKeyValidate { Key = "K", OrganizationId = Id };
        body.SetField("increment_usage", 5L);
        await SendsAsync(
            polar => polar.LicenseKeys.ValidateAsync(body),
            "POST /v1/license-keys/validate",
            body.ToJson(),
            repeatable: false
        );
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public async Task AQuestionThatGotNoAnswerLeavesNothingOpen(int increment, bool isOpen)
    {
        using var stub = new Stub(static _ => Stub.Answer(null, 502));
        var body = new LicenseKeyValidate { Key = "K", IncrementUsage = increment };
        var polar = stub.Client;
        var error = await Assert.ThrowsAsync<PolarServerException>(() => polar.LicenseKeys.ValidateAsync(body));
        Assert.Equal(isOpen, error.OutcomeUnknown);
        error = await Assert.ThrowsAsync<PolarServerException>(() => polar.Portal.LicenseKeys.ValidateAsync(body));
        Assert.Equal(isOpen, error.OutcomeUnknown);
    }

    [Theory]
    [InlineData(2, true, true)]
    [InlineData(2, false, false)]
    [InlineData(1, true, false)]
    public async Task AnActivationThatALostAttemptEndedIsEnded(int attempts, bool mayHaveReached, bool isDone)
    {
        using var stub = new Stub(request =>
        {
            Stub.Note(request, attempts, mayHaveReached);
            return Stub.Answer("""{"error":"ResourceNotFound","detail":"Not found"}""", 404);
        });
        var ending = stub.Client.LicenseKeys.DeactivateAsync(new LicenseKeyDeactivate { Key = "K" });

        if (isDone)
        {
            await ending;
        }
        else
        {
            await Assert.ThrowsAsync<PolarNotFoundException>(() => ending);
        }
    }
}
