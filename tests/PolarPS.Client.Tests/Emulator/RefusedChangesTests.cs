using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
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
