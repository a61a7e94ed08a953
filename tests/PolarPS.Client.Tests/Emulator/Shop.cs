using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using PolarPS.Emulator;
using Xunit;

namespace PolarPS.Client.Tests.Emulator;

/// <summary>An answer, read.</summary>
internal sealed record Answer(int Status, JsonNode? Body, HttpResponseMessage Message)
{
    public JsonArray Items => Body!["items"]!.AsArray();

    public int TotalCount => (int)Body!["pagination"]!["total_count"]!;

    public int MaxPage => (int)Body!["pagination"]!["max_page"]!;

    public string Id => (string)Body!["id"]!;

    public string? Error => (string?)Body?["error"];

    /// <summary>The places that a 422 names, such as body.prices.0.fixed.price_amount.</summary>
    public string[] Places =>
        Body!["detail"]!
            .AsArray()
            .Select(entry => string.Join('.', entry!["loc"]!.AsArray().Select(part => part!.ToString())))
            .ToArray();

    public string[] Types => Body!["detail"]!.AsArray().Select(entry => (string)entry!["type"]!).ToArray();

    public IEnumerable<string> Texts(string field) => Items.Select(item => (string)item![field]!);

    public string? Header(string name) =>
        Message.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}

/// <summary>
/// An emulator and a way to talk to it. Every answer is held to the API description on the way, where that is at hand.
/// </summary>
internal sealed class Shop : IDisposable
{
    private readonly HttpClient _client;

    public Shop(EmulatorOptions? options = null)
    {
        Emulator = new PolarEmulator(options);
        _client = new HttpClient(Emulator.CreateHandler()) { BaseAddress = new Uri("http://emulator.test/") };
        Token = Emulator.AccessToken;
    }

    public PolarEmulator Emulator { get; }

    /// <summary>What requests are sent with; null for none.</summary>
    public string? Token { get; set; }

    public Task<Answer> Get(string path) => Send(HttpMethod.Get, path);

    public Task<Answer> Post(string path, string body) => Send(HttpMethod.Post, path, body);

    public Task<Answer> Patch(string path, string body) => Send(HttpMethod.Patch, path, body);

    public Task<Answer> Delete(string path) => Send(HttpMethod.Delete, path);

    public async Task<Answer> Send(
        HttpMethod method,
        string path,
        string? body = null,
        Action<HttpRequestMessage>? change = null
    )
    {
        using var request = new HttpRequestMessage(method, path);
        if (Token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        }

        if (body is not null)
        {
            // Single quotes make bodies in tests readable.
            request.Content = new StringContent(body.Replace('\'', '"'), Encoding.UTF8, "application/json");
        }

        change?.Invoke(request);
        var message = await _client.SendAsync(request);
        var text = await message.Content.ReadAsStringAsync();
        var isJson = message.Content.Headers.ContentType?.MediaType == "application/json";
        var answer = new Answer((int)message.StatusCode, isJson ? JsonNode.Parse(text) : null, message);
        Conformance.Check(request, answer);
        await Traffic.RecordAsync(request, message, text);
        return answer;
    }

    /// <summary>The id of the object of this name.</summary>
    public async Task<string> Id(string collection, string name, string field = "name")
    {
        var list = await Get($"/v1/{collection}/?limit=100");
        return (string)list.Items.First(item => (string?)item![field] == name)!["id"]!;
    }

    public async Task<string> Product(string name) => await Id("products", name);

    public void Dispose() => _client.Dispose();
}

/// <summary>Holds answers to the API description.</summary>
internal static class Conformance
{
    private static readonly Lazy<SchemaValidator> Validator = new(() =>
        new SchemaValidator(ApiDescription.Instance.Document)
    );

    // What the description does not list, because it can happen anywhere.
    private static readonly int[] Anywhere = [401, 403, 404, 405, 411, 413, 429];

    private const string OAuth = "/v1/oauth2/";

    // What Polar answers although its description does not list it.
    public static readonly string[] Undescribed =
    [
        "AboveMaximumSeats",
        "AboveMaximumUnits",
        "BelowMinimumSeats",
        "BelowMinimumUnits",
        "BadRequest",
        "CannotPauseSubscription",
        "CustomerNotFound",
        "InvalidSeatAssignmentRequest",
        "InvoiceDoesNotExist",
        "MemberEmailMismatch",
        "MemberNotFound",
        "NoScheduledPause",
        "NotASeatBasedSubscription",
        "NotAUnitBasedSubscription",
        "NotPausedSubscription",
        "PaymentMethodRequired",
        "PaymentRetryValidationError",
        "ReceiptNotAllocated",
        "RefundDisputedPayment",
        "RefundUnknownPayment",
        "ResourceUnavailable",
        "SeatsAlreadyAssigned",
        "RevokeSubscriptionBenefitsProhibited",
    ];

    public static void Check(HttpRequestMessage request, Answer answer)
    {
        if (answer.Body is JsonObject refusal && Undescribed.Contains((string?)refusal["error"]))
        {
            Assert.InRange(answer.Status, 400, 422);
            return;
        }

        if (
            !ApiDescription.IsThere
            || answer.Status is 307 or >= 500
            || request.RequestUri!.ToString().Contains("/_emulator/", StringComparison.Ordinal)
        )
        {
            return;
        }

        var path = new Uri(new Uri("http://emulator.test/"), request.RequestUri!).AbsolutePath;
        path = path.StartsWith("/api/", StringComparison.Ordinal) ? path["/api".Length..] : path;
        var operation = ApiDescription.Instance.Match(request.Method.Method, path);
        if (operation is null || IsPlain(answer))
        {
            if (path.StartsWith(OAuth, StringComparison.Ordinal) && answer.Status == 400)
            {
                // Refusals as the standard has them, which the description leaves to the standard.
                return;
            }

            Assert.True(
                Anywhere.Contains(answer.Status),
                string.Create(CultureInfo.InvariantCulture, $"{path} answered {answer.Status}")
            );
            return;
        }

        if (operation.AnswerWith(answer.Status) is not { } described)
        {
            Assert.Contains(answer.Status, Anywhere);
            return;
        }

        if (described.Schema is not { } schema)
        {
            // Some refusals are described without their body.
            Assert.True(answer.Body is null || answer.Status >= 400);
            return;
        }

        if (answer.Status == 422 && answer.Error == "RequestValidationError")
        {
            // Where a 422 is described as something else, this one can happen all the same.
            schema = new JsonObject { ["$ref"] = "#/components/schemas/HTTPValidationError" };
        }

        var errors = Validator.Value.Validate(answer.Body, schema);
        Assert.True(
            errors.Count == 0,
            $"{request.Method} {path} answered {answer.Status} unlike its description:\n{string.Join('\n', errors.Take(10))}"
        );
    }

    // Refusals from before the operation have shapes of their own.
    private static bool IsPlain(Answer answer) =>
        answer.Body is null
            ? answer.Status is 429
            : answer.Body is JsonObject body
                && (
                    (body.ContainsKey("detail") && !body.ContainsKey("error")) || body.ContainsKey("error_description")
                );
}
