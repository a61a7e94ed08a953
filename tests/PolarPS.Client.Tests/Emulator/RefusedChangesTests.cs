using System.Net.Http;
using System.Text;
using PolarPS.Emulator;
using Xunit;

namespace PolarPS.Client.Tests.Emulator;

/// <summary>A refused change changes nothing: whatever an operation has done when it is refused, is taken back.</summary>
public sealed class RefusedChangesTests
{
    /// <summary>Method, path and body of every change that the tests know to succeed.</summary>
    public static TheoryData<string, string, string?> Changes
    {
        get
        {
            var changes = new TheoryData<string, string, string?>();
            var known = OperationTests
                .Operations.Concat(LedgerOperationTests.Operations)
                .Where(row => (string)row[0] != "GET" && (int)row[3] < 300);
            foreach (var row in known)
            {
                changes.Add((string)row[0], (string)row[1], (string?)row[2]);
            }

            return changes;
        }
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task ARefusalAtTheVeryEndLeavesNothing(string method, string path, string? body)
    {
        using var shop = new Shop(new EmulatorOptions { FreezeClock = true });
        var (target, text) = await OperationTests.Fill(shop, path, body);
        target = await Places.Fill(shop, target);
        text = text is null ? null : await Places.Fill(shop, text);
        shop.Token = path.Contains("/client/") || path.Contains("/claim") ? null : shop.Emulator.AccessToken;
        shop.Emulator.Core.Advance(shop.Emulator.Now);
        var before = Everything(shop.Emulator);
        shop.Emulator.Pipeline.Handled = static _ => throw ApiException.Plain(405, "Refused at the very end.");

        var answer = await shop.Send(new HttpMethod(method), target, text);

        Assert.Equal(405, answer.Status);
        Assert.Equal(before, Everything(shop.Emulator));

        // It would have been something.
        shop.Emulator.Pipeline.Handled = null;
        Assert.InRange((await shop.Send(new HttpMethod(method), target, text)).Status, 200, 299);
    }

    [Theory]
    [InlineData("products", "name", "Harbor", "'recurring_interval':'year'", 422)]
    [InlineData("products", "name", "Harbor", "'prices':[]", 422)]
    [InlineData("checkout-links", "label", "Sailing school", "'label':'Other','seats':9", 422)]
    [InlineData("discounts", "name", "Spring tide", "'name':'Other','duration':'forever'", 422)]
    [InlineData("discounts", "name", "Spring tide", "'name':'Other','code':'FAIRWINDS'", 422)]
    [InlineData("customers", "name", "Jonas Brandt", "'name':'Other','billing_address':null", 422)]
    [InlineData("customers", "name", "Claire Moreau", "'name':'Other','billing_address':{'country':'GB'}", 422)]
    [InlineData("subscriptions", "status", "active", "'discount_id':'0f8fad5b-d9cb-469f-a165-70867728950e'", 422)]
    [InlineData("subscriptions", "status", "canceled", "'trial_end':'now'", 403)]
    [InlineData("checkouts", "status", "open", "'customer_name':'Other','seats':3", 422)]
    [InlineData("checkouts", "status", "expired", "'customer_name':'Other'", 403)]
    [InlineData("meters", "name", "Forecast requests", "'name':'Other','is_archived':true", 422)]
    [InlineData("benefits", "type", "custom", "'type':'discord','description':'Other'", 422)]
    [InlineData("custom-fields", "name", "Vessel name", "'type':'text','name':'Other','slug':'home_waters'", 422)]
    [InlineData("orders", "status", "paid", "'billing_name':'Other','billing_address':{'country':'FJ'}", 422)]
    [InlineData("organizations", "slug", "northwind", "'name':'Other','sso_enforced':true", 409)]
    public async Task MetadataAndNamesOfARefusedChangeAreNotKept(
        string collection,
        string field,
        string name,
        string more,
        int status
    )
    {
        using var shop = new Shop(new EmulatorOptions { FreezeClock = true });
        var id = await shop.Id(collection, name, field);
        shop.Emulator.Core.Advance(shop.Emulator.Now);
        var before = Everything(shop.Emulator);

        var answer = await shop.Patch($"/v1/{collection}/{id}", $"{{'metadata':{{'refused':true}},{more}}}");

        Assert.True(answer.Status == status, answer.Body?.ToJsonString());
        Assert.Equal(before, Everything(shop.Emulator));
    }

    private static string Everything(PolarEmulator emulator)
    {
        var core = emulator.Core;
        var text = new StringBuilder();
        lock (core.Store.Gate)
        {
            foreach (var collection in core.Store.Collections.OrderBy(collection => collection.Kind))
            {
                foreach (var document in collection.Items)
                {
                    text.Append(collection.Kind).Append(' ').AppendLine(document.Row.ToJsonString());
                }
            }

            text.Append(core.Events.Log.Entries.Count).Append(' ').Append(core.Mails.Count).AppendLine();
            foreach (var (id, at) in core.Schedule.Entries)
            {
                text.Append(id).Append(' ').AppendLine(Timestamps.Format(at));
            }
        }

        return text.ToString();
    }
}
