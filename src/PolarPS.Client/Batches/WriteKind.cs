using System.Net.Http;
using System.Text;
using System.Text.Json;

namespace PolarPS.Client;

/// <summary>How to find what a request that creates something has created.</summary>
/// <param name="TakesMetadata">Whether it can be marked.</param>
/// <param name="FiltersMetadata">Whether its list can be asked for a mark.</param>
/// <param name="IsSorted">Whether its list can begin with the newest.</param>
/// <param name="Narrowing">Fields of the body that are filters of the list, too.</param>
/// <param name="NaturalKeys">Fields of which no two objects have the same value.</param>
/// <param name="Items">The field of the answer that has the objects; null for an answer that is a list itself.</param>
/// <param name="HasPages">Whether the list comes in pages.</param>
/// <param name="ReadsBy">How one is read: at its own address, or as a list.</param>
internal sealed record CreationKind(
    bool TakesMetadata = false,
    bool FiltersMetadata = false,
    bool IsSorted = true,
    string[]? Narrowing = null,
    string[]? NaturalKeys = null,
    string? Items = "items",
    bool HasPages = true,
    ReadsBy ReadsBy = ReadsBy.Address
);

/// <summary>How a created object is read again.</summary>
internal enum ReadsBy
{
    /// <summary>The list's path with the id.</summary>
    Address,

    /// <summary>The list, narrowed to one id.</summary>
    IdFilter,

    /// <summary>The list as it is looked through.</summary>
    List,
}

/// <summary>What the requests of Polar's API that change something are, for those who resume.</summary>
internal static class WriteKinds
{
    private const string Finalize = "POST /v1/orders/{}/finalize";
    private const string Revoke = "DELETE /v1/subscriptions/{}";

    private static readonly CreationKind Filtered = new(TakesMetadata: true, FiltersMetadata: true);
    private static readonly CreationKind Marked = new(TakesMetadata: true);

    private static readonly Dictionary<string, CreationKind> Creations = new(StringComparer.Ordinal)
    {
        ["/v1/benefits/"] = Filtered,
        ["/v1/checkout-links/"] = Marked,
        ["/v1/checkouts/"] = Marked with { Narrowing = ["customer_id"] },
        ["/v1/custom-fields/"] = Marked with { NaturalKeys = ["slug"] },
        ["/v1/customers/"] = Filtered with { Narrowing = ["email"], NaturalKeys = ["email", "external_id"] },
        ["/v1/discounts/"] = Marked with { NaturalKeys = ["code"] },
        ["/v1/meters/"] = Filtered,
        ["/v1/orders/"] = Filtered with { Narrowing = ["customer_id"] },
        ["/v1/organizations/"] = new(Narrowing: ["slug"], NaturalKeys: ["slug"]),
        ["/v1/products/"] = Filtered,
        ["/v1/refunds/"] = Marked with { Narrowing = ["order_id"], ReadsBy = ReadsBy.IdFilter },
        ["/v1/subscriptions/"] = Filtered with { Narrowing = ["customer_id"] },
        ["/v1/webhooks/endpoints"] = new(IsSorted: false),
        ["/v1/metrics/dashboards"] = new(IsSorted: false, Items: null, HasPages: false),
        ["/v1/customer-seats"] = new(
            IsSorted: false,
            Narrowing: ["subscription_id", "order_id"],
            NaturalKeys: ["email", "customer_id", "external_customer_id", "external_member_id"],
            Items: "seats",
            HasPages: false,
            ReadsBy: ReadsBy.List
        ),
    };

    // Of a customer.
    private static readonly CreationKind Member = new(NaturalKeys: ["email", "external_id"]);

    // The words of the API's paths. What is none of them is a value, and may be a secret.
    private static readonly HashSet<string> Words = new(
        (
            "v1 accept activate activations benefit-grants benefits check checkout-links checkouts claim clients client confirm "
            + "confirm-payment custom-fields customer-meters customer-portal customer-seats customer-sessions customers dashboards "
            + "deactivate deliveries discounts disputes email-update endpoints event-types events export external files finalize "
            + "ingest invoice license-keys me members meters metrics names oauth2 orders organizations payment-methods payments "
            + "products quantities receipt redeliver refunds register request resend revoke rotate seats secret state subscriptions "
            + "token uploaded validate verify wallets webhooks"
        ).Split(' '),
        StringComparer.Ordinal
    );

    /// <summary>The path of a request without its query.</summary>
    public static string PathOf(ApiRequest request)
    {
        var end = request.Path.IndexOf('?');
        return end < 0 ? request.Path : request.Path.Substring(0, end);
    }

    /// <summary>Method and path of a request, with a placeholder for each value.</summary>
    /// <returns>Such as <c>PATCH /v1/customers/{}</c>.</returns>
    public static string OperationOf(ApiRequest request)
    {
        var text = new StringBuilder(request.Method.Method).Append(' ');
        var segments = PathOf(request).Split('/');
        for (var index = 0; index < segments.Length; index++)
        {
            // Behind "external" and "client" comes a value, even one that reads like a word.
            var isValue = index > 0 && segments[index - 1] is "external" or "client";
            text.Append(index == 0 ? string.Empty : "/")
                .Append(
                    segments[index].Length == 0 || (!isValue && Words.Contains(segments[index]))
                        ? segments[index]
                        : "{}"
                );
        }

        return text.ToString();
    }

    /// <summary>What a request creates; null for one that creates nothing that could be found again.</summary>
    public static CreationKind? CreationOf(ApiRequest request)
    {
        if (request.Method != HttpMethod.Post || request.Body is null)
        {
            return null;
        }

        return Creations.TryGetValue(PathOf(request), out var kind)
            ? kind
            : OperationOf(request) switch
            {
                "POST /v1/customers/{}/members" => Member,
                "POST /v1/customers/external/{}/members" => Member with { ReadsBy = ReadsBy.List },
                _ => null,
            };
    }

    /// <summary>Where what a request has changed can be read; null where there is no such address.</summary>
    public static string? AddressOfChanged(ApiRequest request)
    {
        var path = PathOf(request);
        switch (OperationOf(request))
        {
            // Files and types of events have no address to be read at, and a secret is in no answer but its own.
            case "PATCH /v1/files/{}" or "PATCH /v1/event-types/{}" or "PATCH /v1/webhooks/endpoints/{}/secret":
                return null;
            case Revoke:
                return path;
            case Finalize or "POST /v1/disputes/{}/accept" or "POST /v1/products/{}/benefits":
                return path.Substring(0, path.TrimEnd('/').LastIndexOf('/'));
            default:
                return request.Method.Method is "PATCH" or "PUT" ? path : null;
        }
    }

    /// <summary>Whether a request was carried out, by the state of what it changes; null where that does not tell.</summary>
    public static bool? WasDone(ApiRequest request, JsonElement changed)
    {
        var status =
            changed.ValueKind == JsonValueKind.Object && changed.TryGetProperty("status", out var value)
                ? value.GetString()
                : null;
        return status is null
            ? null
            : OperationOf(request) switch
            {
                Finalize => status != "draft",
                Revoke => status == "canceled",
                _ => null,
            };
    }
}
