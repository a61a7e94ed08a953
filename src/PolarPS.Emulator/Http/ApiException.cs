namespace PolarPS.Emulator;

/// <summary>A refusal: thrown wherever it is found out, turned into an answer in one place.</summary>
internal sealed class ApiException : Exception
{
    public ApiException(int status, JsonObject? body)
        : base("The request was refused with status " + status + ".")
    {
        Status = status;
        Body = body;
    }

    public int Status { get; }

    public JsonObject? Body { get; }

    public string? Challenge { get; private set; }

    /// <summary>What stays although the request is refused, such as the payment that did not succeed; null for nothing.</summary>
    public Action? Afterwards { get; init; }

    public static ApiException NotFound(string detail = "Nothing with this id was found.") =>
        Domain(404, "ResourceNotFound", detail);

    public static ApiException NotPermitted(string detail) => Domain(403, "NotPermitted", detail);

    public static ApiException Domain(int status, string error, string detail, Action? afterwards = null) =>
        new(status, new JsonObject { ["error"] = error, ["detail"] = detail }) { Afterwards = afterwards };

    /// <summary>A refusal from outside the API proper, such as an unknown route.</summary>
    public static ApiException Plain(int status, string detail) => new(status, new JsonObject { ["detail"] = detail });

    public static ApiException Unauthorized() =>
        new(401, new JsonObject { ["error"] = "Unauthorized", ["detail"] = "Unauthorized" })
        {
            Challenge = "Bearer realm=\"polar\"",
        };

    public static ApiException InvalidToken() =>
        new(
            401,
            new JsonObject
            {
                ["error"] = "invalid_token",
                ["error_description"] = "This access token is unknown, or it has expired or been revoked.",
            }
        )
        {
            Challenge = "Bearer realm=\"polar\", error=\"invalid_token\"",
        };

    public static ApiException InsufficientScope(IEnumerable<string> accepted) =>
        new(
            403,
            new JsonObject
            {
                ["error"] = "insufficient_scope",
                ["error_description"] = "The access token has none of the scopes that this operation accepts.",
            }
        )
        {
            Challenge =
                "Bearer realm=\"polar\", error=\"insufficient_scope\", scope=\"" + string.Join(" ", accepted) + "\"",
        };
}
