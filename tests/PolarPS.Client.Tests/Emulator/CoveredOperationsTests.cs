using System.Net.Http;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PolarPS.Client.Tests.Prism;
using Xunit;
using Xunit.Abstractions;

namespace PolarPS.Client.Tests.Emulator;

/// <summary>
/// What the tests have seen of each operation of the emulator: that it works, and how it refuses an id that leads nowhere,
/// what is invalid, and callers without permission. What no test has asked is asked here; what then is missing fails.
/// </summary>
[Collection(AtTheEnd.Name)]
public sealed class CoveredOperationsTests(ITestOutputHelper output)
{
    private const string Invalid = "not-an-id";

    // An OAuth client is reached with its own token only: of one that is not there, no token can be good (RFC 7592).
    private static readonly string[] Guarded =
    [
        "oauth2:clients:oauth2:get_client",
        "oauth2:clients:oauth2:update_client",
        "oauth2:clients:oauth2:delete_client",
    ];

    [DescribedFact]
    public async Task EachOperationWorksAndRefuses()
    {
        await AskWhatIsMissingAsync();
        var seen = Traffic.All.ToLookup(static exchange => exchange.Operation);
        var table = new StringBuilder();
        var gaps = new List<string>();
        table.AppendLine(
            CultureInfo.InvariantCulture,
            $"{"operation", -52} {"happy", -6} {"not found", -10} {"invalid", -8} unauthorized"
        );
        foreach (var operation in ApiDescription.Instance.Operations)
        {
            var (method, path) = (operation.Method, operation.Path);
            var id = operation.Id;
            var exchanges = seen[id].ToList();
            var cells = new (string Name, bool MakesSense, Func<Exchange, bool> IsIt)[]
            {
                ("happy", true, static exchange => exchange.Status is >= 200 and < 400),
                ("not found", HasPlace(path) && !Guarded.Contains(id), static exchange => exchange.Status == 404),
                ("invalid", CanBeInvalid(operation), static exchange => exchange.Status is 422 or 400),
                // An operation that needs no token cannot lack one.
                (
                    "unauthorized",
                    !exchanges.Exists(static exchange => exchange.IsHappy && !HasToken(exchange)),
                    static exchange => exchange.Status == 401
                ),
            };
            var marks = cells
                .Select(cell =>
                    exchanges.Exists(exchange => cell.IsIt(exchange)) ? "x"
                    : cell.MakesSense ? "?"
                    : "-"
                )
                .ToArray();
            table.AppendLine(
                CultureInfo.InvariantCulture,
                $"{id, -52} {marks[0], -6} {marks[1], -10} {marks[2], -8} {marks[3]}"
            );
            gaps.AddRange(
                cells
                    .Zip(marks)
                    .Where(static pair => pair.Second == "?")
                    .Select(pair => $"{id} ({method} {path}): {pair.First.Name}")
            );
        }

        output.WriteLine(table.ToString());
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "reports"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "emulator-operations.txt"), table.ToString());
        Assert.True(gaps.Count == 0, $"not seen:{Environment.NewLine}{string.Join(Environment.NewLine, gaps)}");
    }

    // From what went well follow the refusals: the same without a token, with an id that leads nowhere, with nonsense.
    private static async Task AskWhatIsMissingAsync()
    {
        var happy = Traffic
            .All.Where(static exchange => exchange.IsHappy)
            .ToLookup(static exchange => exchange.Operation);
        using var shop = new Shop();
        foreach (var operation in ApiDescription.Instance.Operations)
        {
            var (method, path) = (operation.Method, operation.Path);
            var model = happy[operation.Id].FirstOrDefault();
            var body = model?.Body is { } bytes ? Encoding.UTF8.GetString(bytes) : null;
            var query =
                model?.Target is { } target && target.Contains('?', StringComparison.Ordinal)
                    ? target[target.IndexOf('?', StringComparison.Ordinal)..]
                    : string.Empty;
            var isPortal = path.StartsWith("/v1/customer-portal/", StringComparison.Ordinal);
            var type = model?.Headers.FirstOrDefault(static header => header.Key == "Content-Type").Value;
            Task<Answer> Send(string to, string? text) =>
                shop.Send(
                    new HttpMethod(method),
                    to,
                    null,
                    request =>
                    {
                        if (text is not null)
                        {
                            request.Content = new StringContent(text, Encoding.UTF8);
                            request.Content.Headers.Remove("Content-Type");
                            request.Content.Headers.TryAddWithoutValidation("Content-Type", type ?? "application/json");
                        }
                    }
                );

            shop.Token = null;
            await Send(With(path, Places.Nobody) + query, body);
            shop.Token =
                !isPortal ? shop.Emulator.AccessToken
                : path.Contains("/members", StringComparison.Ordinal) ? await SessionAsync(shop, "Vind Charter")
                : await SessionAsync(shop, "Jonas Brandt");
            await Send(With(path, Places.Nobody) + query, body);
            await Send(With(path, Invalid) + query, body is null ? null : "[]");
            if (operation.Parameters.Any(static parameter => parameter.Name == "page"))
            {
                await Send((model?.Target.Split('?')[0] ?? With(path, Places.Nobody)) + "?page=0", body);
            }
        }
    }

    // Of the customer, or of the one who owns the team.
    private static async Task<string> SessionAsync(Shop shop, string name)
    {
        shop.Token = shop.Emulator.AccessToken;
        var customer = await shop.Id("customers", name);
        var members = await shop.Get($"/v1/customers/{customer}/members?role=owner");
        var member = members.Status == 200 && members.Items.Count > 0 ? (string?)members.Items[0]!["id"] : null;
        var session = await shop.Post(
            "/v1/customer-sessions/",
            member is null
                ? $"{{'customer_id':'{customer}'}}"
                : $"{{'customer_id':'{customer}','member_id':'{member}'}}"
        );
        return (string)session.Body!["token"]!;
    }

    private static string With(string path, string id) => Regex.Replace(path, @"\{\w+\}", id);

    private static bool HasPlace(string path) => path.Contains('{', StringComparison.Ordinal);

    private static bool CanBeInvalid(ApiOperation operation) =>
        operation.BodySchema is not null
        || operation.Parameters.Any(static parameter =>
            parameter.Name == "page" || (parameter.IsPath && (string?)parameter.Schema["format"] == "uuid")
        );

    private static bool HasToken(Exchange exchange) =>
        exchange.Headers.Any(static header => header.Key == "Authorization");
}
