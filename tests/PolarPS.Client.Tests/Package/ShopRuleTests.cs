using PolarPS.Client.Models;
using PolarPS.Emulator;
using Xunit;
using static PolarPS.Client.Tests.Package.PolarHttpClientTests;

namespace PolarPS.Client.Tests.Package;

/// <summary>What one has to know of Polar, in one call each, over the emulator.</summary>
public sealed class ShopRuleTests : IDisposable
{
    private readonly PolarEmulator _emulator = new();
    private readonly PolarHttpClient _polar;

    public ShopRuleTests() => _polar = new PolarHttpClient(_emulator.AccessToken, Inside(_emulator));

    public void Dispose() => _polar.Dispose();

    [Fact]
    public async Task ARefundIsGotById()
    {
        var refund = await FirstAsync(_polar.Refunds.List());

        Assert.Equal(refund.Amount, (await _polar.Refunds.GetAsync(refund.Id!)).Amount);
        Assert.Equal(refund.Id, (await _polar.Refunds.GetAsync(refund.Id!.ToUpperInvariant())).Id);
        var missing = await Assert.ThrowsAsync<PolarNotFoundException>(() =>
            _polar.Refunds.GetAsync("9d2c1a34-6f0e-4b58-8a77-3f5d0c1e2b99")
        );
        Assert.Equal("/v1/refunds/?id=9d2c1a34-6f0e-4b58-8a77-3f5d0c1e2b99", missing.Path);
    }

    [Theory]
    [InlineData("till-7")]
    [InlineData("till/7")]
    public async Task ACustomerIsFoundByAnIdOfOnesOwn(string externalId)
    {
        var made = await _polar.Customers.CreateAsync(
            new CustomerCreate { Email = "ada@example.com", ExternalId = externalId }
        );

        Assert.Equal(made.Id, (await _polar.Customers.FindExternalAsync(externalId))?.Id);
        Assert.Null(await _polar.Customers.FindExternalAsync(externalId + "0"));
    }

    [Fact]
    public async Task ABenefitKeepsThePropertiesThatAreNotChanged()
    {
        var made = await MakeKeysAsync();

        var changed = await _polar.Benefits.MergeAsync(
            made.Id!,
            new BenefitUpdate
            {
                Description = "Two desks",
                Properties = new BenefitPropertiesInput
                {
                    LimitUsage = 9,
                    Activations = new LicenseKeyActivationLimit { Limit = 2 },
                },
            }
        );

        var properties = changed.Properties!;
        Assert.Equal(("Two desks", "KEEP", 9L), (changed.Description, properties.Prefix, properties.LimitUsage));
        Assert.Equal((1, "year"), (properties.Expires!.Ttl, properties.Expires.Timeframe));
        Assert.Equal((2, true), (properties.Activations!.Limit, properties.Activations.EnableCustomerAdmin));

        var cleared = await _polar.Benefits.MergeAsync(
            made.Id!,
            new BenefitUpdate
            {
                Properties = new BenefitPropertiesInput { Prefix = null, Activations = null },
            }
        );
        Assert.Null(cleared.Properties!.Prefix);
        Assert.Null(cleared.Properties.Activations);
        Assert.Equal(9, cleared.Properties.LimitUsage);
    }

    [Fact]
    public async Task ABenefitThatIsSoAlreadyIsNotSent()
    {
        var made = await MakeKeysAsync();
        var before = _emulator.RequestCount;

        await _polar.Benefits.MergeAsync(
            made.Id!,
            new BenefitUpdate { Properties = new BenefitPropertiesInput { Prefix = "KEEP" } }
        );

        Assert.Equal(before + 1, _emulator.RequestCount);
    }

    [Fact]
    public async Task AChangeThatMakesNoSenseIsRefused()
    {
        var made = await MakeKeysAsync();
        var off = await _polar.Benefits.MergeAsync(
            made.Id!,
            new BenefitUpdate { Properties = new BenefitPropertiesInput { Activations = null } }
        );
        var before = _emulator.RequestCount;
        BenefitUpdate[] changes =
        [
            new() { Type = "custom" },
            new()
            {
                Properties = new BenefitPropertiesInput
                {
                    Activations = new LicenseKeyActivationLimit { EnableCustomerAdmin = true },
                },
            },
            With(new() { ["limit"] = null, ["enable_customer_admin"] = true }),
        ];

        Assert.All(changes, change => Assert.Throws<ArgumentException>(() => BenefitRules.Merge(off, change)));
        Assert.Equal(before, _emulator.RequestCount);

        static BenefitUpdate With(Dictionary<string, object?> activations)
        {
            var update = new BenefitUpdate();
            update.SetField("properties", new Dictionary<string, object?> { ["activations"] = activations });
            return update;
        }
    }

    [Fact]
    public void AMergeLeavesWhatItWasGiven()
    {
        var change = new BenefitUpdate { Properties = new BenefitPropertiesInput { Note = "New" } };
        var json = change.ToJson();

        var update = BenefitRules.Merge(new Benefit { Type = "custom" }, change);

        Assert.Equal(json, change.ToJson());
        Assert.Equal("""{"properties":{"note":"New"},"type":"custom"}""", update.ToJson());
    }

    [Theory]
    [InlineData("discord", """{"kick_member":false}""")]
    [InlineData("meter_credit", """{"rollover":false}""")]
    [InlineData("custom", "{}")]
    [InlineData("license_keys", "{}")]
    public void ANewBenefitHasWhatPolarDemands(string type, string properties) =>
        Assert.Equal(
            $$"""{"type":"{{type}}","properties":{{properties}}}""",
            BenefitRules.Complete(new BenefitCreate { Type = type }).ToJson()
        );

    [Fact]
    public void WhatANewBenefitSaysStays() =>
        Assert.Equal(
            """{"type":"license_keys","properties":{"activations":{"limit":3,"enable_customer_admin":true}}}""",
            BenefitRules
                .Complete(
                    new BenefitCreate
                    {
                        Type = "license_keys",
                        Properties = new BenefitPropertiesInput
                        {
                            Activations = new LicenseKeyActivationLimit { Limit = 3, EnableCustomerAdmin = true },
                        },
                    }
                )
                .ToJson()
        );

    [Fact]
    public void SomeKindsHaveNoVisibility()
    {
        Assert.True(BenefitRules.IgnoresVisibility("discord"));
        Assert.False(BenefitRules.IgnoresVisibility("custom"));
        Assert.False(BenefitRules.IgnoresVisibility("something_new"));
        Assert.False(BenefitRules.IgnoresVisibility(null));
    }

    private static async Task<T> FirstAsync<T>(PagedList<T> list)
        where T : class
    {
        await foreach (var item in list)
        {
            return item;
        }

        throw new InvalidOperationException("The list is empty.");
    }

    private Task<Benefit> MakeKeysAsync() =>
        _polar.Benefits.CreateAsync(
            new BenefitCreate
            {
                Type = "license_keys",
                Description = "One desk",
                Properties = new BenefitPropertiesInput
                {
                    Prefix = "KEEP",
                    Expires = new LicenseKeyExpiration { Ttl = 1, Timeframe = "year" },
                    Activations = new LicenseKeyActivationLimit { Limit = 4, EnableCustomerAdmin = true },
                    LimitUsage = 5,
                },
            }
        );
}
