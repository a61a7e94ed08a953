using Xunit;

namespace PolarPS.Client.Tests.Emulator;

/// <summary>What is particular to benefits.</summary>
public sealed class BenefitsTests
{
    [Fact]
    public async Task BenefitsKeepTheirType()
    {
        using var shop = new Shop();
        var id = await shop.Id("benefits", "The harbour on Discord", "description");
        var other = await shop.Patch($"/v1/benefits/{id}", "{'type':'custom','properties':{'note':'x'}}");
        Assert.Equal(["body.type"], other.Places);
        var incomplete = await shop.Patch($"/v1/benefits/{id}", "{'type':'discord','properties':{'guild_id':'1'}}");
        Assert.Equal(
            ["body.BenefitDiscordUpdate.properties.role_id", "body.BenefitDiscordUpdate.properties.kick_member"],
            incomplete.Places
        );
        var none = await shop.Patch($"/v1/benefits/{id}", "{'description':'Quay'}");
        Assert.Equal(8, none.Places.Length);
        var right = await shop.Patch(
            $"/v1/benefits/{id}",
            "{'type':'discord','description':'The quay','properties':{'guild_id':'1','role_id':'2','kick_member':false}}"
        );
        Assert.Equal(200, right.Status);
        Assert.Equal("1", (string)right.Body!["properties"]!["guild_id"]!);
    }
}
