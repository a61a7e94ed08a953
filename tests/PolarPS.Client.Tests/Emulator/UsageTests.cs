using Xunit;

namespace PolarPS.Client.Tests.Emulator;

/// <summary>What is particular to events.</summary>
public sealed class UsageTests
{
    [Fact]
    public async Task EventsAreOfWhatIsThere()
    {
        using var shop = new Shop();
        const string nobody = "0f8fad5b-d9cb-469f-a165-70867728950e";
        var customer = await shop.Id("customers", "Jonas Brandt");
        async Task<(string, string)> Refused(string more)
        {
            var answer = await shop.Post("/v1/events/ingest", $"{{'events':[{{'name':'ping',{more}}}]}}");
            return (answer.Types.Single(), answer.Places.Single());
        }

        Assert.Equal(("customer_id", "body.events.0.customer_id"), await Refused($"'customer_id':'{nobody}'"));
        Assert.Equal(
            ("member_id", "body.events.0.member_id"),
            await Refused($"'customer_id':'{customer}','member_id':'{nobody}'")
        );
        Assert.Equal(
            ("organization_token", "body.events.0.organization_id"),
            await Refused($"'customer_id':'{customer}','organization_id':'{nobody}'")
        );
        shop.Token = shop.Emulator.CreateUserToken();
        Assert.Equal(
            ("organization_id", "body.events.0.organization_id"),
            await Refused($"'customer_id':'{customer}','organization_id':'{nobody}'")
        );
    }
}
