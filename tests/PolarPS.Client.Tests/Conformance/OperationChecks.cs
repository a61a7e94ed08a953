// Long because every way in which an operation can differ from its description is a check here.
using System.Collections;
using System.Text.Json.Nodes;

namespace PolarPS.Client.Tests.Conformance;

/// <summary>A method, the arguments it was tried with, and what it sent.</summary>
internal sealed record TriedCall(ClientMethod Method, object?[] Arguments, CallResult Result);

/// <summary>Holds the client's methods to the description, one operation at a time.</summary>
internal sealed class OperationChecks
{
    private readonly ApiDescription _description = ApiDescription.Instance;
    private readonly Dictionary<string, List<TriedCall>> _calls = new(StringComparer.Ordinal);

    private OperationChecks() { }

    /// <summary>Requests to the API's own host that are no operation of the description.</summary>
    public List<string> Strays { get; } = [];

    /// <summary>Methods that send nothing, or something for several operations.</summary>
    public List<string> Others { get; } = [];

    /// <summary>Calls every method of the client once, with everything set, to see which operation it is.</summary>
    public static async Task<OperationChecks> DiscoverAsync()
    {
        var checks = new OperationChecks();
        foreach (var method in ClientMethod.FindAll())
        {
            await checks.TryAsync(method);
        }

        return checks;
    }

    public bool HasMethod(ApiOperation operation) => _calls.ContainsKey(operation.Id);

    public string MethodsOf(ApiOperation operation) =>
        string.Join(", ", Calls(operation).Select(static call => call.Method.Name).Distinct());

    public IReadOnlyCollection<ApiOperation> Operations =>
        [.. _description.Operations.Where(operation => _calls.ContainsKey(operation.Id))];

    public async Task<Problems> CheckAllAsync(ApiOperation operation)
    {
        var problems = CheckQuery(operation);
        problems.AddRange(await CheckBodyAsync(operation));
        problems.AddRange(await CheckAnswersAsync(operation, strange: false));
        problems.AddRange(await CheckAnswersAsync(operation, strange: true));
        problems.AddRange(await CheckErrorsAsync(operation));
        return problems;
    }

    /// <summary>Every query parameter can be set, and is sent under its exact name, in its style, with its value.</summary>
    public Problems CheckQuery(ApiOperation operation)
    {
        var problems = new Problems();
        var calls = Calls(operation);
        foreach (var parameter in operation.Parameters.Where(static parameter => parameter.IsQuery))
        {
            var place = $"query.{parameter.Name}";
            var sent = calls
                .Select(call => RequestFor(call, operation))
                .FirstOrDefault(request => IsSent(request, parameter));
            if (sent is null)
            {
                problems.Add(place, "cannot be set, or is not sent");
                continue;
            }

            if (parameter.IsList && sent.Parameters[parameter.Name].Count() < 2)
            {
                problems.Add(place, "takes several values, but not as a repeated key");
            }

            foreach (var call in calls)
            {
                CheckQueryValue(call, RequestFor(call, operation), parameter, place, problems);
            }
        }

        foreach (
            var name in calls.SelectMany(call => RequestFor(call, operation).Parameters).Select(static pair => pair.Key)
        )
        {
            if (!operation.Parameters.Any(parameter => name == parameter.Name || IsDeepKey(parameter, name)))
            {
                problems.Add($"query(extra).{name}", "is sent, but the operation has no such parameter");
            }
        }

        return problems;
    }

    /// <summary>Every field of every branch of the body can be set, and is sent as it was set, null included.</summary>
    public async Task<Problems> CheckBodyAsync(ApiOperation operation)
    {
        var problems = new Problems();
        var calls = Calls(operation);
        if (operation.BodySchema is not { } schema)
        {
            if (calls.Any(call => RequestFor(call, operation) is { Body.Length: > 0 }))
            {
                problems.Add("body", "is sent, but the operation has none");
            }

            return problems;
        }

        var type = operation.BodyIsForm ? "application/x-www-form-urlencoded" : "application/json";
        if (calls.Any(call => RequestFor(call, operation) is { Body.Length: > 0 } request && request.MediaType != type))
        {
            problems.Add("body", $"is not sent as {type}");
        }

        var builders = calls.Where(static call => call.Method.BodyParameter is not null).ToList();
        var samples = new SchemaSamples(_description);
        for (var index = 0; index < samples.Count(schema); index++)
        {
            var expected = samples.Make(schema, index);
            var best =
                builders.Count == 0
                    ? CompareNames(expected, calls, operation)
                    : (await BestOfAsync(builders, operation, expected)).Problems;
            problems.AddRange(best);
        }

        return problems;
    }

    /// <summary>
    /// Every field of every branch of every success answer comes out as it went in, and nothing lands among the unknown
    /// fields; or, with a strange answer, nothing throws and nothing is lost.
    /// </summary>
    public async Task<Problems> CheckAnswersAsync(ApiOperation operation, bool strange)
    {
        var problems = new Problems();
        var place = strange ? "response(strange)" : "response";
        foreach (var answer in operation.Answers.Where(static answer => answer.IsSuccess))
        {
            foreach (var call in Calls(operation))
            {
                var samples = new SchemaSamples(_description, strange);
                var count = answer.IsDescribed ? samples.Count(answer.Schema!) : 1;
                for (var index = 0; index < count; index++)
                {
                    var expected = answer.IsDescribed ? samples.Make(answer.Schema!, index) : null;
                    if (call.Method.IsList && (expected as JsonObject)?["items"] is JsonArray items)
                    {
                        expected = OnePage(items);
                    }

                    await CheckAnswerAsync(call, answer, expected, place, problems);
                }
            }
        }

        return problems;
    }

    /// <summary>Every documented error comes out as its exception, with what the body says.</summary>
    public async Task<Problems> CheckErrorsAsync(ApiOperation operation)
    {
        var problems = new Problems();
        foreach (var answer in operation.Answers.Where(static answer => !answer.IsSuccess))
        {
            var samples = new SchemaSamples(_description);
            var count = answer.IsDescribed ? samples.Count(answer.Schema!) : 1;
            for (var index = 0; index < count; index++)
            {
                // Where the description gives no body, it is of the usual form.
                var body = answer.IsDescribed
                    ? samples.Make(answer.Schema!, index)!
                    : new JsonObject { ["error"] = "SomethingElse", ["detail"] = "What it was." };
                foreach (var call in Calls(operation))
                {
                    var result = await call.Method.CallAsync(
                        call.Arguments,
                        _ => new StubAnswer(answer.Status, body.ToJsonString())
                    );
                    CheckError(answer.Status, body, result.Failure, $"error.{answer.Status}", problems);
                }
            }
        }

        return problems;
    }

    private static Type ExceptionFor(int status) =>
        status switch
        {
            401 => typeof(PolarAuthenticationException),
            402 => typeof(PolarPaymentException),
            403 => typeof(PolarPermissionException),
            404 => typeof(PolarNotFoundException),
            409 or 410 or 412 => typeof(PolarConflictException),
            429 => typeof(PolarRateLimitException),
            _ => typeof(PolarValidationException),
        };

    private static void CheckError(int status, JsonNode body, Exception? failure, string place, Problems problems)
    {
        if (failure?.GetType() != ExceptionFor(status))
        {
            problems.Add(place, $"gives {failure?.GetType().Name ?? "no exception"}, not {ExceptionFor(status).Name}");
            return;
        }

        var exception = (PolarException)failure;
        if (exception.StatusCode != status)
        {
            problems.Add(place, $"has the status '{exception.StatusCode}'");
        }

        if (exception.ErrorName != body["error"]?.GetValue<string>())
        {
            problems.Add(place, $"has the name '{exception.ErrorName}'");
        }

        if (
            body["detail"] is JsonArray details
            && (exception as PolarValidationException)?.Errors.Count != details.Count
        )
        {
            problems.Add(place, "does not carry every fault");
        }

        if (body["detail"] is JsonValue detail && exception.Detail != detail.GetValue<string>().Trim())
        {
            problems.Add(place, $"says '{exception.Detail}', not '{detail}'");
        }
    }

    private static JsonObject OnePage(JsonArray items) =>
        new()
        {
            ["items"] = items.DeepClone(),
            ["pagination"] = new JsonObject { ["total_count"] = items.Count, ["max_page"] = items.Count > 0 ? 1 : 0 },
        };

    private static async Task CheckAnswerAsync(
        TriedCall call,
        ApiAnswer answer,
        JsonNode? expected,
        string place,
        Problems problems
    )
    {
        var stub = answer switch
        {
            { MediaType: null } => new StubAnswer(answer.Status),
            { IsDescribed: true } => new StubAnswer(answer.Status, expected!.ToJsonString()),
            { Schema: null } => new StubAnswer(answer.Status, "a,b\r\n1,2\r\n", answer.MediaType),
            // Described as JSON of any kind.
            _ => new StubAnswer(answer.Status, call.Method.ReturnsValue ? "{}" : "null"),
        };
        var result = await call.Method.CallAsync(call.Arguments, _ => stub);
        if (result.Failure is not null)
        {
            problems.Add(
                place,
                $"{call.Method.Name} throws {result.Failure.GetType().Name} '{result.Failure.Message}'"
            );
        }
        else if (!call.Method.ReturnsValue && expected is JsonObject fields && fields.Any(Comparison.IsKnown))
        {
            problems.Add(place, $"{call.Method.Name} drops the answer");
        }
        else if (answer.IsDescribed && call.Method.ReturnsValue)
        {
            var content = call.Method.IsList && expected is JsonObject envelope ? envelope["items"] : expected;
            Comparison.Model(content, result.Value, place, problems);
        }
    }

    /// <summary>Sends a body by each of the methods that may, and says which of them comes closest to it.</summary>
    public static async Task<(TriedCall Call, Problems Problems)> BestOfAsync(
        IReadOnlyList<TriedCall> builders,
        ApiOperation operation,
        JsonNode? expected
    )
    {
        var tried = new List<(TriedCall Call, Problems Problems)>();
        foreach (var call in builders)
        {
            var problems = new Problems();
            var wanted = expected?.DeepClone();
            var parameter = call.Method.BodyParameter!;
            var arguments = (object?[])call.Arguments.Clone();
            arguments[parameter.Position] = BodyBuilder.Build(parameter.ParameterType, wanted, "body", problems);
            var result = await call.Method.CallAsync(arguments, AnswerAs(operation));
            if (result.Requests is [var request, ..])
            {
                Comparison.Body(
                    request.IsForm ? AsForm(wanted) : wanted,
                    request.Json ?? new JsonObject(),
                    "body",
                    problems
                );
            }
            else
            {
                problems.Add("body", $"is refused: {result.Failure?.GetType().Name} '{result.Failure?.Message}'");
            }

            tried.Add((new TriedCall(call.Method, arguments, result), problems));
        }

        return tried.MinBy(static item => item.Problems.All.Count);
    }

    // In a form everything is text; what is null is not there, and lists are words.
    private static JsonNode? AsForm(JsonNode? json) =>
        json is JsonObject fields
            ? new JsonObject(
                fields
                    .Where(static field => field.Value is not null)
                    .Select(static field =>
                        KeyValuePair.Create(
                            field.Key,
                            (JsonNode?)(
                                field.Value is JsonArray list
                                    ? string.Join(" ", list.Select(static item => item!.ToString()))
                                    : field.Value!.ToString()
                            )
                        )
                    )
            )
            : json;

    // A body that is made of single arguments: at least the names have to be there.
    private static Problems CompareNames(JsonNode? expected, IReadOnlyList<TriedCall> calls, ApiOperation operation)
    {
        var problems = new Problems();
        var sent = calls
            .Select(call => RequestFor(call, operation).Json as JsonObject)
            .OfType<JsonObject>()
            .SelectMany(static body => body)
            .Select(static field => field.Key)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var field in expected as JsonObject ?? [])
        {
            if (!sent.Contains(field.Key))
            {
                problems.Add($"body.{field.Key}", "is not sent");
            }
        }

        return problems;
    }

    private static bool IsDeepKey(ApiParameter parameter, string name) =>
        parameter.IsDeepObject && name.StartsWith(parameter.Name + "[", StringComparison.Ordinal) && name.EndsWith(']');

    private static bool IsSent(Sent request, ApiParameter parameter) =>
        parameter.IsDeepObject
            ? request.Parameters.Any(pair => IsDeepKey(parameter, pair.Key))
            : request.Parameters.Contains(parameter.Name);

    private static Sent RequestFor(TriedCall call, ApiOperation operation) =>
        call.Result.Requests.First(request =>
            request.Method == operation.Method && operation.Matches(request.Address.AbsolutePath.Split('/'))
        );

    private static void CheckQueryValue(
        TriedCall call,
        Sent request,
        ApiParameter parameter,
        string place,
        Problems problems
    )
    {
        if (ArgumentFor(call, parameter.Name) is not { } argument)
        {
            return;
        }

        var pairs = argument is IDictionary map
            ? map.Keys.Cast<object>().Select(key => ($"{parameter.Name}[{key}]", map[key]))
            : [(parameter.Name, argument)];
        foreach (var (name, value) in pairs)
        {
            var expected = value is IEnumerable list and not string ? list.Cast<object>().ToList() : [value!];
            var sent = request.Parameters[name].ToList();
            if (sent.Count != expected.Count || !sent.Zip(expected).All(static pair => IsText(pair.Second, pair.First)))
            {
                problems.Add(place, $"'{string.Join(", ", expected)}' is sent as '{string.Join(", ", sent)}'");
            }
        }
    }

    private static bool IsText(object value, string sent) =>
        value switch
        {
            bool flag => sent == (flag ? "true" : "false"),
            DateTimeOffset time => DateTimeOffset.TryParse(sent, CultureInfo.InvariantCulture, out var other)
                && other == time,
            DateTime day => sent == day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                || (
                    DateTimeOffset.TryParse(sent, CultureInfo.InvariantCulture, out var other)
                    && other.UtcDateTime == day
                ),
            // A filter of its own grammar travels as JSON.
            _ when value.GetType().Assembly == typeof(PolarClient).Assembly => JsonNode.Parse(sent) is JsonObject,
            _ => sent == Convert.ToString(value, CultureInfo.InvariantCulture),
        };

    // The argument, or the property of an argument, that stands for a parameter of the query.
    private static object? ArgumentFor(TriedCall call, string name)
    {
        foreach (var parameter in call.Method.Info.GetParameters())
        {
            var argument = call.Arguments[parameter.Position];
            if (argument is null or RequestBody)
            {
                continue;
            }

            var isOwn = argument.GetType().Assembly == typeof(PolarClient).Assembly;
            if (isOwn && Comparison.PropertyFor(argument.GetType(), name) is { } property)
            {
                return property.GetValue(argument);
            }

            if (!isOwn && JsonSettings.FieldName(parameter.Name!) == name)
            {
                return argument;
            }
        }

        return null;
    }

    /// <summary>Answers as the operation does when all is well.</summary>
    public static Func<Sent, StubAnswer> AnswerAs(ApiOperation operation) => _ => Success(operation);

    private static StubAnswer Success(ApiOperation operation)
    {
        var answer = operation.Answers.First(static answer => answer.IsSuccess);
        var samples = new SchemaSamples(ApiDescription.Instance);
        var json = answer.IsDescribed ? samples.Make(answer.Schema!, 0) : new JsonObject();
        if ((json as JsonObject)?["items"] is JsonArray items && json["pagination"] is not null)
        {
            json = OnePage(items);
        }

        return answer.MediaType is null ? new StubAnswer(answer.Status)
            : answer.Schema is null ? new StubAnswer(answer.Status, "a,b\r\n", answer.MediaType)
            : new StubAnswer(answer.Status, json!.ToJsonString());
    }

    private StubAnswer AnswerAny(Sent request) =>
        _description.Match(request.Method, request.Address.AbsolutePath) is { } operation
            ? Success(operation)
            : new StubAnswer(200, string.Empty);

    /// <summary>What was tried of the methods that serve an operation.</summary>
    public IReadOnlyList<TriedCall> Calls(ApiOperation operation) => _calls.GetValueOrDefault(operation.Id) ?? [];

    private async Task TryAsync(ClientMethod method)
    {
        var arguments = method.MakeArguments(new SampleArguments());
        var result = await method.CallAsync(arguments, AnswerAny);
        if (result is { Requests: [], Failure: ArgumentException } && method.BodyParameter is { } body)
        {
            // It holds that not everything may be set at once; what may is tried with the description's own samples.
            arguments[body.Position] = BodyBuilder.Build(body.ParameterType, new JsonObject(), "body", new Problems());
            result = await method.CallAsync(arguments, AnswerAny);
        }

        var own = result.Requests.Where(static request => request.Address.Host == ClientMethod.Address.Host).ToList();
        foreach (
            var stray in own.Where(request => _description.Match(request.Method, request.Address.AbsolutePath) is null)
        )
        {
            Strays.Add(
                $"{method.Name} sends {stray.Method} {stray.Address.AbsolutePath}, which the description does not have."
            );
        }

        var operations = own.Select(request => _description.Match(request.Method, request.Address.AbsolutePath))
            .OfType<ApiOperation>()
            .Distinct()
            .ToList();
        if (operations is [var single])
        {
            if (!_calls.TryGetValue(single.Id, out var calls))
            {
                _calls[single.Id] = calls = [];
            }

            calls.Add(new TriedCall(method, arguments, result));
        }
        else
        {
            Others.Add(
                operations.Count > 0
                    ? $"{method.Name}: {string.Join(", ", operations.Select(static operation => operation.Id))}"
                    : $"{method.Name}: no request ({result.Failure?.Message ?? "returns without one"})"
            );
        }
    }
}
