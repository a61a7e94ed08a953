using System.Net.Http;
using System.Text.Json.Nodes;
using PolarPS.Emulator;
using Xunit;

namespace PolarPS.Client.Tests.Emulator;

/// <summary>The emulator beside the API description: what it answers, and what it understands.</summary>
public sealed class ConformanceTests
{
    private static readonly string[] Collections =
    [
        "products",
        "checkout-links",
        "organizations",
        "discounts",
        "benefits",
        "meters",
        "custom-fields",
    ];

    // What came with the customers.
    private static readonly string[] Ledger =
    [
        "/v1/customers/",
        "/v1/checkouts/",
        "/v1/subscriptions/",
        "/v1/subscriptions/export",
        "/v1/orders/",
        "/v1/orders/export",
        "/v1/payments/",
        "/v1/refunds/",
        "/v1/disputes/",
        "/v1/benefit-grants/",
        "/v1/license-keys/",
        "/v1/events/",
        "/v1/events/names",
        "/v1/event-types/",
        "/v1/customer-meters/",
        "/v1/files/",
        "/v1/webhooks/endpoints",
        "/v1/webhooks/deliveries",
    ];

    [DescribedFact]
    public async Task EveryOperationIsServed()
    {
        using var shop = new Shop { Token = null };
        var missing = new List<string>();
        foreach (var operation in ApiDescription.Instance.Operations)
        {
            var (method, path) = (operation.Method, operation.Path);
            var target = System.Text.RegularExpressions.Regex.Replace(path, @"\{[^}]*\}", Places.Nobody);
            var answer = await shop.Send(new HttpMethod(method), target, method is "GET" or "DELETE" ? null : "{}");
            var isUnknown = answer.Status is 404 && answer.Error is null;
            if (isUnknown || answer.Status is 405 or 307)
            {
                missing.Add(method + " " + path);
            }
        }

        Assert.Empty(missing);
    }

    [DescribedFact]
    public async Task TheLedgerIsAsDescribed()
    {
        using var shop = new Shop();
        foreach (var path in Ledger.Where(path => !path.EndsWith("export", StringComparison.Ordinal)))
        {
            var page = 0;
            Answer list;
            do
            {
                list = await shop.Get($"{path}?limit=50&page={++page}");
                Assert.Equal(200, list.Status);
            } while (page < list.MaxPage);
            if (!path.StartsWith("/v1/webhooks", StringComparison.Ordinal) && path != "/v1/checkouts/")
            {
                Assert.True(list.TotalCount > 0, path);
            }
        }
    }

    [DescribedFact]
    public async Task EveryBodyOfTheLedgerIsHeldToItsForm()
    {
        using var shop = new Shop();
        var missed = new List<string>();
        var tried = 0;
        var targets = LedgerOperationTests
            .Operations.Where(row => row[2] is not null)
            .Select(row => (Method: (string)row[0], Path: (string)row[1]))
            .Distinct();
        foreach (var (method, template) in targets)
        {
            var target = await Places.Fill(shop, template);
            var schema = ApiDescription.Instance.Match(method, target.Split('?')[0])!.BodySchema!;
            shop.Token = template.Contains("/client/", StringComparison.Ordinal) ? null : shop.Emulator.AccessToken;
            foreach (var branch in Branches(schema))
            {
                foreach (var property in branch["properties"]!.AsObject())
                {
                    var body = Minimal(branch);
                    body[property.Key] = new JsonArray(new JsonArray(), new JsonObject { ["\0"] = null });
                    tried++;
                    var answer = await shop.Send(
                        new HttpMethod(method),
                        target,
                        body.ToJsonString().Replace('\'', ' ')
                    );
                    if (
                        answer.Status != 422
                        || !answer.Places.Any(place => place.Split('.').Contains(property.Key))
                            && property.Key is not ("type" or "service")
                    )
                    {
                        missed.Add($"{method} {template} {property.Key}: {answer.Status}");
                    }
                }

                foreach (var name in branch["required"]?.AsArray().Select(name => (string)name!) ?? [])
                {
                    var body = Minimal(branch);
                    body.Remove(name);
                    if (body.Count == 0 && method == "PATCH")
                    {
                        // An update of nothing, which the first of several forms allows.
                        continue;
                    }

                    tried++;
                    var answer = await shop.Send(new HttpMethod(method), target, body.ToJsonString());
                    if (answer.Status != 422 && !(name == "type" && answer.Status < 300))
                    {
                        missed.Add($"{method} {template} without {name}: {answer.Status}");
                    }
                }
            }
        }

        Assert.Empty(missed);
        Assert.InRange(tried, 200, 5000);
    }

    [DescribedFact]
    public async Task EverythingInTheShopIsAsDescribed()
    {
        using var shop = new Shop(new EmulatorOptions { ProductCount = 150 });
        foreach (var collection in Collections)
        {
            var page = 0;
            Answer list;
            do
            {
                list = await shop.Get($"/v1/{collection}/?limit=50&page={++page}");
                Assert.Equal(200, list.Status);
                foreach (var id in list.Texts("id").Take(20))
                {
                    Assert.Equal(200, (await shop.Get($"/v1/{collection}/{id}")).Status);
                }
            } while (page < list.MaxPage);
        }
    }

    [DescribedFact]
    public async Task EveryWayOfSortingIsUnderstood()
    {
        using var shop = new Shop();
        var tried = 0;
        foreach (var (path, parameter) in Parameters("sorting"))
        {
            var item = Resolve(Resolve(parameter.Schema)["items"]!);
            foreach (var name in item["enum"]!.AsArray())
            {
                Assert.Equal(200, (await shop.Get($"{path}?sorting={name}")).Status);
                tried++;
            }
        }

        Assert.InRange(tried, 40, 1000);
    }

    [DescribedFact]
    public async Task EveryQueryParameterWithAFormIsHeldToIt()
    {
        using var shop = new Shop();
        var missed = new List<string>();
        var tried = 0;
        foreach (var (path, parameter) in Parameters(null))
        {
            var name = parameter.Name;
            if (!HasForm(parameter.Schema))
            {
                continue;
            }

            tried++;
            var answer = await shop.Get($"{path}?{name}=no-such-value");
            if (
                answer.Status != 422
                || !answer.Places.Any(place => place.StartsWith("query." + name, StringComparison.Ordinal))
            )
            {
                missed.Add(path + " " + name);
            }
        }

        Assert.Empty(missed);
        Assert.InRange(tried, 30, 1000);
    }

    [DescribedFact]
    public async Task EveryFieldOfEveryBodyIsHeldToItsForm()
    {
        using var shop = new Shop();
        var user = shop.Emulator.CreateUserToken();
        var missed = new List<string>();
        var tried = 0;
        foreach (var (method, path, schema) in Bodies())
        {
            shop.Token = path == "/v1/organizations/" ? user : shop.Emulator.AccessToken;
            var target = path.Replace("{id}", await AnyId(shop, path), StringComparison.Ordinal);
            foreach (var branch in Branches(schema))
            {
                foreach (var property in branch["properties"]!.AsObject())
                {
                    // No field accepts this, and the rest of the body says which branch is meant.
                    var body = Minimal(branch);
                    body[property.Key] = new JsonArray(new JsonArray(), new JsonObject { ["\0"] = null });
                    tried++;
                    var answer = await shop.Send(
                        new HttpMethod(method),
                        target,
                        body.ToJsonString().Replace('\'', ' ')
                    );
                    if (
                        answer.Status != 422
                        || !answer.Places.Any(place => place.Split('.').Contains(property.Key))
                            && property.Key != "type"
                    )
                    {
                        missed.Add($"{method} {path} {property.Key}: {answer.Status}");
                    }
                }
            }
        }

        Assert.Empty(missed);
        Assert.InRange(tried, 150, 1000);
    }

    [DescribedFact]
    public async Task EveryRequiredFieldIsRequired()
    {
        using var shop = new Shop();
        var user = shop.Emulator.CreateUserToken();
        var missed = new List<string>();
        var tried = 0;
        foreach (var (method, path, schema) in Bodies())
        {
            shop.Token = path == "/v1/organizations/" ? user : shop.Emulator.AccessToken;
            var target = path.Replace("{id}", await AnyId(shop, path), StringComparison.Ordinal);
            foreach (var branch in Branches(schema))
            {
                foreach (var name in branch["required"]?.AsArray().Select(name => (string)name!) ?? [])
                {
                    var body = Minimal(branch);
                    body.Remove(name);
                    tried++;
                    var answer = await shop.Send(new HttpMethod(method), target, body.ToJsonString());
                    if (answer.Status != 422)
                    {
                        missed.Add($"{method} {path} {name}: {answer.Status}");
                    }
                }
            }
        }

        Assert.Empty(missed);
        Assert.InRange(tried, 40, 1000);
    }

    private static IEnumerable<(string Path, ApiParameter Parameter)> Parameters(string? name) =>
        from path in Collections.Select(collection => $"/v1/{collection}/").Concat(Ledger)
        from parameter in ApiDescription.Instance.Match("GET", path)!.Parameters
        where name is null || parameter.Name == name
        select (path, parameter);

    private static IEnumerable<(string Method, string Path, JsonNode Schema)> Bodies() =>
        from operation in ApiDescription.Instance.Operations
        where
            Collections
                .Take(5)
                .Any(collection => operation.Path.StartsWith($"/v1/{collection}/", StringComparison.Ordinal))
            && operation.BodySchema is not null
        select (operation.Method, operation.Path, operation.BodySchema!);

    private static async Task<string> AnyId(Shop shop, string path)
    {
        var list = await shop.Get($"/v1/{path.Split('/')[2]}/");
        return (string)list.Items[0]!["id"]!;
    }

    private static IEnumerable<JsonObject> Branches(JsonNode schema)
    {
        var resolved = Resolve(schema);
        return resolved["anyOf"] is JsonArray branches ? branches.SelectMany(branch => Branches(branch!)) : [resolved];
    }

    // A body that shows which branch is meant and has something wherever something is required.
    private static JsonObject Minimal(JsonObject branch)
    {
        var body = new JsonObject();
        foreach (var name in branch["required"]?.AsArray().Select(name => (string)name!) ?? [])
        {
            body[name] = Sample(branch["properties"]![name]!);
        }

        if (branch["properties"]?["type"]?["const"] is { } type)
        {
            body["type"] = type.DeepClone();
        }

        return body;
    }

    private static JsonNode? Sample(JsonNode schema)
    {
        var resolved = Resolve(schema);
        if (resolved["const"] is { } constant)
        {
            return constant.DeepClone();
        }

        if (resolved["enum"] is JsonArray choices)
        {
            return choices[0]!.DeepClone();
        }

        return (string?)resolved["type"] switch
        {
            "string" when (string?)resolved["format"] == "uuid" => "0f8fad5b-d9cb-469f-a165-70867728950e",
            "string" => "sample",
            "integer" => 1,
            "boolean" => true,
            "array" => new JsonArray(Sample(resolved["items"]!)),
            "object" => Minimal(resolved),
            _ => resolved["anyOf"] is JsonArray branches ? Sample(branches[0]!) : null,
        };
    }

    private static bool HasForm(JsonNode schema)
    {
        var resolved = Resolve(schema);
        if (resolved["anyOf"] is JsonArray branches)
        {
            return branches.Any(branch => HasForm(branch!));
        }

        return (string?)resolved["type"] switch
        {
            "string" => resolved.ContainsKey("enum") || resolved.ContainsKey("format"),
            "array" => HasForm(resolved["items"]!),
            "integer" or "boolean" => true,
            _ => false,
        };
    }

    private static JsonObject Resolve(JsonNode schema) => ApiDescription.Instance.Resolve(schema);
}
